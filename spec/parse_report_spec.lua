-- A report holds what reading gave: stories, and the problems with their places.

local core = require "newsarchive.core"

local STORY = { title = "x", date = "2007-09-01" }

local function with(field, value)
  local story = { title = "x", date = "2007-09-01" }
  story[field] = value
  return story
end

describe("a report", function()
  it("gives back the story that it was given, as a table of its own", function()
    local given = {
      title = "The Tuareg", date = "2007-09-01", context = { "a", "b" }, topics = { "z", "a" }, order = 3, draft = true,
      sources = { { name = "Reuters", url = "http://r/", dead = true } }, origin = { path = "a.md", line = 3 },
      params = { nested = { 1, 2.5, core.null, { deep = "é" } } },
    }
    local report = core.report():add(given)
    assert.same(given, report:story(1))
    assert.not_equal(report:story(1), report:story(1))
    assert.is_nil(report:story(0))
    assert.is_nil(report:story(2))
  end)

  it("sorts the context of a story, each entity once", function()
    assert.same({ "a", "b", "Ä" }, core.report():add(with("context", { "b", "Ä", "a", "b" })):story(1).context)
  end)

  it("leaves out what is false, an empty list or an empty text", function()
    local story = { title = "x", date = "2007-09-01", draft = false, topics = {}, sources = {}, context = { "" } }
    assert.same(STORY, core.report():add(story):story(1))
  end)

  it("names the field that is wrong", function()
    for message, story in pairs {
      ["field 'title': string expected, got no value"] = { date = "2007-09-01" },
      ["field 'date': ISO 8601 date expected"] = { title = "x" },
      ["field 'topics': list of strings expected, got string"] = with("topics", "a"),
      ["field 'topics': a list expected, got the key 'a'"] = with("topics", { "x", a = "b" }),
      ["field 'context': a list expected, got the key '3'"] = with("context", { [1] = "a", [3] = "b" }),
      ["field 'sources': a list expected, got the key 'name'"] = with("sources", { name = "BBC" }),
      ["field 'name': string expected, got number"] = with("sources", { { name = 1 } }),
      ["field 'order': integer expected, got number"] = with("order", 1.5),
      ["field 'draft': boolean expected, got string"] = with("draft", "yes"),
      ["unknown field 'titel' in a story"] = with("titel", "y"),
      ["unknown field 'link' in a source"] = with("sources", { { link = "y" } }),
      ["unknown field '1' in a story"] = with(1, "y"),
      ["field 'body': not valid UTF-8"] = with("body", "\xFF"),
    } do
      assert.error_matches(function() core.report():add(story) end, message, 1, true)
    end
  end)

  it("is as it was before a story that was refused", function()
    local report = core.report()
    pcall(report.add, report, with("titel", "y"))
    assert.equal(0, report:counts().stories)
    assert.equal(0, report:counts().items)
  end)

  it("replaces a story by what a rule made of it", function()
    local report = core.report():add(STORY):add(STORY)
    assert.same(with("category", "Sports"), report:replace(2, with("category", "Sports")):story(2))
    assert.same(STORY, report:story(1))
    assert.has_error(function() report:replace(3, STORY) end)
  end)

  it("notes problems with their places", function()
    local report = core.report():note { path = "a.md", line = 3, column = 7, message = "odd" }
    report:note { message = "no place" }
    assert.same({ path = "a.md", line = 3, column = 7, code = "note", message = "odd" }, report:problem(1))
    assert.same({ code = "note", message = "no place" }, report:problem(2))
    assert.is_nil(report:problem(3))
  end)

  it("cuts a message at 500 bytes, not inside a character", function()
    local message = core.report():note { message = ("é"):rep(400) }:problem(1).message
    assert.is_truthy(utf8.len(message))
    assert(#message < 500 and #message > 490)
  end)

  it("counts sources and declared relations", function()
    local counts = core.report():add { title = "x", date = "2007-09-01", sources = { { name = "a" }, { name = "b" } },
      related = { { title = "y", url = "/y" } } }:counts()
    assert.same({ 2, 1, 1, 1 }, { counts.sources, counts.relations, counts.stories, counts.items })
  end)

  it("lives as long as an archive that holds its stories", function()
    local report = core.report():add(STORY)
    local archive = core.archive():add(report)
    report:close()
    report = nil -- luacheck: ignore
    collectgarbage()
    assert.equal("x", archive:story(1).title)
  end)

  it("knows its formats", function()
    local known = {}
    for _, name in ipairs(core.formats) do known[name] = true end
    assert.is_true(known.jsonl)
    assert.has_error(function() core.report():read("no such", "") end, "bad argument #1 to 'read' (no such format)")
  end)
end)

describe("ids", function()
  local function ids(...)
    local report = core.report()
    for _, story in ipairs { ... } do report:add(story) end
    core.ids():assign(report)
    local given = {}
    for i = 1, report:counts().stories do given[i] = report:story(i).id end
    return given, report
  end

  it("are the day and the slug", function()
    assert.same({ "2007-09-01/the-tuareg", "2007-09-01/own" }, ids(
      { title = "The Tuareg", date = "2007-09-01T10:30:00Z" },
      { title = "The Tuareg", date = "2007-09-01", slug = "own" }))
  end)

  it("get a number where the day has that slug already", function()
    assert.same({ "2007-09-01/x", "2007-09-01/x-2", "2007-09-01/x-3", "2007-09-02/x" }, ids(STORY, STORY, STORY,
      { title = "x", date = "2007-09-02" }))
  end)

  it("step over a number that a headline has taken", function()
    assert.same({ "2007-09-01/x-2", "2007-09-01/x", "2007-09-01/x-3" },
      ids({ title = "x 2", date = "2007-09-01" }, STORY, STORY))
  end)

  it("are kept where a story brings one, and a second claim to it is a problem", function()
    local given, report = ids(with("id", "mine"), with("id", "mine"))
    assert.same({ "mine", "mine-2" }, given)
    assert.equal("duplicate-id", report:problem(1).code)
    assert.equal("another story has the id 'mine'", report:problem(1).message)
  end)

  it("go on from report to report", function()
    local all, first, second = core.ids(), core.report():add(STORY), core.report():add(STORY)
    all:assign(first):assign(second)
    assert.equal("2007-09-01/x-2", second:story(1).id)
  end)

  it("take linear time for many stories of one headline", function()
    local report = core.report()
    for _ = 1, 20000 do report:add(STORY) end
    local start = os.clock()
    core.ids():assign(report)
    assert.equal("2007-09-01/x-20000", report:story(20000).id)
    assert(os.clock() - start < 5)
  end)
end)
