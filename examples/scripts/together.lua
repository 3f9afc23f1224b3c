-- The pairs of entities that appear together more often than chance would have it, by the log-likelihood ratio
-- (T. Dunning, "Accurate methods for the statistics of surprise and coincidence", 1993).
-- lua5.4 together.lua ARCHIVE [HOW-MANY]
local newsarchive = require "newsarchive"

local path, limit = ...
if not path then error("usage: together.lua ARCHIVE [HOW-MANY]", 0) end
local archive = assert(newsarchive.open(path))

local stories, alone, pairs_of = 0, {}, {}
for story in archive:stories() do
  stories = stories + 1
  local context = story.context or {}
  for i, a in ipairs(context) do
    alone[a] = (alone[a] or 0) + 1
    for k = i + 1, #context do
      local pair = a .. "\0" .. context[k]
      pairs_of[pair] = (pairs_of[pair] or 0) + 1
    end
  end
end

-- The sum of n log(n / total): the logarithm of the likelihood of counts under their own shares.
local function likelihood(...)
  local sum, total = 0, 0
  for _, n in ipairs { ... } do
    if n > 0 then sum = sum + n * math.log(n) end
    total = total + n
  end
  return total > 0 and sum - total * math.log(total) or 0
end

local found = {}
for pair, both in pairs(pairs_of) do
  local a, b = pair:match "^(.-)%z(.*)$"
  local only_a, only_b = alone[a] - both, alone[b] - both
  local neither = stories - both - only_a - only_b
  local ratio = 2 * (likelihood(both, only_a, only_b, neither)
    - likelihood(both + only_a, only_b + neither) - likelihood(both + only_b, only_a + neither))
  if both > 1 then found[#found + 1] = { a = a, b = b, both = both, ratio = ratio } end
end
table.sort(found, function(x, y)
  if x.ratio ~= y.ratio then return x.ratio > y.ratio end
  return x.a .. "\0" .. x.b < y.a .. "\0" .. y.b
end)
for i = 1, math.min(tonumber(limit) or 20, #found) do
  local pair = found[i]
  print(("%6.1f  %3d of %3d and %3d  %s + %s"):format(
    pair.ratio, pair.both, alone[pair.a], alone[pair.b], pair.a, pair.b))
end
