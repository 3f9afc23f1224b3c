--- Which stories a feed has, and what it shows of them: the newest, those that tell the same as one entry.
-- @module newsarchive.site.feeds
local body = require "newsarchive.site.body"
local core = require "newsarchive.core"

local feeds = {}

--- Entries of the feed of an edition, and of an entity.
feeds.STORIES_MAX = 50
feeds.ENTITY_STORIES_MAX = 20

-- Repeats that an entry lists, the newest.
local REPEATS_MAX = 12

-- The newest stories, of those that tell the same the earliest, because who follows the feed has seen it: `number`,
-- `also`. What lies farther back than the feed reaches is not looked at.
local function newest(book, numbers, limit)
  local list, by_original = {}, {}
  for n = #numbers, 1, -1 do
    local i = numbers[n]
    local original = book.relations:original(i)
    local entry = by_original[original]
    if entry then
      entry.also[#entry.also + 1] = entry.number
      entry.number = i
    elseif #list == limit then
      break
    else
      entry = { number = i, also = {} }
      list[#list + 1], by_original[original] = entry, entry
    end
  end
  table.sort(list, function(a, b) return a.number > b.number end)
  return list
end

-- "Also reported on 3 May 2012", with links.
local function also_html(book, also)
  local links = {}
  for n = math.min(#also, REPEATS_MAX), 1, -1 do -- the newest come first
    local i = also[n]
    links[#links + 1] = ('<a href="%s">%s</a>'):format(core.escape_url(book.edition:url(book.stories[i])),
      core.escape(book.dates[book.days[i]]))
  end
  return ("<p>%s %s</p>\n"):format(core.escape(book.words.repeated), table.concat(links, book.words.comma))
end

--- The entries of a feed.
-- @tparam Book book
-- @tparam {integer,...} numbers of stories, in order of date
-- @tparam integer limit
-- @treturn {table,...} newest first, as newsarchive.site.feed takes them
function feeds.entries(book, numbers, limit)
  local entries = {}
  for n, one in ipairs(newest(book, numbers, limit)) do
    local story = book.archive:story(one.number)
    local html = body.html(story) or body.summary(story)
    if #one.also > 0 then
      html = (html or ("<p>%s</p>\n"):format(core.escape(story.title))) .. also_html(book, one.also)
    end
    entries[n] = {
      url = book.edition:url(book.stories[one.number]), title = story.title, date = story.date,
      updated = story.updated, html = html, authors = story.authors, terms = story.context, language = story.language,
    }
  end
  return entries
end

return feeds
