--- The related stories of every page, asked for in bulk: page after page in order of date, so that the core relates
-- thousands of stories at once and no list is kept longer than its page needs.
-- @module newsarchive.site.relations
local kinds = require "newsarchive.kinds"
local related = require "newsarchive.related"

local relations = {}
relations.__index = relations

-- Whoever shares an entity is listed from this share of the story's score for itself on: an editor said so, and a story
-- with a long body has a high score for itself. It is as much as keeps from looking at every story.
local LEAST_WITH_ENTITY = 0.01

-- Repeats that an entry lists: the nearest, so that a flood of look-alikes fills no page.
local REPEATS_MAX = 12

-- An entity that more stories of one day have tells nothing about that day.
local SAME_DAY_MAX = 64

local NONE = {} -- what nobody adds to

-- ---- repeats ----

-- By story, those that tell the same, its place among them, and the first of them.
local function repeats_of(index)
  local groups, places, first = {}, {}, {}
  local flat = index:repeats()
  for k = 1, #flat, 2 do
    local story, original = flat[k], flat[k + 1]
    local group = groups[original] or { original }
    group[#group + 1] = story
    groups[original], groups[story], places[original], places[story] = group, group, 1, #group
    first[story] = original
  end
  return groups, places, first
end

--- The other stories that tell the same as one; of very many the nearest.
-- @tparam integer i
-- @treturn {integer,...} in order of date; none where it is told once
function relations:repeats(i)
  local group = self.groups[i]
  if not group then return NONE end
  local list, from = {}, math.max(1, math.min(self.places[i] - REPEATS_MAX // 2, #group - REPEATS_MAX))
  for k = from, math.min(from + REPEATS_MAX, #group) do
    if group[k] ~= i then list[#list + 1] = group[k] end
  end
  return list
end

--- The first story that tells the same.
-- @tparam integer i
-- @treturn integer i itself where it is told once
function relations:original(i)
  return self.first[i] or i
end

-- ---- reasons ----

-- The entities that two stories share, the rarest first.
local function shared(self, i, j)
  local has_entities = self.has_entities
  if not (has_entities[i] and has_entities[j]) then return NONE end
  local list = self.core:shared(i, j)
  if #list > 1 then table.sort(list, self.rarest_first) end
  return list
end

-- ---- lists ----

local function by_date(a, b) return a.number < b.number end
local function newest_first(a, b) return a.number > b.number end

-- Which way a story lies.
local function days_of(self, i, j, direction)
  if direction == "all" then return self.core:days_between(i, j) end
  return direction == "before" and -1 or 1
end

-- Entries of what the core found in one direction, with what the stories share; none for those that repeat the page's
-- own. An entry is made with room for what is found out about it later: a million of them would have to grow.
local function candidates(self, i, direction)
  local number, found = self.iterators[direction][self.has_entities[i]]()
  assert(number == i, "pages are made in order of date")
  local list, first = {}, self.first
  local own = first[i] or i
  for k = 1, #found, 2 do
    local j = found[k]
    if (first[j] or j) ~= own then
      list[#list + 1] = {
        number = j, score = found[k + 1], context = shared(self, i, j),
        kind = nil, words = nil, also = nil, link = nil, time = nil,
      }
    end
  end
  return list
end

-- Of entities, what weighs most is asked for where it could be a person or a place, alone.
local function needs_reasons(self, entry)
  return self.has_kinds or not entry.context[1]
end

-- What kind of relation an entry is; `terms`: what it shares, by number, the weightiest first.
local function kind_of(self, i, entry, direction, terms, own)
  local relation = self.relation
  relation.score, relation.days = entry.score, days_of(self, i, entry.number, direction)
  relation.reasons[1] = terms and self.has_kinds and self.reasons[terms[1]] or nil
  return kinds.of(relation, own, false, self.kinds)
end

-- Gives the entries of a list their reasons, which begin behind number `at` of `reasons`, and kinds; removes those that
-- share no entity and have too low a score for it. Repeats are folded. Gives the number of the last reasons.
local function complete(self, i, list, direction, reasons, at, own)
  local kept, count = 0, #list
  for n = 1, count do
    local entry, terms = list[n], nil
    local has_entity = entry.context[1] ~= nil
    if needs_reasons(self, entry) then
      at = at + 1
      terms = reasons[at]
    end
    if has_entity or entry.score >= self.least * own then
      local also = self:repeats(entry.number)
      entry.words = not has_entity and terms or nil
      entry.also = also[1] and also or nil
      entry.kind = kind_of(self, i, entry, direction, terms, own)
      kept = kept + 1
      list[kept] = entry
    end
  end
  for n = count, kept + 1, -1 do list[n] = nil end
  return at
end

-- The lists of all directions: reasons are asked for at once.
local function by_relevance(self, i)
  local lists, numbers, at = {}, {}, 0
  for _, direction in ipairs(self.directions) do
    lists[direction] = candidates(self, i, direction)
    for _, entry in ipairs(lists[direction]) do
      if needs_reasons(self, entry) then numbers[#numbers + 1] = entry.number end
    end
  end
  local reasons, own = self.index:why_many(i, numbers, related.CONTEXT_WORDS, related.TELLING)
  for _, direction in ipairs(self.directions) do
    at = complete(self, i, lists[direction], direction, reasons, at, own)
  end
  return lists
end

local function sort(self, list, has_two)
  if self.display == "date" then
    table.sort(list, newest_first)
  elseif has_two and self.display ~= "rank" then
    table.sort(list, by_date)
  end
  return list
end

-- The rule `context` is asked for page by page: it costs next to nothing.
local function by_context(self, i)
  local lists = {}
  for _, direction in ipairs(self.directions) do
    local found, list = self.core:related(i, self.limit, "context", self.display or "rank", direction), {}
    for k = 1, #found, 2 do list[#list + 1] = { number = found[k], context = found[k + 1] } end
    lists[direction] = list
  end
  return lists
end

-- Stories with entities, and those without; and by story whether it has any.
local function by_entities(core, count)
  local lists, has_entities = { [true] = {}, [false] = {} }, {}
  for i = 1, count do
    local has = core:story_entities(i)[1] ~= nil
    has_entities[i] = has
    table.insert(lists[has], i)
  end
  return lists, has_entities
end

-- ---- the same day ----

-- By entity the stories of the day of story i that have it; made when the day begins.
local function day_index(self, i)
  local day = self.day
  if i <= day.last then return day.by_entity end
  local days = self.days
  while days[day.at + 2] < i do day.at = day.at + 3 end
  day.last, day.by_entity = days[day.at + 2], {}
  for j = days[day.at + 1], day.last do
    for _, e in ipairs(self.core:story_entities(j)) do
      day.by_entity[e] = day.by_entity[e] or {}
      table.insert(day.by_entity[e], j)
    end
  end
  return day.by_entity
end

-- Stories of the same day that share an entity, which are neither before nor after: first those that share the most,
-- and the rarest.
local function same_day(self, i)
  if not self.has_entities[i] then return {} end
  local by_entity, weights, list = day_index(self, i), {}, {}
  local own, count = self:original(i), self.core:count()
  for _, e in ipairs(self.core:story_entities(i)) do
    local _, stories = self.core:entity(e)
    for _, j in ipairs(#by_entity[e] <= SAME_DAY_MAX and by_entity[e] or {}) do
      if not weights[j] and j ~= i and self:original(j) ~= own then list[#list + 1] = { number = j } end
      weights[j] = (weights[j] or 0) + math.log(1 + count / stories)
    end
  end
  table.sort(list, function(a, b)
    local one, other = weights[a.number], weights[b.number]
    if one ~= other then return one > other end
    return a.number < b.number
  end)
  for n = #list, self.limit + 1, -1 do list[n] = nil end
  for _, entry in ipairs(list) do entry.context = shared(self, i, entry.number) end
  return list
end

--- The relations of the next story; each story is asked for once, in order.
-- @tparam integer i
-- @treturn {[string]=table} `before`, `after` and `same_day`, or the one list of that direction (`all`, `before`,
-- `after`): entries with `number`, `score`, `kind` (see newsarchive.kinds), `context` (entities by number, the rarest
-- first), `words` (by number, see `term`, where no entity is shared) and `also` (numbers of its repeats)
function relations:of(i)
  local lists, has_two = (self.index and by_relevance or by_context)(self, i), #self.directions == 2
  for _, direction in ipairs(self.directions) do
    if self.index or has_two then sort(self, lists[direction], has_two) end
  end
  if has_two then lists.same_day = same_day(self, i) end
  return lists
end

--- A term that stands among the `words` of an entry.
-- @tparam integer number
-- @treturn string as it stands in stories
-- @treturn integer how many stories have it
function relations:term(number)
  local _, text, stories = self.index:term(number)
  return text, stories
end

-- The directions of a site by their names in `archive:relate`. What happened next changes seldom as the archive grows.
local ASKED = { before = "before", after = "next" }

--- @tparam Edition edition
-- @tparam archive archive
-- @treturn Relations
function relations.new(edition, archive)
  local settings = edition.related
  local directions = settings.direction == "both" and { "before", "after" } or { settings.direction }
  local core = archive.core
  local self = setmetatable({
    core = core, directions = directions, limit = settings.limit, display = settings.display, groups = {}, first = {},
    days = core:days(), day = { at = 1, last = 0 },
  }, relations)
  local counts = setmetatable({}, { __index = function(counts, e)
    local _, count = core:entity(e)
    counts[e] = count
    return count
  end })
  function self.rarest_first(a, b)
    if counts[a] ~= counts[b] then return counts[a] < counts[b] end
    return a < b
  end
  local lists
  lists, self.has_entities = by_entities(core, #archive)
  if settings.rule == "context" or #archive == 0 then return self end
  self.index = archive:relations_index(settings.weights)
  self.groups, self.places, self.first = repeats_of(self.index)
  self.least = settings.least or (#directions == 2 and related.LEAST_SHARE or 0)
  self.kinds = edition.kinds or {}
  self.has_kinds = next(self.kinds) ~= nil
  self.relation = { reasons = {} }
  self.reasons = setmetatable({}, { __index = function(reasons, term)
    local kind, text = self.index:term(term)
    reasons[term] = { kind = kind, text = text }
    return reasons[term]
  end })
  self.iterators = {}
  for _, direction in ipairs(directions) do
    self.iterators[direction] = {}
    for has_entities, only in pairs(lists) do
      self.iterators[direction][has_entities] = archive:relate {
        limit = settings.limit, only = only, direction = ASKED[direction], fold = true,
        weights = settings.weights, jobs = edition.jobs,
        least = has_entities and math.min(self.least, LEAST_WITH_ENTITY) or self.least,
      }
    end
  end
  return self
end

return relations
