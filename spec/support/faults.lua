--- Every public function of the core once or more, on small inputs: spec/support/faults.c lets memory run out in each.
-- A new function gets a section here; spec/support/faults_spec.lua looks whether one was forgotten.

local core = require "newsarchive.core"

local STORY = {
  title = "The Second Tuareg Rebellion spreads", date = "2007-09-01", language = "en", category = "Armed conflicts",
  topics = { "Second Tuareg Rebellion" }, context = { "Tuareg", "Malian Army" }, order = 1, draft = true,
  sources = { { name = "Reuters", url = "http://example.org/1", dead = true }, { name = "BBC" } },
  related = { { title = "Another", url = "/2", context = { "Tuareg" } } },
  mentions = { { target = "Tuareg", missing = true } },
  headlines = { { title = "Another headline", order = 2 } },
  origin = { path = "a.md", line = 3 },
  params = { layout = "wide", weights = { 1, 2.5, core.null, true } },
}

local LINE = core.encode_json(STORY)
local LINES = LINE .. "\n" .. LINE:gsub("Second", "Third") .. "\n" .. [[
{"title": 1}
not JSON
{"title":"x","date":"2007-13-01"}
]]

local function filled()
  return core.report():read("jsonl", LINES, { path = "a.jsonl", language = "en", date = "2007-09-01" })
end

local function archive()
  return core.archive("en"):add(filled()):add(core.report():add(STORY))
end

local PAGE = "Portal:Current events/2007 September 1"
local WIKITEXT = "* [[Tuareg]] rebels take a town. [http://example.org/1 (Reuters)]\n* A [[bridge opens.\n"

local ANSWER = core.encode_json {
  query = { pages = {
    { title = PAGE, revisions = { { slots = { main = { content = WIKITEXT } } } } },
    { title = "Euro" }, { title = "Portal:Current events/2007 September 2", missing = true },
  } },
  warnings = { main = { warnings = "odd" } }, continue = { rvcontinue = "x" },
}

local EXPORT = "<mediawiki><page><title>" .. PAGE .. "</title><revision><timestamp>2007-09-01T00:00:00Z</timestamp>"
  .. "<model>wikitext</model><text>" .. WIKITEXT .. "</text></revision></page><page><title>Euro</title></page><page>"

