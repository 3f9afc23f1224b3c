--- Wikitext of one day of the Current Events portal, in a file that is named after the day or the page.
-- @module newsarchive.reader.wikitext
local core = require "newsarchive.core"

local wikitext = { name = "wikitext" }

function wikitext.matches(path)
  return path:find "%.wiki$" ~= nil or path:find "%.wikitext$" ~= nil
end

-- "2007-09-01.wiki", "2007-09-01.en.wiki", "Portal Current events 2007 September 1.wikitext"
local function named(path)
  local name = path:match "([^/\\]*)%.%a+$" or path
  local date, language = core.title_date(name)
  if date then return date, language end
  local before, tag = name:match "^(.*)%.(%a%a%a?)$"
  if before then return (core.title_date(before)), tag end
end

function wikitext.read(report, path, text, options)
  local date, language = named(path)
  report:read("wikitext", text,
    { path = path, date = options.date or date, language = options.language or language })
end

return wikitext
