--- What `site.lua` says: one edition, or several that share what the outer table says.
-- @module newsarchive.site.edition
local core = require "newsarchive.core"
local lists = require "newsarchive.lists"
local options = require "newsarchive.options"
local reader = require "newsarchive.reader"
local words = require "newsarchive.site.words"

local edition = {}
edition.__index = edition

local FORMATS = { html = true, atom = true, json = true }
local LAYOUTS = { archive = "newsarchive.site.archive", context = "newsarchive.site.context_layout" }
local RELATED = {
  rule = { relevance = true, context = true }, display = { rank = true, date = true },
  direction = { both = true, all = true, before = true, after = true },
}
-- Entries of one list, and of each of two: as many as the reference has.
local RELATED_LIMIT, RELATED_LIMIT_EACH = 10, 5

-- ---- checking: a message names the file and the key ----

local function fail(where, message, ...)
  error(where .. ": " .. message:format(...), 0)
end

local function expect(where, key, value, expected)
  if type(value) ~= expected then fail(where, "'%s': %s expected, got %s", key, expected, type(value)) end
end

-- What goes into every page: core functions raise for what is no UTF-8.
local function expect_text(where, key, value)
  expect(where, key, value, "string")
  if not utf8.len(value) then fail(where, "'%s': not valid UTF-8", key) end
end

-- A list: keys that are no numbers, and gaps, would be left out without a word.
local function expect_list(where, key, value)
  expect(where, key, value, "table")
  for index in pairs(value) do
    if math.type(index) ~= "integer" or index < 1 or index > #value then
      fail(where, "'%s': a list expected, got the key '%s'", key, tostring(index))
    end
  end
end

-- A whole number of at least `least`.
local function expect_count(where, key, value, least)
  if math.type(value) ~= "integer" or value < least then
    fail(where, "'%s': a whole number of at least %d expected, got %s", key, least, tostring(value))
  end
end

local checks = {}

function checks.title(where, value) expect_text(where, "title", value) end
function checks.description(where, value) expect_text(where, "description", value) end
function checks.author(where, value) expect_text(where, "author", value) end

function checks.base_url(where, value)
  expect(where, "base_url", value, "string")
  local host = value:match("^https?://[%w.:%[%]-]+(.*)$")
  if not host or not host:find("^/?$") and not host:find("^/[^?#%s\"<>\\%c]*$") then
    fail(where, "'base_url': an address such as https://example.org/ expected, got '%s'", value)
  end
end

function checks.language(where, value)
  expect(where, "language", value, "string")
  if not value:find("^%a%a%a?$") and not value:find("^%a%a%a?%-[%w-]+$") then
    fail(where, "'language': a tag of BCP 47 such as en or zh-Hant expected, got '%s'", value)
  end
end

function checks.path(where, value)
  expect(where, "path", value, "string")
  if value == "" then return end
  if not value:find("/$") or value:find("^/") or value:find("//", 1, true) or ("/" .. value):find("/%.%.?/") then
    fail(where, "'path': a folder such as zh/ expected, got '%s'", value)
  end
end

local function check_format(where, key, value)
  expect(where, key, value, "string")
  if not reader.named(value) then
    fail(where, "'%s': one of %s expected, got '%s'", key, table.concat(reader.formats(), ", "), value)
  end
end

function checks.sources(where, value)
  if type(value) == "string" then return end
  expect_list(where, "sources", value)
  for i, source in ipairs(value) do
    if type(source) == "table" then
      for _, key in ipairs(lists.sorted_keys(source)) do
        if key ~= "path" and key ~= "format" then fail(where, "'sources': unknown key '%s'", tostring(key)) end
      end
      expect(where, ("sources[%d].path"):format(i), source.path, "string")
      if source.format ~= nil then check_format(where, ("sources[%d].format"):format(i), source.format) end
    else
      expect(where, ("sources[%d]"):format(i), source, "string")
    end
  end
end

function checks.rules(where, value)
  if type(value) ~= "function" then expect(where, "rules", value, "string") end
end

function checks.registry(where, value) expect(where, "registry", value, "string") end

function checks.layout(where, value)
  if type(value) == "table" and type(value.pages) == "function" or type(value) == "function" then return end
  if type(value) == "table" then fail(where, "'layout': a table with a function 'pages' expected") end
  expect(where, "layout", value, "string")
end

function checks.theme(where, value)
  expect(where, "theme", value, "table")
  for _, key in ipairs(lists.sorted_keys(value)) do
    if key ~= "templates" and key ~= "stylesheet" then fail(where, "'theme': unknown key '%s'", tostring(key)) end
    expect(where, "theme." .. key, value[key], "string")
  end
