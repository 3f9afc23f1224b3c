--- What lists are asked in several places.
-- @module newsarchive.lists
local lists = {}

--- Whether a list has an item.
-- @tparam ?{any,...} list nil has none
-- @tparam any item
-- @treturn boolean
function lists.has(list, item)
  for _, one in ipairs(list or {}) do
    if one == item then return true end
  end
  return false
end

local function by_text(a, b)
  return tostring(a) < tostring(b)
end

--- The keys of a table in an order that is the same on every run.
-- @tparam table map
-- @treturn {any,...} as texts ascend
function lists.sorted_keys(map)
  local keys, compare = {}, nil
  for key in pairs(map) do
    keys[#keys + 1] = key
    if type(key) ~= "string" then compare = by_text end
  end
  table.sort(keys, compare)
  return keys
end

return lists
