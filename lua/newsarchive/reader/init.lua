--- Readers: which format a file has, and reading it.
-- A reader is a table: `name`; `matches(path, head)`, which says whether a file is of this format by its path and its
-- first bytes; `read(report, path, text, options)`, which appends to a core report; where files of the format may be
-- larger than memory also `stream(report, path, next_piece, options)`. A site may register its own.
-- @module newsarchive.reader
local reader = {}

--- Bytes of a file that `matches` sees.
reader.HEAD_BYTES = 4096

--- Bytes that `stream` is given at once: enough that the calls do not count.
reader.PIECE_BYTES = 256 * 1024

-- The order is the order of asking: what knows its files by their content comes before what goes by the extension.
local registry = {}
local by_name = {}

--- Adds a reader, or replaces the one of the same name.
-- @tparam table definition `name`, `matches(path, head)`, `read(report, path, text, options)`
function reader.register(definition)
  for _, field in ipairs { "matches", "read" } do
    if type(definition) ~= "table" or type(definition.name) ~= "string" or type(definition[field]) ~= "function" then
      error("bad argument #1 to 'register_reader' (a table with 'name', 'matches' and 'read' expected)", 2)
    end
  end
  if not by_name[definition.name] then table.insert(registry, definition) end
  for i, known in ipairs(registry) do
    if known.name == definition.name then registry[i] = definition end
  end
  by_name[definition.name] = definition
end

for _, name in ipairs {
  "context", "dayfile", "mediawiki_json", "mediawiki_xml", "jsonl", "markdown", "wikitext",
} do
  reader.register(require("newsarchive.reader." .. name))
end

--- The names of all formats, sorted.
-- @treturn {string,...}
function reader.formats()
  local names = {}
  for name in pairs(by_name) do names[#names + 1] = name end
  table.sort(names)
  return names
end

--- The reader of that name.
-- @tparam string name
-- @treturn ?table
function reader.named(name)
  return by_name[name]
end

--- The reader that takes a file.
-- @tparam string path
-- @tparam string head the first bytes of the file
-- @treturn ?table nil where no reader knows the file
function reader.detect(path, head)
  for _, definition in ipairs(registry) do
    if definition.matches(path, head) then return definition end
  end
end

local function luv()
  local found, library = pcall(require, "luv")
  if not found then error("reading a folder needs the rock 'luv'", 0) end
  return library
end

-- A file open for reading; or nil and why not, without the path that Lua puts before: problems have it already.
local function open(path)
  local handle, message = io.open(path, "rb")
  if handle then return handle end
  return nil, message:sub(1, #path + 2) == path .. ": " and message:sub(#path + 3) or message
end

--- The files of a path, sorted by byte: the file itself, or all below a folder. Names that begin with `.` or `_` are
-- left out below a folder. Needs luv for folders.
-- @tparam string path
-- @treturn ?{string,...} nil where there is no such path
-- @treturn string what was wrong
function reader.files(path)
  local handle, message = open(path)
  if not handle then return nil, message end
  local is_file = handle:read(0) or handle:seek("end") == 0
  handle:close()
  if is_file then return { path } end
  local uv = luv()
  local files, folders = {}, { (path:gsub("(.)/+$", "%1")) }
  while #folders > 0 do
    local folder = table.remove(folders)
    local request, why = uv.fs_scandir(folder)
    if not request then return nil, why end
    for name, kind in uv.fs_scandir_next, request do
      local full = folder == "/" and "/" .. name or folder .. "/" .. name
      if kind == "link" or kind == "unknown" then
        local stat = uv.fs_stat(full)
        kind = stat and stat.type
        if kind == "directory" then kind = nil end -- a link to a folder may lead back up
      end
      if name:find "^[._]" then kind = nil end
      if kind == "directory" then folders[#folders + 1] = full end
      if kind == "file" then files[#files + 1] = full end
    end
  end
  table.sort(files)
  return files
end

--- Reads an open file into a core report: in pieces where its reader takes them, as one text otherwise.
-- @tparam Report report of the core
-- @tparam string path for detection, origins and problems
-- @tparam file handle open for reading; it is not closed
-- @tparam[opt] table options as for `read_file`, and `hand_over`: a function that is called where a reader of pieces
-- has read one; it takes what the report has and gives the report to go on with
-- @treturn ?boolean true; nil where the file cannot be read, false where no reader takes it
-- @treturn string what was wrong
function reader.read_open(report, path, handle, options)
  options = options or {}
  local head, message = handle:read(reader.HEAD_BYTES)
  if not head and message then return nil, message end
  head = head or ""
  local definition = options.format and by_name[options.format] or reader.detect(path, head)
  if not definition then return false, "no reader knows this file" end
  if definition.stream then
    definition.stream(report, path, function()
      local piece = head or handle:read(reader.PIECE_BYTES)
      head = nil
      return piece
    end, options)
    return true
  end
  local rest, why = handle:read "a"
  if not rest then return nil, why end
  definition.read(report, path, head .. rest, options)
  return true
end

--- Reads one file into a core report. A file that no reader takes is noted as a problem where it was named by itself
-- (`options.required`), and left out otherwise; one that cannot be read is always noted.
-- @tparam Report report of the core
-- @tparam string path
-- @tparam[opt] table options `format` (a reader's name), `language`, `date`, `required`, and what the reader takes
-- @treturn boolean whether a reader took the file
function reader.read_file(report, path, options)
  local handle, message = open(path)
  local taken
  if handle then
    taken, message = reader.read_open(report, path, handle, options)
    handle:close()
  end
  local required = options and options.required
  if taken == nil or (required and not taken) then report:note { path = path, message = message } end
  return taken == true
end

--- Reads files and folders into a core report. What cannot be opened is noted as a problem.
-- @tparam Report report of the core
-- @tparam string|{string,...} paths
-- @tparam[opt] table options as for `read_file`, and `progress`: a function of the files done and the files in all
function reader.read(report, paths, options)
  options = options or {}
  local files, named = {}, {}
  for _, path in ipairs(type(paths) == "table" and paths or { paths }) do
    local found, message = reader.files(path)
    if not found then report:note { path = path, message = message } end
    for _, file in ipairs(found or {}) do
      files[#files + 1] = file
      named[file] = file == path
    end
  end
  local given = setmetatable({}, { __index = options })
  for i, file in ipairs(files) do
    given.required = named[file]
    reader.read_file(report, file, given)
    if options.progress then options.progress(i, #files) end
  end
end

--- Reads a text of a known format into a core report.
-- @tparam Report report of the core
-- @tparam string format a reader's name
-- @tparam string text
-- @tparam[opt] table options `path`, `language`, `date`, and what the reader takes
function reader.read_text(report, format, text, options)
  local definition = by_name[format]
  if not definition then error(("no reader is called '%s'"):format(format), 2) end
  definition.read(report, options and options.path or format, text, options or {})
end

return reader
