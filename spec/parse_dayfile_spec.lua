local core = require "newsarchive.core"
local env = require "spec.support.env"
local reader = require "newsarchive.reader"

local function read(text, options)
  return core.report():read("dayfile", text, options)
end

-- A day file whose only list has these items.
local function day(items, category)
  for i, item in ipairs(items) do items[i] = "  - " .. core.encode_json(item) end
  local list = category or "Uncategorized"
  return ("Date: 2007-09-01\nIntelligence_Payload:\n  %s:\n%s"):format(list, table.concat(items, "\n"))
end

-- The topics of every story, as "a › b".
local function topics(items, category)
  local report, paths = read(day(items, category)), {}
  for i = 1, report:counts().stories do paths[i] = table.concat(report:story(i).topics or {}, " › ") end
  return paths
end

local function problems(report)
  local lines = {}
  for i = 1, report:counts().problems do
    local problem = report:problem(i)
    lines[i] = ("%d:%d %s"):format(problem.line, problem.column, problem.code)
  end
  return lines
end

describe("day files of lists", function()
  local path = "spec/fixtures/dayfile/topics.yaml"
  local report = read(env.read(path), { path = path, language = "en" })

  it("give stories", function()
    assert.same({
      date = "2007-09-01",
      title = "The army of Dunia takes the oasis of Tarf after two days of fighting.",
      language = "en",
      category = "Armed conflicts and attacks",
      raw_category = "Armed Conflicts & Attacks",
      topics = { "Sahel unrest", "Second Dune War" },
      context = { "Sahel unrest", "Second Dune War" },
      sources = { { name = "BBC" }, { name = "AFP via Google News", publisher = "AFP", via = "Google News" } },
      order = 1,
      origin = { path = path, line = 7 },
    }, report:story(1))
  end)

  it("make leads topics, and keep the text whole", function()
    local story = report:story(5)
    assert.equal("2007 Tour of Lissa", story.lead)
    assert.same({ "Cycling", "2007 Tour of Lissa" }, story.topics)
    assert.equal("2007 Tour of Lissa: Ana Prell wins the last stage in a time of 4:12:30.", story.title)
    assert.equal("Sports", story.category)
    assert.equal("Sport", story.raw_category)
  end)

  it("take categories that are no sections for topics", function()
    local story = report:story(6)
    assert.is_nil(story.category)
    assert.equal("2007 Lissa floods", story.raw_category)
    assert.same({ "2007 Lissa floods" }, story.topics)
  end)

  it("have no category where there is none", function()
    local story = report:story(7)
    assert.is_nil(story.category)
    assert.is_nil(story.raw_category)
    assert.is_nil(story.topics)
    assert.is_nil(story.lead)
  end)

  it("account for every item", function()
    local counts = report:counts()
    assert.same({ 1, 12, 7, 3, 2, 0 },
      { counts.files, counts.items, counts.stories, counts.headings, counts.rejected, counts.events })
    assert.same({ "20:4 no-title", "21:5 field-type" }, problems(report))
  end)
end)

describe("headings", function()
  it("are short, unsourced and no sentence", function()
    for _, heading in ipairs {
      "Dune War", "War in Tarf (2001–2021)", "COVID-19 pandemic in Washington, D.C.", "Lissa v. Tarf Oil Corp.",
      "Brexit", "2007 Lissa floods:", "Suspension of The Late Hour!",
      "Aftermath of the storming of the old town hall of Lissa",
      "Tarf border conflict, Second Dune War, Attacks on civilians in the Second Dune War, Dunia–Lissa relations",
    } do
      assert.equal(1, read(day { heading }):counts().headings, heading)
    end
    for _, story in ipairs {
      "John Aar dies.", "Rain falls.", "Lissa is flooded", "Dune War (BBC)", "It is over",
      "Tarf surrenders. The war ends",
      "A very long line of words that goes on and on without ever coming to any end at all",
    } do
      assert.equal(1, read(day { story }):counts().stories, story)
    end
  end)

  it("that follow each other are the path of the next story", function()
    assert.same({ "Dune War › Siege of Tarf" }, topics { "Dune War", "Siege of Tarf", "The siege goes on. (BBC)" })
  end)

  it("hold further down for stories that speak of them", function()
    assert.same({ "Dune War › Siege of Tarf", "Dune War › Siege of Tarf", "Dune War", "", "" }, topics {
      "Dune War", "Siege of Tarf",
      "The siege goes on. (BBC)",
      "Water runs out in Tarf. (BBC)",
      "Scouts are seen on the Dunes. (BBC)",
      "A bank fails in Lissa. (BBC)",
      "Tarf asks for help. (BBC)",
    })
  end)

  it("end with their list, and with the next heading", function()
    local two = day({ "Dune War", "It ends. (BBC)" }, "A") .. "\n  B:\n  - It rains. (BBC)\n"
    assert.same({ "A", "Dune War" }, read(two):story(1).topics)
    assert.same({ "B" }, read(two):story(2).topics)
    assert.same({ "Dune War", "Siege of Tarf" }, topics {
      "Dune War", "It ends. (BBC)", "Siege of Tarf", "It ends as well. (BBC)",
    })
  end)

  it("that are lists give several entities", function()
    local story = read(day { "Dune War, Siege of Tarf", "It ends. (BBC)" }):story(1)
    assert.same({ "Dune War, Siege of Tarf" }, story.topics)
    assert.same({ "Dune War", "Siege of Tarf" }, story.context)
    story = read(day { "Protests in Buffalo, New York", "They end. (BBC)" }):story(1)
    assert.same({ "Protests in Buffalo, New York" }, story.context)
  end)
end)

