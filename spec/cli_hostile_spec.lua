-- What the command and the site do with arguments and permalinks that nobody should give.
local archive_file = require "spec.support.archive_file"
local build = require "newsarchive.site.build"
local edition = require "newsarchive.site.edition"
local env = require "spec.support.env"
local newsarchive = require "newsarchive"

local SITE = 'return { title = "T", base_url = "https://example.org/", sources = { "s.jsonl" } }'

local function run(...)
  return env.run { env.command(), ... }
end

local function one_story()
  return newsarchive.new():add { date = "2020-01-01", title = "One" }
end

describe("an empty name of a folder", function()
  it("is not the root of the disk", function()
    for _, command in ipairs { "new", "build" } do
      local refused = run(command, "")
      assert.equal(2, refused.status)
      assert.truthy(refused.stderr:find("folder is empty", 1, true), refused.stderr)
    end
  end)
end)

describe("an archive that is damaged behind its checks", function()
  it("is said to be, and not where the program met it", function()
    local folder <close> = env.folder()
    local path = folder:file "a.na"
    assert(one_story():save(path))
    local bytes = archive_file.changed(folder:read "a.na", "terms", function(rows) return ("\xFF"):rep(#rows) end)
    folder:write("a.na", bytes)
    local refused = run("search", path, "one")
    assert.same({ 2, "newsarchive: the archive's file is damaged: make it again\n" }, { refused.status, refused.stderr })
  end)
end)

describe("newsarchive index", function()
  it("takes the place of no input and of no device", function()
    local folder <close> = env.folder()
    local line = '{"date":"2020-01-01","title":"One"}\n'
    local path = folder:write("s.jsonl", line)
    for _, output in ipairs { path, "/dev/null", folder.path } do
      local refused = run("index", "-o", output, path)
      assert.equal(2, refused.status)
      assert.truthy(refused.stderr:find("nothing was changed", 1, true), refused.stderr)
    end
    assert.equal(line, folder:read "s.jsonl")
  end)
end)

describe("a number of threads", function()
  it("is 1 to 64, and said to be wrong before anything is read", function()
    for _, words in ipairs { { "index", "-o", "x.na", "s.jsonl" }, { "relate", "x.na" }, { "threads", "x.na" }, { "build" } } do
      for _, jobs in ipairs { "0", "65", "1.5", "x" } do
        local refused = run(words[1], "--jobs", jobs, table.unpack(words, 2))
        assert.equal(2, refused.status)
        assert.truthy(refused.stderr:find(("--jobs: 1 to 64 expected, got '%s'"):format(jobs), 1, true), refused.stderr)
      end
    end
  end)
end)

describe("a date of the arguments", function()
  it("that is none is said to be", function()
    local folder <close> = env.folder()
    assert(one_story():save(folder:file "x.na"))
    for _, command in ipairs { "search", "threads" } do
      local refused = run(command, folder:file "x.na", "--from", "x")
      assert.equal(2, refused.status)
      assert.equal("newsarchive: --from: a day, a month or a year expected, as in 2007-09\n", refused.stderr)
    end
  end)
end)

describe("archive:save", function()
  it("replaces archives and fills empty files", function()
    local folder <close> = env.folder()
    folder:write("empty", "")
    for _, name in ipairs { "empty", "empty", "fresh", "fresh" } do
      assert.is_true(one_story():save(folder:file(name)))
      assert.equal(1, #assert(newsarchive.open(folder:file(name))))
    end
  end)

  it("writes into a device and does not take its place", function()
    assert.is_true(one_story():save "/dev/null")
    local file <close> = assert(io.open("/dev/null", "rb"))
    assert.is_nil(file:read(1))
  end)
end)

describe("an id", function()
  it("that is the name of the day's page leaves the day its page", function()
    local folder <close> = env.folder()
    folder:write("site.lua", SITE)
    folder:write("s.jsonl", '{"date":"2020-01-01","title":"One","id":"2020-01-01/index.html"}\n')
    assert.same({}, assert(build.build { directory = folder.path }).problems)
    assert.truthy(folder:read "_site/2020/01/01/index.html")
    assert.truthy(folder:read "_site/2020/01/01/index-html/index.html")
  end)
end)

describe("permalinks", function()
  local function publish(folder, lines)
    folder:write("site.lua", SITE)
    folder:write("s.jsonl", lines)
    return assert(build.build { directory = folder.path })
  end

  it("at the address of an entity's page move the entity's page", function()
    local folder <close> = env.folder()
    local result = publish(folder, [[
{"date":"2020-01-01","title":"One","url":"/entities/mars/","context":["Mars"]}
{"date":"2020-01-02","title":"Two","context":["Mars"]}
]])
    assert.same({}, result.problems)
    assert.truthy(folder:read("_site/entities/mars/index.html"):find("<h1[^>]*>One"))
    assert.truthy(folder:read "_site/entities/mars-2/index.html")
  end)

  it("below a page lose no story", function()
    local folder <close> = env.folder()
    local result = publish(folder, [[
{"date":"2020-01-01","title":"One","url":"/a.html"}
{"date":"2020-01-02","title":"Two","url":"/a.html/b/"}
]])
    assert.same({}, result.problems)
    assert.truthy(folder:read "_site/2020/01/02/two/index.html")
  end)
end)

describe("site.lua", function()
  local function message(fields)
    fields.title, fields.base_url = "T", "https://example.org/"
    local _, why = pcall(edition.of, fields, "site.lua", ".")
    return why
  end

  it("is refused where related stories or sources are described wrongly", function()
    assert.equal("site.lua: 'related.display': there is no 'zzz'", message { related = { display = "zzz" } })
    assert.equal("site.lua: 'related.direction': string expected, got number", message { related = { direction = 5 } })
    assert.equal("site.lua: 'sources': a list expected, got the key 'path'", message { sources = { path = "x" } })
  end)
end)

describe("newsarchive build", function()
  local function refused(site, template)
    local folder <close> = env.folder()
    folder:write("site.lua", site)
    folder:write("s.jsonl", '{"date":"2020-01-01","title":"One"}\n')
    if template then folder:write("t/story.etlua", template) end
    local ended = run("build", folder.path)
    assert.equal(2, ended.status)
    assert.is_nil(ended.stderr:find("traceback", 1, true), ended.stderr)
    return ended.stderr
  end

  local function with(more)
    return (SITE:gsub(" }$", ", " .. more .. " }"))
  end

  it("names the place of a mistake in a template or a site.lua, without a traceback", function()
    local place = refused(with 'theme = { templates = "t" }', "a\n<%= nosuch.field %>")
    assert.truthy(place:find("t/story.etlua:2: attempt to index a nil value", 1, true), place)
    local missing = refused(with 'theme = { stylesheet = "no.css" }')
    assert.truthy(missing:find("site.lua: 'theme.stylesheet': ", 1, true), missing)
    assert.truthy(refused(with 'author = "\\xff"'):find("site.lua: 'author': not valid UTF-8", 1, true))
  end)

  it("says what a layout of one's own gives wrongly", function()
    local NONE, NUMBER = "layout = function() end", "layout = function() return function() return 5 end end"
    assert.truthy(refused(with(NONE)):find("the layout gives no iterator", 1, true))
    assert.truthy(refused(with(NUMBER)):find("the layout gives '5' no path or no content", 1, true))
  end)
end)

describe("--limit", function()
  it("says its bounds", function()
    local refused = run("relate", "x.na", "--limit", "1001")
    assert.equal(2, refused.status)
    assert.truthy(refused.stderr:find("0 to 1000 expected, got '1001'", 1, true), refused.stderr)
  end)
end)

describe("a full disk behind standard output", function()
  it("is no success", function()
    local folder <close> = env.folder()
    assert(one_story():save(folder:file "one.na"))
    local command = ("%s relate %s >/dev/full"):format(env.command(), env.quote(folder:file "one.na"))
    local ended = env.run { "sh", "-c", command }
    assert.equal(2, ended.status)
    assert.truthy(ended.stderr:find("standard output", 1, true), ended.stderr)
  end)
end)
