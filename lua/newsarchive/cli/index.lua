--- `newsarchive index`: an archive file from any inputs.
-- @module newsarchive.cli.index
local index = {}

index.summary = "Make an archive file from any inputs."

function index.configure(command)
  require("newsarchive.cli.inputs").configure(command)
  command:option("-o --output", "The archive file to write."):argname("<file>"):count(1)
  command:flag("--relations", "Find all relations and threads now, so that nobody need find them again.")
  require("newsarchive.cli.archives").add_jobs(command, "OS threads that find them; the file is the same.")
  command:epilog [[
Examples:
  newsarchive index -o news.na stories/
  newsarchive parse stories/ | newsarchive index -o news.na --format jsonl -
  newsarchive related news.na 1969-07-21/neil-armstrong-walks-on-the-moon]]
end

-- The archive takes the place of what is there: that cannot be a device, nor what is read.
local function check_output(arguments)
  local uv = require "luv"
  local output = arguments.output
  local there, place = uv.fs_stat(output), uv.fs_realpath(output)
  if there and there.type ~= "file" then error(output .. " is there and is no file; nothing was changed", 0) end
  for _, path in ipairs(arguments.files) do
    if place and uv.fs_realpath(path) == place then error(output .. " is an input; nothing was changed", 0) end
  end
end

function index.run(arguments)
  local newsarchive = require "newsarchive"
  local inputs = require "newsarchive.cli.inputs"
  check_output(arguments)
  local archive = newsarchive.new { language = arguments.language }
  local counts = inputs.each(arguments, nil, function(report) archive.core:add(report) end)
  io.stderr:write(inputs.summary(counts), "\n")
  if #archive == 0 then error("no story was read: nothing written", 0) end
  local saved, message = archive:save(arguments.output, { relations = arguments.relations, jobs = arguments.jobs })
  if not saved then error(message, 0) end
  return inputs.status(counts)
end

return index
