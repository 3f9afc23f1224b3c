--- `newsarchive related`: the relations of one story.
-- @module newsarchive.cli.related
local text = require "newsarchive.cli.text"

local related = {}

local counted, tame = text.counted, text.tame

related.summary = "Print the stories that are related to one, and why."

function related.configure(command)
  require("newsarchive.cli.archives").configure(command)
  command:argument("id", "The story: its date and slug, as in its address.")
  command:flag("--explain", "Print how the score of each relation comes about.")
  command:flag("--json", "Print one JSON object instead of text.")
  command:epilog [[
Examples:
  newsarchive related news.na 1969-07-21/neil-armstrong-walks-on-the-moon
  newsarchive related news.na 1969-07-21/neil-armstrong-walks-on-the-moon --explain --limit 5
  newsarchive related news.na 1969-07-21/neil-armstrong-walks-on-the-moon --registry names.yaml
A relation is a repeat, the same story, one of the same people or the same place, or else earlier or later.]]
end

local function apart(days)
  if days == 0 then return "on the same day" end
  return counted(days, "day") .. " apart"
end

-- The shares of the score, the largest first, and their sum.
local function print_sum(relation)
  for _, reason in ipairs(relation.reasons) do
    local stories = counted(reason.stories, "story")
    print(("    %9.6f  %s %s, in %s"):format(reason.share, reason.kind, tame(reason.text), stories))
  end
  print(("    %9.6f  score: %s, %s"):format(relation.score, relation.kind, apart(math.abs(relation.days))))
end

local function print_text(story, relations, explain)
  print(story.date:sub(1, 10) .. "  " .. tame(story.title))
  for i, relation in ipairs(relations) do
    print(("\n%2d. %s  %s"):format(i, relation.story.date:sub(1, 10), tame(relation.story.title)))
    print("    " .. tame(relation.story.id))
    print("    Context: " .. tame(table.concat(relation.context, ", ")))
    if explain then print_sum(relation) end
  end
end

function related.run(arguments)
  local archives = require "newsarchive.cli.archives"
  local archive = archives.open(arguments)
  local story = archive:story(arguments.id)
  if not story then error(("%s: no story '%s'"):format(arguments.archive, arguments.id), 0) end
  local relations = archive:related(story, archives.options(arguments))
  if arguments.json then
    print(require("newsarchive.core").encode_json { id = story.id, related = archives.plain(relations) })
  else
    print_text(story, relations, arguments.explain)
  end
end

return related
