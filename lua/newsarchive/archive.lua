--- An archive: stories with their indexes.
-- @classmod newsarchive.archive
local core = require "newsarchive.core"
local options = require "newsarchive.options"
local reader = require "newsarchive.reader"
local reports = require "newsarchive.report"

local archive = {}

local meta = { __index = archive, __name = "newsarchive.archive" }

-- Stories that are added one by one are collected in a report, of which so many share the memory.
local ADDED_AT_ONCE = 1024

function meta:__len()
  return self.core:count()
end

function meta:__tostring()
  return ("newsarchive.archive: %d stories"):format(self.core:count())
end

--- An empty archive.
-- @tparam[opt] table given `language` (BCP 47, "en" where it is left out): of stories that do not say
-- @treturn archive
function archive.new(given)
  given = options.check(1, "new", given, { language = "string" })
  local language = given.language or "en"
  return setmetatable({ core = core.archive(language), language = language, added = core.report() }, meta)
end

local function add(self, story)
  local report = options.report_of(story)
  if report then return self.core:add(report) end
  local count = self.added:counts().stories
  if count == ADDED_AT_ONCE then self.added, count = core.report(), 0 end
  self.added:add(story)
  self.core:add(self.added, count + 1)
end

--- Adds one story, or all stories of a report.
-- @tparam table story as in the data model (at least `title` and `date`), or what `newsarchive.parse` gave
-- @treturn archive itself
function archive:add(story)
  options.pass(1, "add", add, self, story)
  return self
end

-- Raises where the caller of `read` stands.
local function check_paths(paths)
  if type(paths) ~= "string" and type(paths) ~= "table" then
    error(("bad argument #1 to 'read' (string or table expected, got %s)"):format(type(paths)), 3)
  end
  for n, path in ipairs(type(paths) == "table" and paths or {}) do
    if type(path) ~= "string" then
      error(("bad argument #1 to 'read' (path %d: string expected, got %s)"):format(n, type(path)), 3)
    end
  end
end

--- Reads files or folders of any supported format and adds their stories. Folders need luv.
-- @tparam string|{string,...} paths
-- @tparam[opt] table given `format` (a reader's name), `language` (BCP 47), `progress` (a function of files done and
-- files in all)
-- @treturn report `stories`, `problems`
function archive:read(paths, given)
  check_paths(paths)
  given = options.check(2, "read", given, { format = reader.formats(), language = "string", progress = "function" })
  local report = reports.new()
  reader.read(report.core, paths, {
    format = given.format, language = given.language or self.language, progress = given.progress,
  })
  self.core:add(report.core)
  return report
end

--- Adds the stories of another archive, but for those that this one has already, with the same id and the same fields.
-- @tparam archive other
-- @treturn report `problems`: a story of an id that another one has gets one of its own
-- @treturn integer how many stories both had
function archive:merge(other)
  if getmetatable(other) ~= meta then
    error(("bad argument #1 to 'merge' (archive expected, got %s)"):format(type(other)), 2)
  end
  local report = reports.new()
  return report, self.core:merge(other.core, report.core)
end

--- One story, as a table of its own.
-- @tparam string id
-- @treturn ?table nil where the archive has no such story
function archive:story(id)
  local i = options.number_of(self, id, 1, "story")
  return i and self.core:story(i)
end

-- What says which stories are asked for.
local CHOICE = { entity = "string", from = "string", to = "string", order = { "date", "newest" } }

