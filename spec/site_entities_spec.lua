-- The pages, feeds and data of entities and threads in the layout `archive`, and what corrects their names.
local build = require "newsarchive.site.build"
local core = require "newsarchive.core"
local entity_pages = require "newsarchive.site.entity_pages"
local env = require "spec.support.env"
local markup = require "spec.support.markup"
local thread_pages = require "newsarchive.site.thread_pages"

local SITE = [[return { title = "The Record", base_url = "https://example.org/", sources = { "s.jsonl" }, %s }]]

local function publish(folder, stories, settings)
  local lines = {}
  for n, story in ipairs(stories) do lines[n] = core.encode_json(story) end
  folder:write("s.jsonl", table.concat(lines, "\n") .. "\n")
  folder:write("site.lua", SITE:format(settings or ""))
  return assert(build.build { directory = folder.path })
end

-- A running story of `count` days in 2012, and one more in 2013.
local function running(count)
  local stories = {}
  for day = 1, count do
    stories[day] = {
      date = ("2012-01-%02d"):format(day), title = "Report " .. day, context = { "Mali", "Tuareg" },
      topics = { "Azawad war" },
    }
  end
  stories[count + 1] = {
    date = "2012-12-01", title = "The last report", context = { "Kidal", "Tuareg" }, topics = { "Azawad war" },
  }
  return stories
end

local function exists(folder, path)
  local file = io.open(folder:file("_site/" .. path))
  if file then file:close() end
  return file ~= nil
end

local function page_of(folder, address)
  local page = folder:read("_site/" .. address .. "index.html")
  markup.check(page)
  return page
end

describe("an entity", function()
  it("has a page with mentions, months and neighbours", function()
    local folder <close> = env.folder()
    publish(folder, running(12))
    local page = page_of(folder, "entities/tuareg/")
    assert.truthy(page:find("13 stories", 1, true))
    assert.truthy(page:find('<time datetime="2012-01-01">1 January 2012</time> <a href="/2012/01/01/report-1/">', 1, true))
    assert.truthy(page:find('<li><a href="/entities/mali/">Mali</a> <span class="number">12</span></li>', 1, true))
    assert.truthy(page:find('<a href="#y2012" title="January 2012: 12 stories">12</a>', 1, true))
    assert.truthy(page:find('<section class="listed" id="y2012">', 1, true))
  end)

  it("has a feed and JSON from ten stories on", function()
    local folder <close> = env.folder()
    publish(folder, running(12))
    local page = page_of(folder, "entities/tuareg/")
    assert.truthy(page:find('type="application/atom+xml" title="Tuareg" href="/entities/tuareg/feed.xml"', 1, true))
    local feed = folder:read "_site/entities/tuareg/feed.xml"
    markup.check(feed, true)
    assert.truthy(feed:find("<id>https://example.org/entities/tuareg/</id>", 1, true))
    assert.truthy(feed:find("<title>Tuareg – The Record</title>", 1, true))
    local data = core.decode_json(folder:read "_site/entities/mali/index.json")
    local stories = data.stories
    data.stories = nil
    assert.same({
      name = "Mali", url = "https://example.org/entities/mali/", count = 12, first = "2012-01-01", last = "2012-01-12",
      months = { { month = "2012-01", stories = 12 } },
      with = { { name = "Tuareg", stories = 12, url = "https://example.org/entities/tuareg/" } },
    }, data)
    assert.same({
      id = "2012-01-01/report-1", date = "2012-01-01", title = "Report 1", url = "https://example.org/2012/01/01/report-1/",
    }, stories[1])
    publish(folder, running(8))
    assert.is_false(exists(folder, "entities/tuareg/feed.xml") or exists(folder, "entities/tuareg/index.json"))
  end)

  it("has them from where the site says, and as far as it has such formats", function()
    local folder <close> = env.folder()
    publish(folder, running(2), [[entities = { least = 1, feeds = 3, json = 2 }]])
    assert.is_true(exists(folder, "entities/kidal/index.html"))
    assert.is_true(exists(folder, "entities/tuareg/feed.xml") and exists(folder, "entities/mali/index.json"))
    assert.is_false(exists(folder, "entities/mali/feed.xml"))
    publish(folder, running(12), [[formats = { "html" }]])
    assert.is_false(exists(folder, "entities/tuareg/feed.xml") or exists(folder, "entities/tuareg/index.json"))
  end)
end)

