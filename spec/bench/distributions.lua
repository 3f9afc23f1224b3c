-- usage: distributions.lua NAME=STORIES.jsonl...
-- What an archive's words, names, topics, entities, sources and days are distributed like, one column for each file.

local core = require "newsarchive.core"

local AT = { 10000, 100000 } -- stories after which a vocabulary is counted
local LIVES_FROM = 5 -- uses of a name before its gaps say something
local LIVES_TO = 100

local rows = {} -- in the order of their first mention, each with a value for each file

local function put(label, form, column, value)
  local row = rows[label]
  if not row then
    row = { label = label }
    rows[label], rows[#rows + 1] = row, row
  end
  row[column] = value and value == value and form:format(value) or "-"
end

local function quantile(values, share)
  table.sort(values)
  return values[math.max(1, math.ceil(#values * share))]
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

local function days_of(uses, day)
  return function(_, name)
    local list = uses[name]
    if not list then
      list = {}
      uses[name] = list
    end
    list[#list + 1] = day
  end
end

local function measure(column, path)
  local kinds = {
    words = new_kind(), stems = new_kind(), names = new_kind(), topics = new_kind(), entities = new_kind(),
    sources = new_kind(),
  }
  local lengths, days, name_days, topic_days, stories = {}, {}, {}, {}, 0
  local day, date, bytes = 0, nil, 0
  for line in io.lines(path) do
    local story = core.decode_json(line)
    stories = stories + 1
    if story.date ~= date then day, date, days[#days + 1] = day_number(story.date), story.date, 0 end
    days[#days] = days[#days] + 1
    bytes = bytes + #story.title
    local words = core.words(story.title)
    lengths[stories] = #words
    for _, word in ipairs(words) do use(kinds.words, word) end
    each_once(core.words(story.title, "en"), use, kinds.stems)
    local names = names_of(story.title)
    for _, name in ipairs(names) do use(kinds.names, name) end
    each_once(names, days_of(name_days, day))
    each_once(story.topics or {}, days_of(topic_days, day))
    for _, topic in ipairs(story.topics or {}) do use(kinds.topics, topic) end
    for _, entity in ipairs(story.context or {}) do use(kinds.entities, entity) end
    for _, source in ipairs(story.sources or {}) do use(kinds.sources, source.name or "") end
    for _, at in ipairs(AT) do
      if stories == at then
        for _, kind in pairs(kinds) do kind.at[at] = kind.distinct end
      end
    end
  end
  local postings = kinds.stems.uses + kinds.names.uses + kinds.entities.uses
  put("stories", "%d", column, stories)
  put("stories a day: mean", "%.1f", column, mean(days))
  put("stories a day: standard deviation", "%.1f", column, deviation(days))
  put("bytes of a title: mean", "%.0f", column, bytes / stories)
  put("words of a title: mean", "%.1f", column, mean(lengths))
  put("words of a title: standard deviation", "%.1f", column, deviation(lengths))
  for _, share in ipairs { 0.05, 0.5, 0.95 } do
    put(("words of a title: quantile %.2f"):format(share), "%d", column, quantile(lengths, share))
  end
  put("postings a story (stems, names, entities)", "%.2f", column, postings / stories)
  for _, name in ipairs { "words", "stems", "names", "topics", "entities", "sources" } do
    put_kind(column, name, kinds[name], stories)
  end
  local gaps, lives = {}, {}
  for _, list in pairs(name_days) do
    if #list >= LIVES_FROM and #list <= LIVES_TO then
      for i = 2, #list do gaps[#gaps + 1] = list[i] - list[i - 1] end
    end
  end
  for _, list in pairs(topic_days) do
    if #list > 1 then lives[#lives + 1] = list[#list] - list[1] end
  end
  for _, share in ipairs { 0.25, 0.5, 0.75 } do
    put(("names of %d to %d uses: days to the next, quantile %.2f"):format(LIVES_FROM, LIVES_TO, share), "%d", column,
      quantile(gaps, share))
  end
  for _, share in ipairs { 0.25, 0.5, 0.75 } do
    put(("topics of some stories: days from first to last, quantile %.2f"):format(share), "%d", column,
      quantile(lives, share))
  end
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
