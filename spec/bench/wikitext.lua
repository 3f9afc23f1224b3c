-- make bench-wikitext: pages a second, and what doubling a page does to the time. Pages: the shared samples where they
-- are at hand (NEWSARCHIVE_SHARED, ../shared), the specs' own otherwise. Processor time, median of five runs.
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

local list, bytes, folder = pages()
local seconds = cost(function()
  for _, page in ipairs(list) do read(page.text, page.path) end
end)
print(("%d pages of %.1f kB in %s"):format(#list, bytes / #list / 1000, folder))
print(("%.0f pages a second, %.0f MB/s, stories included"):format(#list / seconds, bytes / seconds / 1e6))

local body = {}
for _, page in ipairs(list) do
  body[#body + 1] = page.text:gsub("{{Current events[^\n]*\n", "\n"):gsub("}}%s*$", "\n")
end
local one = table.concat(body, "\n")

local shapes = {
  { "news", one:rep(10) },
  { "[[ nested", ("[["):rep(20000) .. ("]]"):rep(20000) },
  { "[[ on lines", ("* [[a\n"):rep(40000) },
  { "{{ nested", ("{{a|"):rep(20000) .. ("}}"):rep(20000) },
  { "[http nested", ("* [http://a "):rep(20000) },
  { "sources in a row", "* Text " .. ("[http://a B] "):rep(20000) },
  { "-{ nested", ("-{zh-hans:a;"):rep(20000) .. ("}-"):rep(20000) },
  { "<ref> unclosed", ("* a<ref>b "):rep(20000) },
  { "comments unclosed", ("<!-- "):rep(5000) },
  { "paragraphs", ("a [[b]] c\n"):rep(40000) },
  { "apostrophes", ("'' ''' "):rep(5000) },
  { "deep lists", ("*"):rep(20000) .. " a\n" },
  { "one topic, many items", "* " .. ("[[a]] "):rep(2000) .. "\n" .. ("** b\n"):rep(40000) },
}
for _, shape in ipairs(shapes) do
  local name, text = shape[1], shape[2]
  local double = text .. "\n" .. text
  local once, twice = cost(function() read(text) end), cost(function() read(double) end)
  print(("%-22s %8.1f kB %8.2f ms %7.0f MB/s; doubled: %.2f times"):format(name, #text / 1000, once * 1000,
    #text / once / 1e6, twice / once))
end

local nested = ("[["):rep(100000) .. "a" .. ("]]"):rep(100000)
print(("100,000 nested brackets: %.3f s"):format(cost(function() read(nested) end)))
local large = one:rep(10000000 // #one + 1)
print(("a page of %.0f MB: %.3f s"):format(#large / 1e6, cost(function() read(large) end)))
