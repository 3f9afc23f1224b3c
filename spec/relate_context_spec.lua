-- The reference's rule, against the plainest way to compute it.
local env = require "spec.support.env"
local core = require "newsarchive.core"
local newsarchive = require "newsarchive"
local numbers = require("spec.support.random").numbers

-- Every list as the rule says it: count shared entities over all paths, sort, cut.
local function oracle(stories, limit, display)
  local by_path, lists = {}, {}
  for _, story in ipairs(stories) do by_path[story.path] = story end -- of one path the last stands for it
  for at, story in ipairs(stories) do
    local own, found = {}, {}
    for _, entity in ipairs(story.context) do own[entity] = true end
    for path, other in pairs(by_path) do
      local shared = 0
      for _, entity in ipairs(other.context) do shared = shared + (own[entity] and 1 or 0) end
      if path ~= story.path and shared > 0 then found[#found + 1] = { path = path, shared = shared, date = other.date } end
    end
    table.sort(found, function(a, b)
      if a.shared ~= b.shared then return a.shared > b.shared end
      return a.path > b.path
    end)
    found = table.move(found, 1, math.min(limit, #found), 1, {})
    if display == "date" then
      table.sort(found, function(a, b)
        if a.date ~= b.date then return a.date > b.date end
        if a.shared ~= b.shared then return a.shared > b.shared end
        return a.path > b.path
      end)
    end
    for i, item in ipairs(found) do found[i] = item.path end
    lists[at] = table.concat(found, " ")
  end
  return lists
end

local function lists_of(archive, limit, display)
  local lists = {}
  for i = 1, #archive do
    local paths, found = {}, archive.core:related(i, limit, "context", display)
    for k = 1, #found, 2 do paths[#paths + 1] = archive.core:context_path(found[k]) end
    lists[i] = table.concat(paths, " ")
  end
  return lists
end

local function stories_of(archive)
  local stories = {}
  for i = 1, #archive do
    local story = archive.core:story(i)
    stories[i] = { path = archive.core:context_path(i), date = story.date, context = story.context or {} }
  end
  return stories
end

local function random_story(random, entities, names)
  local context = {}
  for k = 1, entities do context[k] = "e" .. random(names) end
  return {
    date = ("20%02d-%02d-%02d"):format(random(3), random(12), random(28)), title = "t" .. random(9), context = context,
  }
end

describe("the rule 'context'", function()
  it("ranks by the number of shared entities, then by the path as text: day 8 above day 18", function()
    local archive = newsarchive.new()
    archive:add { date = "2013-06-08", title = "eighth", context = { "Mali" } }
    archive:add { date = "2013-06-18", title = "eighteenth", context = { "Mali" } }
    archive:add { date = "2001-01-01", title = "both", context = { "Mali", "Tuareg" } }
    archive:add { date = "2014-01-01", title = "query", context = { "Mali", "Tuareg" } }
    local titles = {}
    for i, relation in ipairs(archive:related("2014-01-01/query", { rule = "context" })) do
      titles[i] = relation.story.title
    end
    assert.same({ "both", "eighth", "eighteenth" }, titles)
  end)

  it("shows the same stories newest first where that is asked for", function()
    local archive = newsarchive.new()
    archive:add { date = "2013-06-08", title = "eighth", context = { "Mali" } }
    archive:add { date = "2013-06-18", title = "eighteenth", context = { "Mali" } }
    archive:add { date = "2014-01-01", title = "query", context = { "Mali" } }
    local relations = archive:related("2014-01-01/query", { rule = "context", display = "date" })
    assert.equal("eighteenth", relations[1].story.title)
  end)

  it("looks back or forward where that is asked for", function()
    local archive = newsarchive.new()
    for year = 2001, 2005 do archive:add { date = year .. "-01-01", title = "x", context = { "Mali" } } end
    local before = archive:related("2003-01-01/x", { rule = "context", direction = "before" })
    local after = archive:related("2003-01-01/x", { rule = "context", direction = "after" })
    assert.same({ "2002-01-01", "2001-01-01" }, { before[1].story.date, before[2].story.date, before[3] })
    assert.same({ "2005-01-01", "2004-01-01" }, { after[1].story.date, after[2].story.date, after[3] })
  end)

  it("equals the plain computation on random archives", function()
    local random = numbers(42)
    for round = 1, 30 do
      local archive = newsarchive.new { language = round % 2 == 0 and "zh" or "en" }
      local most = round % 5 == 0 and 40 or 5 -- stories with many entities are related in a way of their own
      for _ = 1, random(60) do
        archive:add(random_story(random, random(most) - 1, round))
      end
      for _, limit in ipairs { 1, 5, 10, 1000 } do
        for _, display in ipairs { "rank", "date" } do
          assert.same(oracle(stories_of(archive), limit, display), lists_of(archive, limit, display))
        end
      end
    end
  end)

  it("equals the plain computation where entities are in few of many stories", function()
    local random, archive = numbers(7), newsarchive.new()
    for i = 1, 1200 do
      local story = random_story(random, random(5) - 1, 400)
      story.title = "story " .. i
      story.context[#story.context + 1] = i % 3 == 0 and "hub" or nil
      archive:add(story)
    end
    assert.same(oracle(stories_of(archive), 10, "rank"), lists_of(archive, 10, "rank"))
  end)

  it("equals the plain computation on the Chinese stories with all their entities", function()
    local path = env.shared "data/tags/zh-context.jsonl"
    if not path then return pending "the shared data is not there" end
    local archive = newsarchive.new { language = "zh" }
    archive:read(path)
    assert.equal(5535, #archive)
    -- The plain way is quadratic: a part of the stories, with all their candidates, is enough here.
    local stories = stories_of(archive)
    local part = {}
    for i = 1, #stories, 4 do part[#part + 1] = stories[i] end
    local smaller = newsarchive.new { language = "zh" }
    for i = 1, #archive, 4 do smaller:add(archive.core:story(i)) end
    for _, display in ipairs { "rank", "date" } do
      assert.same(oracle(part, 10, display), lists_of(smaller, 10, display))
    end
  end)

  it("refuses what is no limit, rule, display or direction", function()
    local archive = core.archive()
    archive:add(core.report():add { date = "2001-01-01", title = "x" })
    assert.has_error(function() archive:related(1, -1) end)
    assert.has_error(function() archive:related(1, 1001) end)
    assert.has_error(function() archive:related(1, 10, "best") end)
    assert.has_error(function() archive:related(2) end)
    assert.same({}, archive:related(1, 0))
  end)
end)
