--- Threads: stories that tell one running story, with their turning points and quiet spells.
-- @module newsarchive.threads
local threads = {}

-- A day of at least so many stories, and so many times those of a usual day of the thread, is a turning point.
local TURN_STORIES, TURN_TIMES = 3, 2

-- A spell without stories is quiet from so many days on, if it is so many times the usual one.
local QUIET_DAYS, QUIET_TIMES = 30, 4

local function median(numbers)
  table.sort(numbers)
  return numbers[(#numbers + 1) // 2] or 0
end

local function day_of(core, i)
  local _, _, date = core:card(i)
  return date:sub(1, 10)
end

-- The days of the stories with their number, ascending, and the days between neighbours.
local function rhythm(core, stories)
  local days, gaps, last = {}, {}, nil
  for _, i in ipairs(stories) do
    local gap = last and core:days_between(last, i)
    if gap ~= 0 then
      days[#days + 1] = { date = day_of(core, i), stories = 0 }
      gaps[#gaps + 1] = gap
    end
    days[#days].stories = days[#days].stories + 1
    last = i
  end
  return days, gaps
end

local function turning_points(days)
  local counts, points = {}, {}
  for k, day in ipairs(days) do counts[k] = day.stories end
  local usual = median(counts)
  for _, day in ipairs(days) do
    if day.stories >= TURN_STORIES and day.stories >= TURN_TIMES * usual then points[#points + 1] = day end
  end
  return points
end

local function quiet_spells(days, gaps)
  local usual, spells = median(table.move(gaps, 1, #gaps, 1, {})), {}
  for k, gap in ipairs(gaps) do
    if gap >= QUIET_DAYS and gap >= QUIET_TIMES * usual then
      spells[#spells + 1] = { from = days[k].date, to = days[k + 1].date, days = gap }
    end
  end
  return spells
end

local function thread_of(core, stories, title)
  local thread = { title = title, first = day_of(core, stories[1]), last = day_of(core, stories[#stories]) }
  for k, i in ipairs(stories) do thread[k] = (core:card(i)) end
  thread.id = thread[1]
  local days, gaps = rhythm(core, stories)
  thread.turning_points, thread.quiet = turning_points(days), quiet_spells(days, gaps)
  return thread
end

-- ---- what a rule asks for ----

local function split(stories, title, begins, core)
  local parts, at = { { title = title, stories = {} } }, {}
  for _, id in ipairs(begins) do at[id] = true end
  for k, i in ipairs(stories) do
    if k > 1 and at[core:card(i)] then parts[#parts + 1] = { stories = {} } end
    table.insert(parts[#parts].stories, i)
  end
  return parts
end

-- Lets the rule look at each thread: gives lists of stories with their titles, joined and split as it says.
local function ruled(core, found, rule)
  local kept, by_id = {}, {}
  for _, one in ipairs(found) do
    local thread = thread_of(core, one.stories, one.title)
    local id = thread.id
    local answer = rule(thread)
    local parts = type(answer) == "table" and split(one.stories, thread.title, answer, core)
      or { { stories = one.stories, title = thread.title } }
    local joined = type(answer) == "string" and by_id[answer]
    if joined then
      table.move(one.stories, 1, #one.stories, #joined.stories + 1, joined.stories)
      table.sort(joined.stories)
      by_id[id] = joined
    else
      by_id[id] = parts[1]
      table.move(parts, 1, #parts, #kept + 1, kept)
    end
  end
  return kept
end

-- ---- which threads are asked for ----

local function chosen_stories(core, given)
  local first, last = core:range(given.from, given.to)
  if not given.entity then return function(i) return i >= first and i <= last end end
  local has, entity = {}, core:find_entity(given.entity)
  for _, i in ipairs(entity and core:entity_stories(entity) or {}) do has[i] = i >= first and i <= last end
  return function(i) return has[i] end
end

local function is_chosen(stories, is_chosen_story)
  for _, i in ipairs(stories) do
    if is_chosen_story(i) then return true end
  end
  return false
end

--- Finds the threads of two and more stories.
-- @tparam Archive core
-- @tparam Relations relations
-- @tparam table given `entity`, `from`, `to`, `jobs`, `rule` as for `archive:threads`
-- @treturn {table,...}
function threads.find(core, relations, given)
  local found = {}
  for number = 1, relations:find_threads(given.jobs) do
    local stories = relations:thread(number)
    if #stories > 1 then found[#found + 1] = { number = number, stories = stories } end
  end
  if given.rule then
    for _, one in ipairs(found) do one.title = relations:thread_title(one.number) end
    found = ruled(core, found, given.rule)
  end
  local is_chosen_story, list = chosen_stories(core, given), {}
  for _, one in ipairs(found) do
    if is_chosen(one.stories, is_chosen_story) then
      local title = one.title or one.number and relations:thread_title(one.number)
      title = title or select(2, core:card(one.stories[1]))
      list[#list + 1] = thread_of(core, one.stories, title)
    end
  end
  return list
end

return threads
