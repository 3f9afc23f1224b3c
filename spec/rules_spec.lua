local core = require "newsarchive.core"
local learn = require "newsarchive.rules.learn"
local registry = require "newsarchive.rules.registry"
local rules = require "newsarchive.rules"

local function report_of(stories)
  local report = core.report()
  for i, story in ipairs(stories) do
    story.date = story.date or ("2013-01-%02d"):format(i)
    report:add(story)
  end
  return report
end

local function written(text, suffix)
  local path = os.tmpname() .. suffix
  local file = assert(io.open(path, "wb"))
  file:write(text)
  file:close()
  finally(function() os.remove(path) end)
  return path
end

describe("rules", function()
  local path = "spec/fixtures/rules/rules.lua"

  it("bring tests of their own", function()
    assert.same({}, assert(rules.read(path)):check())
  end)

  it("name the test that fails", function()
    local compiled = assert(rules.read(written('return rules {\n  expect "Iran" { "Iraq" },\n}\n', ".lua")))
    local failures = compiled:check()
    assert.equal(1, #failures)
    assert.equal(2, failures[1].line)
    assert.equal("expected { Iraq }, got {  }: Iran", failures[1].message)
  end)

  it("change stories", function()
    local report = report_of {
      { title = "An Earthquake of magnitude 7.1 in Iran", category = "Sport", context = { "Reuters", "US" } },
    }
    assert(rules.read(path)):apply(report)
    local story = report:story(1)
    assert.same({ "Iran", "United States" }, story.context)
    assert.equal("Sports", story.category)
    assert.same({ "Earthquakes" }, story.topics)
    assert.same({ "magnitude 7.1" }, story.tags)
  end)

  it("that fail name their file, their line and the story, which goes on without them", function()
    local report = report_of { { title = "Iran breaks a rule", origin = { path = "a.md", line = 3 } } }
    assert(rules.read(path)):apply(report)
    assert.equal("Iran breaks a rule", report:story(1).title)
    assert.same({ "Iran" }, report:story(1).context)
    local problem = report:problem(1)
    assert.equal("a.md", problem.path)
    assert.matches("rules%.lua:11: the rule failed for the story 'Iran breaks a rule': .*no such thing", problem.message)
  end)

  it("that run without end are stopped", function()
    local compiled = assert(rules.read(written('return rules { when { title = "a" } (function() while true do end end) }',
      ".lua")))
    local report = report_of { { title = "a" } }
    local steps = rules.STEPS_MAX
    rules.STEPS_MAX = 10000
    compiled:apply(report)
    rules.STEPS_MAX = steps
    assert.matches("runs without end", report:problem(1).message)
  end)

  it("that run without end before they are rules are stopped, too", function()
    local steps = rules.STEPS_MAX
    rules.STEPS_MAX = 10000
    local file = written("while true do end", ".lua")
    local _, message, details = rules.read(file)
    rules.STEPS_MAX = steps
    assert.equal(file .. ": the rule runs without end", message)
    assert.equal("rules-error", details.code)
  end)

  it("lose nothing silently: neither a rule behind nil, nor a list with names, nor what is raised without a message", function()
    local function refused(text)
      local none, message = rules.read(written(text, ".lua"))
      assert.is_nil(none)
      return message
    end
    assert.matches("rule 1 is a nil, not a rule", refused "return rules { nil, drop { 'a' } }")
    assert.matches("a rule has the key 'a': rules have no names", refused "return rules { a = drop { 'a' } }")
    assert.matches(":1: alias: the name of an entity expected for 'a'", refused "return rules { alias { a = '' } }")
    assert.matches(":1: entity: field 'name': an entity needs a name", refused "return rules { entity '' {} }")
    local report = report_of { { title = "a", topics = { "t" } } }
    for _, action in ipairs { "story.topics = { a = 1 }", "error {}" } do
      assert(rules.read(written(("return rules { when { title = 'a' } (function(story) %s end) }"):format(action),
        ".lua"))):apply(report)
    end
    assert.same({ "t" }, report:story(1).topics)
    assert.matches("field 'topics': a list expected, got the key 'a'", report:problem(1).message)
    assert.matches("it raised a table, not a message", report:problem(2).message)
  end)

  it("that cannot be read say where", function()
    local _, message, details = rules.read(written("return rules {\n  alias(1),\n}\n", ".lua"))
    assert.matches(":2: bad argument to 'alias' %(table expected, got number%)", message)
    assert.equal("rules-error", details.code)
    _, message = rules.read(written('return rules {\n  entity "A" { colour = "red" } }\n', ".lua"))
    assert.matches(":2: entity: unknown field 'colour'", message)
    _, message = rules.read(written("return 1", ".lua"))
    assert.matches("returns `rules { ... }`", message)
  end)

  it("have the first word over what was learnt", function()
    local learnt = registry.new():add { name = "America", entity = "US" }:add { name = "Iran", entity = "Persia" }
    local compiled = assert(rules.read(path)):over(learnt)
    local report = report_of { { title = "From America to Iran" } }
    compiled:apply(report)
    assert.same({ "Iran", "United States" }, report:story(1).context)
  end)
end)

describe("a registry", function()
  local YAML = [[
- name: United States
  kind: place
  aliases:
    en: [US, U.S.]
    zh: 美国
  redirects: [USA]
- name: Mercury
  only_with: [orbit]
]]

  it("is read from YAML and Lua, and goes through tab-separated values unchanged", function()
    local read = assert(registry.read(written(YAML, ".yaml")))
    assert.equal(6, #read.entries)
    local text = read:to_tsv()
    assert.equal(text, assert(registry.from_tsv(text)):to_tsv())
    local same = assert(registry.read(written([[return {
      { name = "United States", kind = "place", aliases = { en = { "US", "U.S." }, zh = "美国" }, redirects = { "USA" } },
      { name = "Mercury", only_with = { "orbit" } },
    }]], ".lua")))
    assert.equal(text, same:to_tsv())
  end)

  it("looks for names in stories of their language", function()
    local read = assert(registry.read(written(YAML, ".yaml")))
    local report = report_of { { title = "美国 and US", language = "zh" } }
    assert.equal(1, read:tag(report, { language = "zh" }))
    assert.same({ "United States" }, report:story(1).context)
  end)

  it("says what it cannot read, and where", function()
    local function refused(text)
      local none, message, details = registry.from_tsv(text)
      assert.is_nil(none)
      return message, details.line
    end
    assert.same({ "line 2: unknown kind of line 'nome'", 2 }, { refused("# a\nnome\tIran\n") })
    assert.same({ "line 1: unknown kind 'planet'", 1 }, { refused("name\tMercury\t\tplanet\n") })
    assert.same({ "line 1 cannot be read", 1 }, { refused("seen\tIran\tmany\t1\t1\t2013-01-08\n") })
    assert.same({ "line 1 cannot be read", 1 }, { refused("look\txyz\t1\t1\t1\t1\t1\n") })
    assert.matches("field 'name': string expected", select(2, registry.from_entities { { aliases = { "a" } } }))
    assert.error_matches(function() registry.new():add { name = "a", color = "b" } end, "unknown field 'color'")
  end)

  it("of hostile names is served, and says what it leaves out", function()
    local hostile = registry.new()
    for _, name in ipairs { "", ("a"):rep(100000), "   ", "a\0b", "\x1B[31m", "\xFF", ("中"):rep(65) } do hostile:add { name = name } end
    for i = 1, 65536 do hostile:add { name = ("Shared prefix of all %d"):format(i) } end
    local codes = {}
    local names, problems = hostile:compile()
    for i, problem in ipairs(problems) do codes[i] = problem.code end
    assert.same({ "name-empty", "name-long", "name-empty", "name-control", "name-control", "name-encoding", "name-parts" }, codes)
    assert.equal(65536, (names:size()))
    local report = report_of { { title = "A Shared prefix of all 65536 and of all 65537" } }
    assert.equal(1, hostile:tag(report))
    assert.same({ { slug = "untitled", entities = { "", "   " } } }, hostile:collisions())
    table.remove(hostile.entries, 1) -- a line without a name is refused
    local text = hostile:to_tsv()
    assert.equal(text, assert(registry.from_tsv(text)):to_tsv())
  end)

  it("lists names that share an address", function()
    local list = registry.new():add { name = "Al Qaeda" }:add { name = "al-Qaeda" }:add { name = "Iran" }:collisions()
    assert.same({ { slug = "al-qaeda", entities = { "Al Qaeda", "al-Qaeda" } } }, list)
  end)
end)

describe("learning", function()
  it("takes capitalised phrases that recur, and headings, and says why", function()
    local stories = {}
    for i = 1, 5 do
      stories[i] = { title = "Today President Ada Lovelace visits New Harbour in rain. The rain stays.",
        topics = { "Harbour crisis" } }
    end
    local learnt = learn.from(report_of(stories))
    local why = {}
    for _, entry in ipairs(learnt.entries) do
      if not entry.silent then why[entry.name] = entry.why end
    end
    assert.same({
      ["Ada Lovelace"] = "capitalised 5 times, first 2013-01-01",
      ["New Harbour"] = "capitalised 5 times, first 2013-01-01",
      ["Harbour crisis"] = "a heading on 5 days, first 2013-01-01",
    }, why)
    local report = report_of { { title = "The Harbour crisis: President Ada Lovelace speaks" } }
    learnt:tag(report)
    assert.same({ "Ada Lovelace", "Harbour crisis" }, report:story(1).context)
  end)

  local function context_of(learnt, title)
    local report = report_of { { title = title } }
    learnt:tag(report)
    return report:story(1).context
  end

  -- What one learns from the same sentences on `days` days.
  local function learnt_from(titles, days)
    local stories = {}
    for _, title in ipairs(titles) do
      for day = 1, days or 5 do stories[#stories + 1] = { title = title, date = ("2013-01-%02d"):format(day) } end
    end
    return learn.from(report_of(stories))
  end

  it("finds phrases of capitals that it has never seen, but no title and no word that begins a sentence", function()
    local learnt = learnt_from { "Rain falls in Mali and the police of Mali watch it.", "Police watch the rain in Mali." }
    assert.same({ "Mali", "Oumar Tatam Ly" }, context_of(learnt, "Malian Prime Minister Oumar Tatam Ly visits Mali"))
    assert.same({ "Niafunké Radio" }, context_of(learnt, "Police listen to Niafunké Radio"))
    assert.same({ "Mali Radio" }, context_of(learnt, "Somebody listens to Mali Radio"))
    assert.same({ "Diocese of Mali" }, context_of(learnt, "This is the Diocese of Mali"))
    assert.same({ "Mali", "Sundiata Airport" }, context_of(learnt, "This is the Sundiata Airport of Mali"))
    assert.is_nil(context_of(learnt, "Police watch"))
  end)

  it("knows a single word for a name by where it stands", function()
    local learnt = learnt_from { "Rain falls in Mali and the police of Mali watch it." }
    assert.same({ "Niafunké" }, context_of(learnt, "Rain falls in Niafunké and on Bamako"))
    assert.same({ "Gao", "Kayes", "Mali" }, context_of(learnt, "It rains in Mali, Gao, Kayes and so on"))
    assert.same({ "Memphis, Tennessee" }, context_of(learnt, "Rain reaches Memphis, Tennessee"))
    assert.same({ "Kansas City" }, context_of(learnt, "Rain reaches Memphis, Kansas City"))
    assert.is_nil(context_of(learnt, "Rain reaches Niafunké"))
  end)

  it("takes names with apostrophes, hyphens and dots as a whole", function()
    local learnt = learnt_from { "Rain falls in Mali." }
    assert.same({ "N'Djamena" }, context_of(learnt, "Rain falls in N'Djamena"))
    assert.same({ "Lashkar-e-Mali" }, context_of(learnt, "Rain falls upon Lashkar-e-Mali"))
    assert.same({ "Niger People's Front" }, context_of(learnt, "Here the Niger People's Front speaks"))
    assert.same({ "Mali", "Radio Gao" }, context_of(learnt, "It is Mali's Radio Gao"))
    assert.same({ "St. Louis Radio" }, context_of(learnt, "It is St. Louis Radio"))
    assert.same({ "Ousmane B" }, context_of(learnt, "Here is Ousmane B. The rain falls"))
    assert.same({ "Gao Radio Inc." }, context_of(learnt, "It is Gao Radio Inc. of rain"))
    assert.same({ "Gao Institute for Rain" }, context_of(learnt, "Here is the Gao Institute for Rain"))
    assert.is_nil(context_of(learnt, "Here it rains (says Ousmane Traoré)"))
    assert.same({ "Gao Radio", "Ousmane Traoré" }, context_of(learnt, "It rains ) in Gao Radio ( says Ousmane Traoré"))
  end)

  it("knows institutions by the ordinary words with which they end", function()
    local learnt = learnt_from {
      "This is Mali and the court of Mali.", "There the court sits.", "Court is here. Now the Court speaks.",
    }
    assert.same({ "Mali High Rain Court" }, context_of(learnt, "Here the Mali High Rain Court sits"))
    assert.same({ "Malian High Court" }, context_of(learnt, "Here the Malian High Court sits"))
    assert.same({ "Amadou Toumani Diarra", "Mali" }, context_of(learnt, "It is Mali Amadou Toumani Diarra speaks of"))
  end)

  it("takes words for adjectives behind which no sign ever stands", function()
    local learnt = learnt_from({ "Here the Dogon village is in Mali.", "There the Dogon people live in Mali, a land." }, 10)
    assert.same({ "Mali" }, context_of(learnt, "The Dogon army is in Mali"))
    local entry
    for _, each in ipairs(learnt.entries) do entry = each.name == "Dogon" and each or entry end
    assert.equal("an adjective: a sign stands behind 0 of 20", entry.why)
    assert.same({ "Dogon Radio" }, context_of(learnt, "Here is Dogon Radio"))
  end)

  it("leaves the country of an adjective out where that belongs to an office", function()
    local learnt = learnt_from { "This is Mali where it rains.", "The Malian army wins." }
    assert.same({ "Mali" }, context_of(learnt, "The Malian army wins"))
    assert.same({ "Oumar Tatam Ly" }, context_of(learnt, "Malian Prime Minister Oumar Tatam Ly speaks"))
  end)

  it("learns abbreviations from the brackets behind what they are short for", function()
    local learnt = learnt_from { "Today the Bureau for Rain and Wind (BRW) speaks." }
    assert.same({ "Bureau for Rain and Wind" }, context_of(learnt, "Here the BRW speaks"))
    assert.equal("in brackets behind it 5 of 5 times, first 2013-01-01", learnt.entries[1].why)
    learnt = learnt_from { "Today the Office for Rain (BRW) speaks." }
    assert.same({ "BRW" }, context_of(learnt, "Here the BRW speaks"))
  end)

  it("takes time in proportion to the text", function()
    local learnt, words = learnt_from { "Rain falls in Mali." }, {}
    for i = 1, 100000 do words[i] = ("the A%d B%d"):format(i, i) end
    local report, before = report_of { { title = "Rain", body = table.concat(words, " ") } }, os.clock()
    assert.equal(100000, learnt:tag(report, { fields = { "body" } }))
    assert.is_true(os.clock() - before < 2)
  end)

  it("knows the country of an adjective, and leaves abbreviations to the editor", function()
    local learnt = learnt_from {
      "This is where Mali wins.", "The Malian army wins.", "Here the United Nations and the UN speak.",
    }
    assert.same({ "Mali" }, context_of(learnt, "The Malian team wins"))
    assert.is_nil(context_of(learnt, "The UN speaks"))
    assert.same({ "United Nations" }, context_of(learnt, "The United Nations speak"))
  end)

  it("spells names that differ in their dashes as most texts do, and leaves headings as they are", function()
    local learnt = learnt_from {
      "Here the Mali–Niger border is closed.", "There the Mali–Niger border is closed.", "The Mali-Niger border is open.",
    }
    assert.same({ "Mali–Niger" }, context_of(learnt, "On the Mali-Niger border"))
    local report = report_of { { title = "Rain", topics = { "Mali-Niger" } } }
    learnt:tag(report, { fields = { "topics" } })
    assert.same({ "Mali-Niger" }, report:story(1).context)
  end)

  it("takes short headings as a whole", function()
    local learnt = learnt_from { "Rain falls in Mali." }
    local report = report_of { { title = "Rain", topics = { "Mali floods, Niger river disaster" } } }
    learnt:tag(report, { fields = { "title", "topics" } })
    assert.same({ "Mali floods", "Niger river disaster" }, report:story(1).context)
  end)

  -- Stories of a land whose many towns are called something with 城 at its end.
  local function chronicle(from, to, linked)
    local stories = {}
    local function one_of(chars, i) return chars:sub(i % 10 * 3 + 1, i % 10 * 3 + 3) end
    for i = from, to do
      local town = one_of("甲乙丙丁戊己庚辛壬癸", i * 7 + i // 10) .. one_of("东西南北山水石木火金", i) .. "城"
      stories[#stories + 1] = {
        date = ("20%02d-%02d-%02d"):format(i // 300, i // 28 % 12 + 1, i % 28 + 1),
        title = one_of("晴雨雪云雾霜露风雷电", i // 3) .. "天，市长在" .. town .. "发表讲话。",
        context = linked and { town } or nil,
      }
    end
    return stories
  end

  it("finds names that no story had, by what they look like", function()
    local learnt = learn.from(report_of(chronicle(1, 100, true)))
    local report = report_of { { title = "昨天，市长在白云城发表讲话。" } }
    learnt:tag(report)
    assert.same({ "白云城" }, report:story(1).context)
    local found = learnt.scout:find("昨天，市长在白云城发表讲话。", registry.LEAST_PROBABILITY)
    assert.equal(1, #found)
    assert.is_false(found[1].known)
  end)

  it("finds the names of a few stories, too few to tell what names look like", function()
    local learnt = learn.from(report_of {
      { title = "Helen Vance resigns in Köln", context = { "Helen Vance", "Köln" } },
      { title = "Rain falls in Köln", context = { "Köln" } },
      { title = "It rains", context = { "Weather" } },
      { title = "The Weather stays", context = { "Köln" } }, { title = "The Weather again", context = { "Köln" } },
    })
    assert.same({ "Helen Vance", "Köln" }, context_of(learnt, "Helen Vance speaks in Köln about the Weather"))
    local read = assert(registry.from_tsv(learnt:to_tsv()))
    assert.same({ "Helen Vance", "Köln" }, context_of(read, "In Köln, Helen Vance speaks of Bergheim"))
    local found = learnt.scout:find("Helen Vance speaks in Köln", registry.LEAST_PROBABILITY)
    assert.same({ "Köln", "Helen Vance" }, { found[1].name, found[2].name })
    assert.equal("Helen Vance", ("Helen Vance speaks in Köln"):sub(found[2].first, found[2].last))
    assert.is_true(found[1].known)
  end)

  it("takes the labels of links for aliases of what they lead to", function()
    local stories = {}
    for i = 1, 3 do
      stories[i] = { title = "The IAEA speaks of talks", mentions = {
        { target = "International Atomic Energy Agency", label = "IAEA" }, { target = "Talks " .. i, label = "Talks" },
        { target = "Vienna meeting", label = "talks" },
      } }
    end
    local learnt = learn.from(report_of(stories))
    for _, entry in ipairs(learnt.entries) do
      if entry.name == "IAEA" then
        assert.equal("International Atomic Energy Agency", entry.entity)
        assert.equal("3 of 3 links so called lead there, first 2013-01-01", entry.why)
      end
      assert.not_equal("talks", entry.name:lower())
    end
    assert.same({ "International Atomic Energy Agency" }, context_of(learnt, "Here the IAEA speaks"))
  end)

  it("takes labels that are seldom linked where they stand for no subjects", function()
    local stories = {}
    for i = 1, 5 do
      stories[i] = { title = "The U.S. speaks in Gao", date = ("2013-01-%02d"):format(i),
        mentions = { { target = "Gao" }, i < 3 and { target = "United States", label = "U.S." } or nil } }
    end
    local learnt = learn.from(report_of(stories))
    assert.same({ "Gao" }, context_of(learnt, "The U.S. speaks in Gao"))
    assert.equal("linked 2 times in 5 stories", learnt.entries[2].why)
  end)

  it("heeds the conditions of entities that are found by their looks", function()
    local learnt = learn.from(report_of(chronicle(1, 100, true)))
    learnt:add { name = "白云城", unless = { "足球" } }
    assert.same({ "白云城" }, context_of(learnt, "昨天，市长在白云城发表讲话。"))
    assert.is_nil(context_of(learnt, "昨天，市长在白云城发表讲话，足球。"))
  end)

  it("gives the same registry every time, which a file keeps", function()
    local text = learn.from(report_of(chronicle(1, 200, true))):to_tsv()
    assert.equal(text, learn.from(report_of(chronicle(1, 200, true))):to_tsv())
    local read = assert(registry.from_tsv(text))
    assert.equal(#text, #read:to_tsv())
    local report = report_of(chronicle(201, 210))
    assert.equal(10, read:tag(report))
    assert.matches("\nseen\t甲东城\t%d+\t%d+\t%d+\t2000%-", text)
  end)

  it("takes any text", function()
    local learnt = learnt_from { "A \0 New\0Harbour", ("Very "):rep(5000), ("Of the "):rep(5000), "é" .. ("\u{301}"):rep(999) }
    learnt:tag(report_of { { title = ("New "):rep(5000) }, { title = ("New of the "):rep(5000) } })
    assert.is_string(learnt:to_tsv())
  end)

  it("has nothing to say about nothing", function()
    local learnt = learn.from(core.report())
    assert.same({}, learnt.entries)
    assert.is_nil(learnt.scout)
    assert.equal(0, learnt:tag(report_of { { title = "Iran" } }))
  end)
end)
