local newsarchive = require "newsarchive"
local env = require "spec.support.env"

-- An ordinary build needs under a second for each; a sanitizer makes it ten times slower.
local CPU_SECONDS = 10

local function plain(text)
  return (newsarchive.markdown(text, { format = "plain" }))
end

describe("markdown", function()
  it("is CommonMark as HTML, its headings below the page's own", function()
    assert.equal("<h2>Mali</h2>\n<p>A <em>short</em> text.</p>\n", newsarchive.markdown "# Mali\n\nA *short* text.\n")
    assert.equal("<h6>Deep</h6>\n", newsarchive.markdown "###### Deep")
    assert.equal("<h1>Mali</h1>\n", newsarchive.markdown("# Mali", { shift = 0 }))
    assert.equal("<h5>Mali</h5>\n", newsarchive.markdown("## Mali", { shift = 3 }))
  end)

  it("is nothing for nothing", function()
    assert.equal("", newsarchive.markdown "")
    assert.equal("", plain " \n\t\n")
  end)

  it("gives the words alone as plain text, blocks parted by line ends", function()
    local text = table.concat({
      "# The *second* rebellion", "", "A colonel &amp; sixty",
      "fighters [desert](https://example.org/ 'x').  ", "They `ride` north.", "", "- one", "- two", "",
      "> ![The desert](desert.jpg)", "", "```", "a < b", "```",
    }, "\n")
    assert.equal(table.concat({
      "The second rebellion", "A colonel & sixty fighters desert.", "They ride north.", "one", "two", "The desert",
      "a < b",
    }, "\n"), plain(text))
  end)

  it("keeps every byte of other scripts", function()
    assert.equal("<p>图阿雷格 — “Азавад”</p>\n", newsarchive.markdown "图阿雷格 — “Азавад”")
  end)

  it("raises for what is no text or no option", function()
    assert.error_matches(function() newsarchive.markdown() end, "bad argument #1 to 'markdown'")
    assert.error_matches(function() newsarchive.markdown "a\xFF" end, "not valid UTF%-8")
    assert.error_matches(function() newsarchive.markdown("a", { format = "pdf" }) end, "'format': 'html' or 'plain'")
    assert.error_matches(function() newsarchive.markdown("a", { shift = 9 }) end, "'shift': 0 to 5")
    assert.error_matches(function() newsarchive.markdown("a", { depth = 1 }) end, "unknown field 'depth'")
  end)

  describe("of hostile texts", function()
    it("has no raw HTML", function()
      for _, text in ipairs {
        "<script>alert(1)</script>", "a <b onclick='x()'>b</b>", "<img src=x onerror=alert(1)>", "<!-- a --><iframe>",
        "<svg/onload=alert(1)>", "<a href='javascript:x'>y</a>", "<style>*{}</style>", "<![CDATA[<script>]]>",
      } do
        local html = newsarchive.markdown(text):gsub("<!%-%- raw HTML omitted %-%->", "")
        assert.equal("", (html:gsub("</?p>", ""):match "[<>].*" or ""), text)
      end
    end)

    it("has no link that a reader should not follow", function()
      for _, url in ipairs {
        "javascript:alert(1)", "JaVaScript:alert(1)", "data:text/html,x", "vbscript:x", "file:///etc/passwd", "blob:x",
        "javascript&colon;alert(1)", "&#106;avascript:x",
      } do
        assert.equal('<p><a href="#">x</a></p>\n', newsarchive.markdown("[x](" .. url .. ")"))
      end
      assert.equal('<p><a href="#">javascript:x</a></p>\n', newsarchive.markdown "<javascript:x>")
    end)

    it("keeps links that lead somewhere, and images with their alternative text", function()
      for _, url in ipairs { "https://example.org/?a=1", "HTTP://example.org", "mailto:a@example.org", "/7/", "#a" } do
        assert.equal(('<p><a href="%s">x</a></p>\n'):format(url), newsarchive.markdown(("[x](%s)"):format(url)))
      end
      assert.equal('<p><img src="a.jpg" alt="The &quot;old&quot; town" title="Gao" /></p>\n',
        newsarchive.markdown '![The "old" *town*](a.jpg "Gao")')
      assert.equal('<p><img src="" alt="x" /></p>\n', newsarchive.markdown "![x](javascript:alert(1))")
    end)

    it("cannot leave an attribute", function()
      assert.equal('<p><a href="/%22onclick=%22x" title="&quot;&gt;">a&lt;</a></p>\n',
        newsarchive.markdown '[a&lt;](/"onclick="x \'">\')')
    end)
  end)

  describe("has limits: a text beyond them comes out escaped, whole, and is reported", function()
    local function refused(code, line, text)
      local html, problem = newsarchive.markdown(text)
      assert.equal(code, problem and problem.code)
      assert.equal(line, problem.line)
      assert.is_string(problem.message)
      local escaped = html:match '^<pre class="plain">(.*)</pre>\n$'
      assert.equal(text, (escaped:gsub("&gt;", ">")))
      assert.equal(text, plain(text))
    end

    it("of size", function()
      refused("markdown-size", 1, ("word "):rep(220000))
    end)

    it("of quotes and lists in each other, on one line or built up line by line", function()
      refused("markdown-depth", 3, "a\n\n" .. (">"):rep(33) .. " deep")
      refused("markdown-depth", 1, ("- "):rep(33) .. "deep")
      refused("markdown-depth", 2, (">"):rep(30) .. "a\n" .. (">"):rep(30) .. ("1. "):rep(3) .. "b")
      local stairs = {}
      for i = 0, 40 do stairs[#stairs + 1] = ("  "):rep(i) .. "- step" end
      refused("markdown-depth", 33, table.concat(stairs, "\n"))
      refused("markdown-depth", 65, table.concat(stairs, "\nlazy\n"))
      refused("markdown-depth", 65, table.concat(stairs, "\n2. lazy\n"))
    end)

    it("of opening brackets in a paragraph", function()
      refused("markdown-brackets", 1, ("["):rep(1001))
      refused("markdown-brackets", 2, "a\n" .. ("![[]()"):rep(600))
      refused("markdown-brackets", 501, ("[\n2. ["):rep(600))
    end)

    it("and ordinary texts stay far below them", function()
      for _, text in ipairs {
        ("- - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - - -\n"):rep(3),
        (" "):rep(80) .. "- centred\n" .. (" "):rep(90) .. "> verse\n",
        ("- [a](/a)\n"):rep(5000), ("1. [a](/a)\n\n"):rep(5000), ("[a](/a)\n\n"):rep(5000),
        ("- a\n    - b\n        - c\n"):rep(500), ("> > quoted\n"):rep(500),
      } do
        local _, problem = newsarchive.markdown(text)
        assert.is_nil(problem and problem.message)
      end
    end)
  end)

  it("takes no text more than seconds of CPU time, however it was made", function()
    local megabyte = 1 << 20
    local function fill(piece) return piece:rep(megabyte // #piece) end
    local stairs = {}
    for i = 0, 700 do stairs[#stairs + 1] = ("  "):rep(i) .. "- a\n" end
    local ticks = {}
    for i = 1, 1440 do ticks[i] = ("`"):rep(i) .. "a" end
    for name, text in pairs {
      lists = ("- "):rep(5000) .. "a" .. ("\n"):rep(10000),
      ["lists at the limit"] = ("- "):rep(32) .. "a" .. ("\n"):rep(megabyte - 100),
      ["lists in a quote"] = "> " .. ("- "):rep(30) .. "a\n" .. (">\n"):rep(300000),
      ["growing lists"] = table.concat(stairs) .. ("\n"):rep(500000),
      images = fill "![[]()", ["images by paragraph"] = (("![[]()"):rep(499) .. "\n\n"):rep(340),
      ["emphasis in a quote"] = (">"):rep(5000) .. ("a*"):rep(500000),
      ["emphasis in a quote at the limit"] = (">"):rep(32) .. ("a*"):rep(520000),
      emphasis = fill "*a _a ", ["unclosed emphasis"] = fill "**x", ["mixed emphasis"] = fill "*a**a***a",
      ["code spans"] = table.concat(ticks), entities = fill "&", tags = fill "<a ", comments = fill "a<!-- ",
      ["processing instructions"] = fill "a<?", declarations = fill "a<!A", nul = fill "\0", returns = fill "\r",
      ["rising quotes"] = fill '<a b="', escapes = fill "\\", definitions = fill "[a]: /u 'x\n\n",
      headings = fill "a\n=\n", blanks = fill " ", breaks = fill "a      \n",
    } do
      local seconds = env.cpu_seconds(newsarchive.markdown, text)
      assert(seconds < CPU_SECONDS, ("%s: %.1f s"):format(name, seconds))
    end
  end)
end)
