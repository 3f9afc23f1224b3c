-- usage: ask.lua ARCHIVE QUERIES
-- Asks an archive file as the scripts in spec/bench/peers ask theirs: prints microseconds of CPU time from opening it
-- to the first answer, then median and 99th percentile of each set of queries; last the microseconds of opening alone.
local queries = require "spec.bench.queries"
local env = require "spec.support.env"
local newsarchive = require "newsarchive"

local path, asked = arg[1], queries.parse(env.read(arg[2]))
local start = os.clock()
local archive = assert(newsarchive.open(path))
local opened = os.clock()

local function find(query)
  return archive:search(query, { limit = 10 })
end

find(asked[1][1])
print(("%.1f"):format((os.clock() - start) * 1e6))
for _, set in ipairs(asked) do print(("%.1f %.1f"):format(queries.measure(find, set))) end
print(("%.1f"):format((opened - start) * 1e6))