describe("leads", function()
  local function lead(text)
    local story = read(day { text .. " (BBC)" }):story(1)
    return story.lead
  end

  it("are topics before a colon", function()
    assert.equal("Hurricane Rita", lead "Hurricane Rita: 24 people are feared dead.")
    assert.equal("Dune War", lead "Dune War: at least two people are wounded.")
    assert.equal("Lissan general election, 2007", lead "Lissan general election, 2007: Polls close.")
    assert.equal("Arms talks", lead 'Arms talks: "Nothing is decided," says the envoy.')
  end)

  it("are no times, scores, speakers, clauses", function()
    for _, text in ipairs {
      "12:30 is the hour.", "At 12:30 the bridge falls.", "Lissa beats Tarf 3:2 in the final.",
      'He says: "Nothing is decided."', 'In a march called "Shame: No more" people walk.',
      "Lissa confirms its first case: a man of thirty.", "The talks end: both sides go home.",
      "Two people are hurt in one of the old towns of Lissa: A third is missing.", ": Nothing.", "Lissa:nothing.",
    } do
      assert.is_nil(lead(text), text)
    end
  end)
end)

describe("day files of events", function()
  local path = "spec/fixtures/dayfile/events.yaml"
  local report = read(env.read(path), { path = path })

  it("give stories", function()
    assert.same({
      date = "2026-03-15",
      title = "Lissa and Dunia open trade talks",
      description = "Ministers of both states met on Sunday and will meet again in May.",
      language = "en",
      category = "Geopolitics",
      topics = { "Trade talks", "Tariffs" },
      context = { "Ana Prell", "Chamber of Lissa", "Dunia", "Lissa" },
      sources = { {
        name = "AP via The Lissa Post", publisher = "AP", via = "The Lissa Post", url = "https://example.org/talks",
      } },
      order = 1,
      origin = { path = path, line = 5 },
    }, report:story(1))
    assert.equal("Science and technology", report:story(2).category)
    assert.equal("Science", report:story(2).raw_category)
  end)

  it("are counted beside the items", function()
    local counts = report:counts()
    assert.same({ 1, 2, 2, 1 }, { counts.items, counts.events, counts.stories, counts.rejected })
    assert.same({ "31:5 no-title" }, problems(report))
  end)
end)

describe("a day file", function()
  it("is known by its keys", function()
    assert.equal("dayfile", reader.detect("a/b.yaml", "Date: x\nIntelligence_Payload:\n").name)
    assert.equal("dayfile", reader.detect("a/b.yml", "date: x\nevents:\n").name)
    assert.is_nil(reader.detect("a/b.yaml", "title: x\n"))
  end)

  it("may take its date from elsewhere", function()
    local text = "Intelligence_Payload:\n  Sports:\n  - Lissa wins. (BBC)\n"
    assert.equal("2007-09-02", read(text, { date = "2007-09-02" }):story(1).date)
    local report = read(text)
    assert.same({ 1, 1, 0 }, { report:counts().items, report:counts().rejected, report:counts().stories })
    assert.same({ "1:1 no-date" }, problems(report))
    assert.same({ "1:7 bad-date" }, problems(read("Date: 2007-02-30\n" .. text)))
  end)

  it("that is wrong is a problem, never a failure", function()
    local start = "Date: 2007-09-01\nIntelligence_Payload:"
    assert.same({ "3:5 yaml-syntax" }, problems(read(start .. "\n  - * b\n")))
    assert.same({ "2:23 field-type" }, problems(read(start .. " text")))
    assert.same({ "3:6 field-type" }, problems(read(start .. "\n  A: text")))
    assert.same({ "1:1 no-items" }, problems(read "title: x"))
    assert.same({ "1:1 no-items" }, problems(read ""))
    assert.same({ "4:5 no-title", "5:5 no-title" }, problems(read(day { "(BBC)", "" })))
    assert.same({}, problems(read(start)))
  end)
end)

describe("the shared day files", function()
  it("are read to the last item", function()
    local shared = env.shared "data/current-events-en.tar.zst"
    if not shared then return pending "the shared day files are not there" end
    local folder <close> = env.folder()
    local unpacked = env.run { "tar", "-C", folder.path, "--zstd", "-xf", shared, env = { LD_PRELOAD = "" } }
    assert.equal(0, unpacked.status)
    local totals, notes = {}, {}
    for _, path in ipairs(reader.files(folder.path)) do
      local report = core.report()
      reader.read_file(report, path, { language = "en" })
      local counts = report:counts()
      for name, count in pairs(counts) do totals[name] = (totals[name] or 0) + count end
      assert.equal(counts.items, counts.stories - counts.events + counts.headings + counts.rejected)
      for i = 1, counts.problems do
        local problem = report:problem(i)
        local name = path:sub(#folder.path + 2)
        notes[#notes + 1] = ("%s:%d:%d %s"):format(name, problem.line, problem.column, problem.code)
      end
    end
    assert.same({ "2026/03/2026-03-18.yaml:19:1 yaml-syntax" }, notes)
    assert.same({ 8601, 162123, 161, 0 }, { totals.files, totals.items, totals.events, totals.rejected })
  end)
end)
