local core = require "newsarchive.core"
local naive = require "spec.support.naive_names"
local numbers = require("spec.support.random").numbers

--- The names found in a text, as they stand there; those that stand for another entity as "text=entity".
local function found(names, text)
  local list = {}
  for i, span in ipairs(names:match(text)) do
    local here = text:sub(span.first, span.last)
    list[i] = here == span.entity and here or here .. "=" .. span.entity
  end
  return list
end

local function names_of(list, options)
  local names = core.names()
  for _, name in ipairs(list) do assert(names:add(name, options)) end
  return names
end

describe("names", function()
  it("are found as whole words, the longest first", function()
    local names = names_of { "Iran", "New York", "New York City", "York" }
    assert.same({ "Iran" }, found(names, "In Iran the Iranian Iranians"))
    assert.same({ "New York City", "New York", "York" }, found(names, "From New York City to New York and the York"))
  end)

  it("stand for an entity", function()
    local names = core.names()
    names:add("US", { as = "United States" })
    names:add("United States")
    assert.same({ "US=United States", "United States" }, found(names, "The US is the United States"))
  end)

  it("keep the capitals that they have", function()
    local names = names_of { "AIMS", "Apple", "earthquake" }
    assert.same({ "AIMS", "Apple", "Earthquake=earthquake" }, found(names, "aims Aims AIMS, apple Apple, Earthquake"))
    assert.same({ "AIMS", "APPLE=Apple" }, found(names, "AIMS OF APPLE"))
  end)

  it("may be told to heed capitals to the letter, or not at all", function()
    assert.same({ "iPhone" }, found(names_of({ "iPhone" }, { letters = "exact" }), "an iPhone, an IPHONE, an iphone"))
    assert.same({ "aims=AIMS", "Aims=AIMS" }, found(names_of({ "AIMS" }, { letters = "any" }), "aims and Aims"))
  end)

  it("are found wherever they stand, however long their words are", function()
    for size = 1, 40 do
      local word = "X" .. ("y"):rep(size - 1)
      local names = names_of({ word .. " " .. word, word }, { start = true })
      for before = 0, 70 do
        local blank = (" "):rep(before)
        assert.same({ word .. " " .. word }, found(names, blank .. word .. " " .. word))
        assert.same(size < 3 and {} or { word .. "s=" .. word }, found(names, blank .. word .. "s"))
        assert.same({}, found(names, blank .. word .. "é " .. word .. "z"))
      end
    end
  end)

  it("differ by capitals alone where they have to", function()
    local names = core.names()
    names:add("aids", { as = "help" })
    names:add("AIDS", { as = "illness" })
    assert.same({ "AIDS=illness", "aids=help" }, found(names, "the AIDS crisis, which aids nobody"))
  end)

  it("are not trusted at the beginning of a sentence if they are one capitalised word", function()
    local names = names_of { "Apple", "Tim Cook", "IBM" }
    assert.same({ "Apple" }, found(names, "Apple falls. Apple falls with Apple! “Apple falls"))
    assert.same({ "Tim Cook", "IBM" }, found(names, "Tim Cook speaks. IBM listens."))
    assert.same({ "Apple" }, found(names_of({ "Apple" }, { start = true }), "Apple falls"))
    assert.same({ "Apple" }, found(names, "In the U.S. Apple falls"))
  end)

  it("have possessives and plurals", function()
    local names = names_of { "Iran", "Tuareg", "Boeing 747", "AIM", "class" }
    assert.same({ "Iran", "Iran", "Iran" }, found(names, "of Iran's, Iran’s and Iran' "))
    assert.same({ "Tuaregs=Tuareg", "Boeing 747s=Boeing 747", "AIMs=AIM", "classes=class" },
      found(names, "the Tuaregs in Boeing 747s, AIMs and classes"))
    assert.same({}, found(names_of({ "Tuareg" }, { plural = false }), "the Tuaregs"))
  end)

  it("are not parts of words with signs in them", function()
    local names = names_of { "Brien", "U.S.", "T", "Amazon", "C", "C++", "3" }
    assert.same({ "U.S." }, found(names, "of O'Brien, U.S.A., the U.S., AT&T, amazon.com, Amazon.com and 3,5"))
    assert.same({ "C++", "C" }, found(names, "in C++ and C, not C#"))
    assert.same({ "Iran" }, found(names_of { "Iran" }, "de l'Iran"))
  end)

  it("are the same in other widths, with other diacritics, dashes, apostrophes and blanks", function()
    local names = names_of { "São Paulo", "al-Qaeda", "O'Brien", "Łódź", "MÜNCHEN" }
    assert.same({ "Sao  Paulo=São Paulo", "al Qaeda=al-Qaeda", "O’Brien=O'Brien", "Lodz=Łódź", "ＭＵＮＣＨＥＮ=MÜNCHEN" },
      found(names, "Sao  Paulo, al Qaeda, O’Brien, Lodz, ＭＵＮＣＨＥＮ"))
    assert.same({ "Sa\u{303}o Paulo=São Paulo" }, found(names, "Sa\u{303}o Paulo"))
  end)

  it("do not reach over paragraphs", function()
    local names = names_of { "New York" }
    assert.same({ "New\nYork=New York" }, found(names, "New\nYork"))
    assert.same({}, found(names, "New\n\nYork"))
  end)

  it("need no blanks in Chinese and Japanese, and are not parts of longer known names", function()
    local names = names_of { "中国", "中国人民银行", "银行", "人民", "BBC", "MH370", "イラン", "东京" }
    assert.same({ "中国人民银行", "中国", "银行" }, found(names, "中国人民银行在中国的银行"))
    assert.same({ "BBC", "中国", "MH370" }, found(names, "BBC中国记者报道MH370航班"))
    assert.same({ "イラン" }, found(names, "日本とイランの"))
    assert.same({}, found(names, "东 京"))
  end)

  it("give all places, if asked", function()
    local names = names_of { "中国", "中国人民银行", "人民" }
    local list = {}
    for i, span in ipairs(names:match("中国人民银行", true)) do list[i] = span.name end
    assert.same({ "中国", "中国人民银行", "人民" }, list)
  end)

  it("are known by the one added first, where two are the same", function()
    local names = core.names()
    assert.same({ 1, true }, { names:add("Sport", { as = "Sports" }) })
    assert.same({ 1, false }, { names:add("Sport", { as = "Games" }) })
    assert.same({ "Sport=Sports" }, found(names, "of Sport"))
  end)
end)

