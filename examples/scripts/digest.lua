-- A month, or any range of days, as one HTML page, by a template of one's own.
-- lua5.4 digest.lua ARCHIVE FROM [TO] > digest.html
local newsarchive = require "newsarchive"

local path, from, to = ...
if not from then error("usage: digest.lua ARCHIVE FROM [TO]", 0) end
local archive = assert(newsarchive.open(path))

local page = newsarchive.template([[
<!doctype html>
<html lang="<%= language %>">
<meta charset="utf-8">
<title><%= from %></title>
<h1><%= #stories %> stories, <%= from %></h1>
<% for _, story in ipairs(stories) do -%>
<article>
  <h2><%= story.title %></h2>
  <p><time datetime="<%= story.date %>"><%= story.date %></time>
<% for _, source in ipairs(story.sources or {}) do -%>
<% if source.url then -%>
  <a href="<%= source.url %>"><%= source.name or source.url %></a>
<% end -%>
<% end -%>
  </p>
</article>
<% end -%>
</html>
]], "digest")

local stories = {}
for story in archive:stories { from = from, to = to or from } do stories[#stories + 1] = story end
io.write(page { language = archive.language, from = from, stories = stories })
