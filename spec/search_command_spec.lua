-- `newsarchive search`, as it is typed.

local core = require "newsarchive.core"
local env = require "spec.support.env"

local folder = env.folder()

local function newsarchive(...)
  return env.run { env.command(), ... }
end

setup(function()
  local lines = folder:write("stories.jsonl", [[
{"title":"The Second Tuareg Rebellion spreads","date":"2007-09-01","context":["Tuareg"],"sources":[{"name":"Reuters"}]}
{"title":"Tuareg rebels attack \u001b[31mthe army","date":"2012-01-17","context":["Tuareg"],"sources":[{"name":"BBC"}]}
{"title":"The army enters Kidal","date":"2013-09-01","sources":[{"name":"Reuters"}]}
]])
  local indexed = newsarchive("index", "-o", folder:file "news.na", lines)
  assert(indexed.status == 0, indexed.stderr)
end)

teardown(function() folder:__close() end)

describe("newsarchive search", function()
  it("prints the stories, best first, without marks where no terminal is", function()
    local ran = newsarchive("search", folder:file "news.na", "rebellion")
    assert.equal(" 1. 2007-09-01  The Second Tuareg Rebellion spreads\n"
      .. "    2007-09-01/the-second-tuareg-rebellion-spreads\n", ran.stdout)
    assert.equal(0, ran.status)
  end)

  it("lets no headline steer the terminal", function()
    assert.is_nil(newsarchive("search", folder:file "news.na", "rebels").stdout:find "\27")
  end)

  it("takes dates, names and an order as options", function()
    local ran = newsarchive("search", folder:file "news.na", "tuareg", "--from", "2012", "--entity", "tuareg")
    assert.matches("2012-01-17", ran.stdout, 1, true)
    assert.not_matches("2007-09-01", ran.stdout, 1, true)
    ran = newsarchive("search", folder:file "news.na", "--source", "Reuters", "--order", "oldest")
    assert.matches("2007%-09%-01.*2013%-09%-01", ran.stdout)
  end)

  it("takes words that must not be there behind --", function()
    local ran = newsarchive("search", folder:file "news.na", "--", "army", "-tuareg")
    assert.matches("Kidal", ran.stdout, 1, true)
    assert.not_matches("rebels", ran.stdout, 1, true)
  end)

  it("counts", function()
    local ran = newsarchive("search", folder:file "news.na", "army", "--facets")
    assert.matches("2 stories\n\nyears\n       1  2012\n       1  2013\n", ran.stdout, 1, true)
  end)

  it("says what it did not find, and what was perhaps meant", function()
    local ran = newsarchive("search", folder:file "news.na", "rebelion")
    assert.equal("", ran.stdout)
    assert.equal("no stories found\ndid you mean: rebellion\n", ran.stderr)
    assert.equal(0, ran.status)
  end)

  it("prints JSON", function()
    local found = core.decode_json(newsarchive("search", folder:file "news.na", "army", "--json", "--facets").stdout)
    assert.equal(2, #found.hits)
    assert.equal(2, found.stories)
    assert.equal("Reuters", found.facets.sources[2].name)
    assert.equal("2013-09-01/the-army-enters-kidal", found.hits[1].id)
    assert.same({ 5, 8 }, found.hits[1].spans)
  end)

  it("prints the stories of a day of any year", function()
    local ran = newsarchive("search", folder:file "news.na", "--on", "09-01")
    assert.matches("2007%-09%-01.*2013%-09%-01", ran.stdout)
  end)

  it("says that a day has no stories, and what does not go with a day", function()
    assert.equal("no stories found\n", newsarchive("search", folder:file "news.na", "--on", "02-29").stderr)
    for _, wrong in ipairs { { "--on", "13-40" }, { "army", "--on", "09-01" }, { "--on", "09-01", "--from", "2012" } } do
      local ran = newsarchive("search", folder:file "news.na", table.unpack(wrong))
      assert.equal(2, ran.status)
      assert.matches("^newsarchive: %-%-on: ", ran.stderr)
    end
  end)

  it("names the help of the command that was used wrongly", function()
    assert.matches("`newsarchive search --help`", newsarchive("search", "--langauge", "en").stderr, 1, true)
  end)

  it("explains what is wrong with an option", function()
    for _, wrong in ipairs { { "--from", "never" }, { "--limit", "5000" }, { "--on", "May" }, { "--order", "best" } } do
      local ran = newsarchive("search", folder:file "news.na", "army", table.unpack(wrong))
      assert.equal(2, ran.status)
      assert.matches("newsarchive: .*" .. wrong[1]:gsub("%-", "%%-"), ran.stderr)
      assert.is_nil(ran.stderr:find "traceback")
    end
  end)
end)
