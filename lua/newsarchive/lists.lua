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

return lists
