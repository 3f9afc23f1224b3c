-- Relations of whole archives: the same for any number of threads and on every run, and every one with its reasons.
local core = require "newsarchive.core"
local env = require "spec.support.env"
local newsarchive = require "newsarchive"

local STORIES = 20000 -- of the judged set
local EXPLAINED = 97 -- every so many-th story is asked for its reasons

local function judged_stories()
  local packed = env.shared "data/relate/all.jsonl.zst"
  if not packed then return nil end
  local pipe <close> = assert(io.popen(("zstd -qdc %s | head -%d"):format(env.quote(packed), STORIES)))
  local report = core.report()
  report:read("jsonl", pipe:read "a", { path = "all.jsonl" })
  local archive = newsarchive.new()
  archive.core:add(report)
  return archive
end

local function example()
  local archive = newsarchive.new()
  archive:read "examples/spaceflight/en"
  return archive
end

-- All lists as one text.
local function relate_all(archive, jobs, direction)
  local lines = {}
  for i, found in archive:relate { jobs = jobs, direction = direction, fold = true } do
    lines[i] = i .. ": " .. table.concat(found, " ")
  end
  return table.concat(lines, "\n")
end

local function check_threads(archive, direction)
  local one = relate_all(archive, 1, direction)
  for _, jobs in ipairs { 1, 2, 8, 2, 8 } do
    assert.is_true(one == relate_all(archive, jobs, direction), jobs .. " threads")
  end
end

local function check_reasons(archive, step)
  local relations = 0
  for i = 1, #archive, step do
    for _, relation in ipairs(archive:related((archive.core:card(i)))) do
      local sum = 0
      assert.is_true(#relation.reasons > 0)
      for _, reason in ipairs(relation.reasons) do sum = sum + reason.share end
      assert.near(relation.score, sum, 1e-6)
      relations = relations + 1
    end
  end
  assert.is_true(relations > 0)
end

describe("the relations of all stories", function()
  it("are the same for 1, 2 and 8 threads, twice, on the example", function()
    check_threads(example())
    check_threads(example(), "next")
  end)

  it("are the same for 1, 2 and 8 threads, twice, on 20,000 stories", function()
    local archive = judged_stories()
    if not archive then return pending "the judged set is not there" end
    check_threads(archive)
  end)

  it("have reasons whose shares add up to the score, on the example", function() check_reasons(example(), 1) end)

  it("have reasons whose shares add up to the score, on a sample of 20,000 stories", function()
    local archive = judged_stories()
    if not archive then return pending "the judged set is not there" end
    check_reasons(archive, EXPLAINED)
  end)
end)
