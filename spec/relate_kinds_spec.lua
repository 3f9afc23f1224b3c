-- What a relation is called, and what happened next as an archive grows.
local core = require "newsarchive.core"
local env = require "spec.support.env"
local newsarchive = require "newsarchive"
local registry = require "newsarchive.rules.registry"
local archive_of = require("spec.support.stories").archive

-- Stories of other things, so that words that are no matter of theirs are rare.
local function with_others(stories)
  for day = 1, 28 do
    local title = ("Report %d of the weather: rain %d, wind %d"):format(day, day * 7, day * 31)
    stories[#stories + 1] = { date = ("2012-03-%02d"):format(day), title = title }
  end
  return stories
end

describe("the kind of a relation", function()
  local archive = archive_of(with_others {
    { date = "2012-03-01", title = "Rebels take the town of Kidal in the far north", id = "first",
      context = { "Iyad Ag Ghaly", "Kidal" } },
    { date = "2012-03-02", title = "Rebels take the town of Kidal in the far north", id = "again" },
    { date = "2012-03-03", title = "Rebels in the far north take another town: after Kidal also Gao", id = "on" },
    { date = "2012-09-01", title = "Talks begin somewhere else", id = "talks", context = { "Iyad Ag Ghaly" } },
    { date = "2012-10-01", title = "A school opens its doors", id = "school", context = { "Kidal" } },
    { date = "2011-01-01", title = "An older paper on salt", id = "salt", context = { "Kidal" } },
  })
  local names = { ["Iyad Ag Ghaly"] = "person", Kidal = "place" }

  it("is the first that is true: repeat, same story, same people or place, earlier or later", function()
    local function kind(other) return archive:why("first", other, { kinds = names }).kind end
    assert.equal("repeat", kind "again")
    assert.equal("same story", kind "on")
    assert.equal("same people", kind "talks")
    assert.equal("same place", kind "school")
    assert.equal("same place", kind "salt")
    assert.equal("later", archive:why("first", "school").kind)
    assert.equal("earlier", archive:why("first", "salt").kind)
  end)

  it("comes from a registry, too, and by the rule 'context'", function()
    local known = registry.new():add { name = "Kidal", kind = "place" }
      :add { name = "Ag Ghaly", entity = "Iyad Ag Ghaly", kind = "person" }
    assert.same(names, known:entity_kinds())
    assert.equal("same people", archive:why("first", "talks", { kinds = known }).kind)
    local by_context = archive:related("first", { rule = "context", kinds = known })
    local found = {}
    for i, relation in ipairs(by_context) do found[i] = relation.story.id .. " " .. relation.kind end
    assert.same({ "school same place", "talks same people", "salt same place" }, found)
  end)
end)

describe("newsarchive related", function()
  it("says the kind with --explain and in JSON, and knows people and places from a registry", function()
    local folder <close> = env.folder()
    local made = archive_of(with_others {
      { date = "2012-03-01", title = "Rebels take a town", id = "first", context = { "Kidal" } },
      { date = "2012-10-01", title = "A school opens its doors", id = "school", context = { "Kidal" } },
    })
    assert(made:save(folder:file "news.na"))
    folder:write("names.yaml", "- name: Kidal\n  kind: place\n")
    local function run(...)
      return env.run { env.command(), "related", folder:file "news.na", "first", "--limit", "1", ... }.stdout
    end
    assert.matches("score: later, 214 days apart", run "--explain", 1, true)
    assert.matches("score: same place", run("--explain", "--registry", folder:file "names.yaml"), 1, true)
    assert.matches('"kind":"same place"', run("--json", "--registry", folder:file "names.yaml"), 1, true)
  end)
end)

describe("what happened next", function()
  -- Stories after the first one, more and more like it.
  local function grown(count)
    local stories = { { date = "2012-01-01", title = "Alpha Beta Gamma Delta Epsilon Zeta Eta", id = "first" } }
    local words = { "Alpha", "Beta", "Gamma", "Delta", "Epsilon", "Zeta", "Eta" }
    for k = 1, count do
      local title = table.concat(words, " ", 1, k) .. " and other things"
      stories[#stories + 1] = { date = ("2012-02-%02d"):format(k), title = title, id = "k" .. k }
    end
    return archive_of(with_others(stories))
  end

  local function after(archive)
    local found = archive.core:find "first"
    local list = core.relations(archive.core):find(found, 2, "next", 0.05)
    local ids = {}
    for k = 1, #list, 2 do ids[#ids + 1] = (archive.core:card(list[k])) end
    table.sort(ids)
    return ids
  end

  it("gives way to what is half as good again, and not to what is a little better", function()
    assert.same({ "k3", "k4" }, after(grown(4)))
    assert.same({ "k3", "k5" }, after(grown(5))) -- k4 is better than k3, but not by half
    assert.same({ "k6", "k7" }, after(grown(7)))
  end)

  it("folds repeats into one entry that names the others", function()
    local archive = archive_of(with_others {
      { date = "2012-01-01", title = "Rebels take the town of Kidal", id = "first" },
      { date = "2012-01-05", title = "Talks about the town of Kidal begin", id = "talks" },
      { date = "2012-01-06", title = "Talks about the town of Kidal begin", id = "talks again" },
    })
    local course = archive:course("first", { least = 0 })
    assert.equal("talks", course.after[1].story.id)
    assert.equal("talks again", course.after[1].also[1].id)
    for k = 2, #course.after do assert.not_equal("talks again", course.after[k].story.id) end
  end)
end)

describe("a generation of stories", function()
  it("moves no weight until it is full", function()
    -- 128 stories: a generation has two.
    local function archive(count)
      local made = newsarchive.new()
      for k = 1, count do
        local title = ("Story about topic%d and Thing%d of Place%d"):format(k % 7, k % 11, k % 5)
        made:add { date = ("2012-%02d-%02d"):format(1 + (k - 1) // 28, 1 + (k - 1) % 28), title = title, id = "s" .. k }
      end
      return core.relations(made.core)
    end
    local one, other = archive(128), archive(129)
    for i = 1, 128 do assert.same(one:find(i, 5, "before"), other:find(i, 5, "before")) end
  end)
end)
