-- The order of a search, against BM25 written down plainly: every story is looked at, nothing is compressed or skipped.

local core = require "newsarchive.core"

local STORIES, QUERIES, SEED = 600, 300, 7

-- Words that no stemmer and no rule of names touches; the first ones are common, as in a language.
local vocabulary = {}
for i = 1, 120 do
  local first, second, third = (i * 7) % 20 + 97, (i * 11) % 23 + 97, (i * 13) % 25 + 97
  vocabulary[i] = string.char(first, second, third) .. i
end

local function some_word()
  return vocabulary[math.floor((#vocabulary) ^ math.random())]
end

local function text(least, most)
  local words = {}
  for i = 1, math.random(least, most) do words[i] = some_word() end
  return table.concat(words, " ")
end

math.randomseed(SEED)
local stories = {}
for i = 1, STORIES do
  stories[i] = {
    id = ("s%04d"):format(math.random(1, 9) * 1000 + i),
    date = ("20%02d-%02d-%02d"):format(i // 60, math.random(12), math.random(28)),
    title = text(1, 12), body = i % 3 == 0 and text(0, 60) or nil, language = "xx",
    context = { "E" .. i % 7 }, sources = { { name = "S" .. i % 4 } },
  }
end

local archive, report = core.archive "xx", core.report()
for _, story in ipairs(stories) do report:add(story) end
archive:add(report)
local search = core.search(archive)

-- ---- the plain scorer ----

local ONE, SATURATION, LENGTH, TITLE_UNITS, WEIGHT_ONE = 128, 0.6, 0.75, 2, 256

local function round(x)
  return math.floor(x + 0.5)
end

local units, lengths, holders, total = {}, {}, {}, 0
for i, story in ipairs(stories) do
  units[i], lengths[i] = {}, 0
  for field, of_word in pairs { title = TITLE_UNITS, body = 1 } do
    for word in (story[field] or ""):gmatch "%S+" do
      units[i][word] = (units[i][word] or 0) + of_word
      lengths[i] = lengths[i] + of_word
    end
  end
  for word in pairs(units[i]) do holders[word] = (holders[word] or 0) + 1 end
  total = total + lengths[i]
end
local average = 2 ^ (round(math.log(total / STORIES, 2) * 4) / 4) -- as index/terms.h rounds it

local function impact(i, word)
  local uses = units[i][word] / TITLE_UNITS
  local held = SATURATION * (1 - LENGTH + LENGTH * (lengths[i] / average))
  return math.max(1, round(ONE * uses * (1 + SATURATION) / (uses + held)))
end

local function weight(word)
  return math.max(1, round(WEIGHT_ONE * math.log(1 + (STORIES - holders[word] + 0.5) / (holders[word] + 0.5))))
end

local function days(date)
  local year, month, day = date:match "(%d+)-(%d+)-(%d+)"
  return os.time { year = year, month = month, day = day, hour = 12 } // 86400
end

local newest = 0
for _, story in ipairs(stories) do newest = math.max(newest, days(story.date)) end

-- The score of a story, or nil where it is not meant. `query` has `words`, `any`, `entity`, `from`, `to`, `without` and
-- `recency`.
local function score(i, query)
  local story, sum, has = stories[i], 0, 0
  for _, word in ipairs(query.words) do
    if units[i][word] then sum, has = sum + weight(word) * impact(i, word), has + 1 end
  end
  if has < (query.any and 1 or #query.words) then return nil end
  if query.entity and story.context[1] ~= query.entity then return nil end
  if query.from and story.date < query.from or query.to and story.date:sub(1, #query.to) > query.to then return nil end
  if query.without and units[i][query.without] then return nil end
  local factor = 1
  if query.recency then factor = 1 + query.recency * 2 ^ (-(newest - days(story.date)) / 365) end
  return sum * factor / (WEIGHT_ONE * ONE)
end

local function best(query)
  local found = {}
  for i, story in ipairs(stories) do
    local s = score(i, query)
    if s then found[#found + 1] = { id = story.id, date = story.date, score = s } end
  end
  table.sort(found, function(a, b)
    if a.score ~= b.score then return a.score > b.score end
    if a.date ~= b.date then return a.date > b.date end
    return a.id < b.id
  end)
  return found
end

-- ---- the same from the core ----

local function ask(method, query, limit)
  local words = table.concat(query.words, " ")
  if query.without then words = words .. " -" .. query.without end
  local result = search[method](search, words, {
    match = query.any and "any" or "all", entity = query.entity, from = query.from, to = query.to,
    recency = query.recency, limit = limit,
  })
  local found = {}
  for k = 1, result:count() do
    local i, s = result:hit(k)
    found[k] = { id = archive:card(i), score = s }
  end
  return found, select(2, result:tally "stories")
end

local function some_query()
  local query, seen = { words = {}, any = math.random(2) == 1 }, {}
  for _ = 1, math.random(5) do
    local word = some_word()
    if not seen[word] then query.words[#query.words + 1], seen[word] = word, true end
  end
  if math.random(4) == 1 then query.entity = "E" .. math.random(0, 6) end
  if math.random(4) == 1 then
    query.from = ("200%d"):format(math.random(0, 5))
    query.to = ("200%d-%02d"):format(math.random(5, 9), math.random(12))
  end
  if math.random(4) == 1 and not seen[vocabulary[3]] then query.without = vocabulary[3] end
  if math.random(3) == 1 then query.recency = math.random(1, 9) / 2 end
  return query
end

describe("the order of a search", function()
  for _, limit in ipairs { 1, 10, 50 } do
    it(("is that of the plain scorer for %d queries, the best %d"):format(QUERIES, limit), function()
      math.randomseed(SEED + limit)
      for _ = 1, QUERIES do
        local query = some_query()
        local found, count = ask("find", query, limit)
        local expected = best(query)
        assert.equal(#expected, count)
        assert.equal(math.min(limit, #expected), #found)
        for k, hit in ipairs(found) do
          assert.equal(expected[k].id, hit.id, table.concat(query.words, " "))
          assert.is_true(math.abs(expected[k].score - hit.score) < 1e-9)
        end
        assert.same(ask("find_slowly", query, limit), found)
      end
    end)
  end

  it("puts the newer of equal stories first, and of one day that of the lower id", function()
    local small, added = core.archive "en", core.report()
    for _, story in ipairs { { "b", 2 }, { "c", 1 }, { "a", 2 }, { "d", 3 } } do
      added:add { id = story[1], date = "2001-01-0" .. story[2], title = "flood" }
    end
    local result = core.search(small:add(added)):find "flood"
    local ids = {}
    for k = 1, result:count() do ids[k] = small:card((result:hit(k))) end
    assert.same({ "d", "a", "b", "c" }, ids)
  end)

  it("takes time in proportion to the stories where all are of one day and one score", function()
    local line = '{"date":"2001-01-01","title":"flood"}\n'
    local flood = core.archive("en"):add(core.report():read("jsonl", line:rep(200000)))
    local index = core.search(flood)
    local before = os.clock()
    assert.equal(10, index:find("flood", { limit = 10 }):count())
    assert.is_true(os.clock() - before < 2) -- going over the day for every story took twice as long as that
  end)
end)
