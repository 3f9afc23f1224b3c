--- Layout `context`: the tree of "the Context" in Markdown, so that an archive of that form keeps every address.
--
-- Stories that come from such a tree keep their own address, their texts as they stand, and the relations that their
-- pages declare: they come out byte for byte. Of other stories the texts are escaped, the address is made by the
-- reference's rule (a number goes behind an address that is taken), and the relations are those of rule `context`.
-- @module newsarchive.site.context
local core = require "newsarchive.core"
local options = require "newsarchive.options"

local context = {}

--- The words of the pages, by language.
context.words = {
  en = {
    sources = "Source", related = "Related", reason = "Context", previous = "Previous Day...",
    days = { "News", "Yesterday", "Day Before Yesterday" },
  },
  zh = {
    sources = "信息来源", related = "有关", reason = "消息", previous = "前一天...",
    days = { "今天", "昨天", "昨天前一天" },
  },
}

--- Related stories on a page, unless the edition says otherwise: as many as the reference's newest pages have.
context.RELATED = 10

local EDITION = {
  language = "string", prefix = "string", limit = "integer", display = { "rank", "date" }, topics = "boolean",
  details = "boolean", compat = "boolean", words = "table",
}

--- An edition with nothing left open.
-- @tparam[opt] table given `language` (`"en"` or `"zh"`, or another with `words`); `prefix` before addresses (`"/zh"`,
-- "" where it is left out); `limit` of related stories (10); `display` of related stories (`"rank"`, or `"date"`:
-- newest first); `topics`: topics on pages (true for Chinese, as the reference has it); `details`: the description or
-- the context below each headline of a day (false); `compat`: stories of one address overwrite each other (false);
-- `words` as in `context.words`
-- @treturn table for the functions below
function context.edition(given)
  given = options.check(1, "edition", given, EDITION)
  local language = given.language or "en"
  local words = given.words or context.words[language:match "^%a+"] or context.words.en
  local topics = given.topics
  if topics == nil then topics = words == context.words.zh end
  return {
    words = words, prefix = given.prefix or "", topics = topics, details = given.details or false,
    limit = given.limit or context.RELATED, display = given.display or "rank", compat = given.compat or false,
    slug_rule = language:find "^zh" and "context-zh" or "context-en",
  }
end

-- ---- Addresses ----

-- "2007-09-01" as the folder "news/2007/09/1": the month has two digits, the day as few as it needs.
local function folder_of(date)
  local year, month, day = date:match "^(%d+)-(%d+)-(%d+)"
  return ("news/%s/%s/%d"):format(year, month, tonumber(day))
end

local function shown_date(date)
  local year, month, day = date:match "^(%d+)-(%d+)-(%d+)"
  return ("%s-%s-%d"):format(year, month, tonumber(day))
end

-- The address that a story brings from a tree of this form; nil for other stories.
local function own_path(story)
  local path = (story.url or ""):match "^/(news/%d%d%d%d/%d%d/%d%d?/[^/%c]+%.md)$"
  return path and path:match "^(.*)/" == folder_of(story.date) and path or nil
end

--- The address of a story by the reference's rule: its own where it comes from such a tree.
-- @tparam table edition from `context.edition`
-- @tparam table story
-- @treturn string such as "news/2007/09/1/the-slug.md"
function context.path(edition, story)
  local own = own_path(story)
  if own then return own end
  local name = story.slug or story.title
  local slug = core.slug(name, edition.slug_rule)
  if slug == "" then slug = core.slug(name) end
  return ("%s/%s.md"):format(folder_of(story.date), slug)
end

-- ---- Texts ----

-- Other people's text as one line of Markdown that says just that.
local function escaped(text)
  return (text:gsub("%c+", " "):gsub("\u{2028}", " "):gsub("\u{2029}", " "):gsub("[][\\`*_<>&]", "\\%0"))
end

-- A text of a story: as it stands where it comes from a tree of this form, though always on one line.
local function text_of(story, text)
  return own_path(story) and text:gsub("[\n\v\f\r]", " ") or escaped(text)
end

local SAFE_SCHEMES = { http = true, https = true, ftp = true, mailto = true }

