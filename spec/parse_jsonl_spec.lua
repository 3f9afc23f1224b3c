-- JSON Lines: one story a line. What cannot be used costs its line, and is reported with its place.

local core = require "newsarchive.core"
local numbers = require("spec.support.random").numbers

local function read(text, options)
  return core.report():read("jsonl", text, options)
end

local function only_problem(text)
  local report = read(text, { path = "a.jsonl" })
  assert.equal(1, report:counts().problems)
  assert.equal(1, report:counts().rejected)
  assert.equal(0, report:counts().stories)
  return report:problem(1)
end

describe("reading JSON Lines", function()
  it("gives stories with every field of the data model", function()
    local line = '{"aliases":["/old/"],"authors":["A. Writer"],"body":"Text.","category":"Sports",' ..
      '"context":["Malian Army","Tuareg"],"date":"2007-09-01","description":"Short.","draft":true,' ..
      '"headlines":[{"order":2,"title":"Other","topic":"T"}],"id":"2007-09-01/x","language":"en","lead":"L",' ..
      '"mentions":[{"label":"the Tuareg","missing":true,"target":"Tuareg"}],"order":1,' ..
      '"origin":{"line":31,"path":"2007-09-01.wiki"},"params":{"weight":2},"raw_category":"sports",' ..
      '"related":[{"context":["Tuareg"],"id":"2007-08-31/y","title":"Y","url":"/y/"}],"role":"R","slug":"x",' ..
      '"sources":[{"archive_url":"https://a/","dead":true,"name":"Reuters","url":"http://r/"}],"tags":["t"],' ..
      '"title":"The Tuareg","topics":["Rebellion"],"updated":"2007-09-02","url":"/x/"}\n'
    local report = read(line)
    assert.equal(0, report:counts().problems)
    assert.equal(line, report:json_lines())
    local story = report:story(1)
    assert.equal("Reuters", story.sources[1].name)
    assert.is_true(story.sources[1].dead)
    assert.same({ weight = 2 }, story.params)
    assert.same({ path = "2007-09-01.wiki", line = 31 }, story.origin)
  end)

  it("gives back what it printed, byte for byte", function()
    local line = [[{"title":"b \u00e9\u0000 \ud83d\ude80","date":"2007-09-01T10:30Z","context":["b","a","b"]}]] .. "\n"
    local once = read(line):json_lines()
    assert.equal(once, read(once):json_lines())
    assert.matches('"context":["a","b"]', once, 1, true) -- sorted, and each once
  end)

  it("takes date, language and origin from the options where the line does not say", function()
    local report = read('\n{"title":"x"}\n{"title":"y","date":"2008-01-01","language":"zh"}',
      { path = "a.jsonl", date = "2007-09-01", language = "en" })
    assert.same({ title = "x", date = "2007-09-01", language = "en", origin = { path = "a.jsonl", line = 2 } },
      report:story(1))
    assert.same({ title = "y", date = "2008-01-01", language = "zh", origin = { path = "a.jsonl", line = 3 } },
      report:story(2))
  end)

  it("keeps keys that are no field of a story as params", function()
    assert.same({ layout = "wide", weight = 2 },
      read('{"title":"x","date":"2007-09-01","layout":"wide","params":{"weight":2}}'):story(1).params)
  end)

  it("takes null and an empty text for absent", function()
    assert.same({ title = "x", date = "2007-09-01" },
      read('{"title":"x","date":"2007-09-01","category":null,"body":"","topics":[""]}'):story(1))
    assert.same({ "a" }, read('{"title":"x","date":"2007-09-01","context":["","a",""]}'):story(1).context)
  end)

  it("counts every line that is not blank", function()
    local text = '{"title":"x","date":"2007-09-01"}\n\n  \r\nnot JSON\n[]\n{"title":"y","date":"2007-09-02"}'
    local counts = read(text):counts()
    assert.same({ 4, 2, 2, 2, 1 }, { counts.items, counts.stories, counts.rejected, counts.problems, counts.files })
  end)

  it("says what is wrong, and where", function()
    for text, expected in pairs {
      ['{"date":"2007-09-01"}'] = { "no-title", 1 },
      ['\n{"title":"x"}'] = { "no-date", 2 },
      ['{"title":"x","date":"2007-02-29"}'] = { "bad-date", 1 },
      ['{"title":7,"date":"2007-09-01"}'] = { "field-type", 1, "field 'title': a text expected" },
      ['{"title":"x","date":"2007-09-01","sources":{}}'] = {
        "field-type", 1, "field 'sources': a list of objects expected",
      },
      ['{"title":"x","date":"2007-09-01","topics":[1]}'] = {
        "field-type", 1, "field 'topics': a list of texts expected",
      },
      ['{"title":"x","title":"y","date":"2007-09-01"}'] = { "json-syntax", 1 },
      ['"a story"'] = { "json-syntax", 1, "an object expected" },
      ['{"title":"\\ud800"}'] = { "json-syntax", 1 },
      ['{"title":"\xFF","date":"2007-09-01"}'] = { "json-syntax", 1 },
      [("["):rep(100000)] = { "json-syntax", 1 },
    } do
      local problem = only_problem(text)
      assert.equal("a.jsonl", problem.path)
      assert.equal(expected[1], problem.code)
      assert.equal(expected[2], problem.line)
      if expected[3] then assert.equal(expected[3], problem.message) end
    end
  end)

  it("refuses a line of more than 16 MiB", function()
    local problem = only_problem('{"title":"' .. ("x"):rep(16 << 20) .. '"}')
    assert.equal("line-too-long", problem.code)
  end)

  it("takes a byte order mark for what it is", function()
    local report = read('\u{FEFF}{"title":"x","date":"2007-09-01"}\n')
    assert.equal(0, report:counts().problems)
    assert.equal("x", report:story(1).title)
    assert.equal("json-syntax", only_problem('\n\u{FEFF}{"title":"x","date":"2007-09-01"}').code)
  end)

  it("reads long lines that come in pieces in time proportional to their length", function()
    local text, at = '{"title":"x","date":"2007-09-01","body":"' .. ("x"):rep(4 << 20) .. '"}', 1
    local report, before = core.report(), os.clock()
    require("newsarchive.reader.jsonl").stream(report, "a.jsonl", function()
      if at > #text then return nil end
      at = at + (256 << 10)
      return text:sub(at - (256 << 10), at - 1)
    end, {})
    assert.equal(1, report:counts().stories)
    assert.is_true(os.clock() - before < 5) -- looking for the end of the line from every byte took minutes
  end)

  it("survives any bytes", function()
    local random = numbers(3)
    local line = '{"title":"x é","date":"2007-09-01","sources":[{"name":"n"}],"params":{"a":[1,{"b":null}]}}'
    for _ = 1, 3000 do
      local at, byte = random(#line), string.char(random(256) - 1)
      local report = read(line:sub(1, at - 1) .. byte .. line:sub(at + random(3) - 1))
      local counts = report:counts()
      assert.equal(counts.items, counts.stories + counts.rejected)
      for i = 1, counts.stories do assert.is_truthy(utf8.len(core.encode_json(report:story(i)))) end
      for i = 1, counts.problems do assert.is_truthy(utf8.len(report:problem(i).message)) end
      assert.is_truthy(utf8.len(report:json_lines()))
    end
  end)
end)
