-- Related stories by relevance: what counts, why, and that nothing is skipped that belongs there.
local core = require "newsarchive.core"
local newsarchive = require "newsarchive"
local numbers = require("spec.support.random").numbers
local stories_of = require "spec.support.stories"
local archive_of, made_up = stories_of.archive, stories_of.made_up

local function titles(relations)
  local list = {}
  for i, relation in ipairs(relations) do list[i] = relation.story.title end
  return list
end

local function random_archive(seed, count)
  return archive_of(made_up(numbers(seed), count))
end

describe("relevance", function()
  local floods = {
    { date = "2012-01-01", title = "The council of Bamako meets about the budget" },
    { date = "2012-01-10", title = "Rebels in Azawad capture Kidal" },
    { date = "2012-01-12", title = "Talks about Azawad fail in Kidal" },
    { date = "2012-01-14", title = "The council of Paris meets about the weather" },
    { date = "2015-06-01", title = "Rebels in Azawad leave Kidal" },
  }

  it("prefers rare words and names to common ones", function()
    local related = archive_of(floods):related "2012-01-10/rebels-in-azawad-capture-kidal"
    assert.equal("Talks about Azawad fail in Kidal", related[1].story.title)
  end)

  it("prefers what is near in time", function()
    local archive = archive_of {
      { date = "2012-01-10", title = "Rebels capture Kidal" },
      { date = "2012-01-12", title = "Rebels leave Kidal" },
      { date = "2015-06-01", title = "Rebels rebuild Kidal" },
      { date = "2010-01-12", title = "Something else entirely" },
    }
    assert.same({ "Rebels leave Kidal", "Rebels rebuild Kidal" },
      titles(archive:related "2012-01-10/rebels-capture-kidal"))
  end)

  it("goes by score, then by the nearest date, then by the id", function()
    local archive = archive_of {
      { date = "2012-01-10", title = "Kidal" }, { date = "2012-01-12", title = "Kidal", id = "b" },
      { date = "2012-01-12", title = "Kidal", id = "a" }, { date = "2012-01-08", title = "Kidal", id = "c" },
      { date = "2012-01-20", title = "Other" },
    }
    local ids = {}
    for i, relation in ipairs(archive:related "2012-01-10/kidal") do ids[i] = relation.story.id end
    assert.same({ "a", "b", "c" }, ids)
  end)

  it("sees through forms of a word and of a name", function()
    local stories = { { date = "2012-03-01", title = "Talks of Malian ministers in Geneva" } }
    for day = 1, 9 do
      local date = "2012-01-0" .. day
      stories[#stories + 1] = { date = date, title = ("Day %d: the army of Mali and Malian rebels"):format(day) }
      stories[#stories + 1] = { date = date, title = ("Rain %d falls and falls"):format(day) }
    end
    local archive = archive_of(stories)
    archive:add { date = "2012-03-02", title = "A minister returns to Mali" }
    local relation = archive:why("2012-03-01/talks-of-malian-ministers-in-geneva",
      "2012-03-02/a-minister-returns-to-mali")
    local shared = {}
    for i, reason in ipairs(relation.reasons) do shared[i] = reason.text:lower() end
    table.sort(shared)
    assert.same({ "mali", "ministers" }, { shared[1]:sub(1, 4), shared[2] })
  end)

  it("looks back or forward where that is asked for", function()
    local archive = archive_of(floods)
    local id = "2012-01-12/talks-about-azawad-fail-in-kidal"
    for _, relation in ipairs(archive:related(id, { direction = "before" })) do
      assert.is_true(relation.days < 0)
    end
    for _, relation in ipairs(archive:related(id, { direction = "after" })) do assert.is_true(relation.days > 0) end
  end)

  it("gives reasons whose shares add up to the score", function()
    local archive = random_archive(7, 300)
    for i = 1, #archive do
      local story = archive.core:story(i)
      for _, relation in ipairs(archive:related(story)) do
        local sum = 0
        assert.is_true(#relation.reasons > 0)
        for _, reason in ipairs(relation.reasons) do sum = sum + reason.share end
        assert.near(relation.score, sum, 1e-6)
        assert.near(relation.score, archive:why(story, relation.story).score, 1e-6)
      end
    end
  end)

  it("gives the weightiest terms of many relations at once, as they are one by one", function()
    local archive = random_archive(7, 60)
    local index = archive:relations_index()
    for _, least in ipairs { 0, 0.5 } do
      local lists, own = index:why_many(30, { 1, 2, 30 }, 2, least)
      for n, j in ipairs { 1, 2, 30 } do
        local reasons, score = index:why(30, j)
        local told, expected = {}, {}
        for k, term in ipairs(lists[n]) do
          local kind, text, stories = index:term(term)
          told[k] = { kind = kind, text = text, stories = stories }
        end
        for k = 1, math.min(2, #reasons) do
          local one = reasons[k]
          if one.share >= least * reasons[1].share then
            expected[k] = { kind = one.kind, text = one.text, stories = one.stories }
          end
        end
        assert.equal(score, own)
        assert.same(expected, told)
      end
    end
  end)

  it("prints shared entities as context, the rarest first", function()
    local archive = archive_of {
      { date = "2012-01-01", title = "One", context = { "Mali", "Tuareg" } },
      { date = "2012-01-02", title = "Two", context = { "Mali", "Tuareg" } },
      { date = "2012-01-03", title = "Three", context = { "Mali" } },
    }
    local relation = archive:related("2012-01-01/one")[1]
    assert.same({ "Tuareg", "Mali" }, relation.context)
    assert.equal(2, relation.reasons[1].stories)
  end)

  it("prints the words that tell most where no entity is shared, and none that tell nothing", function()
    local archive = newsarchive.new()
    for day = 1, 28 do
      archive:add { date = ("2012-02-%02d"):format(day), title = ("Day %d%s"):format(day, day % 3 > 0 and " of many" or "") }
    end
    archive:add { date = "2012-03-01", title = "Capture of Kidal" }
    archive:add { date = "2012-03-02", title = "Elders of Kidal" }
    local relation = archive:related("2012-03-02/elders-of-kidal")[1]
    assert.same({ "Kidal" }, relation.context)
    assert.equal(2, #relation.reasons)
  end)

  it("takes weights that a site sets, and refuses others", function()
    local archive = archive_of(floods)
    local flat = archive:related("2012-01-10/rebels-in-azawad-capture-kidal", { weights = { decay = 0 } })
    assert.equal("Rebels in Azawad leave Kidal", flat[1].story.title)
    assert.error_matches(function() archive:related("x", { weight = 1 }) end, "unknown field 'weight'")
    assert.error_matches(function() archive:why(flat[1].story, flat[2].story, { weights = { deacy = 1 } }) end,
      "unknown weight 'deacy'")
    assert.error_matches(function() core.relations(archive.core, { decay = -1 }) end, "weight 'decay'")
  end)

  it("finds exactly what looking at every story finds", function()
    for seed = 1, 12 do
      local archive = random_archive(seed, 40 * seed)
      local relations = core.relations(archive.core)
      for i = 1, #archive do
        for _, direction in ipairs { "all", "before", "after" } do
          for _, limit in ipairs { 1, 10, 60 } do
            assert.same(relations:find_slowly(i, limit, direction), relations:find(i, limit, direction))
          end
        end
        for _, direction in ipairs { "all", "next" } do
          for _, fold in ipairs { false, true } do
            assert.same(relations:find_slowly(i, 5, direction, 0.1, fold), relations:find(i, 5, direction, 0.1, fold))
          end
        end
      end
    end
  end)

  it("gives the same for any number of threads, and again", function()
    local archive = random_archive(3, 700)
    local relations = core.relations(archive.core)
    local one = relations:many(1, #archive, 1)
    for _, threads in ipairs { 1, 2, 8 } do assert.same(one, relations:many(1, #archive, threads)) end
    assert.same({ one[3], one[1] }, relations:many({ 3, 1 }, 0, 2))
    local count = 0
    for i, found in archive:relate { only = { 5, 9 } } do
      count = count + 1
      assert.same(one[i], found)
    end
    assert.equal(2, count)
  end)

  it("stands empty, wordless and endless stories", function()
    local archive = archive_of { { date = "2012-01-01", title = "…" }, { date = "0001-01-01", title = "x" },
      { date = "9999-12-31", title = "x", body = ("word%d "):rep(3):rep(20000) } }
    for i = 1, 3 do archive:related(archive.core:story(i)) end
    assert.same({ "x" }, titles(archive:related "0001-01-01/x"))
    assert.same({}, titles(archive:related "2012-01-01/untitled"))
    assert.equal(0, #core.relations(newsarchive.new().core):many(1, 0))
  end)

  it("refuses numbers of no story, and an archive that has changed", function()
    local archive = archive_of(floods)
    local relations = core.relations(archive.core)
    assert.has_error(function() relations:find(0) end)
    assert.has_error(function() relations:find(6) end)
    assert.has_error(function() relations:find(1, 1001) end)
    assert.has_error(function() relations:many(5, 2) end)
    assert.has_error(function() relations:many({ 6 }, 1) end)
    assert.has_error(function() relations:thread(1) end)
    archive:add { date = "2012-01-01", title = "More" }
    assert.error_matches(function() relations:find(1) end, "the archive has changed")
    assert.equal(5, #archive:related("2012-01-01/more", { limit = 5 }) + 5)
  end)
end)

describe("the course of a story", function()
  it("is what led to it and what happened next, in order of date, with repeats folded", function()
    local archive = archive_of {
      { date = "2012-01-01", title = "Tuareg rebels attack Menaka in the north of Mali" },
      { date = "2012-01-02", title = "Tuareg rebels attack Menaka in the north of Mali" },
      { date = "2012-01-10", title = "The army of Mali retakes Menaka from Tuareg rebels" },
      { date = "2012-02-01", title = "Tuareg rebels return to Menaka" },
    }
    for day = 1, 28 do
      local title = ("Item %d of sports: game %d"):format(day * 7, day * 31)
      archive:add { date = ("2012-01-%02d"):format(day), title = title }
    end
    local course = archive:course "2012-01-10/the-army-of-mali-retakes-menaka-from-tuareg-rebels"
    assert.same({ 1, 1 }, { #course.before, #course.after })
    assert.equal("2012-01-02", course.before[1].story.date)
    assert.equal("2012-01-01", course.before[1].also[1].date)
    assert.equal("Tuareg rebels return to Menaka", course.after[1].story.title)
    assert.equal("repeat", archive:related(course.before[1].story)[1].kind)
  end)
end)