-- An address as the target of a link in a story's page.
local function target(story, url)
  if own_path(story) then return url end
  local scheme = url:match "^%s*([%w+.-]+):"
  if scheme and not SAFE_SCHEMES[scheme:lower()] then return "#" end
  return (url:gsub("[%c %(%)<>\"\\]", function(c) return ("%%%02X"):format(c:byte()) end))
end

local function description_of(story)
  if story.description then return text_of(story, story.description) end
  return story.body and escaped(core.markdown(story.body, { format = "plain" })) or ""
end

-- ---- Pages ----

local function source_line(story, number, source)
  local url = source.url or source.archive_url
  local image = source.image and (" [IMG](%s)"):format(target(story, source.image)) or ""
  return ("%d. [%s](%s)%s\n"):format(number, text_of(story, source.name or url or ""), target(story, url or ""), image)
end

local function relation_line(edition, number, relation)
  return ("%d. [%s](%s) _%s: %s_\n"):format(number, relation.title, relation.url, edition.words.reason,
    table.concat(relation.context or {}, ", "))
end

--- The page of one story.
-- @tparam table edition from `context.edition`
-- @tparam table story
-- @tparam[opt] {table,...} relations each with `title` (as it goes on the page), `url` and `context` (a list of names);
-- where it is left out, those that the story itself declares
-- @treturn string Markdown
function context.story_page(edition, story, relations)
  relations = relations or story.related or {}
  local out = { ("### [%s](/%s/index.md)\n\n"):format(shown_date(story.date), folder_of(story.date)) }
  local function put(...) out[#out + 1] = string.format(...) end
  if edition.topics then put("##### %s\n", text_of(story, (story.topics or {})[1] or "")) end
  put("# %s\n\n%s\n\n", text_of(story, story.title), description_of(story))
  if story.sources and #story.sources > 0 then
    put("\n### %s:\n\n", edition.words.sources)
    for i, source in ipairs(story.sources) do out[#out + 1] = source_line(story, i, source) end
  end
  if #relations > 0 then
    put("\n### %s:\n\n", edition.words.related)
    for i, relation in ipairs(relations) do out[#out + 1] = relation_line(edition, i, relation) end
  end
  return table.concat(out)
end

-- Headlines in their order; a topic stands where it changes.
local function day_body(edition, records)
  local out, topic = {}, ""
  for _, record in ipairs(records) do
    if edition.topics and record.topic ~= topic then
      topic = record.topic
      out[#out + 1] = ("##### %s\n"):format(topic)
    end
    out[#out + 1] = ("### [%s](%s/%s)\n"):format(record.title, edition.prefix, record.path)
    if edition.details and record.detail then out[#out + 1] = record.detail .. "\n\n" end
  end
  return table.concat(out)
end

--- The page of one day.
-- @tparam table edition from `context.edition`
-- @tparam string date ISO 8601
-- @tparam {table,...} records in their order, each with `title`, `topic` ("" for none), `path`, and `detail` where the
-- edition shows details
-- @tparam[opt] string previous date of the day before that has stories
-- @treturn string Markdown, for `index.md` and `README.md` alike
function context.day_page(edition, date, records, previous)
  local page = ("## [%s](%s/%s/index.md)\n\n%s"):format(shown_date(date), edition.prefix, folder_of(date),
    day_body(edition, records))
  if not previous then return page end
  return page .. ("## [%s](%s/%s/index.md)\n\n"):format(edition.words.previous, edition.prefix, folder_of(previous))
end

--- The front page: the newest days that have stories.
-- @tparam table edition from `context.edition`
-- @tparam {table,...} days newest first, at most three of them are shown, each with `date` and `records`
-- @tparam[opt] string previous date of the newest day that is not shown
-- @treturn string Markdown
function context.front_page(edition, days, previous)
  local out = { "\n\n" }
  for i, label in ipairs(edition.words.days) do
    local day = days[i]
    if day then
      out[#out + 1] = ("## [%s](/%s/index.md)\n\n%s---\n\n"):format(label, folder_of(day.date),
        day_body(edition, day.records))
    end
  end
  if previous then
    out[#out + 1] = ("## [%s](/%s/index.md)\n\n---\n\n"):format(edition.words.previous, folder_of(previous))
  end
  return table.concat(out)
end

-- ---- The tree of an archive ----

local function detail_of(edition, story)
  if story.description then return description_of(story) end
  if not story.context or #story.context == 0 then return nil end
  return ("_%s: %s_"):format(edition.words.reason, text_of(story, table.concat(story.context, ", ")))
end

-- The story's own headline of its day, and the others that are listed under its address.
local function records_of(edition, story)
  local own = {
    id = story.id, title = text_of(story, story.title), topic = text_of(story, (story.topics or {})[1] or ""),
    path = context.path(edition, story), native = own_path(story) ~= nil, order = story.order or math.huge,
    detail = edition.details and detail_of(edition, story) or nil,
  }
  local records = { own }
  for _, headline in ipairs(story.headlines or {}) do
    local record = own
    if headline.order ~= story.order then
      record = { path = own.path, order = headline.order or math.huge }
      records[#records + 1] = record
    end
    record.listed, record.topic = headline.title or "", headline.topic or ""
  end
  return records
end

-- All days with their records in order, oldest first.
local function days_of(edition, archive)
  local days, by_date, read = {}, {}, 0
  for story in archive:stories() do
    local date = story.date:sub(1, 10)
    local day = by_date[date]
    if not day then
      day = { date = date, records = {} }
      by_date[date], days[#days + 1] = day, day
    end
    for _, record in ipairs(records_of(edition, story)) do
      read = read + 1
      record.read = read
      table.insert(day.records, record)
    end
  end
  table.sort(days, function(a, b) return a.date < b.date end)
  for _, day in ipairs(days) do
    table.sort(day.records, function(a, b)
      if a.order ~= b.order then return a.order < b.order end
      return a.read < b.read
    end)
  end
  return days
end

-- Gives each story of a day an address of its own: those that bring theirs come first. With `compat` the last has it.
local function settle_paths(edition, day, places)
  local taken = {}
  local function settle(record)
    local path, stem, number = record.path, record.path:sub(1, -4), 1
    while taken[path] and not edition.compat do
      number = number + 1
      path = ("%s-%d.md"):format(stem, number)
    end
    record.path, taken[path], places[record.id] = path, record.id, record
  end
  for _, native in ipairs { true, false } do
    for _, record in ipairs(day.records) do
      if record.id and record.native == native then settle(record) end
    end
  end
  day.owners = taken
end

local function relations_of(edition, archive, story, places)
  if story.related then return story.related end
  local relations = archive:related(story, { rule = "context", limit = edition.limit, display = edition.display })
  for i, relation in ipairs(relations) do
    local place, names = places[relation.story.id], {}
    for n, name in ipairs(relation.context) do names[n] = text_of(story, name) end
    relations[i] = { title = place.title, url = edition.prefix .. "/" .. place.path, context = names }
  end
  return relations
end

-- What a day's page lists: the title that it was read with there, where that is another one.
local function listed(records)
  local list = {}
  for i, record in ipairs(records) do
    list[i] = {
      title = record.listed or record.title, topic = record.topic, path = record.path, detail = record.detail,
    }
  end
  return list
end

local function yield_twice(folder, page)
  coroutine.yield(folder .. "index.md", page)
  coroutine.yield(folder .. "README.md", page)
end

--- All pages of an archive, day by day from the oldest; the front page comes last.
-- @tparam table edition from `context.edition`
-- @tparam table archive as `newsarchive.new` gives it: `stories`, `story` and `related` are called
-- @treturn function for the generic `for`: path (such as "news/2007/09/1/index.md") and content
function context.pages(edition, archive)
  return coroutine.wrap(function()
    local days, places = days_of(edition, archive), {}
    for _, day in ipairs(days) do settle_paths(edition, day, places) end
    for i, day in ipairs(days) do
      for _, record in ipairs(day.records) do
        if record.id and day.owners[record.path] == record.id then
          local story = archive:story(record.id)
          local relations = relations_of(edition, archive, story, places)
          coroutine.yield(record.path, context.story_page(edition, story, relations))
        end
      end
      day.records = listed(day.records)
      yield_twice(folder_of(day.date) .. "/",
        context.day_page(edition, day.date, day.records, i > 1 and days[i - 1].date or nil))
    end
    local newest = {}
    for i = #days, math.max(1, #days - 2), -1 do newest[#newest + 1] = days[i] end
    yield_twice("", context.front_page(edition, newest, #days > 3 and days[#days - 3].date or nil))
  end)
end

return context
