-- The text of an item: links, templates, apostrophes, entities, and what is broken. A line on one side, its title on
-- the other.
local newsarchive = require "newsarchive"
local wikitext = require "spec.support.wikitext"
local story = wikitext.item

local function title(line, options)
  return (story(line, options)).title
end

-- "label>target", with what else the link says.
local function links(line, options)
  local list = {}
  for i, mention in ipairs(story(line, options).mentions) do
    local text = ("%s>%s"):format(mention.label or "", mention.target or "")
    if mention.section then text = text .. "#" .. mention.section end
    if mention.interwiki then text = text .. " in " .. mention.interwiki end
    if mention.interlanguage then text = text .. " = " .. mention.interlanguage end
    if mention.missing then text = text .. " missing" end
    list[i] = text
  end
  return list
end

local function codes(line, options)
  return wikitext.codes(newsarchive.parse_wikitext("* " .. line, options))
end

describe("a link", function()
  it("shows its label, or its target", function()
    assert.same({ "Euro>Euro", "tsunamis>2004 Indian Ocean earthquake" },
      links "[[Euro]] and [[2004 Indian Ocean earthquake|tsunamis]]")
    assert.equal("Euro and tsunamis", title "[[Euro]] and [[2004 Indian Ocean earthquake|tsunamis]]")
  end)

  it("takes the letters right behind it", function()
    assert.same({ "Israeli>Israel" }, links "[[Israel]]i troops")
    assert.same({ "bombs>cluster bomb" }, links "[[cluster bomb|bomb]]s")
    assert.same({ "Iraq>Iraq" }, links "[[Iraq]]'s army")
    assert.equal("2006 test.ing", title "[[2006 test]].ing")
  end)

  it("loses blanks at the ends of its label", function()
    assert.same({ "A>A, B", "C>D" }, links "[[A, B| A]] [[D|C ]]")
    assert.equal("A C", title "[[A, B| A]] [[D|C ]]")
    assert.same({ "Georgia (country)>Georgia (country)" }, links "[[Georgia (country)|]]")
  end)

  it("may lead to a section, in another spelling", function()
    assert.same({ "X>Grok (chatbot)#Sexual deepfakes on X" }, links "[[Grok_(chatbot)#Sexual_deepfakes_on_X|X]]")
    assert.same({ "the dash>2010–11 season" }, links "[[2010%E2%80%9311_season|the dash]]")
    assert.same({ "100%>100%", "A>A&B" }, links "[[100%]] [[A&amp;B|A]]")
    assert.same({ "here>#Below" }, links "[[#Below|here]]")
    assert.same({ "A>A" }, links "[[:A]]")
  end)

  it("may lead to another project or edition", function()
    assert.same({ "escorting>escort in wikt", "Titel>Titel in de", "A>A", "B>B" },
      links "[[wikt:escort|escort]]ing [[:de:Titel|Titel]] [[w:A|A]] [[:w:B|B]]")
  end)

  it("may hold italics and templates, and lead to a date", function()
    assert.same({ "MV Sewol>Sinking of MV Sewol", "May 8>May 8", "1945>1945" },
      links "[[Sinking of MV Sewol|MV ''Sewol'']] on [[May 8]] [[1945]]")
    assert.same({ "$2 bn>Cost" }, links "[[Cost|{{nowrap|$2 bn}}]]")
  end)

  it("to a file is a medium, not text, with all the links of its caption", function()
    local picture = "[[Image:A.jpg|thumb|200px|right|caption with a [[link]] and [http://a.example x]]]"
    local item, page = story(picture .. "Text [[B]].")
    assert.equal("Text B.", item.title)
    assert.equal(1, #item.mentions)
    assert.same({ { line = 1, raw = picture } }, page.media)
    assert.equal(2, page.items)
    local alone = newsarchive.parse_wikitext "[[File:A.jpg|thumb]]\n* Text."
    assert.equal(1, #alone.media)
    assert.equal(1, #alone.stories)
    assert.equal(2, alone.items)
    assert.equal("the picture", title "[[:File:A.jpg|the picture]]")
  end)

  it("to a category belongs to the page", function()
    assert.equal("Text", title "Text [[Category:News]]")
    assert.same({ "wikitext-category" }, codes "Text [[Category:News]]")
  end)
end)

describe("broken brackets", function()
  it("are left out, and reported with their place", function()
    local item, page = story "Its [[Shaheen-II]] missile]] capable of [[warheads]]."
    assert.equal("Its Shaheen-II missile capable of warheads.", item.title)
    assert.equal("wikitext-stray-close", page.problems[1].code)
    assert.equal(1, page.problems[1].line)
    assert.equal(29, page.problems[1].column)
    assert.equal("A said; B ok", title "[[A] said; [[B]] ok")
    assert.same({ "wikitext-unclosed-link" }, codes "[[A] said; [[B]] ok")
    assert.equal('A; "for the [Big] Council', title '[[A; "for the [Big] Council')
    assert.equal("b|c says", title "[[[[A|b]]|c]] says")
    assert.same({ "wikitext-extra-brackets" }, codes "[[[[A|b]]|c]] says")
    assert.same({ "b>A" }, links "[[[[A|b]]|c]] says")
    assert.equal("a b c", title "a }} b {{c")
  end)

  it("are one problem where they stand in a row", function()
    assert.same({ "wikitext-stray-close" }, codes "A ]]]]]]]] b")
    assert.same({ "wikitext-stray-close", "wikitext-stray-close" }, codes "A ]] b ]] c")
    assert.equal("A b }", title "A ]]]] b }}}")
    assert.equal("{a b", title(("{{"):rep(1000) .. "a b")) -- more than 40 deep is text
  end)

  it("end with their line, unless a template or a note is open", function()
    local page = newsarchive.parse_wikitext "One [[a\nTwo [[b]] {{nowrap|c\nd}} e\nThree f]]"
    local titles = {}
    for i, item in ipairs(page.stories) do titles[i] = item.title end
    assert.same({ "One a", "Two b c d e", "Three f" }, titles)
  end)

  it("never reach into the next item", function()
    local page = newsarchive.parse_wikitext "* [[A {{b <ref>c -{d\n* [[E]]]] }} </ref> }-"
    assert.equal("A b c -d", page.stories[1].title)
    assert.equal("E }", page.stories[2].title)
  end)

  it("are text where they are single", function()
    assert.equal('"... the [Big] Council"', title '"... the [Big] Council"')
    assert.equal("a { b } c [ d ] e", title "a { b } c [ d ] e")
  end)
end)

describe("text", function()
  it("has no marks of italics and bold", function()
    assert.equal("A B C 'BB+' Sana'a", title "''A'' '''B''' '''''C''''' 'BB+' [[Sana'a]]")
    assert.equal("Ted's five", title "''[[Ted]]'''s five")
    assert.equal("an open end", title "an ''open end")
  end)

  it("has the characters that entities stand for", function()
    assert.equal("a – b & c < d | e – f € g", title "a &ndash; b &amp; c &lt; d &#124; e &#150 f &#x80; g")
    assert.equal("a b c d", title "a&nbsp;b\u{A0}c\u{200B} \u{200C}d")
    assert.equal("&unknown; & x", title "&unknown; & x")
  end)

  it("keeps what is in HTML tags, and drops the tags", function()
    assert.equal("208 $/m3 small x y", title "208 $/m<sup>3</sup> <small>small</small> x<br />y<nowiki/>")
    assert.equal("1 < 2 <unknown>", title "1 < 2 <unknown>")
  end)

  it("is literal in nowiki, but never reads as markup", function()
    assert.equal("a *b* '[c]'", title "a <nowiki>*b* ''[[c]]''</nowiki>")
    assert.equal("[x] 'y' {z}", title "<nowiki>[[x]] ''y'' {{z}}</nowiki>")
    assert.equal("[x]", title "&#91;&#91;x&#93;&#93;")
  end)

  it("goes on behind a '*' within the line", function()
    assert.equal("A: *B says", title "[[A]]: *[[B]] says")
  end)

  it("has single blanks", function()
    assert.equal("a b c", title "  a  b\tc  ")
  end)

  it("leaves out comments and switches", function()
    assert.equal("a c", title "a <!-- b --> c __NOTOC__")
    assert.equal("a", title "a <!-- b")
    assert.same({ "wikitext-unclosed-comment" }, codes "a <!-- b")
  end)
end)

describe("a template", function()
  it("that stands for text is shown", function()
    assert.equal("at 28.3 ft, 10–20 km, 3 to 4 ft",
      title "at {{convert|28.3|ft|m}}, {{convert|10|-|20|km|mi}}, {{cvt|3|to|4|ft}}")
    assert.equal("$2.8 billion US$1.2 billion Été c. 1900 5 Nm", title
      "{{Nowrap|$2.8 billion}} {{US$|1.2 billion}} {{lang|fr|Été}} {{circa|1900}} {{val|5|u=Nm}}")
    assert.equal("a – b", title "a{{snd}}b")
  end)

  it("may be a link", function()
    assert.same({ "USS Monitor>USS Monitor", "USS San Francisco>USS San Francisco (SSN-711)" },
      links "{{USS|Monitor}} {{USS|San Francisco|SSN-711}}")
    assert.same({ "A>A = it:B missing", "C>A = de:A missing" }, links "{{ill|A|it|B}} {{ill|A|de|lt=C}}")
  end)

  it("that is a remark of editors is left out", function()
    assert.equal("Further elections.",
      title "Further elections.{{Fact|date=May 2007}}{{cn}}{{Circular reference|date=May}}")
    assert.same({}, codes "Further elections.{{Fact|date=May 2007}}")
  end)

  it("that nobody knows is left out and reported as it is", function()
    local item, page = story "The {{unheard of|of [[thing]]}} end."
    assert.equal("The end.", item.title)
    assert.equal("wikitext-template", page.problems[1].code)
    assert.equal("{{unheard of|of [[thing]]}}", page.problems[1].raw)
  end)

  it("may be taught", function()
    local templates = {
      Thing = { text = "thing {2|1}[ of {owner}]" },
      Lost_thing = {},
      ["wp link"] = { link = "{1}", text = "{2|1}" },
      ["cite hansard"] = { like = "cite web" },
    }
    local given = { templates = templates }
    assert.equal("thing a thing b of c gone.", title("{{thing|a}} {{Thing|a|b|owner=c}} gone.{{lost thing}}", given))
    assert.same({ "here>There" }, links("{{wp link|There|here}}", given))
    local cited = story("Said.<ref>{{cite Hansard|url=http://a.example}}</ref>", given)
    assert.equal("http://a.example", cited.sources[1].url)
    assert.has_error(function() newsarchive.parse_wikitext("", { templates = { a = "b" } }) end)
    assert.has_error(function() newsarchive.parse_wikitext("", { templates = { a = { txt = "b" } } }) end)
  end)

  it("may nest and span lines", function()
    assert.equal("a b c", title "a {{nowrap|b\n| x = y\n}} c")
    assert.equal("a b", title "{{nowrap|a {{small|{{nobr|b}}}}}}")
  end)
end)