describe("a thread", function()
  local address = "threads/2012/01/01/report-1/"

  it("has a page with its stories in order of date, where it turned and where it was quiet", function()
    local folder <close> = env.folder()
    local stories = running(4)
    for n = 1, 3 do
      table.insert(stories, { date = "2012-01-04", title = "Battle " .. n, topics = { "Azawad war" } })
    end
    publish(folder, stories)
    local page = page_of(folder, address)
    assert.truthy(page:find("<h1>Azawad war</h1>\n<p class=\"count\">8 stories</p>", 1, true), page)
    assert.truthy(page:find("<strong>Turning point: 4 stories on one day</strong>", 1, true))
    assert.truthy(page:find('<li class="quiet">No story for 332 days</li>', 1, true))
    assert.truthy(page:find("report%-1/.*report%-4/.*the%-last%-report/"))
    assert.truthy(page:find('<a href="/entities/tuareg/">Tuareg</a> <span class="number">5</span>', 1, true))
  end)

  it("is linked from its stories, and from the index", function()
    local folder <close> = env.folder()
    publish(folder, running(4))
    assert.truthy(page_of(folder, "2012/01/03/report-3/"):find('<p class="part-of">Part of <a href="/' .. address
      .. '">Azawad war</a> <span class="number">5 stories</span></p>', 1, true))
    assert.truthy(page_of(folder, "threads/"):find('<li><a href="/' .. address .. '">Azawad war</a>', 1, true))
    assert.truthy(folder:read("_site/sitemap.xml"):find(address, 1, true))
  end)

  it("keeps its address when stories join it", function()
    local folder <close> = env.folder()
    publish(folder, running(3))
    assert.is_true(exists(folder, address .. "index.html"))
    publish(folder, running(9))
    assert.is_true(exists(folder, address .. "index.html"))
  end)

  it("has a page from three stories on, or where the site says, or none", function()
    local folder <close> = env.folder()
    publish(folder, running(1))
    assert.is_false(exists(folder, address .. "index.html"))
    publish(folder, running(1), [[threads = { least = 2 }]])
    assert.is_true(exists(folder, address .. "index.html"))
    publish(folder, running(9), [[threads = false]])
    assert.is_false(exists(folder, "threads/index.html"))
    assert.falsy(page_of(folder, ""):find("threads/", 1, true))
  end)

  it("is named by a rule of the site", function()
    local folder <close> = env.folder()
    publish(folder, running(3), [[threads = { rule = function(thread) thread.title = "<Mali> 2012" end }]])
    assert.truthy(page_of(folder, address):find("<h1>&lt;Mali&gt; 2012</h1>", 1, true))
  end)

  it("of very many stories has a page for each year, and so has an entity; a long index, too", function()
    local folder <close> = env.folder()
    local limits = { thread_pages.STORIES_MAX, thread_pages.THREADS_MAX, entity_pages.STORIES_MAX }
    thread_pages.STORIES_MAX, thread_pages.THREADS_MAX, entity_pages.STORIES_MAX = 5, 0, 5
    local stories = running(9)
    stories[10].date = "2013-01-01"
    local fine, result = pcall(publish, folder, stories)
    thread_pages.STORIES_MAX, thread_pages.THREADS_MAX, entity_pages.STORIES_MAX = table.unpack(limits)
    assert(fine, result)
    assert.same({}, result.problems)
    assert.truthy(page_of(folder, address):find('<a href="/' .. address .. '2012/">2012</a>', 1, true))
    assert.truthy(page_of(folder, address .. "2013/"):find("the-last-report", 1, true))
    assert.truthy(page_of(folder, "entities/tuareg/2012/"):find("report-9", 1, true))
    assert.truthy(page_of(folder, "threads/"):find('<a href="/threads/2012/">2012</a>', 1, true))
    assert.truthy(page_of(folder, "threads/2012/"):find("Azawad war", 1, true))
  end)
end)

