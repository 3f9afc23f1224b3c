-- Relations on the judged set, beside the reference's rule and SQLite's FTS5: how good they are, what they cost, what
-- lists rest on, who is never linked to, and how many old pages a new day changes.
local core = require "newsarchive.core"
local env = require "spec.support.env"
local learn = require "newsarchive.rules.learn"
local newsarchive = require "newsarchive"

local LEAST_SHARE = require("newsarchive.related").LEAST_SHARE
local SAMPLED = 2000 -- stories whose lists are compared with the exhaustive ones
local DAYS = tonumber(os.getenv "BENCH_DAYS") or 7 -- that are added for the churn
local LIMIT, RUN_LIMIT, PAGE_LIMIT = 10, 60, 5
local FTS5_EVERY = 5 -- every so many-th query is asked of FTS5, which takes long

local function unpacked(folder, name)
  local packed = env.shared("data/relate/" .. name .. ".zst")
  if not packed then return nil end
  os.execute(("zstd -qdc %s > %s"):format(env.quote(packed), env.quote(folder:file(name))))
  return folder:file(name)
end

local function read_lines(path)
  local lines = {}
  for line in io.lines(path) do lines[#lines + 1] = line end
  return lines
end

local function report_of(lines, last)
  local report = core.report()
  report:read("jsonl", table.concat(lines, "\n", 1, last), { path = "all.jsonl" })
  return report
end

local function archive_of(report)
  local archive = newsarchive.new()
  archive.core:add(report)
  return archive
end

-- ---- quality ----

local function write_run(path, archive, lists)
  local file <close> = assert(io.open(path, "wb"))
  for i, found in lists do
    local ids = { (archive.core:card(i)) }
    for k = 1, #found, 2 do ids[#ids + 1] = (archive.core:card(found[k])) end
    file:write(table.concat(ids, " "), "\n")
  end
end

local function output_of(command)
  local pipe <close> = assert(io.popen(command))
  return pipe:read "a"
end

-- nDCG@10 with its interval, over all candidates and over older ones.
local function scores(folder, run, queries)
  local tool, shown = env.shared "tools/score_related.py", {}
  if not tool then return "(score_related.py is not there)" end
  for k, mode in ipairs { "", "--background " } do
    local line = output_of(("/usr/bin/python3 %s --json --qrels %s --queries %s %s%s"):format(env.quote(tool),
      folder:file "dev.jsonl", env.quote(queries), mode, env.quote(run)))
    local ndcg = (core.decode_json(line) or {})["nDCG@10"]
    shown[k] = ndcg and ("%.3f [%.3f, %.3f]"):format(table.unpack(ndcg)) or "(not scored)"
  end
  return table.concat(shown, "   ")
end

local function print_row(system, shown, milliseconds)
  print(("  %-24s %s  %s"):format(system, shown, milliseconds and ("%9.2f"):format(milliseconds) or ""))
end

local function by_context(archive, limit)
  local i = 0
  return function()
    i = i + 1
    if i <= #archive then return i, archive.core:related(i, limit, "context") end
  end
end

local function seconds_of(lists)
  local start = os.clock()
  for _ in lists do end
  return os.clock() - start
end

local function fts5(folder)
  local queries, sample = {}, folder:file "sample.queries"
  for line in io.lines(env.shared "data/relate/dev.queries") do queries[#queries + 1] = line end
  local chosen = {}
  for i = 1, #queries, FTS5_EVERY do chosen[#chosen + 1] = queries[i] end
  folder:write("sample.queries", table.concat(chosen, "\n") .. "\n")
  local run = folder:file "fts5"
  local seconds = tonumber(output_of(("/usr/bin/python3 spec/bench/fts5.py %s %s 2>&1 >%s"):format(
    folder:file "all.jsonl", sample, run)))
  if not seconds then return print "  SQLite FTS5: python3 has no sqlite3 with FTS5" end
  print_row(("SQLite FTS5, %d queries"):format(#chosen), scores(folder, run, sample), 1000 * seconds / #chosen)
  return sample
end

-- The reference's rule needs entities, which the stories do not have: those that are learnt from them.
local function with_entities(lines)
  local report = report_of(lines)
  learn.from(report):tag(report, { fields = { "title" } })
  return archive_of(report)
end

local function quality(folder, archive, entities)
  local queries = env.shared "data/relate/dev.queries"
  print(("  %-24s %-20s   %-20s  %9s"):format("nDCG@10", "all candidates", "older ones", "CPU ms a story"))
  local seconds = seconds_of(archive:relate { limit = LIMIT })
  write_run(folder:file "relevance", archive, archive:relate { limit = RUN_LIMIT })
  print_row("relevance", scores(folder, folder:file "relevance", queries), 1000 * seconds / #archive)
  seconds = seconds_of(by_context(entities, LIMIT))
  write_run(folder:file "context", entities, by_context(entities, RUN_LIMIT))
  print_row("the reference's rule", scores(folder, folder:file "context", queries), 1000 * seconds / #entities)
  local sample = fts5(folder)
  if sample then print_row("relevance, the same", scores(folder, folder:file "relevance", sample)) end
end

local function threads(folder, archive)
  local file <close> = assert(io.open(folder:file "threads", "wb"))
  local seconds, found = env.cpu_seconds(archive.threads, archive)
  local longest = 0
  for _, thread in ipairs(found) do
    longest = math.max(longest, #thread)
    for _, id in ipairs(thread) do file:write(id, "\t", thread.id, "\n") end
  end
  file:flush()
  print(("threads of two and more stories: %d, the longest of %d stories; %.1f CPU s"):format(#found, longest, seconds))
  local tool = env.shared "tools/score_threads.py"
  if not tool then return print "  (score_threads.py is not there)" end
  io.write(output_of(("/usr/bin/python3 %s --qrels %s %s"):format(env.quote(tool), folder:file "dev.jsonl",
    folder:file "threads")))
end

-- ---- cost ----

local function cost(relations, count)
  local seconds, lists = env.cpu_seconds(relations.many, relations, 1, count, 1, LIMIT)
  local step, fast, slow, differing = math.max(1, count // SAMPLED), 0, 0, 0
  for i = 1, count, step do
    local took, found = env.cpu_seconds(relations.find, relations, i, LIMIT)
    local took_slowly, expected = env.cpu_seconds(relations.find_slowly, relations, i, LIMIT)
    fast, slow = fast + took, slow + took_slowly
    local same = #found == #expected
    for k = 1, #expected do same = same and found[k] == expected[k] end
    if not same then differing = differing + 1 end
  end
  print(("relating %d stories, ten each, one thread: %.1f CPU s (at most 60)"):format(count, seconds))
  print(("beside looking at every story: 1 : %.0f; of %d lists differ: %d"):format(slow / fast, count // step,
    differing))
  return lists
end

-- ---- what lists rest on ----

-- A list rests on one term where this is the greatest reason of every entry, and more than half of each score.
local function rests_on_one_term(relations, i, found)
  local only
  for k = 1, #found, 2 do
    local reasons = relations:why(i, found[k])
    if reasons[1].share <= found[k + 1] / 2 or only and only ~= reasons[1].text then return false end
    only = reasons[1].text
  end
  return only ~= nil
end

-- By the reference's rule: where no entry shares more than the one entity of all.
local function rests_on_one_entity(_, _, found)
  for k = 2, #found, 2 do
    if #found[k] > 1 or found[k][1] ~= found[2][1] then return false end
  end
  return #found > 0
end

local function links(name, lists, rests, relations)
  local linked, resting, empty, never = {}, 0, 0, 0
  for i, found in ipairs(lists) do
    for k = 1, #found, 2 do linked[found[k]] = true end
    if #found == 0 then empty = empty + 1 end
    if rests(relations, i, found) then resting = resting + 1 end
  end
  for i = 1, #lists do never = never + (linked[i] and 0 or 1) end
  print(("  %-24s %5.1f %%  %5.1f %%  %5.1f %%"):format(name, 100 * resting / #lists, 100 * empty / #lists,
    100 * never / #lists))
end

local function collected(lists)
  local list = {}
  for i, found in lists do list[i] = found end
  return list
end

-- ---- churn ----

local function page(archive, found)
  local ids = {}
  for k = 1, #found, 2 do ids[#ids + 1] = (archive.core:card(found[k])) end
  table.sort(ids) -- a page shows them in order of date
  return table.concat(ids, " ")
end

-- What pages show: the course of a story, and one list of ten.
local function pages_of(archive)
  local course, ten = {}, {}
  for _, direction in ipairs { "before", "next" } do
    local given = { limit = PAGE_LIMIT, least = LEAST_SHARE, direction = direction, fold = true }
    for i, found in archive:relate(given) do course[i] = (course[i] or "") .. page(archive, found) .. "\n" end
  end
  for i, found in archive:relate { limit = LIMIT } do ten[i] = page(archive, found) end
  return { course = course, ten = ten }
end

local function differing(before, after)
  local count = 0
  for i = 1, #before do count = count + (before[i] ~= after[i] and 1 or 0) end
  return count
end

local function print_churn(name, rates, pages)
  local empty = 0
  for _, text in ipairs(pages) do empty = empty + (text:find "%S" and 0 or 1) end
  table.sort(rates)
  print(("  %-24s %.1f old pages for each new story (median); pages with nothing to show: %.1f %%"):format(name,
    rates[(#rates + 1) // 2], 100 * empty / #pages))
end

-- Old pages that change for each story of a day that is added; the days are spread over the last tenth of the archive.
local function churn(lines)
  local rates, newest = { course = {}, ten = {} }, nil
  for d = 1, DAYS do
    local last = #lines - (d - 1) * (#lines // 10 // DAYS)
    local date = lines[last]:match '"date":%s*"([^"]+)'
    local first = last
    while lines[first - 1]:match '"date":%s*"([^"]+)' == date do first = first - 1 end
    local before, after = pages_of(archive_of(report_of(lines, first - 1))), pages_of(archive_of(report_of(lines, last)))
    newest = newest or after
    local fresh, changed = last - first + 1, {}
    for name in pairs(rates) do
      changed[name] = differing(before[name], after[name])
      rates[name][d] = changed[name] / fresh
    end
    print(("  %s: %d new stories change %d courses, %d lists of ten"):format(date, fresh, changed.course, changed.ten))
  end
  print_churn("churn of the courses", rates.course, newest.course)
  print_churn("churn of lists of ten", rates.ten, newest.ten)
end

local folder <close> = env.folder()
if not unpacked(folder, "all.jsonl") or not unpacked(folder, "dev.jsonl") then
  print "the judged set is not there: nothing is measured"
else
  local lines = read_lines(folder:file "all.jsonl")
  local archive, entities = archive_of(report_of(lines)), with_entities(lines)
  local seconds, relations = env.cpu_seconds(core.relations, archive.core)
  print(("words and names of %d stories: %.1f CPU s"):format(#archive, seconds))
  local lists = cost(relations, #archive)
  quality(folder, archive, entities)
  print(("  %-24s %7s  %7s  %7s"):format("lists of ten", "on one", "empty", "stories never linked to"))
  links("relevance", lists, rests_on_one_term, relations)
  links("the reference's rule", collected(by_context(entities, LIMIT)), rests_on_one_entity)
  threads(folder, archive)
  churn(lines)
end
