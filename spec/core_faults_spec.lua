-- `make check-deep` lets memory run out in every function of the core that spec/support/faults.lua calls: none may be missing.

local core = require "newsarchive.core"
local env = require "spec.support.env"

describe("spec/support/faults.lua", function()
  local script = env.read "spec/support/faults.lua"

  it("calls every function of the core", function()
    for name, value in pairs(core) do
      assert(type(value) ~= "function" or script:find("core%." .. name .. "%f[%W]"), name .. " is not called")
    end
  end)

  it("calls every method", function()
    for key, meta in pairs(debug.getregistry()) do
      local ours = type(key) == "string" and key:find "^newsarchive%."
      for name in pairs(ours and type(meta.__index) == "table" and meta.__index or {}) do
        assert(script:find(":" .. name .. "%f[%W]"), key .. ":" .. name .. " is not called")
      end
    end
  end)

  it("runs", function()
    for _, section in ipairs(dofile "spec/support/faults.lua") do
      assert(pcall(section[2]), section[1])
    end
  end)
end)
