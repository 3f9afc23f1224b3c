--- The rules and the registry of an edition: what corrects the stories between reading and the archive.
-- @module newsarchive.site.rules
local registries = require "newsarchive.rules.registry"
local rules = require "newsarchive.rules"

local site_rules = {}

-- Where the names of a registry are looked for.
local FIELDS = { "title", "description", "body" }

-- Lets a function change every story. One that fails costs its change, not the story.
local function apply_function(report, change)
  for i = 1, report:counts().stories do
    local story = report:story(i)
    local origin = story.origin or {}
    local fine, changed = pcall(change, story)
    local replaced, message = fine, changed
    if fine then replaced, message = pcall(report.replace, report, i, type(changed) == "table" and changed or story) end
    if not replaced then
      report:note { path = origin.path, line = origin.line, message = "rules: " .. tostring(message) }
    end
  end
end

-- What `read` gives for the path of the edition's field; nil where it has none. What is wrong with the file raises.
local function load_field(edition, field, read, ...)
  local value = edition[field]
  if type(value) ~= "string" then return value end
  local loaded, message = read(edition.directory .. "/" .. value, ...)
  if not loaded then error(message, 0) end
  return loaded
end

-- The names that stand for an entity, by entity, sorted; those that are the entity's own are left out.
local function aliases_of(registry)
  local by_entity, seen = {}, {}
  for _, entry in ipairs(registry and registry.entries or {}) do
    local entity = entry.entity
    local key = entity and entity .. "\0" .. entry.name
    if entity and entity ~= entry.name and not entry.silent and not seen[key] then
      seen[key] = true
      by_entity[entity] = by_entity[entity] or {}
      table.insert(by_entity[entity], entry.name)
    end
  end
  for _, names in pairs(by_entity) do table.sort(names) end
  return by_entity
end

--- Applies what the edition's `rules` (a function of a story, or the path of a file that returns one or a vocabulary of
-- rules, see newsarchive.rules) and `registry` (the path of one) say. The rules have the first word.
-- @tparam Edition edition gets `aliases`, by entity the list of its other names, and `kinds`, by entity what it is
-- @tparam Report report of the core, whose stories are changed
function site_rules.apply(edition, report)
  local registry = load_field(edition, "registry", registries.read)
  local given = load_field(edition, "rules", rules.read, true)
  local options = { fields = FIELDS }
  if given and type(given) ~= "function" then
    if registry then given:over(registry) end
    given:apply(report, options)
    registry = given.registry
  else
    if registry then registry:tag(report, options) end
    if given then apply_function(report, given) end
  end
  edition.aliases, edition.kinds = aliases_of(registry), registry and registry:entity_kinds() or {}
end

return site_rules
