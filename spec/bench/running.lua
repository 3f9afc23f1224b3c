-- Programs that benchmarks run: what they print, what they use, and how far repeated runs are apart.
local env = require "spec.support.env"
local queries = require "spec.bench.queries"

local running = {}

running.PYTHON = os.getenv "PYTHON" or "/usr/bin/python3" -- Debian's, which has Debian's modules

--- The words of a command that runs a script of spec/bench/peers.
-- @tparam string name
-- @tparam string ... its arguments
-- @treturn {string,...}
function running.peer(name, ...)
  return { running.PYTHON, "-B", "spec/bench/peers/" .. name, ... } -- and no cache in the tree
end

--- What a command prints, as numbers.
-- @tparam {string,...} words
-- @treturn ?{number,...} nil where it fails
-- @treturn ?string its message then
function running.numbers(words)
  local done = env.run(words)
  if done.status ~= 0 then return nil, (done.stderr:match "([^\n]*)\n?$") end
  local numbers = {}
  for number in done.stdout:gmatch "[%d.]+" do numbers[#numbers + 1] = tonumber(number) end
  return numbers
end

--- Runs a command to its end; raises where it fails.
-- @tparam {string,...} words
-- @treturn table `wall` and `cpu` in seconds, `peak` in bytes
function running.use(words)
  local numbers, message = running.numbers(running.peer("processes.py", table.unpack(words)))
  if not numbers then error(message, 0) end
  if numbers[4] ~= 0 then error(table.concat(words, " ") .. ": failed", 0) end
  return { wall = numbers[1], cpu = numbers[2], peak = numbers[3] * 1024 }
end

--- Whether the interpreter of the peers is there and has a module.
-- @tparam string module
-- @treturn boolean
function running.has(module)
  return env.run({ running.PYTHON, "-c", "import " .. module }).status == 0
end

--- Repeated figures as a text: the median and the quartiles.
-- @tparam {number,...} figures
-- @tparam string form of each, as string.format has it
-- @treturn string
function running.spread(figures, form)
  return ("%s (%s to %s)"):format(form:format(queries.quantile(figures, 0.5)),
    form:format(queries.quantile(figures, 0.25)), form:format(queries.quantile(figures, 0.75)))
end

--- The bytes of a file.
-- @tparam string path
-- @treturn integer
function running.size(path)
  local file <close> = assert(io.open(path, "rb"))
  return file:seek "end"
end

return running
