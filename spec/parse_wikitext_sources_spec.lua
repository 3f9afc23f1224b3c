-- The sources of an item: what is cut out of the text, what it is called. On the left the end of a line.
local newsarchive = require "newsarchive"
local wikitext = require "spec.support.wikitext"
local story = wikitext.item

local A, B = "http://a.example/1", "http://b.example/2"

-- "style: name", with what else is known of the source.
local function sources(line, options)
  local list = {}
  for i, source in ipairs(story(line, options).sources) do
    local text = source.style .. ": " .. (source.name or "-")
    for _, field in ipairs { "publisher", "via", "language", "title", "archive_url" } do
      if source[field] then text = text .. ", " .. field .. " " .. source[field] end
    end
    list[i] = text .. (source.dead and ", dead" or "")
  end
  return list
end

local function title(line, options)
  return (story(line, options)).title
end

describe("a source", function()
  it("is a link with a name in parentheses, however they and the italics are written", function()
    for _, label in ipairs {
      "(X)", "(''X'')", "(''X)''", "''(X)''", "(X) ", "(''X'') ", "( X )", "(X),", "'''(X)'''",
    } do
      local item = story("Text. [" .. A .. " " .. label .. "]")
      assert.equal("Text.", item.title, label)
      assert.same({ { name = "X", url = A, style = "bracket" } }, item.sources, label)
    end
    assert.same({ "bracket: X" }, sources("Text. ''[" .. A .. " (X)]''"))
    assert.same({ "paren-crossed: X" }, sources("Text. [" .. A .. " (X))]"))
    assert.same({ "bracket-noparen: (A) and (B)" }, sources("Text. [" .. A .. " (A) and (B)]"))
    assert.same({ "bracket: ABC News (Australia)" }, sources("Text. [" .. A .. " (ABC News (Australia))]"))
    assert.same({ "bracket: ABC (Australia)" }, sources("Text. [" .. A .. " (''ABC'' (Australia))]"))
  end)

  it("may stand in parentheses itself, even in crossed ones", function()
    for _, line in ipairs { "([%s X])", "([%s X)]", "([%s ''X'')]", "([%s ''X''])", "[%s (X])", "( [%s X] )" } do
      local item = story("Text. " .. line:format(A) .. "")
      assert.equal("Text.", item.title, line)
      assert.equal("X", item.sources[1].name, line)
    end
    assert.same({ "paren: X" }, sources("Text. ([" .. A .. " X])"))
    assert.same({ "paren-crossed: X" }, sources("Text. ([" .. A .. " X)]"))
    assert.equal("Text.", title("Text. ([" .. A .. " X], [" .. B .. " Y])"))
    assert.equal("Text (in short).", title("Text (in short). ([" .. A .. " X])"))
    assert.equal("Text (in short [and more]).", title("Text (in short [and more] [" .. A .. " (X)])."))
  end)

  it("may have no name, no brackets, or brackets twice", function()
    assert.same({ "bare-bracket: -" }, sources("Text. [" .. A .. "]"))
    assert.same({ "bare: -" }, sources("Text. " .. A))
    assert.equal("http://a.example/1_(b)", story("Text. http://a.example/1_(b).").sources[1].url)
    assert.equal("Text.", title("Text (" .. A .. ")."))
    assert.same({ "bracket: X" }, sources("Text. [[" .. A .. " (X)]]"))
    assert.same({ "bracket: X" }, sources("Text. [" .. A .. " (X)"))
    assert.equal("Text. More", title("Text. [" .. A .. " (X) More"))
  end)

  it("leaves no separators behind", function()
    for _, between in ipairs { " ", "", ", ", " , ", "; ", " / ", "), (" } do
      assert.equal("Text.", title(("Text. [%s (X)]%s[%s (Y)]"):format(A, between, B)), between)
    end
    assert.equal("Text", title("Text, [" .. A .. " (X)],"))
    assert.equal("Text, and more.", title("Text, [" .. A .. " (X)] and more. [" .. B .. " (Y)]"))
    assert.equal("Text, and more.", title("Text [" .. A .. " (X)], and more. [" .. B .. " (Y)]"))
    assert.equal("One. Two.", title("One. [" .. A .. " (X)] Two. [" .. B .. " (Y)]"))
    assert.equal('"Yes." He left.', title('"Yes." [' .. A .. " (X)] He left."))
  end)

  it("leaves the full stop of the sentence, wherever it is", function()
    assert.equal("Text.", title("Text.[" .. A .. " (X)]"))
    assert.equal("Text.", title("Text [" .. A .. " (X)]."))
    assert.equal("Text.", title("Text. [" .. A .. " (X)]."))
    assert.equal("Text.", title("Text [" .. A .. " (X)]. [" .. B .. " (Y)]"))
    assert.equal("Text!", title("Text ([" .. A .. " X])!"))
  end)

  it("is kept as often as it is written, in order", function()
    assert.same({ "bracket: X", "bracket: X", "bracket: Y" },
      sources(("Text. [%s (X)] [%s (X)] [%s (Y)]"):format(A, A, A)))
  end)

  it("may be a part of the sentence, whose text stays", function()
    assert.equal("replacing the old dangerous A77 which has claimed lives.",
      title("replacing the old dangerous [" .. A .. " A77] which has claimed lives."))
    assert.same({ "inline-text: -, title A77" }, sources("replacing the [" .. A .. " A77], which was old."))
    assert.same({ "inline-text: -, title A77" }, sources("they replaced the [" .. A .. " A77]"))
    assert.same({ "bracket-noparen: Reuters" }, sources("they replaced the road [" .. A .. " Reuters]"))
    assert.same({ "bracket-noparen: Reuters", "bracket-noparen: The New York Times" },
      sources("They replaced it. [" .. A .. " Reuters] [" .. B .. " ''The New York Times'']"))
  end)

  it("names who wrote it and where it was read, and its language", function()
    assert.same({ "bracket: AP via CNN, publisher AP, via CNN" }, sources("Text. [" .. A .. " (AP via CNN)]"))
    assert.same({ "bracket: AP via the Mercury, publisher AP, via Mercury" },
      sources("Text. [" .. A .. " (AP via the ''Mercury'')]"))
    assert.same({ "bracket: El País, language es" }, sources("Text. [" .. A .. " (''El País'' (in Spanish))]"))
    assert.same({ "bracket: El País, language es" }, sources("Text. [" .. A .. " (El País, in Spanish)]"))
    assert.same({ "bracket: El País, language es" }, sources("Text. [" .. A .. " (El País , in Spanish)]"))
    assert.same({ "bracket: El País, language es" }, sources("Text. [" .. A .. " (El País)] {{in lang|es}}"))
    assert.same({ "bracket: El País, language es" }, sources("Text. [" .. A .. " (El País)] (in Spanish)"))
    assert.equal("Text.", title("Text. [" .. A .. " (El País)] (in Spanish)"))
    assert.equal("Text (in Spanish).", title("Text (in Spanish). [" .. A .. " (El País)]"))
    assert.same({ "bracket: El País, language es" }, sources("Text. {{es icon}} [" .. A .. " (El País)]"))
  end)

  it("may be dead, and may have a copy in an archive", function()
    local archive = "https://web.archive.org/web/20050103013822/" .. A
    local item = story("Text. [" .. archive .. " (X)]")
    assert.same({ { name = "X", url = A, archive_url = archive, style = "bracket" } }, item.sources)
    item = story("Text. [https://web.archive.org/web/20050103013822if_/www.a.example/x (X)]")
    assert.equal("http://www.a.example/x", item.sources[1].url)
    assert.same({ "bracket: X, dead", "bracket: Y" },
      sources("Text. [" .. A .. " (X)]{{Dead link|date=August 2019 |bot=B |fix-attempted=yes }} [" .. B .. " (Y)]"))
    assert.same({ "bracket: X, archive_url " .. archive },
      sources("Text. [" .. A .. " (X)] {{Webarchive|url=" .. archive .. " |date=2005}}"))
    assert.equal("Text.", title("Text. [" .. A .. " (X)] {{Webarchive|url=" .. archive .. "}} {{Dead link}}"))
  end)

  it("may be an article of Wikinews", function()
    assert.same({ "interwiki: Wikinews, title A story" }, sources "Text. [[n:A story|(Wikinews)]]")
    assert.same({ "interwiki: Wikinews, title A story" }, sources "Text. ([[Wikinews:A story|Wikinews]])")
    local nameless = newsarchive.parse_wikitext("* Text. [[n:A story|( )]]").stories[1].sources
    assert.same({ { title = "A story", style = "interwiki" } }, nameless)
    assert.equal("Text.", title "Text. ([[Wikinews:A story|Wikinews]])")
  end)

  it("has an address of any letters, which ends at two apostrophes, a bracket, a blank", function()
    for _, url in ipairs {
      "http://a.example/worldë", "http://a.example/x-'quoted'-y", "http://a.example/a,b;c(d)%7C|e",
      "https://a.example/?a=b&c=d",
    } do
      assert.equal(url, story("Text. [" .. url .. " (X)]").sources[1].url)
    end
    assert.equal("http://a.example/x", story("Text. [http://a.example/x''(X)'']").sources[1].url)
    assert.equal("//a.example/x", story("Text. [//a.example/x (X)]").sources[1].url)
    assert.equal("HTTP://a.example/x", story("Text. [HTTP://a.example/x (X)]").sources[1].url)
  end)
end)

