--- Sitemaps (https://www.sitemaps.org/protocol.html).
-- @module newsarchive.site.sitemap
local core = require "newsarchive.core"

local sitemap = {}

--- URLs of one file: the protocol's limit.
sitemap.URLS_MAX = 50000

local HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<%s xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'

--- A list that takes URLs one by one.
-- @treturn Sitemap
function sitemap.new()
  return setmetatable({ lines = {}, full = {} }, { __index = sitemap })
end

local function close(self)
  self.full[#self.full + 1] = HEAD:format("urlset") .. table.concat(self.lines) .. "</urlset>\n"
  self.lines = {}
end

--- @tparam string url absolute
-- @tparam[opt] string date ISO 8601: of the last change
function sitemap:add(url, date)
  if #self.lines == sitemap.URLS_MAX then close(self) end
  self.lines[#self.lines + 1] = ("<url><loc>%s</loc>%s</url>\n"):format(core.escape_url(url),
    date and ("<lastmod>%s</lastmod>"):format(date:sub(1, 10)) or "")
end

--- The files: `sitemap.xml`, and the parts that it lists where it cannot hold all.
-- @tparam string base the absolute URL of the folder where they are
-- @treturn {string,...} a flat list of path and content
function sitemap:files(base)
  if #self.lines > 0 or #self.full == 0 then close(self) end
  if #self.full == 1 then return { "sitemap.xml", self.full[1] } end
  local files, index = {}, {}
  for n, content in ipairs(self.full) do
    local path = ("sitemap-%d.xml"):format(n)
    files[#files + 1], files[#files + 2] = path, content
    index[n] = ("<sitemap><loc>%s</loc></sitemap>\n"):format(core.escape_url(base .. path))
  end
  files[#files + 1] = "sitemap.xml"
  files[#files + 1] = HEAD:format("sitemapindex") .. table.concat(index) .. "</sitemapindex>\n"
  return files
end

return sitemap
