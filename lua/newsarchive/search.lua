--- Searching an archive, and looking into it by time.
-- The functions are methods of an archive: `archive:search(query)`, `archive:first(entity)`, `archive:on(day)`,
-- `archive:counts()`.
-- @module newsarchive.search
local core = require "newsarchive.core"
local options = require "newsarchive.options"

local search = {}

--- What an archive can be asked.
local methods = {}
search.methods = methods

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

-- What a query can be asked with beside the words.
local ASKED = {
  limit = options.LIMIT, order = { "relevance", "newest", "oldest" }, recency = options.range("number", 0, 100),
  match = { "all", "any" }, entity = "string", source = "string", topic = "string", category = "string",
  from = "string", to = "string", bytes = options.range("integer", 1, 65536), values = options.LIMIT,
}

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
function methods:search(query, given)
  check_string(query, "search")
  given = options.check(2, "search", given, ASKED)
  options.check_dates(2, "search", given, self.core)
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
function methods:first(entity)
  check_string(entity, "first")
  local e = self.core:find_entity(entity)
  if not e then return nil end
  local list = self.core:entity_stories(e)
  return self.core:story(list[1]), self.core:story(list[#list])
end

-- Of the months: how many days each has in the year that has most.
local MONTH_DAYS = { 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 }

-- Whether a text is a day of some year.
local function is_day(text)
  if type(text) ~= "string" then return false end
  local month, day = text:match "^(%d%d)%-(%d%d)$"
  local most = month and MONTH_DAYS[tonumber(month)]
  return most ~= nil and day >= "01" and tonumber(day) <= most
end

--- Iterates over the stories of a day of any year, oldest first.
-- @tparam string day `"09-01"`
-- @treturn function for the generic `for`
function methods:on(day)
  if not is_day(day) then
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

--- How many stories there are in each month that has some, oldest first.
-- @tparam[opt] table given `entity`, `source`, `topic`, `category`, `from`, `to`, as for `search`
-- @treturn {table,...} `month` (`"2007-09"`), `stories`
function methods:counts(given)
  given = options.check(1, "counts", given, {
    entity = "string", source = "string", topic = "string", category = "string", from = "string", to = "string",
  })
  options.check_dates(1, "counts", given, self.core)
  local asked = { limit = 0, from = "0001" }
  for key, value in pairs(given) do asked[key] = value end
  return counted(search_of(self):find("", asked):tally "month", "month")
end

return search