describe("hostile names", function()
  local function refused(name)
    local number, message, details = core.names():add(name)
    assert.is_nil(number)
    assert.is_string(message)
    return details.code
  end

  it("are refused with a code", function()
    assert.equal("name-empty", refused(""))
    assert.equal("name-empty", refused("  \u{3000} "))
    assert.equal("name-empty", refused("...!"))
    assert.equal("name-long", refused(("a"):rep(100000)))
    assert.equal("name-parts", refused(("中"):rep(65)))
    assert.equal("name-control", refused("a\0b"))
    assert.equal("name-control", refused("a\nb"))
    assert.equal("name-encoding", refused("a\xFFb"))
    local names = core.names()
    for i = 0, 7 do
      local x, y, z = i & 1 > 0 and "X" or "x", i & 2 > 0 and "Y" or "y", i & 4 > 0 and "Z" or "z"
      assert(names:add("ab" .. x .. y .. z, { letters = "exact" }))
    end
    assert.equal("name-crowded", select(3, names:add("abxyz", { letters = "any" })).code)
  end)

  it("are served where they are only many", function()
    local names = core.names()
    for i = 1, 65536 do assert(names:add(("Shared prefix of all %d"):format(i))) end
    local text = "Shared prefix of all 65536, Shared prefix of all 65537"
    assert.same({ "Shared prefix of all 65536" }, found(names, text))
    local size, bytes = names:size()
    assert.equal(65536, size)
    assert.is_true(bytes < 150 * size)
  end)

  it("do not slow a text down", function()
    local names = names_of { ("a "):rep(63) .. "b", ("中"):rep(63) .. "国" }
    local before = os.clock()
    assert.same({}, names:match(("a "):rep(100000)))
    assert.same({}, names:match(("中"):rep(100000)))
    assert.is_true(os.clock() - before < 2)
  end)

  it("leave any bytes as they are", function()
    local names = names_of { "Iran", "中国" }
    assert.same({ "Iran", "中国" }, found(names, "\xFF\xC3 Iran\xE4\xB8 中国\xF0\x9F"))
    assert.same({}, names:match(""))
    assert.same({}, core.names():match("Iran"))
  end)

  it("raise where they are no names at all", function()
    local names = core.names()
    assert.error_matches(function() names:add(nil) end, "string expected")
    assert.error_matches(function() names:add("a", { case = "any" }) end, "unknown field 'case'")
    assert.error_matches(function() names:add("a", { letters = "all" }) end, "'smart', 'any' or 'exact' expected")
    assert.error_matches(function() names:add("a", { plural = 1 }) end, "field 'plural': boolean expected")
    names:close()
    assert.error_matches(function() names:match("a") end, "closed")
  end)
end)

