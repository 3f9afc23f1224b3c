--- The layout `context` for an edition: what `site.lua` says, in the terms of newsarchive.site.context.
-- @module newsarchive.site.context_layout
local context = require "newsarchive.site.context"

local context_layout = {}

-- Where a tree is taken over that was published below a path (`/zh`), its stories' own links say which.
local function declared_prefix(archive)
  for story in archive:stories() do
    local url = story.related and story.related[1].url
    if url then return url:match "^(/.-)/news/%d%d%d%d/" or "" end
  end
  return ""
end

--- The pages of an edition. Links begin with the path of its base URL; where that has none, with the one below which
-- the stories' own links say that the tree was published.
-- @tparam Edition edition
-- @tparam archive archive
-- @treturn function an iterator of path and content
function context_layout.pages(edition, archive)
  local related = edition.related
  local prefix = (edition.base_path .. edition.path):gsub("/$", "")
  if prefix == "" then prefix = declared_prefix(archive) end
  return context.pages(context.edition {
    language = edition.language, prefix = prefix,
    limit = related.limit, display = related.display,
  }, archive)
end

return context_layout
