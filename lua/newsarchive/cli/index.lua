--- `newsarchive index`: an archive file from any inputs.
-- @module newsarchive.cli.index
local index = {}

index.summary = "Make an archive file from any inputs."

function index.configure(command)
  require("newsarchive.cli.inputs").configure(command)
  command:option("-o --output", "The archive file to write."):argname("<file>"):count(1)
  command:epilog [[
Examples:
  newsarchive index -o news.na stories/
  newsarchive parse stories/ | newsarchive index -o news.na --format jsonl -
  newsarchive related news.na 2007-09-01/the-second-tuareg-rebellion-spreads]]
end

function index.run(arguments)
  local newsarchive = require "newsarchive"
  local inputs = require "newsarchive.cli.inputs"
  local archive = newsarchive.new { language = arguments.language }
  local counts = inputs.each(arguments, function(report) archive.core:add(report) end)
  io.stderr:write(inputs.summary(counts), "\n")
  if #archive == 0 then error("no story was read: nothing written", 0) end
  local saved, message = archive:save(arguments.output)
  if not saved then error(message, 0) end
  return inputs.status(counts)
end

return index
