--- `newsarchive parse`: stories as JSON Lines.
-- @module newsarchive.cli.parse
local parse = {}

parse.summary = "Print the stories of any inputs as JSON Lines."

function parse.configure(command)
  require("newsarchive.cli.inputs").configure(command)
  command:option("--registry", "Add the context that names in this registry give (see learn)."):argname("<file>")
  command:option("-o --output", "Write there instead of to standard output."):argname("<file>")
  command:epilog [[
Stories go to standard output, one JSON object a line; problems go to stderr as path:line:column: message,
and at the end a summary that accounts for every item read.

Examples:
  newsarchive parse stories/ > stories.jsonl
  newsarchive parse --format markdown - < story.md
  newsarchive parse 2007-09-01.wiki | grep Tuareg]]
end

function parse.run(arguments)
  local inputs = require "newsarchive.cli.inputs"
  inputs.check(arguments) -- before the output is emptied
  local registry = inputs.loaded(require("newsarchive.rules.registry").read, arguments.registry)
  local out = inputs.loaded(io.open, arguments.output, "wb") or io.stdout
  local counts = inputs.each(arguments, function(report)
    if registry then registry:tag(report, inputs.TAGGED) end
    local written, message = out:write(report:json_lines())
    if not written then error("cannot write: " .. message, 0) end
  end)
  local flushed, message = out:flush()
  if flushed and arguments.output then flushed, message = out:close() end
  if not flushed then error("cannot write: " .. message, 0) end
  io.stderr:write(inputs.summary(counts), "\n")
  return inputs.status(counts)
end

return parse
