local env = require "spec.support.env"
local core = require "newsarchive.core"
local newsarchive = require "newsarchive"
local reader = require "newsarchive.reader"
local reports = require "newsarchive.report"
local context = require "newsarchive.site.context"

local function lines(...)
  return table.concat({ ... }, "\n") .. "\n"
end

describe("layout context", function()
  local english, chinese = context.edition(), context.edition { language = "zh", prefix = "/zh" }

  it("raises for options that it does not have", function()
    assert.error_matches(function() context.edition { prefx = "/zh" } end, "unknown field 'prefx'")
    assert.error_matches(function() context.edition { display = "newest" } end, "'display': one of rank, date")
  end)

  describe("makes addresses by the reference's rules", function()
    local function path(edition, title, more)
      local story = { date = "2007-09-01", title = title }
      for key, value in pairs(more or {}) do story[key] = value end
      return context.path(edition, story)
    end

    it("in English and in Chinese, with the mistakes that made the old addresses", function()
      assert.equal("news/2007/09/1/the-u-s-army-in-sapso-paulo.md", path(english, " The U.S. Army in São  Paulo!"))
      assert.equal("news/2007/09/1/US上校-70-倒戈.md", path(chinese, " U.S.上校（7.0）倒戈。"))
      assert.equal("news/2007/12/31/t.md", path(english, "T", { date = "2007-12-31T10:00:00Z" }))
      assert.equal("news/2007/09/1/untitled.md", path(english, "?!"))
      assert.equal("news/2007/09/1/my-own.md", path(english, "T", { slug = "my-own" }))
    end)

    it("and keeps those that were made so", function()
      assert.equal("news/2007/09/1/Kept.md", path(english, "T", { url = "/news/2007/09/1/Kept.md" }))
      assert.equal("news/2007/09/1/t.md", path(english, "T", { url = "/news/2007/09/2/Kept.md" }))
      assert.equal("news/2007/09/1/t.md", path(english, "T", { url = "/2007/kept/" }))
    end)
  end)

  describe("has a page for each story", function()
    it("in English", function()
      assert.equal(lines("### [2007-09-1](/news/2007/09/1/index.md)", "", "# A colonel deserts.", "",
        "In the desert, of all places.", "", "",
        "### Source:", "",
        "1. [Desert Wire](http://example.org/1)", "2. [http://example.org/2](http://example.org/2)", "",
        "### Related:", "", "1. [Talks](/news/2013/01/8/talks.md) _Context: Mali, Tuareg_"),
        context.story_page(english, {
          date = "2007-09-01", title = "A colonel deserts.", description = "In the desert, of all places.",
          topics = { "Mali" },
          sources = { { name = "Desert Wire", url = "http://example.org/1" }, { url = "http://example.org/2" } },
        }, { { title = "Talks", url = "/news/2013/01/8/talks.md", context = { "Mali", "Tuareg" } } }))
    end)

    it("in Chinese, with a topic even where there is none, and images", function()
      assert.equal(lines("### [2007-09-1](/news/2007/09/1/index.md)", "", "##### ", "# 上校倒戈。", "", "", "", "",
        "### 信息来源:", "", "1. [沙漠社](http://example.org/1) [IMG](http://example.org/1.jpg)"),
        context.story_page(chinese, {
          date = "2007-09-01", title = "上校倒戈。",
          sources = { { name = "沙漠社", url = "http://example.org/1", image = "http://example.org/1.jpg" } },
        }))
      assert.equal("### [2007-09-1](/news/2007/09/1/index.md)\n\n##### \n# 上校倒戈。\n\n\n\n",
        context.story_page(chinese, { date = "2007-09-01", title = "上校倒戈。" }))
    end)

    it("whose texts say what they say, whatever is in them", function()
      local page = context.story_page(context.edition { topics = true }, {
        date = "2007-09-01", title = "A\n# <b>*[x](javascript:y)_`", topics = { "a\\b & c" },
        sources = {
          { name = "]", url = "javascript:alert(1)" }, { name = "N", url = "http://example.org/(a) b\nc" },
        },
        body = "A *short* body.\n\n# In [two](/x) parts",
      })
      assert.equal(lines("### [2007-09-1](/news/2007/09/1/index.md)", "", "##### a\\\\b \\& c",
        "# A # \\<b\\>\\*\\[x\\](javascript:y)\\_\\`", "", "A short body. In two parts", "", "", "### Source:", "",
        "1. [\\]](#)", "2. [N](http://example.org/%28a%29%20b%0Ac)"), page)
    end)

    it("but as they stand where they come from such a tree, with the relations that it declares", function()
      local page = lines("### [2007-09-1](/news/2007/09/1/index.md)", "",
        "#  A [colonel](x) *deserts* ", "", "", "", "", "### Source:", "", "1. [ Wire](http://example.org/(1))", "",
        "### Related:", "", "1. [[Talks] ](/zh/news/2013/01/8/talks.md) _Context: Mali, Chad, Tuareg_")
      local report = newsarchive.parse("context", page, { path = "news/2007/09/1/a-colonel.md" })
      assert.equal(page, context.story_page(english, report.stories[1]))
    end)
  end)

  describe("has a page for each day", function()
    local records = {
      { title = "A", topic = "", path = "news/2007/09/1/a.md", detail = "_Context: Mali_" },
      { title = "B", topic = "Mali", path = "news/2007/09/1/b.md" },
      { title = "C", topic = "Mali", path = "news/2007/09/1/c.md" },
      { title = "D", topic = "", path = "news/2007/09/1/d.md" },
    }

    it("with topics where they change, and the day before that has stories", function()
      assert.equal(lines("## [2007-09-1](/zh/news/2007/09/1/index.md)", "", "### [A](/zh/news/2007/09/1/a.md)",
        "##### Mali", "### [B](/zh/news/2007/09/1/b.md)", "### [C](/zh/news/2007/09/1/c.md)",
        "##### ", "### [D](/zh/news/2007/09/1/d.md)", "## [前一天...](/zh/news/2007/08/30/index.md)", ""),
        context.day_page(chinese, "2007-09-01", records, "2007-08-30"))
    end)

    it("with details where they are asked for", function()
      assert.equal(lines("## [2007-09-1](/news/2007/09/1/index.md)", "", "### [A](/news/2007/09/1/a.md)",
        "_Context: Mali_", "", "### [B](/news/2007/09/1/b.md)"),
        context.day_page(context.edition { details = true }, "2007-09-01", { records[1], records[2] }))
    end)
  end)

  it("has a front page with the newest three days", function()
    local function day(date, title)
      return { date = date, records = { { title = title, topic = "", path = "news/x.md" } } }
    end
    assert.equal("\n\n" .. lines(
      "## [News](/news/2007/09/3/index.md)", "", "### [C](/news/x.md)", "---", "",
      "## [Yesterday](/news/2007/09/2/index.md)", "", "### [B](/news/x.md)", "---", "",
      "## [Day Before Yesterday](/news/2007/08/30/index.md)", "", "### [A](/news/x.md)", "---", "",
      "## [Previous Day...](/news/2007/08/1/index.md)", "", "---", ""),
      context.front_page(english, { day("2007-09-03", "C"), day("2007-09-02", "B"), day("2007-08-30", "A") },
        "2007-08-01"))
    assert.equal("\n\n" .. lines("## [News](/news/2007/09/3/index.md)", "", "### [C](/news/x.md)", "---", ""),
      context.front_page(english, { day("2007-09-03", "C") }))
    assert.equal("\n\n", context.front_page(english, {}))
  end)

  describe("has the tree of an archive", function()
    local function tree(edition, stories)
      local archive, pages, order = newsarchive.new(), {}, {}
      for _, story in ipairs(stories) do archive:add(story) end
      for path, page in context.pages(edition, archive) do
        assert.is_nil(pages[path])
        pages[path], order[#order + 1] = page, path
      end
      return pages, order
    end

    it("day by day, the front page last", function()
      local pages, order = tree(english, {
        { date = "2007-09-02", title = "B" }, { date = "2007-08-30", title = "Z" },
        { date = "2007-09-02", title = "A" },
      })
      assert.same({
        "news/2007/08/30/z.md", "news/2007/08/30/index.md", "news/2007/08/30/README.md",
        "news/2007/09/2/a.md", "news/2007/09/2/b.md", "news/2007/09/2/index.md", "news/2007/09/2/README.md",
        "index.md", "README.md",
      }, order)
      assert.matches("Previous Day...](/news/2007/08/30/index.md)", pages["news/2007/09/2/index.md"], 1, true)
      assert.equal(pages["index.md"], pages["README.md"])
      assert.same({ "index.md", "README.md" }, select(2, tree(english, {})))
    end)

    it("with relations by the reference's rule where a story declares none", function()
      local pages = tree(english, {
        { date = "2007-09-01", title = "A *", context = { "Mali_", "Tuareg" } },
        { date = "2007-09-02", title = "B", context = { "Mali_", "Tuareg" } },
        { date = "2007-09-03", title = "C", context = { "Tuareg" } },
        { date = "2007-09-04", title = "D", context = { "Tuareg" },
          related = { { title = "Z", url = "/zh/news/z.md", context = { "Y" } } } },
      })
      assert.matches(lines("### Related:", "", "1. [B](/news/2007/09/2/b.md) _Context: Mali\\_, Tuareg_",
        "2. [D](/news/2007/09/4/d.md) _Context: Tuareg_", "3. [C](/news/2007/09/3/c.md) _Context: Tuareg_"),
        pages["news/2007/09/1/a.md"], 1, true)
      assert.matches("1. [A \\*](/news/2007/09/1/a.md)", pages["news/2007/09/2/b.md"], 1, true)
      assert.matches(lines("", "### Related:", "", "1. [Z](/zh/news/z.md) _Context: Y_"),
        pages["news/2007/09/4/d.md"], 1, true)
      pages = tree(context.edition { display = "date", limit = 2 }, {
        { date = "2007-09-01", title = "A", context = { "Mali", "Tuareg" } },
        { date = "2007-09-02", title = "B", context = { "Mali", "Tuareg" } },
        { date = "2007-09-03", title = "C", context = { "Tuareg" } },
        { date = "2007-09-04", title = "D", context = { "Tuareg" } },
      })
      assert.matches("1%. %[D%].-\n2%. %[B%][^\n]*\n$", pages["news/2007/09/1/a.md"])
    end)

    it("where an address that is taken gets a number, or, compatibly, another story", function()
      local stories = {
        { date = "2007-09-01", title = "A b" }, { date = "2007-09-01", title = "A, b" },
        { date = "2007-09-01", title = "A-b", url = "/news/2007/09/1/a-b.md" },
      }
      local pages = tree(english, stories)
      assert.matches("# A-b\n", pages["news/2007/09/1/a-b.md"], 1, true)
      assert.matches("# A b\n", pages["news/2007/09/1/a-b-2.md"], 1, true)
      assert.matches("# A, b\n", pages["news/2007/09/1/a-b-3.md"], 1, true)
      assert.matches("[A b](/news/2007/09/1/a-b-2.md)", pages["news/2007/09/1/index.md"], 1, true)
      local compat, order = tree(context.edition { compat = true }, stories)
      assert.equal(5, #order)
      assert.matches("# A, b\n", compat["news/2007/09/1/a-b.md"], 1, true)
    end)
  end)
end)

describe("the reference's editions", function()
  local pages, folder

  setup(function()
    pages = env.shared "data/context-zh.tar.zst"
    if not pages then return end
    folder = env.folder()
    assert(os.execute(("env -u LD_PRELOAD tar -C %s --zstd -xf %s"):format(env.quote(folder.path), env.quote(pages))))
  end)

  teardown(function()
    if folder then getmetatable(folder).__close(folder) end
  end)

  it("in Chinese: parsed to JSON Lines, read again and built, it is the same byte for byte", function()
    if not pages then return pending "the shared Chinese edition is not there" end
    local parsed = reports.new()
    reader.read(parsed.core, folder:file "news")
    local counts = parsed:counts()
    assert.same({ 8984, 8573, 69329, 0, 0 },
      { counts.stories, counts.sources, counts.relations, counts.problems, counts.rejected })
    local again = newsarchive.parse("jsonl", parsed.core:json_lines(), { path = "stories.jsonl" })
    local archive = newsarchive.new { language = "zh" }
    archive:add(again)
    local same, other, headlines = {}, {}, 0
    for path, page in context.pages(context.edition { language = "zh", prefix = "/zh" }, archive) do
      local kind = "story"
      if path:find "/index%.md$" or path:find "/README%.md$" then kind = path:match "[^/]*$" end
      if not path:find "^news/" then kind = "front " .. path end
      if env.read(folder:file(path)) == page then
        same[kind] = (same[kind] or 0) + 1
      else
        other[#other + 1] = path
      end
      if kind == "index.md" then headlines = headlines + select(2, page:gsub("\n### ", "")) end
    end
    assert.same({
      story = 8984, ["index.md"] = 3413, ["README.md"] = 3413, ["front index.md"] = 1, ["front README.md"] = 1,
    }, same)
    -- Its last run of thirty days forgot that there is a day before the first of them.
    assert.same({ "news/2019/11/23/index.md", "news/2019/11/23/README.md" }, other)
    assert.equal(9000, headlines)
  end)

  it("in Chinese: every address is the slug of its title", function()
    if not pages then return pending "the shared Chinese edition is not there" end
    local parsed = reports.new()
    reader.read(parsed.core, folder:file "news")
    local made = 0
    for _, story in ipairs(parsed.stories) do
      local slug = core.slug(story.title, "context-zh")
      if story.url:match "[^/]*$" == slug .. ".md" and story.id == story.date .. "/" .. slug then made = made + 1 end
    end
    assert.equal(8984, made)
  end)

  it("in English: a story's page is the same byte for byte", function()
    local path = env.shared "data/context-en-story.md"
    if not path then return pending "the shared English story is not there" end
    local text = env.read(path)
    local report = newsarchive.parse("context", text, { path = path })
    assert.equal(0, #report.problems)
    assert.equal(text, context.story_page(context.edition(), report.stories[1]))
    for _, relation in ipairs(report.stories[1].related) do
      -- Titles with a heading in front were written otherwise when their addresses were made.
      if not relation.title:find(":", 1, true) then
        assert.equal(relation.id:match "/(.*)", core.slug(relation.title, "context-en"))
      end
    end
  end)
end)
