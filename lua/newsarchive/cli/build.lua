--- `newsarchive build`: publishes a site.
-- @module newsarchive.cli.build
local build = {}

build.summary = "Read DIR/site.lua and publish the site."

function build.configure(command)
  command:argument("dir", "The site's folder."):args("?"):default(".")
  command:option("-o --output", "Where to publish; DIR/_site otherwise."):argname("<dir>")
  command:flag("--full", "Write every file again, whether it changed or not.")
  command:flag("--drafts", "Publish drafts too.")
  command:flag("--future", "Publish stories with a date to come too.")
  command:flag("--check", "Make every page but write nothing: shows the problems only.")
  require("newsarchive.cli.archives").add_jobs(command, "OS threads that relate stories; the pages are the same.")
  command:flag("--json", "Print the result as one JSON object on stdout.")
  command:epilog [[
Only what changed is written. Files of an earlier build that no longer belong are removed; other files in the output
folder are left alone. Problems go to stderr as path:line:column: message.

Examples:
  newsarchive build
  newsarchive build my-archive --output /var/www/archive
  newsarchive build --check --drafts]]
end

local function summary(result)
  local counted = require("newsarchive.cli.text").counted
  local withheld = result.withheld > 0 and (", %d held back (drafts or to come)"):format(result.withheld) or ""
  local made = ("%s%s, %s"):format(counted(result.stories, "story"), withheld, counted(result.files, "file"))
  if not result.output then return made .. " made, none written" end
  return ("%s (%d written, %d unchanged, %d removed) in %s"):format(made, result.written, result.unchanged,
    result.removed, result.output)
end

function build.run(arguments)
  local cli = require "newsarchive.cli"
  local core = require "newsarchive.core"
  local reports = require "newsarchive.report"
  local callback, clear = require("newsarchive.cli.progress").terminal()
  local result, message = require("newsarchive.site.build").build {
    directory = arguments.dir,
    output = arguments.output,
    full = arguments.full,
    drafts = arguments.drafts,
    future = arguments.future,
    check = arguments.check,
    jobs = arguments.jobs,
    today = os.date("!%Y-%m-%d"), -- the one place that reads the clock
    progress = callback,
  }
  clear()
  if not result then error(message, 0) end
  for _, problem in ipairs(result.problems) do io.stderr:write(reports.problem_line(problem), "\n") end
  if arguments.json then print(core.encode_json(result)) else io.stderr:write(summary(result), "\n") end
  return #result.problems > 0 and cli.UNUSABLE or cli.DONE
end

return build
