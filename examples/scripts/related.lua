-- The stories related to one, with the reasons.
-- lua5.4 related.lua ARCHIVE [ID]
local newsarchive = require "newsarchive"

local path, id = ...
if not path then error("usage: related.lua ARCHIVE [ID]", 0) end
local archive = assert(newsarchive.open(path))

if not id then
  for story in archive:stories { order = "newest" } do print(story.id) end
  return
end

local story = archive:story(id) or error("no story " .. id, 0)
print(story.date, story.title)
for _, direction in ipairs { "before", "after" } do
  print(direction == "before" and "\nWhat led here" or "\nWhat came of it")
  for _, relation in ipairs(archive:related(story, { limit = 5, direction = direction })) do
    print(("  %s  %s"):format(relation.story.date, relation.story.title))
    print(("              Context: %s"):format(table.concat(relation.context, ", ")))
  end
end
