--- The command `newsarchive`: one module per command, each giving `summary`, `configure` and `run`.
--
-- A command's module is a table of
--
--   * `summary` -- one line for the list of commands
--   * `configure(command)` -- adds arguments, options and an epilog to the argparse command
--   * `run(arguments)` -- does it; gives the exit status, `cli.DONE` where it gives none
--
-- It requires what it needs inside `run`, so that `newsarchive --help` answers at once.
-- @module newsarchive.cli
local argparse = require "argparse"
local core = require "newsarchive.core"

local cli = {}

--- Exit status: all is done.
cli.DONE = 0
--- Exit status: done, but some input was not usable; it is listed on stderr.
cli.UNUSABLE = 1
--- Exit status: wrong use, or nothing could be done.
cli.FAILED = 2

--- The commands in the order of the help.
cli.commands = {
  "new", "build", "check", "parse", "learn", "explain", "index", "merge", "inspect", "search", "related", "relate",
  "threads",
}

local EPILOG = [[
A first site:
  newsarchive new my-archive
  newsarchive build my-archive
  (then open my-archive/_site/index.html)

Exit status: 0 done; 1 done, but some input was not usable (it is listed on stderr); 2 wrong use or nothing could
be done.
`newsarchive COMMAND --help` explains a command with examples.]]

local function parser_of(modules)
  local parser = argparse("newsarchive", "Dated news becomes a linked, static, permanent archive.", EPILOG)
  parser:command_target("command"):require_command(true)
  parser:option("--version"):args(0):description("Print the version and exit."):action(function()
    print("newsarchive " .. core.version)
    os.exit(cli.DONE, true)
  end)
  for _, name in ipairs(cli.commands) do
    modules[name] = require("newsarchive.cli." .. name)
    local command = parser:command(name):summary(modules[name].summary):description(modules[name].summary)
    modules[name].configure(command)
  end
  return parser
end

-- Errors that we raise for the user have no position (level 0); one with a position is a mistake of ours.
local function explained(message)
  message = tostring(message)
  if message:find("^[^\n:]*newsarchive[^\n:]*%.lua:%d+:") then return debug.traceback(message, 2) end
  return message
end

--- Runs the command.
-- @tparam {string,...} argv the words behind the program's name
-- @treturn integer exit status
function cli.run(argv)
  local modules = {}
  local parser = parser_of(modules)
  local fine, arguments = parser:pparse(argv)
  if not fine then
    local command = modules[argv[1]] and argv[1] .. " " or ""
    io.stderr:write("newsarchive: ", arguments, "\n", "`newsarchive ", command, "--help` lists what there is.\n")
    return cli.FAILED
  end
  local ran, status = xpcall(modules[arguments.command].run, explained, arguments)
  if ran then
    local flushed, message = io.stdout:flush()
    if flushed then return status or cli.DONE end
    status = "standard output: " .. message
  end
  io.stderr:write("newsarchive: ", status, "\n")
  return cli.FAILED
end

return cli
