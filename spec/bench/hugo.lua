-- A folder of Markdown stories that both Hugo and this project publish, each with pages of stories, lists by context
-- and related stories.
local core = require "newsarchive.core"
local env = require "spec.support.env"

local hugo = {}

local FOLDER_STORIES = 1000 -- files in one folder

local CONFIG = [==[
baseURL = "https://example.org/"
languageCode = "en"
title = "News"
disableKinds = ["sitemap", "RSS"]
[taxonomies]
  context = "context"
[permalinks]
  news = "/:year/:month/:day/:slug/"
[related]
  threshold = 10
  includeNewer = true
  toLower = true
  [[related.indices]]
    name = "context"
    weight = 100
  [[related.indices]]
    name = "date"
    weight = 10
    pattern = "200601"
]==]

local SINGLE = [[
<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{{ .Title }}</title></head><body>
<h1>{{ .Title }}</h1><time>{{ .Date.Format "2006-01-02" }}</time>{{ .Content }}
<ul>{{ range .Params.cited }}<li>{{ . }}</li>{{ end }}</ul>
<ul>{{ range first 10 (.Site.RegularPages.Related .) }}
<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>
{{ end }}</ul>
</body></html>
]]

local LIST = [[
<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{{ .Title }}</title></head><body>
<ul>{{ range .Pages }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}</ul>
</body></html>
]]

local SITE = [[
return { title = "News", language = "en", base_url = "https://example.org/", sources = { "content" } }
]]

-- A text or a list of texts in JSON, which YAML can read.
local function plain(value)
  return core.encode_json(value)
end

local function front_matter(story)
  local names = {}
  for i, source in ipairs(story.sources or {}) do names[i] = source.name end
  local lines = { "---", "title: " .. plain(story.title), "date: " .. story.date:sub(1, 10) }
  lines[#lines + 1] = "slug: " .. plain(story.id:match "/(.*)$")
  if story.context then lines[#lines + 1] = "context: " .. plain(story.context) end
  if #names > 0 then lines[#lines + 1] = "cited: " .. plain(names) end
  lines[#lines + 1] = "---\n"
  return table.concat(lines, "\n")
end

--- Writes the site: `hugo.toml`, `site.lua` and the stories below `content/news`.
-- @tparam table folder of spec.support.env
-- @tparam function lines iterates over stories as JSON
-- @tparam integer step every so manieth story is taken
-- @treturn integer how many there are
function hugo.write(folder, lines, step)
  folder:write("hugo.toml", CONFIG)
  folder:write("site.lua", SITE)
  folder:write("layouts/_default/single.html", SINGLE)
  folder:write("layouts/_default/list.html", LIST)
  local met, written = 0, 0
  local parent
  for line in lines do
    if met % step == 0 then
      if written % FOLDER_STORIES == 0 then
        parent = ("content/news/%04d"):format(written // FOLDER_STORIES)
        os.execute("mkdir -p " .. env.quote(folder:file(parent)))
      end
      local file <close> = assert(io.open(folder:file(("%s/%06d.md"):format(parent, written)), "wb"))
      file:write(front_matter(core.decode_json(line)))
      written = written + 1
    end
    met = met + 1
  end
  return written
end

return hugo
