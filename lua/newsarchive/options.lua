--- Checking of what methods are given: one place, unknown keys refused.
-- @module newsarchive.options
local options = {}

local function fail(level, position, name, message)
  error(("bad argument #%d to '%s' (%s)"):format(position, name, message), level)
end

--- Checks a table of options.
-- @tparam integer position of the argument, for messages
-- @tparam string name of the function, for messages
-- @tparam ?table given nil is an empty table
-- @tparam table types of the fields: a type's name, or a list of the values that are allowed
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
  for key, expected in pairs(types) do
    local value = given[key]
    if value ~= nil and type(expected) == "table" then
      local allowed = false
      for _, candidate in ipairs(expected) do allowed = allowed or candidate == value end
      if not allowed then
        fail(4, position, name, ("field '%s': one of %s expected"):format(key, table.concat(expected, ", ")))
      end
    elseif value ~= nil and type(value) ~= expected and math.type(value) ~= expected then
      fail(4, position, name, ("field '%s': %s expected, got %s"):format(key, expected, type(value)))
    end
  end
  return given
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
