-- What can be typed into a search, and what it finds: archive:search(query, options).

local newsarchive = require "newsarchive"

local archive = newsarchive.new { language = "en" }

local function add(date, title, fields)
  local story = fields or {}
  story.date, story.title = date, title
  archive:add(story)
end

add("2007-09-01", "The Second Tuareg Rebellion spreads, says the Malian army", {
  context = { "Malian Army", "Tuareg" }, sources = { { name = "Reuters" } }, topics = { "Tuareg rebellion" },
  category = "Armed conflicts and attacks",
})
add("2012-01-17", "Tuareg rebels attack the army of Mali", {
  context = { "Tuareg" }, sources = { { name = "BBC News" }, { name = "Reuters" } }, topics = { "Tuareg rebellion" },
  category = "Armed conflicts and attacks",
})
add("2012-09-01", "Talks of peace begin in Ouagadougou", {
  context = { "Burkina Faso" }, sources = { { name = "Agence France-Presse" } }, category = "Politics",
  body = "The delegations of the Tuareg and of the government in Bamako met for the first time.",
})
add("2013-06-18", "The army enters Kidal; the U.S. welcomes it", {
  sources = { { name = "Reuters" } }, category = "Politics",
})
add("2013-07-28", "Malians vote for a president", { context = { "Malian Army" }, category = "Politics" })

