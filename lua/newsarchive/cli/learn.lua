--- `newsarchive learn`: a registry of names from stories.
-- @module newsarchive.cli.learn
local learn = {}

learn.summary = "Learn a registry of names from stories."

function learn.configure(command)
  require("newsarchive.cli.inputs").configure(command)
  command:option("-o --output", "The registry to write."):argname("<file>"):count(1)
  command:epilog [[
Names come from the context of stories that have it, from headings, and from capitalised phrases that recur.
The registry is a file of tab-separated values; each of its names says why it is there.

Examples:
  newsarchive learn -o registry.tsv stories/
  newsarchive parse --registry registry.tsv new/ > stories.jsonl]]
end

function learn.run(arguments)
  local core = require "newsarchive.core"
  local inputs = require "newsarchive.cli.inputs"
  local learning = require "newsarchive.rules.learn"
  local counted = require("newsarchive.cli.text").counted
  local report = core.report()
  local counts = inputs.each(arguments, function(read) report:take(read) end)
  if counts.stories == 0 then
    io.stderr:write(inputs.summary(counts), "\n")
    error("no story was read: nothing written", 0)
  end
  local registry = learning.from(report)
  local file, message = io.open(arguments.output, "wb")
  if not file then error(message, 0) end
  local written, why = file:write(registry:to_tsv())
  local closed, reason = file:close()
  if not (written and closed) then error("cannot write: " .. (why or reason), 0) end
  local names = #registry.entries + (registry.scout and registry.scout:size() or 0)
  io.stderr:write(inputs.summary(counts), "; ", counted(names, "name"), " learnt\n")
  return inputs.status(counts)
end

return learn
