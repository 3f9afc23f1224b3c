-- usage: distributions.lua NAME=STORIES.jsonl...
-- What an archive's words, names, topics, entities, sources and days are distributed like, one column for each file.

local core = require "newsarchive.core"
local queries = require "spec.bench.queries"

local AT = { 10000, 100000 } -- stories after which a vocabulary is counted
local LIVES_FROM = 5 -- uses of a name before its gaps say something
local LIVES_TO = 100
local QUARTILES = { 0.25, 0.5, 0.75 }

local rows = {} -- in the order of their first mention, each with a value for each file

local function put(label, form, column, value)
  local row = rows[label]
  if not row then
    row = { label = label }
    rows[label], rows[#rows + 1] = row, row
  end
  row[column] = value and value == value and form:format(value) or "-"
end

local function put_quantiles(column, label, values, shares)
  for _, share in ipairs(shares) do
    put(("%s: quantile %.2f"):format(label, share), "%d", column, queries.quantile(values, share))
  end
end

local function mean(values)
  local sum = 0
  for _, value in ipairs(values) do sum = sum + value end
  return sum / #values
end

local function deviation(values)
  local middle, sum = mean(values), 0
  for _, value in ipairs(values) do sum = sum + (value - middle) ^ 2 end
  return math.sqrt(sum / #values)
end

-- ---- a kind of thing that stories use ----

local function new_kind()
  return { uses = 0, distinct = 0, counts = {}, at = {} }
end

local function use(kind, what)
  local count = kind.counts[what] or 0
  if count == 0 then kind.distinct = kind.distinct + 1 end
  kind.counts[what] = count + 1
  kind.uses = kind.uses + 1
end

local function put_kind(column, label, kind, stories)
  local once, most = 0, 0
  for _, count in pairs(kind.counts) do
    if count == 1 then once = once + 1 end
    most = math.max(most, count)
  end
  put(label .. ": uses a story", "%.2f", column, kind.uses / stories)
  for _, at in ipairs(AT) do
    put(("%s: different ones in %d stories"):format(label, at), "%d", column, kind.at[at])
  end
  put(label .. ": different ones", "%d", column, kind.distinct)
  put(label .. ": uses of each", "%.2f", column, kind.uses / kind.distinct)
  put(label .. ": used once, %", "%.1f", column, 100 * once / kind.distinct)
  put(label .. ": uses of the most used, % of stories", "%.2f", column, 100 * most / stories)
end

-- ---- one file ----

local function day_number(date)
  local year, month, day = date:match "^(%d+)-(%d+)-(%d+)"
  return os.time { year = year, month = month, day = day, hour = 12 } // 86400
end

-- Two neighbouring words with capitals, the first word of the title aside.
local function names_of(title)
  local names, last, first = {}, nil, true
  for word in title:gmatch "[%w\128-\255'’]+" do
    local capital = not first and word:find "^%u"
    if capital and last then names[#names + 1] = last:lower() .. " " .. word:lower() end
    last, first = capital and word, false
  end
  return names
end

local function each_once(list, call, what)
  local seen = {}
  for _, item in ipairs(list) do
    if not seen[item] then call(what, item) end
    seen[item] = true
  end
end

local function day_noter(uses, day)
  return function(_, what)
    uses[what] = uses[what] or {}
    table.insert(uses[what], day)
  end
end

local KINDS = { "words", "stems", "names", "topics", "entities", "sources" }

local function new_totals()
  local totals = { stories = 0, bytes = 0, lengths = {}, days = {}, name_days = {}, topic_days = {}, kinds = {} }
  for _, name in ipairs(KINDS) do totals.kinds[name] = new_kind() end
  return totals
end

local function use_all(kind, list)
  for _, what in ipairs(list or {}) do use(kind, what) end
end

local function add_texts(totals, story)
  local kinds, words, names = totals.kinds, core.words(story.title), names_of(story.title)
  totals.stories = totals.stories + 1
  totals.bytes = totals.bytes + #story.title
  totals.lengths[totals.stories] = #words
  use_all(kinds.words, words)
  each_once(core.words(story.title, "en"), use, kinds.stems)
  use_all(kinds.names, names)
  use_all(kinds.topics, story.topics)
  use_all(kinds.entities, story.context)
  for _, source in ipairs(story.sources or {}) do use(kinds.sources, source.name or "") end
  return names
end

local function add_story(totals, story)
  local names, days = add_texts(totals, story), totals.days
  if story.date ~= totals.date then
    totals.date, totals.day, days[#days + 1] = story.date, day_number(story.date), 0
  end
  days[#days] = days[#days] + 1
  each_once(names, day_noter(totals.name_days, totals.day))
  each_once(story.topics or {}, day_noter(totals.topic_days, totals.day))
  for _, at in ipairs(AT) do
    if totals.stories == at then
      for _, kind in pairs(totals.kinds) do kind.at[at] = kind.distinct end
    end
  end
end

-- Bursts of names and lives of topics.
local function put_times(column, totals)
  local gaps, lives = {}, {}
  for _, list in pairs(totals.name_days) do
    if #list >= LIVES_FROM and #list <= LIVES_TO then
      for i = 2, #list do gaps[#gaps + 1] = list[i] - list[i - 1] end
    end
  end
  for _, list in pairs(totals.topic_days) do
    if #list > 1 then lives[#lives + 1] = list[#list] - list[1] end
  end
  local label = ("names of %d to %d uses: days to the next"):format(LIVES_FROM, LIVES_TO)
  put_quantiles(column, label, gaps, QUARTILES)
  put_quantiles(column, "topics of some stories: days from first to last", lives, QUARTILES)
end

local function measure(column, path)
  local totals = new_totals()
  for line in io.lines(path) do add_story(totals, core.decode_json(line)) end
  local kinds, stories = totals.kinds, totals.stories
  put("stories", "%d", column, stories)
  put("stories a day: mean", "%.1f", column, mean(totals.days))
  put("stories a day: standard deviation", "%.1f", column, deviation(totals.days))
  put("bytes of a title: mean", "%.0f", column, totals.bytes / stories)
  put("words of a title: mean", "%.1f", column, mean(totals.lengths))
  put("words of a title: standard deviation", "%.1f", column, deviation(totals.lengths))
  put_quantiles(column, "words of a title", totals.lengths, { 0.05, 0.5, 0.95 })
  put("postings a story (stems, names, entities)", "%.2f", column,
    (kinds.stems.uses + kinds.names.uses + kinds.entities.uses) / stories)
  for _, name in ipairs(KINDS) do put_kind(column, name, kinds[name], stories) end
  put_times(column, totals)
end

if #arg == 0 then error("usage: distributions.lua NAME=STORIES.jsonl...", 0) end
local head = { ("%-64s"):format "" }
for column, argument in ipairs(arg) do
  local name, path = argument:match "^([^=]+)=(.*)$"
  if not name then error(argument .. ": NAME=STORIES.jsonl expected", 0) end
  measure(column, path)
  head[#head + 1] = ("%12s"):format(name)
end
print(table.concat(head, " "))
for _, row in ipairs(rows) do
  local cells = { ("%-64s"):format(row.label) }
  for column = 1, #arg do cells[#cells + 1] = ("%12s"):format(row[column]) end
  print(table.concat(cells, " "))
end
