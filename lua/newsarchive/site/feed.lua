--- Feeds: Atom and JSON Feed of any list of stories.
-- @module newsarchive.site.feed
local core = require "newsarchive.core"

local feed = {}

local escape, escape_url = core.escape, core.escape_url

--- A date as RFC 3339 wants it: a day without a time is its midnight, universal time.
-- @tparam string date ISO 8601
-- @treturn string
function feed.timestamp(date)
  local day, hour, minute, rest = date:match("^(%d%d%d%d%-%d%d%-%d%d)[T ](%d%d):(%d%d)(.*)$")
  if not day then return date:sub(1, 10) .. "T00:00:00Z" end
  local second, zone = rest:match("^:(%d%d)%.?%d*(.*)$")
  zone = second and zone or rest
  if zone:find("^[+-]%d%d%d%d$") then zone = zone:sub(1, 3) .. ":" .. zone:sub(4) end
  if not zone:find("^[+-]%d%d:%d%d$") then zone = "Z" end
  return ("%sT%s:%s:%s%s"):format(day, hour, minute, second or "00", zone)
end

-- The newest of the entries' dates; their order of text is that of time as long as zones agree, which is near enough
-- for a feed and the same for the same input.
local function updated(entries)
  local newest = "1970-01-01T00:00:00Z"
  for _, entry in ipairs(entries) do
    local date = feed.timestamp(entry.updated or entry.date)
    if date > newest then newest = date end
  end
  return newest
end

local function element(out, name, text, attributes)
  out[#out + 1] = ("<%s%s>%s</%s>\n"):format(name, attributes or "", escape(text), name)
end

local function append_entry(out, entry, language)
  out[#out + 1] = "<entry>\n"
  element(out, "id", entry.url)
  element(out, "title", entry.title)
  out[#out + 1] = ('<link rel="alternate" type="text/html" href="%s"/>\n'):format(escape_url(entry.url))
  element(out, "published", feed.timestamp(entry.date))
  element(out, "updated", feed.timestamp(entry.updated or entry.date))
  for _, author in ipairs(entry.authors or {}) do
    out[#out + 1] = ("<author><name>%s</name></author>\n"):format(escape(author))
  end
  for _, term in ipairs(entry.terms or {}) do
    out[#out + 1] = ('<category term="%s"/>\n'):format(escape(term))
  end
  if entry.html then
    local attributes = ' type="html"'
    if entry.language and entry.language ~= language then
      attributes = attributes .. (' xml:lang="%s"'):format(escape(entry.language))
    end
    element(out, "content", entry.html, attributes)
  else
    element(out, "summary", entry.title)
  end
  out[#out + 1] = "</entry>\n"
end

--- Atom (RFC 4287).
-- @tparam table channel `url` (of the front page), `feed_url`, `title`, `description`, `language` (BCP 47), `author`
-- @tparam {table,...} entries newest first: `url`, `title`, `date`, `updated`, `html`, `authors`, `terms`, `language`
-- @treturn string UTF-8 XML, the same bytes for the same input
function feed.atom(channel, entries)
  local out = {
    '<?xml version="1.0" encoding="utf-8"?>\n',
    ('<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="%s">\n'):format(escape(channel.language)),
  }
  element(out, "id", channel.url)
  element(out, "title", channel.title)
  if channel.description then element(out, "subtitle", channel.description) end
  element(out, "updated", updated(entries))
  out[#out + 1] = ("<author><name>%s</name></author>\n"):format(escape(channel.author or channel.title))
  out[#out + 1] = ('<link rel="self" type="application/atom+xml" href="%s"/>\n'):format(escape_url(channel.feed_url))
  out[#out + 1] = ('<link rel="alternate" type="text/html" href="%s"/>\n'):format(escape_url(channel.url))
  for _, entry in ipairs(entries) do append_entry(out, entry, channel.language) end
  out[#out + 1] = "</feed>\n"
  return table.concat(out)
end

--- JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/).
-- @tparam table channel as for `atom`
-- @tparam {table,...} entries as for `atom`
-- @treturn string JSON
function feed.json(channel, entries)
  local items = {}
  for n, entry in ipairs(entries) do
    local authors = {}
    for k, name in ipairs(entry.authors or {}) do authors[k] = { name = name } end
    items[n] = {
      id = entry.url, url = entry.url, title = entry.title, content_html = entry.html,
      content_text = not entry.html and entry.title or nil,
      date_published = feed.timestamp(entry.date), date_modified = feed.timestamp(entry.updated or entry.date),
      authors = #authors > 0 and authors or nil, tags = entry.terms and #entry.terms > 0 and entry.terms or nil,
      language = entry.language,
    }
  end
  return core.encode_json {
    version = "https://jsonfeed.org/version/1.1", title = channel.title, description = channel.description,
    home_page_url = channel.url, feed_url = channel.feed_url, language = channel.language,
    authors = { { name = channel.author or channel.title } }, items = items,
  } .. "\n"
end

return feed
