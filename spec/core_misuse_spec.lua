-- Whatever Lua can reach in the core survives whatever Lua can hand it: a value or an error, never a crash.
-- The functions are found by walking, so a new one is tried without being named here.

local core = require "newsarchive.core"
local uv = require "luv"

-- Every object of the core, open; a new type goes here, and the spec below says so where it was forgotten.
local make = {
  ["newsarchive.Report"] = function() return core.report() end,
  ["newsarchive.Ids"] = function() return core.ids() end,
  ["newsarchive.Archive"] = function() return core.archive "en" end,
  ["newsarchive.Names"] = function() return core.names() end,
  ["newsarchive.Scout"] = function() return core.learn_scout(core.report()) end,
  ["newsarchive.Relations"] = function() return core.relations(core.archive()) end,
  ["newsarchive.XmlReader"] = function() return core.xml_reader(core.report()) end,
  ["newsarchive.Search"] = function() return core.search(core.archive "en") end,
  ["newsarchive.Result"] = function() return core.search(core.archive "en"):find "a" end,
}

-- All functions below `value`, as { name = function }: through tables, metatables and userdata, each once.
local function reachable(value, name, found, seen)
  if type(value) == "function" then
    found[name] = value
  elseif type(value) == "table" and not seen[value] then
    seen[value] = true
    for key, item in pairs(value) do reachable(item, name .. "." .. tostring(key), found, seen) end
  end
  local meta = type(value) ~= "string" and debug.getmetatable(value)
  if meta then reachable(meta, name .. ":meta", found, seen) end
  return found
end

local function closed(kind)
  local object = make[kind]()
  object:close()
  return object
end

-- Lists of arguments, made anew for every call, since a call may change or close them.
local function attempts()
  local many = {}
  for i = 1, 300 do many[i] = i % 3 == 0 and "x" or i end
  local cyclic = {}
  cyclic[1], cyclic.title, cyclic.date = cyclic, cyclic, cyclic
  local lists = {
    {}, { n = 1 }, { 1 }, { 0 }, { -1 }, { math.mininteger }, { math.maxinteger }, { 0.5 }, { 0 / 0 }, { "" },
    { "text" }, { "\0\xFF\xFE" }, { ("a"):rep(100000) }, { true }, { {} }, { cyclic }, { print },
    { setmetatable({}, { __index = error }) }, { coroutine.create(print) }, { io.stdout }, { core.null }, many,
  }
  for kind, new in pairs(make) do
    for _, object in ipairs { new(), closed(kind) } do
      lists[#lists + 1] = { object }
      for _, first in ipairs { 1, 0, -1, "", "text", "jsonl", {}, cyclic, true, print, io.stdout, core.null } do
        lists[#lists + 1] = { object, first }
        lists[#lists + 1] = { object, first, first }
        lists[#lists + 1] = { object, first, {}, first, object }
        lists[#lists + 1] = { object, "jsonl", first, first }
        lists[#lists + 1] = { object, 1, first, first }
      end
      for other in pairs(make) do
        lists[#lists + 1] = { object, make[other]() }
        lists[#lists + 1] = { object, closed(other) }
      end
      lists[#lists + 1] = { object, table.unpack(many) }
    end
  end
  for _, text in ipairs { "", "text", "a: [b, {c: d}]", "\xFF" } do
    for _, second in ipairs { 1, "archive", {}, cyclic, true, io.stdout } do
      lists[#lists + 1] = { text, second }
      lists[#lists + 1] = { text, second, second }
    end
  end
  return lists
end

describe("misuse of newsarchive.core", function()
  local functions = reachable(core, "core", {}, {})
  for kind, new in pairs(make) do reachable(new(), kind, functions, {}) end
  local names = {}
  for name in pairs(functions) do names[#names + 1] = name end
  table.sort(names)

  -- What a function takes for the name of a file goes into a folder of its own.
  local home, folder
  setup(function()
    home, folder = uv.cwd(), assert(uv.fs_mkdtemp(uv.os_tmpdir() .. "/newsarchive-XXXXXX"))
    assert(uv.chdir(folder))
  end)
  teardown(function()
    assert(uv.chdir(home))
    for name in uv.fs_scandir_next, (assert(uv.fs_scandir(folder))) do os.remove(folder .. "/" .. name) end
    assert(os.remove(folder))
  end)

  for _, name in ipairs(names) do
    it("is survived by " .. name, function()
      for _, arguments in ipairs(attempts()) do
        local ok, message = pcall(functions[name], table.unpack(arguments, 1, arguments.n or #arguments))
        assert(ok or type(message) == "string", name .. " raised no message")
      end
      collectgarbage()
    end)
  end

  it("is tried on every type that the core registers", function()
    for key, meta in pairs(debug.getregistry()) do
      local ours = type(key) == "string" and key:find "^newsarchive%."
      local methods = ours and meta.__index or {}
      local handed_out = false -- what only holds memory for a while can do nothing but close
      for name in pairs(methods) do handed_out = handed_out or name ~= "close" end
      assert(not handed_out or make[key], tostring(key) .. " is missing from spec/core_misuse_spec.lua")
    end
  end)

  for kind, new in pairs(make) do
    describe("of a " .. kind, function()
      it("says that it is closed", function()
        local object = closed(kind)
        for name, method in pairs(debug.getmetatable(object).__index) do
          if name ~= "close" then
            local ok, message = pcall(method, object)
            assert.is_false(ok)
            assert.matches("is closed", message, 1, true)
          end
        end
        assert.matches("closed", tostring(object), 1, true)
      end)

      it("may close twice, and again by the collector and by its block", function()
        do
          local object <close> = new()
          object:close()
          object:close()
          debug.getmetatable(object).__gc(object)
        end
        collectgarbage()
      end)

      it("names the type that it wanted", function()
        for name, method in pairs(debug.getmetatable(new()).__index) do
          local ok, message = pcall(method, io.stdout)
          assert.is_false(ok, name)
          assert.matches(kind .. " expected", message, 1, true)
        end
      end)
    end)
  end
end)

describe("misuse of newsarchive", function()
  local newsarchive = require "newsarchive"
  local archive = newsarchive.new()
  local report = newsarchive.parse("jsonl", "")

  -- No strings: `save` would write them.
  local values = {
    1, 0.5, true, {}, { unknown = 1 }, print, io.stdout, core.null, core.report(), closed "newsarchive.Report",
  }

  for name, call in pairs(reachable({ newsarchive, archive, report }, "newsarchive", {}, {})) do
    it("is survived by " .. name, function()
      local lists = { {}, { n = 1 } }
      for _, value in ipairs(values) do
        table.move({ { value }, { value, value }, { archive, value }, { report, value }, { archive, {}, value } },
          1, 5, #lists + 1, lists)
      end
      for _, arguments in ipairs(lists) do
        local ok, message = pcall(call, table.unpack(arguments, 1, arguments.n or #arguments))
        assert(ok or type(message) == "string", name .. " raised no message")
      end
    end)
  end
end)
