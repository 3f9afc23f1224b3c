--- `newsarchive relate`: the relations of all stories.
-- @module newsarchive.cli.relate
local relate = {}

relate.summary = "Print the relations of all stories of an archive."

function relate.configure(command)
  require("newsarchive.cli.archives").configure(command)
  command:flag("--run", "Print lines of `id id1 id2 ...`, best first, instead of JSON Lines.")
  require("newsarchive.cli.archives").add_jobs(command, "With --run, OS threads that relate; the lines are the same.")
  command:epilog [[
Examples:
  newsarchive relate news.na > relations.jsonl
  newsarchive relate news.na --run --limit 60 > relations.run]]
end

local function run_line(core, i, found)
  local ids = { (core:card(i)) }
  for k = 1, #found, 2 do ids[#ids + 1] = (core:card(found[k])) end
  return table.concat(ids, " ")
end

-- Lines of ids say neither when a story was nor what kind of relation it has.
local function check_run(arguments)
  if arguments.display ~= "rank" then error("--run: does not go with --display " .. arguments.display, 0) end
  if arguments.registry then error("--run: does not go with --registry", 0) end
end

-- Lines of ids alone: the lists hold numbers, not tables, since all relations of 100,000 stories are a million.
local function print_run(archive, arguments)
  if arguments.rule == "context" then
    for i = 1, #archive do
      local found = archive.core:related(i, arguments.limit, arguments.rule)
      io.write(run_line(archive.core, i, found), "\n")
    end
  else
    for i, found in archive:relate { limit = arguments.limit, jobs = arguments.jobs } do
      io.write(run_line(archive.core, i, found), "\n")
    end
  end
end

function relate.run(arguments)
  local archives = require "newsarchive.cli.archives"
  if arguments.run then check_run(arguments) end
  local archive = archives.open(arguments)
  if arguments.run then return print_run(archive, arguments) end
  local given = archives.options(arguments)
  for i = 1, #archive do
    local id = archive.core:card(i)
    io.write(require("newsarchive.core").encode_json {
      id = id, related = archives.plain(archive:related(id, given)),
    }, "\n")
  end
end

return relate
