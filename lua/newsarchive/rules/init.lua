--- Rules: the vocabulary that a site's `rules.lua` is written in.
--
--     return rules {
--       alias { ["U.S."] = "United States" },
--       entity "Mercury" { only_with = { "NASA", "orbit" } },
--       drop { "Reuters" },
--       category { ["Sport"] = "Sports" },
--       when { title = "earthquake", magnitude = "(%d+%.%d)" } (function(story, found)
--         story.topics = { "Earthquakes" }
--       end),
--       expect "NASA passes Mercury" { "Mercury" },
--     }
--
-- Names are looked for by the core; only `when` makes a story a Lua table.
-- @module newsarchive.rules
local core = require "newsarchive.core"
local lists = require "newsarchive.lists"
local options = require "newsarchive.options"
local registry = require "newsarchive.rules.registry"

local rules = {}

--- Steps of Lua's machine after which a rule is stopped: some seconds, where a rule takes microseconds.
rules.STEPS_MAX = 100000000

-- ---- the vocabulary ----

local Rule = { __name = "newsarchive.rule" }

-- The place in rules.lua from which a word of the vocabulary was called.
local function place()
  local info = debug.getinfo(3, "Sl")
  return { path = info.short_src, line = info.currentline }
end

local function rule(kind, at, fields)
  fields.kind, fields.place = kind, at
  return setmetatable(fields, Rule)
end

local function check_table(value, word)
  if type(value) ~= "table" then
    error(("bad argument to '%s' (table expected, got %s)"):format(word, type(value)), 3)
  end
end

local vocabulary = {}

--- Other names of entities, in texts and in the context that stories bring.
-- @tparam table names name = entity
function vocabulary.alias(names)
  check_table(names, "alias")
  return rule("alias", place(), { names = names })
end

--- An entity, and on what it depends: `entity "Mercury" { only_with = { "orbit" } }`.
-- @tparam string name
-- @treturn function takes the fields of an entity, see `newsarchive.rules.registry`
function vocabulary.entity(name)
  local self = rule("entity", place(), { entity = { name = name } })
  self.take = function(fields)
    check_table(fields, "entity")
    for key, value in pairs(fields) do self.entity[key] = value end
    return self
  end
  return self
end

--- Names that are no entities: sources, say.
-- @tparam {string,...} names
function vocabulary.drop(names)
  check_table(names, "drop")
  return rule("drop", place(), { names = names })
end

--- Other names of categories.
-- @tparam table names name = category
function vocabulary.category(names)
  check_table(names, "category")
  return rule("category", place(), { names = names })
end

--- A function for the stories that match: `when { title = "quake" } (function(story, found) ... end)`.
-- A key that is a field of a story has a Lua pattern that must be found in it, capitals or not; any other key has one
-- that must be found in the title, the description or the body, and `found` has what it captured.
-- @tparam table patterns
-- @treturn function takes the function, which may change the story or give another one
function vocabulary.when(patterns)
  check_table(patterns, "when")
  local self = rule("when", place(), { patterns = patterns })
  self.take = function(action)
    if type(action) ~= "function" then error("bad argument to 'when' (function expected)", 2) end
    self.action = action
    return self
  end
  return self
end

--- A test: `expect "Iran tests a missile" { "Iran" }`.
-- @tparam string|table story its title, or a story
-- @treturn function takes the list of entities that shall be in its context
function vocabulary.expect(story)
  local self = rule("expect", place(), { story = type(story) == "table" and story or { title = story } })
  self.take = function(context)
    check_table(context, "expect")
    self.context = context
    return self
  end
  return self
end

function Rule:__call(argument)
  if not self.take then error(("'%s' takes one table"):format(self.kind), 2) end
  return self.take(argument)
end

-- ---- compiling ----

local Compiled = { __name = "newsarchive.rules" }
Compiled.__index = Compiled

local function fail(at, message)
  error(("%s:%d: %s"):format(at.path, at.line, message), 0)
end

local take = {}

function take.alias(self, given)
  for _, name in ipairs(lists.sorted_keys(given.names)) do
    local entity, why = given.names[name], ("an alias, %s:%d"):format(given.place.path, given.place.line)
    if type(entity) ~= "string" or entity == "" or name == "" then
      fail(given.place, ("alias: the name of an entity expected for '%s'"):format(name))
    end
    self.aliases[name] = entity
    self.registry:add { name = name, entity = entity, why = why }
    self.registry:add { name = name, entity = entity, redirect = true, why = why }
    self.registry:add { name = entity, why = why }
  end
