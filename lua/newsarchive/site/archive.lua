--- The layout `archive`: a page for every story, day, month and year, for every entity with at least two stories, for
-- every thread with at least three, a front page, indexes, feeds and a sitemap.
--
-- A layout is a table with `pages(edition, archive)`, which gives an iterator of path and content, relative to the
-- edition, and (where it can) how many pages there will be at least. Pages are made one at a time, when asked for.
-- @module newsarchive.site.archive
local addresses = require "newsarchive.site.addresses"
local books = require "newsarchive.site.book"
local core = require "newsarchive.core"
local entity_pages = require "newsarchive.site.entity_pages"
local feed = require "newsarchive.site.feed"
local feeds = require "newsarchive.site.feeds"
local pages = require "newsarchive.site.pages"
local sitemap = require "newsarchive.site.sitemap"
local theme = require "newsarchive.site.theme"
local thread_pages = require "newsarchive.site.thread_pages"
local words = require "newsarchive.site.words"

local archive_layout = {}

local FRONT_DAYS = 3
local SHORT_CHARS = 3

-- ---- the calendar of what there is ----

-- Days with their neighbours, and the months and years that hold them, ascending.
local function periods(archive)
  local flat, days, months, years = archive:days(), {}, {}, {}
  for k = 1, #flat, 3 do
    local day = { date = flat[k], first = flat[k + 1], last = flat[k + 2] }
    local before = days[#days]
    if before then before.next, day.previous = day.date, before.date end
    days[#days + 1] = day
    local name, number = day.date:sub(1, 7), tonumber(day.date:sub(1, 4))
    local month, year = months[#months], years[#years]
    if not year or year.year ~= number then
      years[#years + 1] = { year = number, months = {}, previous = year and year.year }
      if year then year.next = number end
      year = years[#years]
    end
    if not month or month.name ~= name then
      months[#months + 1] = {
        name = name, year = number, month = tonumber(name:sub(6, 7)), days = {}, previous = month and month.name,
      }
      if month then month.next = name end
      month = months[#months]
      table.insert(year.months, month)
    end
    table.insert(month.days, day)
  end
  return days, years
end

-- ---- pages ----

local maker = {}
maker.__index = maker

-- Renders a template and hands the page out.
function maker:page(template, data, date)
  local path = addresses.path(data.address)
  if date and self.sitemap then self.sitemap:add(data.canonical, date) end
  coroutine.yield(path, self.templates:render(template, data))
end

function maker:redirects(i, story)
  for _, alias in ipairs(story.aliases or {}) do
    local address = addresses.of_url(self.edition, alias)
    if not address then
      self.edition:note {
        path = story.origin and story.origin.path, line = story.origin and story.origin.line, code = "alias-unusable",
        message = ("the alias '%s' cannot be a page of this edition"):format(alias),
      }
    elseif address ~= self.book.stories[i] then
      if self.book.used[address] then
        self.edition:note {
          path = story.origin and story.origin.path, line = story.origin and story.origin.line, code = "alias-taken",
          message = ("the alias '%s' is another page's address"):format(alias),
        }
      else
        self.book.used[address] = true
        self:page("redirect", pages.redirect(self.book, address, self.book.stories[i], story.title))
      end
    end
  end
end

function maker:day(day)
  local stories = {}
  for i = day.first, day.last do
    local story = self.archive:story(i)
    stories[#stories + 1] = story
    self:page("story", pages.story(self.book, i, story), story.updated or story.date)
    if story.aliases then self:redirects(i, story) end
  end
  self:page("day", pages.day(self.book, day, stories), day.date)
end

-- The feed of these stories, as Atom or JSON Feed.
local function feed_of(self, kind, page, path, title, entries)
  local edition = self.edition
  return feed[kind]({
    url = edition:url(page), feed_url = edition:url(path), title = title, language = edition.language,
    description = page == "" and edition.description or nil, author = edition.author or edition.title,
  }, entries)
end

-- The feed and the JSON of an entity, where it has enough stories.
function maker:entity_data(e, stories)
  local book, address = self.book, self.book.entities[e]
  local has_feed, has_json = entity_pages.has(self.edition, #stories)
  if has_feed then
    local entries = feeds.entries(book, stories, feeds.ENTITY_STORIES_MAX)
    local path, title = address .. "feed.xml", ("%s – %s"):format(book.entity_names[e], self.edition.title)
    coroutine.yield(path, feed_of(self, "atom", address, path, title, entries))
  end
  if has_json then coroutine.yield(address .. "index.json", entity_pages.json(book, e)) end
end

function maker:entities()
  for e = 1, self.archive:entities() do
    if self.book.entities[e] then
      local stories = self.archive:entity_stories(e)
      local newest = self.book.days[stories[#stories]]
      for data in entity_pages.entity(self.book, e) do self:page("entity", data, newest) end
      self:entity_data(e, stories)
    end
  end
  for data in entity_pages.index(self.book) do self:page("entities", data, self.newest) end
end

function maker:threads()
  for _, thread in ipairs(self.book.threads) do
    for data in thread_pages.thread(self.book, thread) do self:page("thread", data, thread.last) end
  end
  if not self.edition.threads then return end
  for data in thread_pages.index(self.book) do self:page("threads", data, self.newest) end
end

function maker:feeds()
  local edition, all = self.edition, {}
  for i = 1, self.archive:count() do all[i] = i end
  local entries = feeds.entries(self.book, all, feeds.STORIES_MAX)
  for _, kind in ipairs { "atom", "json" } do
    local path = kind == "atom" and "feed.xml" or "feed.json"
    if edition.formats[kind] then coroutine.yield(path, feed_of(self, kind, "", path, edition.title, entries)) end
  end
end

-- Other editions, for the language switch.
local function switch_of(edition)
  local list = {}
  for n, other in ipairs(edition.all or { edition }) do
    list[n] = {
      language = other.language, name = words.language_name(other.language), direction = other.direction,
      path = other.path, url = other:url(""), is_this = other == edition,
    }
  end
  return list
end

-- The first letters of a long name, for narrow columns.
local function short(name)
  local cut = utf8.offset(name, SHORT_CHARS + 1)
  return cut and name:sub(1, cut - 1) or name
end

-- What every template sees.
local function globals(edition, book)
  local switch = switch_of(edition)
  for _, other in ipairs(switch) do
    other.href = function()
      if edition.links == "root" then return edition.base_path .. other.path end
      return addresses.path(book.root .. edition.path:gsub("[^/]+/", "../") .. other.path)
    end
  end
  return {
    site = {
      title = edition.title, description = edition.description, language = edition.language,
      direction = edition.direction, url = edition:url(""), formats = edition.formats, editions = switch,
      has_threads = edition.threads ~= false,
    },
    words = edition.words,
    link = function(address) return book:link(address) end,
    url = core.escape_url,
    count_stories = edition.words.stories,
    date_of = function(date) return book.dates[date] end,
    short = short,
  }
end

local function make(self)
  local book, days, years = self.book, periods(self.archive)
  self.newest = #days > 0 and days[#days].date or nil
  for _, year in ipairs(years) do
    for _, month in ipairs(year.months) do
      for _, day in ipairs(month.days) do self:day(day) end
      self:page("month", pages.month(book, month), month.days[#month.days].date)
    end
    self:page("year", pages.year(book, year), year.months[#year.months].days[1].date)
  end
  self:entities()
  self:threads()
  self:page("archive", pages.archive(book, years), self.newest)
  self:page("front", pages.front(book, days, FRONT_DAYS), self.newest)
  self:page("not_found", pages.not_found(book))
  self:feeds()
  coroutine.yield("style.css", theme.stylesheet(self.edition))
  local files = self.sitemap:files(self.edition:url(""))
  for k = 1, #files, 2 do coroutine.yield(files[k], files[k + 1]) end
end

-- What `make` yields, one after the other. Unlike with coroutine.wrap, the message of an error stays as it is: those of
-- templates begin with the template's own place.
local function each_page(self)
  local thread = coroutine.create(make)
  return function()
    local fine, path, content = coroutine.resume(thread, self)
    if not fine then error(path, 0) end
    return path, content
  end
end

--- The pages of an edition.
-- @tparam Edition edition
-- @tparam archive archive
-- @treturn function an iterator of path and content
-- @treturn integer about how many there will be
function archive_layout.pages(edition, archive)
  local book = books.new(edition, archive)
  archive = archive.core
  local self = setmetatable({
    edition = edition, archive = archive, book = book, sitemap = sitemap.new(),
    templates = theme.templates(edition, globals(edition, book)),
  }, maker)
  local total = archive:count() + #archive:days() // 3 + #book.threads
  for _ in pairs(book.entities) do total = total + 1 end
  return each_page(self), total
end

return archive_layout