describe("the rules of a site", function()
  local STORIES = {
    { date = "2012-01-01", title = "U.S. troops meet rebels", category = "Sport", context = { "Reuters" } },
    { date = "2012-01-02", title = "Rebels answer the United States", context = { "US" } },
  }
  local RULES = [[
return rules {
  alias { ["U.S."] = "United States", ["US"] = "United States" },
  drop { "Reuters" },
  category { ["Sport"] = "Sports" },
  when { title = "answer" } (function(story) story.topics = { "Answers" } end),
}]]

  it("may be of the vocabulary: names, categories, functions", function()
    local folder <close> = env.folder()
    folder:write("rules.lua", RULES)
    assert.same({}, publish(folder, STORIES, [[rules = "rules.lua"]]).problems)
    local page = page_of(folder, "entities/united-states/")
    assert.truthy(page:find("2 stories", 1, true))
    assert.truthy(page:find('<p class="count">Also called: U.S., US</p>', 1, true))
    assert.is_false(exists(folder, "entities/reuters/index.html"))
    assert.truthy(page_of(folder, "2012/01/01/u-s-troops-meet-rebels/"):find(">Sports<", 1, true))
    assert.truthy(page_of(folder, "2012/01/02/rebels-answer-the-united-states/"):find(">Answers<", 1, true))
  end)

  it("have the first word before a registry", function()
    local folder <close> = env.folder()
    folder:write("rules.lua", RULES)
    folder:write("registry.tsv", "#\tname\tentity\nname\trebels\tRebels of the North\nname\tAmerica\tUS\n")
    STORIES[3] = { date = "2012-01-03", title = "America leaves, rebels stay" }
    publish(folder, STORIES, [[rules = "rules.lua", registry = "registry.tsv"]])
    assert.truthy(page_of(folder, "entities/united-states/"):find("Also called: America, U.S., US", 1, true))
    assert.truthy(page_of(folder, "entities/rebels-of-the-north/"):find("3 stories", 1, true))
    publish(folder, STORIES, [[registry = "registry.tsv"]])
    assert.is_false(exists(folder, "entities/united-states/index.html"))
    assert.is_true(exists(folder, "entities/rebels-of-the-north/index.html"))
    STORIES[3] = nil
  end)

  it("say where they are wrong", function()
    local folder <close> = env.folder()
    folder:write("rules.lua", "return 1")
    local function message_of(settings)
      local fine, message = pcall(publish, folder, STORIES, settings)
      assert.is_false(fine)
      return message
    end
    assert.equal(folder:file "rules.lua" .. ": a file of rules returns `rules { ... }` or a function of a story",
      message_of [[rules = "rules.lua"]])
    folder:write("rules.lua", "return rules { drop { 'x' }, 7 }")
    assert.truthy(message_of([[rules = "rules.lua"]]):find("rule 2 is a number, not a rule", 1, true))
    folder:write("registry.tsv", "nonsense\tx\n")
    assert.truthy(message_of([[registry = "registry.tsv"]]):find("registry.tsv: line 1: unknown kind of line", 1, true))
  end)

  it("that fail for a story name file, line and story, which stays as it was", function()
    local folder <close> = env.folder()
    folder:write("rules.lua", "return rules {\n  when { title = 'answer' } (function() error('no', 0) end),\n}")
    local problems = publish(folder, STORIES, [[rules = "rules.lua"]]).problems
    assert.equal(1, #problems)
    assert.truthy(problems[1].message:find("rules.lua:2: the rule failed for the story 'Rebels answer", 1, true))
    assert.is_true(exists(folder, "2012/01/02/rebels-answer-the-united-states/index.html"))
  end)
end)
