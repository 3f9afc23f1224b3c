local core = require "newsarchive.core"
local env = require "spec.support.env"
local newsarchive = require "newsarchive"

local DAY = "2007-09-01"

-- Thresholds of csrc/index/match.h.
local ALIKE, ALIKE_SHARED = 0.5, 0.3

local function report_of(stories)
  local report = core.report()
  for _, story in ipairs(stories) do
    local sources
    for _, url in ipairs(story.urls or {}) do
      sources = sources or {}
      sources[#sources + 1] = { name = "X", url = url }
    end
    report:add {
      id = story.id, title = story.title or story[1], date = story.date or DAY, language = story.language,
      body = story.body, sources = sources,
    }
  end
  return report
end

-- The pairs as "new-old reason", and the numbers of those that were not found.
local function match(old, new)
  local pairs_found, new_left, old_left = core.match(report_of(old), report_of(new))
  local list = {}
  for i, pair in ipairs(pairs_found) do list[i] = ("%d-%d %s"):format(pair.new, pair.old, pair.reason) end
  return list, new_left, old_left, pairs_found[1] and pairs_found[1].score
end

local function all(old, new)
  local list, new_left, old_left = match(old, new)
  return { list, new_left, old_left }
end

local FIRE = "A fire in a hotel in Rome kills three people and injures twenty."
local FIRE_LATER = "A fire in a hotel in Rome kills four people and injures twenty others."
local VOTE = "Voters in Estonia go to the polls for a parliamentary election."
local COMET = "Astronomers in Chile announce the discovery of a comet beyond Neptune."

describe("a story is found again", function()
  it("by its id, whatever else changed", function()
    assert.same({ "1-2 id" }, (match({ { VOTE }, { FIRE, id = "x" } },
      { { COMET, id = "x", date = "1999-01-01", language = "zh" } })))
  end)

  it("where nothing changed", function()
    local list, new_left, old_left, score = match({ { FIRE }, { VOTE, urls = { "http://a.org/1" } } },
      { { VOTE, urls = { "http://a.org/1" } }, { FIRE } })
    assert.same({ "1-2 sources", "2-1 words" }, list)
    assert.same({ {}, {} }, { new_left, old_left })
    assert.equal(1, score)
  end)

  it("by its sources, however it is worded", function()
    assert.same({ "1-1 sources" }, (match(
      { { FIRE, urls = { "http://www.a.org/fire/", "http://b.org" } } },
      { { "Hotel blaze: four dead", urls = { "https://b.org/", "https://a.org/fire" } } })))
  end)

  it("by its sources though one of them became a copy in the Wayback Machine", function()
    assert.same({ "1-1 sources" }, (match({ { FIRE, urls = { "http://a.org/fire" } } }, { { "Hotel blaze",
      urls = { "https://web.archive.org/web/20070902103000/http://www.a.org/fire" } } })))
  end)

  it("by words where several stories have the same sources", function()
    local front = { "http://a.org/" }
    assert.same({ "1-2 sources", "2-1 sources" }, (match({ { FIRE, urls = front }, { VOTE, urls = front } },
      { { VOTE .. " Today.", urls = front }, { FIRE_LATER, urls = front } })))
    assert.same({}, (match({ { FIRE, urls = front }, { VOTE, urls = front } }, { { COMET, urls = front } })))
  end)

  it("by nearly the same words", function()
    local list, _, _, score = match({ { VOTE }, { FIRE } }, { { FIRE_LATER } })
    assert.same({ "1-2 words" }, list)
    assert.equal(2 * 10 / (11 + 12), score)
  end)

  it("by fewer words where an address is common to both", function()
    local short = "Blaze in Rome hotel"
    assert.same({}, (match({ { FIRE } }, { { short } })))
    assert.same({ "1-1 words" }, (match({ { FIRE, urls = { "http://a.org/1" } } },
      { { short, urls = { "http://a.org/1", "http://b.org/2" } } })))
  end)

  it("on a neighbouring day where an address and the words are common to both", function()
    local urls = { "http://a.org/1" }
    for _, date in ipairs { "2007-08-31", "2007-09-02" } do
      assert.same({ "1-1 words" }, (match({ { FIRE, urls = urls } }, { { FIRE_LATER, urls = urls, date = date } })))
      assert.same({}, (match({ { FIRE } }, { { FIRE, date = date } })))
      assert.same({}, (match({ { FIRE, urls = urls } }, { { VOTE, urls = urls, date = date } })))
    end
    assert.same({}, (match({ { FIRE, urls = urls } }, { { FIRE, urls = urls, date = "2007-09-03" } })))
  end)

  it("by pairs of characters in Chinese", function()
    assert.same({ "1-1 words" }, (match({ { "罗马一家酒店发生火灾，造成三人死亡、二十人受伤。" } },
      { { "罗马一家酒店发生火灾，造成四人死亡，二十人受伤" } })))
    assert.same({}, (match({ { "罗马一家酒店发生火灾，造成三人死亡。" } }, { { "爱沙尼亚举行议会选举。" } })))
  end)

  it("by its body too", function()
    local body = "The building burned for six hours before firemen from four towns could enter the upper floors."
    assert.same({ "1-1 words" }, (match({ { FIRE, body = body } }, { { "Hotel blaze", body = body } })))
  end)
end)

describe("a story is not found again", function()
  it("where the languages differ", function()
    local urls = { "http://a.org/1" }
    assert.same({}, (match({ { FIRE, language = "en", urls = urls } }, { { FIRE, language = "de", urls = urls } })))
    assert.same({ "1-1 sources" }, (match({ { FIRE, language = "en-GB", urls = urls } },
      { { FIRE, language = "en-US", urls = urls } })))
  end)

  it("where neither words nor sources are common", function()
    local list, new_left, old_left = match({ { FIRE, urls = { "http://a.org/1" } } },
      { { VOTE, urls = { "http://a.org/2" } } })
    assert.same({ {}, { 1 }, { 1 } }, { list, new_left, old_left })
  end)

  it("twice: repeats go with repeats, in their order", function()
    local list, new_left, old_left = match({ { FIRE }, { FIRE }, { FIRE } }, { { FIRE }, { FIRE } })
    assert.same({ { "1-1 words", "2-2 words" }, {}, { 3 } }, { list, new_left, old_left })
    list, new_left, old_left = match({ { FIRE, id = "x" } }, { { FIRE, id = "x" }, { FIRE, id = "x" } })
    assert.same({ { "1-1 id" }, { 2 }, {} }, { list, new_left, old_left })
  end)

  it("where lists are empty", function()
    assert.same({ {}, {}, {} }, all({}, {}))
    assert.same({ {}, { 1 }, {} }, all({}, { { FIRE } }))
    assert.same({ {}, {}, { 1 } }, all({ { FIRE } }, {}))
  end)

  it("where it has no words", function()
    assert.same({ { "1-1 words" }, { 2 }, { 2 } }, all({ { "?!" }, { "--" } }, { { "?!" }, { "..." } }))
  end)
end)

describe("a story that was split or merged", function()
  local urls = { "http://a.org/1", "http://b.org/2" }
  local whole = FIRE .. " The mayor of Rome visits the hotel."

  it("goes with the part that is most alike, and the other is new", function()
    assert.same({ { "2-1 words" }, { 1 }, {} }, all({ { whole, urls = urls } },
      { { "The mayor of Rome visits the burnt hotel.", urls = { urls[2] } }, { FIRE, urls = { urls[1] } } }))
  end)

  it("keeps one of two old stories", function()
    assert.same({ { "1-2 words" }, {}, { 1 } }, all(
      { { "The mayor of Rome visits the hotel.", urls = { urls[2] } }, { FIRE, urls = { urls[1] } } },
      { { whole, urls = urls } }))
  end)
end)

describe("an address is the same", function()
  it("with any scheme, with www. or without, with a final slash or without", function()
    for _, url in ipairs {
      "http://a.org/News", "https://a.org/News/", "HTTP://WWW.A.org/News", "//a.org/News", "http://a.org:80/News",
      "https://a.org:443/News", "http://a.org/News#top", "http://a.org/News?", " http://a.org/News ",
      "https://web.archive.org/web/20070902103000/http://www.a.org/News",
      "http://www.web.archive.org/web/2007/http:/a.org/News",
      "https://web.archive.org/web/20070902103000if_/https://a.org/News/",
      "https://web.archive.org/web/2008/https://web.archive.org/web/2007/http://a.org/News",
      "web.archive.org/web/2007*/a.org/News", "https://archive.org/web/2007/http://a.org/News",
    } do
      assert.equal("a.org/News", core.url_key(url), url)
    end
  end)

  it("but differs by path, query, case of the path, and what a script reads", function()
    local seen = {}
    for _, url in ipairs {
      "http://a.org", "http://a.org/news", "http://a.org/News", "http://a.org/?id=1", "http://a.org/?id=2",
      "http://a.org/#!/1", "http://b.a.org", "ftp://a.org", "http://a.org:8080", "https://web.archive.org/web/2007/",
      "https://web.archive.org/about/http://a.org", "",
    } do
      local key = core.url_key(url)
      assert.is_nil(seen[key], url)
      seen[key] = true
    end
  end)
end)

describe("the likeness of two texts", function()
  it("is twice the words in common over all words", function()
    assert.equal(1, core.likeness("The fire, in Rome!", "the FIRE in rome"))
    assert.equal(0.5, core.likeness("a b", "b c"))
    assert.equal(0, core.likeness("a", "b"))
    assert.equal(0, core.likeness("", ""))
    assert.equal(1, core.likeness("a a a", "a")) -- a set
  end)

  it("is of the first 256 words", function()
    assert.equal(1, core.likeness(("a "):rep(256) .. "b", ("a "):rep(256) .. "c"))
  end)
end)

-- ---- the rules of csrc/index/match.h once more, as plainly as they can be put ----

local known = setmetatable({}, { __mode = "k" })

local function word_set(story)
  if known[story] then return known[story][1], known[story][2] end
  local set, count = {}, 0
  for word in story.title:gmatch "%w+" do
    if not set[word] then set[word], count = true, count + 1 end
  end
  known[story] = { set, count }
  return set, count
end

local function likeness(a, b)
  local words, count = word_set(a)
  local others, other_count = word_set(b)
  local common = 0
  for word in pairs(words) do if others[word] then common = common + 1 end end
  return common > 0 and 2.0 * common / (count + other_count) or 0.0
end

local function keys(story)
  local list, seen = {}, {}
  for _, url in ipairs(story.urls or {}) do
    local key = core.url_key(url)
    if not seen[key] then list[#list + 1], seen[key] = key, true end
  end
  table.sort(list)
  return table.concat(list, " "), seen
end

local function day_number(story)
  local year, month, day = (story.date or DAY):match "(%d+)-(%d+)-(%d+)"
  return os.time { year = year, month = month, day = day, hour = 12 } // 86400
end

local function shares(a, b)
  local _, seen = keys(a)
  local _, others = keys(b)
  for key in pairs(seen) do if others[key] then return true end end
  return false
end

local function oracle(old, new)
  local old_taken, new_taken, found = {}, {}, {}
  local function pair(i, k, reason)
    old_taken[k], new_taken[i] = true, true
    found[#found + 1] = { i, ("%d-%d %s"):format(i, k, reason) }
  end
  -- rule(a, b) gives a score, or nil where the two are no candidates.
  local function stage(reason, rule)
    local candidates = {}
    for i, b in ipairs(new) do
      for k, a in ipairs(old) do
        local score = not new_taken[i] and not old_taken[k] and rule(a, b, i, k)
        if score then candidates[#candidates + 1] = { score, i, k } end
      end
    end
    table.sort(candidates, function(x, y)
      if x[1] ~= y[1] then return x[1] > y[1] end
      if x[2] ~= y[2] then return x[2] < y[2] end
      return x[3] < y[3]
    end)
    for _, candidate in ipairs(candidates) do
      if not new_taken[candidate[2]] and not old_taken[candidate[3]] then
        pair(candidate[2], candidate[3], type(reason) == "string" and reason or reason(old[candidate[3]]))
      end
    end
  end
  local function same_sources(a, b)
    local sources = keys(a)
    return day_number(a) == day_number(b) and sources ~= "" and sources == keys(b)
  end
  local function others_like(list, taken, story)
    local count = 0
    for i, other in ipairs(list) do
      if not taken[i] and same_sources(other, story) then count = count + 1 end
    end
    return count
  end
  stage("id", function(a, b) return a.id and a.id == b.id and 1 end)
  stage(function(a) return keys(a) ~= "" and "sources" or "words" end, function(a, b)
    return day_number(a) == day_number(b) and a.title == b.title and keys(a) == keys(b) and 1
  end)
  stage("sources", function(a, b)
    if not same_sources(a, b) then return nil end
    local alone = others_like(old, old_taken, a) == 1 and others_like(new, new_taken, b) == 1
    local score = likeness(a, b)
    return (alone or score >= ALIKE_SHARED) and score
  end)
  stage("words", function(a, b)
    local distance = math.abs(day_number(a) - day_number(b))
    if distance > 1 or (distance == 1 and not shares(a, b)) then return nil end
    local score = likeness(a, b)
    return score >= (distance == 0 and shares(a, b) and ALIKE_SHARED or ALIKE) and score
  end)
  table.sort(found, function(x, y) return x[1] < y[1] end)
  local list = {}
  for i, entry in ipairs(found) do list[i] = entry[2] end
  return list
end

-- Stories of few words and few addresses, so that many are alike.
local function random_story(random, days)
  local words, urls = {}, {}
  for i = 1, random(1, 9) do words[i] = ("w%d"):format(random(1, 14)) end
  for i = 1, random(0, 2) do urls[i] = ("http://a.org/%d"):format(random(1, 12)) end
  return {
    title = table.concat(words, " "), urls = urls, date = ("2007-09-%02d"):format(random(1, days)),
    id = random(1, 12) == 1 and ("id%d"):format(random(1, 6)) or nil,
  }
end

-- The same story after an editor.
local function edited(random, story)
  local words, urls = {}, {}
  for word in story.title:gmatch "%S+" do
    if random(1, 6) > 1 then words[#words + 1] = word end
    if random(1, 8) == 1 then words[#words + 1] = ("w%d"):format(random(1, 14)) end
  end
  for _, url in ipairs(story.urls) do
    local other = url:gsub("http://", "https://www.") .. "/"
    if random(1, 6) > 1 then urls[#urls + 1] = random(1, 2) == 1 and url or other end
  end
  return { title = #words > 0 and table.concat(words, " ") or "w0", urls = urls, date = story.date, id = story.id }
end

describe("whatever the lists", function()
  local function random_lists(seed)
    math.randomseed(seed)
    local random = math.random
    local days, old, new = random(1, 4), {}, {}
    for i = 1, random(0, 25) do old[i] = random_story(random, days) end
    for _, story in ipairs(old) do
      if random(1, 5) > 1 then table.insert(new, random(1, #new + 1), edited(random, story)) end
    end
    for _ = 1, random(0, 8) do table.insert(new, random(1, #new + 1), random_story(random, days)) end
    return old, new
  end

  it("the pairs are those of the plain rules", function()
    for seed = 1, 300 do
      local old, new = random_lists(seed)
      assert.same(oracle(old, new), (match(old, new)), "seed " .. seed)
    end
  end)

  it("every story is in one pair, or left over, once; scores are from 0 to 1", function()
    for seed = 301, 400 do
      local old, new = random_lists(seed)
      local found, new_left, old_left = core.match(report_of(old), report_of(new))
      local new_seen, old_seen, last = {}, {}, 0
      for _, pair in ipairs(found) do
        assert.is_true(pair.new > last and pair.score >= 0 and pair.score <= 1)
        last = pair.new
        assert.is_nil(new_seen[pair.new])
        assert.is_nil(old_seen[pair.old])
        new_seen[pair.new], old_seen[pair.old] = true, true
      end
      for _, i in ipairs(new_left) do assert.is_nil(new_seen[i]) new_seen[i] = true end
      for _, i in ipairs(old_left) do assert.is_nil(old_seen[i]) old_seen[i] = true end
      assert.equal(#new, #new_seen)
      assert.equal(#old, #old_seen)
    end
  end)

  it("a list is found in itself, story for story", function()
    for seed = 401, 450 do
      local old = random_lists(seed)
      for _, story in ipairs(old) do story.id = nil end
      local found, new_left = core.match(report_of(old), report_of(old))
      assert.same({}, new_left)
      for _, pair in ipairs(found) do assert.equal(old[pair.new].title, old[pair.old].title) end
    end
  end)
end)

describe("the time", function()
  -- Seconds for `count` stories of one day against as many.
  local function seconds(count, story)
    local old, new = {}, {}
    for i = 1, count do old[i], new[i] = story(i), story(-i) end
    local old_report, new_report = report_of(old), report_of(new)
    collectgarbage()
    return (env.cpu_seconds(core.match, old_report, new_report))
  end

  for name, story in pairs {
    ["with all words in common"] = function(i) return { ("a b c d e f g h %d"):format(i) } end,
    ["with all addresses in common"] = function(i) return { ("%d %d"):format(i, i + 1), urls = { "http://a.org" } } end,
    ["of the same words"] = function() return { FIRE } end,
    ["of the same words, with other addresses"] = function(i) return { FIRE, urls = { "http://a.org/" .. i } } end,
  } do
    it("grows as the lists do: stories of one day " .. name, function()
      local small, large = seconds(3000, story), seconds(12000, story)
      assert.is_true(large < 8 * small + 0.2, ("%.3f s, %.3f s"):format(small, large))
      assert.is_true(large < 3)
    end)
  end
end)

describe("newsarchive.match", function()
  it("takes two reports as newsarchive.parse gives them", function()
    local old = newsarchive.parse("jsonl", '{"date":"2007-09-01","title":"' .. FIRE .. '"}')
    local new = newsarchive.parse("jsonl", '{"date":"2007-09-01","title":"' .. FIRE_LATER .. '"}')
    local found = newsarchive.match(old, new)
    assert.equal("words", found[1].reason)
    assert.equal(FIRE, old.stories[found[1].old].title)
    assert.equal(FIRE_LATER, new.stories[found[1].new].title)
  end)

  it("raises for anything else", function()
    assert.error_matches(function() newsarchive.match() end, "bad argument #1 to 'match'")
    assert.error_matches(function() newsarchive.match(newsarchive.parse("jsonl", ""), {}) end, "bad argument #2")
    assert.has_error(function() core.match(core.report()) end)
    assert.has_error(function() core.likeness "a" end)
    assert.has_error(function() core.url_key(7) end)
  end)
end)
