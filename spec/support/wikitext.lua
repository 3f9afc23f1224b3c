--- What specs of the wikitext reader share: pages of one line, and what holds for every page.
-- @module spec.support.wikitext
local newsarchive = require "newsarchive"

local wikitext = {}

--- The only story of a page.
-- @tparam string text
-- @tparam[opt] table options of `newsarchive.parse_wikitext`
-- @treturn table story
-- @treturn table page
function wikitext.story(text, options)
  local page = newsarchive.parse_wikitext(text, options)
  if #page.stories ~= 1 then error(("%d stories: %s"):format(#page.stories, text), 2) end
  return page.stories[1], page
end

--- The only story of a page of one item.
-- @tparam string line without its star
-- @tparam[opt] table options of `newsarchive.parse_wikitext`
-- @treturn table story
-- @treturn table page
function wikitext.item(line, options)
  return wikitext.story("* " .. line, options)
end

--- The codes of a page's problems.
-- @tparam table page
-- @treturn {string,...}
function wikitext.codes(page)
  local list = {}
  for i, problem in ipairs(page.problems) do list[i] = problem.code end
  return list
end

local MARKUP = { "[[", "]]", "{{", "}}", "''", "<ref", "-{", "}-", "[http" }

local function is_clean(text)
  for _, mark in ipairs(MARKUP) do
    if text:find(mark, 1, true) then return false, mark end
  end
  return utf8.len(text) ~= nil and text ~= "" and not text:find "^ " and not text:find " $" and not text:find "  "
end

local function assert_clean(text, what)
  if text == nil then return end
  local clean, mark = is_clean(text)
  if not clean then error(("%s %q holds %s"):format(what, text, mark or "bytes that are no text"), 3) end
end

local function assert_mentions(item, text)
  for _, mention in ipairs(item.mentions) do
    for _, field in ipairs { "label", "target", "section", "interlanguage" } do assert_clean(mention[field], field) end
    if mention.label and not text:find(mention.label, 1, true) then
      error(("label %q is not in %q"):format(mention.label, text), 3)
    end
  end
end

--- Raises unless the page keeps the reader's promises.
-- @tparam table page what `newsarchive.parse_wikitext` gave
function wikitext.page(page)
  for _, story in ipairs(page.stories) do
    for _, field in ipairs { "title", "lead", "category", "raw_category" } do assert_clean(story[field], field) end
    assert_mentions(story, story.title)
    for _, source in ipairs(story.sources) do
      for _, field in ipairs { "name", "publisher", "via", "title" } do assert_clean(source[field], field) end
    end
    local depth = 0
    for _, topic in ipairs(story.topics) do
      assert_clean(topic.text, "topic")
      if topic.depth <= depth then error("a topic that is not deeper than the one before", 2) end
      depth = topic.depth
    end
    if story.depth <= depth then error("a story that is not deeper than its topics", 2) end
  end
  for _, topic in ipairs(page.topics) do assert_mentions(topic, topic.text) end
  local counted = #page.stories + #page.topics + #page.media + page.rejected
  if page.items ~= counted then error(("%d items, %d accounted for"):format(page.items, counted), 2) end
end

local function count(text, what)
  local _, times = text:gsub(what:gsub("%p", "%%%0"), "")
  return times
end

--- Where the links and the addresses of a page went: what is open, and what is accounted for.
-- @tparam string text of a page whose brackets are whole
-- @tparam table page what `newsarchive.parse_wikitext` gave
-- @treturn table `links`, `links_found`, `addresses`, `addresses_found`
function wikitext.account(text, page)
  text = text:gsub("<!%-%-.-%-%->", "")
  local result = { links = count(text, "[["), links_found = 0, addresses = count(text, "[http"), addresses_found = 0 }
  local function take(raw)
    result.links_found = result.links_found + count(raw, "[[")
    result.addresses_found = result.addresses_found + count(raw, "[http")
  end
  for _, list in ipairs { page.stories, page.topics } do
    for _, item in ipairs(list) do
      for _, mention in ipairs(item.mentions) do
        if not mention.interlanguage then result.links_found = result.links_found + 1 end
      end
      for _, source in ipairs(item.sources or {}) do
        if source.style == "interwiki" then result.links_found = result.links_found + 1 end
        if source.style:find "brac" or source.style:find "paren" or source.style == "inline-text" then
          result.addresses_found = result.addresses_found + 1
        end
      end
    end
  end
  for _, medium in ipairs(page.media) do take(medium.raw) end
  for _, problem in ipairs(page.problems) do
    if problem.code == "wikitext-nested-link" or problem.code == "wikitext-template" then take(problem.raw) end
  end
  return result
end

return wikitext
