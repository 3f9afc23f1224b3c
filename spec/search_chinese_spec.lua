-- Scripts without blanks: whatever part of a title somebody copies into a search finds its story.

local core = require "newsarchive.core"
local env = require "spec.support.env"

-- Whether a character is of a script that parts words by blanks: those are found whole, as Korean is.
local function is_of_words(code)
  local hangul = code >= 0x1100 and code <= 0x11FF or code >= 0x3130 and code <= 0x318F
    or code >= 0xAC00 and code <= 0xD7AF
  return hangul or code >= 0xFF00 and code <= 0xFFEF or code < 0x2E80 and code ~= 0x20
end

local function characters(text)
  local list = {}
  for _, code in utf8.codes(text) do list[#list + 1] = { text = utf8.char(code), joins = is_of_words(code) } end
  return list
end

-- Calls `call` for every part of 2 to `most` characters that cuts no word of a script with blanks and has a
-- character of one without.
local function parts(title, most, call)
  local list = characters(title)
  for first = 1, #list do
    local free = first == 1 or not (list[first - 1].joins and list[first].joins)
    local text, wide = list[first].text, not list[first].joins
    for last = first + 1, math.min(#list, first + most - 1) do
      text = text .. list[last].text
      wide = wide or not list[last].joins
      local ends = last == #list or not (list[last].joins and list[last + 1].joins)
      if free and ends and wide then call(text) end
    end
  end
end

-- What the query language reads as more than words: quotation marks, fields, prefixes and a leading "-".
local MARKS = '"“”„«»「」『』:*'

local function is_marked(part)
  for _, code in utf8.codes(part) do
    if MARKS:find(utf8.char(code), 1, true) then return true end
  end
  return part:sub(1, 1) == "-"
end

local function searcher(lines)
  local archive = core.archive "zh"
  archive:add(core.report():read("jsonl", lines, { language = "zh" }))
  archive:days()
  return archive, core.search(archive)
end

-- Parts of one sign only ("，。") are no words; all others must find the story.
local function misses(archive, search, i, most)
  local _, title, date = archive:card(i)
  local missing, tried = {}, 0
  parts(title, most, function(part)
    if is_marked(part) then return end
    local result = search:find(part, { match = "all", from = date, to = date, limit = 1000 })
    for _, note in ipairs(result:notes()) do
      if note.code == "no-word" then return end
    end
    tried = tried + 1
    for k = 1, result:count() do
      if result:hit(k) == i then return end
    end
    missing[#missing + 1] = part
  end)
  return missing, tried
end

describe("a search in a script without blanks", function()
  local archive, search = searcher [[
{"date":"2003-04-01","title":"美军继续对伊拉克巴格达南部进行空袭"}
{"date":"2003-04-02","title":"伊拉克政府否认，總統已經逃亡國外；B-52轟炸機31日飛越"}
{"date":"2003-04-03","title":"東京タワーで火災、けが人なし"}
{"date":"2003-04-04","title":"ＮＡＴＯ與俄羅斯會談"}
]]

  it("finds a title by every part of it", function()
    for i = 1, archive:count() do
      local missing, tried = misses(archive, search, i, 40)
      assert.same({}, missing)
      assert.is_true(tried >= 10)
    end
  end)

  it("finds it by one character, too", function()
    for _, character in ipairs { "美", "空", "袭", "火" } do assert.equal(1, search:find(character):count()) end
    assert.equal(0, search:find("龍"):count())
  end)

  it("finds nothing by characters in another order", function()
    assert.equal(0, search:find("军美", { match = "all" }):count())
    assert.equal(1, search:find('"巴格达南部"'):count())
    assert.equal(0, search:find('"南部 巴格达"'):count())
  end)

  it("marks the whole run in a snippet", function()
    local text, spans = search:find("巴格达南部"):snippet(1)
    assert.equal("巴格达南部", text:sub(spans[1], spans[2]))
    assert.equal(2, #spans)
  end)

  it("folds width and case", function()
    assert.equal(1, search:find("nato"):count())
  end)

  it("finds every part of 1,000 titles of the shared data", function()
    local path = env.shared "data/tags/zh-context.jsonl"
    if not path then return pending "data/tags/zh-context.jsonl is not there" end
    local big, found = searcher(env.read(path))
    math.randomseed(1)
    local tried = 0
    for _ = 1, 1000 do
      local missing, more = misses(big, found, math.random(big:count()), 3)
      assert.same({}, missing)
      tried = tried + more
    end
    assert.is_true(tried > 20000, tried)
  end)
end)
