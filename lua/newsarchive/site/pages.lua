--- What each kind of page shows: from the archive to the data of its template.
--
-- Fields that are HTML already, and are printed with `<%-`, say so here; all others are plain text.
-- @module newsarchive.site.pages
local body = require "newsarchive.site.body"
local calendar = require "newsarchive.site.calendar"
local core = require "newsarchive.core"

local pages = {}

local escape_json = core.escape_json

local DESCRIPTION_CHARS = 160 -- what search engines show of a page's description
local MOST_NAMED_MAX = 24     -- entities of a year
local LONG_TITLE_CHARS = 110  -- from here on a headline is a sentence, and is set smaller

local function shortened(text)
  if text:find("[\t-\r]") or text:find("  ", 1, true) then text = text:gsub("%s+", " ") end
  local cut = utf8.offset(text, DESCRIPTION_CHARS + 1)
  if not cut or cut > #text then return text end
  local short = text:sub(1, cut - 1)
  return (short:match("^(.+)%s%S*$") or short) .. "…"
end

-- A date that may have a time: the day of it.
local function day_of(date)
  return date:sub(1, 10)
end

local function sources_of(story)
  local list = {}
  if not story.sources then return list end
  for i, source in ipairs(story.sources) do
    local name, via = source.name or source.publisher or source.title or source.url or "?", source.via
    if via and name:find(via, 1, true) then via = nil end -- "AP via CNN" says it already
    list[i] = {
      name = name, title = source.title ~= name and source.title or nil, url = source.url,
      archive_url = source.archive_url, via = via, dead = source.dead, language = source.language,
    }
  end
  return list
end

--- A story for a list: on the front page, on the page of a day.
-- Fields: `number`, `title`, `address`, `date`, `is_long`, `topics` (list of texts), `sources`, `category`;
-- HTML: `link`, `summary` (nil where there is none), `context` (nil where there is none).
-- @tparam Book book
-- @tparam integer i
-- @tparam[opt] table story where it is at hand
-- @treturn table
function pages.entry(book, i, story)
  story = story or book.archive:story(i)
  local list = book.archive:story_entities(i)
  return {
    number = i, title = story.title, address = book.stories[i], link = book.story_links[i],
    date = book.days[i], is_long = #story.title > LONG_TITLE_CHARS,
    topics = story.topics or {}, category = story.category, language = story.language,
    sources = sources_of(story),
    summary = body.summary(story),
    context = #list > 0 and book:context(list) or nil,
  }
end

--- The fields of every page; from now on links lead from it.
-- @tparam Book book
-- @tparam string address
-- @tparam string title
-- @tparam string kind for the class of the page
-- @treturn table
function pages.fields(book, address, title, kind)
  return {
    root = book:enter(address), address = address, title = title, kind = kind,
    canonical = book.edition:url(address), og_type = "website",
  }
end

local page = pages.fields

-- Stories by number, each `href`; HTML: `link`, `time`.
local function mentions(book, numbers)
  local list = {}
  for n, j in ipairs(numbers) do
    list[n] = {
      number = j, link = book.story_links[j], time = book.times[book.days[j]], href = book:link(book.stories[j]),
    }
  end
  return list
end

-- The related stories of a page; `before`, `after` and `same_day`, or the one list of the edition's direction.
local function related_of(book, i)
  local lists = book.relations:of(i)
  for _, list in pairs(lists) do
    for _, relation in ipairs(list) do
      local j = relation.number
      relation.link, relation.time = book.story_links[j], book.times[book.days[j]]
      relation.context = book:reasons(relation.context, relation.words)
      relation.also = relation.also and mentions(book, relation.also)
      relation.kind = relation.kind and book.classes[relation.kind]
    end
  end
  return lists
end

