--- What specs need of the world: shared data, folders that go away again, commands.
-- @module spec.support.env
local env = {}

--- A path below the shared data, which is beside the checkout or where NEWSARCHIVE_SHARED says.
-- @tparam string path relative
-- @treturn ?string nil where it is not there: `pending` then
function env.shared(path)
  local full = (os.getenv "NEWSARCHIVE_SHARED" or "../shared") .. "/" .. path
  local file = io.open(full, "rb")
  if not file then return nil end
  file:close()
  return full
end

--- The bytes of a file; raises where it cannot be read.
-- @tparam string path
-- @treturn string
function env.read(path)
  local file <close> = assert(io.open(path, "rb"))
  return assert(file:read "a")
end

--- Writes a file and the folders above it.
-- @tparam string path
-- @tparam string bytes
function env.write(path, bytes)
  local parent = path:match "^(.*)/"
  if parent and parent ~= "" then assert(os.execute("mkdir -p " .. env.quote(parent))) end
  local file <close> = assert(io.open(path, "wb"))
  assert(file:write(bytes))
end

--- A word for the shell, whatever is in it.
-- @tparam string word
-- @treturn string
function env.quote(word)
  return "'" .. word:gsub("'", [['\'']]) .. "'"
end

local folder = {}
folder.__index = folder

--- A new empty folder that is removed at the end of the block: `local folder <close> = env.folder()`.
-- @treturn table `path`, and the methods `file(name)` (its path), `write(name, bytes)`, `read(name)`, `list()`
function env.folder()
  local pipe <close> = assert(io.popen "mktemp -d")
  return setmetatable({ path = pipe:read "l" }, folder)
end

function folder:__close()
  os.execute("rm -rf " .. env.quote(self.path))
end

function folder:file(name)
  return self.path .. "/" .. name
end

function folder:write(name, bytes)
  env.write(self:file(name), bytes)
  return self:file(name)
end

function folder:read(name)
  return env.read(self:file(name))
end

-- The files in it, sorted, as paths relative to it.
function folder:list()
  local names = {}
  local pipe <close> = assert(io.popen("cd " .. env.quote(self.path) .. " && find . -type f | LC_ALL=C sort"))
  for line in pipe:lines() do names[#names + 1] = line:sub(3) end
  return names
end

--- Runs a command to its end.
-- @tparam {string,...} words the command and its arguments; `folder` is where it runs, `input` its stdin (empty
-- otherwise), `env` a table of variables that it gets
-- @treturn table `status` (128 + n for signal n), `stdout`, `stderr`
function env.run(words)
  local scratch <close> = env.folder()
  local line = {}
  if words.folder then line[#line + 1] = "cd " .. env.quote(words.folder) .. " &&" end
  local names = {}
  for name in pairs(words.env or {}) do names[#names + 1] = name end
  table.sort(names)
  for _, name in ipairs(names) do line[#line + 1] = name .. "=" .. env.quote(words.env[name]) end
  for _, word in ipairs(words) do line[#line + 1] = env.quote(tostring(word)) end
  local input = scratch:write("in", words.input or "")
  local command = ("%s <%s >%s 2>%s"):format(table.concat(line, " "), input, scratch:file "out", scratch:file "err")
  local _, how, status = os.execute(command)
  return {
    status = how == "signal" and 128 + status or status,
    stdout = scratch:read "out",
    stderr = scratch:read "err",
  }
end

--- The command `newsarchive` that belongs to the module under test.
-- @treturn string an absolute path
function env.command()
  local module = assert(package.searchpath("newsarchive", package.cpath), "run specs on a build: make test")
  return (module:gsub("%.so$", ""))
end

--- The interpreter that runs the specs: what a spec starts by itself must be of the same build.
-- @treturn string
function env.interpreter()
  local first = 0
  while arg[first - 1] do first = first - 1 end
  return arg[first]
end

--- CPU time of a call.
-- @tparam function call
-- @treturn number seconds
-- @return what the call gave
function env.cpu_seconds(call, ...)
  local start = os.clock()
  local result = table.pack(call(...))
  return os.clock() - start, table.unpack(result, 1, result.n)
end

return env
