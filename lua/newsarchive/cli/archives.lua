--- What the commands that ask an archive have in common.
-- @module newsarchive.cli.archives
local options = require "newsarchive.options"

local archives = {}

-- Adds an option that takes a whole number.
local function add_number(command, option, least, most, default, description)
  command:option("--" .. option, description):argname("<n>"):default(default):convert(function(text)
    local number = math.tointeger(tonumber(text))
    if number and number >= least and number <= most then return number end
    return nil, ("--%s: %d to %d expected, got '%s'"):format(option, least, most, text)
  end)
end

--- Adds the option `--limit`.
-- @tparam table command of argparse
-- @tparam string description
function archives.add_limit(command, description)
  add_number(command, "limit", 0, options.LIMIT_MAX, "10", description)
end

--- Adds the option `--jobs`.
-- @tparam table command of argparse
-- @tparam string description
function archives.add_jobs(command, description)
  add_number(command, "jobs", 1, options.JOBS_MAX, "1", description)
end

--- Adds the argument ARCHIVE and the options of relations.
-- @tparam table command of argparse
function archives.configure(command)
  command:argument("archive", "An archive file, as `newsarchive index` makes it.")
  archives.add_limit(command, "At most so many relations of a story.")
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
  local inputs = require "newsarchive.cli.inputs"
  return {
    limit = arguments.limit, rule = arguments.rule, display = arguments.display,
    kinds = inputs.loaded(require("newsarchive.rules.registry").read, arguments.registry),
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