end

function checks.formats(where, value)
  expect_list(where, "formats", value)
  for _, format in ipairs(value) do
    if not FORMATS[format] then
      fail(where, "'formats': one of html, atom, json expected, got '%s'", tostring(format))
    end
  end
end

local function check_word(where, name, word)
  local key, kind = "words." .. tostring(name), words.kind(name)
  if not kind then fail(where, "'words': there is no word '%s'", tostring(name)) end
  if kind == "list" then
    expect_list(where, key, word)
    if #word ~= #words.en[name] then fail(where, "'%s': a list of %d expected, got %d", key, #words.en[name], #word) end
    for i, item in ipairs(word) do expect_text(where, ("%s[%d]"):format(key, i), item) end
  elseif kind == "string" then
    expect_text(where, key, word)
  else
    expect(where, key, word, kind)
  end
end

function checks.words(where, value)
  expect(where, "words", value, "table")
  for _, name in ipairs(lists.sorted_keys(value)) do check_word(where, name, value[name]) end
end

function checks.links(where, value)
  if value ~= "root" and value ~= "relative" then
    fail(where, "'links': 'root' or 'relative' expected, got '%s'", tostring(value))
  end
end

local related = {}

function related.limit(where, value)
  if math.type(value) ~= "integer" or value < 0 or value > options.LIMIT_MAX then
    fail(where, "'related.limit': 0 to %d expected", options.LIMIT_MAX)
  end
end

function related.least(where, value)
  if type(value) ~= "number" or not (value >= 0 and value <= 1) then
    fail(where, "'related.least': a number from 0 to 1 expected, got %s", tostring(value))
  end
end

-- The core knows the weights and their ranges.
function related.weights(where, value)
  expect(where, "related.weights", value, "table")
  local fine, message = pcall(core.relations, core.archive(), value)
  if not fine then fail(where, "'related.weights': %s", tostring(message):match("%((.*)%)") or tostring(message)) end
end

function checks.related(where, value)
  expect(where, "related", value, "table")
  for _, key in ipairs(lists.sorted_keys(value)) do
    if related[key] then
      related[key](where, value[key])
    elseif RELATED[key] then
      expect(where, "related." .. key, value[key], "string")
      if not RELATED[key][value[key]] then fail(where, "'related.%s': there is no '%s'", key, value[key]) end
    else
      fail(where, "'related': unknown key '%s'", tostring(key))
    end
  end
end

local ENTITIES = { least = 1, feeds = 1, json = 1 } -- the smallest value of each

function checks.entities(where, value)
  expect(where, "entities", value, "table")
  for _, key in ipairs(lists.sorted_keys(value)) do
    if not ENTITIES[key] then fail(where, "'entities': unknown key '%s'", tostring(key)) end
    expect_count(where, "entities." .. key, value[key], ENTITIES[key])
  end
end

function checks.threads(where, value)
  if value == false then return end
  if type(value) ~= "table" then fail(where, "'threads': false or a table expected, got %s", type(value)) end
  for _, key in ipairs(lists.sorted_keys(value)) do
    if key == "least" then
      expect_count(where, "threads.least", value.least, 2)
    elseif key == "rule" then
      expect(where, "threads.rule", value.rule, "function")
    else
      fail(where, "'threads': unknown key '%s'", tostring(key))
    end
  end
end

function checks.editions(where, value)
  expect_list(where, "editions", value)
  if #value == 0 then fail(where, "'editions': a list of tables expected") end
end

local function check_table(where, given)
  for _, key in ipairs(lists.sorted_keys(given)) do
    local check = checks[key]
    if not check then fail(where, "unknown key '%s'", tostring(key)) end
    check(where, given[key])
  end
end

-- ---- making ----

local function inherited(outer, inner)
  local merged = {}
  for key, value in pairs(outer) do if key ~= "editions" then merged[key] = value end end
  for key, value in pairs(inner) do
    if key == "words" and outer.words then
      value = setmetatable(value, { __index = outer.words })
    end
    merged[key] = value
  end
  return merged
end

local function layout_of(where, directory, given)
  if type(given) == "table" then return given end
  if type(given) == "function" then return { pages = given } end
  if LAYOUTS[given] then return require(LAYOUTS[given]) end
  local path = directory .. "/" .. given
  local chunk, message = loadfile(path)
  if not chunk then fail(where, "'layout': archive, context or a Lua file expected; %s", message) end
  local value = chunk()
  if type(value) ~= "table" and type(value) ~= "function" then
    fail(path, "a layout is a function or a table with 'pages', got %s", type(value))
  end
  checks.layout(path, value)
  return layout_of(where, directory, value)
