--- The Markdown of "the Context": a page for each story, and a page that lists them for each day.
--
-- What only the day's page tells is put into its stories: `order`, their place in it, and `headlines`, what else it
-- lists under the address of a story (several stories with one address overwrote each other), or for the story itself
-- where that differs from the story's own page. So the day's page can be made again from its stories.
-- @module newsarchive.reader.context
local core = require "newsarchive.core"

local context = { name = "context" }

-- Story pages begin with their day's link, lists with a second-level one: "## [2007-09-1](/news/2007/09/1/index.md)".
local DAY_LINK = "^#+ %[[^%]\n]*%]%(/?[%w/-]*news/%d+/%d+/%d+/index%.md%)"

function context.matches(path, head)
  if not path:find "%.md$" then return false end
  local heading = head:match "^\n*(#[^\n]*)" or head:match "\n(#[^\n]*)"
  return heading ~= nil and heading:find(DAY_LINK) ~= nil
end

local function folder_and_name(path)
  return path:match "^(.-)([^/]*)$"
end

-- The bytes of a file; nil where there is none.
local function bytes_of(path)
  local file = io.open(path, "rb")
  local bytes = file and file:read "a"
  if file then file:close() end
  return bytes
end

-- What a day's page says about the file of that name, in its order.
local function records_of(list, name)
  local records = {}
  for _, record in ipairs(list) do
    if select(2, folder_and_name(record.path)) == name then records[#records + 1] = record end
  end
  return records
end

-- The record that is the story's own, of those that share its address: the one that agrees with its page best.
local function own_record(story, topic, records)
  local best, best_score = nil, -1
  for _, record in ipairs(records) do
    local score = (record.title == story.title and 2 or 0) + (record.topic == topic and 1 or 0)
    if score > best_score then best, best_score = record, score end
  end
  return best
end

local function amend(report, records)
  local story = report:story(#report)
  local topic = (story.topics or {})[1] or ""
  local own = own_record(story, topic, records)
  local headlines = {}
  for _, record in ipairs(records) do
    local same = record == own and record.title == story.title and record.topic == topic
    if not same then
      headlines[#headlines + 1] = { order = record.order, title = record.title, topic = record.topic }
    end
  end
  report:amend(#report, { order = own.order, headlines = headlines })
end

local function read_story(report, path, text, options)
  local before = #report
  local folder, name = folder_and_name(path)
  local list = core.parse_context_day(bytes_of(folder .. "index.md") or "")
  report:read("context", text, { path = path, language = list.language or options.language, date = options.date })
  local records = records_of(list, name)
  if #report > before and #records > 0 then amend(report, records) end
end

-- A day's page gives no story of its own; but what it lists should be there, where the page itself is.
local function read_day(report, path, text, options)
  report:read("context", text, { path = path, language = options.language, date = options.date })
  local folder = folder_and_name(path)
  if bytes_of(path) ~= text then return end
  for _, record in ipairs(core.parse_context_day(text)) do
    local listed_folder, name = folder_and_name(record.path)
    local here = folder:sub(-#listed_folder) == listed_folder
    if here and not bytes_of(folder .. name) then
      report:note { path = path, message = ("the page of '%s' is not there: %s"):format(record.title, name) }
    end
  end
end

function context.read(report, path, text, options)
  local name = select(2, folder_and_name(path))
  if name == "index.md" then
    read_day(report, path, text, options)
  elseif name == "README.md" then
    report:read("context", text, { path = path }) -- the same page under its other name
  else
    read_story(report, path, text, options)
  end
end

return context
