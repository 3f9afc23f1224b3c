-- usage: peers.lua STORIES.jsonl
-- The same stories and the same queries through SQLite's FTS5, Xapian and Hugo and through this project, in turns in
-- one run: medians and quartiles of what each round gave, and of the ratios of the two sides of a round. Times are CPU
-- time; a ratio below 1 says that this project takes less. The peers keep the words of titles alone, this project the
-- whole stories. A peer that is not there is passed over with a message.

local env = require "spec.support.env"
local hugo = require "spec.bench.hugo"
local newsarchive = require "newsarchive"
local queries = require "spec.bench.queries"
local running = require "spec.bench.running"

local ROUNDS = tonumber(os.getenv "BENCH_ROUNDS") or 5
local QUERIES = 500 -- in a set
local PROCESSES = 20 -- of which the median counts
local HUGO_STORIES = tonumber(os.getenv "HUGO_STORIES") or 10000 -- related content is quadratic in Hugo

local PEERS = {
  { name = "FTS5", script = "fts5.py", module = "sqlite3" },
  { name = "Xapian", script = "xapian_titles.py", module = "xapian" },
}

local command = env.command()

-- ---- rounds ----

-- A figure of every round of both sides.
local function new_figures()
  return { order = {} }
end

local function note(figures, label, own, peer)
  if not figures[label] then
    figures[label] = { own = {}, peer = {}, ratio = {} }
    table.insert(figures.order, label)
  end
  local figure = figures[label]
  table.insert(figure.own, own)
  table.insert(figure.peer, peer)
  table.insert(figure.ratio, own / peer)
end

local function print_figures(figures, peer)
  print(("%-26s %26s %30s   %s"):format("", "newsarchive", peer, "ratio"))
  for _, label in ipairs(figures.order) do
    local figure = figures[label]
    local form = queries.quantile(figure.own, 0.5) < 10 and "%.3f" or "%.1f"
    local gap = (" "):rep(26 - utf8.len(label)) -- %-26s would count bytes
    print(("%s%s %26s %30s   %s"):format(label, gap, running.spread(figure.own, form),
      running.spread(figure.peer, form), running.spread(figure.ratio, "%.3f")))
  end
  print()
end

-- ---- searching ----

local function own_index(stories, archive)
  local used = running.use { command, "index", "--output", archive, stories }
  return { used.cpu, used.peak / 1024, running.size(archive) }
end

local function check(numbers, message)
  return numbers or error(message, 0)
end

-- `asked` is a file of queries.
local function compare_search(peer, stories, asked, folder)
  local archive, database = folder:file "news.na", folder:file(peer.name)
  local figures = new_figures()
  for _ = 1, ROUNDS do
    local own = own_index(stories, archive)
    local other = check(running.numbers(running.peer(peer.script, "index", stories, database)))
    note(figures, "index, CPU s", own[1], other[1])
    note(figures, "peak memory, MB", own[2] / 1024, other[2] / 1024)
    note(figures, "file, MB", own[3] / 1e6, other[3] / 1e6)
    own = check(running.numbers { env.interpreter(), "spec/bench/ask.lua", archive, asked })
    other = check(running.numbers(running.peer(peer.script, "query", database, asked)))
    note(figures, "open to first answer, ms", own[1] / 1000, other[1] / 1000)
    for words = 1, queries.SETS do
      local label = ("%d word%s, µs "):format(words, words > 1 and "s" or "")
      note(figures, label .. "median", own[2 * words], other[2 * words])
      note(figures, label .. "p99", own[2 * words + 1], other[2 * words + 1])
    end
  end
  print_figures(figures, peer.name)
end

-- ---- whole processes ----

local function time_processes(label, words_of)
  local wall, cpu, peak = {}, {}, {}
  for i = 1, PROCESSES do
    local used = running.use(words_of(i))
    wall[i], cpu[i], peak[i] = used.wall * 1000, used.cpu * 1000, used.peak / 1e6
  end
  print(("%-26s wall %s ms, CPU %s ms, peak %s MB"):format(label, running.spread(wall, "%.1f"),
    running.spread(cpu, "%.1f"), running.spread(peak, "%.0f")))
end

local function compare_processes(archive, sets, ids)
  print(("whole processes, %d each: median and quartiles"):format(PROCESSES))
  time_processes("newsarchive search", function(i) return { command, "search", archive, sets[2][i] } end)
  time_processes("newsarchive related", function(i) return { command, "related", archive, ids[i] } end)
  print()
end

-- ---- publishing ----

local function compare_sites(stories, count)
  local site <close> = env.folder()
  local written = hugo.write(site, io.lines(stories), math.max(1, count // HUGO_STORIES))
  local figures = new_figures()
  for _ = 1, ROUNDS do
    os.execute("rm -rf " .. env.quote(site:file "own") .. " " .. env.quote(site:file "hugo"))
    local own = running.use { command, "build", site.path, "--output", site:file "own" }
    local other = running.use { "hugo", "--quiet", "--source", site.path, "--destination", site:file "hugo" }
    note(figures, "build, CPU s", own.cpu, other.cpu)
    note(figures, "build, wall s", own.wall, other.wall)
    note(figures, "peak memory, MB", own.peak / 1e6, other.peak / 1e6)
  end
  print(("a site of %d stories with related ones"):format(written))
  print_figures(figures, "Hugo")
end

-- ---- all ----

-- Evenly spread titles and ids: the whole archive would say no more.
local function sample(stories)
  local archive = newsarchive.new { language = "en" }
  archive:read(stories)
  local count, titles, ids = #archive, {}, {}
  for i = 1, count do titles[i] = select(2, archive.core:card(i)) end
  for i = 1, PROCESSES do ids[i] = (archive.core:card(i * count // PROCESSES)) end
  return titles, ids
end

local stories = assert(arg[1], "usage: peers.lua STORIES.jsonl")
local folder <close> = env.folder()
local titles, ids = sample(stories)
local sets = queries.draw(function(i) return titles[i] end, #titles, QUERIES)
local asked = folder:write("queries", queries.text(sets))
print(("%d stories, %d rounds: median (quartiles)\n"):format(#titles, ROUNDS))
for _, peer in ipairs(PEERS) do
  if running.has(peer.module) then
    compare_search(peer, stories, asked, folder)
  else
    print(("%s: not there (python3-%s): passed over\n"):format(peer.name, peer.module))
  end
end
own_index(stories, folder:file "news.na")
compare_processes(folder:file "news.na", sets, ids)
if env.run({ "hugo", "version" }).status == 0 then
  compare_sites(stories, #titles)
else
  print "Hugo: not there (hugo): passed over"
end
