--- `newsarchive merge`: one archive file of several.
-- @module newsarchive.cli.merge
local merge = {}

merge.summary = "Make one archive file of several."

function merge.configure(command)
  command:argument("archives", "Archive files, as `newsarchive index` makes them."):args("+")
  command:option("-o --output", "The archive file to write; it may be one of these."):argname("<file>"):count(1)
  command:epilog [[
A story that several archives have, with the same id and the same fields, is taken once. Where one id stands for
different stories, the later ones get an id of their own, and are listed.

Example:
  newsarchive merge -o all.na 2023.na 2024.na]]
end

function merge.run(arguments)
  local newsarchive = require "newsarchive"
  local cli = require "newsarchive.cli"
  local archives = require "newsarchive.cli.archives"
  local counted = require("newsarchive.cli.text").counted
  local reports = require "newsarchive.report"
  local merged, known, problems = nil, 0, 0
  for _, path in ipairs(arguments.archives) do
    local opened = archives.open { archive = path }
    merged = merged or newsarchive.new { language = opened.language }
    local report, same = merged:merge(opened)
    known = known + same
    for _, problem in ipairs(report.problems) do
      io.stderr:write(reports.problem_line(problem), "\n")
      problems = problems + 1
    end
  end
  local saved, message = merged:save(arguments.output)
  if not saved then error(message, 0) end
  io.stderr:write(("%s, %s; %d already there; %s\n"):format(counted(#arguments.archives, "archive"),
    counted(#merged, "story"), known, counted(problems, "problem")))
  return problems > 0 and cli.UNUSABLE or cli.DONE
end

return merge
