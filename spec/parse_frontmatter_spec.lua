local newsarchive = require "newsarchive"

-- Reads one file; gives its story, its problems as "line:column code", and the report.
local function read(text, path)
  local report = newsarchive.parse("markdown", text, { path = path or "x.md" })
  local problems = {}
  for i, problem in ipairs(report.problems) do
    problems[i] = ("%d:%d %s"):format(problem.line, problem.column, problem.code)
  end
  return report.stories[1], problems, report
end

-- A story of these lines of front matter, beside title and date.
local function story(lines)
  return read("---\ntitle: T\ndate: 2007-09-01\n" .. lines .. "\n---\n")
end

describe("Markdown with front matter", function()
  it("is a story", function()
    local text = [[
---
title: "The second rebellion: it spreads"
date: 2007-09-01T10:00:00Z
lastmod: 2007-09-02
slug: second-rebellion
url: /news/rebellion/
aliases: [/old/, /older/]
description: A colonel deserts.
tags: [Mali, Tuareg]
topics: [Second rebellion, Kidal]
category: Armed conflicts
context: [Tuareg, Malian Army, Tuareg]
language: en-GB
author: A. Reporter
sources:
  - name: Desert Wire
    url: https://example.org/1
    archive_url: https://example.net/1
    title: Colonel deserts
    publisher: Wire Group
    via: Sahel Agency
    language: fr
    dead: true
id: 2007-09-01/kept
---

A colonel *deserts*.

With sixty men.
]]
    local read_story, problems = read(text, "stories/a.md")
    assert.same({}, problems)
    assert.same({
      id = "2007-09-01/kept", title = "The second rebellion: it spreads", date = "2007-09-01T10:00:00Z",
      updated = "2007-09-02", slug = "second-rebellion", url = "/news/rebellion/", aliases = { "/old/", "/older/" },
      description = "A colonel deserts.", tags = { "Mali", "Tuareg" }, topics = { "Second rebellion", "Kidal" },
      category = "Armed conflicts", context = { "Malian Army", "Tuareg" }, language = "en-GB",
      authors = { "A. Reporter" },
      sources = { {
        name = "Desert Wire", url = "https://example.org/1", archive_url = "https://example.net/1",
        title = "Colonel deserts", publisher = "Wire Group", via = "Sahel Agency", language = "fr", dead = true,
      } },
      body = "A colonel *deserts*.\n\nWith sixty men.", origin = { path = "stories/a.md", line = 1 },
    }, read_story)
  end)

  it("has its fences with blanks, a byte order mark, CRLF, or three points at the end", function()
    for _, text in ipairs {
      "---\ntitle: T\ndate: 2007-09-01\n---\nBody\n", "\xEF\xBB\xBF---\ntitle: T\ndate: 2007-09-01\n---\nBody",
      "---\r\ntitle: T\r\ndate: 2007-09-01\r\n---\r\nBody\r\n", "--- \ntitle: T\ndate: 2007-09-01\n...  \n\n\nBody\n\n",
    } do
      local found, problems = read(text)
      assert.same({}, problems)
      assert.same({ "T", "2007-09-01", "Body" }, { found.title, found.date, found.body })
    end
    assert.is_nil(read("---\ntitle: T\ndate: 2007-09-01\n---").body)
  end)

  it("knows the words of Hugo, Jekyll, Zola and Eleventy", function()
    assert.equal("/a/", story "permalink: /a/".url)
    assert.same({ "/a/" }, story "redirect_from: /a/".aliases)
    assert.same({ "/a/", "/b/" }, story "aliases: /a/\nredirect_from:\n  - /b/".aliases)
    assert.equal("2007-09-02T10:00:00+08:00", story "last_modified_at: 2007-09-02 10:00:00 +0800".updated)
    assert.equal("2007-09-03", story "updated: 2007-9-3".updated)
    assert.equal("S", story "summary: S".description)
    assert.equal("S", story "excerpt: S".description)
    assert.equal("zh", story "lang: zh".language)
    assert.same({ "A", "B" }, story "authors: [A, B]".authors)
    assert.same({ "A", "B" }, story "author:\n  - name: A\n    email: a@example.org\n  - B".authors)
    assert.equal("a b", story "Slug: a b".slug)
  end)

  it("takes the first of two words for one thing, and keeps the other", function()
    local found = story "summary: long\ndescription: short"
    assert.equal("short", found.description)
    assert.same({ summary = "long" }, found.params)
  end)

  it("is a draft where it says so, in either way", function()
    for _, line in ipairs { "draft: true", "draft: yes", "published: false", "published: no" } do
      assert.is_true(story(line).draft)
    end
    for _, line in ipairs { "draft: false", "published: true", "draft:" } do assert.is_nil(story(line).draft) end
  end)

  it("may have one text for a list of one; blanks and commas do not part it", function()
    assert.same({ "Malian Army" }, story "tags: Malian Army".tags)
    assert.same({ "a, b" }, story "tags: a, b".tags)
    assert.same({ "no", "2007" }, story "tags: [no, 2007]".tags)
    assert.is_nil(story "tags: []".tags)
    assert.is_nil(story "tags:".tags)
  end)

  it("has the first of its categories as category, the others as tags", function()
    local found = story "categories: [News, Sahel]\ntags: [Mali]"
    assert.same({ "News", { "Mali", "Sahel" } }, { found.category, found.tags })
    found = story "category: World\ncategories: [News, World]"
    assert.same({ "World", { "News" } }, { found.category, found.tags })
  end)

  it("is about its tags and topics where it does not say more", function()
    assert.same({ "Kidal", "Mali" }, story "tags: [Mali]\ntopics: [Kidal, Mali]".context)
    assert.same({ "Gao" }, story "tags: [Mali]\ncontext: Gao".context)
    assert.is_nil(story "tags: [Mali]\ncontext: []".context)
  end)

  it("has sources in many forms", function()
    local function sources(lines) return story(lines).sources end
    local wire = { { name = "Wire", url = "https://example.org/1" } }
    assert.same(wire, sources "sources:\n  - {name: Wire, url: 'https://example.org/1'}")
    assert.same(wire, sources "sources: {name: Wire, url: 'https://example.org/1'}")
    assert.same(wire, sources "sources: {Wire: 'https://example.org/1'}")
    assert.same(wire, sources "sources:\n  - Wire: https://example.org/1")
    assert.same({ { url = "https://example.org/1" }, { name = "Wire" } },
      sources "sources: [https://example.org/1, Wire]")
    assert.same({ { url = "https://example.org/1" } }, sources "sources: https://example.org/1")
    assert.same({ { name = "A", url = "https://example.org/a" }, { name = "B" } },
      sources "sources:\n  A: https://example.org/a\n  B:")
  end)

  it("keeps what no field takes, nulls too; only what is certain is no text", function()
    local found = story [[
weight: 10
rating: 4.7
big: 12345678901234567890
featured: true
text: "true"
empty:
house: 012
time: 12:30
answer: no
when: 2007-09-01
cover: {image: a.jpg, tags: [a, ~]}
permalink: false]]
    assert.same({
      weight = 10, rating = 4.7, big = "12345678901234567890", featured = true, text = "true",
      empty = newsarchive.null, house = "012", time = "12:30", answer = "no", when = "2007-09-01",
      cover = { image = "a.jpg", tags = { "a", newsarchive.null } }, permalink = false,
    }, found.params)
    assert.is_nil(found.url)
  end)

  describe("has dates", function()
    local function date(text)
      local found, problems = read("---\ntitle: T\ndate: " .. text .. "\n---\n")
      return found and found.date or problems[1]
    end

    it("as Hugo and YAML have them, kept as ISO 8601", function()
      assert.equal("2007-09-01", date "2007-09-01")
      assert.equal("2007-09-01", date "'2007-9-1'")
      assert.equal("2007-09-01", date "2007/09/01")
      assert.equal("2007-09-01T10:00:00Z", date "2007-09-01T10:00:00Z")
      assert.equal("2007-09-01T10:00:00Z", date "2007-09-01 10:00 UTC")
      assert.equal("2007-09-01T10:00:00", date "2007-09-01 10:00:00")
      assert.equal("2007-09-01T10:00:00+08:00", date "2007-09-01 10:00:00 +0800")
      assert.equal("2007-09-01T10:00:00-05:00", date "2007-09-01t10:00:00-5")
      assert.equal("2007-09-01T09:00:00.25Z", date "2007-09-01   9:00:00.25 Z")
    end)

    it("and no others", function()
      for _, text in ipairs {
        "2007-02-30", "2007-13-01", "yesterday", "01.09.2007", "2007-09", "2007-09-01 25:00", "2007-09-01 10:00 CEST",
        "[2007-09-01]", "2007-09-01x", "2007-09-011", "2007-09/01", "2007-09-01T", "0000-01-01",
      } do
        assert.equal("3:7 bad-date", date(text), text)
      end
    end)
  end)

  describe("without title or date", function()
    it("takes the date from the path", function()
      for _, path in ipairs {
        "2007-09-01-x.md", "_posts/2007-09-01-x.md", "2007/09/01/x.md", "a/2007/9/1/x.md", "2007-9-1_x.md",
        "2007-09-01.md", "2007/09/01/x/index.md",
        "2007-09-01-x/index.md", "2001/01/01/2007-09-01-x.md", "/2007/09/01/x.markdown",
      } do
        assert.equal("2007-09-01", (read("---\ntitle: T\n---\n", path) or {}).date, path)
      end
      for _, path in ipairs { "x.md", "2007-09-x.md", "2007-02-30-x.md", "07/09/01/x.md", "12007-09-01-x.md", "" } do
        assert.same({ "1:1 no-date" }, select(2, read("---\ntitle: T\n---\n", path)), path)
      end
    end)

    it("or from who reads it", function()
      local report = newsarchive.parse("markdown", "# T", { path = "x.md", date = "2007-09-01" })
      assert.equal("2007-09-01", report.stories[1].date)
    end)

    it("takes the title from the first heading, which leaves the body", function()
      local found = read("# The *second* rebellion\n\nA colonel deserts.\n", "2007/09/01/second-rebellion.md")
      assert.same({ "The second rebellion", "A colonel deserts.", "second-rebellion" },
        { found.title, found.body, found.slug })
      found = read("Mali:\n\nA\nrebellion\n===\nText\n", "2007-09-01-x.md")
      assert.same({ "A rebellion", "Mali:\n\nText" }, { found.title, found.body })
      found = read("---\ndate: 2007-09-01\n---\r\n\r\n## T\r\nText", "a.md")
      assert.same({ "T", "Text" }, { found.title, found.body })
      assert.is_nil(found.slug)
    end)

    it("or from the file's name", function()
      local found = read("A colonel deserts.", "2007/09/01/the-second_rebellion.md")
      assert.same({ "The second rebellion", "the-second_rebellion" }, { found.title, found.slug })
      assert.equal("Rebellion", read("Text", "2007-09-01-rebellion/index.md").title)
      assert.equal("圖阿雷格", read("Text", "2007-09-01-圖阿雷格.md").title)
    end)

    it("needs both", function()
      assert.same({ "1:1 no-title" }, select(2, read("Text", "2007-09-01.md")))
      assert.same({ "1:1 empty-file" }, select(2, read(" \n", "2007-09-01-x.md")))
      local _, _, report = read("---\ntitle: T\n---\n")
      assert.same({ 1, 1, 1, 0 },
        { report:counts().files, report:counts().items, report:counts().rejected, report:counts().stories })
    end)
  end)

  describe("that is not right", function()
    it("costs the field, with its place, where title and date are good", function()
      local found, problems = story [[
tags: [a, {b: c}, d]
slug: [x]
draft: perhaps
lastmod: soon
sources:
  - name: Wire
    link: https://example.org/1
  - [a]
author: {email: x}]]
      assert.same({
        "7:10 bad-date", "5:7 field-type", "4:11 field-type", "12:9 field-type", "10:5 unknown-field",
        "11:5 field-type", "6:8 field-type",
      }, problems)
      assert.same({ "a", "d" }, found.tags)
      assert.same({ { name = "Wire" } }, found.sources)
    end)

    it("costs the file where the head as a whole is not", function()
      for text, problem in pairs {
        ["---\ntitle: T\n"] = "1:1 front-matter-end",
        ["---\ntitle: T\ntitle: U\n---\n"] = "3:1 yaml-duplicate-key",
        ["---\ntitle: [T\n---\n"] = "3:1 yaml-syntax",
        ["---\n- T\n---\n"] = "2:1 front-matter-map",
        ["+++\ntitle = 'T'\n+++\n"] = "1:1 front-matter-toml",
        ["---\ntitle: " .. ("x"):rep(70000) .. "\n---\n"] = "1:1 front-matter-size",
      } do
        local found, problems = read(text, "2007-09-01-x.md")
        assert.is_nil(found)
        assert.equal(problem, problems[1], text:sub(1, 40))
        assert.equal(1, #problems)
      end
    end)

    it("says what a title should be, and goes on without it", function()
      local found, problems = read("---\ntitle: [a]\ndate: 2007-09-01\n---\n# Heading\n")
      assert.same({ "2:8 field-type" }, problems)
      assert.equal("Heading", found.title)
    end)

    it("falls back on the path where its date is none", function()
      local found, problems = read("---\ntitle: T\ndate: Created\n---\n", "2007-09-01-x.md")
      assert.same({ "3:7 bad-date" }, problems)
      assert.equal("2007-09-01", found.date)
    end)

    it("keeps a body that passes a limit of Markdown", function()
      local body = "Text\n\n" .. (">"):rep(40) .. " deep"
      local found, problems = read("---\ntitle: T\ndate: 2007-09-01\n---\n\n" .. body)
      assert.same({ "8:1 markdown-depth" }, problems)
      assert.equal(body, found.body)
    end)

    it("keeps what can be kept of bytes that are no UTF-8", function()
      local found, problems = read("# T\n\nna\xEFve\n", "2007-09-01-x.md")
      assert.same({ "3:3 encoding" }, problems)
      assert.equal("na\u{FFFD}ve", found.body)
    end)
  end)

  it("may be JSON", function()
    local found, problems = read [[
{
  "title": "T {\u00e9}", "date": "2007-09-01", "tags": ["a"],
  "weight": 1.5, "n": null
}

Body]]
    assert.same({}, problems)
    assert.same({ "T {é}", "2007-09-01", { "a" }, "Body" }, { found.title, found.date, found.tags, found.body })
    assert.same({ weight = 1.5, n = newsarchive.null }, found.params)
    assert.same({ "2:9 json-syntax" }, select(2, read('{ "title": "T",\n "date" }\n')))
    assert.equal("{% include %} x", read("{% include %} x", "2007-09-01-x.md").body)
  end)
end)
