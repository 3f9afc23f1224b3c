--- Building a site: reads the sources of every edition, makes its pages, and publishes what changed.
-- @module newsarchive.site.build
local archives = require "newsarchive.archive"
local core = require "newsarchive.core"
local editions = require "newsarchive.site.edition"
local options = require "newsarchive.options"
local output = require "newsarchive.site.output"
local reader = require "newsarchive.reader"
local reports = require "newsarchive.report"
local rules = require "newsarchive.site.rules"
local uv = require "luv"

local build = {}

local OPTIONS = {
  directory = "string", output = "string", full = "boolean", drafts = "boolean", future = "boolean",
  check = "boolean", today = "string", progress = "function", jobs = options.JOBS,
}

local STATE = ".newsarchive" -- the folder for what is kept between builds, in the site's folder
local REPORTED_EVERY = 32    -- pages between two calls of the progress function

local function quiet() end

-- ---- reading ----

-- Gives the archive, the problems that were met, and how many stories were withheld. The texts of the report, which the
-- archive has as well, are given back here.
local function read(edition, given, progress)
  local report <close> = core.report()
  for _, source in ipairs(edition.sources) do
    local path, format = source, nil
    if type(source) == "table" then path, format = source.path, source.format end
    reader.read(report, path:find("^/") and path or edition.directory .. "/" .. path, {
      format = format, language = edition.language,
      progress = function(done, total) progress("reading", done, total) end,
    })
  end
  local counts = report:counts()
  report:withhold(not given.drafts, not given.future and given.today or nil)
  rules.apply(edition, report)
  local archive = archives.new { language = edition.language }
  archive:add(reports.new(report))
  local problems = {}
  for i = 1, report:counts().problems do problems[i] = report:problem(i) end
  return archive, problems, counts.stories - report:counts().stories
end

-- ---- publishing ----

local function publish(edition, archive, out, progress)
  local iterator, total = edition.layout.pages(edition, archive)
  if type(iterator) ~= "function" then error("the layout gives no iterator of path and content", 0) end
  local done = 0
  for path, content in iterator do
    if type(path) ~= "string" or type(content) ~= "string" then
      error(("the layout gives '%s' no path or no content that is a string"):format(tostring(path)), 0)
    end
    out:put(edition.path .. path, content)
    done = done + 1
    if done % REPORTED_EVERY == 0 then progress("pages", done, total) end
  end
  progress("pages", done, total)
end

local REDIRECT = [[
<!DOCTYPE html>
<html lang="%s">
<head><meta charset="utf-8"><title>%s</title><meta http-equiv="refresh" content="0; url=%s"></head>
<body><p><a href="%s">%s</a></p></body>
</html>
]]

-- What belongs to the site and to no edition.
local function publish_site(all, out)
  local lines, has_root = { "User-agent: *", "Allow: /" }, false
  for _, edition in ipairs(all) do
    lines[#lines + 1] = "Sitemap: " .. edition:url("sitemap.xml")
    has_root = has_root or edition.path == ""
  end
  out:put("robots.txt", table.concat(lines, "\n") .. "\n")
  if has_root then return end
  local first = all[1]
  local title, path = core.escape(first.title), core.escape_url(first.path .. "index.html")
  out:put("index.html", REDIRECT:format(core.escape(first.language), title, path, path, title))
end

-- By how many percent what lives on may grow before all of it is looked at again, and Lua's own figure. Links and
-- fingerprints pile up while pages are made, and none of them is garbage: looking seldom saves a twentieth of the time.
local GROWTH_PERCENT, USUAL_GROWTH_PERCENT = 400, 100

-- Pages are short-lived and what they are made of is not: what the generational collector is for. The collector is as
-- it was before when the variable that holds the result goes.
local function with_generations()
  local before = collectgarbage("generational", 0, GROWTH_PERCENT)
  return setmetatable({}, { __close = function()
    collectgarbage("generational", 0, USUAL_GROWTH_PERCENT)
    collectgarbage(before)
  end })
end

local function collect_problems(result, out, all, met)
  local problems = result.problems
  for n, edition in ipairs(all) do
    for _, problem in ipairs(met[n]) do problems[#problems + 1] = problem end
    for _, problem in ipairs(edition.problems) do problems[#problems + 1] = problem end
  end
  for _, problem in ipairs(out.problems) do problems[#problems + 1] = problem end
end

-- Pages among the sources would overwrite them, and be read as sources by the next build.
local function is_same_folder(a, b)
  local one, other = uv.fs_realpath(a), uv.fs_realpath(b)
  return one ~= nil and one == other
end

-- The default output folder's manifest can move with the site; those of others are told apart by their place.
local function manifest_name(given)
  return given.output and "manifest-" .. core.fingerprint(given.output) or "manifest"
end

--- Builds a site.
-- @tparam table given
--
--   * `directory` -- the site's folder, with `site.lua`; `"."` where it is left out
--   * `output` -- where to publish; `directory/_site` otherwise
--   * `full` -- write every file, whether it changed or not
--   * `drafts`, `future` -- publish drafts, and stories after `today`
--   * `today` -- ISO 8601 date; where it is left out no story is to come
--   * `check` -- make all pages and write nothing
--   * `jobs` -- OS threads that relate stories, 1 to 64, 1 where it is left out; the pages are the same
--   * `progress` -- a function of stage, done and total
--
-- @treturn table `files`, `written`, `unchanged`, `removed` (numbers of files), `bytes` (of all pages), `stories`,
-- `withheld` (drafts and stories to come), `editions`, `output` (nil for a check) and `problems` (each `path`, `line`,
-- `column`, `code`, `message`)
-- @treturn ?string what was wrong, where the first is nil
function build.build(given)
  given = options.check(1, "build", given, OPTIONS)
  local _ <close> = with_generations()
  local directory = given.directory or "."
  if directory == "" then return nil, "the name of the site's folder is empty" end
  local progress = given.progress or quiet
  local all = editions.load(directory .. "/site.lua")
  if given.output and is_same_folder(given.output, directory) then
    return nil, "the output folder cannot be the site's own folder"
  end
  local out, message = output.open {
    directory = given.output or directory .. "/_site", state = directory .. "/" .. STATE, name = manifest_name(given),
    full = given.full, check = given.check,
  }
  if not out then return nil, message end
  local result = { stories = 0, withheld = 0, editions = #all, problems = {} }
  local met = {}
  for n, edition in ipairs(all) do
    edition.jobs = given.jobs
    local archive, problems, withheld = read(edition, given, progress)
    met[n] = problems
    result.stories, result.withheld = result.stories + #archive, result.withheld + withheld
    publish(edition, archive, out, progress)
  end
  publish_site(all, out)
  out:finish()
  for _, name in ipairs { "files", "written", "unchanged", "removed", "bytes" } do result[name] = out[name] end
  result.output = not given.check and out.directory or nil
  collect_problems(result, out, all, met)
  return result
end

return build
