--- The templates and the stylesheet of an edition: the site's own, and the default theme's where it has none.
-- @module newsarchive.site.theme
local template = require "newsarchive.site.template"

local theme = {}

-- The theme lies beside this room.
local DEFAULT = debug.getinfo(1, "S").source:match("^@(.*)site/[^/]*$") .. "theme"

local function read(path)
  local file <close> = io.open(path, "rb")
  return file and file:read("a")
end

--- The set of templates of an edition.
-- @tparam Edition edition
-- @tparam table globals what every template sees
-- @treturn Set
function theme.templates(edition, globals)
  local own = edition.theme.templates and edition.directory .. "/" .. edition.theme.templates
  return template.set(function(name)
    for _, folder in ipairs { own or false, DEFAULT .. "/templates" } do
      local path = folder and folder .. "/" .. name .. ".etlua"
      local source = path and read(path)
      if source then return source, path end
    end
  end, globals)
end

--- The stylesheet of an edition.
-- @tparam Edition edition
-- @treturn string CSS
function theme.stylesheet(edition)
  local own = edition.theme.stylesheet
  if not own then return assert(read(DEFAULT .. "/style.css"), "the theme's stylesheet is missing") end
  local text = read(edition.directory .. "/" .. own)
  if not text then error(("%s/%s: the stylesheet cannot be read"):format(edition.directory, own), 0) end
  return text
end

return theme
