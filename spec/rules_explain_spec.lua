local core = require "newsarchive.core"
local env = require "spec.support.env"
local explain = require "newsarchive.explain"
local newsarchive = require "newsarchive"
local registry = require "newsarchive.rules.registry"
local rules = require "newsarchive.rules"

local STORY = {
  id = "2013-01-08/talks", date = "2013-01-08", title = "Mali war: the Malian army talks in Paris to Oumar Tatam Ly",
  lead = "Mali war", topics = { "Politics of Mali" }, context = { "Army of Mali", "Mali", "Mali war" },
  mentions = { { target = "Army of Mali", label = "Malian army" } }, origin = { path = "a.md", line = 3 },
}

local function lines(entity, given)
  local archive = newsarchive.new():add(STORY)
  local list = {}
  for i, reason in ipairs(assert(archive:explain(STORY.id, entity, given))) do list[i] = explain.line(reason) end
  return list
end

describe("explain", function()
  it("knows the link that leads to an entity, with its place", function()
    assert.same({ "title 15-25 'Malian army': a link, [[Army of Mali|Malian army]]" }, lines "Army of Mali")
  end)

  it("knows headings and what stands before a colon", function()
    assert.same({ "topics[1] 13-16 'Mali': a heading" }, lines "Mali")
    assert.same({ "title 1-8 'Mali war': what stands before the colon" }, lines "Mali war")
  end)

  it("knows names and aliases of a registry, and why they are there", function()
    local names = registry.new():add { name = "Malian", entity = "Mali", why = "an adjective" }:add { name = "Paris" }
    assert.same({ "topics[1] 13-16 'Mali': a heading", "title 15-20 'Malian': an alias, 'Malian': an adjective" },
      lines("Mali", { registry = names }))
    assert.same({ "title 36-40 'Paris': a name of the registry" }, lines("Paris", { registry = names }))
  end)

  it("knows what was found by its looks", function()
    local names = registry.new():add { name = "Paris" }
    names.by_looks = true
    assert.same({ "title 45-58 'Oumar Tatam Ly': a phrase of capitals" }, lines("Oumar Tatam Ly", { registry = names }))
  end)

  it("knows the rule, by its line", function()
    local folder <close> = env.folder()
    local path = folder:write("rules.lua", [[
return rules {
  alias { ["Bamako army"] = "Army" },
  when { title = "talks" } (function(story) table.insert(story.context, "Diplomacy") end),
  when { title = "sleeps" } (function(story) table.insert(story.context, "Diplomacy") end),
}]])
    local given = { rules = assert(rules.read(path)) }
    assert.same({ ("the rule at %s:3"):format(path) }, lines("Diplomacy", given))
    assert.same({ ("the story may have had 'Bamako army': an alias, %s:2"):format(path) }, lines("Army", given))
  end)

  it("says that the story came with it, where nothing else leads there", function()
    local archive = newsarchive.new():add { title = "Rain", date = "2013-01-09", context = { "Sun" },
      origin = { path = "a.md", line = 9 } }
    local reasons = archive:explain("2013-01-09/rain", "Sun")
    assert.same({ { kind = "given", path = "a.md", line = 9 } }, reasons)
    assert.same({}, archive:explain("2013-01-09/rain", "Moon"))
    assert.equal("the archive has no such story", select(2, archive:explain("2013-01-09/sun", "Sun")))
    assert.error_matches(function() archive:explain("2013-01-09/rain") end, "bad argument #2 to 'explain'")
    assert.error_matches(function() archive:explain("2013-01-09/rain", "Sun", { rule = 1 }) end, "unknown field 'rule'")
  end)

  it("is a command", function()
    local folder <close> = env.folder()
    local path = folder:write("a.jsonl", core.encode_json(STORY) .. "\n")
    local result = env.run { env.command(), "explain", path, STORY.id, "Army of Mali" }
    assert.equal(STORY.date .. "  " .. STORY.title
      .. "\n  title 15-25 'Malian army': a link, [[Army of Mali|Malian army]]\n", result.stdout)
    assert.equal(0, result.status)
    result = env.run { env.command(), "explain", path, STORY.id, "Niger", "--json" }
    assert.same({ id = STORY.id, entity = "Niger", reasons = {} }, core.decode_json(result.stdout))
    result = env.run { env.command(), "explain", path, "2013-01-08/other", "Niger" }
    assert.same({ 2, ("newsarchive: %s: no story '2013-01-08/other'\n"):format(path) }, { result.status, result.stderr })
  end)
end)
