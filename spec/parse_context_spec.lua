local core = require "newsarchive.core"
local env = require "spec.support.env"
local newsarchive = require "newsarchive"
local reader = require "newsarchive.reader"
local reports = require "newsarchive.report"

local function read(text, path)
  local report = newsarchive.parse("context", text, { path = path or "site/news/2007/09/1/the-slug.md" })
  local problems = {}
  for i, problem in ipairs(report.problems) do problems[i] = ("%d %s"):format(problem.line, problem.code) end
  return report.stories[1], problems, report
end

-- Marks the end of lines that end with blanks.
local function exact(text)
  return (text:gsub("%$\n", "\n"))
end

local ENGLISH = exact [[
### [2007-09-1](/news/2007/09/1/index.md)

#  A colonel [of Kidal](sic) deserts. $




### Source:

1. [Desert Wire](http://example.org/1?a=(b))
2. [Sahel [1] News](http://example.org/2)

### Related:

1. [Talks: [a] and [b](c) meet. ](/news/2013/01/8/talks-a-and-b.md) _Context: Malian Army, Tuareg_
2. [A ceasefire](/news/2007/10/12/a-ceasefire.md) _Context: Kidal_
]]

local CHINESE = exact [[
### [2019-12-9](/news/2019/12/9/index.md)

##### 馬里
# 上校在基達爾倒戈。

  描述 有空格 $

### 信息来源:

1. [ 沙漠社](https://example.org/1) [IMG](https://example.org/(1).jpg)

### 有关:

1. [停火](/zh/news/2019/11/2/停火.md) _消息: 圖阿雷格, 基達爾_
]]

describe("a story page of the reference", function()
  it("is a story, its texts with their blanks", function()
    local story, problems = read(ENGLISH)
    assert.same({}, problems)
    assert.same({
      id = "2007-09-01/the-slug", date = "2007-09-01", language = "en", slug = "the-slug",
      url = "/news/2007/09/1/the-slug.md",
      title = " A colonel [of Kidal](sic) deserts. ",
      sources = {
        { name = "Desert Wire", url = "http://example.org/1?a=(b)" },
        { name = "Sahel [1] News", url = "http://example.org/2" },
      },
      related = {
        { id = "2013-01-08/talks-a-and-b", title = "Talks: [a] and [b](c) meet. ",
          url = "/news/2013/01/8/talks-a-and-b.md", context = { "Malian Army", "Tuareg" } },
        { id = "2007-10-12/a-ceasefire", title = "A ceasefire", url = "/news/2007/10/12/a-ceasefire.md",
          context = { "Kidal" } },
      },
      context = { "Kidal", "Malian Army", "Tuareg" },
      origin = { path = "site/news/2007/09/1/the-slug.md", line = 1 },
    }, story)
  end)

  it("may be Chinese, with topic, description and images", function()
    local story, problems = read(CHINESE, "news/2019/12/9/上校在基達爾倒戈.md")
    assert.same({}, problems)
    assert.equal("zh", story.language)
    assert.same({ "馬里" }, story.topics)
    assert.equal("  描述 有空格 ", story.description)
    assert.same({ { name = " 沙漠社", url = "https://example.org/1", image = "https://example.org/(1).jpg" } },
      story.sources)
    assert.same({ "圖阿雷格", "基達爾" }, story.context)
    assert.equal("2019-11-02/停火", story.related[1].id)
  end)

  it("may end behind the title, and have an empty topic", function()
    local story, problems = read("### [2007-09-1](/news/2007/09/1/index.md)\n\n##### \n# T\n\n\n\n")
    assert.same({}, problems)
    assert.equal("T", story.title)
    assert.same({}, { story.topics, story.description, story.sources, story.related, story.context })
  end)

  it("may be a later English one: formats, topic, cover image, versions", function()
    local story, problems = read [[
Formats: [HTML](index.html)  [JSON](index.json)  [XML](index.xml)

### [2018-02-6](/news/2018/02/6/index.md)

##### Space
# New title



### Sources:

1. [Desert Wire](http://example.org/1)
1. [Cover Image](http://example.org/1.jpg)

### Changes:

1. [Old title](/news/2018/02/6/old-title.md) _2018-02-06 13:49:28 (First version)_
1. [New title](/news/2018/02/6/new-title.md) _2018-02-07 06:10:02 (Current version)_
]]
    assert.same({}, problems)
    assert.same({ "Space" }, story.topics)
    assert.same({ { name = "Desert Wire", url = "http://example.org/1", image = "http://example.org/1.jpg" } },
      story.sources)
    assert.same({ "/news/2018/02/6/old-title.md" }, story.aliases)
    assert.equal("2018-02-07T06:10:02", story.updated)
  end)

  it("has its day's address and its title's slug where its path tells nothing", function()
    assert.equal("/news/2007/09/1/a-colonel-of-kidal-sic-deserts.md", read(ENGLISH, "-").url)
    assert.equal("2019-12-09/上校在基達爾倒戈", read(CHINESE, "x.md").id)
  end)

  it("may have CRLF", function()
    local story, problems = read((ENGLISH:gsub("\n", "\r\n")))
    assert.same({}, problems)
    assert.same({ "Kidal", "Malian Army", "Tuareg" }, story.context)
    assert.equal(" A colonel [of Kidal](sic) deserts. ", story.title)
  end)

  it("is refused where it is none, and lines that are odd are noted", function()
    assert.same({ "1 context-line", "1 context-page" }, select(2, read "Once upon a time\n"))
    assert.same({ "1 context-page" }, select(2, read "# T\n\n\n\n"))
    assert.same({ "1 context-page" }, select(2, read "### [2007-02-30](/news/2007/02/30/index.md)\n\n# T\n"))
    assert.same({ "1 context-page" }, select(2, read ""))
    local story, problems = read((ENGLISH:gsub("1%. %[Desert", "1. Desert"):gsub("_Context: Kidal_", "")))
    assert.same({ "10 context-line", "16 context-line" }, problems)
    assert.same({ 1, 1 }, { #story.sources, #story.related })
  end)

  it("takes any bytes", function()
    for _, text in ipairs {
      "\0", "#", "### [", "### [](", "# \n### Source:\n1. [", ("\n"):rep(1000), "# a\n### Related:\n1. ](",
    } do
      assert.has_no.errors(function() read(text) end)
      assert.has_no.errors(function() core.parse_context_day(text) end)
    end
    assert.same({ "3 encoding" }, select(2, read("### [2007-09-1](/news/2007/09/1/index.md)\n\n# \xFF\n\n\n\n")))
  end)
end)

local DAY = exact [[
## [2007-09-1](/zh/news/2007/09/1/index.md)

### [No topic](/zh/news/2007/09/1/no-topic.md)
##### Mali
### [ A [colonel](x) deserts](/zh/news/2007/09/1/colonel.md)
### [Talks](/zh/news/2007/09/1/talks.md)
##### $
### [Again none](/zh/news/2007/09/1/colonel.md)
## [Previous Day...](/zh/news/2007/08/30/index.md)

]]

describe("a day page of the reference", function()
  it("lists headlines with their topics", function()
    local list = core.parse_context_day(DAY)
    local function record(order, title, topic, slug)
      return { order = order, title = title, topic = topic, path = "news/2007/09/1/" .. slug, day = "2007-09-01" }
    end
    assert.same({
      record(1, "No topic", "", "no-topic.md"), record(2, " A [colonel](x) deserts", "Mali", "colonel.md"),
      record(3, "Talks", "Mali", "talks.md"), record(4, "Again none", "", "colonel.md"),
      day = "2007-09-01", previous = "news/2007/08/30/index.md", language = "en",
    }, list)
  end)

  it("and a front page those of its days", function()
    local list = core.parse_context_day [[


## [今天](/news/2007/09/1/index.md)

### [A](/zh/news/2007/09/1/a.md)
### [B](/zh/news/2007/09/1/b.md)
---

## [昨天](/news/2007/08/30/index.md)

### [C](/zh/news/2007/08/30/c.md)
---

## [前一天...](/news/2007/08/2/index.md)

---

]]
    local days = {}
    for i, record in ipairs(list) do days[i] = record.day .. " " .. record.order .. record.title end
    assert.same({ "2007-09-01 1A", "2007-09-01 2B", "2007-08-30 1C" }, days)
    assert.same({ "2007-09-01", "news/2007/08/2/index.md", "zh" }, { list.day, list.previous, list.language })
  end)

  it("gives no story, and no problem", function()
    local story, problems, report = read(DAY, "news/2007/09/1/index.md")
    assert.is_nil(story)
    assert.same({}, problems)
    assert.same({ 1, 0 }, { report:counts().files, report:counts().items })
    assert.same({}, core.parse_context_day "# Something else\n")
  end)
end)

describe("a folder of the reference's pages", function()
  local function page(title, topic)
    return ("### [2007-09-1](/news/2007/09/1/index.md)\n\n##### %s\n# %s\n\n\n\n"):format(topic, title)
  end

  it("gives each story its place in the day, and what else is listed under its address", function()
    local folder <close> = env.folder()
    folder:write("news/2007/09/1/index.md", DAY)
    folder:write("news/2007/09/1/README.md", DAY)
    folder:write("news/2007/09/1/no-topic.md", page("No topic", ""))
    folder:write("news/2007/09/1/colonel.md", page(" A [colonel](x) deserts", "Mali"))
    folder:write("news/2007/09/1/talks.md", page("Talks", "Kidal"))
    folder:write("news/2007/09/1/unlisted.md", page("Unlisted", "Kidal"))
    local report = reports.new()
    reader.read(report.core, folder.path)
    local found = {}
    for _, story in ipairs(report.stories) do found[story.title] = { story.order or 0, story.headlines } end
    assert.same({
      ["No topic"] = { 1 },
      [" A [colonel](x) deserts"] = { 2, { { order = 4, title = "Again none" } } },
      ["Talks"] = { 3, { { order = 3, title = "Talks", topic = "Mali" } } },
      ["Unlisted"] = { 0 },
    }, found)
    assert.equal(0, report:counts().problems)
  end)

  it("tells the language of pages that do not, and notes what is listed and not there", function()
    local folder <close> = env.folder()
    folder:write("news/2007/09/1/index.md", (DAY:gsub("Previous Day", "前一天")):gsub("%] A", "]\xFF A"))
    folder:write("news/2007/09/1/no-topic.md", "### [2007-09-1](/news/2007/09/1/index.md)\n\n# No topic\n\n\n\n")
    local report = reports.new()
    reader.read(report.core, folder:file "news/2007/09/1", { language = "en" })
    assert.equal("zh", report.stories[1].language)
    local messages = {}
    for i, problem in ipairs(report.problems) do messages[i] = problem.message end
    assert.same({
      "the page of ' A [colonel](x) deserts' is not there: colonel.md", "the page of 'Talks' is not there: talks.md",
      "the page of 'Again none' is not there: colonel.md",
    }, messages)
  end)

  it("is told from other Markdown by its first lines", function()
    local function format(path, text) return (reader.detect(path, text) or {}).name end
    assert.equal("context", format("news/2007/09/1/a.md", ENGLISH))
    assert.equal("context", format("a.md", "Formats: [HTML](x)\n\n" .. CHINESE))
    assert.equal("context", format("index.md", "\n\n## [News](/news/2007/09/1/index.md)\n"))
    assert.equal("context", format("index.md", DAY))
    assert.equal("markdown", format("news/2007/09/1/a.md", "# T\n\n### [2007-09-1](/x/index.md)\n"))
    assert.equal("markdown", format("a.md", "---\ntitle: T\n---\n"))
    assert.equal("markdown", format("a.md", ""))
  end)
end)
