-- What the benchmarks of searching share: queries made of the words of titles, and times.
local queries = {}

local SEED = 42
local LEAST_LETTERS = 4 -- nobody searches "the"
queries.SETS = 3 -- of one, two and three words

local function words_of(title)
  local words = {}
  for word in title:gmatch "%f[%w]%a+%f[%W]" do
    if #word >= LEAST_LETTERS then words[#words + 1] = word end
  end
  return words
end

-- `count` different words, or nil where the title has not so many.
local function draw(words, count)
  local query, used = {}, {}
  for _ = 1, #words do
    local word = words[math.random(#words)]
    if not used[word] and #query < count then query[#query + 1] = word end
    used[word] = true
  end
  return #query == count and table.concat(query, " ") or nil
end

--- Sets of queries of one, two and three words, the words of each from one title.
-- @tparam function title_of gives a title for a number
-- @tparam integer titles how many there are
-- @tparam integer count of queries in each set
-- @treturn {{string,...},...} the same for the same titles
function queries.draw(title_of, titles, count)
  math.randomseed(SEED)
  local sets = {}
  for words = 1, queries.SETS do
    local set = {}
    while #set < count do set[#set + 1] = draw(words_of(title_of(math.random(titles))), words) end
    sets[words] = set
  end
  return sets
end

--- The sets as a text: a query a line, an empty line between sets.
-- @tparam {{string,...},...} sets
-- @treturn string
function queries.text(sets)
  local parts = {}
  for i, set in ipairs(sets) do parts[i] = table.concat(set, "\n") end
  return table.concat(parts, "\n\n") .. "\n"
end

--- The sets of such a text.
-- @tparam string text
-- @treturn {{string,...},...}
function queries.parse(text)
  local sets = { {} }
  for line in text:gmatch "([^\n]*)\n" do
    if line == "" then sets[#sets + 1] = {} else table.insert(sets[#sets], line) end
  end
  return sets
end

--- A quantile of numbers, which are sorted by it.
-- @tparam {number,...} numbers
-- @tparam number share 0 to 1
-- @treturn number
function queries.quantile(numbers, share)
  table.sort(numbers)
  return numbers[math.max(1, math.ceil(#numbers * share))]
end

local REPEATS = 3

-- Microseconds of a call: the least of some, since others use the machine, too.
local function microseconds(call, query)
  local least = math.huge
  for _ = 1, REPEATS do
    local from = os.clock()
    call(query)
    least = math.min(least, os.clock() - from)
  end
  return least * 1e6
end

--- Microseconds of CPU time that the queries of a set take.
-- @tparam function call is given a query
-- @tparam {string,...} set
-- @treturn number median
-- @treturn number 99th percentile
function queries.measure(call, set)
  local times = {}
  for i, query in ipairs(set) do times[i] = microseconds(call, query) end
  return queries.quantile(times, 0.5), queries.quantile(times, 0.99)
end

return queries
