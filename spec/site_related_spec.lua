-- The related stories on the pages of the layout `archive`.
local build = require "newsarchive.site.build"
local core = require "newsarchive.core"
local env = require "spec.support.env"
local markup = require "spec.support.markup"

local SITE = [[return { title = "The Record", base_url = "https://example.org/", sources = { "s.jsonl" }, %s }]]

local function publish(folder, stories, settings, given)
  local lines = {}
  for n, story in ipairs(stories) do lines[n] = core.encode_json(story) end
  folder:write("s.jsonl", table.concat(lines, "\n") .. "\n")
  folder:write("site.lua", SITE:format(settings or ""))
  given = given or {}
  given.directory = folder.path
  local result = assert(build.build(given))
  assert.same({}, result.problems)
  return result
end

-- The lists of a page: for each heading the headlines with the context, as text.
local function lists(page)
  local found = {}
  for heading, list in page:gmatch('<h2 id="[%w-]+">([^<]*)</h2>\n<ol>\n(.-)</ol>') do
    local entries = {}
    for item in list:gmatch("<li class=\"relation[^\"]*\">(.-)</li>") do
      entries[#entries + 1] = item:gsub("<[^>]+>", ""):gsub("\n", " | ")
    end
    found[heading] = entries
  end
  return found
end

local function page_of(folder, address)
  local page = folder:read("_site/" .. address .. "/index.html")
  markup.check(page)
  return page
end

local REBELLION = {
  { date = "2007-08-30", title = "Tuareg rebels take a convoy", context = { "Niger", "Tuareg" } },
  { date = "2007-09-01", title = "The rebellion spreads to the north", context = { "Malian Army", "Tuareg" } },
  { date = "2007-09-01", title = "Soldiers are sent to Kidal", context = { "Malian Army" } },
  { date = "2012-01-26", title = "Tuareg rebels capture a town", context = { "Azawad", "Tuareg" } },
  { date = "2013-01-08", title = "The army fires on a column", context = { "Malian Army" } },
  { date = "2013-01-08", title = "A fair opens in Bamako" },
}

local SPREADS = "2007/09/01/the-rebellion-spreads-to-the-north"

describe("a story's page", function()
  it("says what led here, what else there was on that day, and what happened next", function()
    local folder <close> = env.folder()
    publish(folder, REBELLION)
    assert.same({
      ["What led here"] = { "Tuareg rebels take a convoy | 30 August 2007 Context: Tuareg" },
      ["On the same day"] = { "Soldiers are sent to Kidal | 1 September 2007 Context: Malian Army" },
      ["What happened next"] = {
        "Tuareg rebels capture a town | 26 January 2012 Context: Tuareg",
        "The army fires on a column | 8 January 2013 Context: Malian Army",
      },
    }, lists(page_of(folder, SPREADS)))
    assert.same({}, lists(page_of(folder, "2013/01/08/a-fair-opens-in-bamako")))
  end)

  it("has one list where the site wants one, or one direction, or fewer entries", function()
    local folder <close> = env.folder()
    publish(folder, REBELLION, [[related = { direction = "all" }]])
    assert.equal(4, #lists(page_of(folder, SPREADS))["Related stories"])
    publish(folder, REBELLION, [[related = { direction = "after", limit = 1 }]])
    assert.same({ ["What happened next"] = 1 }, (function()
      local counts = {}
      for heading, list in pairs(lists(page_of(folder, SPREADS))) do counts[heading] = #list end
      return counts
    end)())
    publish(folder, REBELLION, [[related = { limit = 0 }]])
    assert.same({}, lists(page_of(folder, SPREADS)))
  end)

  it("keeps the reference's rule where the site asks for it: the most shared, then the newest", function()
    local folder <close> = env.folder()
    publish(folder, REBELLION, [[related = { rule = "context", limit = 2 }]])
    assert.same({ ["Related stories"] = {
      "The army fires on a column | 8 January 2013 Context: Malian Army",
      "Tuareg rebels capture a town | 26 January 2012 Context: Tuareg",
    } }, lists(page_of(folder, SPREADS)))
  end)

  it("names the rarest first, and says in how many stories each is", function()
    local folder <close> = env.folder()
    local stories = {}
    for day = 1, 9 do
      local context = { "Africa" }
      if day > 7 then context = { "Africa", "Zinder" } end
      stories[day] = { date = "2007-09-0" .. day, title = "Report " .. day, context = context }
    end
    publish(folder, stories)
    local page = page_of(folder, "2007/09/09/report-9")
    assert.truthy(page:find('<a href="/entities/zinder/" title="in 2 stories">Zinder</a>, '
      .. '<a href="/entities/africa/" title="in 9 stories">Africa</a>', 1, true), page)
  end)

  it("says which words it was where no entity is shared", function()
    local folder <close> = env.folder()
    publish(folder, {
      { date = "2007-09-01", title = "Volcano erupts on Karthala" },
      { date = "2007-09-02", title = "Karthala volcano calms down" },
      { date = "2007-09-03", title = "A bridge opens & <b>closes</b>" },
      { date = "2007-09-04", title = "Parliament meets" },
    })
    local page = page_of(folder, "2007/09/02/karthala-volcano-calms-down")
    local context = lists(page)["What led here"][1]:match("Context: (.*)$")
    assert.truthy(context:find("Karthala", 1, true), context)
    assert.truthy(page:find('<span title="in 2 stories">', 1, true))
  end)

  it("folds what was told before into one entry, and keeps every address", function()
    local folder <close> = env.folder()
    local flood = "Hurricane Xaver floods the harbour of Port Louis and cuts the power of the whole island"
    publish(folder, {
      { date = "2012-01-05", title = flood, context = { "Xaver" } },
      { date = "2012-01-07", title = flood, context = { "Xaver" } },
      { date = "2012-01-09", title = "Port Louis rebuilds after Xaver", context = { "Xaver" } },
    })
    local page = page_of(folder, "2012/01/09/port-louis-rebuilds-after-xaver")
    local entries = lists(page)["What led here"]
    assert.equal(1, #entries)
    assert.truthy(entries[1]:find("(also reported on", 1, true), entries[1])
    local address = "2012/01/05/hurricane-xaver-floods-the-harbour-of-port-louis-and-cuts-the-power-of-the-whole"
    local first = page_of(folder, address)
    assert.truthy(first:find('Also reported on <a href="/2012/01/07/', 1, true), first)
    assert.is_nil(lists(first)["What happened next"][2])
    local _, count = folder:read("_site/feed.xml"):gsub("<entry>", "")
    assert.equal(2, count)
    assert.truthy(folder:read("_site/feed.xml"):find("Also reported on", 1, true))
    assert.equal(2, #core.decode_json(folder:read "_site/feed.json").items)
  end)

  it("stays small in a flood of look-alikes", function()
    local folder <close> = env.folder()
    local flood, stories = "Hurricane Xaver floods the harbour of Port Louis and cuts the power of the island", {}
    for n = 1, 300 do
      local date = n > 200 and "2012-03-01" or ("2012-01-%02d"):format(n % 28 + 1)
      stories[n] = { date = date, title = flood, context = { "Xaver" } }
    end
    publish(folder, stories)
    local largest, feed = 0, folder:read "_site/feed.xml"
    for _, path in ipairs(folder:list()) do
      if path:find("^_site/2012/%d+/%d+/.+/index.html$") then largest = math.max(largest, #folder:read(path)) end
    end
    assert.truthy(largest < 12000, largest)
    assert.equal(12, select(2, feed:gsub("https://example.org/2012/%d+/%d+/[^&]*&quot;", "")))
  end)

  it("takes weights", function()
    local folder <close> = env.folder()
    publish(folder, REBELLION, [[related = { weights = { decay = 0, entity = 4 }, least = 0.01 }]])
    assert.equal(2, #lists(page_of(folder, SPREADS))["What happened next"])
  end)

  it("is the same for any number of threads", function()
    local one <close> = env.folder()
    local other <close> = env.folder()
    publish(one, REBELLION, nil, { jobs = 1 })
    publish(other, REBELLION, nil, { jobs = 2 })
    assert.equal(one:read ".newsarchive/manifest", other:read ".newsarchive/manifest")
    assert.has_error(function() build.build { directory = one.path, jobs = 0 } end,
      "bad argument #1 to 'build' (field 'jobs': 1 to 64 expected)")
  end)
end)