local function titles(query, options)
  local list = {}
  for hit in archive:search(query, options) do list[#list + 1] = hit.story.title:match "^%S+ %S+" end
  table.sort(list)
  return list
end

local function notes(query, options)
  local codes = {}
  for i, note in ipairs(archive:search(query, options).notes) do codes[i] = note.code end
  return codes
end

describe("a query", function()
  it("finds words in any form, whatever their case and accents", function()
    assert.same({ "Malians vote" }, titles "PRÉSIDENTS voting")
    assert.same({ "The army" }, titles "US welcome")
  end)

  it("needs all of its words", function()
    assert.same({ "The Second", "Tuareg rebels" }, titles "army tuareg")
  end)

  it("takes any of them where no story has all, and says so", function()
    assert.same({ "Talks of", "The army" }, titles "Ouagadougou Kidal")
    assert.same({ "any-word" }, notes "Ouagadougou Kidal")
    assert.same({}, titles("Ouagadougou Kidal", { match = "all" }))
    assert.same({ "The army" }, titles("Kidal nowhere", { match = "any" }))
  end)

  it("finds words one behind the other between quotation marks, of any make", function()
    assert.same({ "The Second" }, titles '"malian army"')
    assert.same({ "The Second" }, titles "“malian army”")
    assert.same({ "Tuareg rebels" }, titles '"the army of"')
    assert.same({}, titles '"army malian"')
  end)

  it("finds what begins so", function()
    assert.same({ "Talks of", "The Second", "Tuareg rebels" }, titles "tua*")
    assert.same({ "Talks of" }, titles "ouaga* peace")
  end)

  it("leaves out", function()
    assert.same({ "The Second", "The army" }, titles "army -rebels")
    assert.same({ "The army", "Tuareg rebels" }, titles 'army -"malian army"')
    assert.same({ "Talks of", "The army" }, titles "category:politics -malian*")
  end)

  it("goes by entity, source, topic and category: the whole name, or else words of it", function()
    assert.same({ "Malians vote", "The Second" }, titles 'entity:"Malian Army"')
    assert.same({ "The Second", "The army", "Tuareg rebels" }, titles "source:reuters")
    assert.same({ "Talks of" }, titles "source:agence")
    assert.same({ "Tuareg rebels" }, titles "source:Reuters source:BBC")
    assert.same({ "The Second", "Tuareg rebels" }, titles 'topic:"Tuareg rebellion"')
    assert.same({ "Malians vote", "Talks of" }, titles "category:Politics -source:Reuters")
  end)

  it("goes by day, month or year, the last one included", function()
    assert.same({ "Talks of", "Tuareg rebels" }, titles "from:2012 to:2012")
    assert.same({ "The army" }, titles "army from:2013-06 to:2013-06")
    assert.same({ "Talks of", "The army" }, titles "from:2012-09-01 to:2013-06-18")
  end)

  it("takes the same from options", function()
    assert.same({ "Talks of" }, titles("", { from = "2012-09", to = "2012", source = "Agence France-Presse" }))
    assert.same({ "Malians vote" }, titles("president", { entity = "malian army", category = "Politics" }))
  end)

  it("is never wrong: what is not understood is searched as words, and noted", function()
    assert.same({ "The army" }, titles "from:Kidal")
    assert.same({ "bad-date" }, notes "from:Kidal")
    assert.same({ "unknown-field", "any-word" }, notes "color:army")
    assert.same({ "unknown-value" }, notes "entity:Kidal")
    assert.same({ "The army" }, titles "entity:Kidal")
    assert.same({ "no-value", "any-word" }, notes "army source:")
    assert.same({ "unclosed-quote" }, notes '"malian army')
    assert.same({ "The Second" }, titles '"malian army')
    assert.same({ "no-word" }, notes "army !!!")
    assert.same({ "empty" }, notes "")
    assert.same({ "encoding", "no-word" }, notes "army \xFF")
  end)

  it("may be of any size", function()
    local results = archive:search(("army "):rep(100000))
    assert.same({ "too-long", "too-many-clauses" }, { results.notes[1].code, results.notes[2].code })
    assert.equal(3, #results)
    assert.equal(3, #archive:search(("army,"):rep(1000)))
  end)
end)

describe("a result", function()
  it("has hits with their stories, scores and snippets", function()
    local results = archive:search "malian army"
    assert.equal(1, #results)
    local hit = results()
    assert.equal("2007-09-01", hit.story.date)
    assert.is_true(hit.score > 0)
    assert.equal("The Second Tuareg Rebellion spreads, says the Malian army", hit.snippet)
    assert.equal("title", hit.field)
    local found = {}
    for i = 1, #hit.spans, 2 do found[#found + 1] = hit.snippet:sub(hit.spans[i], hit.spans[i + 1]) end
    assert.same({ "Malian", "army" }, found)
    assert.is_nil(results())
  end)

  it("shows the part of the body where the words are, when the title has fewer", function()
    local hit = archive:search("delegations bamako", { bytes = 70 })()
    assert.equal("body", hit.field)
    assert.equal("The delegations of the Tuareg and of the government in Bamako met for…", hit.snippet)
    hit = archive:search("bamako", { bytes = 30 })()
    assert.matches("^….*Bamako.*…$", hit.snippet)
    assert.equal("Bamako", hit.snippet:sub(table.unpack(hit.spans)))
  end)

  it("goes by relevance, or by date", function()
    local function dates(order)
      local list = {}
      for hit in archive:search("army", { order = order }) do list[#list + 1] = hit.story.date end
      return list
    end
    assert.same({ "2013-06-18", "2012-01-17", "2007-09-01" }, dates "newest")
    assert.same({ "2007-09-01", "2012-01-17", "2013-06-18" }, dates "oldest")
    local oldest = archive:search("army", { order = "oldest", limit = 2 })
    assert.equal("2007-09-01", oldest().story.date)
    assert.equal("2012-01-17", oldest().story.date)
  end)

  it("may count newer stories more", function()
    local plain, recent = archive:search("tuareg", { limit = 1 }), archive:search("army", { limit = 1, recency = 100 })
    assert.is_true(plain().story.date < "2013")
    assert.equal("2013-06-18", recent().story.date)
  end)

  it("is counted as a whole, whatever its limit", function()
    local results = archive:search("army", { limit = 1 })
    assert.equal(1, #results)
    assert.equal(3, results.stories)
    assert.same({ { name = "2007", stories = 1 }, { name = "2012", stories = 1 }, { name = "2013", stories = 1 } },
      results.facets.years)
    assert.same({ name = "Tuareg", stories = 2 }, results.facets.entities[1])
    assert.same({ name = "Reuters", stories = 3 }, results.facets.sources[1])
    assert.same({ name = "Armed conflicts and attacks", stories = 2 }, results.facets.categories[1])
    assert.same({ { name = "Tuareg rebellion", stories = 2 } }, results.facets.topics)
  end)

  it("suggests the archive's own words", function()
    assert.equal("rebellion", archive:search("rebelion").suggestion)
    assert.equal("Tuareg ouagadougou", archive:search("Tuareg Ouagadugou").suggestion)
    assert.equal("mali", archive:search("mlai").suggestion)
    assert.is_nil(archive:search("army").suggestion)
    assert.is_nil(archive:search("xyzzyxyzzy").suggestion)
  end)

  it("belongs to the archive as it was", function()
    local changing = newsarchive.new():add { date = "2007-09-01", title = "One army" }
    local results = changing:search "army"
    changing:add { date = "2007-09-02", title = "Another army" }
    assert.has_error(function() results() end)
    assert.equal(2, #changing:search "army")
  end)
end)

describe("an archive", function()
  it("knows the first story of an entity, and the last", function()
    local first, last = archive:first "Malian Army"
    assert.equal("2007-09-01", first.date)
    assert.equal("2013-07-28", last.date)
    assert.is_nil(archive:first "Nobody")
  end)

  it("has the stories of a day of any year", function()
    local dates = {}
    for story in archive:on "09-01" do dates[#dates + 1] = story.date end
    assert.same({ "2007-09-01", "2012-09-01" }, dates)
    assert.is_nil(archive:on "02-29"())
  end)

  it("counts stories by month", function()
    assert.same({ { month = "2007-09", stories = 1 }, { month = "2012-01", stories = 1 } },
      archive:counts { entity = "Tuareg" })
    assert.equal(5, #archive:counts())
    assert.same({ { month = "2013-06", stories = 1 } }, archive:counts { from = "2013", source = "Reuters" })
  end)

  it("says what is wrong with an option", function()
    assert.error_matches(function() archive:search(1) end, "bad argument #1 to 'search'", nil, true)
    assert.error_matches(function() archive:search("a", { limit = -1 }) end, "field 'limit': 0 to 1000", nil, true)
    assert.error_matches(function() archive:search("a", { from = "x" }) end, "field 'from': ISO 8601", nil, true)
    assert.error_matches(function() archive:search("a", { order = "x" }) end, "field 'order'", nil, true)
    assert.error_matches(function() archive:on "1st May" end, "bad argument #1 to 'on'", nil, true)
  end)

  it("may have names that lead to each other in a ring", function()
    local ringed = newsarchive.new()
    for day = 1, 4 do
      ringed:add { date = "2020-01-0" .. day, title = "Of Karabian, Karabi, Karab and Karaby" }
    end
    assert.equal(4, #ringed:search "karab")
  end)

  it("may be empty", function()
    local empty = newsarchive.new()
    assert.equal(0, #empty:search "army")
    assert.same({}, empty:counts())
    assert.same({}, empty:search("army").facets.years)
  end)
end)
