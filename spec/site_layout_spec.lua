local build = require "newsarchive.site.build"
local core = require "newsarchive.core"
local env = require "spec.support.env"
local markup = require "spec.support.markup"

local SITE = [[
return { title = "The Record", base_url = "https://example.org/news/", sources = { "stories.jsonl" }, %s }]]

local MALI = {
  {
    date = "2007-09-01", title = "The Second Tuareg Rebellion spreads", context = { "Malian Army", "Tuareg" },
    category = "Armed conflicts", topics = { "Second Tuareg Rebellion" },
    body = "First *paragraph*.\n\nSecond one.",
    sources = { { name = "Reuters", url = "http://www.example.com/L017.htm", archive_url = "https://a.example/1" } },
    aliases = { "/old/tuareg/", "/old/tuareg.html" },
  },
  { date = "2012-01-26", title = "Tuareg rebels capture a town", context = { "Tuareg" } },
  {
    date = "2013-01-08", title = "The army fires on Gnimignama", context = { "Malian Army", "Tuareg", "Gnimignama" },
    updated = "2013-01-09", language = "fr",
  },
  { date = "2013-01-08", title = "A fair opens in Bamako", url = "/specials/fair.html" },
}

-- A folder with a site of these stories.
local function site(folder, stories, settings)
  local lines = {}
  for n, story in ipairs(stories) do lines[n] = core.encode_json(story) end
  folder:write("stories.jsonl", table.concat(lines, "\n") .. "\n")
  folder:write("site.lua", SITE:format(settings or ""))
end

local function publish(folder, given)
  given = given or {}
  given.directory = folder.path
  return assert(build.build(given))
end

local function names(problems)
  local list = {}
  for n, problem in ipairs(problems) do list[n] = problem.code .. ": " .. problem.message end
  return list
end

-- Every page under a folder, with what it is.
local function pages(folder)
  local list = {}
  for _, path in ipairs(folder:list()) do
    local name = path:match("^_site/(.*)$")
    if name then list[name] = folder:read(path) end
  end
  return list
end

