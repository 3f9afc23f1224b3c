describe("newsarchive.core", function()
  local core = require "newsarchive.core"

  it("runs on Lua 5.4", function()
    assert.equal("Lua 5.4", _VERSION)
  end)

  it("says its version", function()
    assert.matches("^%d+%.%d+%.%d+$", core.version)
  end)
end)
