-- usage: search.lua STORIES.jsonl
-- CPU time of queries of one, two and three words over the titles of the stories, and of SQLite's FTS5 on the same
-- texts and the same queries in the same run (where python3 has it). The words of a query are drawn from one title.

local core = require "newsarchive.core"

local QUERIES, SEED, LIMIT = 500, 42, 10
local LEAST_LETTERS = 4 -- nobody searches "the"

local path = assert(arg[1], "usage: search.lua STORIES.jsonl")
local file <close> = assert(io.open(path, "rb"))
local archive = core.archive "en"
archive:add(core.report():read("jsonl", file:read "a"))
archive:days() -- makes the archive's own indexes

local start = os.clock()
local search = core.search(archive, "en")
print(("%d stories; index of words and names: %.2f CPU s"):format(archive:count(), os.clock() - start))

math.randomseed(SEED)

local function draw(words_of_query)
  while true do
    local _, title = archive:card(math.random(archive:count()))
    local words, query, used = {}, {}, {}
    for word in title:gmatch "%f[%w]%a+%f[%W]" do
      if #word >= LEAST_LETTERS then words[#words + 1] = word end
    end
    for _ = 1, #words do
      local word = words[math.random(#words)]
      if not used[word] and #query < words_of_query then query[#query + 1] = word end
      used[word] = true
    end
    if #query == words_of_query then return table.concat(query, " ") end
  end
end

local function quantile(sorted, share)
  return sorted[math.max(1, math.ceil(#sorted * share))]
end

local REPEATS = 5

-- Microseconds of a call: the least of some, since others use the machine, too.
local function microseconds(call, query, options)
  local least = math.huge
  for _ = 1, REPEATS do
    local from = os.clock()
    call(search, query, options)
    least = math.min(least, os.clock() - from)
  end
  return least * 1e6
end

local function measure(call, queries, options)
  local times = {}
  for i, query in ipairs(queries) do times[i] = microseconds(call, query, options) end
  table.sort(times)
  return quantile(times, 0.5), quantile(times, 0.99)
end

local sets = {}
for words = 1, 3 do
  sets[words] = {}
  for i = 1, QUERIES do sets[words][i] = draw(words) end
end

-- FTS5 with the same stemming, best ten by bm25, the words all there; prints median and 99th percentile.
local PEER = [[
import sqlite3, sys, time, json
db = sqlite3.connect(":memory:")
db.execute("create virtual table t using fts5(title, tokenize='porter unicode61')")
start = time.process_time()
with open(sys.argv[1], encoding="utf-8") as lines:
    db.executemany("insert into t values (?)", ((json.loads(l)["title"],) for l in lines))
built = time.process_time() - start
for words in open(sys.argv[2], encoding="utf-8").read().split("\n\n"):
    times = []
    for query in words.split("\n"):
        least = 1e9
        for _ in range(3):
            start = time.process_time_ns()
            db.execute("select rowid from t where t match ? order by rank limit 10", (query,)).fetchall()
            least = min(least, time.process_time_ns() - start)
        times.append(least / 1000)
    times.sort()
    print(times[len(times) // 2 - 1], times[-(-len(times) * 99 // 100) - 1])
print(built)
]]

local function ask_peer()
  local script, queries = os.tmpname(), os.tmpname()
  local parts = {}
  for words, set in ipairs(sets) do parts[words] = table.concat(set, "\n") end
  for name, text in pairs { [script] = PEER, [queries] = table.concat(parts, "\n\n") } do
    local out <close> = assert(io.open(name, "w"))
    out:write(text)
  end
  local pipe <close> = assert(io.popen(("python3 %s '%s' %s 2>&1"):format(script, path, queries)))
  local answer = pipe:read "a"
  os.remove(script)
  os.remove(queries)
  return answer
end

local numbers = {}
local answer = ask_peer()
for number in answer:gmatch "[%d.]+" do numbers[#numbers + 1] = tonumber(number) end
local has_peer = answer:find "^[%d. \n]+$" ~= nil

print(("%-34s %10s %10s %12s %10s"):format("µs per query", "median", "p99", "FTS5 median", "FTS5 p99"))
for words, set in ipairs(sets) do
  local median, high = measure(search.find, set, { limit = LIMIT })
  local peer = has_peer and ("%12.1f %10.1f"):format(numbers[2 * words - 1], numbers[2 * words]) or ""
  print(("%-34s %10.1f %10.1f %s"):format(words .. (words > 1 and " words" or " word"), median, high, peer))
end
for words = 2, 3 do
  local median, high = measure(search.find, sets[words], { limit = LIMIT, match = "any" })
  print(("%-34s %10.1f %10.1f"):format(words .. " words, any of them", median, high))
end
local few = table.move(sets[3], 1, 50, 1, {})
print(("%-34s %10.1f %10.1f"):format("3 words, looking at every story", measure(search.find_slowly, few, {})))
if has_peer then print(("FTS5: index of titles %.2f CPU s"):format(numbers[#numbers]))
else print("FTS5: not measured: " .. answer:match "[^\n]*") end
