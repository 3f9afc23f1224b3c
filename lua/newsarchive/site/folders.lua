--- Folders on the disk.
-- @module newsarchive.site.folders
local uv = require "luv"

local folders = {}

local MODE = tonumber("755", 8)

--- Makes a folder and those above it; fine where it is there already.
-- @tparam string path
-- @treturn ?boolean true
-- @treturn string what was wrong
function folders.make(path)
  local made, message, code = uv.fs_mkdir(path, MODE)
  if made then return true end
  if code == "ENOENT" then
    local above = path:match("^(.*[^/])/+[^/]+/*$")
    if not above then return nil, message end
    local fine, why = folders.make(above)
    if not fine then return nil, why end
    made, message, code = uv.fs_mkdir(path, MODE)
    if made then return true end
  end
  if code == "EEXIST" then
    local stat = uv.fs_stat(path)
    if stat and stat.type == "directory" then return true end
    return nil, path .. " is there and is no folder"
  end
  return nil, message
end

return folders
