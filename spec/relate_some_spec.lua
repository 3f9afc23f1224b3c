-- After a change only some lists are made anew: never fewer than those that differ.
local newsarchive = require "newsarchive"
local numbers = require("spec.support.random").numbers
local stories_of = require "spec.support.stories"
local archive_of, made_up = stories_of.archive, stories_of.made_up

-- The lists that an iterator gives, as texts of ids and scores, by the id of their story.
local function lists_of(archive, iterator)
  local lists, count = {}, 0
  for i, found in iterator do
    local entries = {}
    for k = 1, #found, 2 do entries[#entries + 1] = archive.core:card(found[k]) .. "=" .. found[k + 1] end
    lists[archive.core:card(i)] = table.concat(entries, " ")
    count = count + 1
  end
  return lists, count
end

local function copy(list)
  return table.move(list, 1, #list, 1, {})
end

-- What can happen to an archive.
local changes = {
  ["stories are added behind"] = function(stories, random)
    for _, story in ipairs(made_up(random, random(5), 10000)) do
      story.date = ("2004-01-%02d"):format(random(28))
      stories[#stories + 1] = story
    end
  end,
  ["stories are added in between"] = function(stories, random)
    table.move(made_up(random, 2, 20000), 1, 2, #stories + 1, stories)
  end,
  ["a story goes"] = function(stories, random) table.remove(stories, random(#stories)) end,
  ["a story is written anew"] = function(stories, random)
    local at = random(#stories)
    local old, new = stories[at], made_up(random, 1)[1]
    new.id, new.date = old.id, old.date
    stories[at] = new
  end,
  ["a story is dated anew"] = function(stories, random)
    local at = random(#stories)
    local old = stories[at]
    stories[at] = { id = old.id, date = "2002-02-02", title = old.title, context = old.context }
  end,
  ["a story is told again"] = function(stories, random)
    local old = stories[random(#stories)]
    stories[#stories + 1] = { id = "again", date = "2004-05-05", title = old.title, context = old.context }
  end,
  ["nothing"] = function() end,
}

local queries = {
  {}, { limit = 3, direction = "before", fold = true }, { limit = 5, direction = "after", least = 0.1 },
  { limit = 5, direction = "next", least = 0.05, fold = true }, { limit = 0 },
}

describe("relating some stories", function()
  for name, change in pairs(changes) do
    it("leaves out only lists that are as they were, where " .. name, function()
      for seed = 1, 6 do
        local random = numbers(seed * 77)
        local stories = made_up(random, 150 + random(150))
        local archive = archive_of(stories)
        for _, given in ipairs(queries) do
          local iterator, imprint = archive:relate_some(nil, given)
          local before, all = lists_of(archive, iterator)
          assert.equal(#archive, all)
          local now = copy(stories)
          change(now, random)
          local changed = archive_of(now)
          iterator, imprint = changed:relate_some(imprint, given)
          local some = lists_of(changed, iterator)
          for id, list in pairs((lists_of(changed, changed:relate(given)))) do
            assert.equal(list, some[id] or before[id])
          end
          local _, none = lists_of(changed, (changed:relate_some(imprint, given)))
          assert.equal(0, none)
        end
      end
    end)
  end

  it("leaves out most lists where a few stories are added behind", function()
    local random = numbers(5)
    local stories = made_up(random, 600)
    local archive = archive_of(stories)
    local _, imprint = archive:relate_some(nil, { limit = 3 })
    stories[#stories + 1] = { id = "new", date = "2004-01-01", title = "Name3 and word5" }
    local changed = archive_of(stories)
    local _, count = lists_of(changed, (changed:relate_some(imprint, { limit = 3 })))
    assert.is_true(count < 200)
  end)

  it("relates all where the imprint is damaged or of another query", function()
    local archive = archive_of(made_up(numbers(9), 50))
    local _, imprint = archive:relate_some(nil, { limit = 3 })
    for _, other in ipairs { "", imprint:sub(1, -2), imprint .. "x", imprint:sub(1, -9) .. "damaged!" } do
      assert.equal(50, select(2, lists_of(archive, (archive:relate_some(other, { limit = 3 })))))
    end
    assert.equal(50, select(2, lists_of(archive, (archive:relate_some(imprint, { limit = 4 })))))
    assert.equal(0, select(2, lists_of(archive, (archive:relate_some(imprint, { limit = 3 })))))
  end)

  it("stands an empty archive", function()
    local iterator, imprint = newsarchive.new():relate_some()
    assert.is_nil(iterator())
    assert.is_nil((newsarchive.new():relate_some(imprint))())
    assert.error_matches(function() newsarchive.new():relate_some(7) end, "string expected, got number")
  end)
end)
