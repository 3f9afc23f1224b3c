--- The output folder: writes what changed, removes what no longer belongs, never leaves its folder.
--
-- The manifest tells which files are ours, with the size and the fingerprint of what was written. Before files are
-- written their paths go into a journal; a build that is killed leaves the journal, and the next one writes those files
-- again, whatever they hold. So a half page is never taken for a whole one.
-- @module newsarchive.site.output
local core = require "newsarchive.core"
local folders = require "newsarchive.site.folders"
local lists = require "newsarchive.lists"
local uv = require "luv"

local output = {}
output.__index = output

local SEGMENT_MAX_BYTES = 255 -- NAME_MAX of every usual file system
local PATH_MAX_BYTES = 1024   -- well within PATH_MAX, the output folder's own path in front
local WRITTEN_AT_ONCE = 64    -- pages that wait for one line of journal
local DOT, SLASH = ("./"):byte(1, 2)
local FILE_MODE = tonumber("644", 8)
local FOLDER_MODE = tonumber("755", 8)
local MANIFEST_HEAD = "newsarchive manifest 1"

local fingerprint = core.fingerprint

--- Whether a path is one that may be written: relative, and of plain segments.
-- @tparam string path
-- @treturn boolean
-- @treturn ?string why not
function output.is_safe(path)
  if path == "" then return false, "the path is empty" end
  if #path > PATH_MAX_BYTES then return false, ("the path has more than %d bytes"):format(PATH_MAX_BYTES) end
  if path:find("[%z\1-\31\127\\]") then return false, "the path has control characters or backslashes" end
  if path:byte(1) == SLASH or path:byte(-1) == SLASH or path:find("//", 1, true) then
    return false, "the path has an empty part"
  end
  local has_dot = path:find("/.", 1, true) or path:byte(1) == DOT -- at the begin of a part
  local dots = has_dot and path:match("%f[^/%z]%.%.?%f[/%z]")
  if dots then return false, ("the path has a part '%s'"):format(dots) end
  if #path > SEGMENT_MAX_BYTES then
    for segment in path:gmatch("[^/]+") do
      if #segment > SEGMENT_MAX_BYTES then
        return false, ("the path has a part of more than %d bytes"):format(SEGMENT_MAX_BYTES)
      end
    end
  end
  return true
end

local function read_file(path)
  local file <close> = io.open(path, "rb")
  return file and file:read("a")
end

-- path -> "size fingerprint" of the last build that came to its end.
local function read_manifest(path)
  local known = {}
  local text = read_file(path)
  if not text or text:match("^[^\n]*") ~= MANIFEST_HEAD then return known end
  for mark, name in text:gmatch("\n(%d+ %x+) ([^\n]+)") do known[name] = mark end
  return known
end

-- What a killed build was writing is ours, but nobody knows what is in it.
local function read_journal(path, known)
  local text = read_file(path)
  for name in (text or ""):gmatch("([^\n]+)\n") do known[name] = "" end
  return text ~= nil
end

--- Opens an output folder.
-- @tparam table options `directory` (where pages go), `state` (the folder of manifest and journal), `name` (of the
-- manifest in it), `full` (write everything), `check` (write nothing)
-- @treturn ?Output
-- @treturn string what was wrong
function output.open(options)
  local self = setmetatable({
    directory = options.directory, full = options.full, check = options.check,
    marks = {}, parents = {}, made = {}, waiting = {}, known = {}, problems = {},
    files = 0, written = 0, unchanged = 0, removed = 0, bytes = 0,
  }, output)
  if options.check then return self end
  self.manifest = options.state .. "/" .. options.name
  self.journal = self.manifest .. ".journal"
  for _, folder in ipairs { options.directory, options.state } do
    local made, message = folders.make(folder)
    if not made then return nil, message end
  end
  self.known = read_manifest(self.manifest)
  read_journal(self.journal, self.known)
  return self
end

