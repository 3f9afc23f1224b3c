--- Checking of what methods are given: one place, unknown keys refused.
-- @module newsarchive.options
local lists = require "newsarchive.lists"

local options = {}

--- How many relations or hits may be asked for at once, as the core has it.
options.LIMIT_MAX = 1000
--- How many OS threads, as the core has it.
options.JOBS_MAX = 64

local function fail(level, position, name, message)
  error(("bad argument #%d to '%s' (%s)"):format(position, name, message), level)
end

--- A number between two others, as a type for `check`.
-- @tparam string kind "integer" or "number"
-- @tparam number least
-- @tparam[opt] number most
-- @treturn table
function options.range(kind, least, most)
  return { kind = kind, least = least, most = most }
end

--- The type of `limit`, where at most so many relations or hits are asked for.
options.LIMIT = options.range("integer", 0, options.LIMIT_MAX)
--- The type of `jobs`: OS threads.
options.JOBS = options.range("integer", 1, options.JOBS_MAX)

-- The name of a table's metatable, or nil.
local function class_of(value)
  local meta = type(value) == "table" and getmetatable(value)
  return type(meta) == "table" and meta.__name or nil
end

-- What is wrong with a value for a type, or nil.
local function fault_of(value, expected)
  if expected[1] then
    return not lists.has(expected, value) and ("one of %s expected"):format(table.concat(expected, ", ")) or nil
  end
  local kind, name = expected.kind or expected, class_of(value)
  if type(value) ~= kind and math.type(value) ~= kind and name ~= kind then
    return ("%s expected, got %s"):format(kind:gsub("^newsarchive%.", ""), name or type(value))
  end
  if expected.least and not (value >= expected.least and value <= (expected.most or math.huge)) then
    return ("%s %s expected"):format(expected.least, expected.most and "to " .. expected.most or "or more")
  end
end

--- Checks a table of options.
-- @tparam integer position of the argument, for messages
-- @tparam string name of the function, for messages
-- @tparam ?table given nil is an empty table
-- @tparam table types of the fields: a type's name or a metatable's, a list of the values that are allowed, a `range`
-- @treturn table given, or an empty one
function options.check(position, name, given, types)
  if given == nil then return {} end
  if type(given) ~= "table" then fail(4, position, name, "table expected, got " .. type(given)) end
  local unknown
  for key in pairs(given) do
    if types[key] == nil then
      local shown = tostring(key)
      if not unknown or shown < unknown then unknown = shown end
    end
  end
  if unknown then fail(4, position, name, ("unknown field '%s'"):format(unknown)) end
  local wrong
  for key, value in pairs(given) do
    if fault_of(value, types[key]) and (not wrong or key < wrong) then wrong = key end
  end
  if wrong then fail(4, position, name, ("field '%s': %s"):format(wrong, fault_of(given[wrong], types[wrong]))) end
  return given
end

--- What the core says is wrong with an argument.
-- @tparam string message of an error
-- @treturn ?string nil where it is about something else
function options.fault(message)
  return message:match "bad argument #[^(]*%((.*)%)$"
end

--- Hands to the core what a method was given: what is wrong with it raises where the method was called.
-- @tparam integer position of the argument that `call` looks at, for messages
-- @tparam string name of the method, for messages
-- @tparam function call
-- @param ... its arguments
-- @return what it gave
function options.pass(position, name, call, ...)
  local results = table.pack(pcall(call, ...))
  if results[1] then return table.unpack(results, 2, results.n) end
  local fault = options.fault(results[2])
  if not fault then error(results[2], 0) end
  fail(4, position, name, fault)
end

--- The core's report that an argument stands for.
-- @tparam any value
-- @treturn ?Report nil where it is no report
function options.report_of(value)
  return class_of(value) == "newsarchive.report" and value.core or nil
end

--- The number of the story that an argument of a method stands for.
-- @tparam archive archive
-- @tparam any story a story or its id; anything else raises where the method was called
-- @tparam integer position of the argument, for messages
-- @tparam string name of the method, for messages
-- @treturn ?integer nil where the archive has no such story
function options.number_of(archive, story, position, name)
  local id = story
  if type(story) == "table" then id = story.id end
  if type(id) ~= "string" then
    error(("bad argument #%d to '%s' (a story or its id expected, got %s)"):format(position, name, type(story)), 3)
  end
  return archive.core:find(id)
end

--- Checks the dates of a table of options, which `check` has looked at.
-- @tparam integer position of the argument, for messages
-- @tparam string name of the function, for messages
-- @tparam table given `from` and `to`, both of which may be nil
-- @tparam Archive core
-- @treturn table given
function options.check_dates(position, name, given, core)
  for _, field in ipairs { "from", "to" } do
    if given[field] and not pcall(core.range, core, given[field]) then
      fail(4, position, name, ("field '%s': ISO 8601 date expected"):format(field))
    end
  end
  return given
end

return options
