local env = require "spec.support.env"
local newsarchive = require "newsarchive"

local function mali()
  local archive = newsarchive.new { language = "en" }
  archive:add { date = "2012-01-26", title = "Tuareg rebels capture a town", context = { "Tuareg" } }
  archive:add { date = "2007-09-01", title = "A colonel joins the rebellion", context = { "Tuareg", "Malian Army" } }
  archive:add { date = "2013-01-08", title = "The army fires on Gnimignama", context = { "Tuareg", "Malian Army" } }
  archive:add { date = "2013-01-08", title = "A fair opens in Bamako" }
  return archive
end

local function titles(iterator)
  local list = {}
  for story in iterator do list[#list + 1] = story.title end
  return list
end

describe("an archive", function()
  it("counts its stories", function()
    assert.equal(0, #newsarchive.new())
    assert.equal(4, #mali())
    assert.equal("newsarchive.archive: 4 stories", tostring(mali()))
  end)

  it("gives every story an id of its day and its slug, and finds it by that", function()
    local story = mali():story "2007-09-01/a-colonel-joins-the-rebellion"
    assert.equal("A colonel joins the rebellion", story.title)
    assert.same({ "Malian Army", "Tuareg" }, story.context) -- sorted
    assert.is_nil(mali():story "2007-09-01/no-such-story")
  end)

  it("tells stories of one day and title apart by a number", function()
    local archive = newsarchive.new()
    for _ = 1, 3 do archive:add { date = "2001-01-01", title = "Same" } end
    archive:add { date = "2001-01-01", title = "Same 2" }
    local ids = {}
    for story in archive:stories() do ids[#ids + 1] = story.id end
    assert.same({ "2001-01-01/same", "2001-01-01/same-2", "2001-01-01/same-2-2", "2001-01-01/same-3" }, ids)
  end)

  it("keeps an id that is given, and reports one that is given twice", function()
    local archive = newsarchive.new()
    local report = newsarchive.parse("jsonl", [[
{"id":"x","date":"2001-01-01","title":"A"}
{"id":"x","date":"2001-01-02","title":"B"}]], { path = "p" })
    archive:add(report)
    assert.equal("A", archive:story("x").title)
    assert.equal("B", archive:story("x-2").title)
    assert.equal("duplicate-id", report.problems[1].code)
    assert.equal(2, report.problems[1].line)
  end)

  it("lists stories by date, whatever the order of adding; inside a day as they say, then by place and id", function()
    assert.same({
      "A colonel joins the rebellion", "Tuareg rebels capture a town", "A fair opens in Bamako",
      "The army fires on Gnimignama",
    }, titles(mali():stories()))
    assert.equal("The army fires on Gnimignama", titles(mali():stories { order = "newest" })[1])
    local day = newsarchive.new()
    day:add { date = "2001-01-01", title = "Fourth", order = 2, origin = { path = "a.md", line = 1 } }
    day:add { date = "2001-01-01", title = "Third", order = 1, origin = { path = "b.md", line = 1 } }
    day:add { date = "2001-01-01", title = "Second", order = 1, origin = { path = "a.md", line = 9 } }
    day:add { date = "2001-01-01", title = "First", order = 1, origin = { path = "a.md", line = 2 } }
    assert.same({ "First", "Second", "Third", "Fourth" }, titles(day:stories()))
  end)

  it("lists stories of an entity, of a year, of a month, of a day", function()
    local archive = mali()
    assert.same({ "A colonel joins the rebellion", "The army fires on Gnimignama" },
      titles(archive:stories { entity = "Malian Army" }))
    assert.same({ "Tuareg rebels capture a town" }, titles(archive:stories { from = "2012", to = "2012" }))
    assert.same({ "Tuareg rebels capture a town" }, titles(archive:stories { from = "2012-01", to = "2012-01" }))
    assert.same({ "The army fires on Gnimignama" }, titles(archive:stories { from = "2013-01-08", entity = "Tuareg" }))
    assert.same({}, titles(archive:stories { entity = "Nobody" }))
    assert.same({}, titles(archive:stories { from = "2014" }))
    assert.has_error(function() archive:stories { from = "yesterday" } end)
  end)

  it("relates stories by shared entities and says which", function()
    local relations = mali():related("2007-09-01/a-colonel-joins-the-rebellion", { rule = "context" })
    assert.equal(2, #relations)
    assert.equal("The army fires on Gnimignama", relations[1].story.title)
    assert.same({ "Malian Army", "Tuareg" }, relations[1].context)
    assert.equal(2, relations[1].score)
    assert.same({ "Tuareg" }, relations[2].context)
    local none, message, details = mali():related "x"
    assert.is_nil(none)
    assert.equal("the archive has no such story", message)
    assert.equal("no-story", details.code)
  end)

  it("says by number which entities two stories share", function()
    local core = mali().core
    local names = {}
    for n, e in ipairs(core:shared(1, 4)) do names[n] = core:entity(e) end
    assert.same({ "Malian Army", "Tuareg" }, names)
    assert.same({ core:find_entity "Tuareg" }, core:shared(1, 2))
    assert.same({}, core:shared(1, 3))
  end)

  it("comes back from its file as it was", function()
    local folder <close> = env.folder()
    local archive = mali()
    assert.is_true(archive:save(folder:file "news.na"))
    assert.same({ "news.na" }, folder:list())
    local opened = assert(newsarchive.open(folder:file "news.na"))
    assert.equal(archive.core:json_lines(), opened.core:json_lines())
    assert.equal("en", opened.language)
  end)

  it("refuses a file that is none of its own, or not whole", function()
    local folder <close> = env.folder()
    local path = folder:write("x", "hello")
    local opened, message, details = newsarchive.open(path)
    assert.is_nil(opened)
    assert.equal(path .. ": not an archive of newsarchive", message)
    assert.equal("not-an-archive", details.code)
    assert.equal("cannot-read", select(3, newsarchive.open(folder:file "none")).code)
    mali():save(path)
    folder:write("x", folder:read("x"):sub(1, -30))
    assert.equal("truncated-archive", select(3, newsarchive.open(path)).code)
    assert.equal("cannot-write", select(3, mali():save(folder:file "no/such/folder")).code)
  end)

  it("holds what it was given though the report is closed", function()
    local archive, report = newsarchive.new(), newsarchive.parse("jsonl", '{"date":"2001-01-01","title":"A"}')
    archive:add(report)
    report.core:close()
    collectgarbage()
    assert.equal("A", archive:story("2001-01-01/a").title)
  end)

  it("names the argument and the field of a wrong use", function()
    local archive = mali()
    assert.error_matches(function() archive:add { title = "x" } end, "date")
    assert.error_matches(function() archive:add { title = "x", date = "2001-02-30" } end, "field 'date'")
    assert.error_matches(function() archive:add { title = "x", date = "2001-02-28", contxt = {} } end, "'contxt'")
    assert.error_matches(function() archive:add { title = "x", date = "2001-02-28", context = "Mali" } end,
      "field 'context': list of strings expected, got string")
    assert.error_matches(function() archive:stories { order = "random" } end, "field 'order'")
    for _, name in ipairs { "stories", "titles", "threads" } do
      assert.error_matches(function() archive[name](archive, { from = "May" }) end,
        ("'%s' %%(field 'from': ISO 8601 date expected%%)"):format(name))
    end
    assert.error_matches(function() archive:read(5) end, "'read' %(string or table expected, got number%)")
    assert.error_matches(function() archive:read { "stories", 5 } end, "'read' %(path 2: string expected, got number%)")
    assert.error_matches(function() archive:related(nil) end, "a story or its id expected, got nil")
    assert.error_matches(function() newsarchive.new { lang = "en" } end, "unknown field 'lang'")
    assert.error_matches(function() newsarchive.parse("gif", "") end, "one of .*jsonl")
  end)
end)

describe("archives that are merged", function()
  local function one(title, language)
    return newsarchive.new { language = language }:add { id = "x", date = "2001-01-01", title = title }
  end

  it("have a story that both had once, and another one of the same id under an id of its own", function()
    local archive = one "One"
    local report, same = archive:merge(one "One")
    assert.same({ 1, 1, 0 }, { #archive, same, #report.problems })
    report, same = archive:merge(one "Two")
    assert.same({ 2, 0, 1 }, { #archive, same, #report.problems })
    assert.equal("duplicate-id", report.problems[1].code)
    assert.same({ "One", "Two" }, { archive:story "x".title, archive:story "x-2".title })
  end)

  it("leave a story the language of its archive", function()
    local archive = one("One", "en")
    archive:merge(one("马里军队开火", "zh"))
    assert.same({ "zh" }, { archive:story "x-2".language, archive:story "x".language })
    local _, same = archive:merge(newsarchive.new { language = "zh" })
    assert.equal(0, same)
  end)

  it("are two", function()
    local archive = one "One"
    assert.error_matches(function() archive:merge(archive) end, "another archive expected")
    assert.error_matches(function() archive:merge {} end, "archive expected, got table")
  end)
end)
