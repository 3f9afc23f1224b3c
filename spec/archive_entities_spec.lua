-- Entities as things to look at.
local newsarchive = require "newsarchive"

local function archive()
  local made = newsarchive.new()
  for _, story in ipairs {
    { "2007-08-30", { "Niger", "Tuareg" } },
    { "2007-09-01", { "Malian Army", "Tuareg" } },
    { "2007-09-12", { "Malian Army", "Tuareg", "Kidal" } },
    { "2012-01-26", { "Azawad", "Tuareg" } },
    { "2013-01-08", { "Malian Army" } },
    { "2013-01-09", nil },
  } do
    made:add { date = story[1], title = "Story of " .. story[1], context = story[2] }
  end
  return made
end

local function names(list)
  local found = {}
  for n, one in ipairs(list) do found[n] = one.name .. " " .. one.stories end
  return found
end

describe("archive:entities", function()
  it("lists who was in the news, most stories first, then by name", function()
    assert.same({ "Tuareg 4", "Malian Army 3", "Azawad 1", "Kidal 1", "Niger 1" }, names(archive():entities()))
    assert.same({ name = "Tuareg", stories = 4, first = "2007-08-30", last = "2012-01-26" }, archive():entities()[1])
  end)

  it("counts the stories of a time alone", function()
    local list = archive():entities { from = "2007-09", to = "2007-09" }
    assert.same({ "Malian Army 2", "Tuareg 2", "Kidal 1" }, names(list))
    assert.same({ "2007-09-01", "2007-09-12" }, { list[1].first, list[1].last })
    assert.same({}, archive():entities { from = "2014" })
  end)

  it("leaves out the rare, stops at a limit, and sorts otherwise", function()
    assert.same({ "Tuareg 4", "Malian Army 3" }, names(archive():entities { least = 2 }))
    assert.same({ "Tuareg 4" }, names(archive():entities { limit = 1 }))
    assert.same({}, archive():entities { limit = 0 })
    local function first_two(order) return names(archive():entities { order = order, limit = 2 }) end
    assert.same({ "Azawad 1", "Kidal 1" }, first_two "name")
    assert.same({ "Niger 1", "Tuareg 4" }, first_two "first")
    assert.same({ "Malian Army 3", "Azawad 1" }, first_two "last")
  end)

  it("is empty where there is nothing", function()
    assert.same({}, newsarchive.new():entities())
  end)
end)

describe("archive:entity", function()
  it("knows its first and last mention, its months and its neighbours", function()
    assert.same({
      name = "Tuareg", stories = 4, first = "2007-08-30", last = "2012-01-26",
      months = {
        { month = "2007-08", stories = 1 }, { month = "2007-09", stories = 2 }, { month = "2012-01", stories = 1 },
      },
      with = {
        { name = "Malian Army", stories = 2 }, { name = "Azawad", stories = 1 }, { name = "Kidal", stories = 1 },
        { name = "Niger", stories = 1 },
      },
    }, archive():entity "Tuareg")
    assert.same({ "Malian Army 2" }, names(archive():entity("Tuareg", { limit = 1 }).with))
  end)

  it("is nothing where no story has it", function()
    local entity, message, details = archive():entity "Nobody"
    assert.is_nil(entity)
    assert.equal("the archive has no such entity", message)
    assert.same({ code = "no-entity" }, details)
  end)
end)

describe("archive:together", function()
  it("gives the stories that have both, in order of date", function()
    local list = archive():together("Malian Army", "Tuareg")
    assert.same({ "2007-09-01", "2007-09-12" }, { list[1].date, list[2].date })
    assert.equal(2, #list)
    assert.same({}, archive():together("Azawad", "Kidal"))
    assert.same({}, archive():together("Azawad", "Nobody"))
    assert.equal(4, #archive():together("Tuareg", "Tuareg"))
  end)
end)

describe("the functions of entities", function()
  it("name the argument and the field of a misuse", function()
    local made = archive()
    for message, call in pairs {
      ["bad argument #1 to 'entities' (field 'from': ISO 8601 date expected)"] =
        function() made:entities { from = "soon" } end,
      ["bad argument #1 to 'entities' (field 'limit': 0 or more expected)"] = function() made:entities { limit = -1 } end,
      ["bad argument #1 to 'entities' (field 'order': one of stories, name, first, last expected)"] =
        function() made:entities { order = "x" } end,
      ["bad argument #1 to 'entities' (unknown field 'form')"] = function() made:entities { form = "2007" } end,
      ["bad argument #1 to 'entity' (string expected, got nil)"] = function() made:entity() end,
      ["bad argument #2 to 'entity' (field 'limit': 0 or more expected)"] =
        function() made:entity("x", { limit = -1 }) end,
      ["bad argument #2 to 'together' (string expected, got number)"] = function() made:together("x", 1) end,
    } do
      local fine, why = pcall(call)
      assert.is_false(fine)
      assert.truthy(why:find(message, 1, true), why)
      assert.truthy(why:find("archive_entities_spec", 1, true), why)
    end
  end)
end)
