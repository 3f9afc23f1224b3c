local core = require "newsarchive.core"

describe("a report of the core", function()
  local function report()
    return core.report():add { date = "2007-09-01", title = "A", context = { "Mali" }, tags = { "x" } }
  end

  it("has a length: its stories", function()
    assert.equal(0, #core.report())
    assert.equal(1, #report())
  end)

  it("amends the fields of a story that are given, and leaves the others", function()
    local story = report():amend(1, { order = 3, context = { "Tuareg", "Gao" }, origin = { line = 7 } }):story(1)
    assert.same({
      date = "2007-09-01", title = "A", tags = { "x" }, order = 3, context = { "Gao", "Tuareg" }, origin = { line = 7 },
    }, story)
  end)

  it("refuses changes that make no story", function()
    assert.error_matches(function() report():amend(2, {}) end, "no such story")
    assert.error_matches(function() report():amend(1) end, "table expected")
    assert.error_matches(function() report():amend(1, { date = "soon" }) end, "'date': ISO 8601")
    assert.error_matches(function() report():amend(1, { tittle = "B" }) end, "unknown field 'tittle'")
    assert.error_matches(function() report():amend(1, { title = 1 }) end, "'title': string expected")
    assert.error_matches(function() local closed = report() closed:close() return #closed end, "closed")
  end)
end)
