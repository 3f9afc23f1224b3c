-- usage: relate_sample.lua ARCHIVE
-- Relates stories, evenly spread, to ten others each: prints microseconds of CPU time a story. They are related once before,
-- since lists are unpacked when they are first asked for.
local core = require "newsarchive.core"
local newsarchive = require "newsarchive"

local SAMPLED, LIMIT = 4000, 10

local archive = assert(newsarchive.open(arg[1]))
local relations = core.relations(archive.core)
local step = math.max(1, #archive // SAMPLED)

local function relate_sample()
  local start, count = os.clock(), 0
  for i = 1, #archive, step do
    relations:find(i, LIMIT)
    count = count + 1
  end
  return (os.clock() - start) / count * 1e6
end

relate_sample()
print(("%.1f"):format(relate_sample()))
