--- `newsarchive threads`: the running stories of an archive.
-- @module newsarchive.cli.threads
local threads = {}

threads.summary = "Print the threads of an archive, stories that tell one running story, as JSON Lines."

function threads.configure(command)
  command:argument("archive", "An archive file, as `newsarchive index` makes it.")
  command:option("--entity", "Only threads with a story about it."):argname("<name>")
  command:option("--from", "Only threads with a story of that time or later: a day, a month or a year.")
    :argname("<date>")
  command:option("--to", "Only threads with a story of that time or earlier."):argname("<date>")
  require("newsarchive.cli.archives").add_jobs(command, "OS threads that find them; the result is the same.")
  command:epilog [[
Each line has `id`, `title`, `first`, `last`, `stories` (ids in order of date), `turning_points` and `quiet`.
Examples:
  newsarchive threads news.na > threads.jsonl
  newsarchive threads news.na --entity Tuareg --from 2012]]
end

function threads.run(arguments)
  local core = require "newsarchive.core"
  local archives = require "newsarchive.cli.archives"
  local archive = archives.open(arguments)
  archives.check_dates(archive, arguments)
  local found = archive:threads {
    entity = arguments.entity, from = arguments.from, to = arguments.to, jobs = arguments.jobs,
  }
  for _, thread in ipairs(found) do
    io.write(core.encode_json {
      id = thread.id, title = thread.title, first = thread.first, last = thread.last,
      stories = table.move(thread, 1, #thread, 1, {}),
      turning_points = #thread.turning_points > 0 and thread.turning_points or nil,
      quiet = #thread.quiet > 0 and thread.quiet or nil,
    }, "\n")
  end
  if #found == 0 then io.stderr:write "no threads found\n" end
end

return threads