end

function take.entity(self, given)
  local entities, message = registry.from_entities { given.entity }
  if not entities then fail(given.place, (message:gsub("^entity 1: ", "entity: "))) end
  for _, entry in ipairs(entities.entries) do
    entry.why = entry.why or ("%s:%d"):format(given.place.path, given.place.line)
    self.registry:add(entry)
  end
end

function take.drop(self, given)
  for _, name in ipairs(given.names) do
    self.registry:add { name = name, silent = true }
    self.registry:add { name = name, redirect = true }
  end
end

function take.category(self, given)
  for name, category in pairs(given.names) do self.categories[name] = category end
end

function take.when(self, given)
  if not given.action then fail(given.place, "when: a function is missing behind the patterns") end
  for key, pattern in pairs(given.patterns) do
    local fine, message = pcall(string.find, "", pattern)
    if not fine then fail(given.place, ("when: '%s': %s"):format(tostring(key), message)) end
  end
  self.actions[#self.actions + 1] = given
end

function take.expect(self, given)
  if not given.context then fail(given.place, "expect: a list of entities is missing behind the story") end
  self.expectations[#self.expectations + 1] = given
end

local function stop() error("the rule runs without end", 0) end

-- Calls what a site has written, which may run without end; then as pcall.
local function call(action, ...)
  debug.sethook(stop, "", rules.STEPS_MAX)
  local fine, result = pcall(action, ...)
  debug.sethook()
  if fine or type(result) == "string" then return fine, result end
  return false, ("it raised a %s, not a message"):format(type(result)) -- whose address would differ each time
end

--- Compiles a list of rules. What is wrong with one raises, with its place.
-- @tparam {rule,...} list
-- @treturn Rules
function rules.compile(list)
  local self = setmetatable({
    registry = registry.new(), aliases = {}, categories = {}, actions = {}, expectations = {},
  }, Compiled)
  local last = 0
  for key in pairs(list) do
    if math.type(key) ~= "integer" or key < 1 then
      error(("a rule has the key '%s': rules have no names"):format(tostring(key)), 0)
    end
    last = math.max(last, key)
  end
  for i = 1, last do -- also behind what is nil: no rule is lost
    local given = list[i]
    if getmetatable(given) ~= Rule then error(("rule %d is a %s, not a rule"):format(i, type(given)), 0) end
    take[given.kind](self, given)
  end
  return self
end

--- Reads a file of rules.
-- @tparam string path
-- @tparam[opt] boolean or_function a file that returns a function of a story is fine, too
-- @treturn[1] Rules|function
-- @return[2] nil
-- @treturn[2] string message with file and line
-- @treturn[2] table details: `code`, `path`
function rules.read(path, or_function)
  local environment = setmetatable({ rules = rules.compile }, { __index = function(_, key)
    return vocabulary[key] or _G[key]
  end })
  local chunk, message = loadfile(path, "t", environment)
  if not chunk then return nil, message, { code = "rules-syntax", path = path } end
  local fine, given = call(chunk)
  if not fine then
    if not given:find(path, 1, true) then given = path .. ": " .. given end
    return nil, given, { code = "rules-error", path = path }
  end
  if getmetatable(given) == Compiled or or_function and type(given) == "function" then return given end
  local expected = or_function and "`rules { ... }` or a function of a story" or "`rules { ... }`"
  return nil, ("%s: a file of rules returns %s"):format(path, expected), { code = "rules-error", path = path }
end

--- Puts what was learnt beneath the rules, which have the first word.
-- @tparam registry learnt
-- @treturn Rules itself
function Compiled:over(learnt)
  for _, entry in ipairs(learnt.entries) do
    local copy = {}
    for key, value in pairs(entry) do copy[key] = value end
    local entity = entry.entity or entry.name
    -- what is learnt to be no name may be one by the rules
    if not entry.silent then copy.entity = self.aliases[entity] or entity end
    if not (entry.silent and self.aliases[entry.name]) then self.registry:add(copy) end
  end
  self.registry.scout, self.registry.by_looks = learnt.scout, learnt.by_looks
  return self
end

-- ---- applying ----

local function found_in(value, pattern)
  if type(value) == "table" then
    for _, item in ipairs(value) do
      local capture = type(item) == "string" and found_in(item, pattern)
      if capture then return capture end
    end
  elseif type(value) == "string" then
    return value:match(pattern) or value:lower():match(pattern)
  end
end

local IS_FIELD = {}
for field in ([[id date title body description language category raw_category lead role slug url topics context tags
  authors]]):gmatch("%S+") do IS_FIELD[field] = true end

-- What the patterns found, or nil where one did not.
local function found_by(patterns, story)
  local found = {}
  for key, pattern in pairs(patterns) do
    local capture
    if IS_FIELD[key] then
      capture = found_in(story[key], pattern)
    else
      capture = found_in({ story.title, story.description or "", story.body or "" }, pattern)
    end
    if not capture then return nil end
    found[key] = capture
  end
  return found
end

local function copy_of(value)
  if type(value) ~= "table" then return value end
  local copy = {}
  for key, item in pairs(value) do copy[key] = copy_of(item) end
  return copy
end

-- Runs a rule on a copy, so that one that fails leaves the story as it was.
local function run(given, story, found)
  local changed = copy_of(story)
  for _, list in ipairs { "topics", "context", "tags" } do changed[list] = changed[list] or {} end
  local fine, result = call(given.action, changed, found)
  if not fine then return nil, result end
  changed = type(result) == "table" and result or changed
  for _, list in ipairs { "topics", "context", "tags" } do
    if type(changed[list]) == "table" and next(changed[list]) == nil then changed[list] = nil end
  end
  return changed
end

-- Puts what a rule made of a story in its place: true, or false and what is wrong with it.
local function replace(report, i, story)
  local fine, message = pcall(report.replace, report, i, story)
  if fine then return true end
  return false, options.fault(message) or message
end

local function apply_to(self, report, i)
  local story = report:story(i)
  local origin, touched = story.origin or {}, false
  local category = self.categories[story.category]
  if category then story.category, touched = category, true end
  for _, given in ipairs(self.actions) do
    local found = found_by(given.patterns, story)
    if found then
      local changed, message = run(given, story, found)
      local fine = changed ~= nil
      if fine then fine, message = replace(report, i, changed) end
      if fine then
        story, touched = changed, false
      else
        report:note {
          path = origin.path, line = origin.line,
          message = ("%s:%d: the rule failed for the story '%s': %s"):format(given.place.path, given.place.line,
            story.id or story.title, message),
        }
      end
    end
  end
  if touched then report:replace(i, story) end
end

--- Which functions of the rules put an entity into a story's context.
-- @tparam table story as it is now
-- @tparam string entity
-- @treturn {table,...} each with the `path` and `line` of its `when`, and what the patterns `found`
function Compiled:adders(story, entity)
  local list, without = {}, copy_of(story)
  without.context = {}
  for _, name in ipairs(story.context or {}) do
    if name ~= entity then table.insert(without.context, name) end
  end
  for _, given in ipairs(self.actions) do
    local found = found_by(given.patterns, story)
    local changed = found and run(given, without, found)
    if changed and lists.has(changed.context, entity) then
      list[#list + 1] = { path = given.place.path, line = given.place.line, found = found }
    end
  end
  return list
end

--- Applies the rules to all stories of a report: names first, then `category` and `when`. A rule that fails is noted in
-- the report with its file, its line and the story, which goes on without it.
-- @tparam Report report of the core
-- @tparam[opt] table given options as of `registry:tag`
-- @treturn integer how many names were added to contexts
function Compiled:apply(report, given)
  local added = self.registry:tag(report, given)
  if #self.actions > 0 or next(self.categories) then
    for i = 1, report:counts().stories do apply_to(self, report, i) end
  end
  return added
end

--- Runs the tests that the rules bring.
-- @treturn {table,...} those that failed, each with `path`, `line`, `message`
function Compiled:check()
  local failures = {}
  for _, given in ipairs(self.expectations) do
    local story = copy_of(given.story)
    story.date = story.date or "2000-01-01"
    local report = core.report():add(story)
    self:apply(report)
    local got, expected = report:story(1).context or {}, copy_of(given.context)
    table.sort(got)
    table.sort(expected)
    local message = report:problem(1) and report:problem(1).message
    if table.concat(got, "\n") ~= table.concat(expected, "\n") then
      message = ("expected { %s }, got { %s }: %s"):format(table.concat(expected, ", "), table.concat(got, ", "),
        given.story.title)
    end
    if message then
      failures[#failures + 1] = { path = given.place.path, line = given.place.line, message = message }
    end
  end
  return failures
end

return rules
