--- The registry: which names there are, what they stand for, and why.
--
-- An entry is a table of
--
--   * `name` -- as it stands in texts
--   * `entity` -- the canonical name that it stands for; the name itself where absent
--   * `kind` -- "person", "place", "organisation", "event" or "thing"
--   * `language` -- BCP 47: the name is looked for in stories of this language alone
--   * `letters`, `start`, `plural` -- how it is looked for, see `Names:add` of the core; `start` is true where absent
--   * `only_with`, `unless` -- lists of words on which the entity depends
--   * `parent` -- the entity that this one is part of
--   * `redirect` -- true where stories that have the name in their context shall have the entity instead
--   * `silent` -- true where the name is found, so that no other one within it is, but is no entity; one with an
--     `entity` is any word, which is no name where it begins a sentence
--   * `why` -- where the name comes from
-- @module newsarchive.rules.registry
local core = require "newsarchive.core"

local registry = {}
registry.__index = registry
registry.__name = "newsarchive.registry"

--- What an entity can be.
registry.kinds = { person = true, place = true, organisation = true, event = true, thing = true }

--- Probability from which on something is taken for a name by its looks: about two of three found so are right.
registry.LEAST_PROBABILITY = 0.37

local COLUMNS = { "name", "entity", "kind", "language", "letters", "start", "plural", "only_with", "unless", "parent",
  "redirect", "silent", "why" }
local TYPES = { only_with = "list", unless = "list", start = "boolean", plural = "boolean", redirect = "boolean",
  silent = "boolean" }
local IS_COLUMN = {}
for _, column in ipairs(COLUMNS) do IS_COLUMN[column] = true end

--- An empty registry.
-- @treturn registry `entries`; `scout` where one was learnt; `by_looks`: whether phrases of capitalised words are names
function registry.new()
  return setmetatable({ entries = {} }, registry)
end

-- What is wrong with an entry; nil where nothing is.
local function fault_of(entry)
  if type(entry) ~= "table" then return "table expected, got " .. type(entry) end
  for key, value in pairs(entry) do
    if not IS_COLUMN[key] then return ("unknown field '%s'"):format(tostring(key)) end
    local expected = TYPES[key] == "list" and "table" or TYPES[key] or "string"
    if type(value) ~= expected then
      return ("field '%s': %s expected, got %s"):format(key, TYPES[key] or "string", type(value))
    end
  end
  if not entry.name then return "field 'name': string expected, got nil" end
  if entry.kind and not registry.kinds[entry.kind] then return ("unknown kind '%s'"):format(entry.kind) end
end

