--- The bodies of stories: CommonMark as HTML that is harmless in any page.
-- @module newsarchive.site.body
local core = require "newsarchive.core"

local body = {}

local PLAIN = { format = "plain" }
local SUMMARY_BYTES = 1200 -- a longer first paragraph is no summary any more

-- HTML has no place for most controls, not even as references.
local CONTROLS = "[%z\1-\8\11\12\14-\31\127]"
-- What libcmark leaves where raw HTML was.
local OMITTED, OMITTED_PATTERN = "<!-- raw HTML omitted -->", "<!%-%- raw HTML omitted %-%->"

local function cleaned(html)
  if html:find(CONTROLS) then html = html:gsub(CONTROLS, "\u{FFFD}") end
  if html:find(OMITTED, 1, true) then html = html:gsub(OMITTED_PATTERN, "") end
  return html
end

--- The whole body.
-- @tparam table story
-- @treturn ?string HTML; nil where there is none
function body.html(story)
  if not story.body then return nil end
  return cleaned((core.markdown(story.body)))
end

--- The words of the body, without markup.
-- @tparam table story
-- @treturn ?string
function body.plain(story)
  if not story.body then return nil end
  return (core.markdown(story.body, PLAIN))
end

--- What a list shows beside the headline: the description, or the first paragraph.
-- @tparam table story
-- @treturn ?string HTML; nil where there is none
function body.summary(story)
  if story.description then return core.escape(story.description) end
  local html = body.html(story)
  local paragraph = html and html:match("<p>(.-)</p>")
  return paragraph and #paragraph <= SUMMARY_BYTES and paragraph or nil
end

return body
