--- `newsarchive check`: what a careful editor wants to know of names before publishing.
-- @module newsarchive.cli.check
local check = {}

check.summary = "List names that collide, that are probably one, that are everywhere; run the rules' own tests."

function check.configure(command)
  local reader = require "newsarchive.reader"
  command:argument("files", "A site's folder, an archive file, or files and folders of any supported format."):args("*")
  command:option("--rules", "A file of rules whose tests are run and which is applied before (a site has its own).")
    :argname("<file>")
  command:option("--registry", "A registry whose names are looked at, and applied before (see learn).")
    :argname("<file>")
  command:option("--format", "The format, where the name of the file does not tell: "
    .. table.concat(reader.formats(), ", ") .. "."):argname("<name>")
  command:option("--language", "The language of stories that do not say, as BCP 47 has it."):argname("<tag>")
  command:flag("--json", "Print one JSON object a line instead of text.")
  command:epilog [[
Without files, the site in this folder is checked. Nothing is changed and nothing merged: `alias` in rules does that.
Lines say what was found: expect (a test that failed), name (one that cannot be looked for), collision (two names, one
address), merge (probably one name), hub (an entity on a large share of the stories).

Exit status: 1 where a test failed or an input was not usable, else 0; the rest is advice.

Examples:
  newsarchive check
  newsarchive check my-archive --json
  newsarchive check --registry registry.tsv news.na]]
end

-- What is looked at, and nothing of it yet. The tests of rules are about the rules alone, so they run before a registry
-- is put beneath them.
local function gathered(rules, registry)
  local failures = rules and rules:check() or {}
  if rules and registry then rules:over(registry) end
  return { counts = {}, stories = 0, unusable = 0, rules = rules, registry = registry, failures = failures }
end

local function add_archive(found, archive)
  local indexed = archive.core
  for i = 1, indexed:entities() do
    local name, stories = indexed:entity(i)
    found.counts[name] = (found.counts[name] or 0) + stories
  end
  found.stories = found.stories + #archive
end

local function add_stories(found, report, language)
  if report:counts().stories == 0 then return end
  if found.rules then
    found.rules:apply(report, require("newsarchive.cli.inputs").TAGGED)
  elseif found.registry then
    found.registry:tag(report, require("newsarchive.cli.inputs").TAGGED)
  end
  local archive = require("newsarchive").new { language = language }
  archive.core:add(report)
  add_archive(found, archive)
end

-- The rules of an edition as a vocabulary; a function of a story has no tests and no names.
local function rules_of(edition)
  if type(edition.rules) ~= "string" then return nil end
  local inputs = require "newsarchive.cli.inputs"
  local rules = inputs.loaded(require("newsarchive.rules").read, edition.directory .. "/" .. edition.rules, true)
  return type(rules) ~= "function" and rules or nil
end

local function registry_of(edition)
  if type(edition.registry) ~= "string" then return nil end
  local inputs = require "newsarchive.cli.inputs"
  return inputs.loaded(require("newsarchive.rules.registry").read, edition.directory .. "/" .. edition.registry)
end

-- The findings of one edition of a site.
local function check_edition(edition, arguments)
  local core = require "newsarchive.core"
  local reader = require "newsarchive.reader"
  local report = core.report()
  local found = gathered(arguments.rules or rules_of(edition), arguments.registry or registry_of(edition))
  for _, source in ipairs(edition.sources) do
    local path, format = source, nil
    if type(source) == "table" then path, format = source.path, source.format end
    path = path:find "^/" and path or edition.directory .. "/" .. path
    reader.read(report, path, { format = format, language = edition.language })
  end
  add_stories(found, report, edition.language)
  require("newsarchive.cli.inputs").print_problems(report)
  found.unusable = report:counts().problems
  return found
end

local function check_inputs(files, arguments)
  local newsarchive = require "newsarchive"
  local core = require "newsarchive.core"
  local inputs = require "newsarchive.cli.inputs"
  local found, report, others = gathered(arguments.rules, arguments.registry), core.report(), {}
  for _, path in ipairs(files) do
    local archive, _, details = newsarchive.open(path)
    if archive then
      add_archive(found, archive)
    elseif details.code ~= "not-an-archive" and details.code ~= "cannot-read" then
      error(("%s: %s"):format(path, details.code), 0)
    else
      others[#others + 1] = path
    end
  end
  if #others > 0 then
    local counts = inputs.each({ files = others, format = arguments.format, language = arguments.language },
      function(read) report:take(read) end)
    found.unusable = counts.problems
  end
  add_stories(found, report, arguments.language)
  return found
end

-- One list of what to look at for each site's edition, and one for everything else.
local function everything(arguments)
  local uv = require "luv"
  local all, others = {}, {}
  for _, path in ipairs(#arguments.files > 0 and arguments.files or { "." }) do
    if uv.fs_stat(path .. "/site.lua") then
      for _, edition in ipairs(require("newsarchive.site.edition").load(path .. "/site.lua")) do
        all[#all + 1] = check_edition(edition, arguments)
      end
    else
      others[#others + 1] = path
    end
  end
  if #arguments.files == 0 and #all == 0 then error("there is no site.lua here; name what to check", 0) end
  if #others > 0 then all[#all + 1] = check_inputs(others, arguments) end
  return all
end

local function print_finding(finding, json)
  local core = require "newsarchive.core"
  local tame = require("newsarchive.cli.text").tame
  print(json and core.encode_json(finding) or ("%-10s %s"):format(finding.kind, tame(finding.message)))
end

function check.run(arguments)
  local cli = require "newsarchive.cli"
  local inputs = require "newsarchive.cli.inputs"
  local checking = require "newsarchive.rules.check"
  local registries, rules = require "newsarchive.rules.registry", require "newsarchive.rules"
  arguments.registry = inputs.loaded(registries.read, arguments.registry)
  arguments.rules = inputs.loaded(rules.read, arguments.rules)
  local status, total = cli.DONE, 0
  for _, found in ipairs(everything(arguments)) do
    local findings = checking.find(found)
    for _, finding in ipairs(findings) do print_finding(finding, arguments.json) end
    total = total + #findings
    if found.unusable > 0 or checking.failed(findings) then status = cli.UNUSABLE end
  end
  io.stderr:write(require("newsarchive.cli.text").counted(total, "finding"), "\n")
  return status
end

return check
