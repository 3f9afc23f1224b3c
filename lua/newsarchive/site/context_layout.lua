--- The layout `context` for an edition: what `site.lua` says, in the terms of newsarchive.site.context.
-- @module newsarchive.site.context_layout
local context = require "newsarchive.site.context"

local context_layout = {}

--- The pages of an edition.
-- @tparam Edition edition
-- @tparam archive archive
-- @treturn function an iterator of path and content
function context_layout.pages(edition, archive)
  local related = edition.related
  return context.pages(context.edition {
    language = edition.language, prefix = (edition.base_path .. edition.path):gsub("/$", ""),
    limit = related.limit, display = related.display,
  }, archive)
end

return context_layout
