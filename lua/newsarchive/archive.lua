--- An archive: stories with their indexes.
-- @classmod newsarchive.archive
local core = require "newsarchive.core"
local kinds = require "newsarchive.kinds"
local options = require "newsarchive.options"
local reader = require "newsarchive.reader"
local reports = require "newsarchive.report"

local archive = {}

local meta = { __index = archive, __name = "newsarchive.archive" }

-- Stories that are added one by one are collected in a report, of which so many share the memory.
local ADDED_AT_ONCE = 1024

function meta:__len()
  return self.core:count()
end

function meta:__tostring()
  return ("newsarchive.archive: %d stories"):format(self.core:count())
end

--- An empty archive.
-- @tparam[opt] table given `language` (BCP 47, "en" where it is left out): of stories that do not say
-- @treturn archive
function archive.new(given)
  given = options.check(1, "new", given, { language = "string" })
  local language = given.language or "en"
  return setmetatable({ core = core.archive(language), language = language, added = core.report() }, meta)
end

--- Adds one story, or all stories of a report.
-- @tparam table story as in the data model (at least `title` and `date`), or what `newsarchive.parse` gave
-- @treturn archive itself
function archive:add(story)
  if type(story) == "table" and getmetatable(story) and getmetatable(story).__name == "newsarchive.report" then
    self.core:add(story.core)
  else
    local count = self.added:counts().stories
    if count == ADDED_AT_ONCE then self.added, count = core.report(), 0 end
    self.added:add(story)
    self.core:add(self.added, count + 1)
  end
  return self
end

--- Reads files or folders of any supported format and adds their stories. Folders need luv.
-- @tparam string|{string,...} paths
-- @tparam[opt] table given `format` (a reader's name), `language` (BCP 47), `progress` (a function of files done and
-- files in all)
-- @treturn report `stories`, `problems`
function archive:read(paths, given)
  given = options.check(2, "read", given, { format = "string", language = "string", progress = "function" })
  local report = reports.new()
  reader.read(report.core, paths, {
    format = given.format, language = given.language or self.language, progress = given.progress,
  })
  self.core:add(report.core)
  return report
end

--- Adds the stories of another archive, but for those that this one has already, with the same id and the same fields.
-- @tparam archive other
-- @treturn report `problems`: a story of an id that another one has gets one of its own
-- @treturn integer how many stories both had
function archive:merge(other)
  if getmetatable(other) ~= meta then
    error(("bad argument #1 to 'merge' (archive expected, got %s)"):format(type(other)), 2)
  end
  local report = reports.new()
  return report, self.core:merge(other.core, report.core)
end

local function number_of(self, story, position, name)
  local id = story
  if type(story) == "table" then id = story.id end
  if type(id) ~= "string" then
    error(("bad argument #%d to '%s' (a story or its id expected, got %s)"):format(position, name, type(story)), 3)
  end
  return self.core:find(id)
end

--- One story, as a table of its own.
-- @tparam string id
-- @treturn ?table nil where the archive has no such story
function archive:story(id)
  local i = number_of(self, id, 1, "story")
  return i and self.core:story(i)
end

-- What says which stories are asked for.
local CHOICE = { entity = "string", from = "string", to = "string", order = { "date", "newest" } }

