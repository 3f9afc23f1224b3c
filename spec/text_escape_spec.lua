-- Other people's texts are made harmless for the place where they are put.

local core = require "newsarchive.core"

describe("escape", function()
  it("turns what is markup into references", function()
    assert.equal("&lt;a href=&quot;x&quot;&gt; &amp; &#39;b&#39;", core.escape [[<a href="x"> & 'b']])
  end)

  it("escapes what is escaped already: it is somebody's text", function()
    assert.equal("&amp;amp;", core.escape "&amp;")
  end)

  it("keeps every character but the controls that XML has no place for", function()
    assert.equal("中 é 🚀\t\n", core.escape "中 é 🚀\t\n")
    assert.equal("a\u{FFFD}b\u{FFFD}", core.escape "a\0b\27")
  end)

  it("refuses what is not UTF-8", function()
    assert.has_error(function() core.escape "\xFF" end, "bad argument #1 to 'escape' (not valid UTF-8)")
  end)
end)

describe("escape_url", function()
  it("keeps a URL as it is", function()
    for _, url in ipairs {
      "https://example.org/a/b?c=d#e", "/2007/09/01/", "a.html", "mailto:a@b.org", "//host/x", "HTTP://X/", "?q",
    } do
      assert.equal(url, core.escape_url(url))
    end
  end)

  it("encodes what a URL may not hold, and what an attribute may not", function()
    assert.equal("https://x/a%20b?c=%22d%22&amp;e=&#39;f&#39;", core.escape_url [[https://x/a b?c="d"&e='f']])
    assert.equal("/%E4%B8%AD", core.escape_url "/中")
    assert.equal("/a%20b%3Cc%25", core.escape_url "/a%20b<c%")
  end)

  it("gives '#' for a scheme that nobody should follow, however it is written", function()
    for _, url in ipairs {
      "javascript:alert(1)", "JavaScript:alert(1)", " \1javascript:alert(1)", "data:text/html,x", "vbscript:x",
      "file:///etc/passwd", "blob:x",
    } do
      assert.equal("#", core.escape_url(url), url)
    end
    -- A browser drops a line end from a URL; encoded, it cannot make a scheme whole.
    assert.equal("java%0Ascript:alert(1)", core.escape_url "java\nscript:alert(1)")
  end)
end)

describe("escape_segment", function()
  it("keeps what RFC 3986 calls unreserved, and encodes all else", function()
    assert.equal("a-b.c_d~1", core.escape_segment "a-b.c_d~1")
    assert.equal("a%2Fb%20%3F%23%25", core.escape_segment "a/b ?#%")
    assert.equal("%E4%B8%AD", core.escape_segment "中")
  end)
end)

describe("nfc", function()
  it("composes", function()
    assert.equal("\u{E9}", core.nfc "e\u{301}")
    assert.equal("\u{AC00}", core.nfc "\u{1100}\u{1161}")
    assert.equal("plain", core.nfc "plain")
  end)

  it("puts marks into their order", function()
    assert.equal(core.nfc "a\u{323}\u{302}", core.nfc "a\u{302}\u{323}")
  end)
end)

describe("fingerprint", function()
  it("is 16 hexadecimal digits that depend on every byte", function()
    assert.equal("2d06800538d394c2", core.fingerprint "")
    assert.matches("^%x+$", core.fingerprint "a\0b")
    assert.equal(16, #core.fingerprint "a\0b")
    assert.not_equal(core.fingerprint "a\0b", core.fingerprint "a\0c")
  end)
end)

describe("concat", function()
  it("makes one text of the first ones of a list", function()
    assert.equal("<p>a\0b</p>", core.concat({ "<p>", "a\0b", "</p>", "left over" }, 3))
    assert.equal("", core.concat({}, 0))
  end)

  it("takes texts alone", function()
    assert.has_error(function() core.concat({ "a" }, 2) end, "bad argument #1 (item 2 is no string)")
  end)
end)
