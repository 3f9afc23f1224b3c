local core = require "newsarchive.core"
local env = require "spec.support.env"
local newsarchive = require "newsarchive"
local reader = require "newsarchive.reader"

local DAY, NEXT = "Portal:Current events/2007 September 1", "Portal:Current events/2007 September 2"
local TEXT = "* A comet is seen.\n* A bridge opens.\n"

-- What a report holds, in words that are easy to compare: "date title", and "code: message".
local function summary(report)
  local stories, problems = {}, {}
  for i = 1, report:counts().stories do
    local story = report:story(i)
    stories[i] = story.date .. " " .. story.title
  end
  for i = 1, report:counts().problems do
    local problem = report:problem(i)
    problems[i] = problem.code .. ": " .. problem.message
  end
  return stories, problems
end

local function codes(report)
  local list = {}
  for i = 1, report:counts().problems do list[i] = report:problem(i).code end
  return list
end

local BOTH = { "2007-09-01 A comet is seen.", "2007-09-01 A bridge opens." }

describe("an answer of the API", function()
  local function read(answer, options)
    local text = type(answer) == "table" and core.encode_json(answer) or answer
    return core.report():read("mediawiki-json", text, options)
  end

  local function pages(...)
    return { batchcomplete = true, query = { pages = { ... } } }
  end

  local function page(title, text)
    return { ns = 100, pageid = 7, title = title, revisions = { { slots = { main = {
      content = text, contentformat = "text/x-wiki", contentmodel = "wikitext",
    } } } } }
  end

  describe("gives the stories of a day", function()
    for shape, answer in pairs {
      ["query, formatversion 2, with slots"] = pages(page(DAY, TEXT)),
      ["query, formatversion 2, without slots"] = pages { title = DAY, revisions = { { content = TEXT } } },
      ["query, formatversion 1, with slots"] = { batchcomplete = "", query = { pages = { ["7"] = {
        pageid = 7, title = DAY, revisions = { { slots = { main = { ["*"] = TEXT, contentmodel = "wikitext" } } } },
      } } } },
      ["query, formatversion 1, without slots"] = { query = { pages = { ["7"] = {
        title = DAY, revisions = { { contentformat = "text/x-wiki", contentmodel = "wikitext", ["*"] = TEXT } },
      } } } },
      ["parse, formatversion 2"] = { parse = { title = DAY, pageid = 7, wikitext = TEXT } },
      ["parse, formatversion 1"] = { parse = { title = DAY, pageid = 7, wikitext = { ["*"] = TEXT } } },
      ["several answers in a list"] = { pages(page(DAY, TEXT)) },
    } do
      it(shape, function()
        local stories, problems = summary(read(answer))
        assert.same({}, problems)
        assert.same(BOTH, stories)
      end)
    end
  end)

  it("may be followed by more answers, with or without line ends between them", function()
    local first, second = core.encode_json(pages(page(DAY, TEXT))), core.encode_json(pages(page(NEXT, "* C.")))
    for _, separator in ipairs { "", "\n", "\r\n\r\n " } do
      local stories, problems = summary(read(first .. separator .. second .. separator))
      assert.same({}, problems)
      assert.same({ BOTH[1], BOTH[2], "2007-09-02 C." }, stories)
    end
  end)

  it("may begin with a byte order mark", function()
    assert.equal(2, read("\xEF\xBB\xBF" .. core.encode_json(pages(page(DAY, TEXT)))):counts().stories)
  end)

  it("dates stories by the title, whatever the language of the wiki and the options say", function()
    local report = read(pages(page("Portal:新闻动态/2019年3月3日", "* 一座大桥通车。")), { language = "en", path = "zh.json" })
    assert.equal("2019-03-03", report:story(1).date)
    assert.equal("zh", report:story(1).language)
    assert.equal("zh.json", report:story(1).origin.path)
    assert.equal("zh-tw", read(pages(page("Portal:新闻动态/2019年3月3日", "* 一座大桥通车。")), { language = "zh-tw" })
      :story(1).language)
    assert.equal("2007-09-01", read(pages(page(DAY, TEXT)), { date = "1999-01-01" }):story(1).date)
  end)

  it("is decoded once: escapes of JSON, then wikitext", function()
    local answer = [[{"parse":{"title":"Portal:Current events\/2007 September 1",]]
      .. [["wikitext":"* A \u201cquoted\u201d \ud83d\ude00 word\u2014and more."}}]]
    assert.equal("A “quoted” 😀 word—and more.", read(answer):story(1).title)
  end)

  it("counts as one file, whatever number of pages it has", function()
    assert.equal(1, read(pages(page(DAY, TEXT), page(NEXT, TEXT))):counts().files)
  end)

  it("takes the newest of several revisions", function()
    local _, problems = summary(read(pages { title = DAY, revisions = {
      { timestamp = "2007-09-01T10:00:00Z", content = "* Old." },
      { timestamp = "2007-09-03T10:00:00Z", content = "* New." },
      { timestamp = "2007-09-02T10:00:00Z", content = "* Between." },
    } }))
    assert.same({ "wiki-revisions: " .. DAY .. ": of several revisions the newest is taken" }, problems)
    local report = read(pages { title = DAY, revisions = {
      { timestamp = "2007-09-01T10:00:00Z", content = "* Old." },
      { timestamp = "2007-09-03T10:00:00Z", content = "* New." },
    } })
    assert.equal("New.", report:story(1).title)
  end)

  it("takes the days of the portal alone; other pages are counted and noted once", function()
    local stories, problems = summary(read(pages(
      page("Euro", "* No news."), page(DAY, TEXT), page("Portal:Current events/September 2007", "* No day."))))
    assert.same(BOTH, stories)
    assert.same({ "wiki-other-pages: 2 pages are no days of the portal; the first is 'Euro'" }, problems)
  end)

  it("puts the title before the problems of a page, whose lines count inside the page", function()
    local report = read(pages(page(DAY, "\n\n* A [[broken link.")), { path = "day.json" })
    for i = 1, report:counts().problems do
      local problem = report:problem(i)
      assert.equal("day.json", problem.path)
      assert.equal(DAY .. ": ", problem.message:sub(1, #DAY + 2))
      assert.equal(3, problem.line)
    end
  end)

  describe("that has no text is a problem, never a failure", function()
    for name, case in pairs {
      ["a missing page, formatversion 2"] = { pages { title = DAY, missing = true }, "wiki-missing" },
      ["a missing page, formatversion 1"] = {
        { query = { pages = { ["-1"] = { ns = 100, title = DAY, missing = "" } } } }, "wiki-missing",
      },
      ["an invalid title"] = { pages { title = DAY, invalid = true, invalidreason = "why" }, "wiki-missing" },
      ["a page without revisions"] = { pages { title = DAY }, "wiki-no-text" },
      ["an empty list of revisions"] = { pages { title = DAY, revisions = {} }, "wiki-no-text" },
      ["a revision without content"] = { pages { title = DAY, revisions = { { revid = 1 } } }, "wiki-no-text" },
      ["a text that is hidden"] = { pages { title = DAY, revisions = { { texthidden = true } } }, "wiki-hidden" },
      ["a text that is hidden in its slot"] = {
        pages { title = DAY, revisions = { { slots = { main = { texthidden = true } } } } }, "wiki-hidden",
      },
      ["a page of another kind"] = {
        pages { title = DAY, revisions = { { slots = { main = { content = "{}", contentmodel = "json" } } } } },
        "wiki-model",
      },
      ["a redirect"] = { pages(page(DAY, "#REDIRECT [[Portal:Current events/2007 September 2]]")), "wiki-redirect" },
      ["a Chinese redirect"] = { pages(page(DAY, " #重定向 [[Portal:新闻动态/2019年3月3日]]")), "wiki-redirect" },
      ["parse without wikitext"] = { { parse = { title = DAY, text = "<p>" } }, "wiki-no-text" },
      ["parse without title"] = { { parse = { wikitext = TEXT } }, "wiki-shape" },
      ["a page without title"] = { pages { pageid = 7, missing = true }, "wiki-shape" },
      ["a page that is no object"] = { pages "page", "wiki-shape" },
      ["a query without pages"] = { { query = { search = { 1 } } }, "wiki-shape" },
      ["a query that is no object"] = { { query = 3 }, "wiki-shape" },
      ["an error"] = {
        { error = { code = "missingtitle", info = "The page you specified doesn't exist." } }, "wiki-error",
      },
      ["an error of the newer form"] = { { errors = { { code = "x", text = "y" } } }, "wiki-error" },
      ["another object"] = { { name = "package" }, "wiki-shape" },
      ["a list of numbers"] = { "[1, 2]", "wiki-shape" },
      ["no JSON"] = { "<html>", "json-syntax" },
      ["nothing"] = { "", "json-syntax" },
      ["a key that comes twice"] = { '{"query":{},"query":{}}', "json-syntax" },
      ["bytes that are not UTF-8"] = { '{"query":{"pages":[{"title":"\xFF"}]}}', "json-syntax" },
      ["UTF-16"] = { "\xFF\xFE{\0\"\0", "json-syntax" },
      ["deep nesting"] = { ("["):rep(100000), "json-syntax" },
    } do
      it(name, function()
        local report = read(case[1])
        assert.equal(0, report:counts().stories)
        assert.equal(case[2], codes(report)[1])
      end)
    end
  end)

  it("says what the wiki answered", function()
    local _, problems = summary(read { error = { code = "missingtitle", info = "No such page." } })
    assert.same({ "wiki-error: the wiki answers 'missingtitle': No such page." }, problems)
  end)

  it("says when there is more to fetch, and what the wiki warns of", function()
    local answer = pages(page(DAY, TEXT))
    answer.continue = { rvcontinue = "x" }
    answer.warnings = { main = { warnings = "Unrecognized parameter." }, result = { ["*"] = "Truncated." } }
    local report = read(answer)
    assert.equal(2, report:counts().stories)
    assert.same({ "wiki-warning", "wiki-warning", "wiki-continue" }, codes(report))
  end)

  it("takes a page that comes twice once", function()
    local report = read(pages(page(DAY, TEXT), page(DAY, TEXT)))
    assert.same({ BOTH, { "wiki-duplicate: " .. DAY .. ": the page comes twice; the first is taken" } },
      { summary(report) })
  end)

  it("that is cut is a problem with its place, wherever it is cut", function()
    local whole = core.encode_json(pages(page(DAY, "* A comet is seen.")))
    for cut = 0, #whole - 1 do
      local report = read(whole:sub(1, cut), { path = "cut.json" })
      assert.equal(0, report:counts().stories)
      assert.equal("json-syntax", report:problem(1).code)
      assert.equal(1, report:problem(1).line)
    end
    local problem = read("{\n \"query\": !}"):problem(1)
    assert.same({ 2, 11 }, { problem.line, problem.column })
  end)

  it("keeps what came before the answer that is cut", function()
    local report = read(core.encode_json(pages(page(DAY, TEXT))) .. '\n{"query":')
    assert.equal(2, report:counts().stories)
    assert.equal(2, report:problem(1).line)
  end)

  it("refuses a page beyond 16 MiB by name", function()
    local report = read(pages(page(DAY, ("x"):rep((16 << 20) + 1)), page(NEXT, "* C.")))
    assert.same({ "wiki-page-too-long" }, codes(report))
    assert.equal(1, report:counts().stories)
  end)
end)

describe("an XML export", function()
  local HEAD = [[<mediawiki xmlns="http://www.mediawiki.org/xml/export-0.11/" version="0.11" xml:lang="en">
  <siteinfo><sitename>Wikipedia</sitename><namespaces><namespace key="100">Portal</namespace></namespaces></siteinfo>
]]

  local function revision(text, time)
    return ([[
    <revision>
      <id>2</id>
      <timestamp>%s</timestamp>
      <contributor><username>Somebody</username><id>3</id></contributor>
      <comment>a title: &lt;title&gt;</comment>
      <model>wikitext</model>
      <format>text/x-wiki</format>
      %s
    </revision>
]]):format(time or "2007-09-05T10:00:00Z", text:find "^<text" and text
        or ('<text bytes="%d" xml:space="preserve">%s</text>'):format(#text, text))
  end

  local function page(title, ...)
    return ("  <page>\n    <title>%s</title>\n    <ns>100</ns>\n    <id>1</id>\n%s  </page>\n")
      :format(title, table.concat({ ... }))
  end

  local function export(...)
    return HEAD .. table.concat({ ... }) .. "</mediawiki>\n"
  end

  local function read(text, options)
    return core.report():read("mediawiki-xml", text, options)
  end

  local WHOLE = export(page("Euro", revision "* No news."), page(DAY, revision(TEXT)),
    page(NEXT, revision "* Caf&#233;s &amp;amp; &lt;!-- hidden --&gt;bars open."))

  it("gives the stories of its days; other pages are counted and noted once", function()
    local report = read(WHOLE, { path = "dump.xml" })
    assert.same({ BOTH[1], BOTH[2] }, { table.unpack((summary(report)), 1, 2) })
    assert.equal("2007-09-02", report:story(3).date)
    assert.equal("dump.xml", report:story(1).origin.path)
    assert.equal("en", report:story(1).language)
    assert.same({ "wiki-other-pages" }, codes(report))
    assert.equal(1, report:counts().files)
  end)

  it("is decoded once: entities of XML, then wikitext", function()
    local text = page(DAY, revision "* A &amp;ndash; B.")
    local decoded = core.report():read("mediawiki-json",
      core.encode_json { parse = { title = DAY, wikitext = "* A &ndash; B." } })
    assert.equal(decoded:story(1).title, read(export(text)):story(1).title)
  end)

  it("gives the same in pieces of every size", function()
    local stories, problems = summary(read(WHOLE))
    for size = 1, 97 do
      local report = core.report()
      local xml = core.xml_reader(report)
      for at = 1, #WHOLE, size do assert.is_true(xml:feed(WHOLE:sub(at, at + size - 1))) end
      assert.same({ stories, problems }, { summary(report, xml:finish()) })
    end
  end)

  it("takes the newest revision of a history", function()
    local report = read(export(page(DAY, revision("* Old.", "2007-09-01T10:00:00Z"),
      revision("* New.", "2007-09-03T10:00:00Z"), revision("* Between.", "2007-09-02T10:00:00Z"))))
    assert.same({ { "2007-09-01 New." }, {} }, { summary(report) })
  end)

  it("may hold titles with entities, CDATA, comments and Windows line ends", function()
    local text = export(page("Portal:Current&#x20;events/2007 September 1",
      "<!-- a comment with <page> in it --><revision><text><![CDATA[* A & B.]]>\r\n* C.</text></revision>"))
    assert.same({ "2007-09-01 A & B.", "2007-09-01 C." }, (summary(read(text))))
  end)

  it("may be in another encoding that it declares", function()
    local text = '<?xml version="1.0" encoding="ISO-8859-1"?>' .. export(page(DAY, revision "* A caf\xE9 opens."))
    assert.equal("A café opens.", read(text):story(1).title)
  end)

  describe("has pages that are problems", function()
    for name, case in pairs {
      ["a deleted text"] = { page(DAY, revision '<text bytes="7" deleted="deleted" />'), "wiki-hidden" },
      ["a dump without texts"] = { page(DAY, revision '<text bytes="7" location="tt:1" />'), "wiki-no-text" },
      ["a page without revision"] = { page(DAY), "wiki-no-text" },
      ["a revision without text"] = { page(DAY, "<revision><id>2</id></revision>"), "wiki-no-text" },
      ["a page of another kind"] = {
        page(DAY, "<revision><model>json</model><text>{}</text></revision>"), "wiki-model",
      },
      ["a redirect"] = { page(DAY, revision "#redirect [[Euro]]"), "wiki-redirect" },
      ["a page without title"] = { "<page><revision><text>* A.</text></revision></page>", "wiki-shape" },
      ["a page that comes twice"] = {
        page(DAY, revision "") .. page(DAY, revision "* B."), "wiki-duplicate",
      },
      ["a title that is too long"] = { page(("x"):rep(5000) .. DAY, revision "* A."), "wiki-other-pages" },
    } do
      it(name, function()
        local report = read(export(case[1], page(NEXT, revision "* C.")))
        assert.same({ { "2007-09-02 C." }, { case[2] } }, { (summary(report)), codes(report) })
      end)
    end
  end)

  it("may have an empty text, which is no problem", function()
    assert.same({ {}, {} }, { summary(read(export(page(DAY, revision '<text bytes="0" />')))) })
  end)

  it("knows titles and texts by their place alone", function()
    local text = export(page(DAY, "<discussionthreadinginfo><title>Euro</title><text>* No.</text>"
      .. "</discussionthreadinginfo>", "<revision><contributor><text>* No.</text></contributor>"
      .. "<content><text>* No slot of ours.</text></content><text>* Yes.<b>No</b></text></revision>"))
    assert.same({ { "2007-09-01 Yes." }, {} }, { summary(read(text)) })
  end)

  describe("ends with a problem", function()
    for name, case in pairs {
      ["nothing at all"] = { "", "xml-syntax", 1 },
      ["no XML"] = { "* A.", "xml-syntax", 1 },
      ["other XML"] = { "<rss/>", "wiki-shape", 1 },
      ["a tag that does not fit"] = { "<mediawiki>\n</page>", "xml-syntax", 2 },
      ["bytes that are not UTF-8"] = { "<mediawiki>\n<page><title>\xFF</title>", "xml-syntax", 2 },
      ["an encoding that nobody knows"] = { '<?xml version="1.0" encoding="klingon"?><mediawiki/>', "xml-syntax", 1 },
      ["an unknown entity"] = { "<mediawiki>\n&nbsp;</mediawiki>", "xml-entity", 2 },
      ["an entity of its own"] = {
        '<!DOCTYPE mediawiki [<!ENTITY a "aaaa">]>\n<mediawiki>&a;</mediawiki>', "xml-entity", 1,
      },
      ["entities in entities"] = {
        '<!DOCTYPE m [\n<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><m>&b;</m>', "xml-entity", 2,
      },
      ["an entity from elsewhere"] = {
        '<!DOCTYPE mediawiki [\n<!ENTITY a SYSTEM "/etc/passwd">]><mediawiki>&a;</mediawiki>', "xml-entity", 2,
      },
      ["a parameter entity"] = { '<!DOCTYPE mediawiki [\n<!ENTITY % a "b">%a;]><mediawiki/>', "xml-entity", 2 },
      ["a document type from elsewhere"] = {
        '<!DOCTYPE mediawiki SYSTEM "m.dtd">\n<mediawiki>&a;</mediawiki>', "xml-entity", 2,
      },
      ["deep nesting"] = { "<mediawiki>" .. ("<a>"):rep(100000), "xml-depth", 1 },
      ["something behind the end"] = { "<mediawiki/>\n<mediawiki/>", "xml-syntax", 2 },
    } do
      it(name, function()
        local report = read(case[1], { path = "bad.xml" })
        assert.same({ case[2] }, codes(report))
        assert.equal("bad.xml", report:problem(1).path)
        assert.equal(case[3], report:problem(1).line)
        assert.is_true(report:problem(1).column >= 1)
      end)
    end
  end)

  it("that is cut gives the pages before the cut, and one problem with its place", function()
    local ends = {}
    for at in WHOLE:gmatch "</page>()" do ends[#ends + 1] = at - 1 end
    local all = summary(read(WHOLE))
    for cut = 0, #WHOLE - 2 do
      local report = read(WHOLE:sub(1, cut))
      local found, problems = codes(report), report:counts().problems
      local expected = cut >= ends[3] and #all or cut >= ends[2] and 2 or 0
      assert.equal(expected, report:counts().stories, cut)
      assert.equal("xml-syntax", found[1], cut)
      assert.is_true(problems == 1 or (problems == 2 and found[2] == "wiki-other-pages"), cut)
    end
  end)

  it("larger than memory passes: only one page at a time is held", function()
    local function resident_kib()
      local file <close> = io.open("/proc/self/status")
      return file and tonumber(file:read("a"):match "VmRSS:%s*(%d+)")
    end
    local report = core.report()
    local xml = core.xml_reader(report)
    local filler = page("Euro", revision(("* No news.\n"):rep(10000)))
    xml:feed(HEAD .. filler)
    local before = resident_kib()
    if not before then pending "/proc/self/status is not there" return end
    for _ = 1, 999 do xml:feed(filler) end -- 110 MB
    assert.is_true(resident_kib() - before < 16 * 1024)
    xml:feed(page(DAY, revision(TEXT)) .. "</mediawiki>")
    xml:finish()
    assert.same({ BOTH, { "wiki-other-pages: 1000 pages are no days of the portal; the first is 'Euro'" } },
      { summary(report) })
  end)

  it("refuses a page beyond 16 MiB by name, and goes on", function()
    local report = core.report()
    local xml = core.xml_reader(report)
    xml:feed(HEAD .. "<page><title>" .. DAY .. "</title><revision><text>")
    local piece = ("x"):rep(1 << 20)
    for _ = 1, 17 do xml:feed(piece) end
    xml:feed("</text></revision></page>" .. page(NEXT, revision "* C.") .. "</mediawiki>")
    xml:finish()
    assert.same({ { "2007-09-02 C." }, { "wiki-page-too-long" } }, { (summary(report)), codes(report) })
  end)

  it("refuses a tag or a comment without end, in time that grows as its length", function()
    for _, opening in ipairs { "<!-- ", "<page a='", "<?x ", "<" } do
      local report = core.report()
      local xml = core.xml_reader(report)
      xml:feed "<mediawiki>"
      local piece, fed = ("x"):rep(10000), 0
      local seconds = env.cpu_seconds(function()
        xml:feed(opening)
        while xml:feed(piece) and fed < 1000 do fed = fed + 1 end
      end)
      assert.same({ "xml-token" }, codes(report))
      assert.is_true(seconds < 2, opening)
    end
  end)
end)

describe("answers and exports that were damaged", function()
  local PAGES = "examples/current-events/pages/"
  local ANSWER, EXPORT = env.read(PAGES .. "november-24-and-27.json"), env.read(PAGES .. "november-28-and-29.xml")

  -- Bytes changed, cut out, doubled or put elsewhere.
  local function damaged(text)
    for _ = 1, math.random(1, 4) do
      local from = math.random(1, #text)
      local to = math.min(#text, from + math.random(0, 40))
      local before, part, behind = text:sub(1, from - 1), text:sub(from, to), text:sub(to + 1)
      local how = math.random(1, 4)
      if how == 1 then text = before .. string.char(math.random(0, 255)) .. behind end
      if how == 2 then text = before .. behind end
      if how == 3 then text = before .. part .. part .. behind end
      if how == 4 then text = part .. before .. behind end
    end
    return text
  end

  local function adds_up(report)
    local counts = report:counts()
    assert.equal(counts.items, counts.stories + counts.headings + counts.media + counts.rejected)
    for i = 1, counts.stories do assert.is_truthy(report:story(i).date:find "^%d%d%d%d%-%d%d%-%d%d$") end
  end

  it("give a report, whatever the damage", function()
    math.randomseed(1989)
    for _ = 1, 300 do
      adds_up(core.report():read("mediawiki-json", damaged(ANSWER)))
      adds_up(core.report():read("mediawiki-xml", damaged(EXPORT)))
    end
  end)

  it("give the same in pieces as in one", function()
    math.randomseed(1990)
    for _ = 1, 300 do
      local text, report = damaged(EXPORT), core.report()
      local xml, at = core.xml_reader(report), 1
      while at <= #text do
        local size = math.random(1, 700)
        xml:feed(text:sub(at, at + size - 1))
        at = at + size
      end
      xml:finish()
      assert.same({ summary(core.report():read("mediawiki-xml", text)) }, { summary(report) })
    end
  end)
end)

describe("a reader of exports", function()
  it("says when there is no use in more, and then takes nothing", function()
    local report = core.report()
    local xml = core.xml_reader(report, { path = "x.xml" })
    assert.is_true(xml:feed "<mediawiki>")
    assert.is_false(xml:feed(("<a>"):rep(100000)))
    assert.is_false(xml:feed "</mediawiki>")
    xml:finish()
    xml:finish()
    assert.is_false(xml:feed "<mediawiki>")
    assert.equal(1, report:counts().problems)
    assert.equal("x.xml", report:problem(1).path)
  end)

  it("holds on to the report that it fills", function()
    local xml = core.xml_reader(core.report())
    collectgarbage()
    xml:feed("<mediawiki><page><title>" .. DAY .. "</title><revision><text>* A.</text></revision></page>")
    assert.equal(xml, xml:finish())
    local report = core.report()
    local other = core.xml_reader(report)
    report:close()
    assert.error_matches(function() other:feed "<mediawiki>" end, "Report is closed")
    assert.error_matches(function() other:finish() end, "Report is closed")
  end)

  it("holds on to the rules that it was given", function()
    local options = { rules = core.wikitext_rules({ x = { text = "{1}" } }, { sport = "Sports" }) }
    local report = core.report()
    local xml = core.xml_reader(report, options)
    options.rules = nil
    collectgarbage()
    xml:feed("<mediawiki><page><title>" .. DAY .. "</title><revision><text>;Sport\n* {{x|A}} b.</text></revision>")
    xml:feed "</page>"
    xml:finish()
    assert.same({ "A b.", "Sports" }, { report:story(1).title, report:story(1).category })
  end)

  it("raises for misuse", function()
    assert.has_error(function() core.xml_reader() end)
    assert.has_error(function() core.xml_reader(core.report(), { rules = 7 }) end)
    assert.has_error(function() core.xml_reader(7) end)
    assert.error_matches(function() core.xml_reader(core.report(), { pth = "x" }) end, "unknown field 'pth'")
    local xml = core.xml_reader(core.report())
    assert.has_error(function() xml:feed() end)
    assert.has_error(function() xml:feed(7) end)
    assert.has_error(function() xml.feed(core.report(), "") end)
    xml:close()
    xml:close()
    assert.error_matches(function() xml:feed "" end, "closed")
    assert.error_matches(function() xml:finish() end, "closed")
    assert.equal("newsarchive.XmlReader (closed)", tostring(xml))
  end)
end)

describe("files of a MediaWiki", function()
  local ANSWER = core.encode_json { query = { pages = { { title = DAY, revisions = { { content = TEXT } } } } } }
  local EXPORT = "<mediawiki>\n<page><title>" .. DAY .. "</title><revision><text>" .. TEXT
    .. "</text></revision></page></mediawiki>"

  it("are known by their names and their first bytes", function()
    for path, case in pairs {
      ["a/pages.json"] = { '{"batchcomplete":true,"query":{"pages":[]}}', "mediawiki-json" },
      ["parse.json"] = { '{"parse":{"title":"x"}}', "mediawiki-json" },
      ["error.json"] = { '\n{ "error" : {"code":"x"}}', "mediawiki-json" },
      ["list.json"] = { '[{"query":{}}]', "mediawiki-json" },
      ["dump.xml"] = { '<?xml version="1.0"?>\n<mediawiki xmlns="x">', "mediawiki-xml" },
      ["2007-09-01.wiki"] = { "* A.", "wikitext" },
      ["2007-09-01.wikitext"] = { "* A.", "wikitext" },
    } do
      assert.equal(case[2], reader.detect(path, case[1]).name, path)
    end
    assert.is_nil(reader.detect("package.json", '{"name":"x"}'))
    assert.is_nil(reader.detect("feed.xml", "<rss>"))
  end)

  it("are read from a folder, exports in pieces", function()
    local folder <close> = env.folder()
    folder:write("answer.json", ANSWER)
    folder:write("other.json", "{}")
    folder:write("export.xml", EXPORT .. "<!--" .. (" "):rep(600000) .. "-->")
    local report = newsarchive.new():read(folder.path)
    assert.same({ stories = 4, problems = 0, files = 2 }, {
      stories = report:counts().stories, problems = report:counts().problems, files = report:counts().files,
    })
  end)

  it("are read as the reader of wikitext is told: templates, categories, the variant of Chinese", function()
    local text = ";Sport\n* {{our team|Ajax}} wins."
    local function told(format, wrapped, options)
      local report = core.report()
      reader.read_text(report, format, wrapped, options)
      return report:story(1)
    end
    local function answer(title, page) return core.encode_json { parse = { title = title, wikitext = page } } end
    local function export(title, page)
      return ("<mediawiki><page><title>%s</title><revision><text>%s</text></revision></page></mediawiki>"):format(
        title, page)
    end
    for format, wrap in pairs { ["mediawiki-json"] = answer, ["mediawiki-xml"] = export } do
      local story = told(format, wrap(DAY, text), { templates = { ["our team"] = { text = "the team {1}" } } })
      assert.equal("the team Ajax wins.", story.title)
      assert.equal("Sports", story.category)
      assert.equal("Sport", story.raw_category)
      local page = wrap("Portal:新闻动态/2019年3月3日", "* -{zh-hans:软件;zh-hant:軟體;}-发布。")
      assert.equal("软件发布。", told(format, page, { variant = "zh-cn" }).title)
      assert.equal("軟體发布。", told(format, page, { variant = "zh-tw" }).title)
    end
  end)

  it("are parsed by name", function()
    assert.equal(2, #newsarchive.parse("mediawiki-json", ANSWER).stories)
    assert.equal(2, #newsarchive.parse("mediawiki-xml", EXPORT).stories)
  end)

  it("named after a day give it to their stories", function()
    local folder <close> = env.folder()
    for _, name in ipairs {
      "2007-09-01.wiki", "2007-09-01.en.wiki", "2007_September_1.wikitext",
      "Portal Current events 2007 September 1.wiki",
    } do
      local report = core.report()
      reader.read_file(report, folder:write(name, TEXT))
      assert.same(BOTH, (summary(report)), name)
      if name:find "%.en%." or name:find "^Portal" then assert.equal("en", report:story(1).language) end
    end
  end)
end)

describe("the example current-events", function()
  it("shows every wrapping, and reads without a problem", function()
    local report = newsarchive.new():read "examples/current-events/pages"
    assert.same({ files = 14, stories = 36, headings = 29, media = 1, rejected = 0, problems = 0 }, (function(counts)
      return {
        files = counts.files, stories = counts.stories, headings = counts.headings, media = counts.media,
        rejected = counts.rejected, problems = counts.problems,
      }
    end)(report:counts()))
    local seen = {}
    for i = 1, report:counts().stories do
      local origin = report.stories[i].origin.path
      seen[origin:match "%.(%a+)$"] = true
    end
    assert.same({ wiki = true, wikitext = true, json = true, xml = true }, seen)
  end)
end)