-- Iterates over the numbers of the stories that are asked for.
local function numbers_of(self, given)
  local first, last = self.core:range(given.from, given.to)
  local list
  if given.entity then
    local entity = self.core:find_entity(given.entity)
    list = {}
    for _, i in ipairs(entity and self.core:entity_stories(entity) or {}) do
      if i >= first and i <= last then list[#list + 1] = i end
    end
    first, last = 1, #list
  end
  local step = given.order == "newest" and -1 or 1
  local at = (step > 0 and first or last) - step
  return function()
    at = at + step
    if at >= first and at <= last then return list and list[at] or at end
  end
end

--- Iterates over stories, each a table of its own.
-- @tparam[opt] table given `entity` (a name), `from` and `to` (ISO 8601: a day, a month or a year, both inclusive),
-- `order` (`"date"`, or `"newest"` first)
-- @treturn function for the generic `for`
function archive:stories(given)
  local next_number = numbers_of(self, options.check(1, "stories", given, CHOICE))
  return function()
    local i = next_number()
    return i and self.core:story(i)
  end
end

--- Iterates over stories without making tables: for going over a hundred thousand titles.
-- @tparam[opt] table given as for `stories`
-- @treturn function for the generic `for`: id, title, date, and the category or nil
function archive:titles(given)
  local next_number = numbers_of(self, options.check(1, "titles", given, CHOICE))
  return function()
    local i = next_number()
    if i then return self.core:card(i) end
  end
end

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
function archive:relations_index(weights)
  return relations_of(self, weights)
end

-- What a reader is told when no entity is shared: so many words that weigh most.
local CONTEXT_WORDS = 3

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
  if #entities == 0 then table.move(reasons, 1, CONTEXT_WORDS, 1, entities) end
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

local function by_relevance(self, i, given)
  local index, relations = relations_of(self, given.weights), {}
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
function archive:related(story, given)
  given = options.check(2, "related", given, {
    limit = "integer", rule = { "relevance", "context" }, display = { "rank", "date" },
    direction = { "before", "after" }, weights = "table", least = "number", kinds = "table",
  })
  local i = number_of(self, story, 1, "related")
  if not i then return nil, "the archive has no such story", { code = "no-story" } end
  return (given.rule == "context" and by_context or by_relevance)(self, i, given)
end

--- Lists of a page leave out what has less than this share of the story's score for itself: from there on down, chance
-- brings stories together. `make bench-relate` prints how many pages then have nothing to show.
archive.LEAST_SHARE = 0.05

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
function archive:course(story, given)
  given = options.check(2, "course", given, { limit = "integer", weights = "table", least = "number", kinds = "table" })
  local i = number_of(self, story, 1, "course")
  if not i then return nil, "the archive has no such story", { code = "no-story" } end
  local function list(direction)
    local relations = by_relevance(self, i, {
      limit = given.limit or 5, direction = direction, weights = given.weights, fold = true, kinds = given.kinds,
      least = given.least or archive.LEAST_SHARE,
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
function archive:why(story, other, given)
  given = options.check(3, "why", given, { weights = "table", kinds = "table" })
  local i, j = number_of(self, story, 1, "why"), number_of(self, other, 2, "why")
  if not i or not j then return nil, "the archive has no such story", { code = "no-story" } end
  return explain(self, relations_of(self, given.weights), i, j, given.kinds)
end

--- Why a story has an entity: links, headings, names of a registry, rules, with their places in the story.
-- @tparam table|string story or its id
-- @tparam string entity its name
-- @tparam[opt] table given `registry` (see newsarchive.rules.registry), `rules` (see newsarchive.rules): by which its
-- context was made; without them, what the story itself has explains it
-- @treturn ?{table,...} the reasons, as `newsarchive.explain` has them; empty where nothing leads to the entity
-- @treturn string what was wrong
function archive:explain(story, entity, given)
  given = options.check(3, "explain", given, { registry = "table", rules = "table" })
  local i = number_of(self, story, 1, "explain")
  if type(entity) ~= "string" then
    error(("bad argument #2 to 'explain' (string expected, got %s)"):format(type(entity)), 2)
  end
  if not i then return nil, "the archive has no such story", { code = "no-story" } end
  return require("newsarchive.explain").story(self.core:story(i), entity, given)
end

-- Stories that are related at once: enough for all threads, and a list that stays small.
local RELATED_AT_ONCE = 8192

--- The relations of many stories by relevance, as numbers: for whoever needs all of them.
-- @tparam[opt] table given `limit`, `direction` (also `"next"`: what happened next, as of `course`), `least`, `weights`
-- as for `related`; `fold` (of stories that tell the same only the best), `jobs` (threads, default 1; the result is the
-- same), `only` (a list of stories' numbers in the archive; all where it is left out)
-- @treturn function iterator: the number of a story, and a flat list of story, score, story, score ...
function archive:relate(given)
  given = options.check(1, "relate", given, {
    limit = "integer", direction = { "before", "after", "next" }, least = "number", weights = "table",
    fold = "boolean", jobs = "integer", only = "table",
  })
  local index = relations_of(self, given.weights)
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
function archive:relate_some(imprint, given)
  if imprint ~= nil and type(imprint) ~= "string" then
    error(("bad argument #1 to 'relate_some' (string expected, got %s)"):format(type(imprint)), 2)
  end
  given = options.check(2, "relate_some", given, {
    limit = "integer", direction = { "before", "after", "next" }, least = "number", weights = "table",
    fold = "boolean", jobs = "integer",
  })
  local index, at = relations_of(self, given.weights), 0
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
function archive:threads(given)
  given = options.check(1, "threads", given, {
    entity = "string", from = "string", to = "string", weights = "table", jobs = "integer", rule = "function",
  })
  return require("newsarchive.threads").find(self.core, relations_of(self, given.weights), given)
end

local function check_string(value, name)
  if type(value) ~= "string" then
    error(("bad argument #1 to '%s' (string expected, got %s)"):format(name, type(value)), 3)
  end
end

-- The index for searching: made at the first call, and anew when stories were added.
local function search_of(self)
  local made = self.searching
  if not made or made.stories ~= #self then
    made = { stories = #self, core = core.search(self.core) }
    self.searching = made
  end
  return made.core
end

-- A flat list of names and numbers as a list of tables.
local function counted(flat, name)
  local list = {}
  for i = 1, #flat, 2 do list[#list + 1] = { [name] = flat[i], stories = flat[i + 1] } end
  return list
end

local results = { __name = "newsarchive.results" }

-- What is asked for seldom is found when it is asked for.
local lazy = {
  stories = function(self) return select(2, self.core:tally "stories") end,
  facets = function(self)
    local facets = {
      years = counted(self.core:tally "year", "name"), months = counted(self.core:tally "month", "name"),
    }
    for name, kind in pairs { entities = "entity", sources = "source", topics = "topic", categories = "category" } do
      facets[name] = counted(self.core:tally(kind, self.values), "name")
    end
    return facets
  end,
}

function results.__index(self, key)
  local make = lazy[key]
  local value = make and make(self)
  if value then rawset(self, key, value) end
  return value
end

-- The next hit; that of a `for`, too.
function results.__call(self)
  if self.at == #self then return nil end
  self.at = self.at + 1
  local i, score = self.core:hit(self.at)
  local snippet, spans, field = self.core:snippet(self.at, self.bytes)
  return { story = self.archive:story(i), score = score, snippet = snippet, spans = spans, field = field }
end

function results.__len(self)
  return self.core:count()
end

-- The query with the archive's own words for those that it does not have; nil where there is nothing better.
local function did_you_mean(index, text, unknown)
  local better
  for _, word in ipairs(unknown) do
    local instead = index:suggest(word)
    local first, last = (better or text):find(word, 1, true)
    if instead and first then
      better = (better or text):sub(1, first - 1) .. instead .. (better or text):sub(last + 1)
    end
  end
  return better
end

-- What a number of the options may be.
local SEARCH_RANGES = { limit = { 0, 1000 }, recency = { 0, 100 }, bytes = { 1, 65536 }, values = { 0, 1000 } }

-- Raises for a number or a date in the options of `name` that is none.
local function check_search(self, name, position, given)
  local function wrong(field, expected)
    error(("bad argument #%d to '%s' (field '%s': %s expected)"):format(position, name, field, expected), 4)
  end
  for _, field in ipairs { "limit", "recency", "bytes", "values" } do
    local value, range = given[field], SEARCH_RANGES[field]
    if value and not (value >= range[1] and value <= range[2]) then
      wrong(field, ("%d to %d"):format(range[1], range[2]))
    end
  end
  for _, field in ipairs { "from", "to" } do
    if given[field] and not pcall(self.core.range, self.core, given[field]) then wrong(field, "ISO 8601 date") end
  end
end

--- Searches the stories. A query is never wrong: what cannot be understood is searched as words, and noted.
--
-- `rebels` finds the word in all its forms, `"malian army"` the words one behind the other, `tuar*` what begins so,
-- `-peace` leaves out; `entity:"Malian Army"`, `source:Reuters`, `topic:`, `category:` go by name, `from:2012
-- to:2013-06` by day, month or year. Several words must all be there; where no story has them all, one is enough,
-- and `notes` says so.
-- @tparam string query
-- @tparam[opt] table given `limit` (0 to 1000, default 10), `order` (`"relevance"`, `"newest"`, `"oldest"`),
-- `recency` (0 to 100, default 0: how many times more the newest story counts), `match` (`"all"`, `"any"` words),
-- `entity`, `source`, `topic`, `category`, `from`, `to` as in the query; `bytes` (of a snippet, default 240),
-- `values` (of a facet, default 10)
-- @treturn results for the generic `for`: hits with `story`, `score`, `snippet` (a text), `spans` (first and last
-- byte of every word found in it, flat), `field` (`"title"`, `"description"`, `"body"`). Has a length, `notes` (each
-- with `code`, `message`, `text`), `suggestion` (the query in the archive's words, where it has some that no story
-- has), `stories` (how many the whole result has) and `facets` (`years`, `months`, `entities`, `sources`, `topics`,
-- `categories` of the whole result: lists of `name`, `stories`)
function archive:search(query, given)
  check_string(query, "search")
  given = options.check(2, "search", given, {
    limit = "integer", order = { "relevance", "newest", "oldest" }, recency = "number", match = { "all", "any" },
    entity = "string", source = "string", topic = "string", category = "string", from = "string", to = "string",
    bytes = "integer", values = "integer",
  })
  check_search(self, "search", 2, given)
  local asked = {}
  for key, value in pairs(given) do
    if key ~= "bytes" and key ~= "values" then asked[key] = value end
  end
  local index = search_of(self)
  local found = index:find(query, asked)
  local notes, unknown = found:notes()
  return setmetatable({
    core = found, archive = self.core, at = 0, bytes = given.bytes, values = given.values,
    notes = notes, suggestion = did_you_mean(index, query, unknown),
  }, results)
end

--- The first story that has an entity, and the last.
-- @tparam string entity its name
-- @treturn ?table nil where no story has it
-- @treturn ?table
function archive:first(entity)
  check_string(entity, "first")
  local e = self.core:find_entity(entity)
  if not e then return nil end
  local list = self.core:entity_stories(e)
  return self.core:story(list[1]), self.core:story(list[#list])
end

--- Iterates over the stories of a day of any year, oldest first.
-- @tparam string day `"09-01"`
-- @treturn function for the generic `for`
function archive:on(day)
  if type(day) ~= "string" or not day:find "^%d%d%-%d%d$" then
    error("bad argument #1 to 'on' (a month and a day expected, as in \"09-01\")", 2)
  end
  local days, at, story, last = self.core:days(), 1, 1, 0
  return function()
    while story > last do
      if not days[at] then return nil end
      if days[at]:sub(-5) == day then story, last = days[at + 1], days[at + 2] end
      at = at + 3
    end
    story = story + 1
    return self.core:story(story - 1)
  end
end

for name, method in pairs(require "newsarchive.entities".methods) do archive[name] = method end

--- How many stories there are in each month that has some, oldest first.
-- @tparam[opt] table given `entity`, `source`, `topic`, `category`, `from`, `to`, as for `search`
-- @treturn {table,...} `month` (`"2007-09"`), `stories`
function archive:counts(given)
  given = options.check(1, "counts", given, {
    entity = "string", source = "string", topic = "string", category = "string", from = "string", to = "string",
  })
  check_search(self, "counts", 1, given)
  local asked = { limit = 0, from = "0001" }
  for key, value in pairs(given) do asked[key] = value end
  return counted(search_of(self):find("", asked):tally "month", "month")
end

local function check_path(path, name)
  if type(path) ~= "string" then
    error(("bad argument #1 to '%s' (string expected, got %s)"):format(name, type(path)), 3)
  end
  if path:find("\0", 1, true) then error(("bad argument #1 to '%s' (a path holds no NUL)"):format(name), 3) end
end

--- Writes the archive to a file with all that searching and relating needs: beside it first, and then in its place, so
-- that whoever opens it finds the old one or the new one.
-- @tparam string path
-- @tparam[opt] table given `relations`: finds all relations and threads now, so that nobody who opens the file need
-- find them again; `jobs` (OS threads that do it, default 1; the file is the same)
-- @treturn ?boolean true
-- @treturn string what was wrong
-- @treturn table `path`, `code`
function archive:save(path, given)
  check_path(path, "save")
  given = options.check(2, "save", given, { relations = "boolean", jobs = "integer" })
  local saved, message, code = self.core:save(path, given.relations and relations_of(self) or nil, given.jobs)
  if saved then return true end
  return nil, ("%s: %s"):format(path, message), { path = path, code = code }
end

--- Opens what `save` wrote: the file is mapped, and read where something is asked for.
-- @tparam string path
-- @tparam[opt] table given `verify`: reads all of it first
-- @treturn ?archive
-- @treturn string what was wrong
-- @treturn table `path`, `code`
function archive.open(path, given)
  check_path(path, "open")
  given = options.check(2, "open", given, { verify = "boolean" })
  local opened, message, code = core.open_archive(path)
  local sound = opened
  if opened and given.verify then sound, message, code = opened:verify() end
  if not sound then return nil, ("%s: %s"):format(path, message), { path = path, code = code } end
  return setmetatable({ core = opened, language = opened:language(), added = core.report() }, meta)
end

return archive
