-- `make check-deep` lets memory run out in every function that spec/support/faults.lua calls: none may be missing.

local core = require "newsarchive.core"
local env = require "spec.support.env"

describe("spec/support/faults.lua", function()
  local script = env.read "spec/support/faults.lua"

  it("calls every function and method of the core", function()
    local missing = {}
    local function look(names, mark)
      for name, value in pairs(names) do
        if type(value) == "function" and not script:find(mark .. name .. "%f[%W]") then missing[#missing + 1] = name end
      end
    end
    look(core, "core%.")
    for key, meta in pairs(debug.getregistry()) do
      if type(key) == "string" and key:find "^newsarchive%." and meta.__index then look(meta.__index, ":") end
    end
    assert.same({}, missing)
  end)

  it("runs", function()
    for _, section in ipairs(dofile "spec/support/faults.lua") do
      assert(pcall(section[2]), section[1])
    end
  end)
end)
