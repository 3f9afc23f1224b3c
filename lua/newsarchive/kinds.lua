--- What kind of relation two stories have, in a word for the reader.
--
--   * `repeat` -- both tell the same, wholly or nearly: three of five runs of words are alike
--   * `same story` -- so near by words, names, entities and time that the one tells the other on
--   * `same people`, `same place` -- what weighs most of all that they share is an entity that is a person, or a place
--   * `earlier`, `later` -- the rest, by what stands first; of one day, `later`
--
-- The first that is true is the kind.
-- @module newsarchive.kinds
local kinds = {}

--- A score of at least this share of the story's score for itself makes the same story. Chosen on a judged set: of the
-- pairs from here on, more than every second one has the very topic in common that an editor gave.
kinds.SAME_STORY = 0.25

local SHOWN = { person = "same people", place = "same place" }

--- The kinds of entities, as `of` takes them.
-- @tparam ?table given a registry, or a table of kinds by entity
-- @treturn table kinds by entity
function kinds.by_entity(given)
  if given and given.entity_kinds then return given:entity_kinds() end
  return given or {}
end

--- The kind of a relation.
-- @tparam table relation `score`, `days`, `reasons` (heaviest first)
-- @tparam number own the story's score for itself
-- @tparam boolean is_repeat
-- @tparam table by_entity kinds of entities: "person", "place" ...
-- @treturn string
function kinds.of(relation, own, is_repeat, by_entity)
  if is_repeat then return "repeat" end
  if relation.score >= kinds.SAME_STORY * own then return "same story" end
  local first = relation.reasons[1]
  local shown = first and first.kind == "entity" and SHOWN[by_entity[first.text]]
  return shown or relation.days < 0 and "earlier" or "later"
end

return kinds
