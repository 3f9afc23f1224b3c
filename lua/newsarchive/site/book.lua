--- One edition's archive as its pages see it: addresses, links and dates, made once and kept as short strings.
-- @module newsarchive.site.book
local addresses = require "newsarchive.site.addresses"
local calendar = require "newsarchive.site.calendar"
local core = require "newsarchive.core"
local relations = require "newsarchive.site.relations"

local book = {}
book.__index = book

local escape, escape_url = core.escape, core.escape_url

-- A table that makes its items when they are asked for.
local function lazy(make)
  return setmetatable({}, { __index = function(self, key)
    local value = make(key)
    self[key] = value
    return value
  end })
end

-- The day of every story, without asking for it one by one.
local function days_of(archive)
  local flat, days = archive:days(), {}
  for k = 1, #flat, 3 do
    for i = flat[k + 1], flat[k + 2] do days[i] = flat[k] end
  end
  return days
end

-- Threads of enough stories, with the numbers of their stories and an address; and by story its thread.
local function add_threads(self, whole)
  local settings, of_story = self.edition.threads, {}
  self.threads, self.thread_of = {}, of_story
  if not settings or #whole == 0 then return end
  local found = whole:threads {
    weights = self.edition.related.weights, jobs = self.edition.jobs, rule = settings.rule,
  }
  for _, thread in ipairs(found) do
    if #thread >= (settings.least or book.THREAD_STORIES_MIN) then
      for k, id in ipairs(thread) do
        thread[k] = self.archive:find(id)
        of_story[thread[k]] = thread
      end
      thread.address = addresses.thread(self.used, self.stories[thread[1]])
      self.threads[#self.threads + 1] = thread
    end
  end
end

--- A thread has a page from so many stories on, unless the site says otherwise: two stories point to each other anyway.
book.THREAD_STORIES_MIN = 3

--- @tparam Edition edition
-- @tparam archive archive
-- @treturn Book by number: `days` (dates of stories), `stories` and `entities` (addresses), `entity_names`, `things`
-- (entities as JSON for schema.org, like `publisher`), `thread_of` (the thread of a story); `threads` (as of
-- `archive:threads`, but of numbers, with `address`), `relations`
function book.new(edition, archive)
  local whole = archive
  archive = archive.core
  local self = setmetatable({ edition = edition, archive = archive, words = edition.words, roots = {} }, book)
  self.stories, self.used = addresses.stories(edition, archive)
  self.entities = addresses.entities(archive, self.used, edition.entities.least)
  self.days = days_of(archive)
  self.relations = relations.new(edition, whole)
  add_threads(self, whole)
  self.entity_names = lazy(function(e) return (archive:entity(e)) end)
  self.things = lazy(function(e)
    return ('{"@type":"Thing","name":%s}'):format(core.escape_json(self.entity_names[e]))
  end)
  self.publisher = ('{"@type":"Organization","name":%s,"url":%s}'):format(core.escape_json(edition.title),
    core.escape_json(edition:url("")))
  local words = edition.words
  self.dates = lazy(function(date) return words.date(calendar.split(date)) end)
  self.times = lazy(function(date)
    return ('<time datetime="%s">%s</time>'):format(date, escape(self.dates[date]))
  end)
  self.in_stories = lazy(function(count) return escape(words.in_stories(count)) end)
  self.shared_words = lazy(function(term)
    local text, stories = self.relations:term(term)
    return ('<span title="%s">%s</span>'):format(self.in_stories[stories], escape(text))
  end)
  self.classes = lazy(function(kind) return (kind:gsub(" ", "-")) end)
  return self
end

--- The way from a page to the front page of the edition, and to the front of links from there.
-- @tparam string address of the page
-- @treturn string
function book:root_of(address)
  local edition = self.edition
  -- The page for what is not there is shown at any address.
  if edition.links == "root" or address == "404.html" then return edition.base_path .. edition.path end
  local _, depth = address:gsub("/", "")
  return ("../"):rep(depth)
end

-- What is kept for pages of one root.
local function caches(self, root)
  local relative = self.edition.links == "relative"
  local function href(address)
    if relative then address = addresses.path(address) end
    return escape_url(root .. address)
  end
  local kept = { root = root, href = href }
  kept.story_links = lazy(function(i)
    local _, title = self.archive:card(i)
    return ('<a href="%s">%s</a>'):format(href(self.stories[i]), escape(title))
  end)
  kept.entity_links = lazy(function(e)
    local name, address = escape(self.entity_names[e]), self.entities[e]
    return address and ('<a href="%s">%s</a>'):format(href(address), name) or name
  end)
  kept.counted_links = lazy(function(e)
    local name, count = self.archive:entity(e)
    local address, title = self.entities[e], self.in_stories[count]
    name = escape(name)
    if not address then return ('<span title="%s">%s</span>'):format(title, name) end
    return ('<a href="%s" title="%s">%s</a>'):format(href(address), title, name)
  end)
  kept.thread_links = lazy(function(thread)
    return ('<a href="%s">%s</a>'):format(href(thread.address), escape(thread.title))
  end)
  kept.links = lazy(function(address) return root .. (relative and addresses.path(address) or address) end)
  kept.day_links = lazy(function(date)
    return ('<a href="%s">%s</a>'):format(href(date:gsub("-", "/") .. "/"), self.times[date])
  end)
  return kept
end

--- Says which page is being made: links lead from there.
-- @tparam string address
-- @treturn string its root
function book:enter(address)
  local root = self:root_of(address)
  local kept = self.roots[root]
  if not kept then
    kept = caches(self, root)
    self.roots[root] = kept
  end
  self.root, self.href, self.kept = root, kept.href, kept
  self.story_links, self.entity_links, self.day_links = kept.story_links, kept.entity_links, kept.day_links
  self.counted_links, self.thread_links = kept.counted_links, kept.thread_links
  return root
end

--- The way to an address of the edition, for `<%= link("archive/") %>`.
-- @tparam string address
-- @treturn string not escaped
function book:link(address)
  return self.kept.links[address]
end

-- Items of a table of HTML, as text flows.
local function joined(self, links, list)
  local count = #list
  local comma = self.words.comma
  if count == 1 then return links[list[1]] end -- these three are nearly all
  if count == 2 then return links[list[1]] .. comma .. links[list[2]] end
  if count == 3 then return links[list[1]] .. comma .. links[list[2]] .. comma .. links[list[3]] end
  local parts = {}
  for n = 1, count do parts[n] = links[list[n]] end
  return table.concat(parts, comma)
end

--- Links to entities, as text flows: `Malian Army, Tuareg`.
-- @tparam {integer,...} list
-- @treturn string HTML
function book:context(list)
  return joined(self, self.entity_links, list)
end

--- What two stories share, as text flows; how many stories have each stands in the title.
-- @tparam {integer,...} list entities
-- @tparam[opt] {integer,...} terms where they share none
-- @treturn string HTML
function book:reasons(list, terms)
  if terms then return joined(self, self.shared_words, terms) end
  return joined(self, self.counted_links, list)
end

return book
