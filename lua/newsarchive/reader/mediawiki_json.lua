--- Answers of MediaWiki's API: `action=query&prop=revisions` and `action=parse&prop=wikitext`, as JSON.
-- @module newsarchive.reader.mediawiki_json
local wikitext = require "newsarchive.reader.wikitext"

local mediawiki_json = { name = "mediawiki-json" }

-- What an answer has at its top level; one of them comes soon.
local KEYS = { "batchcomplete", "continue", "error", "errors", "parse", "query", "warnings" }

function mediawiki_json.matches(path, head)
  if not path:find "%.json$" or not head:find "^[%s\xEF\xBB\xBF%[]*{" then return false end
  for _, key in ipairs(KEYS) do
    if head:find('"' .. key .. '"%s*:') then return true end
  end
  return false
end

function mediawiki_json.read(report, path, text, options)
  report:read("mediawiki-json", text, {
    path = path, language = options.language, variant = options.variant, rules = wikitext.rules(options),
  })
end

return mediawiki_json
