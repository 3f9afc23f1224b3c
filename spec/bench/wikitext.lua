-- make bench-wikitext: pages a second, and what doubling a page does to the time. Pages: the shared samples where they
-- are at hand (NEWSARCHIVE_SHARED, ../shared), the specs' own otherwise. Processor time, medians.
local core = require "newsarchive.core"

local RUNS = 5
local SECONDS = 0.4 -- of one run: long enough for the clock, short enough for a shared machine

local function slurp(path)
  local file = io.open(path, "rb")
  if not file then return nil end
  local text = file:read "a"
  file:close()
  return text
end

local function pages()
  local list, bytes = {}, 0
  local shared = (os.getenv "NEWSARCHIVE_SHARED" or "../shared") .. "/data/wikitext/"
  local names = slurp(shared .. "SOURCES.tsv")
  local folder = names and shared or "spec/fixtures/wikitext/"
  names = names or slurp(folder .. "PAGES")
  for name in names:gmatch "(%d%d%d%d%-%d%d%-%d%d%.%a+%.wiki)" do
    local text = slurp(folder .. name)
    list[#list + 1] = { path = name, text = text }
    bytes = bytes + #text
  end
  return list, bytes, folder
end

local function median(times)
  table.sort(times)
  return times[#times // 2 + 1]
end

-- Processor seconds of one call, the median of five runs of many.
local function cost(work)
  collectgarbage()
  work()
  local start, rounds = os.clock(), 0
  repeat
    work()
    rounds = rounds + 1
  until os.clock() - start > SECONDS
  local times = {}
  for i = 1, RUNS do
    collectgarbage()
    start = os.clock()
    for _ = 1, rounds do work() end
    times[i] = (os.clock() - start) / rounds
  end
  return median(times)
end

local function read(text, path)
  local report = core.report():read("wikitext", text, { path = path })
  report:close()
end

-- ---- doubling ----

-- The same bytes are read as many small pages and as few large ones: were the time of a page linear in its size, all
-- would take the same time. So each time is of as many bytes, read into one report as a folder of pages is.
local SMALLEST = 3600 -- bytes: a page of the portal
local SIZES = 11      -- each the double of the one before, up to 3.7 MB
local BYTES = SMALLEST << (SIZES - 1)
local ROUNDS = 8      -- times of each size, none shorter than
local SHORTEST = 0.02 -- seconds
local TRIES = 3

-- Pages of `size` bytes, each a string of its own: `head`, then `unit` as often as there is room, then as many `tail`.
local function repeated(unit, tail, head)
  head, tail = head or "", tail or ""
  return function(size)
    local count, texts = math.max(1, (size - #head) // (#unit + #tail)), {}
    for i = 1, BYTES // size do texts[i] = head .. unit:rep(count) .. tail:rep(count) end
    return texts
  end
end

-- The samples one after the other, without what tells their days, again and again; cut between lines.
local function news(list)
  local body = {}
  for i, page in ipairs(list) do
    body[i] = page.text:gsub("{{Current events[^\n]*\n", "\n"):gsub("}}%s*$", "\n")
  end
  local one = table.concat(body, "\n")
  local all = one:rep(BYTES // #one + 1)
  return function(size)
    local texts, from = {}, 1
    for to = size, BYTES, size do
      local last = all:find("\n", to, true) or #all
      texts[#texts + 1] = all:sub(from, last)
      from = last + 1
    end
    return texts
  end
end

local function shapes(list)
  return {
    { "news", news(list) },
    { "[[ nested", repeated("[[", "]]") },
    { "[[ on lines", repeated "* [[a\n" },
    { "{{ nested", repeated("{{a|", "}}") },
    { "[http nested", repeated "* [http://a " },
    { "sources in a row", repeated("[http://a B] ", "", "* Text ") },
    { "-{ nested", repeated "-{zh-hans:a;" },
    { "<ref> unclosed", repeated "* a<ref>b " },
    { "comments unclosed", repeated "* a <!-- b\n" },
    { "paragraphs", repeated "a [[b]] c\n" },
    { "apostrophes", repeated "'' ''' " },
    { "deep lists", repeated("*", " a\n") },
    { "one topic, many items", repeated("** b\n", "", "* " .. ("[[a]] "):rep(300) .. "\n") },
  }
end

-- Processor seconds of a report of all `texts`, made `passes` times. Lua's collector has nothing to do with it.
local function time(texts, passes)
  collectgarbage()
  collectgarbage "stop"
  local start = os.clock()
  for _ = 1, passes do
    local report = core.report()
    for i = 1, #texts do report:read("wikitext", texts[i]) end
    report:close()
  end
  local seconds = (os.clock() - start) / passes
  collectgarbage "restart"
  return seconds
end

-- times[size][round]. The sizes take turns, up and down again: what else the machine does falls on all alike.
local function times_of(make)
  local texts, times = {}, {}
  for i = 1, SIZES do texts[i], times[i] = make(SMALLEST << (i - 1)), {} end
  local passes = 1 + math.floor(SHORTEST / time(texts[SIZES], 1))
  for round = 0, ROUNDS do -- the first warms up
    for i = 1, SIZES do
      local size = round % 2 == 0 and i or SIZES + 1 - i
      times[size][round] = time(texts[size], passes)
    end
  end
  return times
end

-- What each doubling does to the time of a page: the median over the rounds, in which both were timed one after the other.
local function ratios_of(times)
  local ratios = {}
  for i = 2, SIZES do
    local list = {}
    for round = 1, ROUNDS do list[round] = 2 * times[i][round] / times[i - 1][round] end
    ratios[i - 1] = median(list)
  end
  return ratios
end

-- The same of each size beside itself in the next round, where it would be 2 but for noise: the greatest distance from that.
local function noise_of(times)
  local noise = 0
  for i = 1, SIZES do
    local list = {}
    for round = 1, ROUNDS - 1 do
      local ratio = times[i][round] / times[i][round + 1]
      list[round] = 2 * (round % 2 == 0 and 1 / ratio or ratio)
    end
    noise = math.max(noise, math.abs(median(list) - 2))
  end
  return noise
end

-- A doubling that takes more than twice the time is timed again, and counts where it takes that long each of TRIES times.
local function doublings(make)
  local best, noise, times = {}, 0, nil
  for i = 2, SIZES do best[i - 1] = math.huge end
  for _ = 1, TRIES do
    times = times_of(make)
    noise = math.max(noise, noise_of(times))
    for i, ratio in ipairs(ratios_of(times)) do best[i] = math.min(best[i], ratio) end
    if math.max(table.unpack(best)) <= 2 + noise then break end
  end
  return best, noise, BYTES / median(times[1]) / 1e6, BYTES / median(times[SIZES]) / 1e6
end

-- ---- what is printed ----

local list, bytes, folder = pages()
local seconds = cost(function()
  for _, page in ipairs(list) do read(page.text, page.path) end
end)
print(("%d pages of %.1f kB in %s"):format(#list, bytes / #list / 1000, folder))
print(("%.0f pages a second, %.0f MB/s, stories included"):format(#list / seconds, bytes / seconds / 1e6))

local nested = ("[["):rep(100000) .. "a" .. ("]]"):rep(100000)
print(("100,000 nested brackets: %.3f s"):format(cost(function() read(nested) end)))
local large = table.concat(news(list)(BYTES)):rep(3):sub(1, 10000000)
print(("a page of %.0f MB: %.3f s"):format(#large / 1e6, cost(function() read(large) end)))

print "\nhow many times longer a page takes that is twice as long; noise is how far a page is from 2 beside itself"
io.write(("%-24s"):format "page of ... kB")
for i = 2, SIZES do io.write(("%6.0f"):format((SMALLEST << (i - 1)) / 1000)) end
print "  noise   MB/s: first, last"
local over, worst = {}, 0
for _, shape in ipairs(shapes(list)) do
  local ratios, noise, first, last = doublings(shape[2])
  io.write(("%-24s"):format(shape[1]))
  for _, ratio in ipairs(ratios) do io.write(("%6.2f"):format(ratio)) end
  print(("%7.2f %6.0f %6.0f"):format(noise, first, last))
  local most = math.max(table.unpack(ratios))
  worst = math.max(worst, most)
  if most > 2 + noise then over[#over + 1] = shape[1] end
end
print(("doubling a page never more than doubles the time: %s (worst %.2f)"):format(
  #over == 0 and "met, within the noise" or "NOT MET by " .. table.concat(over, ", "), worst))
