--- What the commands that read have in common: files one by one, problems on stderr, a summary.
-- @module newsarchive.cli.inputs
local core = require "newsarchive.core"
local progress = require "newsarchive.cli.progress"
local reader = require "newsarchive.reader"
local reports = require "newsarchive.report"

local inputs = {}

--- Where names of a registry and of rules are looked for.
inputs.TAGGED = { fields = { "title", "description", "body", "lead", "topics" } }

--- Adds the arguments that say what is read.
-- @tparam table command of argparse
function inputs.configure(command)
  command:argument("files", "Files or folders of any supported format; - for standard input."):args("+")
  command:option("--format", "The format, where the name of the file does not tell: "
    .. table.concat(reader.formats(), ", ") .. "."):argname("<name>")
  command:option("--language", "The language of stories that do not say, as BCP 47 has it."):argname("<tag>")
end

local function check_format(arguments)
  local format = arguments.format
  if format and not reader.named(format) then
    error(("no format is called '%s'; there are %s"):format(format, table.concat(reader.formats(), ", ")), 0)
  end
  for _, path in ipairs(arguments.files) do
    if path == "-" and not format then error("standard input needs --format", 0) end
  end
end

-- All files of the arguments with whether they were named outright; what is not there is a problem of `report`.
local function files_of(arguments, report)
  local files = {}
  for _, path in ipairs(arguments.files) do
    local found, message = { "-" }, nil
    if path ~= "-" then found, message = reader.files(path) end
    if not found then report:note { path = path, message = message } end
    for _, file in ipairs(found or {}) do files[#files + 1] = { path = file, named = file == path } end
  end
  return files
end

-- Reads a file into `report`; a large one in parts, for which `hand_over` gives reports to go on with.
local function read_into(report, file, arguments, hand_over)
  local options = {
    format = arguments.format, language = arguments.language, required = file.named, hand_over = hand_over,
  }
  if file.path == "-" then
    reader.read_open(report, arguments.format, io.stdin, options)
  else
    reader.read_file(report, file.path, options)
  end
end

local function print_problems(report)
  for i = 1, report:counts().problems do
    io.stderr:write(reports.problem_line(report:problem(i)), "\n")
  end
end

--- Reads all inputs, one file at a time or large ones in parts; problems go to stderr as they come.
-- @tparam table arguments as argparse gave them
-- @tparam ?function take is given the core report of each file or part, with ids; it is closed then
-- @tparam[opt] function identify gives the stories of a report their ids; where it is left out, none is given twice
-- @treturn table counts of all files together
function inputs.each(arguments, take, identify)
  check_format(arguments)
  local totals = {}
  local callback, clear = progress.terminal()
  if not identify then
    local ids = core.ids()
    identify = function(report) ids:assign(report) end
  end
  local function finish(report)
    if report:counts().stories > 0 then identify(report) end
    local counts = report:counts()
    for name, count in pairs(counts) do totals[name] = (totals[name] or 0) + count end
    if counts.problems > 0 then clear() print_problems(report) end
    if counts.stories > 0 and take then take(report) end
    report:close()
  end
  local missing = core.report()
  local files = files_of(arguments, missing)
  finish(missing)
  for i, file in ipairs(files) do
    local report = core.report()
    read_into(report, file, arguments, function()
      finish(report)
      report = core.report()
      return report
    end)
    finish(report)
    if callback then callback("reading", i, #files) end
  end
  clear()
  return totals
end

--- The counts as one line: items = stories + headings + media + rejected, and events beside.
-- @tparam table counts
-- @treturn string
function inputs.summary(counts)
  local parts = { ("%d stories"):format(counts.stories - counts.events) }
  for _, name in ipairs { "headings", "media", "rejected" } do
    if counts[name] > 0 or name == "rejected" then parts[#parts + 1] = ("%d %s"):format(counts[name], name) end
  end
  if counts.events > 0 then parts[#parts] = parts[#parts] .. ("; %d events"):format(counts.events) end
  return ("%d files, %d items: %s; %d sources, %d relations; %d problems"):format(
    counts.files, counts.items, table.concat(parts, " + "), counts.sources, counts.relations, counts.problems)
end

--- The exit status that the counts ask for.
-- @tparam table counts
-- @treturn integer
function inputs.status(counts)
  if counts.stories == 0 and counts.problems > 0 then return 2 end
  return counts.problems > 0 and 1 or 0
end

return inputs