--- Adds a name. A field that is not known or of a wrong type raises.
-- @tparam table entry
-- @treturn registry itself
function registry:add(entry)
  local fault = fault_of(entry)
  if fault then error("bad argument #1 to 'add' (" .. fault .. ")", 2) end
  self.entries[#self.entries + 1] = entry
  self.compiled, self.kinds_of = nil, nil
  return self
end

-- ---- Lua and YAML: entities with their aliases ----

local SHARED = { "kind", "letters", "start", "plural", "only_with", "unless", "parent", "why" }
local TRUTH = { ["true"] = true, ["false"] = false }

-- YAML gives texts and numbers where Lua gives booleans.
local function boolean_of(value)
  if TRUTH[value] ~= nil then return TRUTH[value] end
  return value
end

local IS_KEY = { name = true, language = true, aliases = true, redirects = true }
for _, key in ipairs(SHARED) do IS_KEY[key] = true end

-- What is wrong with an entity as people write it; nil where nothing is.
local function entity_fault(entity)
  if type(entity) ~= "table" then return "table expected, got " .. type(entity) end
  for key in pairs(entity) do
    if not IS_KEY[key] then return ("unknown field '%s'"):format(tostring(key)) end
  end
  for _, key in ipairs { "aliases", "redirects" } do
    if entity[key] ~= nil and type(entity[key]) ~= "table" then
      return ("field '%s': list expected, got %s"):format(key, type(entity[key]))
    end
  end
  if entity.name == "" then return "field 'name': an entity needs a name" end
  if type(entity.name) ~= "string" then return "field 'name': string expected, got " .. type(entity.name) end
end

-- A list of the names under `aliases`: a list, or lists (or single names) by language; languages in order.
local function aliases_of(entity)
  local list, languages = {}, {}
  for key in pairs(entity.aliases or {}) do
    if type(key) == "string" then languages[#languages + 1] = key end
  end
  for _, name in ipairs(entity.aliases or {}) do list[#list + 1] = { name = name, language = entity.language } end
  table.sort(languages)
  for _, language in ipairs(languages) do
    local names = entity.aliases[language]
    for _, name in ipairs(type(names) == "table" and names or { names }) do
      list[#list + 1] = { name = name, language = language }
    end
  end
  return list
end

local function entries_of(entity)
  local list = aliases_of(entity)
  table.insert(list, 1, { name = entity.name, language = entity.language })
  for _, entry in ipairs(list) do
    entry.entity = entity.name
    for _, key in ipairs(SHARED) do entry[key] = boolean_of(entity[key]) end
  end
  for _, name in ipairs(entity.redirects or {}) do
    list[#list + 1] = { name = name, entity = entity.name, redirect = true, why = entity.why }
  end
  return list
end

--- A registry from a list of entities as people write them: `name`, `aliases` (a list, or lists by language),
-- `redirects` (names that stories have in their context and that shall be this one), and the fields of an entry.
-- @tparam {table,...} entities
-- @treturn[1] registry
-- @return[2] nil
-- @treturn[2] string message
-- @treturn[2] table details: `code`, `entity` (its number)
function registry.from_entities(entities)
  local self = registry.new()
  for i, entity in ipairs(entities) do
    local fault = entity_fault(entity)
    for _, entry in ipairs(fault and {} or entries_of(entity)) do
      fault = fault or fault_of(entry)
      self.entries[#self.entries + 1] = entry
    end
    if fault then return nil, ("entity %d: %s"):format(i, fault), { code = "registry-entity", entity = i } end
  end
  return self
end

-- ---- tab-separated values ----

local ESCAPES = { ["\t"] = "\\t", ["\n"] = "\\n", ["\r"] = "\\r", ["\\"] = "\\\\" }
local UNESCAPES = { t = "\t", n = "\n", r = "\r", ["\\"] = "\\" }

local function out(value)
  if value == nil then return "" end
  if type(value) == "table" then value = table.concat(value, "; ") end
  return (tostring(value):gsub("[\t\n\r\\]", ESCAPES))
end

local function into(column, text)
  if text == "" then return nil end
  text = text:gsub("\\(.)", UNESCAPES)
  if TYPES[column] == "boolean" then return boolean_of(text) end
  if TYPES[column] ~= "list" then return text end
  local list = {}
  for word in text:gmatch("[^;]+") do list[#list + 1] = word:match("^%s*(.-)%s*$") end
  return list
end

--- The registry as tab-separated values: a line per name, sorted, and then what its scout has learnt.
-- @treturn string UTF-8, the same bytes for the same registry
function registry:to_tsv()
  local lines = {}
  for i, entry in ipairs(self.entries) do
    local fields = { "name" }
    for k, column in ipairs(COLUMNS) do fields[k + 1] = out(entry[column]) end
    lines[i] = table.concat(fields, "\t"):match("^(.-)\t*$")
  end
  table.sort(lines)
  table.insert(lines, 1, "#\t" .. table.concat(COLUMNS, "\t"))
  if self.by_looks then lines[#lines + 1] = "looks\tcapitals" end
  return table.concat(lines, "\n") .. "\n" .. (self.scout and self.scout:write() or "")
end

local LEARNT = { form = true, seen = true, move = true, look = true } -- lines that the scout reads

local function entry_of(line)
  local entry, k = {}, -1
  for field in (line .. "\t"):gmatch("([^\t]*)\t") do
    k = k + 1
    if COLUMNS[k] then entry[COLUMNS[k]] = into(COLUMNS[k], field) end
  end
  return entry
end

--- Reads what `to_tsv` gave, or an editor wrote. Lines that begin with `#` are comments; `looks` and `capitals` on a
-- line say that phrases of capitalised words are names though they are not in the registry.
-- @tparam string text
-- @treturn[1] registry
-- @return[2] nil
-- @treturn[2] string message
-- @treturn[2] table details: `code`, `line`
function registry.from_tsv(text)
  local self, number, learnt = registry.new(), 0, false
  for line in text:gmatch("([^\n]*)\n?") do
    number = number + 1
    local kind = line:match("^[^\t\r]*")
    local fault
    if kind == "name" then
      local entry = entry_of(line:gsub("\r$", ""))
      fault = fault_of(entry)
      self.entries[#self.entries + 1] = entry
    elseif kind == "looks" then
      self.by_looks = true
    elseif LEARNT[kind] then
      learnt = true
    elseif kind ~= "" and kind:sub(1, 1) ~= "#" then
      fault = ("unknown kind of line '%s'"):format(kind:sub(1, 20))
    end
    if fault then return nil, ("line %d: %s"):format(number, fault), { code = "registry-line", line = number } end
  end
  if not learnt then return self end
  local scout, message, details = core.read_scout(text)
  if not scout then return nil, message, details end
  self.scout = scout
  return self
end

--- Reads a registry from a file: `.tsv`, `.yaml`, `.yml` or `.lua` (a chunk that returns a list of entities).
-- @tparam string path
-- @treturn[1] registry
-- @return[2] nil
-- @treturn[2] string message
-- @treturn[2] table details: `code`, `path`, and what else is known of the place
function registry.read(path)
  local file, message = io.open(path, "rb")
  if not file then return nil, message, { code = "no-file", path = path } end
  local text = file:read("a") or ""
  file:close()
  local self, details, value
  if path:find("%.lua$") then
    local chunk
    chunk, message = load(text, "@" .. path, "t", {})
    if chunk then
      local ran
      ran, value = pcall(chunk)
      if not ran then message, value = tostring(value), nil end
    end
  elseif path:find("%.ya?ml$") then
    value, message, details = core.parse_yaml(text)
  else
    self, message, details = registry.from_tsv(text)
  end
  if not self and not message and type(value) ~= "table" then value, message = nil, "a list of entities expected" end
  if value ~= nil then self, message, details = registry.from_entities(value) end
  if self then return self end
  details = details or { code = "registry-syntax" }
  details.path = path
  return nil, path .. ": " .. tostring(message), details
end

-- ---- use ----

local function add_entry(names, entry, problems)
  local entity = entry.entity or entry.name
  if entry.redirect then
    names:redirect(entry.name, entity)
    return
  end
  local options = { as = entity, letters = entry.letters, start = entry.start ~= false, plural = entry.plural }
  local number, message, details = names:add(entry.name, options)
  if not number then problems[#problems + 1] = { name = entry.name, code = details.code, message = message } end
  if entry.silent then names:entity(entity, { silent = true }) end
end

--- The names, ready to be looked for.
-- @tparam[opt] string language names of other languages are left out
-- @treturn Names
-- @treturn {table,...} problems: names that cannot be taken, each with `name`, `code`, `message`
function registry:compile(language)
  local names, problems = core.names():by_looks(self.by_looks == true), {}
  local conditioned = {}
  for _, entry in ipairs(self.entries) do
    if not (language and entry.language and entry.language ~= language) then
      add_entry(names, entry, problems)
      local entity = entry.entity or entry.name
      if (entry.only_with or entry.unless) and not conditioned[entity] then
        conditioned[entity] = true
        local fine, message, details = names:entity(entity, { only_with = entry.only_with, unless = entry.unless })
        if not fine then problems[#problems + 1] = { name = entity, code = details.code, message = message } end
      end
    end
  end
  return names, problems
end

-- The names for stories of a language, compiled once.
local function compiled_for(self, language)
  self.compiled = self.compiled or {}
  local key = language or ""
  self.compiled[key] = self.compiled[key] or self:compile(language)
  return self.compiled[key]
end

--- Adds entities to the context of the stories of a report, which keep what they have: names found by their looks to
-- those that have none, known names to all.
-- @tparam Report report of the core
-- @tparam[opt] table options `fields`, `language`, as of `Names:tag`
-- @treturn integer how many names were added
function registry:tag(report, options)
  local names = #self.entries > 0 and compiled_for(self, options and options.language) or nil
  local added = self.scout and self.scout:tag(report, registry.LEAST_PROBABILITY, names) or 0
  return names and added + names:tag(report, options) or added
end

--- What entities are, as far as it is said: the first kind that an entry gives.
-- @treturn table kinds by entity
function registry:entity_kinds()
  if not self.kinds_of then
    self.kinds_of = {}
    for _, entry in ipairs(self.entries) do
      local entity = entry.entity or entry.name
      self.kinds_of[entity] = self.kinds_of[entity] or entry.kind
    end
  end
  return self.kinds_of
end

--- Entities that share an address, which somebody should look at: they are never merged by themselves.
-- @treturn {table,...} each `slug` and `entities`, both in order
function registry:collisions()
  local by_slug, slugs, list = {}, {}, {}
  for _, entry in ipairs(self.entries) do
    local entity = entry.entity or entry.name
    local slug = utf8.len(entity) and core.slug(entity) or entity -- what is no text has no address
    if not by_slug[slug] then
      by_slug[slug] = {}
      slugs[#slugs + 1] = slug
    end
    if not by_slug[slug][entity] then
      by_slug[slug][entity] = true
      table.insert(by_slug[slug], entity)
    end
  end
  table.sort(slugs)
  for _, slug in ipairs(slugs) do
    local entities = table.move(by_slug[slug], 1, #by_slug[slug], 1, {})
    table.sort(entities)
    if #entities > 1 then list[#list + 1] = { slug = slug, entities = entities } end
  end
  return list
end

return registry
