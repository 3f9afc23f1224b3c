--- The pages of threads, and their index: from the archive to the data of their templates.
-- @module newsarchive.site.thread_pages
local entities = require "newsarchive.entities"
local pages = require "newsarchive.site.pages"

local thread_pages = {}

local NAMED_MAX = 12    -- entities of a thread
local LARGEST_MAX = 100 -- threads at the head of the index

--- Stories on one page of a thread; beyond it, each year has a page of its own.
thread_pages.STORIES_MAX = 400
--- Threads on one page of the index; beyond it, each year has a page of its own.
thread_pages.THREADS_MAX = 500

-- By day, what happened to the thread: how many stories a turning point has, and how long it was quiet behind the day.
local function events_of(thread)
  local turns, quiet = {}, {}
  for _, point in ipairs(thread.turning_points) do turns[point.date] = point.stories end
  for _, spell in ipairs(thread.quiet) do quiet[spell.from] = spell.days end
  return turns, quiet
end

-- Stories in order of date, each with HTML `link` and `time`; `turned` where its day is a turning point that begins
-- here, and `quiet` where nothing happened for long behind it: both texts.
local function told(book, thread, numbers)
  local turns, quiet = events_of(thread)
  local list, last_day = {}, nil
  for n, i in ipairs(numbers) do
    local day = book.days[i]
    local is_last = not numbers[n + 1] or book.days[numbers[n + 1]] ~= day
    list[n] = {
      link = book.story_links[i], time = book.times[day],
      turned = turns[day] and day ~= last_day and book.words.turned(turns[day]) or nil,
      quiet = quiet[day] and is_last and book.words.quiet(quiet[day]) or nil,
    }
    last_day = day
  end
  return list
end

local function mention(book, i)
  return { link = book.story_links[i], time = book.times[book.days[i]] }
end

local function fields_of(book, thread, address, title)
  local data = pages.fields(book, address, title, "thread")
  data.name, data.count, data.link_home = thread.title, #thread, book:link(thread.address)
  data.description = ("%s: %s, %s – %s"):format(title, book.words.stories(#thread), book.dates[thread.first],
    book.dates[thread.last])
  return data
end

--- The pages of a thread: one, or one for each year as well where it has very many stories.
-- Fields: `name`, `count`, `first` and `last` (HTML `link` and `time`), `named` (HTML `link`, `count`),
-- `turning_points` (`time`, HTML; `text`), and `stories` (HTML `link` and `time`; `turned` and `quiet`, texts, where
-- there is something to say), or `years` (`text`, `count`, `link`); `year` on the page of one.
-- @tparam Book book
-- @tparam table thread
-- @treturn function an iterator of data
function thread_pages.thread(book, thread)
  return coroutine.wrap(function()
    local words, is_large = book.words, #thread > thread_pages.STORIES_MAX
    local data = fields_of(book, thread, thread.address, thread.title)
    data.first, data.last = mention(book, thread[1]), mention(book, thread[#thread])
    data.named = pages.ranked(book, entities.beside(book.archive, nil, thread), NAMED_MAX)
    data.turning_points = {}
    for n, point in ipairs(thread.turning_points) do
      data.turning_points[n] = { time = book.times[point.date], text = words.turned(point.stories) }
    end
    if not is_large then
      data.stories = told(book, thread, thread)
      coroutine.yield(data)
      return
    end
    data.years = {}
    for year, part in pages.each_year(book, thread) do
      data.years[#data.years + 1] = {
        text = words.year(tonumber(year)), count = #part, link = book:link(thread.address .. year .. "/"),
      }
    end
    coroutine.yield(data)
    for year, part in pages.each_year(book, thread) do
      local title = thread.title .. words.comma .. words.year(tonumber(year))
      local one = fields_of(book, thread, thread.address .. year .. "/", title)
      one.stories, one.count, one.year = told(book, thread, part), #part, words.year(tonumber(year))
      coroutine.yield(one)
    end
  end)
end

-- ---- the index ----

local function item(book, thread)
  local first = book.words.year(tonumber(thread.first:sub(1, 4)))
  local last = book.words.year(tonumber(thread.last:sub(1, 4)))
  return {
    link = book.thread_links[thread], count = #thread, span = first == last and first or first .. " – " .. last,
  }
end

local function items(book, threads)
  local list = {}
  for n, thread in ipairs(threads) do list[n] = item(book, thread) end
  return list
end

-- Threads by the year in which they began, the newest year first.
local function by_years(threads)
  local years, at = {}, nil
  for n = #threads, 1, -1 do
    local year = threads[n].first:sub(1, 4)
    if not at or at.year ~= year then
      at = { year = year, threads = {} }
      years[#years + 1] = at
    end
    table.insert(at.threads, threads[n])
  end
  return years
end

local function largest(threads)
  local order = table.move(threads, 1, #threads, 1, {})
  table.sort(order, function(a, b)
    if #a ~= #b then return #a > #b end
    return a[1] < b[1]
  end)
  return table.move(order, 1, LARGEST_MAX, 1, {})
end

--- The pages of the index of threads.
-- Fields: `count`, `largest` and `years` (`text`, `count`, `link` to a page of its own, or `threads`); `year` on the
-- page of one, with its `threads`. Threads have HTML `link`, `count` (of stories) and `span` (of years).
-- @tparam Book book
-- @treturn function an iterator of data
function thread_pages.index(book)
  return coroutine.wrap(function()
    local words, threads = book.words, book.threads
    local is_short = #threads <= thread_pages.THREADS_MAX
    local data = pages.fields(book, "threads/", words.threads, "threads")
    data.count, data.description = #threads, words.thread_count(#threads)
    data.largest, data.years = items(book, largest(threads)), {}
    local years = by_years(threads)
    for n, year in ipairs(years) do
      data.years[n] = {
        text = words.year(tonumber(year.year)), count = #year.threads,
        link = not is_short and book:link(("threads/%s/"):format(year.year)) or nil,
        threads = is_short and items(book, year.threads) or nil,
      }
    end
    coroutine.yield(data)
    for _, year in ipairs(is_short and {} or years) do
      local text = words.year(tonumber(year.year))
      local title = words.threads .. words.comma .. text
      local one = pages.fields(book, ("threads/%s/"):format(year.year), title, "threads")
      one.count, one.year, one.threads = #year.threads, text, items(book, year.threads)
      one.description = ("%s: %s"):format(title, words.thread_count(#year.threads))
      coroutine.yield(one)
    end
  end)
end

return thread_pages