-- The numbers of the stories that are asked for, as an iterator.
local function numbers_of(self, given)
  local first, last = self.core:range(given.from, given.to)
  local list
  if given.entity then
    local entity = self.core:find_entity(given.entity)
    list = {}
    for _, i in ipairs(entity and self.core:entity_stories(entity) or {}) do
      if i >= first and i <= last then list[#list + 1] = i end
    end
    first, last = 1, #list
  end
  local step = given.order == "newest" and -1 or 1
  local at = (step > 0 and first or last) - step
  return function()
    at = at + step
    if at >= first and at <= last then return list and list[at] or at end
  end
end

-- Iterates over what `get` gives of the stories that the method `name` is asked for.
local function iterate(self, name, given, get)
  given = options.check_dates(1, name, options.check(1, name, given, CHOICE), self.core)
  local next_number = numbers_of(self, given)
  return function()
    local i = next_number()
    if i then return get(self.core, i) end
  end
end

--- Iterates over stories, each a table of its own.
-- @tparam[opt] table given `entity` (a name), `from` and `to` (ISO 8601: a day, a month or a year, both inclusive),
-- `order` (`"date"`, or `"newest"` first)
-- @treturn function for the generic `for`
function archive:stories(given)
  return iterate(self, "stories", given, self.core.story)
end

--- Iterates over stories without making tables: for going over a hundred thousand titles.
-- @tparam[opt] table given as for `stories`
-- @treturn function for the generic `for`: id, title, date, and the category or nil
function archive:titles(given)
  return iterate(self, "titles", given, self.core.card)
end

--- Why a story has an entity: links, headings, names of a registry, rules, with their places in the story.
-- @tparam table|string story or its id
-- @tparam string entity its name
-- @tparam[opt] table given `registry` (see newsarchive.rules.registry), `rules` (see newsarchive.rules): by which its
-- context was made; without them, what the story itself has explains it
-- @treturn ?{table,...} the reasons, as `newsarchive.explain` has them; empty where nothing leads to the entity
-- @treturn string what was wrong
function archive:explain(story, entity, given)
  given = options.check(3, "explain", given, { registry = "newsarchive.registry", rules = "newsarchive.rules" })
  local i = options.number_of(self, story, 1, "explain")
  if type(entity) ~= "string" then
    error(("bad argument #2 to 'explain' (string expected, got %s)"):format(type(entity)), 2)
  end
  if not i then return nil, "the archive has no such story", { code = "no-story" } end
  return require("newsarchive.explain").story(self.core:story(i), entity, given)
end

-- What is more than keeping stories has modules of its own.
for _, part in ipairs { "related", "search", "entities" } do
  for name, method in pairs(require("newsarchive." .. part).methods) do archive[name] = method end
end

local function check_path(path, name)
  if type(path) ~= "string" then
    error(("bad argument #1 to '%s' (string expected, got %s)"):format(name, type(path)), 3)
  end
  if path:find("\0", 1, true) then error(("bad argument #1 to '%s' (a path holds no NUL)"):format(name), 3) end
end

--- Writes the archive to a file with all that searching and relating needs: beside it first, and then in its place, so
-- that whoever opens it finds the old one or the new one.
-- @tparam string path
-- @tparam[opt] table given `relations`: finds all relations and threads now, so that nobody who opens the file need
-- find them again; `jobs` (OS threads that do it, default 1; the file is the same)
-- @treturn ?boolean true
-- @treturn string what was wrong
-- @treturn table `path`, `code`
function archive:save(path, given)
  check_path(path, "save")
  given = options.check(2, "save", given, { relations = "boolean", jobs = options.JOBS })
  local saved, message, code = self.core:save(path, given.relations and self:relations_index() or nil, given.jobs)
  if saved then return true end
  return nil, ("%s: %s"):format(path, message), { path = path, code = code }
end

--- Opens what `save` wrote: the file is mapped, and read where something is asked for.
-- @tparam string path
-- @tparam[opt] table given `verify`: reads all of it first
-- @treturn ?archive
-- @treturn string what was wrong
-- @treturn table `path`, `code`
function archive.open(path, given)
  check_path(path, "open")
  given = options.check(2, "open", given, { verify = "boolean" })
  local opened, message, code = core.open_archive(path)
  local sound = opened
  if opened and given.verify then sound, message, code = opened:verify() end
  if not sound then return nil, ("%s: %s"):format(path, message), { path = path, code = code } end
  return setmetatable({ core = opened, language = opened:language(), added = core.report() }, meta)
end

return archive
