--- Entities as things to look at: which there are, when they were in the news, and beside whom.
-- The functions are methods of an archive: `archive:entities()`, `archive:entity(name)`, `archive:together(a, b)`.
-- @module newsarchive.entities
local options = require "newsarchive.options"

local entities = {}

--- What an archive can be asked.
local methods = {}
entities.methods = methods

-- Neighbours of an entity that are told, unless more are asked for.
local NEIGHBOURS = 20

local COUNT = options.range("integer", 0)

local function day_of(core, i)
  local _, _, date = core:card(i)
  return date:sub(1, 10)
end

local function by_name(a, b) return a.name < b.name end

local orders = {
  name = by_name,
  stories = function(a, b)
    if a.stories ~= b.stories then return a.stories > b.stories end
    return a.name < b.name
  end,
  first = function(a, b)
    if a.first ~= b.first then return a.first < b.first end
    return a.name < b.name
  end,
  last = function(a, b)
    if a.last ~= b.last then return a.last > b.last end
    return a.name < b.name
  end,
}

-- Those of the stories from `first` to `last`: by number, and as a list.
local function counted(core, first, last)
  local found, list = {}, {}
  for i = first, last do
    for _, e in ipairs(core:story_entities(i)) do
      local entity = found[e]
      if not entity then
        entity = { name = (core:entity(e)), stories = 0, first = day_of(core, i) }
        found[e], list[#list + 1] = entity, entity
      end
      entity.stories, entity.last_story = entity.stories + 1, i
    end
  end
  for _, entity in ipairs(list) do
    entity.last, entity.last_story = day_of(core, entity.last_story), nil
  end
  return list
end

--- The entities of an archive, or of a time.
-- @function archive:entities
-- @tparam[opt] table given `from` and `to` (ISO 8601: a day, a month or a year, both inclusive), `least` (only those in
-- so many stories of that time; default 1), `limit` (at most so many), `order` (`"stories"`: most first; `"name"`;
-- `"first"`: the longest known first; `"last"`: the latest first)
-- @treturn {table,...} each `name`, `stories` (how many of that time), `first` and `last` (ISO 8601 dates)
function methods.entities(archive, given)
  given = options.check(1, "entities", given, {
    from = "string", to = "string", least = COUNT, limit = COUNT,
    order = { "stories", "name", "first", "last" },
  })
  options.check_dates(1, "entities", given, archive.core)
  local list = {}
  for _, entity in ipairs(counted(archive.core, archive.core:range(given.from, given.to))) do
    if entity.stories >= (given.least or 1) then list[#list + 1] = entity end
  end
  table.sort(list, orders[given.order or "stories"])
  for n = #list, (given.limit or #list) + 1, -1 do list[n] = nil end
  return list
end

--- How many of these stories there are in each month that has some.
-- @tparam Archive core
-- @tparam {integer,...} stories ascending
-- @treturn {table,...} oldest first, each `month` (`"2007-09"`), `stories`
function entities.months(core, stories)
  local months, at = {}, nil
  for _, i in ipairs(stories) do
    local month = day_of(core, i):sub(1, 7)
    if not at or at.month ~= month then
      at = { month = month, stories = 0 }
      months[#months + 1] = at
    end
    at.stories = at.stories + 1
  end
  return months
end

--- How often other entities are in these stories.
-- @tparam Archive core
-- @tparam integer entity that is left out
-- @tparam {integer,...} stories
-- @treturn {[integer]=integer} by the number of the entity
function entities.beside(core, entity, stories)
  local counts = {}
  for _, i in ipairs(stories) do
    for _, e in ipairs(core:story_entities(i)) do
      if e ~= entity then counts[e] = (counts[e] or 0) + 1 end
    end
  end
  return counts
end

local function check_name(value, position, name)
  if type(value) ~= "string" then
    error(("bad argument #%d to '%s' (string expected, got %s)"):format(position, name, type(value)), 3)
  end
end

--- One entity.
-- @function archive:entity
-- @tparam string name
-- @tparam[opt] table given `limit` (of `with`, default 20)
-- @treturn ?table `name`, `stories` (how many), `first` and `last` (ISO 8601 dates), `months` (oldest first, each
-- `month`, `stories`), `with` (the entities that it appears with, most often first, each `name`, `stories`); nil where
-- no story has it
-- @treturn string what was wrong
-- @treturn table `code`
function methods.entity(archive, name, given)
  check_name(name, 1, "entity")
  given = options.check(2, "entity", given, { limit = COUNT })
  local core = archive.core
  local number = core:find_entity(name)
  local stories = number and core:entity_stories(number) or {}
  if #stories == 0 then return nil, "the archive has no such entity", { code = "no-entity" } end
  local with = {}
  for e, count in pairs(entities.beside(core, number, stories)) do
    with[#with + 1] = { name = (core:entity(e)), stories = count }
  end
  table.sort(with, orders.stories)
  for n = #with, (given.limit or NEIGHBOURS) + 1, -1 do with[n] = nil end
  return {
    name = (core:entity(number)), stories = #stories,
    first = day_of(core, stories[1]), last = day_of(core, stories[#stories]),
    months = entities.months(core, stories), with = with,
  }
end

--- The stories that have both of two entities, in order of date.
-- @function archive:together
-- @tparam string a a name
-- @tparam string b a name
-- @treturn {table,...} stories; none where one of the names is not known
function methods.together(archive, a, b)
  check_name(a, 1, "together")
  check_name(b, 2, "together")
  local core, list, has = archive.core, {}, {}
  local one, other = core:find_entity(a), core:find_entity(b)
  if not one or not other then return list end
  for _, i in ipairs(core:entity_stories(one)) do has[i] = true end
  for _, i in ipairs(core:entity_stories(other)) do
    if has[i] then list[#list + 1] = core:story(i) end
  end
  return list
end

return entities