describe("names in stories", function()
  local function report_of(stories)
    local report = core.report()
    for _, story in ipairs(stories) do
      story.date = "2013-01-08"
      report:add(story)
    end
    return report
  end

  it("become context, and what was there stays", function()
    local report = report_of { { title = "Talks on Mali in Paris", context = { "Tuareg" } }, { title = "Nothing" } }
    local names = names_of { "Mali", "Paris" }
    assert.equal(2, names:tag(report))
    assert.same({ "Mali", "Paris", "Tuareg" }, report:story(1).context)
    assert.is_nil(report:story(2).context)
    assert.equal(0, names:tag(report))
  end)

  it("are looked for where one is told to", function()
    local report = report_of { { title = "War", body = "A war in Mali.", topics = { "War in Mali" } } }
    local names = names_of { "Mali" }
    assert.equal(0, names:tag(report))
    assert.equal(1, names:tag(report, { fields = { "title", "body" } }))
    local why = names:why(report, 1, { fields = { "body", "topics" } })
    assert.same({
      { field = "body", first = 10, last = 13, name = "Mali", entity = "Mali" },
      { field = "topics", topic = 1, first = 8, last = 11, name = "Mali", entity = "Mali" },
    }, why)
  end)

  it("may depend on what else the story says", function()
    local names = names_of { "Mercury", "Georgia" }
    names:entity("Mercury", { only_with = { "NASA", "spacecraft", "orbit" } })
    names:entity("Georgia", { unless = { "Atlanta" } })
    local report = report_of {
      { title = "The spacecraft passes Mercury" }, { title = "Thermometers with Mercury" },
      { title = "Rain in Georgia" }, { title = "Rain in Georgia", body = "Atlanta is under water." },
    }
    names:tag(report)
    assert.same({ "Mercury" }, report:story(1).context)
    assert.is_nil(report:story(2).context)
    assert.same({ "Georgia" }, report:story(3).context)
    assert.is_nil(report:story(4).context)
  end)

  it("depend on it in linear time, however often both are there", function()
    local names = names_of { "Mercury" }
    names:entity("Mercury", { only_with = { "planet" }, unless = { "car" } })
    local body = ("The planet. "):rep(60000) .. ("We saw Mercury there. "):rep(60000)
    local report = report_of { { title = "Planets", body = body } }
    local start = os.clock()
    names:tag(report, { fields = { "body" } })
    assert.is_true(os.clock() - start < 1)
    assert.same({ "Mercury" }, report:story(1).context)
  end)

  it("may be silent, or lead elsewhere", function()
    local names = names_of { "Reuters", "US", "York" }
    names:entity("Reuters", { silent = true })
    names:entity("New York Times", { silent = true })
    names:add("New York Times")
    names:redirect("U.S.", "United States")
    names:redirect("Reuters", "Reuters")
    local report = report_of { { title = "The New York Times and Reuters report", context = { "Reuters", "U.S." } } }
    names:tag(report)
    assert.same({ "United States" }, report:story(1).context)
  end)
end)

describe("names, against a naive matcher", function()
  local ATOMS = { "a", "b", "A", "B", "s", "S", "es", "ab", "Ab", "AB", "x", "1", "é", "É", "Ａ", "１", "中", "国", "人",
    " ", " ", " ", " ", " ", "-", "–", "'", "’", "'s", ".", ", ", "&", "+", "\n", "\n\n", "!", "l'" }
  local LETTERS = { "smart", "smart", "any", "exact" }

  local random = numbers(20071101)

  local function word_of(atoms, most)
    local list = {}
    for i = 1, random(most) do list[i] = atoms[random(#atoms)] end
    return table.concat(list)
  end

  it("agree on 10,000 random pairs of names and texts", function()
    for pair = 1, 10000 do
      local names, list = core.names(), {}
      for _ = 1, random(6) do
        local name = word_of(ATOMS, 5)
        local options = { letters = LETTERS[random(4)], start = random(2) == 1, plural = random(2) == 1 }
        local number, fresh = names:add(name, options)
        if number and fresh == true then list[#list + 1] = naive.name(name, options, number) end
      end
      local text = word_of(ATOMS, 30)
      local expected, got = naive.match(list, text), {}
      for i, span in ipairs(names:match(text)) do
        got[i] = ("%d-%d"):format(span.first, span.last)
      end
      for i, span in ipairs(expected) do expected[i] = ("%d-%d"):format(span.first, span.last) end
      local message = ("pair %d: %q"):format(pair, text)
      assert.equal(table.concat(expected, " "), table.concat(got, " "), message)
    end
  end)
end)
