-- Threads: stories that tell one running story.
local newsarchive = require "newsarchive"

-- Two running stories side by side, and stories that belong nowhere.
local function crisis()
  local archive = newsarchive.new()
  local towns = { "Menaka", "Kidal", "Gao", "Timbuktu" }
  for k, town in ipairs(towns) do
    archive:add { date = ("2012-01-%02d"):format(k * 5), title = ("Tuareg rebels of Azawad take %s"):format(town) }
    archive:add { date = ("2012-01-%02d"):format(k * 5), title = ("Hurricane Xaver floods %s"):format("Port " .. k) }
    local title = ("Item %d of the day's %d sports"):format(k, k * 7)
    archive:add { date = ("2012-01-%02d"):format(k * 5 + 1), title = title }
  end
  return archive
end

local function summary(threads)
  local list = {}
  for i, thread in ipairs(threads) do list[i] = thread.first .. " " .. thread.last .. " " .. #thread end
  return list
end

describe("threads", function()
  it("tell running stories in order of date", function()
    local threads = crisis():threads()
    local rebels = threads[2] -- of one day, the flood's id is the first
    assert.equal("2012-01-05/tuareg-rebels-of-azawad-take-menaka", rebels.id)
    assert.equal(rebels.id, rebels[1])
    assert.equal("2012-01-05 2012-01-20 4", summary(threads)[2])
    assert.is_truthy(rebels.title:find "Azawad" or rebels.title:find "Tuareg")
  end)

  it("keep their ids and stories when stories are added behind them", function()
    local archive = crisis()
    local before = archive:threads()
    archive:add { date = "2012-02-01", title = "Tuareg rebels of Azawad declare a state" }
    local after = archive:threads()
    assert.equal(before[1].id, after[1].id)
    assert.same(table.move(before[1], 1, #before[1], 1, {}), table.move(after[1], 1, #before[1], 1, {}))
  end)

  it("follow the topics that an editor gave", function()
    local archive = newsarchive.new()
    archive:add { date = "2012-01-01", title = "Shots in the morning", topics = { "Mali", "Azawad war" } }
    archive:add { date = "2012-01-05", title = "Nothing alike at all", topics = { "Mali", "Azawad war" } }
    archive:add { date = "2014-01-05", title = "Much later", topics = { "Mali", "Azawad war" } }
    local threads = archive:threads()
    assert.same({ "2012-01-01 2012-01-05 2" }, summary(threads))
    assert.equal("Azawad war", threads[1].title)
  end)

  it("are called by names, not by how their sentences begin", function()
    local archive = newsarchive.new()
    for day, town in ipairs { "Kigali", "Butare", "Gitarama" } do
      archive:add { date = "2005-03-1" .. day, title = ("In Rwanda, Marcel Gatsinzi is heard in %s"):format(town) }
      archive:add { date = "2005-03-1" .. day, title = ("Rain falls in %s and in the hills"):format(town:lower()) }
    end
    for _, thread in ipairs(archive:threads()) do
      if thread[1]:find "rwanda" then assert.equal("Marcel Gatsinzi, Rwanda", thread.title) end
    end
  end)

  it("can be asked for by entity and time", function()
    local archive = newsarchive.new()
    for day = 1, 3 do
      archive:add { date = "2012-01-0" .. day, title = "Kidal " .. day, context = { "Tuareg" }, topics = { "A" } }
      archive:add { date = "2013-01-0" .. day, title = "Lagos " .. day, context = { "Nigeria" }, topics = { "B" } }
    end
    assert.same({ "2012-01-01 2012-01-03 3" }, summary(archive:threads { entity = "Tuareg" }))
    assert.same({ "2013-01-01 2013-01-03 3" }, summary(archive:threads { from = "2013" }))
    assert.same({}, summary(archive:threads { entity = "Tuareg", from = "2013" }))
    assert.same({}, summary(archive:threads { entity = "Nobody" }))
  end)

  it("know their turning points and quiet spells", function()
    local archive = newsarchive.new()
    for _, day in ipairs { "01-01", "01-02", "01-03", "06-01", "06-02", "06-02", "06-02", "06-02" } do
      archive:add { date = "2012-" .. day, title = "Story of " .. day, topics = { "A" } }
    end
    local thread = archive:threads()[1]
    assert.same({ { date = "2012-06-02", stories = 4 } }, thread.turning_points)
    assert.same({ { from = "2012-01-03", to = "2012-06-01", days = 150 } }, thread.quiet)
  end)

  it("can be named, joined and split by a rule", function()
    local function archive()
      local made = newsarchive.new()
      for day = 1, 4 do
        made:add { date = "2012-01-0" .. day, title = "Kidal " .. day, topics = { "A" } }
        made:add { date = "2012-02-0" .. day, title = "Lagos " .. day, topics = { "B" } }
      end
      return made
    end
    local named = archive():threads { rule = function(thread) thread.title = "The " .. thread.title end }
    assert.same({ "The A", "The B" }, { named[1].title, named[2].title })
    local joined = archive():threads {
      rule = function(thread) return thread.title == "B" and "2012-01-01/kidal-1" or nil end,
    }
    assert.same({ "2012-01-01 2012-02-04 8" }, summary(joined))
    local split = archive():threads {
      rule = function(thread) return thread.title == "A" and { "2012-01-03/kidal-3" } or nil end,
    }
    assert.same({ "2012-01-01 2012-01-02 2", "2012-01-03 2012-01-04 2", "2012-02-01 2012-02-04 4" }, summary(split))
  end)

  it("are the same for any number of OS threads", function()
    assert.same(crisis():threads(), crisis():threads { jobs = 8 })
  end)
end)