end

-- What the layout `context` takes of `related`: its pages are the reference's.
local CONTEXT_TAKES = { limit = true, display = true }

-- How stories are related, with nothing left open but `display`.
local function related_of(where, given, layout)
  local is_context_layout = layout == "context"
  local rule = given.rule or is_context_layout and "context" or "relevance"
  for _, key in ipairs(lists.sorted_keys(given)) do
    local is_usual = CONTEXT_TAKES[key] or given[key] == "context" or given[key] == "all"
    if is_context_layout and not is_usual then
      fail(where, "'related.%s': not in the layout context, which relates as the reference does", key)
    end
    if rule == "context" and (key == "weights" or key == "least") then
      fail(where, "'related.%s': of the rule relevance alone", key)
    end
  end
  local direction = given.direction or rule == "context" and "all" or "both"
  return {
    rule = rule, direction = direction, display = given.display, weights = given.weights, least = given.least,
    limit = given.limit or direction == "both" and RELATED_LIMIT_EACH or RELATED_LIMIT,
  }
end

-- A folder or a file that the site names must be there.
local function expect_there(where, directory, key, path)
  local file, message = io.open(directory .. "/" .. path)
  if not file then fail(where, "'%s': %s", key, message) end
  file:close()
end

local function new(where, directory, given)
  for _, key in ipairs { "title", "base_url" } do
    if given[key] == nil then fail(where, "'%s' is missing", key) end
  end
  local self = setmetatable({}, edition)
  for key, value in pairs(given) do self[key] = value end
  self.directory = directory
  self.base_url = given.base_url:gsub("/*$", "/")
  self.base_path = self.base_url:match("^https?://[^/]+(/.*)$")
  self.path = given.path or ""
  self.language = given.language or "en"
  self.direction = words.direction(self.language)
  self.words = words.of(self.language, given.words)
  self.sources = type(given.sources) == "string" and { given.sources } or given.sources or { "stories" }
  self.layout = layout_of(where, directory, given.layout or "archive")
  self.links = given.links or "root"
  self.related = related_of(where, given.related or {}, given.layout)
  self.entities = given.entities or {}
  if self.threads == nil then self.threads = {} end
  self.theme = given.theme or {}
  for key, path in pairs(self.theme) do expect_there(where, directory, "theme." .. key, path) end
  for _, key in ipairs { "rules", "registry" } do
    if type(given[key]) == "string" then expect_there(where, directory, key, given[key]) end
  end
  self.formats = {}
  for _, format in ipairs(given.formats or { "html", "atom", "json" }) do self.formats[format] = true end
  self.problems = {}
  return self
end

--- Makes editions of what a `site.lua` gave.
-- @tparam table given
-- @tparam string where the path of the file, for messages
-- @tparam string directory the site's folder, against which paths are read
-- @treturn {Edition,...} each knows the `others`
function edition.of(given, where, directory)
  if type(given) ~= "table" then fail(where, "a table expected, got %s", type(given)) end
  check_table(where, given)
  local editions, paths = {}, {}
  for i, inner in ipairs(given.editions or { {} }) do
    local place = given.editions and ("%s: editions[%d]"):format(where, i) or where
    expect(where, ("editions[%d]"):format(i), inner, "table")
    if inner.editions then fail(place, "an edition has no editions of its own") end
    check_table(place, inner)
    editions[i] = new(place, directory, inherited(given, inner))
    local path = editions[i].path
    if paths[path] then fail(place, "'path': two editions are at '%s'", path) end
    paths[path] = true
  end
  for _, one in ipairs(editions) do one.all = editions end
  return editions
end

--- Reads a `site.lua`. Raises where it is wrong.
-- @tparam string path
-- @treturn {Edition,...}
function edition.load(path)
  local directory = path:match("^(.*)/[^/]*$") or "."
  local chunk, message = loadfile(path, "t", setmetatable({}, { __index = _G }))
  if not chunk then error(message, 0) end
  local fine, given = pcall(chunk)
  if not fine then error(tostring(given), 0) end
  return edition.of(given, path, directory)
end

--- The whole URL of an address of this edition.
-- @tparam string address relative to the edition, "" for its front page
-- @treturn string
function edition:url(address)
  return self.base_url .. self.path .. address
end

--- Notes something that the input or the site made impossible.
-- @tparam table problem `path`, `line`, `code`, `message`
function edition:note(problem)
  self.problems[#self.problems + 1] = problem
end

return edition
