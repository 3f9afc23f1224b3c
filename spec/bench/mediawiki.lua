--- What the wrappings cost beside the wikitext in them, and what finding stories again costs: `make bench-mediawiki`.
local core = require "newsarchive.core"

local PAGES, RUNS = 2000, 5

-- Day pages from the example's, one for each of many days.
local function day_pages()
  local texts, pages = {}, {}
  for day = 9, 19 do
    local file <close> = assert(io.open(("examples/current-events/pages/1989-11-%02d.wiki"):format(day)))
    texts[#texts + 1] = file:read "a":gsub("^.-\n", "", 1):gsub("}}%s*$", "")
  end
  for i = 1, PAGES do
    local date = os.date("!%Y-%m-%d", 86400 * (i + 3650))
    pages[i] = { date = date, text = texts[i % #texts + 1]:rep(6) }
  end
  return pages
end

local function title_of(page)
  local year, month, day = page.date:match "(%d+)-(%d+)-(%d+)"
  local names = { "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December" }
  return ("Portal:Current events/%s %s %d"):format(year, names[tonumber(month)], tonumber(day))
end

local function answer_of(pages)
  local list = {}
  for i, page in ipairs(pages) do
    list[i] = { title = title_of(page), revisions = { { slots = { main = { content = page.text } } } } }
  end
  return core.encode_json { query = { pages = list } }
end

local function export_of(pages)
  local parts = { "<mediawiki>\n" }
  for _, page in ipairs(pages) do
    parts[#parts + 1] = ("<page><title>%s</title><revision><text>%s</text></revision></page>\n"):format(
      title_of(page), core.escape(page.text))
  end
  parts[#parts + 1] = "</mediawiki>\n"
  return table.concat(parts)
end

-- The median of the CPU seconds of some runs, and what the last one gave.
local function seconds(call)
  local times, result = {}, nil
  for i = 1, RUNS do
    collectgarbage()
    local start = os.clock()
    result = call()
    times[i] = os.clock() - start
  end
  table.sort(times)
  return times[(RUNS + 1) // 2], result
end

local function edited(report)
  local new = core.report()
  for i = 1, report:counts().stories do
    local story = report:story(i)
    story.title = story.title:gsub("^%S+ %S+", "It is said that", 1)
    story.sources = nil
    new:add(story)
  end
  return new
end

local pages = day_pages()
local answer, export = answer_of(pages), export_of(pages)
local plain, report = seconds(function()
  local read = core.report()
  for _, page in ipairs(pages) do read:read("wikitext", page.text, { date = page.date }) end
  return read
end)
print(("%d pages, %.1f MB, %d stories; median of %d runs, CPU"):format(
  PAGES, #answer / 1e6, report:counts().stories, RUNS))
print(("wikitext by itself         %6.3f s  %8.0f pages/s"):format(plain, PAGES / plain))
for _, format in ipairs { "mediawiki-json", "mediawiki-xml" } do
  local text = format == "mediawiki-json" and answer or export
  local time = seconds(function() return core.report():read(format, text) end)
  print(("in %-23s %6.3f s  %8.0f pages/s, %.2f times"):format(format, time, PAGES / time, time / plain))
end
local same = seconds(function() return core.match(report, report) end)
print(("found again, unchanged     %6.3f s  %8.0f stories/s"):format(same, report:counts().stories / same))
local changed = edited(report)
local found = seconds(function() return core.match(report, changed) end)
print(("found again, all reworded  %6.3f s  %8.0f stories/s"):format(found, report:counts().stories / found))