describe("a note", function()
  it("holds citations", function()
    local item, page = story("Found." ..
      "<ref>{{cite news|last=D |url=" .. A .. " |title=Science &#124; found |publisher=BBC News }}</ref>" ..
      "<ref name=x>{{Cite web |url=" .. B ..
      " |title=Archived copy |archive-url=https://web.archive.org/web/2007/" .. B ..
      " |url-status=dead |work=''Times'' |publisher=P |language=fr}}</ref>")
    assert.equal("Found.", item.title)
    assert.same({
      { name = "BBC News", title = "Science | found", url = A, style = "ref-cite" },
      { name = "Times", publisher = "P", url = B, archive_url = "https://web.archive.org/web/2007/" .. B, dead = true,
        language = "fr", style = "ref-cite" },
    }, item.sources)
    assert.same({}, page.problems)
  end)

  it("holds links and addresses, on several lines", function()
    assert.same({ "ref-bare: -" }, sources("Text.<ref>" .. A .. "</ref>"))
    assert.same({ "ref-bare: -, dead" }, sources("Text.<ref>" .. A .. "\n{{Dead link}}\n</ref>"))
    assert.same({ "ref-bare: -, title A title of several words" },
      sources("Text.<ref>[" .. A .. " A title of several words]</ref>"))
    assert.same({ "ref-bare: BBC" }, sources("Text.<ref>[" .. A .. " (BBC)]</ref>"))
  end)

  it("is used again by its name", function()
    local page = newsarchive.parse_wikitext("* One.<ref name=\"n\">[" .. A .. " (X)]</ref>\n* Two.<ref name=n />\n" ..
      "* Three.<ref name=m/>")
    assert.equal(A, page.stories[2].sources[1].url)
    assert.equal("wikitext-unknown-ref", page.problems[1].code)
    assert.equal(3, page.problems[1].line)
  end)

  it("without a source is reported, like a citation without an address", function()
    local _, page = story "Text.<ref>[[Another page]]</ref>"
    assert.equal("wikitext-ref-without-source", page.problems[#page.problems].code)
    local item, other = story "Text.<ref>{{cite book|title=T}}</ref>"
    assert.same({ { title = "T", style = "ref-cite" } }, item.sources)
    assert.equal("wikitext-cite-without-url", other.problems[1].code)
  end)
end)
