-- usage: million.lua SMALL.jsonl LARGE.jsonl
-- How indexing, opening, searching and relating grow from one generated archive to a larger one, each step in a process of its
-- own.

local env = require "spec.support.env"
local queries = require "spec.bench.queries"
local running = require "spec.bench.running"

local QUERIES = 500 -- in a set
local SAMPLED = 20000 -- titles that queries are made of

local command = env.command()

local function count_lines(path)
  local count = 0
  for _ in io.lines(path) do count = count + 1 end
  return count
end

local function sample_titles(path, stories)
  local titles, step, met = {}, math.max(1, stories // SAMPLED), 0
  for line in io.lines(path) do
    if met % step == 0 then titles[#titles + 1] = line:match '"title":"([^"]*)"' end
    met = met + 1
  end
  return titles
end

local function measure(path, folder)
  local stories, archive = count_lines(path), folder:file "news.na"
  local used = running.use { command, "index", "--output", archive, path }
  local titles = sample_titles(path, stories)
  local asked = folder:write("queries", queries.text(queries.draw(function(i) return titles[i] end, #titles, QUERIES)))
  local answered, message = running.numbers { env.interpreter(), "spec/bench/ask.lua", archive, asked }
  if not answered then error(message, 0) end
  local related, why = running.numbers { env.interpreter(), "spec/bench/relate_sample.lua", archive }
  if not related then error(why, 0) end
  local whole = running.use { command, "search", archive, (titles[1]:match "%a%a%a%a+") }
  local figures = {
    { "stories", stories, "%d" },
    { "index, CPU s", used.cpu, "%.2f" },
    { "index, peak memory, MB", used.peak / 1e6, "%.0f" },
    { "index, peak memory, bytes a story", used.peak / stories, "%.0f" },
    { "file, bytes a story", running.size(archive) / stories, "%.0f" },
    { "open, CPU ms", answered[#answered] / 1000, "%.2f" },
    { "open to first answer, CPU ms", answered[1] / 1000, "%.2f" },
    { "newsarchive search, CPU ms", whole.cpu * 1000, "%.0f" },
    { "newsarchive search, peak memory, MB", whole.peak / 1e6, "%.0f" },
  }
  figures[#figures + 1] = { "relating a story, µs", related[1], "%.1f" }
  for words = 1, queries.SETS do
    local label = ("%d word%s, µs "):format(words, words > 1 and "s" or "")
    figures[#figures + 1] = { label .. "median", answered[2 * words], "%.1f" }
    figures[#figures + 1] = { label .. "p99", answered[2 * words + 1], "%.1f" }
  end
  return figures
end

local folder <close> = env.folder()
local small = measure(assert(arg[1], "usage: million.lua SMALL.jsonl LARGE.jsonl"), folder)
local large = measure(arg[2], folder)
for i, row in ipairs(large) do
  local label, before, now, form = row[1], small[i][2], row[2], row[3]
  local gap = (" "):rep(40 - utf8.len(label)) -- %-40s would count bytes
  print(("%s%s %12s %12s   x %.2f"):format(label, gap, form:format(before), form:format(now), now / before))
end
