local env = require "spec.support.env"
local output = require "newsarchive.site.output"

local function open(folder, given)
  given = given or {}
  return assert(output.open {
    directory = folder:file "_site", state = folder:file ".newsarchive", name = "manifest", full = given.full,
    check = given.check,
  })
end

-- One build: puts the pages, in order of their paths, and gives written, unchanged, removed.
local function build(folder, pages, given)
  local out, paths = open(folder, given), {}
  for path in pairs(pages) do paths[#paths + 1] = path end
  table.sort(paths)
  for _, path in ipairs(paths) do out:put(path, pages[path]) end
  out:finish()
  return { out.written, out.unchanged, out.removed }, out
end

describe("the output folder", function()
  it("gets files, and those that did not change are not written again", function()
    local folder <close> = env.folder()
    assert.same({ 2, 0, 0 }, build(folder, { ["a/index.html"] = "A", ["b.html"] = "B" }))
    assert.same({ 0, 2, 0 }, build(folder, { ["a/index.html"] = "A", ["b.html"] = "B" }))
    assert.same({ 1, 1, 0 }, build(folder, { ["a/index.html"] = "A2", ["b.html"] = "B" }))
    assert.equal("A2", folder:read "_site/a/index.html")
    assert.same({ 2, 0, 0 }, build(folder, { ["a/index.html"] = "A2", ["b.html"] = "B" }, { full = true }))
  end)

  it("loses what no longer belongs, with folders that are empty then, and nothing else", function()
    local folder <close> = env.folder()
    build(folder, { ["a/b/c.html"] = "C", ["a/x.html"] = "X", ["gone/y.html"] = "Y" })
    folder:write("_site/gone/mine.txt", "M")
    folder:write("_site/other.txt", "O")
    assert.same({ 0, 1, 2 }, build(folder, { ["a/x.html"] = "X" }))
    assert.same({ ".newsarchive/manifest", "_site/a/x.html", "_site/gone/mine.txt", "_site/other.txt" }, folder:list())
  end)

  it("gets a file again that somebody removed or cut", function()
    local folder <close> = env.folder()
    local pages = { ["a.html"] = "AAAA", ["b.html"] = "B", ["c.html"] = "C" }
    build(folder, pages)
    os.remove(folder:file "_site/a.html")
    folder:write("_site/b.html", "")
    assert.same({ 2, 1, 0 }, build(folder, pages))
    assert.equal("AAAA", folder:read "_site/a.html")
  end)

  it("is whole again after a build that was killed", function()
    local folder <close> = env.folder()
    local pages = { ["a.html"] = "A", ["b.html"] = "B" }
    build(folder, pages)
    -- Killed while it wrote: b has another content of the same size, c is half there, the journal names both.
    folder:write("_site/b.html", "?")
    folder:write("_site/c.html", "half a pa")
    folder:write(".newsarchive/manifest.journal", "b.html\nc.html\n")
    assert.same({ 1, 1, 1 }, build(folder, pages))
    assert.equal("B", folder:read "_site/b.html")
    assert.same({ ".newsarchive/manifest", "_site/a.html", "_site/b.html" }, folder:list())
  end)

  it("believes no manifest that it did not write, and removes nothing by it", function()
    local folder <close> = env.folder()
    folder:write("precious.txt", "P")
    folder:write(".newsarchive/manifest", "something else\n1 0 a.html\n")
    assert.same({ 1, 0, 0 }, build(folder, { ["a.html"] = "A" }))
    folder:write(".newsarchive/manifest", "newsarchive manifest 1\n1 00 ../precious.txt\n1 00 /etc/hosts\n")
    assert.same({ 1, 0, 0 }, build(folder, { ["a.html"] = "A" }))
    assert.equal("P", folder:read "precious.txt")
  end)

  it("refuses paths that are not plain, and says so", function()
    local folder <close> = env.folder()
    local out = open(folder)
    local unsafe = {
      "", "/a", "a/", "a//b", "../a", "a/../b", "a/..", "./a", "a/.", "a\0b", "a\nb", "a\\b", ("x"):rep(256),
      ("x/"):rep(600) .. "x",
    }
    for n, path in ipairs(unsafe) do
      assert.is_false(out:put(path, "x"))
      assert.equal("unsafe-path", out.problems[n].code)
    end
    out:finish()
    assert.same({ ".newsarchive/manifest" }, folder:list())
    assert.is_true(output.is_safe(("x"):rep(255)))
    assert.is_true(output.is_safe("2007/09/01/...and-so-on/index.html"))
  end)

  it("keeps the first of two pages with one path, and of a page and a folder with one name", function()
    local folder <close> = env.folder()
    local out = open(folder)
    assert.is_true(out:put("a/b", "1"))
    assert.is_false(out:put("a/b", "2"))
    assert.is_false(out:put("a", "3"))
    assert.is_false(out:put("a/b/c", "4"))
    out:finish()
    assert.equal("1", folder:read "_site/a/b")
    assert.same({ "path-claimed-twice", "path-claimed-twice", "path-claimed-twice" },
      { out.problems[1].code, out.problems[2].code, out.problems[3].code })
    assert.equal(1, out.files)
  end)

  it("reports what cannot be written and goes on", function()
    local folder <close> = env.folder()
    folder:write("_site/a/index.html/blocks", "x") -- a folder where a page should be
    local _, out = build(folder, { ["a/index.html"] = "A", ["b.html"] = "B" })
    assert.equal("cannot-write", out.problems[1].code)
    assert.equal("a/index.html", out.problems[1].path)
    assert.equal("B", folder:read "_site/b.html")
  end)

  it("writes nothing for a check", function()
    local folder <close> = env.folder()
    local _, out = build(folder, { ["a.html"] = "A" }, { check = true })
    assert.equal(1, out.files)
    assert.same({}, folder:list())
  end)
end)
