-- usage: generate.lua STORIES [SEED] > stories.jsonl
-- An archive of any size as JSON Lines, made from nothing: the same number and seed give the same bytes.
--
-- Its distributions are those of an English corpus of 24 years of daily news, 113,496 stories, of which it has no word:
-- what was measured stands beside each constant, and `make bench-generator` prints corpus and generator side by side.
-- Words follow one law without end, which makes the vocabulary grow; names, topics, entities and sources are mostly
-- taken from what was used lately, which gives them their bursts, lives and few favourites.

local SEED = 20020701

-- Words: rank r has the probability r^-HEAD * (1 + r / BEND)^-(TAIL - HEAD). Measured: 71,586 words in the first
-- 100,000 stories, 23,859 in 10,000, 45 % of them used once; ranks 1, 100 and 10,000 are 6.4 %, 0.098 % and 0.0006 %.
local HEAD, BEND, TAIL = 0.9, 16000, 2.4
local RANKS = 1 << 16 -- in the table; 1.5 % of all words are beyond, where a power law goes on
local INFLECTED = 0.45 -- words that are another one with an ending: 71,914 words have 58,741 stems

-- Titles: words are log-normal; measured are a mean of 27.3 and a median of 25.
local TITLE_MEAN, TITLE_SPREAD, TITLE_LEAST, TITLE_MOST = 3.1965, 0.4726, 4, 400
local CAPITALISED = 0.03 -- of the words outside names
local COMMA = 0.06

-- Names, two words with capitals: the sum of two geometric numbers; measured is a mean of 2.69 a story.
local NAME_GOES_ON = 0.585
local NAME_WORD_LEAST = 60 -- by rank: nobody is called "the"
-- Of n uses so far the next is of a new name with NEW_NAME * n^-NEW_NAME_FALL: 16,443 names in 10,000 stories, 89,237
-- in 100,000.
local NEW_NAME, NEW_NAME_FALL = 2.3, 0.19

-- Topics: 47 % of the stories have some; 0.572 a story, 28 % of the uses are the first.
local HAS_TOPIC, TOPIC_GOES_ON, NEW_TOPIC = 0.475, 0.17, 0.28
-- Entities: the topics, and rarely one more; 0.621 a story, 24 % of the uses are the first.
local MORE_ENTITY, NEW_ENTITY = 0.1, 0.15
-- Sources: 0.036 of the stories have none; 1.23 a story, 8 % of the uses are the first.
local NO_SOURCE, SOURCE_GOES_ON, NEW_SOURCE = 0.036, 0.215, 0.08

-- Some are used forever, the r-th of these `favourites` in proportion to 1 / r: the first name is in 7.5 % of the
-- stories, the first source in 14.7 %. Others that are used again were used `window * random^recency` uses ago: half of
-- the names come back within 97 days, half of the topics live for no more than 28 days, a quarter for 339 and more.
-- A share of what is new, `fleeting`, is never used again.
local NAMES   = { window = 1 << 18, recency = 8, fleeting = 0.3, lasting = 0.4, favourites = 2000 }
local TOPICS  = { window = 1 << 14, recency = 14, fleeting = 0.35, lasting = 0.06, favourites = 20 }
local SOURCES = { window = 1 << 16, recency = 3, fleeting = 0.3, lasting = 0.75, favourites = 100 }

-- Categories: 43 % of the stories have one; shares of the seven that are used.
local HAS_CATEGORY = 0.435
local CATEGORIES = {
  { "Conflicts", 0.18 }, { "Disasters", 0.17 }, { "Politics", 0.16 }, { "Law", 0.15 }, { "Business", 0.13 },
  { "Sport", 0.12 }, { "Science", 0.09 },
}

-- Days: stories a day are log-normal with a mean of 13.2 and a standard deviation of 7.6. A million stories take two
-- centuries at that rate, so that the first day is early.
local FIRST_YEAR = 1800
local DAY_MEAN, DAY_SPREAD = 2.435, 0.538

local SLUG_CHARS = 80

-- ---- random numbers: xorshift64*, the same on every machine ----

local state

local function random() -- [0, 1)
  state = state ~ (state >> 12)
  state = state ~ (state << 25)
  state = state ~ (state >> 27)
  return ((state * 0x2545F4914F6CDD1D) >> 11) * 0x1p-53
end

