local addresses = require "newsarchive.site.addresses"
local edition = require "newsarchive.site.edition"
local env = require "spec.support.env"
local words = require "newsarchive.site.words"

local function of(given)
  return edition.of(given, "site.lua", ".")
end

local function with(fields)
  local given = { title = "T", base_url = "https://example.org/" }
  for key, value in pairs(fields) do given[key] = value end
  return given
end

describe("site.lua", function()
  it("describes one edition; what it does not say has a default", function()
    local one = of(with {})[1]
    assert.equal("en", one.language)
    assert.equal("ltr", one.direction)
    assert.same({ "stories" }, one.sources)
    assert.same({ html = true, atom = true, json = true }, one.formats)
    assert.equal("https://example.org/2007/", one:url("2007/"))
  end)

  it("describes several, which inherit what the outer table says", function()
    local all = of(with {
      words = { home = "Start" }, description = "D",
      editions = { { language = "en" }, { language = "zh", path = "zh/", title = "档案", words = { archive = "全部" } } },
    })
    assert.equal(2, #all)
    assert.equal("T", all[1].title)
    assert.equal("档案", all[2].title)
    assert.equal("D", all[2].description)
    assert.equal("https://example.org/zh/", all[2]:url(""))
    assert.equal("Start", all[2].words.home)
    assert.equal("全部", all[2].words.archive)
    assert.equal("相关新闻", all[2].words.related)
    assert.equal(all, all[1].all and all)
  end)

  it("takes a base URL with a path, with or without a slash", function()
    assert.equal("/news/", of(with { base_url = "https://example.org/news" })[1].base_path)
    assert.equal("/", of(with { base_url = "https://example.org" })[1].base_path)
  end)

  it("is refused with the file and the key where it is wrong", function()
    local wrong = {
      ["site.lua: unknown key 'titel'"] = with { titel = "x" },
      ["site.lua: 'title': string expected, got number"] = { title = 1 },
      ["site.lua: 'base_url' is missing"] = { title = "T" },
      ["site.lua: 'title' is missing"] = { base_url = "https://example.org/" },
      ["site.lua: 'language': a tag of BCP 47 such as en or zh-Hant expected, got 'English'"] =
        with { language = "English" },
      ["site.lua: 'path': a folder such as zh/ expected, got '../x/'"] = with { path = "../x/" },
      ["site.lua: 'path': a folder such as zh/ expected, got '/zh/'"] = with { path = "/zh/" },
      ["site.lua: 'formats': one of html, atom, json expected, got 'rss'"] = with { formats = { "rss" } },
      ["site.lua: 'theme': unknown key 'colour'"] = with { theme = { colour = "red" } },
      ["site.lua: 'words': there is no word 'hom'"] = with { words = { hom = "x" } },
      ["site.lua: 'links': 'root' or 'relative' expected, got 'x'"] = with { links = "x" },
      ["site.lua: 'related.limit': 0 to 1000 expected"] = with { related = { limit = 1001 } },
      ["site.lua: 'related.rule': there is no 'x'"] = with { related = { rule = "x" } },
      ["site.lua: 'related': unknown key 'max'"] = with { related = { max = 1 } },
      ["site.lua: 'related.least': a number from 0 to 1 expected, got 2"] = with { related = { least = 2 } },
      ["site.lua: 'related.weights': table expected, got string"] = with { related = { weights = "x" } },
      ["site.lua: 'related.weights': unknown weight 'wrod'"] = with { related = { weights = { wrod = 1 } } },
      ["site.lua: 'related.weights': of the rule relevance alone"] =
        with { related = { rule = "context", weights = {} } },
      ["site.lua: 'related.rule': not in the layout context, which relates as the reference does"] =
        with { layout = "context", related = { rule = "relevance" } },
      ["site.lua: 'related.direction': not in the layout context, which relates as the reference does"] =
        with { layout = "context", related = { direction = "both" } },
      ["site.lua: 'entities': unknown key 'most'"] = with { entities = { most = 1 } },
      ["site.lua: 'entities.least': a whole number of at least 1 expected, got 0"] = with { entities = { least = 0 } },
      ["site.lua: 'threads': false or a table expected, got boolean"] = with { threads = true },
      ["site.lua: 'threads.least': a whole number of at least 2 expected, got 1"] = with { threads = { least = 1 } },
      ["site.lua: 'threads.rule': function expected, got string"] = with { threads = { rule = "x" } },
      ["site.lua: 'threads': unknown key 'most'"] = with { threads = { most = 1 } },
      ["site.lua: 'registry': string expected, got table"] = with { registry = {} },
      ["site.lua: 'registry': ./no.tsv: No such file or directory"] = with { registry = "no.tsv" },
      ["site.lua: 'rules': ./no.lua: No such file or directory"] = with { rules = "no.lua" },
      ["site.lua: 'theme.templates': ./no: No such file or directory"] = with { theme = { templates = "no" } },
      ["site.lua: 'theme.stylesheet': ./no.css: No such file or directory"] = with { theme = { stylesheet = "no.css" } },
      ["site.lua: 'layout': a table with a function 'pages' expected"] = with { layout = {} },
      ["site.lua: 'formats': a list expected, got the key 'html'"] = with { formats = { html = true } },
      ["site.lua: 'words.home': string expected, got number"] = with { words = { home = 1 } },
      ["site.lua: 'words.stories': function expected, got string"] = with { words = { stories = "x" } },
      ["site.lua: 'words.weekdays': a list of 7 expected, got 1"] = with { words = { weekdays = { "M" } } },
      ["site.lua: 'sources': a list expected, got the key 'path'"] = with { sources = { path = "x" } },
      ["site.lua: 'sources[1].format': one of context, dayfile, jsonl, markdown, mediawiki-json, mediawiki-xml, wikitext"
        .. " expected, got 'json'"] = with { sources = { { path = "x", format = "json" } } },
      ["site.lua: 'editions': a list expected, got the key 'en'"] = with { editions = { en = {} } },
      ["site.lua: 'sources': unknown key 'reader'"] = with { sources = { { path = "x", reader = "y" } } },
      ["site.lua: 'sources[1].path': string expected, got nil"] = with { sources = { {} } },
      ["site.lua: editions[2]: unknown key 'langage'"] = with { editions = { {}, { langage = "zh", path = "zh/" } } },
      ["site.lua: editions[2]: 'path': two editions are at ''"] = with { editions = { {}, {} } },
      ["site.lua: 'editions': a list of tables expected"] = with { editions = {} },
      ["site.lua: a table expected, got nil"] = false,
    }
    for message, given in pairs(wrong) do
      assert.has_error(function() of(given or nil) end, message)
    end
    for _, url in ipairs { "example.org", "ftp://example.org/", "https://example.org/?x", "https://", "https://a b/",
      'https://example.org/"><x' } do
      assert.has_error(function() of(with { base_url = url }) end,
        ("site.lua: 'base_url': an address such as https://example.org/ expected, got '%s'"):format(url))
    end
  end)

  it("is told by its own line where it is no Lua", function()
    local folder <close> = env.folder()
    local path = folder:write("site.lua", "return {\n  title = ,\n}")
    local fine, message = pcall(edition.load, path)
    assert.is_false(fine)
    assert.truthy(message:find("site.lua:2: unexpected symbol near ','", 1, true), message)
    fine, message = pcall(edition.load, folder.path .. "/none.lua")
    assert.is_false(fine)
    assert.truthy(message:find("No such file", 1, true), message)
  end)

  it("may bring a layout of its own", function()
    local folder <close> = env.folder()
    folder:write("mine.lua", "return { pages = function() return function() end end }")
    local path = folder:write("site.lua", [[
return { title = "T", base_url = "https://example.org/", layout = "mine.lua" }]])
    assert.equal("function", type(edition.load(path)[1].layout.pages))
    local pages = function() end
    assert.equal(pages, of(with { layout = pages })[1].layout.pages)
  end)
end)

describe("words", function()
  it("are English where a language has none of its own, with dates as ISO 8601 has them", function()
    local welsh = words.of("cy")
    assert.equal("Related stories", welsh.related)
    assert.equal("2007-09-01", welsh.date(2007, 9, 1))
    assert.equal("1 September 2007", words.of("en-GB").date(2007, 9, 1))
    assert.equal("2007年9月1日", words.of("zh-Hans").date(2007, 9, 1))
  end)

  it("are all there in every language", function()
    for name in pairs(words.en) do assert.is_not_nil(words.zh[name], name) end
  end)

  it("know how many, and which way they run", function()
    assert.equal("1 story", words.en.stories(1))
    assert.equal("12,345 stories", words.en.stories(12345))
    for _, language in ipairs { "ar", "he", "fa-IR", "ur" } do assert.equal("rtl", words.direction(language)) end
    assert.equal("ltr", words.direction("en"))
  end)
end)

describe("an address from a permalink or an alias", function()
  local one = of(with { base_url = "https://example.org/news/" })[1]
  local chinese = of(with { editions = { {}, { path = "zh/", language = "zh" } } })[2]

  it("is relative to the edition", function()
    assert.equal("old/apollo/", addresses.of_url(one, "/old/apollo/"))
    assert.equal("old/apollo/", addresses.of_url(one, "old/apollo"))
    assert.equal("old/apollo/", addresses.of_url(one, "https://example.org/news/old/apollo/?x#y"))
    assert.equal("old/apollo/", addresses.of_url(one, "/old/apollo/index.html"))
    assert.equal("old.html", addresses.of_url(one, "/old.html"))
    assert.equal("旧/", addresses.of_url(chinese, "/zh/%E6%97%A7/"))
    assert.equal("旧/", addresses.of_url(chinese, "/旧/"))
  end)

  it("is none where it leads out of the site, or could not be a page", function()
    for _, url in ipairs {
      "https://elsewhere.example/x", "//elsewhere.example/x", "/../x/", "/a/../../x", "/a/%2e%2e/x", "/a/./b", "/a//b",
      "/x.md", "/x.php", "mailto:x", "javascript:x", "/a\0b/", "/a\nb/", "/a%00b/", "/a b/", "/" .. ("x"):rep(300),
      "/%ff/", "/a\\b/", "/<script>/",
    } do
      assert.is_nil(addresses.of_url(one, url), url)
    end
  end)
end)
