local core = require "newsarchive.core"
local feed = require "newsarchive.site.feed"
local markup = require "spec.support.markup"
local sitemap = require "newsarchive.site.sitemap"

local CHANNEL = {
  url = "https://example.org/", feed_url = "https://example.org/feed.xml", title = "A & B", language = "en",
  description = "<d>",
}
local ENTRIES = {
  {
    url = "https://example.org/2013/01/08/x/", title = "Tuareg <rebels> & \"others\"", date = "2013-01-08",
    updated = "2013-01-09T10:30:00+01:00", html = "<p>It's ]]> &amp; more</p>", authors = { "A <b>" },
    terms = { "Malian Army", "Tu\"areg" }, language = "fr",
  },
  { url = "https://example.org/2007/09/01/y/?a=1&b=2", title = "Y", date = "2007-09-01" },
}

describe("an Atom feed", function()
  local text = feed.atom(CHANNEL, ENTRIES)

  it("is well-formed whatever is in it", function()
    markup.check(text, true)
    assert.truthy(text:find("<title>A &amp; B</title>", 1, true))
    assert.truthy(text:find("<title>Tuareg &lt;rebels&gt; &amp; &quot;others&quot;</title>", 1, true))
    assert.truthy(text:find(
      '<content type="html" xml:lang="fr">&lt;p&gt;It&#39;s ]]&gt; &amp;amp; more&lt;/p&gt;</content>', 1, true))
    assert.truthy(text:find(
      '<link rel="alternate" type="text/html" href="https://example.org/2007/09/01/y/?a=1&amp;b=2"/>', 1, true))
  end)

  it("has what RFC 4287 asks for, with dates from the stories alone", function()
    for _, name in ipairs { "id", "title", "updated" } do
      local _, count = text:gsub("<" .. name .. ">", "")
      assert.equal(3, count, name)
    end
    assert.truthy(text:find("<author><name>A &amp; B</name></author>", 1, true))
    assert.truthy(text:find(
      '<link rel="self" type="application/atom+xml" href="https://example.org/feed.xml"/>', 1, true))
    assert.truthy(text:find("<updated>2013-01-09T10:30:00+01:00</updated>\n<author>", 1, true))
    assert.equal(text, feed.atom(CHANNEL, ENTRIES))
  end)

  it("is valid without stories", function()
    local empty = feed.atom(CHANNEL, {})
    markup.check(empty, true)
    assert.truthy(empty:find("<updated>1970-01-01T00:00:00Z</updated>", 1, true))
  end)
end)

describe("a timestamp", function()
  it("is what RFC 3339 has for a date or a date-time", function()
    assert.equal("2007-09-01T00:00:00Z", feed.timestamp("2007-09-01"))
    assert.equal("2007-09-01T10:30:00Z", feed.timestamp("2007-09-01 10:30"))
    assert.equal("2007-09-01T10:30:05Z", feed.timestamp("2007-09-01T10:30:05.250Z"))
    assert.equal("2007-09-01T10:30:05+02:00", feed.timestamp("2007-09-01T10:30:05+0200"))
  end)
end)

describe("a JSON Feed", function()
  it("says the same", function()
    local value = core.decode_json(feed.json(CHANNEL, ENTRIES))
    assert.equal("https://jsonfeed.org/version/1.1", value.version)
    assert.equal("A & B", value.title)
    assert.equal("https://example.org/2013/01/08/x/", value.items[1].id)
    assert.equal("2013-01-09T10:30:00+01:00", value.items[1].date_modified)
    assert.same({ "Malian Army", "Tu\"areg" }, value.items[1].tags)
    assert.equal("Y", value.items[2].content_text)
  end)
end)

describe("a sitemap", function()
  it("lists URLs with the day of their last change", function()
    local map = sitemap.new()
    map:add("https://example.org/a?b&c", "2007-09-01T10:00:00Z")
    map:add("https://example.org/é/")
    local files = map:files("https://example.org/")
    assert.equal("sitemap.xml", files[1])
    markup.check(files[2], true)
    assert.truthy(files[2]:find(
      "<url><loc>https://example.org/a?b&amp;c</loc><lastmod>2007-09-01</lastmod></url>\n"
      .. "<url><loc>https://example.org/%C3%A9/</loc></url>", 1, true))
  end)

  it("is an index of several where one cannot hold all", function()
    local map = sitemap.new()
    for i = 1, sitemap.URLS_MAX + 1 do map:add("https://example.org/" .. i) end
    local files = map:files("https://example.org/")
    assert.same({ "sitemap-1.xml", "sitemap-2.xml", "sitemap.xml" }, { files[1], files[3], files[5] })
    assert.truthy(files[6]:find("<sitemap><loc>https://example.org/sitemap-2.xml</loc></sitemap>", 1, true))
    local _, count = files[2]:gsub("<url>", "")
    assert.equal(50000, count)
  end)
end)
