--- `newsarchive explain`: why a story has an entity.
-- @module newsarchive.cli.explain
local explain = {}

explain.summary = "Say which link, name or rule put an entity into a story."

function explain.configure(command)
  command:argument("archive", "An archive file, or a file or folder of any supported format.")
  command:argument("id", "The story: its date and slug, as in its address.")
  command:argument("entity", "The name of the entity.")
  command:option("--registry", "The registry by which the context was made (see learn)."):argname("<file>")
  command:option("--rules", "The rules by which the context was made."):argname("<file>")
  command:flag("--json", "Print one JSON object instead of text.")
  command:epilog [[
Every reason has its place: the field, the bytes in it from 1, and what stands there.

Examples:
  newsarchive explain news.na 1969-07-21/neil-armstrong-walks-on-the-moon "Buzz Aldrin"
  newsarchive explain news.na 1969-07-21/neil-armstrong-walks-on-the-moon NASA --registry registry.tsv]]
end

-- The archive, made from files where it is none.
local function archive_of(arguments)
  local newsarchive = require "newsarchive"
  local inputs = require "newsarchive.cli.inputs"
  local opened, message, details = newsarchive.open(arguments.archive)
  if opened then return opened end
  if details.code ~= "not-an-archive" and details.code ~= "cannot-read" then error(message, 0) end
  local archive = newsarchive.new()
  inputs.each({ files = { arguments.archive } }, function(report) archive.core:add(report) end)
  if #archive == 0 then error(arguments.archive .. ": no story was read", 0) end
  return archive
end

function explain.run(arguments)
  local explaining = require "newsarchive.explain"
  local inputs = require "newsarchive.cli.inputs"
  local tame = require("newsarchive.cli.text").tame
  local rules = inputs.loaded(require("newsarchive.rules").read, arguments.rules)
  local registry = inputs.loaded(require("newsarchive.rules.registry").read, arguments.registry)
  if rules and registry then rules:over(registry) end
  local archive = archive_of(arguments)
  local story = archive:story(arguments.id)
  if not story then error(("%s: no story '%s'"):format(arguments.archive, arguments.id), 0) end
  local reasons = explaining.story(story, arguments.entity, { registry = registry, rules = rules })
  if arguments.json then
    local core = require "newsarchive.core"
    print(core.encode_json { id = story.id, entity = arguments.entity, reasons = reasons })
    return
  end
  print(story.date:sub(1, 10) .. "  " .. tame(story.title))
  for _, reason in ipairs(reasons) do print("  " .. tame(explaining.line(reason))) end
  if #reasons == 0 then print(("  nothing leads to '%s'"):format(arguments.entity)) end
end

return explain