-- A small text of every format, with what it holds to be unfolded and something to be refused.
local TEXTS = {
  jsonl = LINES,
  dayfile = [[
Date: 2007-09-01
Source_URI: https://example.org/2007
Intelligence_Payload:
  Armed conflicts:
    - Second Tuareg Rebellion
    - "The rebellion spreads rapidly, says the army, as towns are attacked in the north. (Reuters via CNN)"
]],
  markdown = [[
---
title: x
date: 2007-09-01
tags: [a, b]
sources: [{name: BBC, url: 'http://example.org/'}]
---

# Head

Text *of* it.
]],
  context = [[
### [2007-09-1](/news/2007/09/1/index.md)

##### Rebellion
# The rebellion spreads

It is in the north now.


### Source:

1. [Reuters](http://example.org/1)

### Related:

1. [Another](/news/2007/08/31/another.md) _Context: Tuareg, Army_
]],
  ["mediawiki-json"] = ANSWER,
  ["mediawiki-xml"] = EXPORT,
  wikitext = [==[
{{Current events|content=
;Sports
*[[Topic]]
**The [[Tuareg|tuareg]] won. [http://example.org/ (BBC)]
}}
]==],
}

local CONTEXT_DAY = [[
## [2007-09-1](/news/2007/09/1/index.md)

##### Rebellion
### [The rebellion spreads](/news/2007/09/1/the-rebellion-spreads.md)
## [Previous Day...](/news/2007/08/31/index.md)

]]

local sections = {
  { "escape", function()
    core.escape_value "a & b"
    core.escape_json 'a "b"'
    core.concat({ "a", "b" }, 2)
  end },
  { "slug", function()
    core.slug "Ünïcode titles, cut at words"
    core.slug("中国首颗人造卫星东方红一号发射成功", "context-zh")
    core.slug("Iran's vote", "context-en")
  end },
  { "escape", function()
    core.escape "a < b & \"c\""
    core.escape_url "https://example.org/a b?c=d&e"
    core.escape_segment "a/b c"
    core.escape_value "a < b"
    core.escape_json "a \"b\" </script>"
    core.nfc "Cafe\u{301}"
    core.fingerprint "bytes"
  end },
  { "words", function()
    core.words("Rebellions spread in 中国首颗, Ünïcode", "en")
  end },
  { "yaml", function()
    core.parse_yaml "a: [b, &x {c: d, e: ~}]\nf: *x\n"
    core.parse_yaml "a: [b"
  end },
  { "markdown", function()
    core.markdown("# A *b*\n\n- c [d](http://example.org/)\n", { shift = 2 })
    core.markdown("# A *b*\n\n> c `d`\n", { format = "plain" })
  end },
  { "context day", function()
    core.parse_context_day(CONTEXT_DAY)
  end },
  { "json", function()
    local text = core.encode_json { a = { 1, 2.5, "x", core.null, true, {} }, b = { c = "d" } }
    core.decode_json(text)
  end },
  { "report read", filled },
  { "report add", function()
    local report = core.report()
    report:add(STORY):replace(1, STORY):amend(1, { category = "Sports" })
    report:note { path = "a.md", line = 1, column = 2, message = "odd" }
    report:withhold(true, "2007-09-02")
  end },
  { "report give", function()
    local report = core.report():add(STORY):note { message = "odd" }
    report:take(core.report():add(STORY))
    report:story(1)
    report:problem(1)
    report:counts()
    report:json_lines()
    tostring(report)
    report:close()
  end },
  { "ids", function()
    local ids, report = core.ids(), core.report():add(STORY):add(STORY)
    ids:assign(report):close()
  end },
  { "archive", function()
    local built = archive()
    built:count()
    built:story(1)
    built:card(1)
    built:url(1)
    built:find "2007-09-01/the-second-tuareg-rebellion-spreads"
    built:days()
    built:range("2007-09-01", "2007-09-02")
    built:days_between(1, 2)
    built:shared(1, 2)
    built:json_lines()
    built:close()
  end },
  { "archive file", function()
    local path = os.tmpname()
    local built = archive()
    built:language()
    assert(built:save(path, core.relations(built))) -- one thread: with less memory, fewer do the work
    local opened = assert(core.open_archive(path))
    opened:verify()
    opened:sections()
    opened:story(1)
    opened:find "2007-09-01/the-second-tuareg-rebellion-spreads"
    opened:entity_stories(1)
    core.search(opened):find "tuareg"
    core.relations(opened):find(1)
    opened:add(core.report():add(STORY)):save(path)
    archive():merge(opened, core.report())
    opened:close()
    os.remove(path)
  end },
  { "archive in temporary files", function()
    local path = os.tmpname()
    local built = core.archive("en"):spill_beyond(1):add(filled()):add(core.report():add(STORY))
    core.search(built):find "tuareg"
    assert(built:save(path))
    built:add(core.report():add(STORY)):story(1)
    os.remove(path)
  end },
  { "entities", function()
    local built = archive()
    for e = 1, built:entities() do built:entity(e) end
    built:find_entity "Tuareg"
    built:entity_stories(1)
    built:story_entities(1)
  end },
  { "related", function()
    local built = archive()
    built:related(1, 10, "context", "date")
    built:context_path(1)
  end },
  { "search", function()
    local search = core.search(archive())
    search:suggest "rebelion"
    search:find_slowly("second tuareg", { limit = 2 })
    search:find('second "tuareg rebellion" sprea* -army entity:Malian topic:Nowhere from:x', { recency = 1 })
    local result = search:find("second nowhere tuareg", { match = "any" })
    if result:count() > 0 then
      result:hit(1)
      result:snippet(1, 20)
    end
    result:notes()
    result:tally("year", 3)
    result:tally("entity", 3)
  end },
  { "mediawiki xml", function()
    local export = core.xml_reader(core.report(), { path = "a.xml" })
    export:feed(EXPORT:sub(1, 99))
    export:feed(EXPORT:sub(100))
    export:finish():close()
    core.page_date(PAGE)
  end },
  { "match", function()
    local new = core.report():add(STORY)
    new:add { title = "The third Tuareg Rebellion, it spreads", date = "2007-09-01", language = "en" }
    new:add { title = "Else", date = "2007-09-01", sources = { { url = "http://www.example.org/1/" } } }
    core.match(filled(), new)
    core.likeness("a b", "b c")
    core.url_key "https://web.archive.org/web/2007/http://example.org/"
  end },
}

sections[#sections + 1] = { "wikitext", function()
  local rules = core.wikitext_rules({ ship = { text = "$1" } }, { sport = "Sports" })
  core.parse_wikitext(TEXTS.wikitext, { title = "2007 September 1", date = "2007-09-01", rules = rules })
  core.read_wikitext(core.report(), TEXTS.wikitext, { path = "2007-09-01.wiki", rules = rules })
end }

sections[#sections + 1] = { "names", function()
  local names = core.names()
  names:add("Tuareg", { as = "Tuareg people" })
  names:add("Malian Army", { letters = "any" })
  names:entity("Malian Army", { only_with = { "rebellion" }, unless = { "football" } })
  names:redirect("Army of Mali", "Malian Army")
  names:match("The Tuareg and the Malian Army", true)
  local report = core.report():add(STORY)
  names:tag(report, { fields = { "title", "topics" }, language = "en" })
  names:by_looks(true)
  report:add { title = "The Tuareg leave the Free Malian Radio", date = "2007-09-01", topics = { "One war, Two wars" } }
  names:tag(report, { fields = { "title", "topics" } })
  names:why(report, 1)
  names:size()
end }

sections[#sections + 1] = { "relations", function()
  local relations = core.relations(archive(), { word = 1 })
  relations:find(1, 10)
  relations:find_slowly(1, 10)
  relations:many(1, 2, 1, 10)
  relations:find(1, 10, "next", 0.05, true)
  local _, _, imprint = relations:some(nil, 1, 10)
  relations:some(imprint, 1, 10)
  relations:why(1, 2)
  relations:term(relations:why_many(1, { 1, 2, 3 }, 2)[1][1])
  relations:repeats()
end }

sections[#sections + 1] = { "threads", function()
  local relations = core.relations(archive())
  for number = 1, relations:find_threads(1) do
    relations:thread(number)
    relations:thread_title(number)
  end
  relations:thread_of(1)
end }

sections[#sections + 1] = { "scout", function()
  local report = core.report()
  for i = 1, 60 do
    report:add { title = ("第%d天，市长在东城讲话"):format(i), date = ("2007-%02d-%02d"):format(i // 28 + 1, i % 28 + 1),
      context = { i % 2 == 0 and "东城" or "東城", "市长" }, topics = { "Rain" } }
  end
  local scout = core.learn_scout(core.report():take(report))
  scout:size()
  local read = assert(core.read_scout(scout:write()))
  read:find("市长在西城讲话", 0.1)
  read:fold("东城")
  local names = core.names()
  names:add("城")
  names:entity("东城", { unless = { "football" } })
  local bare = core.report():add { title = "市长在东城讲话", date = "2007-09-01" }
  read:tag(bare, 0.1, names)
  read:tag(core.report():add(STORY), 0.1)
  core.phrases(core.report():add(STORY), 1)
  core.headings(report, 1)
  core.links(core.report():add(STORY), 1)
  core.abbreviations(core.report():add { title = "The Bureau of Rain (BR) speaks.", date = "2007-09-01" }, 1)
end }

for _, format in ipairs(core.formats) do
  sections[#sections + 1] = { "read " .. format, function()
    core.report():read(format, TEXTS[format], { path = "2007/09/2007-09-01.x", language = "en", date = "2007-09-01" })
  end }
end

return sections
