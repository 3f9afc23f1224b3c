--- MediaWiki's XML exports and dumps, read in pieces: a dump may be larger than memory.
-- @module newsarchive.reader.mediawiki_xml
local core = require "newsarchive.core"
local wikitext = require "newsarchive.reader.wikitext"

local mediawiki_xml = { name = "mediawiki-xml" }

function mediawiki_xml.matches(path, head)
  return path:find "%.xml$" ~= nil and head:find "<mediawiki[%s>]" ~= nil
end

local function told(path, options)
  return { path = path, language = options.language, variant = options.variant, rules = wikitext.rules(options) }
end

--- Reads an export that comes in pieces.
-- @tparam Report report of the core
-- @tparam string path for origins and problems
-- @tparam function next_piece gives a string, or nil at the end
-- @tparam table options `language`, `variant` and `templates`, `categories` as the reader `wikitext` takes them
function mediawiki_xml.stream(report, path, next_piece, options)
  local export <close> = core.xml_reader(report, told(path, options))
  local piece = next_piece()
  while piece and export:feed(piece) do piece = next_piece() end
  export:finish()
end

function mediawiki_xml.read(report, path, text, options)
  report:read("mediawiki-xml", text, told(path, options))
end

return mediawiki_xml
