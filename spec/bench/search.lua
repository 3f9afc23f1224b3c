-- usage: search.lua STORIES.jsonl
-- CPU time of queries of one, two and three words over the titles of the stories, beside SQLite's FTS5 on the same
-- texts and the same queries in the same run; then, where the judged set is, how well headlines as queries find what
-- belongs to them, beside FTS5's bm25.

local core = require "newsarchive.core"
local env = require "spec.support.env"
local newsarchive = require "newsarchive"
local queries = require "spec.bench.queries"
local running = require "spec.bench.running"

local QUERIES, LIMIT = 500, 10
local SLOW_QUERIES = 50 -- that look at every story
-- Headlines are long queries, of which FTS5 answers five a second: as many are judged as it can do in this time.
local RANK_SECONDS = tonumber(os.getenv "RANK_SECONDS") or 60
local RUN_LIMIT = 101 -- judging takes some of them out, and the story itself

local function read_archive(path)
  local archive = newsarchive.new { language = "en" }
  assert(#archive:read(path).stories > 0, path .. ": no stories")
  return archive
end

-- ---- time ----

-- Figures of FTS5 for the sets: its index in CPU seconds, then as print_queries in peers/measured.py says.
local function ask_peer(path, sets)
  local folder <close> = env.folder()
  local asked, database = folder:write("queries", queries.text(sets)), folder:file "fts5"
  local made, message = running.numbers(running.peer("fts5.py", "index", path, database))
  if not made then return nil, message end
  return made[1], running.numbers(running.peer("fts5.py", "query", database, asked))
end

local function print_row(label, median, high, peer_median, peer_high)
  local peer = peer_median and ("%12.1f %10.1f"):format(peer_median, peer_high) or ""
  print(("%-34s %10.1f %10.1f %s"):format(label, median, high, peer))
end

local function time(path)
  local archive = read_archive(path)
  local seconds = env.cpu_seconds(archive.search, archive, "") -- makes the index
  print(("%d stories; index of words and names: %.2f CPU s"):format(#archive, seconds))
  local function title_of(i)
    return (select(2, archive.core:card(i)))
  end
  local function find(query) return archive:search(query, { limit = LIMIT }) end
  local function find_any(query) return archive:search(query, { limit = LIMIT, match = "any" }) end
  local sets = queries.draw(title_of, #archive, QUERIES)
  local built, peer = ask_peer(path, sets)
  print(("%-34s %10s %10s %12s %10s"):format("µs per query", "median", "p99", "FTS5 median", "FTS5 p99"))
  for words, set in ipairs(sets) do
    local median, high = queries.measure(find, set)
    print_row(words .. (words > 1 and " words" or " word"), median, high, built and peer[2 * words],
      built and peer[2 * words + 1])
  end
  for words = 2, queries.SETS do
    print_row(words .. " words, any of them", queries.measure(find_any, sets[words]))
  end
  local few, search = table.move(sets[3], 1, SLOW_QUERIES, 1, {}), core.search(archive.core)
  print_row("3 words, looking at every story", queries.measure(function(query) search:find_slowly(query, {}) end, few))
  print(built and ("FTS5: index of titles %.2f CPU s"):format(built) or "FTS5: not measured: " .. peer)
end

-- ---- quality ----

-- Lines of `id id1 id2 ...` for the stories whose ids are in `asked`: their titles as queries, any word of them enough.
local function write_run(archive, asked, path)
  local out <close> = assert(io.open(path, "wb"))
  for id in io.lines(asked) do
    local title = archive:story(id).title
    local ids = { id }
    for hit in archive:search(table.concat(core.words(title), " "), { limit = RUN_LIMIT, match = "any" }) do
      if hit.story.id ~= id then ids[#ids + 1] = hit.story.id end
    end
    out:write(table.concat(ids, " "), "\n")
  end
end

-- The ids of the queries that a run answers.
local function write_ids(run, path)
  local out <close> = assert(io.open(path, "wb"))
  for line in io.lines(run) do out:write(line:match "%S+", "\n") end
end

local function unpacked(folder, name)
  local packed = env.shared("data/relate/" .. name .. ".zst")
  if not packed then return nil end
  os.execute(("zstd -qdc %s > %s"):format(env.quote(packed), env.quote(folder:file(name))))
  return folder:file(name)
end

-- Prints the figures of runs; with differences to `base` where it is given.
local function score(labels, asked, base, ...)
  local words = { running.PYTHON, env.shared "tools/score_related.py", "--qrels", labels, "--queries", asked, ... }
  if base then table.move({ "--base", base }, 1, 2, #words + 1, words) end
  local done = env.run(words)
  io.write(done.status == 0 and done.stdout or "not judged: " .. done.stderr:match "([^\n]*)\n?$" .. "\n")
end

local function quality()
  local folder <close> = env.folder()
  local stories, labels = unpacked(folder, "all.jsonl"), unpacked(folder, "dev.jsonl")
  local asked = env.shared "data/relate/dev.queries"
  if not (stories and labels and asked and env.shared "tools/score_related.py") then
    return print "the judged set is not there: nothing is judged"
  end
  local own, peer, few = folder:file "newsarchive", folder:file "fts5-bm25", folder:file "few"
  write_run(read_archive(stories), asked, own)
  print "headlines as queries, any word enough: what belongs to them among the first ten"
  score(labels, asked, nil, own)
  local ranked, message = running.numbers(running.peer("fts5.py", "rank", stories, asked, peer, tostring(RANK_SECONDS)))
  if not ranked then return print("FTS5: not judged: " .. message) end
  write_ids(peer, few)
  print(("the same beside FTS5's bm25, on %d of them, evenly spread (RANK_SECONDS=%g)"):format(ranked[1], RANK_SECONDS))
  score(labels, few, peer, own, peer)
end

time(assert(arg[1], "usage: search.lua STORIES.jsonl"))
quality()
