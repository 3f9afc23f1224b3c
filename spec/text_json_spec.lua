-- JSON in and out: the same value gives the same bytes, and comes back the same.

local core = require "newsarchive.core"
local numbers = require("spec.support.random").numbers
local encode, decode, null = core.encode_json, core.decode_json, core.null

describe("encode_json", function()
  it("sorts keys and leaves no blanks", function()
    assert.equal('{"a":[1,2.5,"x"],"b":{"c":true,"d":null}}',
      encode { b = { d = null, c = true }, a = { 1, 2.5, "x" } })
  end)

  it("takes scalars too", function()
    assert.equal('"é"', encode "é")
    assert.equal("9223372036854775807", encode(math.maxinteger))
    assert.equal("false", encode(false))
    assert.equal("null", encode(null))
  end)

  it("takes an empty table for a list", function()
    assert.equal("[]", encode {})
  end)

  it("escapes controls, a NUL among them", function()
    assert.equal([["a\u0000\n\"\\"]], encode 'a\0\n"\\')
  end)

  it("raises for what JSON cannot say", function()
    local cyclic = {}
    cyclic.self = cyclic
    for message, value in pairs {
      ["no form for a function"] = print, ["not finite"] = { 1 / 0 }, ["contain themselves"] = cyclic,
      ["keys of an object must be strings"] = { a = 1, [2] = 3 }, ["string is not valid UTF-8"] = "\xFF",
      ["key is not valid UTF-8"] = { ["\xFF"] = 1 }, ["key holds a NUL"] = { ["a\0b"] = 1 },
    } do
      assert.error_matches(function() encode(value) end, message, 1, true)
    end
    assert.has_error(encode)
  end)
end)

describe("decode_json", function()
  it("gives tables, with integers as integers and null as newsarchive.null", function()
    local value = decode '{"a":[1,2.5,null],"b":{}}'
    assert.same({ a = { 1, 2.5, null }, b = {} }, value)
    assert.equal("integer", math.type(value.a[1]))
    assert.equal("float", math.type(value.a[2]))
  end)

  it("gives nil for what is no JSON", function()
    for _, text in ipairs { "", "{", "[1,]", "{'a':1}", "nan", "\xFF", '"\\ud800"', "[1] 2" } do
      assert.is_nil(decode(text), text)
    end
  end)

  it("stops at depths that no document has", function()
    local deep = 150
    assert.is_table(decode(("["):rep(deep) .. ("]"):rep(deep)))
    assert.error_matches(function() decode(("["):rep(2000) .. ("]"):rep(2000)) end, "nests too deep", 1, true)
    assert.is_nil(decode(("["):rep(100000)))
  end)

  it("gives back what encode_json was given", function()
    local random = numbers(7)
    local scalars = {
      0, -1, math.mininteger, 0.1, -1e300, 1e-300, "", "é\0\u{10FFFF}", "</script>", true, false, null,
    }
    local function value(depth)
      local kind = random(depth > 4 and 1 or 3)
      if kind == 1 then return scalars[random(#scalars)] end
      local made = {}
      for i = 1, random(5) do
        if kind == 2 then made[i] = value(depth + 1) else made["key " .. random(9)] = value(depth + 1) end
      end
      return made
    end
    for _ = 1, 300 do
      local given = value(0)
      local text = encode(given)
      assert.same(given, decode(text))
      assert.equal(text, encode(decode(text)))
    end
  end)
end)