local function normal()
  return math.sqrt(-2 * math.log(1 - random())) * math.cos(2 * math.pi * random())
end

-- ---- words ----

local aliases, shares, tail_share = {}, {}, 0
local tail_power -- of the rank beyond the table, for a random number

-- Walker's alias tables: a rank by one look-up.
local function prepare_ranks()
  local weights, total = {}, 0
  for rank = 1, RANKS do
    weights[rank] = rank ^ -HEAD * (1 + rank / BEND) ^ -(TAIL - HEAD)
    total = total + weights[rank]
  end
  local slope = HEAD + (TAIL - HEAD) * RANKS / (BEND + RANKS)
  local tail = weights[RANKS] * RANKS / (slope - 1)
  tail_share, tail_power = tail / (total + tail), -1 / (slope - 1)
  local small, large = {}, {}
  for rank = 1, RANKS do
    shares[rank], aliases[rank] = weights[rank] * RANKS / total, rank
    local list = shares[rank] < 1 and small or large
    list[#list + 1] = rank
  end
  while #small > 0 and #large > 0 do
    local less, more = table.remove(small), large[#large]
    aliases[less] = more
    shares[more] = shares[more] + shares[less] - 1
    if shares[more] < 1 then small[#small + 1] = table.remove(large) end
  end
end

local function draw_rank()
  if random() < tail_share then return math.floor(RANKS * (1 - random()) ^ tail_power) + 1 end
  local place = random() * RANKS
  local slot = place // 1 | 0
  local rank = slot + 1
  return place - slot < shares[rank] and rank or aliases[rank]
end

local ONSETS, VOWELS, CODAS = "bdgklmnt", "aiou", "nrl"
local syllables = {}
for vowel in VOWELS:gmatch "." do
  for onset in ONSETS:gmatch "." do syllables[#syllables + 1] = onset .. vowel end
end
local codas = {}
for coda in CODAS:gmatch "." do codas[#codas + 1] = coda end
local ENDINGS = { "s", "ed", "ing" }

-- Every number has its own syllables; frequent words are short.
local function spell(number)
  local text = codas[number % #codas + 1]
  number = number // #codas
  repeat
    text = syllables[number % #syllables + 1] .. text
    number = number // #syllables - 1
  until number < 0
  return text
end

-- A number of its own for each rank, in no order that shows.
local function scatter(rank)
  return (rank * 0x9E3779B97F4A7C15 >> 11) * 0x1p-53
end

local spelt = {}

local function word_of(rank)
  local word = spelt[rank]
  if word then return word end
  local chance = scatter(rank)
  if chance < INFLECTED and rank > #ENDINGS then
    local stem = math.floor(rank * chance / INFLECTED) + 1
    word = spell(stem) .. ENDINGS[rank % #ENDINGS + 1]
  else
    word = spell(rank)
  end
  if rank <= RANKS then spelt[rank] = word end
  return word
end

local function capitalised(word)
  return (word:gsub("^%l", string.upper))
end

local function name_word()
  local rank
  repeat rank = draw_rank() until rank >= NAME_WORD_LEAST
  return capitalised(word_of(rank))
end

-- ---- what is used again ----

-- A kind of thing with its favourites and its last uses.
local function memory(kind)
  local made = { used = 0, lasts = {} }
  for key, value in pairs(kind) do made[key] = value end
  return made
end

local function use(kind, what)
  kind[kind.used % kind.window + 1] = what
  kind.used = kind.used + 1
  return what
end

local function use_first(kind, what)
  return random() < kind.fleeting and what or use(kind, what)
end

local function use_again(kind)
  local known = math.min(kind.used, kind.window)
  local ago = math.floor(known * random() ^ kind.recency) + 1
  return use(kind, kind[(kind.used - ago) % kind.window + 1])
end

local names, topics, sources

local function make_name()
  return name_word() .. " " .. name_word()
end

local function draw(kind, share_of_new, make)
  local chance = random()
  if chance < share_of_new then return use_first(kind, make()) end
  if kind.used > 0 and chance < 1 - kind.lasting * (1 - share_of_new) then return use_again(kind) end
  local rank = math.floor(kind.favourites ^ random())
  local favourite = kind.lasts[rank] or make()
  kind.lasts[rank] = favourite
  return favourite
end

local function make_topic()
  return random() < 0.5 and make_name() or make_name() .. " " .. word_of(draw_rank())
end

-- Adds what is not there yet; sorted where asked for, as contexts are.
local function add(list, text)
  for i = 1, #list do
    if list[i] == text then return end
  end
  list[#list + 1] = text
end

-- ---- dates ----

local DAYS_OF_MONTH = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 }

local function next_day(day)
  local leap = day.year % 4 == 0 and (day.year % 100 ~= 0 or day.year % 400 == 0)
  day.day = day.day + 1
  local last = leap and day.month == 2 and 29 or DAYS_OF_MONTH[day.month]
  if day.day > last then day.day, day.month = 1, day.month + 1 end
  if day.month > 12 then day.month, day.year = 1, day.year + 1 end
  day.text = ("%04d-%02d-%02d"):format(day.year, day.month, day.day)
  day.left = math.max(1, math.floor(math.exp(DAY_MEAN + DAY_SPREAD * normal()) + 0.5))
  day.order = 0
end

-- ---- stories ----

local words = {}

local function make_title()
  local length = math.floor(math.exp(TITLE_MEAN + TITLE_SPREAD * normal()) + 0.5)
  length = math.max(TITLE_LEAST, math.min(length, TITLE_MOST))
  local left = 0
  for _ = 1, 2 do
    while random() < NAME_GOES_ON do left = left + 1 end
  end
  local count, used = 0, 0
  while used < length do
    local others = length - used - 2 * left -- each may have a name before it
    count = count + 1
    if left > 0 and random() * others < left then
      words[count] = draw(names, NEW_NAME * (names.used + 1) ^ -NEW_NAME_FALL, make_name)
      left, used = left - 1, used + 2
      count = count + 1
    end
    local word = word_of(draw_rank())
    if random() < CAPITALISED then word = capitalised(word) end
    words[count] = random() < COMMA and word .. "," or word
    used = used + 1
  end
  words[1] = capitalised(words[1])
  return (table.concat(words, " ", 1, count):gsub(",?$", ".", 1))
end

local function quoted(list)
  return '["' .. table.concat(list, '","') .. '"]'
end

local function filing()
  if random() >= HAS_TOPIC then return "", "" end
  local filed = {}
  repeat add(filed, draw(topics, NEW_TOPIC, make_topic)) until random() >= TOPIC_GOES_ON
  local context = table.move(filed, 1, #filed, 1, {})
  while random() < MORE_ENTITY do add(context, draw(topics, NEW_ENTITY, make_name)) end
  table.sort(context)
  return ',"topics":' .. quoted(filed), '"context":' .. quoted(context) .. ","
end

local function category()
  if random() >= HAS_CATEGORY then return "" end
  local place, at = random(), 0
  repeat
    at = at + 1
    place = place - CATEGORIES[at][2]
  until place < 0 or at == #CATEGORIES
  return '"category":"' .. CATEGORIES[at][1] .. '",'
end

local function cited()
  if random() < NO_SOURCE then return "" end
  local list = {}
  repeat add(list, '{"name":"' .. draw(sources, NEW_SOURCE, make_name) .. '"}') until random() >= SOURCE_GOES_ON
  return ',"sources":[' .. table.concat(list, ",") .. "]"
end

local function make_story(day)
  day.order = day.order + 1
  local title = make_title()
  local slug = title:lower():gsub("[^a-z]+", "-"):sub(1, SLUG_CHARS):gsub("%-$", "")
  local filed, context = filing()
  return table.concat {
    "{", category(), context, '"date":"', day.text, '","id":"', day.text, "/", slug, '","order":', day.order, cited(),
    ',"title":"', title, '"', filed, "}\n",
  }
end

local count, seed = math.tointeger(tonumber(arg[1])), math.tointeger(tonumber(arg[2] or SEED))
if not (count and count >= 0 and seed and seed ~= 0) then error("usage: generate.lua STORIES [SEED]", 0) end
state = seed
prepare_ranks()
names, topics, sources = memory(NAMES), memory(TOPICS), memory(SOURCES)
io.stdout:setvbuf("full", 1 << 16)
local day = { year = FIRST_YEAR, month = 1, day = 0 }
next_day(day)
for _ = 1, count do
  if day.left == 0 then next_day(day) end
  day.left = day.left - 1
  io.write(make_story(day))
end
