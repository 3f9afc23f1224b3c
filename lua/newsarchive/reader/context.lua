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

-- What the day's page beside a story says about the file of that name, in its order.
local function listed(path)
  local folder, name = path:match "^(.*/)([^/]+)$"
  local file = folder and io.open(folder .. "index.md", "rb")
  if not file then return {} end
  local list = core.parse_context_day(file:read "a" or "")
  file:close()
  local records = {}
  for _, record in ipairs(list) do
    if record.path:match "[^/]*$" == name then records[#records + 1] = record end
  end
  return records, list.language
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

local function amend(report, path)
  local records = listed(path)
  if #records == 0 then return end
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

function context.read(report, path, text, options)
  local before = #report
  report:read("context", text, { path = path, language = options.language, date = options.date })
  if #report > before then amend(report, path) end
end

return context
