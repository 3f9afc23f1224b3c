-- Relations by relevance on the judged set: quality beside the reference's rule, cost beside looking at every story,
-- what lists rest on, who is never linked to, and how many old pages a new day changes.
local core = require "newsarchive.core"
local env = require "spec.support.env"
local newsarchive = require "newsarchive"

local SAMPLED = 2000 -- stories whose lists are compared with the exhaustive ones
local DAYS = tonumber(os.getenv "BENCH_DAYS") or 5 -- that are added for the churn
local LIMIT, RUN_LIMIT, PAGE_LIMIT, PAGE_LEAST = 10, 60, 5, 0.12

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

local function archive_of(lines, last)
  local report = core.report()
  report:read("jsonl", table.concat(lines, "\n", 1, last), { path = "all.jsonl" })
  local archive = newsarchive.new()
  archive.core:add(report)
  return archive
end

local function write_run(path, archive, lists)
  local file <close> = assert(io.open(path, "wb"))
  for i, found in lists do
    local ids = { (archive.core:card(i)) }
    for k = 1, #found, 2 do ids[#ids + 1] = (archive.core:card(found[k])) end
    file:write(table.concat(ids, " "), "\n")
  end
end

local function score(tool, arguments)
  local program = env.shared("tools/" .. tool)
  if not program then return print("  (" .. tool .. " is not there)") end
  local pipe <close> = assert(io.popen(("/usr/bin/python3 %s %s"):format(env.quote(program), arguments)))
  io.write(pipe:read "a")
end

local function by_context(archive)
  local i = 0
  return function()
    i = i + 1
    if i <= #archive then return i, archive.core:related(i, RUN_LIMIT, "context") end
  end
end

local function quality(folder, archive)
  local dev = unpacked(folder, "dev.jsonl")
  local queries = env.shared "data/relate/dev.queries"
  write_run(folder:file "relevance", archive, archive:relate { limit = RUN_LIMIT })
  write_run(folder:file "context", archive, by_context(archive))
  for _, mode in ipairs { "", "--background " } do
    score("score_related.py", ("--qrels %s --queries %s %s%s %s"):format(dev, queries, mode, folder:file "relevance",
      folder:file "context"))
  end
  local file <close> = assert(io.open(folder:file "threads", "wb"))
  local seconds, threads = env.cpu_seconds(archive.threads, archive)
  for _, thread in ipairs(threads) do
    for _, id in ipairs(thread) do file:write(id, "\t", thread.id, "\n") end
  end
  file:flush()
  print(("threads of two and more stories: %d, %.1f CPU s"):format(#threads, seconds))
  score("score_threads.py", ("--qrels %s %s"):format(dev, folder:file "threads"))
end

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
  print(("relating %d stories, ten each, one thread: %.1f CPU s"):format(count, seconds))
  print(("beside looking at every story: 1 : %.0f; of %d lists differ: %d"):format(slow / fast, count // step,
    differing))
  return lists
end

-- A list rests on one term where this is the greatest reason of every entry, and more than half of each score.
local function rests_on_one(relations, i, found)
  local only
  for k = 1, #found, 2 do
    local reasons = relations:why(i, found[k])
    if reasons[1].share <= found[k + 1] / 2 or only and only ~= reasons[1].text then return false end
    only = reasons[1].text
  end
  return only ~= nil
end

local function links(relations, lists)
  local linked, resting, empty, never = {}, 0, 0, 0
  for i, found in ipairs(lists) do
    for k = 1, #found, 2 do linked[found[k]] = true end
    if #found == 0 then empty = empty + 1 end
    if rests_on_one(relations, i, found) then resting = resting + 1 end
  end
  for i = 1, #lists do never = never + (linked[i] and 0 or 1) end
  print(("lists that rest on one term alone: %.1f %%; empty lists: %.1f %%; stories never linked to: %.1f %%"):format(
    100 * resting / #lists, 100 * empty / #lists, 100 * never / #lists))
end

-- What a page shows, as a text: what led to the story and what happened next.
local function pages_of(archive)
  local pages = {}
  for _, direction in ipairs { "before", "after" } do
    for i, found in archive:relate { limit = PAGE_LIMIT, least = PAGE_LEAST, direction = direction } do
      local ids = { pages[i] or "" }
      for k = 1, #found, 2 do ids[#ids + 1] = (archive.core:card(found[k])) end
      pages[i] = table.concat(ids, " ")
    end
  end
  return pages
end

-- Old pages that change for each story of a day that is added; the days are spread over the last tenth of the archive.
local function churn(lines)
  local rates, newest = {}, nil
  for d = 1, DAYS do
    local last = #lines - (d - 1) * (#lines // 10 // DAYS)
    local date = lines[last]:match '"date":%s*"([^"]+)'
    local first = last
    while lines[first - 1]:match '"date":%s*"([^"]+)' == date do first = first - 1 end
    local before, after, changed = pages_of(archive_of(lines, first - 1)), pages_of(archive_of(lines, last)), 0
    for i = 1, first - 1 do
      if before[i] ~= after[i] then changed = changed + 1 end
    end
    newest = newest or after
    rates[d] = changed / (last - first + 1)
    print(("  %s: %d new stories change %d old pages"):format(date, last - first + 1, changed))
  end
  local empty = 0
  for _, page in ipairs(newest) do empty = empty + (page:find "%S" and 0 or 1) end
  print(("pages with nothing before and nothing after: %.0f %%"):format(100 * empty / #newest))
  table.sort(rates)
  print(("churn: %.1f old pages for each new story (median)"):format(rates[(#rates + 1) // 2]))
end

local folder <close> = env.folder()
local path = unpacked(folder, "all.jsonl")
if not path then
  print "the judged set is not there: nothing is measured"
else
  local lines = read_lines(path)
  local archive = archive_of(lines)
  local seconds, relations = env.cpu_seconds(core.relations, archive.core, "en")
  print(("words and names of %d stories: %.1f CPU s"):format(#archive, seconds))
  links(relations, cost(relations, #archive))
  quality(folder, archive)
  churn(lines)
end
