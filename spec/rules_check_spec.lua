local check = require "newsarchive.rules.check"
local core = require "newsarchive.core"
local env = require "spec.support.env"
local registry = require "newsarchive.rules.registry"

local function messages(given)
  local list = {}
  for i, finding in ipairs(check.find(given)) do list[i] = finding.kind .. " " .. finding.message end
  return list
end

describe("check", function()
  it("lists names that share an address", function()
    assert.same({ "collision al-qaeda: Al Qaeda (3), al-Qaeda (1)" },
      messages { counts = { ["al-Qaeda"] = 1, ["Al Qaeda"] = 3 }, stories = 10 })
  end)

  it("lists names that are probably one, and why", function()
    assert.same({
      "merge Sports (9), Sport (1): plural",
      "merge United States (8), U.S. (2): abbreviation",
      "merge Mali (5), Malian (4): adjective",
      "merge São Paulo (3), Sao Paulo (2): spelling",
      "merge Hague (2), The Hague (1): article",
    }, (function()
      local list = messages {
        stories = 100,
        counts = {
          Sport = 1, Sports = 9, ["U.S."] = 2, ["United States"] = 8, Mali = 5, Malian = 4, ["São Paulo"] = 3,
          ["Sao Paulo"] = 2, Hague = 2, ["The Hague"] = 1,
        },
      }
      table.sort(list, function(a, b) return tonumber(a:match "%((%d+)%)") > tonumber(b:match "%((%d+)%)") end)
      return list
    end)())
  end)

  it("joins scripts where a registry has learnt that characters stand for each other", function()
    local learnt = assert(registry.from_tsv("form\t國\t国\n"))
    assert.same({ "merge 中国 (2), 中國 (1): script" },
      messages { counts = { ["中国"] = 2, ["中國"] = 1 }, stories = 9, registry = learnt })
    assert.same({}, messages { counts = { ["中国"] = 2, ["中國"] = 1 }, stories = 9 })
  end)

  it("lists entities that are on a large share of the stories", function()
    assert.same({ "hub Mali: on 30 of 100 stories (30.0 %)" },
      messages { counts = { Mali = 30, Niger = 4 }, stories = 100 })
  end)

  it("looks at the names of a registry, too", function()
    local names = registry.new():add { name = "Mali" }:add { name = "mali" }:add { name = "?!" }:add { name = "\xFF" }
      :add { name = "Hidden", silent = true }:add { name = "hidden" }
    assert.same({
      "name ?!: a name needs a letter or a digit", "name ?: a name that is not UTF-8",
      "collision mali: Mali (0), mali (0)",
    }, messages { registry = names })
  end)

  it("gives the same list every time", function()
    local counts = {}
    for i = 1, 200 do counts["Name " .. i % 50 .. (i % 2 == 0 and "s" or "")] = i % 7 end
    assert.same(check.find { counts = counts, stories = 9 }, check.find { counts = counts, stories = 9 })
  end)

  it("fails for tests that fail, and for nothing else", function()
    local failures = { { path = "rules.lua", line = 3, message = "expected { a }, got {  }: b" } }
    local findings = check.find { failures = failures, counts = { Sport = 1, Sports = 2 } }
    assert.equal("rules.lua:3: expected { a }, got {  }: b", findings[1].message)
    assert.is_true(check.failed(findings))
    assert.is_false(check.failed(check.find { counts = { Sport = 1, Sports = 2 } }))
    assert.same({}, check.find {})
  end)
end)

describe("newsarchive check", function()
  local STORIES = [[
{"title":"Rain","date":"2013-01-08","context":["Sport"]}
{"title":"Sun","date":"2013-01-09","context":["Sports"]}
]]

  it("checks files and archives, and merges nothing", function()
    local folder <close> = env.folder()
    local path = folder:write("a.jsonl", STORIES)
    local result = env.run { env.command(), "check", path }
    assert.same({ 0, "merge      Sport (1), Sports (1): plural\n", "1 finding\n" },
      { result.status, result.stdout, result.stderr })
    assert.equal(0, env.run({ env.command(), "index", "-o", folder:file "a.na", path }).status)
    assert.equal(result.stdout, env.run({ env.command(), "check", folder:file "a.na" }).stdout)
    local finding = core.decode_json(env.run({ env.command(), "check", "--json", path }).stdout)
    assert.same({ "Sport", "Sports" }, finding.names)
  end)

  it("checks a site with its rules, whose tests may fail", function()
    local folder <close> = env.folder()
    folder:write("site.lua", 'return { title = "A", base_url = "https://example.org/", rules = "rules.lua" }')
    folder:write("rules.lua", 'return rules {\n  alias { Sport = "Sports" },\n  expect "Sport" { "Sports" },\n}\n')
    folder:write("stories/a.jsonl", STORIES)
    assert.same({ 0, "" }, { (function(result) return result.status, result.stdout end)
      (env.run { env.command(), "check", folder.path }) })
    folder:write("rules.lua", 'return rules {\n  expect "Sport" { "Games" },\n}\n')
    local result = env.run { env.command(), "check", folder = folder.path }
    assert.equal(1, result.status)
    assert.matches("^expect     %./rules%.lua:2: expected { Games }, got {  }: Sport\nmerge ", result.stdout)
  end)

  it("says what it cannot do", function()
    local folder <close> = env.folder()
    local result = env.run { env.command(), "check", folder = folder.path }
    assert.same({ 2, "newsarchive: there is no site.lua here; name what to check\n" }, { result.status, result.stderr })
    result = env.run { env.command(), "check", "--registry", "nowhere.tsv", "a" }
    assert.equal(2, result.status)
    assert.matches("nowhere.tsv", result.stderr)
  end)
end)
