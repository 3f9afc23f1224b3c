--- The pages of entities, and the index of names: from the archive to the data of their templates.
-- @module newsarchive.site.entity_pages
local core = require "newsarchive.core"
local entities = require "newsarchive.entities"
local pages = require "newsarchive.site.pages"

local entity_pages = {}

local TOGETHER_MAX = 12      -- entities beside an entity, on its page
local JSON_TOGETHER_MAX = 50 -- and in its JSON

--- Stories on one page of an entity; beyond it, each year has a page of its own.
entity_pages.STORIES_MAX = 400
--- Names on one page of the index.
entity_pages.NAMES_MAX = 500
--- An entity has a feed, and JSON with a table of its months, from so many stories on, unless the site says otherwise:
-- of what is named twice in ten years nobody needs three files.
entity_pages.FEED_STORIES_MIN = 10
entity_pages.JSON_STORIES_MIN = 10

--- What an entity of so many stories has.
-- @tparam Edition edition
-- @tparam integer count
-- @treturn boolean a feed
-- @treturn boolean JSON
function entity_pages.has(edition, count)
  local least = edition.entities
  return edition.formats.atom == true and count >= (least.feeds or entity_pages.FEED_STORIES_MIN),
    edition.formats.json == true and count >= (least.json or entity_pages.JSON_STORIES_MIN)
end

