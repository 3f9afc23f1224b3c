--- Related stories and threads of an archive.
-- The functions are methods of an archive: `archive:related(story)`, `archive:course(story)`, `archive:why(a, b)` ...
-- @module newsarchive.related
local core = require "newsarchive.core"
local kinds = require "newsarchive.kinds"
local options = require "newsarchive.options"

local related = {}

--- What an archive can be asked.
local methods = {}
related.methods = methods

-- The index of relations by these weights: made at the first call, and anew when stories were added.
local function relations_of(self, weights)
  local names, key = {}, {}
  for name in pairs(weights or {}) do names[#names + 1] = tostring(name) end
  table.sort(names)
  for i, name in ipairs(names) do key[i] = ("%s=%s"):format(name, weights[name]) end
  key = table.concat(key, " ")
  local made = self.relations
  if not made or made.stories ~= #self or made.key ~= key then
    made = { stories = #self, key = key, core = core.relations(self.core, weights) }
    self.relations = made
  end
  return made.core
end

--- The index of relations: the core's `Relations`, for whoever needs its numbers for very many stories.
-- @tparam[opt] table weights as for `related`
-- @treturn Relations of the archive as it is now
function methods:relations_index(weights)
  return (options.pass(1, "relations_index", relations_of, self, weights))
end

--- What a reader is told when no entity is shared: at most so many words, those that weigh most.
related.CONTEXT_WORDS = 3

--- What has less than this share of the heaviest's weight explains nothing: of English headlines' words below a
-- sixteenth nearly all are such as "of", "in" and "with", above an eighth hardly any.
related.TELLING = 1 / 16

--- The words that say why two stories are related.
-- @tparam {table,...} reasons heaviest first, each with its `share`
-- @treturn {table,...} the first of them
function related.telling(reasons)
  local told = {}
  for i, reason in ipairs(reasons) do
    if i > related.CONTEXT_WORDS or reason.share < related.TELLING * reasons[1].share then break end
    told[i] = reason
  end
  return told
end

local function rarest_first(a, b)
  if a.stories ~= b.stories then return a.stories < b.stories end
  return a.text < b.text
end

-- What two stories share, as it is printed: entities, the rarest first; where there are none, what weighs most.
local function context_of(reasons)
  local entities, shown = {}, {}
  for _, reason in ipairs(reasons) do
    if reason.kind == "entity" then entities[#entities + 1] = reason end
  end
  table.sort(entities, rarest_first)
  if #entities == 0 then entities = related.telling(reasons) end
  for i, reason in ipairs(entities) do shown[i] = reason.text end
  return shown
end

-- Of each story that tells the same as others the earliest of them; of that one, by the same key, all of them.
local function repeats_of(self)
  local made = self.relations
  if not made.originals then
    made.originals, made.tellings = {}, {}
    local found = made.core:repeats()
    for k = 1, #found, 2 do
      local story, original = found[k], found[k + 1]
      local tellings = made.tellings[original] or { original }
      made.originals[original], made.originals[story], made.tellings[original] = original, original, tellings
      tellings[#tellings + 1] = story
    end
  end
  return made.originals, made.tellings
end

-- Why story j is related to story i.
local function explain(self, relations, i, j, entity_kinds)
  local reasons, own = relations:why(i, j)
  local days, score, originals = self.core:days_between(i, j), 0, repeats_of(self)
  for _, reason in ipairs(reasons) do score = score + reason.share end
  local relation = {
    story = self.core:story(j), score = score, days = days, reasons = reasons, context = context_of(reasons),
  }
  local is_repeat = originals[i] ~= nil and originals[i] == originals[j]
  relation.kind = kinds.of(relation, own, is_repeat, kinds.by_entity(entity_kinds))
  return relation
end

-- By this rule all reasons weigh the same: the rarest says most.
local function rarest(reasons)
  local best = reasons[1]
  for _, reason in ipairs(reasons) do
    if rarest_first(reason, best) then best = reason end
  end
  return best
end

local function by_context(self, i, given)
  local relations = {}
  local found = self.core:related(i, given.limit, "context", given.display, given.direction)
  for k = 1, #found, 2 do
    local context, reasons = {}, {}
    for n, entity in ipairs(found[k + 1]) do
      context[n] = self.core:entity(entity)
      reasons[n] = { kind = "entity", text = context[n], share = 1, stories = #self.core:entity_stories(entity) }
    end
    local relation = {
      story = self.core:story(found[k]), score = #context, context = context, reasons = reasons,
      days = self.core:days_between(i, found[k]),
    }
    local by_rarest = { score = #context, days = relation.days, reasons = { rarest(reasons) } }
    relation.kind = kinds.of(by_rarest, math.huge, false, kinds.by_entity(given.kinds))
    relations[#relations + 1] = relation
  end
  return relations
end

local function newest_first(a, b)
  if a.story.date ~= b.story.date then return a.story.date > b.story.date end
  return a.place < b.place
end

local function by_relevance(self, index, i, given)
  local relations = {}
  local found = index:find(i, given.limit, given.direction, given.least, given.fold)
  for k = 1, #found, 2 do
    local relation = explain(self, index, i, found[k], given.kinds)
    relation.score, relation.place = found[k + 1], #relations
    relations[#relations + 1] = relation
  end
  if given.display == "date" then table.sort(relations, newest_first) end
  for _, relation in ipairs(relations) do relation.place = nil end
  return relations
end

--- The related stories of one story, with their reasons.
-- @tparam table|string story or its id
-- @tparam[opt] table given `limit` (0 to 1000, default 10), `rule` (`"relevance"`: shared words, names and entities by
-- their rarity, and nearness in time; `"context"`, the reference's: most shared entities, then newest), `display`
-- (`"rank"`, or `"date"`: the same stories, newest first), `direction` (`"before"`, `"after"`: stories of earlier or
-- later days), `kinds` (what entities are: a registry, or a table of `"person"`, `"place"` ... by entity); of the rule
-- `"relevance"` also `weights` (those of `core.relations`) and `least` (only scores of at least this share of the
-- story's score for itself, 0 to 1)
-- @treturn ?{table,...} each with `story`, `score`, `kind` (see `newsarchive.kinds`), `days` (from the story to the
-- related one, negative where that is earlier), `context` (what both share, the rarest first) and `reasons` (each with
-- `kind`, `text`, `share` of the score, `stories` that have it; the shares add up to the score); nil where the archive
-- has no such story
-- @treturn string what was wrong
function methods:related(story, given)
  given = options.check(2, "related", given, {
    limit = options.LIMIT, rule = { "relevance", "context" }, display = { "rank", "date" },
    direction = { "before", "after" }, weights = "table", least = "number", kinds = "table",
  })
  local i = options.number_of(self, story, 1, "related")
  if not i then return nil, "the archive has no such story", { code = "no-story" } end
  if given.rule == "context" then return by_context(self, i, given) end
  local index = options.pass(2, "related", relations_of, self, given.weights)
  return by_relevance(self, index, i, given)
end

--- Lists of a page leave out what has less than this share of the story's score for itself: from there on down, chance
-- brings stories together. `make bench-relate` prints how many pages then have nothing to show.
related.LEAST_SHARE = 0.05

-- The others that tell the same as story j of another one's list, as stories; nil where there are none.
local function also_of(self, i, j)
  local originals, tellings = repeats_of(self)
  local also = {}
  for _, other in ipairs(tellings[originals[j]] or {}) do
    if other ~= i and other ~= j then also[#also + 1] = self.core:story(other) end
  end
  return #also > 0 and also or nil
end

local function oldest_first(a, b)
  if a.story.date ~= b.story.date then return a.story.date < b.story.date end
  return a.story.id < b.story.id
end

--- What led to a story, and what happened next: two lists, in order of date, in which repeats are folded into one
-- entry. What happened next stays as the archive grows: an entry gives way only to a much better one.
-- @tparam table|string story or its id
-- @tparam[opt] table given `limit` (of each list, default 5), `weights`, `least` (default 0.05), `kinds` as for
-- `related`
-- @treturn ?table `before` and `after`: lists as of `related`; an entry that stands for others has them under `also`
-- @treturn string what was wrong
function methods:course(story, given)
  given = options.check(2, "course", given, {
    limit = options.LIMIT, weights = "table", least = "number", kinds = "table",
  })
  local i = options.number_of(self, story, 1, "course")
  if not i then return nil, "the archive has no such story", { code = "no-story" } end
  local index = options.pass(2, "course", relations_of, self, given.weights)
  local function list(direction)
    local relations = by_relevance(self, index, i, {
      limit = given.limit or 5, direction = direction, fold = true, kinds = given.kinds,
      least = given.least or related.LEAST_SHARE,
    })
    for _, relation in ipairs(relations) do relation.also = also_of(self, i, self.core:find(relation.story.id)) end
    table.sort(relations, oldest_first)
    return relations
  end
  return { before = list "before", after = list "next" }
end

--- Why one story is, or would be, related to another.
-- @tparam table|string story or its id
-- @tparam table|string other or its id
-- @tparam[opt] table given `weights`, `kinds`
-- @treturn ?table as one of `related`
-- @treturn string what was wrong
function methods:why(story, other, given)
  given = options.check(3, "why", given, { weights = "table", kinds = "table" })
  local i, j = options.number_of(self, story, 1, "why"), options.number_of(self, other, 2, "why")
  if not i or not j then return nil, "the archive has no such story", { code = "no-story" } end
  local index = options.pass(3, "why", relations_of, self, given.weights)
  return explain(self, index, i, j, given.kinds)
end

-- Stories that are related at once: enough for all threads, and a list that stays small.
local RELATED_AT_ONCE = 8192

-- Raises where `relate` was called unless all are numbers of stories.
local function check_only(self, only)
  for _, i in ipairs(only or {}) do
    if math.type(i) ~= "integer" or i < 1 or i > #self then
      error(("bad argument #1 to 'relate' (field 'only': numbers from 1 to %d expected)"):format(#self), 3)
    end
  end
end

--- The relations of many stories by relevance, as numbers: for whoever needs all of them.
-- @tparam[opt] table given `limit`, `direction` (also `"next"`: what happened next, as of `course`), `least`, `weights`
-- as for `related`; `fold` (of stories that tell the same only the best), `jobs` (threads, default 1; the result is the
-- same), `only` (a list of stories' numbers in the archive; all where it is left out)
-- @treturn function iterator: the number of a story, and a flat list of story, score, story, score ...
function methods:relate(given)
  given = options.check(1, "relate", given, {
    limit = options.LIMIT, direction = { "before", "after", "next" }, least = "number", weights = "table",
    fold = "boolean", jobs = options.JOBS, only = "table",
  })
  check_only(self, given.only)
  local index = options.pass(1, "relate", relations_of, self, given.weights)
  local count, at, first, lists = given.only and #given.only or #self, 0, 0, {}
  local function next_lists()
    first = at
    local size = math.min(RELATED_AT_ONCE, count - first)
    local stories = given.only and table.move(given.only, first + 1, first + size, 1, {}) or first + 1
    lists = index:many(stories, size, given.jobs, given.limit, given.direction, given.least, given.fold)
  end
  return function()
    if at == count then return nil end
    if at == first + #lists then next_lists() end
    at = at + 1
    return given.only and given.only[at] or at, lists[at - first]
  end
end

--- The relations of just those stories whose lists a change can have touched, for whoever keeps the lists.
-- @tparam ?string imprint what an earlier call gave, of this archive as it was; nil for all stories
-- @tparam[opt] table given as for `relate`, but for `only`
-- @treturn function iterator as of `relate`: the lists of all other stories are as they were, to the last bit
-- @treturn string the imprint of the archive as it is now, some 100 bytes a story: for the next time, on this machine
function methods:relate_some(imprint, given)
  if imprint ~= nil and type(imprint) ~= "string" then
    error(("bad argument #1 to 'relate_some' (string expected, got %s)"):format(type(imprint)), 2)
  end
  given = options.check(2, "relate_some", given, {
    limit = options.LIMIT, direction = { "before", "after", "next" }, least = "number", weights = "table",
    fold = "boolean", jobs = options.JOBS,
  })
  local at, index = 0, options.pass(2, "relate_some", relations_of, self, given.weights)
  local numbers, lists, now = index:some(imprint, given.jobs, given.limit, given.direction, given.least, given.fold)
  return function()
    at = at + 1
    return numbers[at], lists[at]
  end, now
end

--- The threads: stories that tell one running story.
-- @tparam[opt] table given `entity` (a name that one of the stories has), `from` and `to` (ISO 8601: threads that
-- have a story in that time), `weights`, `jobs` (OS threads, default 1), `rule`: a function that gets each thread and
-- may set its `title`, or give the `id` of another thread to join it to, or a list of ids of stories that begin
-- threads of their own
-- @treturn {table,...} in order of their first story; each a list of stories' ids in order of date with `id` (that of
-- its first story), `title`, `first` and `last` (dates), `turning_points` (days of many stories) and `quiet` (spells
-- without any, each `from`, `to`, `days`)
function methods:threads(given)
  given = options.check(1, "threads", given, {
    entity = "string", from = "string", to = "string", weights = "table", jobs = options.JOBS, rule = "function",
  })
  options.check_dates(1, "threads", given, self.core)
  local index = options.pass(1, "threads", relations_of, self, given.weights)
  return require("newsarchive.threads").find(self.core, index, given)
end

return related
