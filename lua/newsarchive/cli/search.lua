--- `newsarchive search`: the stories that a query finds.
-- @module newsarchive.cli.search
local text = require "newsarchive.cli.text"

local search = {}

local counted, tame = text.counted, text.tame

search.summary = "Find stories by words, names and dates."

function search.configure(command)
  command:argument("archive", "An archive file, as `newsarchive index` makes it.")
  command:argument("words", "What to look for: words, \"phrases\", pref*, entity:, source:, topic:, category:, from:, "
    .. "to:; behind --, also -words that must not be there."):args "*"
  for _, name in ipairs { "entity", "source", "topic", "category" } do
    command:option("--" .. name, ("Only stories with this %s, by its name or some words of it."):format(name))
      :argname "<name>"
  end
  command:option("--from", "Only stories from this day, month or year on."):argname "<date>"
  command:option("--to", "Only stories up to this day, month or year."):argname "<date>"
  command:option("--on", "All stories of this day of any year, as in 09-01; takes no words."):argname "<month-day>"
  command:option("--order", "relevance, newest or oldest first."):argname "<order>"
    :choices { "relevance", "newest", "oldest" }
  require("newsarchive.cli.archives").add_limit(command, "At most so many stories, up to 1000.")
  command:flag("--facets", "Print how many stories there are by year, entity and source.")
  command:flag("--json", "Print one JSON object instead of text.")
  command:epilog [[
Examples:
  newsarchive search news.na malian army
  newsarchive search news.na '"malian army"' source:Reuters --from 2012 --to 2013-06
  newsarchive search news.na --facets -- tuar* -peace
  newsarchive search news.na --on 09-01]]
end

local MARK, PLAIN = "\27[1m", "\27[0m"

-- Whether stdout is a terminal that may be written to in colour.
local function shows_marks()
  local found, luv = pcall(require, "luv")
  return found and not os.getenv "NO_COLOR" and luv.guess_handle(1) == "tty"
end

-- The snippet with its spans between two marks.
local function marked(snippet, spans, before, behind)
  local parts, at = {}, 1
  for i = 1, #spans, 2 do
    parts[#parts + 1] = snippet:sub(at, spans[i] - 1) .. before .. snippet:sub(spans[i], spans[i + 1]) .. behind
    at = spans[i + 1] + 1
  end
  return table.concat(parts) .. snippet:sub(at)
end

local function print_hit(number, hit, marks)
  local before, behind = marks and MARK or "", marks and PLAIN or ""
  local snippet = marked(tame(hit.snippet), hit.spans, before, behind)
  local title = hit.field == "title" and snippet or tame(hit.story.title)
  print(("%2d. %s  %s"):format(number, hit.story.date:sub(1, 10), title))
  if hit.field ~= "title" then print("    " .. snippet) end
  print("    " .. tame(hit.story.id))
end

local FACETS = { "years", "entities", "sources" }

local function print_facets(results)
  print("\n" .. counted(results.stories, "story"))
  for _, name in ipairs(FACETS) do
    if #results.facets[name] > 0 then print("\n" .. name) end
    for _, value in ipairs(results.facets[name]) do print(("%8d  %s"):format(value.stories, tame(value.name))) end
  end
end

local function print_text(results, facets)
  local marks, number = shows_marks(), 0
  for hit in results do
    number = number + 1
    print_hit(number, hit, marks)
  end
  if facets then print_facets(results) end
  for _, note in ipairs(results.notes) do
    local about = note.text ~= "" and tame(note.text) .. ": " or ""
    io.stderr:write("note: ", about, note.message, "\n")
  end
  if number == 0 then io.stderr:write "no stories found\n" end
  if results.suggestion then io.stderr:write("did you mean: ", tame(results.suggestion), "\n") end
end

local function as_json(results, facets)
  local hits = {}
  for hit in results do
    hits[#hits + 1] = {
      id = hit.story.id, date = hit.story.date, title = hit.story.title, score = hit.score, snippet = hit.snippet,
      spans = hit.spans, field = hit.field,
    }
  end
  return {
    hits = hits, notes = results.notes, suggestion = results.suggestion,
    stories = facets and results.stories or nil, facets = facets and results.facets or nil,
  }
end

local function run_on(archive, arguments)
  local stories = {}
  for story in archive:on(arguments.on) do
    stories[#stories + 1] = { id = story.id, date = story.date, title = story.title }
  end
  if arguments.json then return print(require("newsarchive.core").encode_json { hits = stories }) end
  if #stories == 0 then io.stderr:write "no stories found\n" end
  for _, story in ipairs(stories) do
    print(story.date:sub(1, 10) .. "  " .. tame(story.title) .. "\n    " .. tame(story.id))
  end
end

local FIELDS = { "entity", "source", "topic", "category", "from", "to" }

-- A day of any year, with nothing beside it that would be left out without a word.
local function check_on(archive, arguments)
  if not pcall(archive.on, archive, arguments.on) then
    error("--on: a month and a day expected, as in 09-01", 0)
  end
  if #arguments.words > 0 then error("--on: takes no words", 0) end
  for _, name in ipairs { "order", "facets", table.unpack(FIELDS) } do
    if arguments[name] then error(("--on: does not go with --%s"):format(name), 0) end
  end
end

function search.run(arguments)
  local archives = require "newsarchive.cli.archives"
  local archive = archives.open(arguments)
  if arguments.on then
    check_on(archive, arguments)
    return run_on(archive, arguments)
  end
  archives.check_dates(archive, arguments)
  local given = { limit = arguments.limit, order = arguments.order }
  for _, name in ipairs(FIELDS) do given[name] = arguments[name] end
  local results = archive:search(table.concat(arguments.words, " "), given)
  if arguments.json then
    print(require("newsarchive.core").encode_json(as_json(results, arguments.facets)))
  else
    print_text(results, arguments.facets)
  end
end

return search
