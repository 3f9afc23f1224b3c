local core = require "newsarchive.core"
local parse = core.parse_yaml

-- The place and the code of what is wrong: "3:1 yaml-duplicate-key".
local function wrong(text, options)
  local value, message, details = parse(text, options)
  assert.is_nil(value)
  assert.is_string(message)
  return ("%d:%d %s"):format(details.line, details.column, details.code)
end

describe("core.parse_yaml", function()
  it("gives maps and lists as tables", function()
    assert.same({ title = "Rain", tags = { "weather", "Lissa" }, deep = { a = { b = { "c" } } } },
      parse "title: Rain\ntags: [weather, Lissa]\ndeep:\n  a:\n    b:\n    - c\n")
    assert.same({ {}, {} }, parse "- {}\n- []\n")
  end)

  it("leaves scalars as they are written", function()
    for _, word in ipairs { "no", "on", "012", "12:30", "1e3", "0x1F", "true", "2007-09-01", "2007-09-01T10:30:00Z" } do
      assert.equal(word, parse(word))
      assert.same({ word }, parse("- '" .. word .. "'"))
    end
  end)

  it("knows null", function()
    assert.same({ core.null, core.null, core.null, "", "null", "" }, parse "- ~\n- null\n-\n- ''\n- 'null'\n- !!str\n")
    assert.same({ a = core.null }, parse "a:")
    assert.equal(core.null, parse "")
    assert.equal(core.null, parse "# a comment\n")
    assert.same({ null = "a key is a text", ["~"] = "b" }, parse "null: a key is a text\n~: b")
  end)

  it("folds and quotes as YAML does", function()
    assert.equal("one two\n", parse "--- >\n  one\n  two\n")
    assert.equal("one\ntwo\n", parse "--- |\n  one\n  two\n")
    assert.equal("a\0b é", parse [["a\0b \u00e9"]])
  end)

  it("lets aliases share what their anchors name", function()
    assert.same({ base = { "x" }, again = { "x" }, ["<<"] = { "x" } }, parse "base: &b [x]\nagain: *b\n<<: *b\n")
    assert.equal("2:4 yaml-alias", wrong "a: b\nc: *d")
    assert.equal("1:5 yaml-alias", wrong "&a [*a]")
    assert.same({ { "old" }, { "new" }, { "new" } }, parse "- &a [old]\n- &a [new]\n- *a")
  end)

  it("refuses two keys of one name", function()
    assert.equal("3:1 yaml-duplicate-key", wrong "a: 1\nb: 2\na: 3\n")
    assert.equal("1:15 yaml-duplicate-key", wrong "{'ü': {x: 1, x: 2}}")
    local many = {}
    for i = 1, 100 do many[i] = ("key%d: %d\n"):format(i, i) end
    assert.equal("101:1 yaml-duplicate-key", wrong(table.concat(many) .. "key50: again\n"))
  end)

  it("refuses keys that are no texts", function()
    assert.equal("1:3 yaml-key", wrong "? [a]\n: b")
    assert.equal("1:3 yaml-key", wrong "? {a: b}\n: c")
    assert.equal("1:2 yaml-key", wrong "?\n: b")
    assert.equal("2:1 yaml-key", wrong "a: &x [b]\n*x : c")
  end)

  it("refuses a second document", function()
    assert.equal("2:1 yaml-documents", wrong "a: 1\n---\nb: 2\n")
    assert.same({ a = "1" }, parse "---\na: 1\n...\n")
  end)

  it("says where the syntax is wrong, columns in bytes", function()
    assert.equal("2:1 yaml-syntax", wrong "a: b\n* c\n")
    assert.equal("1:14 yaml-syntax", wrong "[é, é, é, }]")
    assert.equal("1:4 yaml-syntax", wrong 'a: "never closed\nb: c\n')
    local _, message, details = parse("a: [1, 2", { path = "day.yaml" })
    assert.matches("flow sequence", message)
    assert.equal("day.yaml", details.path)
  end)

  it("takes UTF-8 and UTF-16, and nothing else", function()
    assert.same({ a = "ü" }, parse "\xEF\xBB\xBFa: ü")
    assert.same({ a = "ü" }, parse "\xFF\xFEa\0:\0 \0\xFC\0")
    assert.same({ a = "ü" }, parse "\xFE\xFF\0a\0:\0 \0\xFC")
    assert.equal("2:4 yaml-encoding", wrong "a: 1\nb: \xFF")
    assert.equal("2:4 yaml-encoding", wrong "a: 1\nb: \1")
    assert.equal("1:4 yaml-encoding", wrong "a: \xED\xA0\x80")
    assert.equal("1:8 yaml-duplicate-key", wrong "\xEF\xBB\xBF{a: 1, a: 2}")
  end)

  describe("has limits", function()
    it("of depth", function()
      assert.is_table(parse(("["):rep(32) .. ("]"):rep(32)))
      assert.equal("1:33 yaml-depth", wrong(("["):rep(33)))
      for _, opening in ipairs { "[", "{", "[\n", "? ", "- ", "{a: " } do
        local start = os.clock()
        assert.is_nil((parse(opening:rep(65536))))
        assert.is_true(os.clock() - start < 1)
      end
    end)

    it("of bytes", function()
      assert.equal("1:1 yaml-size", wrong(("a"):rep((16 << 20) + 1)))
    end)

    it("of nodes, aliases followed", function()
      local bomb = { "- &x0 [a, a, a, a, a, a, a, a]" }
      for i = 1, 9 do bomb[#bomb + 1] = ("- &x%d [%s]"):format(i, ("*x%d, "):format(i - 1):rep(8)) end
      assert.equal("yaml-nodes", wrong(table.concat(bomb, "\n")):match "%S+$")
      assert.equal("yaml-nodes", wrong(("- a\n"):rep((1 << 20) + 1)):match "%S+$")
    end)

    it("of texts, aliases followed", function()
      local text = "- &x " .. ("a"):rep(1 << 20) .. ("\n- *x"):rep(20)
      assert.equal("17:3 yaml-size", wrong(text))
    end)

    it("of aliases", function()
      assert.equal("1002:3 yaml-aliases", wrong("- &a b" .. ("\n- *a"):rep(1001)))
    end)

    it("of what stands before a document", function()
      local directives = {}
      for i = 1, 100000 do directives[i] = ("%%TAG !x%d! tag:\n"):format(i) end
      local start = os.clock()
      assert.equal("1:1 yaml-directives", wrong(table.concat(directives) .. "--- a"))
      assert.is_true(os.clock() - start < 1)
      assert.equal("yaml-directives", wrong(table.concat(directives, "", 1, 33) .. "--- a"):match "%S+$")
      assert.equal("a", parse(table.concat(directives, "", 1, 32) .. "--- a"))
    end)
  end)

  it("survives being cut anywhere", function()
    local text = "%TAG !a! b\n--- &x\n? 'ü'\n: |\n  text\nb: {c: *y, \"\\u00e9\": [~, >\n"
    for i = 0, #text do
      local value, _, details = parse(text:sub(1, i))
      assert.is_true(value ~= nil or details.line > 0)
    end
  end)

  it("raises for misuse", function()
    assert.error_matches(function() parse() end, "string expected")
    assert.error_matches(function() parse(12) end, "string expected")
    assert.error_matches(function() parse("a", { file = "x" }) end, "unknown field 'file'")
    assert.error_matches(function() parse("a", { path = 1 }) end, "field 'path'")
  end)
end)