describe("the layout archive", function()
  it("has a page for every story, day, month and year, for entities of two stories, and indexes", function()
    local folder <close> = env.folder()
    site(folder, MALI)
    local result = publish(folder)
    assert.same({}, names(result.problems))
    assert.equal(4, result.stories)
    local list = {}
    for name in pairs(pages(folder)) do list[#list + 1] = name end
    table.sort(list)
    assert.same({
      "2007/09/01/index.html", "2007/09/01/the-second-tuareg-rebellion-spreads/index.html", "2007/09/index.html",
      "2007/index.html", "2012/01/26/index.html", "2012/01/26/tuareg-rebels-capture-a-town/index.html",
      "2012/01/index.html", "2012/index.html", "2013/01/08/index.html",
      "2013/01/08/the-army-fires-on-gnimignama/index.html", "2013/01/index.html", "2013/index.html", "404.html",
      "archive/index.html", "entities/index.html", "entities/malian-army/index.html", "entities/tuareg/index.html",
      "feed.json", "feed.xml", "index.html", "old/tuareg.html", "old/tuareg/index.html", "robots.txt", "sitemap.xml",
      "specials/fair.html", "style.css", "threads/index.html",
    }, list)
    assert.equal(#list, result.files)
  end)

  it("says beside each related story what both are about, with links to the entities", function()
    local folder <close> = env.folder()
    site(folder, MALI)
    publish(folder)
    local page = folder:read "_site/2007/09/01/the-second-tuareg-rebellion-spreads/index.html"
    assert.truthy(page:find([[
<li class="relation later"><p class="headline"><a href="/news/2013/01/08/the-army-fires-on-gnimignama/">]]
      .. [[The army fires on Gnimignama</a></p>
<p class="context"><time datetime="2013-01-08">8 January 2013</time> <span>Context: </span>]]
      .. [[<a href="/news/entities/malian-army/" title="in 2 stories">Malian Army</a>, ]]
      .. [[<a href="/news/entities/tuareg/" title="in 3 stories">Tuareg</a></p></li>]],
      1, true), page)
    assert.truthy(page:find("<p>First <em>paragraph</em>.</p>", 1, true))
    assert.truthy(page:find('<a href="http://www.example.com/L017.htm" rel="external">Reuters</a> '
      .. '<a href="https://a.example/1" rel="external">archived copy</a>', 1, true))
  end)

  it("leads from day to day, from month to month and from year to year that have stories", function()
    local folder <close> = env.folder()
    site(folder, MALI)
    publish(folder)
    local day = folder:read "_site/2012/01/26/index.html"
    assert.truthy(day:find('<a href="/news/2007/09/01/" rel="prev">', 1, true))
    assert.truthy(day:find('<a href="/news/2013/01/08/" rel="next">', 1, true))
    assert.truthy(folder:read("_site/2012/01/index.html"):find('<a href="/news/2007/09/" rel="prev">', 1, true))
    assert.truthy(folder:read("_site/2012/index.html"):find('<a href="/news/2013/" rel="next">', 1, true))
    assert.falsy(folder:read("_site/2013/index.html"):find('rel="next"', 1, true))
  end)

  it("leads from a former address to the page", function()
    local folder <close> = env.folder()
    site(folder, MALI)
    publish(folder)
    for _, path in ipairs { "old/tuareg/index.html", "old/tuareg.html" } do
      local page = folder:read("_site/" .. path)
      markup.check(page)
      assert.truthy(page:find([[content="0; url=/news/2007/09/01/the-second-tuareg-rebellion-spreads/"]], 1, true))
      assert.truthy(page:find([[<link rel="canonical" href="https://example.org/news/2007/09/01/]], 1, true))
    end
  end)

  it("keeps to the language of a story, and to the site's words", function()
    local folder <close> = env.folder()
    site(folder, MALI, [[language = "ar", words = { led_here = "ذات صلة" }]])
    publish(folder)
    local page = folder:read "_site/2013/01/08/the-army-fires-on-gnimignama/index.html"
    assert.truthy(page:find('<html lang="ar" dir="rtl">', 1, true))
    assert.truthy(page:find('<article class="story" lang="fr">', 1, true))
    assert.truthy(page:find('<h2 id="before">ذات صلة</h2>', 1, true))
  end)

  it("can be opened from a disk: relative links all lead to files that are there", function()
    local folder <close> = env.folder()
    site(folder, MALI, [[links = "relative", editions = { {}, { path = "zh/", language = "zh" } }]])
    publish(folder)
    local all = pages(folder)
    for name, text in pairs(all) do
      if name:find("%.html$") and not name:find("404.html") then
        for href in text:gmatch('href="([^"#]*)') do
          if href ~= "" and not href:find("^https?:") then
            local path, left = (name:match("^(.*/)") or "") .. href, true
            while left do
              local shorter, count = path:gsub("[^/]+/%.%./", "", 1)
              path, left = shorter, count > 0
            end
            assert.truthy(all[path], name .. " leads to " .. href)
          end
        end
      end
    end
  end)

  it("is the same, byte for byte, when it is built again elsewhere", function()
    local one <close> = env.folder()
    local other <close> = env.folder()
    for _, folder in ipairs { one, other } do
      site(folder, MALI)
      publish(folder)
    end
    assert.same(pages(one), pages(other))
    assert.equal(one:read ".newsarchive/manifest", other:read ".newsarchive/manifest")
    local again = publish(one)
    assert.same({ 0, again.files, 0 }, { again.written, again.unchanged, again.removed })
  end)

  it("is a valid site without any story", function()
    local folder <close> = env.folder()
    site(folder, {})
    local result = publish(folder)
    assert.same({}, names(result.problems))
    for name, text in pairs(pages(folder)) do if name:find("html$") then markup.check(text) end end
  end)

  it("gives entities of one slug, and stories of one address, addresses of their own", function()
    local folder <close> = env.folder()
    local context = { "U.S.", "US", "u s" }
    site(folder, {
      { date = "2001-01-01", title = "Same", context = context },
      { date = "2001-01-01", title = "Same", context = context },
      { date = "2001-01-01", title = "Other", id = "2001-01-01/same!" },
    })
    assert.same({}, names(publish(folder).problems))
    local all = pages(folder)
    for _, name in ipairs {
      "2001/01/01/same", "2001/01/01/same-2", "2001/01/01/same-3", "entities/u-s", "entities/us", "entities/u-s-2",
    } do
      assert.truthy(all[name .. "/index.html"], name)
    end
  end)

  it("reports permalinks and aliases that cannot be", function()
    local folder <close> = env.folder()
    site(folder, {
      { date = "2001-01-01", title = "A", url = "/x/" }, { date = "2001-01-01", title = "B", url = "/x/" },
      { date = "2001-01-01", title = "C", url = "/2001/" },
      { date = "2001-01-01", title = "D", aliases = { "/x/", "/../y" } },
    })
    local result = publish(folder)
    assert.same({
      "permalink-taken: the permalink '/x/' of 2001-01-01/b is another page's",
      "permalink-taken: the permalink '/2001/' of 2001-01-01/c is another page's",
      "alias-taken: the alias '/x/' is another page's address",
      "alias-unusable: the alias '/../y' cannot be a page of this edition",
    }, names(result.problems))
    assert.truthy(pages(folder)["2001/01/01/b/index.html"])
  end)

  it("leaves out drafts, and stories to come, unless they are asked for", function()
    local folder <close> = env.folder()
    site(folder, {
      { date = "2001-01-01", title = "Now" }, { date = "2001-01-01", title = "Draft", draft = true },
      { date = "2001-01-03", title = "Later" },
    })
    local function count(given)
      local result = publish(folder, given)
      return result.stories, result.withheld
    end
    assert.same({ 2, 1 }, { count {} }) -- without a day nothing is to come
    assert.same({ 1, 2 }, { count { today = "2001-01-02" } })
    assert.same({ 2, 1 }, { count { today = "2001-01-02", drafts = true } })
    assert.same({ 3, 0 }, { count { today = "2001-01-02", drafts = true, future = true } })
  end)

  it("lets rules change stories, and tells which rule failed where", function()
    local folder <close> = env.folder()
    site(folder, { { date = "2001-01-01", title = "A", context = { "U.N." } }, { date = "2001-01-02", title = "B" } },
      [[rules = "rules.lua"]])
    folder:write("rules.lua", [[
return function(story)
  if story.title == "B" then error("no B", 0) end
  story.context = { "United Nations" }
end]])
    local result = publish(folder)
    assert.equal(1, #result.problems)
    assert.equal("rules: no B", result.problems[1].message)
    assert.truthy(folder:read("_site/2001/01/01/a/index.html"):find("United Nations", 1, true))
  end)

  it("takes the site's own templates and stylesheet first", function()
    local folder <close> = env.folder()
    site(folder, MALI, [[theme = { templates = "mine", stylesheet = "my.css" }]])
    folder:write("mine/footer.etlua", "<footer><%= site.title %> MINE</footer>\n")
    folder:write("my.css", "p { color: red }")
    publish(folder)
    assert.truthy(folder:read("_site/index.html"):find("<footer>The Record MINE</footer>", 1, true))
    assert.equal("p { color: red }", folder:read "_site/style.css")
    folder:write("mine/footer.etlua", "\n<%= nothing %>\n")
    local fine, message = pcall(publish, folder)
    assert.is_false(fine)
    assert.truthy(message:find("mine/footer.etlua:2: nothing to print: the value is nil", 1, true), message)
  end)

  it("splits the pages of what is in very many stories by year, and long indexes", function()
    local folder <close> = env.folder()
    local stories = {}
    for n = 1, 1010 do
      local name = ("Name %d"):format((n + 1) // 2)
      stories[n] = { date = n < 300 and "2001-01-01" or "2002-01-01", title = "S" .. n, context = { "All", name } }
    end
    site(folder, stories)
    assert.same({}, names(publish(folder).problems))
    local all = pages(folder)
    assert.truthy(all["entities/all-2/index.html"]:find('<a href="/news/entities/all-2/2002/">2002</a>', 1, true))
    assert.truthy(all["entities/all-2/2001/index.html"]:find("299 stories", 1, true))
    assert.truthy(all["entities/all/2/index.html"])
    assert.is_nil(all["entities/all/3/index.html"])
    for name, text in pairs(all) do if name:find("^entities.*html$") then markup.check(text) end end
  end)
end)

describe("hostile stories", function()
  local BAD = [["'><script>alert(1)</script><!-- ]] .. "\1\127</title>&lt;"
  local folder = env.folder()
  local result, all

  setup(function()
    site(folder, {
      {
        date = "2001-01-01", title = BAD, category = BAD, topics = { BAD, BAD }, context = { BAD, "../..", "x" },
        authors = { BAD }, description = BAD, language = "en\"><x",
        body = BAD .. "\n\n[x](javascript:alert(1)) <b>raw</b>",
        sources = {
          { name = BAD, url = "javascript:alert(1)", title = BAD, via = BAD, archive_url = "data:text/html,x" },
          { name = "n", url = 'https://x.example/"><script>' },
        },
        id = "../../../etc/passwd", url = "/../../x.html",
      },
      {
        date = "2001-01-02", title = BAD, context = { BAD, "../..", "x" }, body = BAD, id = "2001-01-02/..",
        topics = { BAD, BAD },
      },
      { date = "2001-01-03", title = ("x"):rep(5000), context = { "x", ("y"):rep(3000) }, id = ("z"):rep(2000) },
    }, [[threads = { least = 2 }, entities = { least = 1, feeds = 1, json = 1 }]])
    result = publish(folder)
    all = pages(folder)
  end)

  teardown(function() getmetatable(folder).__close(folder) end)

  it("are published without a problem, inside the folder", function()
    assert.same({}, names(result.problems))
    assert.equal(3, result.stories)
    assert.truthy(all["2001/01/01/etc-passwd/index.html"])
  end)

  it("cannot break any page, nor bring a script or another address into it", function()
    local count = 0
    for name, text in pairs(all) do
      if name:find("%.html$") or name:find("%.xml$") then
        count = count + 1
        local fine, elements = pcall(markup.check, text, name:find("%.xml$") ~= nil)
        assert.is_true(fine, name .. ": " .. tostring(elements))
        for _, element in ipairs(elements) do
          assert.truthy(element.name ~= "script" or element.attributes.type == "application/ld+json", name)
          for key, value in pairs(element.attributes) do
            assert.falsy(key:find("^on"), name)
            assert.falsy((key == "href" or key == "src") and value:find("^%s*[jd]a[vt]a"), name)
          end
        end
      end
    end
    assert.truthy(count > 10)
  end)

  it("leave JSON that reads back", function()
    for _, text in pairs(all) do
      local json = text:match('<script type="application/ld%+json">(.-)</script>')
      if json then assert.equal("NewsArticle", core.decode_json(json)["@type"]) end
    end
    assert.equal(BAD, core.decode_json(all["feed.json"]).items[3].title)
    local entities = {}
    for name, text in pairs(all) do
      if name:find("^entities/.*/index.json$") then entities[core.decode_json(text).name] = true end
    end
    assert.same({ [BAD] = true, ["../.."] = true, x = true, [("y"):rep(3000)] = true }, entities)
  end)

  it("have threads and feeds that are no worse", function()
    local threads, feeds = 0, 0
    for name in pairs(all) do
      if name:find("^threads/%d+/.*html$") then threads = threads + 1 end
      if name:find("^entities/.*xml$") then feeds = feeds + 1 end
    end
    assert.same({ 1, 4 }, { threads, feeds })
  end)
end)
