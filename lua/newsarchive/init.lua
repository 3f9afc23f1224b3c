--- newsarchive: dated stories become a linked archive.
-- @module newsarchive
local core = require "newsarchive.core"
local archive = require "newsarchive.archive"
local options = require "newsarchive.options"
local reader = require "newsarchive.reader"
local reports = require "newsarchive.report"
local wikitext = require "newsarchive.reader.wikitext"

local newsarchive = {
  _VERSION = core.version,
  --- What stands for null where Lua's nil would be lost.
  null = core.null,
  new = archive.new,
  open = archive.open,
  slug = core.slug,
  markdown = core.markdown,
  parse_yaml = core.parse_yaml,
  register_reader = reader.register,
  formats = reader.formats,
  parse_wikitext = wikitext.parse,
}

--- Reads a text of a known format, without an archive.
-- @tparam string format one of `newsarchive.formats()`
-- @tparam string text
-- @tparam[opt] table given `path` (for origins and problems), `language` (BCP 47) and `date` (ISO 8601) of stories
-- that do not say
-- @treturn report `stories`, `problems`
function newsarchive.parse(format, text, given)
  if type(format) ~= "string" or not reader.named(format) then
    error(("bad argument #1 to 'parse' (one of %s expected)"):format(table.concat(reader.formats(), ", ")), 2)
  end
  if type(text) ~= "string" then error("bad argument #2 to 'parse' (string expected, got " .. type(text) .. ")", 2) end
  given = options.check(3, "parse", given, { path = "string", language = "string", date = "string" })
  local report = reports.new()
  options.pass(3, "parse", reader.read_text, report.core, format, text, given)
  return report
end

--- Compiles a template in etlua's syntax (see newsarchive.site.template); values are escaped for where they stand.
-- @tparam string source
-- @tparam[opt="template"] string name for errors, which name the template's line
-- @treturn function takes a table of data, gives the text
function newsarchive.template(source, name)
  if type(source) ~= "string" then
    error("bad argument #1 to 'template' (string expected, got " .. type(source) .. ")", 2)
  end
  return require("newsarchive.site.template").new(source, name)
end

local function core_report(position, value)
  local report = options.report_of(value)
  if report then return report end
  error(("bad argument #%d to 'match' (report expected, got %s)"):format(position, type(value)), 3)
end

--- Finds the stories of an earlier reading in a later one, though editors reworded them: so that a story keeps its id.
-- Every story is in one pair at most; of a story that was split, the part most alike is found.
-- @tparam report old
-- @tparam report new
-- @treturn {table,...} pairs in the order of the new stories: `new` and `old` (the stories' places in their reports),
-- `reason` (`"id"`; `"sources"`: the same day and addresses; `"words"`: nearly the same words) and `score` (how alike
-- the words are, from 0 to 1; 1 for the same id)
-- @treturn {integer,...} places of the new stories that were not found
-- @treturn {integer,...} places of the old stories that were not found
function newsarchive.match(old, new)
  return core.match(core_report(1, old), core_report(2, new))
end

return newsarchive
