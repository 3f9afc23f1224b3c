--- MediaWiki's XML exports and dumps, read in pieces: a dump may be larger than memory.
-- @module newsarchive.reader.mediawiki_xml
local core = require "newsarchive.core"

local mediawiki_xml = { name = "mediawiki-xml" }

function mediawiki_xml.matches(path, head)
  return path:find "%.xml$" ~= nil and head:find "<mediawiki[%s>]" ~= nil
end

--- Reads an export that comes in pieces.
-- @tparam Report report of the core
-- @tparam string path for origins and problems
-- @tparam function next_piece gives a string, or nil at the end
-- @tparam table options `language`
function mediawiki_xml.stream(report, path, next_piece, options)
  local export <close> = core.xml_reader(report, { path = path, language = options.language })
  local piece = next_piece()
  while piece and export:feed(piece) do piece = next_piece() end
  export:finish()
end

function mediawiki_xml.read(report, path, text, options)
  report:read("mediawiki-xml", text, { path = path, language = options.language })
end

return mediawiki_xml