local function note(self, path, code, message)
  self.problems[#self.problems + 1] = { path = path, code = code, message = message }
end

-- Whether no other page has this path, or needs a folder of this name.
local function claim(self, path)
  local marks, parents = self.marks, self.parents
  if marks[path] then return false, "two pages claim this path; the first one stays" end
  if parents[path] then return false, "this page has the name of a folder of other pages" end
  local folder = path:match("^(.*)/[^/]*$")
  while folder and not parents[folder] do
    if marks[folder] then return false, "a page has the name of this page's folder" end
    parents[folder] = true
    folder = folder:match("^(.*)/[^/]*$")
  end
  return true
end

-- The folder is made when the first file goes into it.
local function make_parent(self, path)
  local folder = path:match("^(.*)/[^/]*$")
  if not folder or self.made[folder] then return true end
  self.made[folder] = true
  if uv.fs_mkdir(self.directory .. "/" .. folder, FOLDER_MODE) then return true end
  return folders.make(self.directory .. "/" .. folder)
end

local function write_file(self, path, content)
  local made, reason = make_parent(self, path)
  if not made then return nil, reason end
  local file, message = uv.fs_open(self.directory .. "/" .. path, "w", FILE_MODE)
  if not file then return nil, message end
  local written, why = uv.fs_write(file, content, -1)
  local closed, cause = uv.fs_close(file)
  if written ~= #content then return nil, why or "the disk took only a part of it" end
  return closed, cause
end

-- Writes the pages that wait, their names into the journal first.
local function flush(self)
  local waiting = self.waiting
  if #waiting == 0 then return end
  local names = {}
  for i = 1, #waiting, 2 do names[#names + 1] = waiting[i] end
  if not self.journal_file then self.journal_file = assert(io.open(self.journal, "ab")) end
  assert(self.journal_file:write(table.concat(names, "\n"), "\n"))
  assert(self.journal_file:flush())
  for i = 1, #waiting, 2 do
    local written, message = write_file(self, waiting[i], waiting[i + 1])
    if not written then
      self.marks[waiting[i]] = ""
      note(self, waiting[i], "cannot-write", message)
    end
  end
  self.waiting = {}
end

-- Whether the file on the disk is what the manifest says; a file that somebody removed or cut is written again.
local function is_there(self, path, size)
  local stat = uv.fs_stat(self.directory .. "/" .. path)
  return stat ~= nil and stat.size == size
end

--- Takes a page. Writes it where it is new or changed, sooner or later.
-- @tparam string path relative to the output folder
-- @tparam string content
-- @treturn boolean false where the page was refused: the problem is noted
function output:put(path, content)
  local fine, message = output.is_safe(path)
  local code = "unsafe-path"
  if fine then
    fine, message = claim(self, path)
    code = "path-claimed-twice"
  end
  if not fine then
    note(self, path, code, message)
    return false
  end
  self.files, self.bytes = self.files + 1, self.bytes + #content
  if self.check then
    self.marks[path] = ""
    return true
  end
  local mark = #content .. " " .. fingerprint(content)
  self.marks[path] = mark
  if not self.full and self.known[path] == mark and is_there(self, path, #content) then
    self.unchanged = self.unchanged + 1
    return true
  end
  self.written = self.written + 1
  local waiting = self.waiting
  waiting[#waiting + 1], waiting[#waiting + 2] = path, content
  if #waiting >= 2 * WRITTEN_AT_ONCE then flush(self) end
  return true
end

-- Removes a file of ours, and the folders that are empty without it.
local function remove(self, path)
  local removed, message, code = uv.fs_unlink(self.directory .. "/" .. path)
  if not removed and code ~= "ENOENT" and code ~= "ENOTDIR" then
    note(self, path, "cannot-remove", message)
    self.marks[path] = "" -- still ours: the next build tries again
    return
  end
  self.removed = self.removed + 1
  local folder = path:match("^(.*)/[^/]*$")
  while folder and uv.fs_rmdir(self.directory .. "/" .. folder) do folder = folder:match("^(.*)/[^/]*$") end
end

local function write_manifest(self)
  local lines = { MANIFEST_HEAD }
  for _, path in ipairs(lists.sorted_keys(self.marks)) do
    local mark = self.marks[path]
    lines[#lines + 1] = (mark == "" and "0 0" or mark) .. " " .. path
  end
  lines[#lines + 1] = ""
  local text = table.concat(lines, "\n")
  local file = assert(io.open(self.manifest .. ".new", "wb"))
  assert(file:write(text))
  assert(file:close())
  assert(os.rename(self.manifest .. ".new", self.manifest))
end

--- Ends the build: writes what waits, removes what is left of earlier builds, and writes the manifest.
function output:finish()
  if self.check then return end
  flush(self)
  for _, path in ipairs(lists.sorted_keys(self.known)) do
    if not self.marks[path] and output.is_safe(path) then remove(self, path) end
  end
  write_manifest(self)
  if self.journal_file then self.journal_file:close() end
  uv.fs_unlink(self.journal)
end

return output
