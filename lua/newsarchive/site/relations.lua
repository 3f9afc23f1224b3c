--- The related stories of every page, asked for in bulk: page after page in order of date, so that the core relates
-- thousands of stories at once and no list is kept longer than its page needs.
-- @module newsarchive.site.relations
local relations = {}
relations.__index = relations

-- Entries looked at for each that is shown, so that folded repeats do not shorten the list.
local LOOKED_AT = 2

-- Whoever shares an entity is listed from this share of the story's score for itself on: an editor said so. It is as much
-- as keeps from looking at every story.
local LEAST_WITH_ENTITY = 0.02

-- What a reader is told where no entity is shared: so many words that weigh most.
local CONTEXT_WORDS = 3

-- ---- repeats ----

-- By story, those that tell the same; and by story the first of them.
local function repeats_of(index)
  local groups, first = {}, {}
  local flat = index:repeats()
  for k = 1, #flat, 2 do
    local story, original = flat[k], flat[k + 1]
    local group = groups[original] or { original }
    group[#group + 1] = story
    groups[original], groups[story] = group, group
    first[story] = original
  end
  return groups, first
end

--- The other stories that tell the same as one.
-- @tparam integer i
-- @treturn {integer,...} in order of date; none where it is told once
function relations:repeats(i)
  local list = {}
  for _, j in ipairs(self.groups[i] or {}) do
    if j ~= i then list[#list + 1] = j end
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

-- The entities that two stories share, the rarest first. Both lists are ascending.
local function shared(self, i, j)
  local core, list = self.core, {}
  local one, other = core:story_entities(i), core:story_entities(j)
  local k, m = 1, 1
  while one[k] and other[m] do
    if one[k] == other[m] then list[#list + 1] = one[k] end
    if one[k] <= other[m] then k = k + 1 else m = m + 1 end
  end
  if #list > 1 then table.sort(list, self.rarest_first) end
  return list
end

-- The score that a relation of story i needs where no entity is shared.
local function least_score(self, i)
  if self.least == 0 then return 0 end
  local _, own = self.index:why(i, i, 0)
  return self.least * own
end

-- An entry: why story j is beside story i; nil where that is not enough.
local function entry_of(self, i, j, score)
  local entry = { number = j, score = score, context = shared(self, i, j) }
  if entry.context[1] then return entry end
  if self.least_of ~= i then self.least_of, self.least_score = i, least_score(self, i) end
  if score < self.least_score then return nil end
  entry.words = self.index:why(i, j, CONTEXT_WORDS)
  return entry
end

-- ---- lists ----

local function by_date(a, b) return a.number < b.number end
local function newest_first(a, b) return a.number > b.number end

-- One entry for stories that repeat each other, the best first; none for those that repeat the page's own.
local function folded(self, i, found)
  local list, entries, own = {}, {}, self:original(i)
  for k = 1, #found, 2 do
    local j = found[k]
    local original = self:original(j)
    local entry = entries[original]
    if entry then
      entry.also = entry.also or {}
      entry.also[#entry.also + 1] = j
    elseif original ~= own and #list < self.limit then
      entry = entry_of(self, i, j, found[k + 1])
      entries[original], list[#list + 1] = entry, entry -- nothing where there is none
    end
  end
  return list
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
local function by_context(self, i, direction)
  local found, list = self.core:related(i, self.limit, "context", self.display or "rank", direction), {}
  for k = 1, #found, 2 do
    local names = table.move(found[k + 1], 1, #found[k + 1], 1, {})
    list[#list + 1] = { number = found[k], context = names }
  end
  return list
end

local function by_relevance(self, i, direction)
  local has_entities = self.core:story_entities(i)[1] ~= nil
  local number, found = self.iterators[direction][has_entities]()
  assert(number == i, "pages are made in order of date")
  return folded(self, i, found)
end

-- Stories with entities, and those without.
local function by_entities(core, count)
  local lists = { [true] = {}, [false] = {} }
  for i = 1, count do
    local list = lists[core:story_entities(i)[1] ~= nil]
    list[#list + 1] = i
  end
  return lists
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

-- Stories of the same day that share an entity, which are neither before nor after: first those that share the most, and
-- the rarest.
local function same_day(self, i)
  local by_entity, weights, list = day_index(self, i), {}, {}
  local own, count = self:original(i), self.core:count()
  for _, e in ipairs(self.core:story_entities(i)) do
    local _, stories = self.core:entity(e)
    for _, j in ipairs(by_entity[e]) do
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
-- `after`): entries with `number`, `score`, `context` (entities by number, the rarest first), `words` (reasons as of `Relations:why`,
-- where no entity is shared) and `also` (numbers of its repeats)
function relations:of(i)
  local lists, has_two = {}, #self.directions == 2
  for _, direction in ipairs(self.directions) do
    local list = (self.index and by_relevance or by_context)(self, i, direction)
    if self.index or has_two then sort(self, list, has_two) end
    lists[direction] = list
  end
  if has_two then lists.same_day = same_day(self, i) end
  return lists
end

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
  if settings.rule == "context" or #archive == 0 then return self end
  function self.rarest_first(a, b)
    local _, one = core:entity(a)
    local _, other = core:entity(b)
    if one ~= other then return one < other end
    return a < b
  end
  self.index = archive:relations_index(settings.weights)
  self.groups, self.first = repeats_of(self.index)
  self.least = settings.least or (#directions == 2 and archive.LEAST_SHARE or 0)
  self.iterators = {}
  local lists = by_entities(core, #archive)
  for _, direction in ipairs(directions) do
    self.iterators[direction] = {}
    for has_entities, only in pairs(lists) do
      self.iterators[direction][has_entities] = archive:relate {
        limit = math.min(settings.limit * LOOKED_AT, relations.LIMIT_MAX), only = only,
        direction = direction ~= "all" and direction or nil, weights = settings.weights, jobs = edition.jobs,
        least = has_entities and math.min(self.least, LEAST_WITH_ENTITY) or self.least,
      }
    end
  end
  return self
end

--- What the core gives at most.
relations.LIMIT_MAX = 1000

return relations