-- The thread that a story is part of: `link` (HTML), `count`.
local function thread_of(book, i)
  local thread = book.thread_of[i]
  return thread and { link = book.thread_links[thread], count = #thread } or nil
end

-- schema.org's NewsArticle. Written by hand, because it is in every story.
local function linked_data(book, story, data, entities)
  local about, citations = {}, {}
  for n, e in ipairs(entities) do about[n] = book.things[e] end
  for _, source in ipairs(data.sources) do
    if source.url then citations[#citations + 1] = escape_json(source.url) end
  end
  return '{"@context":"https://schema.org","@type":"NewsArticle","headline":' .. escape_json(story.title)
    .. ',"datePublished":' .. escape_json(story.date)
    .. ',"dateModified":' .. escape_json(story.updated or story.date)
    .. ',"inLanguage":' .. escape_json(data.language) .. ',"mainEntityOfPage":' .. escape_json(data.canonical)
    .. (story.category and ',"articleSection":' .. escape_json(story.category) or "")
    .. (about[1] and ',"about":[' .. table.concat(about, ",") .. "]" or "")
    .. (citations[1] and ',"citation":[' .. table.concat(citations, ",") .. "]" or "")
    .. ',"publisher":' .. book.publisher .. "}"
end

--- The page of a story.
-- Fields: `story` (the story itself), `sources`, `updated` (a date); `before`, `after` and `same_day`, or `related`
-- where the site has one list (each with `number`, `score`, `kind` as a class; HTML: `link`, `time`, `context`; `also`:
-- its repeats, each with `href` and HTML `link`, `time`), `repeats` (of the story itself, alike), `thread` (HTML
-- `link`; `count`); HTML: `body`, `about`, `day`, `previous`, `following`, `linked_data`.
-- @tparam Book book
-- @tparam integer i
-- @tparam table story
-- @treturn table
function pages.story(book, i, story)
  local archive, edition, address, title = book.archive, book.edition, book.stories[i], story.title
  local root = book:enter(address)
  local list, lists = archive:story_entities(i), related_of(book, i)
  local data = {
    root = root, address = address, title = title, kind = "story", canonical = edition:url(address),
    og_type = "article", story = story, is_long = #title > LONG_TITLE_CHARS,
    language = story.language or edition.language,
    description = shortened(story.description or body.plain(story) or title),
    body = body.html(story), lead = story.description,
    date = book.days[i], day = book.day_links[book.days[i]],
    sources = sources_of(story), about = #list > 0 and book:context(list) or nil,
    before = lists.before, after = lists.after, same_day = lists.same_day, related = lists.all,
    repeats = mentions(book, book.relations:repeats(i)), thread = thread_of(book, i),
    previous = i > 1 and book.story_links[i - 1] or nil,
    following = i < archive:count() and book.story_links[i + 1] or nil,
    updated = story.updated and day_of(story.updated) or nil,
  }
  data.linked_data = linked_data(book, story, data, list)
  return data
end

-- Entries in groups of one category, in the order in which the categories come; those without one last.
local function grouped(entries)
  local groups, by_name, rest = {}, {}, nil
  for _, entry in ipairs(entries) do
    local name = entry.category
    local group = name and by_name[name] or not name and rest
    if not group then
      group = { name = name, entries = {} }
      if name then
        by_name[name] = group
        groups[#groups + 1] = group
      else
        rest = group
      end
    end
    table.insert(group.entries, entry)
  end
  if rest then groups[#groups + 1] = rest end
  return groups
end

local function long_date(book, date)
  local year, month, day = calendar.split(date)
  return book.words.long_date(year, month, day, calendar.weekday(year, month, day))
end

-- { link, text } of a neighbour, or nil.
local function neighbour(book, address, text)
  return address and { link = book:link(address), text = text } or nil
end

local function day_address(date)
  return (date:gsub("-", "/")) .. "/"
end

--- The page of a day.
-- Fields: `date`, `groups` (`name`, nil for stories without a category; `entries`), `count`, `previous` and
-- `following` (`link`, `text`).
-- @tparam Book book
-- @tparam table day `date`, `first`, `last`, `previous`, `next` (dates)
-- @tparam {table,...} stories of the day
-- @treturn table
function pages.day(book, day, stories)
  local date = day.date
  local data = page(book, day_address(date), long_date(book, date), "day")
  local entries = {}
  for n, story in ipairs(stories) do entries[n] = pages.entry(book, day.first + n - 1, story) end
  data.date, data.groups, data.count = date, grouped(entries), #entries
  data.description = shortened(stories[1].title)
  data.month = neighbour(book, date:sub(1, 7):gsub("-", "/") .. "/", book.words.month(calendar.split(date)))
  data.previous = day.previous and neighbour(book, day_address(day.previous), book.dates[day.previous])
  data.following = day.next and neighbour(book, day_address(day.next), book.dates[day.next])
  return data
end

-- The weeks of a month for a small calendar: `day`, `link` (nil where the day has no stories), `count`.
local function calendar_of(book, year, month, counts)
  local weeks = calendar.weeks(year, month)
  for _, week in ipairs(weeks) do
    for n, day in ipairs(week) do
      local date = ("%04d-%02d-%02d"):format(year, month, day)
      local count = counts[date]
      week[n] = {
        day = day > 0 and day or nil, count = count,
        link = count and book:link(day_address(date)), title = count and book.words.stories(count),
      }
    end
  end
  return weeks
end

--- The page of a month.
-- Fields: `weeks`, `days` (`date`, `text`, `link`, and `stories`, a list of HTML links), `count`, `previous`,
-- `following`.
-- @tparam Book book
-- @tparam table month `year`, `month`, `days` (as in `pages.day`), `previous`, `next` (`"2007-09"`)
-- @treturn table
function pages.month(book, month)
  local words = book.words
  local address = ("%04d/%02d/"):format(month.year, month.month)
  local data = page(book, address, words.month(month.year, month.month), "month")
  local counts, days, total = {}, {}, 0
  for n, day in ipairs(month.days) do
    local links = {}
    for i = day.first, day.last do links[#links + 1] = book.story_links[i] end
    counts[day.date] = #links
    total = total + #links
    days[n] = {
      date = day.date, text = long_date(book, day.date), link = book:link(day_address(day.date)), stories = links,
    }
  end
  local function month_at(name)
    if not name then return nil end
    return neighbour(book, name:gsub("-", "/") .. "/", words.month(tonumber(name:sub(1, 4)), tonumber(name:sub(6, 7))))
  end
  data.weeks, data.days, data.count = calendar_of(book, month.year, month.month, counts), days, total
  data.description = ("%s: %s"):format(data.title, words.stories(total))
  data.year = neighbour(book, ("%04d/"):format(month.year), words.year(month.year))
  data.previous, data.following = month_at(month.previous), month_at(month.next)
  return data
end

--- Entities with counts, most first, those of one count by name.
-- @tparam Book book
-- @tparam {[integer]=integer} counts by entity
-- @tparam integer limit
-- @treturn {table,...} each with HTML `link`, and `count`, `number`
function pages.ranked(book, counts, limit)
  local order = {}
  for e in pairs(counts) do order[#order + 1] = e end
  table.sort(order, function(a, b)
    if counts[a] ~= counts[b] then return counts[a] > counts[b] end
    return a < b
  end)
  local list = {}
  for n = 1, math.min(limit, #order) do
    list[n] = { link = book.entity_links[order[n]], count = counts[order[n]], number = order[n] }
  end
  return list
end

--- The page of a year.
-- Fields: `months` (`name`, `link`, `weeks`, `count`), `most_named` (HTML `link`, `count`), `count`, `previous`,
-- `following`.
-- @tparam Book book
-- @tparam table year `year`, `months` (as in `pages.month`), `previous`, `next` (numbers)
-- @treturn table
function pages.year(book, year)
  local words, archive = book.words, book.archive
  local data = page(book, ("%04d/"):format(year.year), words.year(year.year), "year")
  local months, named, total = {}, {}, 0
  for n, month in ipairs(year.months) do
    local counts, count = {}, 0
    for _, day in ipairs(month.days) do
      counts[day.date] = day.last - day.first + 1
      count = count + counts[day.date]
      for i = day.first, day.last do
        for _, e in ipairs(archive:story_entities(i)) do named[e] = (named[e] or 0) + 1 end
      end
    end
    total = total + count
    months[n] = {
      name = words.month_name(month.month), link = book:link(("%04d/%02d/"):format(month.year, month.month)),
      weeks = calendar_of(book, month.year, month.month, counts), count = count,
    }
  end
  local function year_at(number)
    return number and neighbour(book, ("%04d/"):format(number), words.year(number))
  end
  data.months, data.count, data.most_named = months, total, pages.ranked(book, named, MOST_NAMED_MAX)
  data.description = ("%s: %s"):format(data.title, words.stories(total))
  data.previous, data.following = year_at(year.previous), year_at(year.next)
  return data
end

--- Tells how dark the months in a table of years are: 1 to 4 by quarters of the fullest.
-- @tparam {table,...} rows each with `months` of twelve: `count`, or false; they get a `shade`
-- @treturn {table,...} rows
function pages.shaded(rows)
  local most = 1
  for _, row in ipairs(rows) do
    for _, month in ipairs(row.months) do most = math.max(most, month and month.count or 0) end
  end
  for _, row in ipairs(rows) do
    for _, month in ipairs(row.months) do
      if month then month.shade = math.max(1, math.ceil(month.count / most * 4)) end
    end
  end
  return rows
end

--- The names of the months.
-- @tparam Book book
-- @treturn {string,...}
function pages.month_names(book)
  local names = {}
  for m = 1, 12 do names[m] = book.words.month_name(m) end
  return names
end

--- All years: a table of months.
-- Fields: `years` (newest first: `text`, `link`, `count`, `months` of twelve: `link`, `count`, `title`, `shade`, or
-- false), `month_names`, `count`.
-- @tparam Book book
-- @tparam {table,...} years as in `pages.year`, ascending
-- @treturn table
function pages.archive(book, years)
  local words = book.words
  local data = page(book, "archive/", words.archive, "archive")
  local list, total = {}, 0
  for n = #years, 1, -1 do
    local year = years[n]
    local row = { text = words.year(year.year), link = book:link(("%04d/"):format(year.year)), count = 0, months = {} }
    for m = 1, 12 do row.months[m] = false end
    for _, month in ipairs(year.months) do
      local count = month.days[#month.days].last - month.days[1].first + 1
      row.months[month.month] = {
        count = count, link = book:link(("%04d/%02d/"):format(month.year, month.month)),
        title = words.month(month.year, month.month) .. words.colon .. words.stories(count),
      }
      row.count = row.count + count
    end
    total = total + row.count
    list[#list + 1] = row
  end
  data.years, data.month_names, data.count = pages.shaded(list), pages.month_names(book), total
  data.description = words.stories(total)
  return data
end

--- The front page: the last days that have stories.
-- Fields: `days` (newest first: `date`, `text`, `link`, `entries`), `previous` (the day before them).
-- @tparam Book book
-- @tparam {table,...} days as in `pages.day`, ascending
-- @tparam integer shown how many of them
-- @treturn table
function pages.front(book, days, shown)
  local edition = book.edition
  local data = page(book, "", edition.title, "front")
  data.days, data.description = {}, edition.description
  for n = #days, math.max(1, #days - shown + 1), -1 do
    local day, entries = days[n], {}
    for i = day.first, day.last do entries[#entries + 1] = pages.entry(book, i) end
    table.insert(data.days, {
      date = day.date, text = long_date(book, day.date), link = book:link(day_address(day.date)), entries = entries,
    })
  end
  local before = days[#days - shown]
  data.previous = before and neighbour(book, day_address(before.date), book.dates[before.date])
  return data
end

--- Stories in years, newest first.
-- @tparam Book book
-- @tparam {integer,...} stories ascending
-- @treturn {table,...} each `year`, `text`, and `stories` with HTML `link` and `time`
function pages.by_years(book, stories)
  local years, at = {}, nil
  for n = #stories, 1, -1 do
    local i = stories[n]
    local date = book.days[i]
    local year = date:sub(1, 4)
    if not at or at.year ~= year then
      at = { year = year, text = book.words.year(tonumber(year)), stories = {} }
      years[#years + 1] = at
    end
    table.insert(at.stories, { link = book.story_links[i], time = book.times[date] })
  end
  return years
end

--- The years of stories, oldest first.
-- @tparam Book book
-- @tparam {integer,...} stories ascending
-- @treturn function an iterator: the year as a text of four digits, and its stories
function pages.each_year(book, stories)
  local at = 1
  return function()
    if not stories[at] then return nil end
    local year, part = book.days[stories[at]]:sub(1, 4), {}
    while stories[at] and book.days[stories[at]]:sub(1, 4) == year do
      part[#part + 1] = stories[at]
      at = at + 1
    end
    return year, part
  end
end

--- The page for addresses that there are not. Its links begin at the root of the host, as it is shown anywhere.
-- @tparam Book book
-- @treturn table
function pages.not_found(book)
  local data = page(book, "404.html", book.words.page_not_found, "not_found")
  return data
end

--- A page that leads elsewhere.
-- @tparam Book book
-- @tparam string address
-- @tparam string target an address
-- @tparam string title of the target
-- @treturn table
function pages.redirect(book, address, target, title)
  local data = page(book, address, title, "redirect")
  data.target, data.canonical = book:link(target), book.edition:url(target)
  return data
end

return pages
