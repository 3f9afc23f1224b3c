local core = require "newsarchive.core"
local env = require "spec.support.env"
local markup = require "spec.support.markup"
local progress = require "newsarchive.cli.progress"

local function newsarchive(...)
  return env.run { env.command(), ... }
end

describe("newsarchive new", function()
  it("makes a site that builds", function()
    local folder <close> = env.folder()
    local made = newsarchive("new", folder:file "site", "--title", 'My "Archive"')
    assert.same({ 0, "" }, { made.status, made.stderr })
    local built = newsarchive("build", folder:file "site")
    assert.equal(0, built.status, built.stderr)
    assert.truthy(built.stderr:find("^2 stories, %d+ files %(%d+ written, 0 unchanged, 0 removed%) in "), built.stderr)
    local front = folder:read "site/_site/index.html"
    markup.check(front)
    assert.truthy(front:find("My &quot;Archive&quot;", 1, true))
    assert.truthy(front:find('href="style.css"', 1, true), "opens from a disk")
    assert.truthy(front:find("A new archive opens with one story", 1, true))
  end)

  it("takes a folder that is there and empty, and no other", function()
    local folder <close> = env.folder()
    folder:write("full/precious.txt", "P")
    folder:write("file", "F")
    os.execute("mkdir " .. env.quote(folder:file "empty"))
    assert.equal(0, newsarchive("new", folder:file "empty").status)
    local refused = newsarchive("new", folder:file "full")
    assert.equal(2, refused.status)
    assert.truthy(refused.stderr:find("is not empty; nothing was changed", 1, true))
    assert.equal(2, newsarchive("new", folder:file "file").status)
    assert.equal("P", folder:read "full/precious.txt")
  end)
end)

describe("newsarchive build", function()
  local SITE = [[return { title = "T", base_url = "https://example.org/", sources = { "s.jsonl" } }]]

  local function site(folder, text)
    folder:write("site.lua", text or SITE)
    folder:write("s.jsonl", '{"date":"2001-01-01","title":"A"}\n')
  end

  it("writes what changed, and says how much that was", function()
    local folder <close> = env.folder()
    site(folder)
    local first = core.decode_json(newsarchive("build", folder.path, "--json").stdout)
    assert.same({ 1, first.files, 0, 0 }, { first.stories, first.written, first.unchanged, first.removed })
    local second = core.decode_json(newsarchive("build", folder.path, "--json").stdout)
    assert.same({ 0, first.files, first.bytes }, { second.written, second.unchanged, second.bytes })
    local full = core.decode_json(newsarchive("build", folder.path, "--json", "--full").stdout)
    assert.equal(first.files, full.written)
  end)

  it("reads the site of the current folder, and publishes where it is told to", function()
    local folder <close> = env.folder()
    site(folder)
    local built = env.run { env.command(), "build", "-o", "public/news", folder = folder.path }
    assert.equal(0, built.status, built.stderr)
    assert.truthy(folder:read("public/news/2001/01/01/a/index.html"))
    local refused = env.run { env.command(), "build", "-o", ".", folder = folder.path }
    assert.equal(2, refused.status)
    assert.equal("newsarchive: the output folder cannot be the site's own folder\n", refused.stderr)
  end)

  it("ends with 1 where some input was not usable, and lists it", function()
    local folder <close> = env.folder()
    site(folder)
    folder:write("s.jsonl", '{"date":"2001-01-01","title":"A"}\nnonsense\n')
    local built = newsarchive("build", folder.path)
    assert.equal(1, built.status)
    assert.truthy(built.stderr:find("s.jsonl:2:", 1, true), built.stderr)
    assert.truthy(built.stderr:find("1 story", 1, true), built.stderr)
  end)

  it("ends with 2 where there is no site, or a wrong one", function()
    local folder <close> = env.folder()
    local built = newsarchive("build", folder.path)
    assert.equal(2, built.status)
    assert.truthy(built.stderr:find("site.lua", 1, true))
    assert.falsy(built.stderr:find("traceback", 1, true))
    site(folder, [[return { titel = "T" }]])
    built = newsarchive("build", folder.path)
    assert.equal(2, built.status)
    assert.equal("newsarchive: " .. folder.path .. "/site.lua: unknown key 'titel'\n", built.stderr)
    assert.equal(2, newsarchive("build", "--nonsense").status)
  end)

  it("writes nothing for a check", function()
    local folder <close> = env.folder()
    site(folder)
    assert.equal(0, newsarchive("build", folder.path, "--check").status)
    assert.same({ "s.jsonl", "site.lua" }, folder:list())
  end)

  it("keeps a story back until its day, and drafts until they are asked for", function()
    local folder <close> = env.folder()
    site(folder)
    folder:write("s.jsonl", '{"date":"9999-01-01","title":"A"}\n{"date":"2001-01-01","draft":true,"title":"B"}\n')
    local function stories(...)
      return core.decode_json(newsarchive("build", folder.path, "--json", ...).stdout).stories
    end
    assert.equal(0, stories())
    assert.matches("0 stories, 2 held back (drafts or to come), ", newsarchive("build", folder.path).stderr, 1, true)
    assert.equal(1, stories("--drafts"))
    assert.equal(2, stories("--drafts", "--future"))
  end)

  it("explains itself", function()
    local help = newsarchive("build", "--help")
    assert.equal(0, help.status)
    assert.truthy(help.stdout:find("Examples:", 1, true))
    assert.equal(0, newsarchive("--help").status)
    assert.equal(2, newsarchive().status)
    assert.truthy(newsarchive("--version").stdout:find("^newsarchive %d"))
  end)
end)

describe("progress", function()
  it("says stage, count, rate and time left", function()
    assert.equal("pages 0 of 10", progress.line("pages", 0, 10, 0))
    assert.equal("pages 12,000 of 114,000, 6,000/s, 17 s left", progress.line("pages", 12000, 114000, 2))
    assert.equal("pages 60 of 6,000, 30/s, 3 min 18 s left", progress.line("pages", 60, 6000, 2))
    assert.equal("reading 5", progress.line("reading", 5, nil, 0.5))
  end)

  it("writes one line again and again, not too often, and clears it", function()
    local written, now = {}, 0
    local stream = { write = function(_, ...) written[#written + 1] = table.concat { ... } end, flush = function() end }
    local callback, clear = progress.on(stream, function() return now end)
    callback("reading", 1, 2)
    callback("reading", 2, 2) -- too soon
    now = 1
    callback("pages", 1, 9)
    clear()
    assert.same({ "\r\27[Kreading 1 of 2", "\r\27[Kpages 1 of 9", "\r\27[K" }, written)
  end)
end)
