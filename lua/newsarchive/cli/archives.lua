--- What the commands that ask an archive have in common.
-- @module newsarchive.cli.archives
local archives = {}

local LIMIT_MAX = 1000 -- what the core gives at most

local function limit_of(text)
  local limit = math.tointeger(text)
  if limit and limit >= 0 and limit <= LIMIT_MAX then return limit end
  return nil, ("--limit: 0 to %d expected, got '%s'"):format(LIMIT_MAX, text)
end

local JOBS_MAX = 64 -- what the core takes

--- The number of threads that an argument says.
-- @tparam string text
-- @treturn ?integer
-- @treturn string what was wrong
function archives.jobs_of(text)
  local jobs = math.tointeger(tonumber(text))
  if jobs and jobs >= 1 and jobs <= JOBS_MAX then return jobs end
  return nil, ("--jobs: 1 to %d expected, got '%s'"):format(JOBS_MAX, text)
end

local function registry_of(path)
  local registry, message = require("newsarchive.rules.registry").read(path)
  if not registry then error(message, 0) end
  return registry
end

--- Adds the argument ARCHIVE and the options of relations.
-- @tparam table command of argparse
function archives.configure(command)
  command:argument("archive", "An archive file, as `newsarchive index` makes it.")
  command:option("--limit", "At most so many relations of a story."):argname("<n>"):default("10")
    :convert(limit_of)
  command:option("--rule", "How stories are related: relevance, by shared words, names and entities and nearness in "
    .. "time; context, by the number of shared entities, then the newest.")
    :argname("<name>"):default("relevance"):choices { "relevance", "context" }
  command:option("--display", "In order of rank, or the same stories newest first."):argname("<order>")
    :default("rank"):choices { "rank", "date" }
  command:option("--registry", "What entities are, so that relations can say `same people` and `same place`.")
    :argname("<file>")
end

--- Opens the archive, or ends the command with a message.
-- @tparam table arguments as argparse gave them
-- @treturn archive
function archives.open(arguments)
  local opened, message = require("newsarchive").open(arguments.archive)
  if not opened then error(message, 0) end
  return opened
end

--- Ends the command with a message where `--from` or `--to` is no date.
-- @tparam archive archive
-- @tparam table arguments as argparse gave them
function archives.check_dates(archive, arguments)
  for _, name in ipairs { "from", "to" } do
    if arguments[name] and not pcall(archive.stories, archive, { from = arguments[name] }) then
      error(("--%s: a day, a month or a year expected, as in 2007-09"):format(name), 0)
    end
  end
end

--- The options of `archive:related` that the arguments ask for.
-- @tparam table arguments as argparse gave them
-- @treturn table
function archives.options(arguments)
  return {
    limit = arguments.limit, rule = arguments.rule, display = arguments.display,
    kinds = arguments.registry and registry_of(arguments.registry),
  }
end

--- Relations as they go into JSON.
-- @tparam {table,...} relations of `archive:related`
-- @treturn {table,...} `id`, `score`, `kind`, `days`, `context`, `reasons`
function archives.plain(relations)
  local list = {}
  for i, relation in ipairs(relations) do
    list[i] = {
      id = relation.story.id, score = relation.score, kind = relation.kind, days = relation.days,
      context = relation.context, reasons = relation.reasons,
    }
  end
  return list
end

return archives
