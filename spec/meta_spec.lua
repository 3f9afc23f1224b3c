-- lua/newsarchive/meta.lua says what an editor shows of the module: all that is there, and nothing else.

local newsarchive = require "newsarchive"
local core = require "newsarchive.core"
local env = require "spec.support.env"

local stub = env.read "lua/newsarchive/meta.lua"

local function sorted(set)
  local names = {}
  for name in pairs(set) do names[#names + 1] = name end
  table.sort(names)
  return names
end

-- The functions that the stub gives a table, and the fields that it gives a class.
local function declared_functions(object)
  local names = {}
  for name in stub:gmatch("\nfunction " .. object .. "[.:]([%w_]+)") do names[name] = true end
  return names
end

local function declared_fields(class)
  local names, inside = {}, false
  for line in stub:gmatch "[^\n]*" do
    if line:find "^%-%-%-@class" then inside = line:match "^%-%-%-@class (%S+)" == "newsarchive" .. class end
    if line == "" then inside = false end
    local name = inside and line:match "^%-%-%-@field ([%w_]+)"
    if name then names[name] = true end
  end
  assert(next(names), "no class newsarchive" .. class)
  return names
end

-- Constructors stand in newsarchive itself.
local constructors = { new = true, open = true }

local function methods(object)
  local names = {}
  for name, value in pairs(getmetatable(object).__index) do
    if type(value) == "function" and not constructors[name] then names[name] = true end
  end
  return sorted(names)
end

describe("lua/newsarchive/meta.lua", function()
  it("is Lua", function()
    assert(load(stub))
  end)

  it("has every name of require 'newsarchive'", function()
    local real, declared = {}, declared_functions "newsarchive"
    for name in pairs(newsarchive) do real[name] = true end
    for name in pairs(declared_fields "") do declared[name] = true end
    assert.same(sorted(real), sorted(declared))
  end)

  it("has every method of an archive", function()
    assert.same(methods(newsarchive.new()), sorted(declared_functions "archive"))
  end)

  it("has every method and count of a report", function()
    local report = newsarchive.parse("jsonl", "")
    assert.same(methods(report), sorted(declared_functions "report"))
    assert.same(sorted(report:counts()), sorted(declared_fields ".Counts"))
  end)

  -- The core's own table of fields, from its source.
  local shapes = env.read "csrc/parse/story.c"

  for class, shape in pairs {
    Story = "na_story", Source = "na_source", Mention = "na_mention", Declared = "na_declared",
    Headline = "na_headline", Origin = "na_origin",
  } do
    it("has every field of a " .. shape, function()
      local fields = {}
      for name in shapes:gmatch("%u%u%u%u%u%u?%(" .. shape .. ", ([%w_]+)") do fields[name] = true end
      assert.same(sorted(fields), sorted(declared_fields("." .. class)))
    end)
  end

  it("has every field of a problem", function()
    local problem = core.report():note { path = "a", line = 1, column = 1, message = "odd" }:problem(1)
    assert.same(sorted(problem), sorted(declared_fields ".Problem"))
  end)

  it("knows the fields of a relation", function()
    local archive = newsarchive.new()
    archive:add { title = "a", date = "2007-09-01", context = { "T" } }
    archive:add { title = "b", date = "2007-09-02", context = { "T" } }
    archive:add { title = "A thing happens in Mali", date = "2007-09-03" }
    archive:add { title = "A thing happens in Mali", date = "2007-09-04" }
    archive:add { title = "A thing ends in Mali", date = "2007-09-05" }
    local led = archive:course("2007-09-05/a-thing-ends-in-mali", { least = 0 }).before
    assert.same(sorted(led[#led]), sorted(declared_fields ".Relation"))
  end)
end)

describe("the reference", function()
  it("describes every function of the core", function()
    local pipe <close> = assert(io.popen "cat csrc/lua/*.c")
    local source, missing = pipe:read "a", {}
    local function look(names, type_name)
      for name, value in pairs(names) do
        local full = type_name .. name
        local described = name == "close" or source:find("@function " .. full .. "\n", 1, true)
        if type(value) == "function" and not described then missing[#missing + 1] = full end
      end
    end
    look(core, "")
    for key, meta in pairs(debug.getregistry()) do
      local type_name = type(key) == "string" and key:match "^newsarchive%.(.*)"
      if type_name and meta.__index then look(meta.__index, type_name .. ":") end
    end
    assert.same({}, missing)
  end)
end)
