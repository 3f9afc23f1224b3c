-- A slug is the readable end of an address, made from a headline once and kept for good.

local core = require "newsarchive.core"
local numbers = require("spec.support.random").numbers
local slug = core.slug

describe("slug", function()
  it("is lower case, with words joined by '-'", function()
    assert.equal("the-second-tuareg-rebellion-spreads", slug "The Second Tuareg Rebellion  spreads!")
    assert.equal("a-b-c", slug "--a/b\tc--")
    assert.equal("42-die", slug "42 die")
  end)

  it("keeps letters of every script, and marks that belong to them", function()
    assert.equal("élection-à-paris", slug "Élection à Paris")
    assert.equal("中国首颗人造卫星", slug "中国首颗人造卫星")
    assert.equal("война-и-мир", slug "Война и мир")
    assert.equal("हिन्दी", slug "हिन्दी")
  end)

  it("is the same for every normal form of a headline", function()
    assert.equal(slug "Caf\u{E9}", slug "Cafe\u{301}")
    assert.equal("\u{1E96}", slug "H\u{331}") -- of which there is no composed capital
  end)

  it("does not part a word at an apostrophe", function()
    assert.equal("irans-vote", slug "Iran's vote")
    assert.equal("irans-vote", slug "Iran’s vote")
  end)

  it("is 'untitled' where no letter or digit is left", function()
    assert.equal("untitled", slug "")
    assert.equal("untitled", slug "!?… —")
  end)

  it("is cut behind a word, and inside one only where it must be", function()
    local long = ("word "):rep(40)
    assert.equal(("word-"):rep(16):sub(1, -2), slug(long))
    assert.equal(("x"):rep(80), slug(("x"):rep(200)))
    assert.equal(66, utf8.len(slug(("中"):rep(200)))) -- 198 bytes
  end)

  it("never passes its limits, never ends in '-', and is its own slug", function()
    local alphabet = {
      "a", "B", "1", " ", "-", "'", "é", "e\u{301}", "中", "ß", "İ", "\u{1F680}", "\u{10FFFF}", "ﬁ", "\u{300}",
    }
    local random = numbers(1)
    for _ = 1, 2000 do
      local parts = {}
      for i = 1, random(150) do parts[i] = alphabet[random(#alphabet)] end
      local title = table.concat(parts)
      local made = slug(title)
      assert(#made <= 200 and utf8.len(made) <= 80, title)
      assert(not made:find "^%-" and not made:find "%-$" and not made:find "%-%-" and made ~= "", title)
      assert.equal(core.nfc(made), made)
      assert.equal(made, slug(made))
    end
  end)

  it("refuses what is not UTF-8", function()
    for _, bad in ipairs { "\xFF", "a\xC3", "\xC0\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xE4\xB8" } do
      assert.error_matches(function() slug(bad) end, "bad argument #1 to 'slug' (not valid UTF-8)", 1, true)
    end
  end)

  describe("by the reference's rules", function()
    it("keeps case in Chinese, drops '.' and ',', and takes 60 characters", function()
      assert.equal("AP-中国-2007", slug("AP：中国，2007", "context-zh"))
      assert.equal("12000人", slug("12,000人。", "context-zh"))
      assert.equal(("中"):rep(60), slug(("中"):rep(70), "context-zh"))
    end)

    it("reads English bytes as Latin-1, which was its mistake, and takes 140 of them", function()
      assert.equal("a-b", slug("A -- b!", "context-en"))
      assert.equal("a-c", slug("\u{E9}", "context-en")) -- the two bytes C3 A9: "A" with a tilde, and "(c)"
      assert.equal(140, #slug(("x"):rep(200), "context-en"))
    end)

    it("may leave nothing", function()
      assert.equal("", slug("...", "context-zh"))
      assert.equal("", slug("!", "context-en"))
    end)
  end)
end)
