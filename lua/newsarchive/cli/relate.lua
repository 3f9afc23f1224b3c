--- `newsarchive relate`: the relations of all stories.
-- @module newsarchive.cli.relate
local relate = {}

relate.summary = "Print the relations of all stories of an archive."

function relate.configure(command)
  require("newsarchive.cli.archives").configure(command)
  command:flag("--run", "Print lines of `id id1 id2 ...`, best first, instead of JSON Lines.")
  command:epilog [[
Examples:
  newsarchive relate news.na > relations.jsonl
  newsarchive relate news.na --run --limit 60 > relations.run]]
end

-- The lists hold numbers, not story tables: all relations of 100,000 stories are a million.
local function line_of(archive, i, found, as_run)
  local core = archive.core
  local id = core:card(i)
  if as_run then
    local ids = { id }
    for k = 1, #found, 2 do ids[#ids + 1] = core:card(found[k]) end
    return table.concat(ids, " ")
  end
  local relations = {}
  for k = 1, #found, 2 do
    local context = {}
    for n, entity in ipairs(found[k + 1]) do context[n] = core:entity(entity) end
    relations[#relations + 1] = { id = core:card(found[k]), score = #context, context = context }
  end
  return require("newsarchive.core").encode_json { id = id, related = relations }
end

function relate.run(arguments)
  local archive = require("newsarchive.cli.archives").open(arguments)
  for i = 1, #archive do
    local found = archive.core:related(i, arguments.limit, arguments.rule, arguments.display)
    io.write(line_of(archive, i, found, arguments.run), "\n")
  end
end

return relate
