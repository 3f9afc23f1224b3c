-- Pages of Current Events: what every part of a page becomes. The line's text on the left, what comes out on the right.
local newsarchive = require "newsarchive"
local wikitext = require "spec.support.wikitext"
local story, codes = wikitext.story, wikitext.codes

local function parse(text, options)
  return newsarchive.parse_wikitext(text, options)
end

local function title(text)
  return story(text).title
end

describe("a page", function()
  local news = "* Text of the [[News]]. [http://a.example/1 (BBC)]\n"

  it("has one of five wrappers", function()
    local pages = {
      { "content", "<!-- All news items below this line -->{{Current events|year=2004|month=05|day=6|content=\n\n" ..
        news ..
        "<!-- All news items above this line -->}}" },
      { "content", "{{Current events|year=2014|month=11|day=18|content=\n\n" ..
        "<!-- All news items  below this line -->\n" .. news ..
        "\n<!-- All news items above this line -->}}" },
      { "sandwich", "{{Current events|year=2026|month=08|day=7|top=yes}}\n<!-- below -->\n" .. news ..
        "<!-- above -->\n{{Current events|year=2026|month=08|day=7|bottom=yes}}" },
      { "header", "{{Current events header|2005|01|08}}\n\n" .. news .. "\n<!-- above -->{{Current events footer}}" },
      { "header", "{{Current events header|2017|05|5}}\n" .. news .. "<!-- above -->|}\n" },
      { "bare", news },
    }
    local dates = { "2004-05-06", "2014-11-18", "2026-08-07", "2005-01-08", "2017-05-05", nil }
    for i, case in ipairs(pages) do
      local page = parse(case[2])
      assert.equal(case[1], page.wrapper)
      assert.equal(dates[i], page.date)
      assert.same({}, page.problems)
      assert.equal(1, #page.stories)
      assert.equal("Text of the News.", page.stories[1].title)
    end
  end)

  it("keeps pipes, inner templates and addresses with pipes inside content=", function()
    local page = parse("{{Current events|year=2010|month=9|day=01|content=\n" ..
      "* A [[B|b]] {{convert|3|m|ft}}. [http://a.example/?x|+All+Stories) (X)]\n* Second.\n}}")
    assert.equal("2010-09-01", page.date)
    assert.equal("A b 3 m.", page.stories[1].title)
    assert.equal("http://a.example/?x|+All+Stories)", page.stories[1].sources[1].url)
    assert.equal("Second.", page.stories[2].title)
    assert.same({}, page.problems)
  end)

  it("has its closing braces glued to the last item, or left open by a template inside", function()
    for _, text in ipairs {
      "{{Current events|year=2010|month=01|day=1|content=\n* One.\n* Two. {{Dead link}}}}",
      "{{Current events|year=2010|month=01|day=1|content=\n* One.\n* Two.\n|}}",
      "{{Current events|year=2010|month=01|day=1|content=\n* One. {{Dead link\n* Two.\n}}",
      "{{Current events|year=2010|month=01|day=1|content=\n* One.\n* Two.",
    } do
      local page = parse(text)
      assert.equal("One.", page.stories[1].title)
      assert.equal("Two.", page.stories[2].title)
      assert.equal(2, #page.stories)
    end
  end)

  it("takes the date of its template, and says where title or file disagree", function()
    local text = "{{Current events|year=2005|month=01|day=8|content=\n* News.\n}}"
    assert.same({}, codes(parse(text, { title = "Portal:Current events/2005 January 8" })))
    local page = parse(text, { title = "Portal:Current_events/2005_January_9" })
    assert.same({ "wikitext-date-mismatch" }, codes(page))
    assert.equal("2005-01-08", page.date)
    assert.same({ "wikitext-date-mismatch" }, codes(parse(text, { date = "2005-01-09" })))
    assert.equal("2005-01-09", parse("* News.", { title = "Portal:Current events/2005 January 9" }).date)
    assert.equal("2005-01-09", parse("* News.", { date = "2005-01-09" }).date)
    assert.is_nil(parse("* News.").date)
    assert.same({ "wikitext-date" }, codes(parse("{{Current events|year=2005|month=02|day=30|content=\n* News.\n}}")))
  end)

  it("may hold the template of a neighbouring day, whose news are not its own", function()
    local text = "{{Current events|year=2005|month=01|day=7|content=\n* Old.\n}}\n" ..
      "{{Current events|year=2005|month=01|day=8|content=\n* New.\n}}"
    local page = parse(text, { title = "Portal:Current events/2005 January 8" })
    assert.equal("2005-01-08", page.date)
    assert.equal(1, #page.stories)
    assert.equal("New.", page.stories[1].title)
    assert.same({ "wikitext-other-day" }, codes(page))
  end)

  it("counts lines as the file does, comments and Windows line ends included", function()
    local page = parse("<!-- a\nb -->\r\n* One.\r\n<!--\n* hidden\n-->* Two. <!-- x --> more\r\n\r\n* Three.")
    local lines = {}
    for i, item in ipairs(page.stories) do lines[i] = item.line .. " " .. item.title end
    assert.same({ "3 One.", "6 Two. more", "8 Three." }, lines)
  end)

  it("may be anything at all", function()
    for _, text in ipairs {
      "", "\n", "*", "{{", "[[", "\0", "\255\254", "{{Current events", "{{Current events|year=|content=", "<!--",
    } do
      assert.same({}, parse(text).topics)
    end
    assert.equal("a\u{FFFD}b", title("* a\255b"))
    assert.has_error(function() parse(7) end)
    assert.has_error(function() parse("", { titel = "x" }) end)
    assert.has_error(function() parse("", { date = "yesterday" }) end)
  end)

  it("parts its days by headings that are dates", function()
    local page = parse("== September 3, 2007 (Monday) ==\n* One.\n==[[September 4]]==\n* Two.\n;Sport\n* Three.",
      { title = "Portal:Current events/September 2007" })
    assert.equal("2007-09-03", page.stories[1].date)
    assert.equal("2007-09-04", page.stories[2].date)
    assert.is_nil(page.stories[2].raw_category)
    assert.equal("2007-09-04", page.stories[3].date)
    assert.equal("Sport", page.stories[3].raw_category)
  end)
end)

describe("a heading", function()
  it("is written in four ways, and is kept as it is", function()
    for _, heading in ipairs {
      ";Law and crime ", "'''Law and crime'''", "'''Law and crime:''' ", "'''Law and crime'''<br />",
      "== Law and crime ==", ";'''Law and crime'''",
      '<div class="current-events-content-heading" role="heading">Law and crime</div>',
    } do
      assert.equal("Law and crime", story(heading .. "\n* A.").raw_category)
    end
    assert.equal("Law: crime", story(";Law: crime\n* A.").raw_category)
  end)

  it("has a usual form, from a table that a site can add to", function()
    assert.equal("Sports", story(";NBA \n* A.").category)
    assert.equal("NBA", story(";NBA \n* A.").raw_category)
    assert.equal("Business and economy", story(";Business and economics\n* A.").category)
    assert.equal("Oddities", story(";Oddities\n* A.").category)
    assert.equal("Basketball", story(";NBA\n* A.", { categories = { NBA = "Basketball" } }).category)
  end)

  it("is not a sentence with bold words in it", function()
    assert.equal("Bold beginning of a sentence.", title("'''Bold''' beginning of a sentence."))
    assert.equal("a bold word", title("* a '''bold''' word"))
  end)
end)

describe("an item", function()
  local function roles(text)
    local page, list = parse(text), {}
    for i, item in ipairs(page.stories) do
      local path = {}
      for j, topic in ipairs(item.topics) do path[j] = topic.text .. (topic.container and " (c)" or "") end
      list[i] = ("%d %s [%s] %s"):format(item.depth, item.role, table.concat(path, " > "), item.title)
    end
    return list, page
  end

  it("is a topic, a container, an event or a stub by what it says and what stands under it", function()
    local list, page = roles [==[
* [[Conflict in Iraq]]:
** A sentence with a child.
*** The child. [http://a.example (BBC)]
** [[Lone link]]
* Washington plane crash
** Found.
* [[A]], [[B]] and [[C]]
** News.
* [[A]] and [[B]]
* Australia:]==]
    assert.same({
      "2 container [Conflict in Iraq] A sentence with a child.",
      "3 event [Conflict in Iraq > A sentence with a child. (c)] The child.",
      "2 stub [Conflict in Iraq] Lone link",
      "2 event [Washington plane crash] Found.",
      "2 event [A, B and C] News.",
      "1 stub [] A and B",
      "1 stub [] Australia",
    }, list)
    assert.equal(3, #page.topics)
    assert.equal(10, page.items)
    assert.same({}, page.problems)
  end)

  it("is a container where it has a source, even without a full stop", function()
    assert.same({ "1 container [] Talks go on", "2 event [Talks go on (c)] They end." },
      (roles "* Talks go on [http://a.example (BBC)]\n** They end."))
  end)

  it("is a topic where only its link ends with a dot", function()
    assert.same({ "2 event [Aftermath of Sample v. Example Inc.] It ends." },
      (roles "* Aftermath of [[Sample v. Example Inc.]]\n** It ends."))
  end)

  it("may be marked by ':' instead of '*'", function()
    assert.same({ "2 event [War] One.", "1 event [] Two." }, (roles ":[[War]]:\n::One.\n:Two."))
  end)

  it("stands under the nearest shallower one; a jump is reported", function()
    local list, page = roles "* [[T]]\n*** Deep.\n;C\n** First."
    assert.same({ "3 event [T] Deep.", "2 event [] First." }, list)
    assert.same({ "wikitext-depth-jump", "wikitext-depth-jump" }, codes(page))
  end)

  it("may lack its marker: a story all the same, and reported", function()
    local list, page = roles ";NBA \nA sentence. https://a.example/x.html\n* [[T]]\nAnother one.\n** Third."
    assert.same({ "1 event [] A sentence.", "1 stub [] T", "1 event [] Another one.", "2 event [] Third." }, list)
    assert.same({ "wikitext-paragraph", "wikitext-paragraph", "wikitext-depth-jump" }, codes(page))
    assert.equal("bare", page.stories[1].sources[1].style)
  end)

  it("may begin with a topic of its own", function()
    assert.equal("2011 Yemeni protests", story("* [[2011 Yemeni protests]]: Rallies occur.").lead)
    assert.equal("war", story("* [[Iraq War|war]]: Troops attack.").lead)
    assert.equal("war", story("* [[Iraq War|war :]] Troops attack.").lead)
    assert.is_nil(story("* He is [[Port-Salut]]: he is here.").lead)
    assert.is_nil(story("* [[Port-Salut]]:he is").lead)
    assert.equal("地震", story("* [[地震]]：死亡。", { language = "zh" }).lead)
  end)

  it("of nothing but sources gives them to the item before", function()
    local page = parse("* Text.\n[http://a.example (BBC)]\n* [http://b.example (CNN)]")
    assert.equal(1, #page.stories)
    assert.equal(2, #page.stories[1].sources)
    assert.equal(3, page.items)
    assert.equal(2, page.rejected)
    assert.same({ "wikitext-sources-alone", "wikitext-sources-alone" }, codes(page))
  end)

  it("without text is reported", function()
    local page = parse("* {{unheard of}}\n*\n* Text.")
    assert.same({ "wikitext-template", "wikitext-empty-item" }, codes(page))
    assert.equal(2, page.items)
    assert.equal(1, page.rejected)
  end)
end)
