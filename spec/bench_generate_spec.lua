-- Archives made for measuring: spec/bench/generate.lua.
local core = require "newsarchive.core"
local env = require "spec.support.env"

local function generate(...)
  local made = env.run { env.interpreter(), "spec/bench/generate.lua", ... }
  assert.equal("", made.stderr)
  assert.equal(0, made.status)
  return made.stdout
end

local function read(text)
  local report = core.report()
  report:read("jsonl", text)
  return report
end

-- The share of a list's texts that are in it once.
local function once(list)
  local counts, different, alone = {}, 0, 0
  for _, text in ipairs(list) do counts[text] = (counts[text] or 0) + 1 end
  for _, count in pairs(counts) do
    different = different + 1
    if count == 1 then alone = alone + 1 end
  end
  return alone / different, different
end

describe("a generated archive", function()
  it("is the same for the same number of stories and seed, and another one for another seed", function()
    assert.equal(generate(200), generate(200))
    assert.not_equal(generate(200), generate(200, 7))
  end)

  it("has as many stories as asked for, none of them a problem to the reader", function()
    for _, count in ipairs { 0, 1, 3000 } do
      local counts = read(generate(count)):counts()
      assert.equal(count, counts.stories)
      assert.equal(0, counts.problems)
    end
  end)

  it("goes by date, some stories a day, with ids of their own", function()
    local last, days, ids = "", 0, {}
    for line in generate(3000):gmatch "[^\n]+" do
      local story = core.decode_json(line)
      assert.is_true(story.date >= last)
      if story.date > last then days = days + 1 end
      last = story.date
      assert.is_nil(ids[story.id])
      ids[story.id] = true
    end
    assert.is_true(days > 3000 / 16 and days < 3000 / 10)
  end)

  it("has words as a language has them: half of them once, a few everywhere", function()
    local words, stories = {}, 3000
    for line in generate(stories):gmatch "[^\n]+" do
      table.move(core.words(core.decode_json(line).title), 1, 1000, #words + 1, words)
    end
    local alone, different = once(words)
    assert.is_true(alone > 0.4 and alone < 0.6)
    assert.is_true(different > 8000 and different < 16000)
    assert.is_true(#words / stories > 25 and #words / stories < 30)
  end)

  it("says how it is called", function()
    for _, words in ipairs { {}, { "many" }, { "-1" }, { "5", "0" } } do
      local made = env.run { env.interpreter(), "spec/bench/generate.lua", table.unpack(words) }
      assert.equal(1, made.status)
      assert.matches("usage: generate.lua STORIES [SEED]", made.stderr, 1, true)
    end
  end)
end)
