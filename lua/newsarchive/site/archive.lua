--- The layout `archive`: a page for every story, day, month and year, for every entity with at least two stories, a
-- front page, indexes, feeds and a sitemap.
--
-- A layout is a table with `pages(edition, archive)`, which gives an iterator of path and content, relative to the
-- edition, and (where it can) how many pages there will be at least. Pages are made one at a time, when asked for.
-- @module newsarchive.site.archive
local addresses = require "newsarchive.site.addresses"
local body = require "newsarchive.site.body"
local core = require "newsarchive.core"
local books = require "newsarchive.site.book"
local feed = require "newsarchive.site.feed"
local pages = require "newsarchive.site.pages"
local sitemap = require "newsarchive.site.sitemap"
local theme = require "newsarchive.site.theme"
local words = require "newsarchive.site.words"

local archive_layout = {}

local FRONT_DAYS = 3
local FEED_STORIES = 50
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

function maker:entities()
  for e = 1, self.archive:entities() do
    if self.book.entities[e] then
      local stories = self.archive:entity_stories(e)
      for data in pages.entity(self.book, e) do self:page("entity", data, self.book.days[stories[#stories]]) end
    end
  end
  for data in pages.entities(self.book) do self:page("entities", data, self.newest) end
end

-- Feeds hold the same entries as JSON and as XML.
local function feed_entries(self)
  local entries, count = {}, self.archive:count()
  for i = count, math.max(1, count - FEED_STORIES + 1), -1 do
    local story = self.archive:story(i)
    entries[#entries + 1] = {
      url = self.edition:url(self.book.stories[i]), title = story.title, date = story.date, updated = story.updated,
      html = body.html(story) or body.summary(story), authors = story.authors, terms = story.context,
      language = story.language,
    }
  end
  return entries
end

function maker:feeds()
  local edition = self.edition
  local entries = feed_entries(self)
  for _, kind in ipairs { "atom", "json" } do
    local path = kind == "atom" and "feed.xml" or "feed.json"
    if edition.formats[kind] then
      coroutine.yield(path, feed[kind]({
        url = edition:url(""), feed_url = edition:url(path), title = edition.title, description = edition.description,
        language = edition.language, author = edition.author,
      }, entries))
    end
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
  archive = archive.core
  local book = books.new(edition, archive)
  local self = setmetatable({
    edition = edition, archive = archive, book = book, sitemap = sitemap.new(),
    templates = theme.templates(edition, globals(edition, book)),
  }, maker)
  local total = archive:count() + #archive:days() // 3
  for _ in pairs(book.entities) do total = total + 1 end
  return each_page(self), total
end

return archive_layout
