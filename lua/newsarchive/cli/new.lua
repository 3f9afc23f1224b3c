--- `newsarchive new`: a site that builds.
-- @module newsarchive.cli.new
local new = {}

new.summary = "Make a site that builds: site.lua, two stories, rules, a template to change."

function new.configure(command)
  command:argument("dir", "The folder to make; it must not be there, or be empty.")
  command:option("--title", "The title of the site."):argname("<title>"):default("The Archive")
  command:option("--language", "The language of the site, as BCP 47 has it."):argname("<tag>"):default("en")
  command:epilog [[
Examples:
  newsarchive new my-archive
  newsarchive new archiv --title "Das Archiv" --language de
  newsarchive build my-archive]]
end

local SITE = [[
-- Describes the site. `newsarchive build` reads it.
return {
  title = %s,
  description = "News that explains itself: every story is linked to those it shares people, places and topics with.",
  base_url = "https://example.org/", -- where the site will live; feeds and the sitemap need it
  language = %s,

  -- Files or folders of stories. Markdown, YAML, JSON Lines and others are told apart by their names;
  -- { path = "export.json", format = "jsonl" } says it outright.
  sources = { "stories" },

  rules = "rules.lua",                 -- corrects and adds entities and topics
  -- registry = "registry.tsv",        -- names to look for in the stories, as `newsarchive learn` makes them
  theme = { templates = "templates" }, -- templates here take the place of the theme's own of the same name
  links = "relative",                  -- the pages open from a disk; without this line they need a server

  -- What leads from story to story: `limit` of each list; direction = "all" makes one list of two; rule = "context"
  -- goes by the number of shared entities alone; `least` and `weights` say what counts.
  related = { limit = 5 },
  threads = { least = 3 },             -- a running story has a page from so many stories on; false for none
  entities = { least = 2, feeds = 10, json = 10 }, -- a page, a feed, JSON from so many stories on
}
]]

local STORY = [[
---
title: "A new archive opens with one story"
date: %s
category: "Announcements"
topics: ["This archive"]
context: ["Archive", "First story"]
sources:
  - name: "Example"
    url: "https://example.org/"
---
Change this file, or put others beside it. A story needs a `title` and a `date`; `context` names the people, places
and things that it is about, and stories that share them will point to each other.
]]

local SECOND = [[
---
title: "A second story shares its context with the first"
date: %s
category: "Announcements"
context: ["The archive", "Second story"]
---
This file says *The archive*, and the first one says *Archive*. A rule in `rules.lua` knows that both are one: that is
why each of the two lists the other, and says so.
]]

local RULES = [[
-- Rules correct and add entities, categories and topics, before the archive is made.
return rules {
  -- One name for one thing: in what stories bring, and found in their texts.
  alias { ["The archive"] = "Archive", ["U.N."] = "United Nations" },

  -- A name that means something else elsewhere is looked for with these words only.
  entity "Mercury" { only_with = { "NASA", "spacecraft", "orbit" } },

  -- Sources are not subjects.
  drop { "Reuters", "BBC" },

  category { ["Announcement"] = "Announcements" },

  -- Whatever else: a function for the stories in whose fields these patterns are found.
  when { title = "second story" } (function(story)
    story.topics = { "This archive" }
  end),

  -- A test: the entities that such a headline shall get.
  expect "NASA sends a spacecraft to Mercury" { "Mercury" },
}
]]

local FOOTER = [[
<%% -- The foot of every page. This file takes the place of the theme's own footer.etlua.
   -- The other templates can be copied here and changed in the same way. -%%>
<footer class="foot">
  <p><strong><%%= site.title %%></strong> &middot; <%%= site.description or "" %%></p>
  <p><a href="<%%= link("") %%>"><%%= words.home %%></a> &middot;
     <a href="<%%= link("archive/") %%>"><%%= words.archive %%></a> &middot;
     <a href="<%%= link("entities/") %%>"><%%= words.entities %%></a> &middot;
     <a href="<%%= link("threads/") %%>"><%%= words.threads %%></a></p>
</footer>
]]

local function is_empty(uv, directory)
  local request = uv.fs_scandir(directory)
  local count = 0
  -- To the end: libuv frees what it has scanned with the last name.
  while request and uv.fs_scandir_next(request) do count = count + 1 end
  return count == 0
end

local function write(path, text)
  local file <close> = assert(io.open(path, "wb"))
  assert(file:write(text))
end

function new.run(arguments)
  local uv = require "luv"
  local directory = arguments.dir:gsub("(.)/+$", "%1")
  if directory == "" then error("the name of the folder is empty", 0) end
  local there = uv.fs_stat(directory)
  if there and there.type ~= "directory" then error(directory .. " is there and is no folder", 0) end
  if there and not is_empty(uv, directory) then error(directory .. " is not empty; nothing was changed", 0) end
  local today = os.date("!%Y-%m-%d")
  local folders = require "newsarchive.site.folders"
  folders.make(directory .. "/stories")
  folders.make(directory .. "/templates")
  write(directory .. "/site.lua", SITE:format(("%q"):format(arguments.title), ("%q"):format(arguments.language)))
  write(directory .. "/stories/" .. today .. "-a-new-archive.md", STORY:format(today))
  write(directory .. "/stories/" .. today .. "-second.md", SECOND:format(today))
  write(directory .. "/rules.lua", RULES)
  write(directory .. "/templates/footer.etlua", FOOTER:format())
  print(("%s is made. Next: newsarchive build %s"):format(directory, directory))
end

return new