-- Months of the years of an entity as rows of a table, newest year first. Cells lead to the stories of the year.
local function month_rows(book, months, year_link)
  local rows, at = {}, nil
  for n = #months, 1, -1 do
    local year, month = tonumber(months[n].month:sub(1, 4)), tonumber(months[n].month:sub(6, 7))
    if not at or at.year ~= year then
      at = { year = year, text = book.words.year(year), link = year_link(year), count = 0, months = {} }
      for m = 1, 12 do at.months[m] = false end
      rows[#rows + 1] = at
    end
    at.count = at.count + months[n].stories
    at.months[month] = {
      count = months[n].stories, link = at.link,
      title = book.words.month(year, month) .. book.words.colon .. book.words.stories(months[n].stories),
    }
  end
  return pages.shaded(rows)
end

local function mention(book, i)
  return { link = book.story_links[i], time = book.times[book.days[i]] }
end

local function fields_of(book, entity, at, title)
  local name, count = book.archive:entity(entity)
  local address = book.entities[entity]
  local data = pages.fields(book, at, title, "entity")
  data.name, data.count, data.link_home = name, count, book:link(address)
  data.description = ("%s: %s"):format(title, book.words.stories(count))
  local has_feed, has_json = entity_pages.has(book.edition, count)
  data.feed = has_feed and book:link(address .. "feed.xml") or nil
  data.json = has_json and book:link(address .. "index.json") or nil
  return data
end

local function whole_page(book, entity, stories, is_large)
  local address, archive = book.entities[entity], book.archive
  local data = fields_of(book, entity, address, book.entity_names[entity])
  data.first, data.last = mention(book, stories[1]), mention(book, stories[#stories])
  data.together = pages.ranked(book, entities.beside(archive, entity, stories), TOGETHER_MAX)
  data.aliases = (book.edition.aliases or {})[data.name]
  data.years = pages.by_years(book, stories)
  for _, year in ipairs(data.years) do
    year.count = #year.stories
    if is_large then year.link, year.stories = book:link(address .. year.year .. "/"), nil end
  end
  if data.json then
    data.months = month_rows(book, entities.months(archive, stories), function(year)
      return is_large and book:link(("%s%04d/"):format(address, year)) or ("#y%04d"):format(year)
    end)
    data.month_names = pages.month_names(book)
  end
  return data
end

--- The pages of an entity: one, or one for each year as well where it is in very many stories.
-- Fields: `name`, `count`, `first` and `last` (HTML `link` and `time`), `together` (HTML `link`, `count`), `aliases`
-- (texts; nil where none are known), `years` (`text`, `count`, and `stories` with HTML `link` and `time`, or `link` to
-- the page of the year), `year` on the page of one; `months` (rows as on the page of the archive) and `month_names`;
-- `feed` and `json` (links), where it has them.
-- @tparam Book book
-- @tparam integer entity
-- @treturn function an iterator of data
function entity_pages.entity(book, entity)
  return coroutine.wrap(function()
    local words, stories = book.words, book.archive:entity_stories(entity)
    local is_large = #stories > entity_pages.STORIES_MAX
    coroutine.yield(whole_page(book, entity, stories, is_large))
    if not is_large then return end
    for year, part in pages.each_year(book, stories) do
      local title = book.entity_names[entity] .. words.comma .. words.year(tonumber(year))
      local data = fields_of(book, entity, ("%s%s/"):format(book.entities[entity], year), title)
      data.years, data.year = pages.by_years(book, part), year
      data.years[1].count = #part
      coroutine.yield(data)
    end
  end)
end

--- An entity as JSON: `name`, `url`, `aliases`, `count`, `first`, `last`, `months` (each `month`, `stories`), `with`
-- (each `name`, `stories`, `url`), `stories` (each `id`, `date`, `title`, `url`, in order of date).
-- @tparam Book book
-- @tparam integer entity
-- @treturn string
function entity_pages.json(book, entity)
  local archive, edition = book.archive, book.edition
  local stories, list, with = archive:entity_stories(entity), {}, {}
  for n, i in ipairs(stories) do
    local id, title, date = archive:card(i)
    list[n] = { id = id, title = title, date = date, url = edition:url(book.stories[i]) }
  end
  for n, one in ipairs(pages.ranked(book, entities.beside(archive, entity, stories), JSON_TOGETHER_MAX)) do
    local address = book.entities[one.number]
    with[n] = {
      name = book.entity_names[one.number], stories = one.count, url = address and edition:url(address) or nil,
    }
  end
  local name = book.entity_names[entity]
  return core.encode_json {
    name = name, url = edition:url(book.entities[entity]), aliases = (edition.aliases or {})[name],
    count = #stories, first = book.days[stories[1]], last = book.days[stories[#stories]],
    months = entities.months(archive, stories), with = #with > 0 and with or nil, stories = list,
  } .. "\n"
end

-- ---- the index ----

local function names_of(book, numbers, first, last)
  local list = {}
  for n = first, last do
    local _, count = book.archive:entity(numbers[n])
    list[#list + 1] = { link = book.entity_links[numbers[n]], count = count }
  end
  return list
end

local function parts_of(book, numbers)
  local list = {}
  for first = 1, #numbers, entity_pages.NAMES_MAX do
    local last = math.min(first + entity_pages.NAMES_MAX - 1, #numbers)
    local address = ("entities/all/%d/"):format(#list + 1)
    list[#list + 1] = {
      from = book.entity_names[numbers[first]], to = book.entity_names[numbers[last]], first = first, last = last,
      address = address, link = book:link(address),
    }
  end
  return list
end

--- The pages of the index of names.
-- Fields: `most_named` (HTML `link`, `count`), `names` (HTML `link`, `count`; nil where they have pages of their own),
-- `parts` (`from`, `to`, `link`), `count`, `part` (its number, on a page of names).
-- @tparam Book book
-- @treturn function an iterator of data
function entity_pages.index(book)
  return coroutine.wrap(function()
    local archive, words = book.archive, book.words
    local numbers, counts = {}, {}
    for e = 1, archive:entities() do
      if book.entities[e] then
        numbers[#numbers + 1] = e
        local _, count = archive:entity(e)
        counts[e] = count
      end
    end
    local data = pages.fields(book, "entities/", words.entities, "entities")
    data.count, data.description = #numbers, words.names(#numbers)
    data.most_named = pages.ranked(book, counts, entity_pages.NAMES_MAX // 5)
    local is_short = #numbers <= entity_pages.NAMES_MAX
    data.names, data.parts = is_short and names_of(book, numbers, 1, #numbers) or nil, {}
    if not is_short then data.parts = parts_of(book, numbers) end
    coroutine.yield(data)
    for n, part in ipairs(data.parts) do
      local title = ("%s: %s – %s"):format(words.entities, part.from, part.to)
      local one = pages.fields(book, part.address, title, "names")
      one.names, one.parts = names_of(book, numbers, part.first, part.last), parts_of(book, numbers)
      one.part, one.count, one.description = n, #numbers, title
      coroutine.yield(one)
    end
  end)
end

return entity_pages
