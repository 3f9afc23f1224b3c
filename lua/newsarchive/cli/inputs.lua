--- What the commands that read have in common: files one by one, problems on stderr, a summary.
-- @module newsarchive.cli.inputs
local core = require "newsarchive.core"
local progress = require "newsarchive.cli.progress"
local reader = require "newsarchive.reader"
local reports = require "newsarchive.report"
local text = require "newsarchive.cli.text"

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

--- Ends the command with a message where the arguments' format cannot be.
-- @tparam table arguments as argparse gave them
function inputs.check(arguments)
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

-- Reads a file into `report`; a large one in parts, for which `hand_over` gives reports to go on with. Whether the file
-- was left out without a word: of a folder, not all need be stories.
local function read_into(report, file, arguments, hand_over)
  local options = {
    format = arguments.format, language = arguments.language, required = file.named, hand_over = hand_over,
  }
  if file.path == "-" then
    reader.read_open(report, arguments.format, io.stdin, options)
    return false
  end
  return not reader.read_file(report, file.path, options) and report:counts().problems == 0
end

--- Reads what an argument names, or ends the command with a message.
-- @tparam function read takes the path; gives nil and a message where it cannot be read
-- @tparam ?string path nil where there is no such argument
-- @param[opt] ... more for `read`
-- @return what `read` gave; nil without a path
function inputs.loaded(read, path, ...)
  if not path then return nil end
  local given, message = read(path, ...)
  if not given then error(message, 0) end
  return given
end

--- Prints the problems of a report to stderr.
-- @tparam Report report of the core
function inputs.print_problems(report)
  for i = 1, report:counts().problems do
    io.stderr:write(reports.problem_line(report:problem(i)), "\n")
  end
end

--- Reads all inputs, one file at a time or large ones in parts; problems go to stderr as they come.
-- @tparam table arguments as argparse gave them
-- @tparam ?function take is given the core report of each file or part, with ids; it is closed then
-- @tparam[opt] function identify gives the stories of a report their ids; where it is left out, none is given twice
-- @treturn table counts of all files together, and `left_out`: the files in folders that no reader knows
function inputs.each(arguments, take, identify)
  inputs.check(arguments)
  local totals = { left_out = {} }
  local callback, clear = progress.terminal()
  if not identify then
    local ids = core.ids()
    identify = function(report) ids:assign(report) end
  end
  local function finish(report)
    if report:counts().stories > 0 then identify(report) end
    local counts = report:counts()
    for name, count in pairs(counts) do totals[name] = (totals[name] or 0) + count end
    if counts.problems > 0 then clear() inputs.print_problems(report) end
    if counts.stories > 0 and take then take(report) end
    report:close()
  end
  local missing = core.report()
  local files = files_of(arguments, missing)
  finish(missing)
  for i, file in ipairs(files) do
    local report = core.report()
    local left_out = read_into(report, file, arguments, function()
      finish(report)
      report = core.report()
      return report
    end)
    if left_out then table.insert(totals.left_out, file.path) end
    finish(report)
    if callback then callback("reading", i, #files) end
  end
  clear()
  return totals
end

-- What is behind the counts where files of folders were left out: how many, and the first, so that it is no riddle.
local function left_out_part(files)
  if #files == 0 then return "" end
  local first = (#files == 1 and ": %s" or ", such as %s"):format(text.tame(files[1]))
  return ("; %s left out that no reader knows%s"):format(text.counted(#files, "file"), first)
end

--- The counts as one line: items = stories + headings + media + rejected, events beside, and the files left out.
-- @tparam table counts as `each` gave them
-- @treturn string
function inputs.summary(counts)
  local counted = text.counted
  local parts = { counted(counts.stories - counts.events, "story") }
  if counts.headings > 0 then parts[#parts + 1] = counted(counts.headings, "heading") end
  if counts.media > 0 then parts[#parts + 1] = counts.media .. " media" end
  parts[#parts + 1] = counts.rejected .. " rejected"
  if counts.events > 0 then parts[#parts] = parts[#parts] .. "; " .. counted(counts.events, "event") end
  return ("%s, %s: %s; %s, %s; %s%s"):format(counted(counts.files, "file"), counted(counts.items, "item"),
    table.concat(parts, " + "), counted(counts.sources, "source"), counted(counts.relations, "relation"),
    counted(counts.problems, "problem"), left_out_part(counts.left_out))
end

--- The exit status that the counts ask for.
-- @tparam table counts
-- @treturn integer
function inputs.status(counts)
  local cli = require "newsarchive.cli"
  if counts.problems == 0 then return cli.DONE end
  return counts.stories > 0 and cli.UNUSABLE or cli.FAILED
end

return inputs
