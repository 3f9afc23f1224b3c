--- What a careful editor wants to know of names: two that share an address, two that are probably one, those that are
-- on too many stories to tell anything, and tests of rules that fail. Nothing is merged: `alias` in rules does that.
--
-- A finding is a table with `kind` and `message`, and
--
--   * `"expect"` -- a test of the rules failed: `path`, `line`
--   * `"name"` -- a name of the registry that cannot be looked for: `name`, `code`
--   * `"collision"` -- names with one address: `slug`, `names`
--   * `"merge"` -- names that are probably one: `names`, the more frequent first, and `why`: "spelling", "plural",
--     "article", "abbreviation", "adjective", "script"
--   * `"hub"` -- an entity on a large share of the stories: `name`, `stories`, `share`
-- @module newsarchive.rules.check
local core = require "newsarchive.core"
local demonyms = require "newsarchive.rules.demonyms"

local check = {}

--- An entity on so large a share of the stories joins nearly everything with everything.
check.HUB_SHARE = 0.05
--- With fewer stories a share says nothing.
check.HUB_STORIES = 20
--- An abbreviation has at most so many letters: longer words in capitals are names.
check.ABBREVIATION_MAX = 6

--- What an abbreviation stands for is on so many stories: others have these initials by chance.
check.ABBREVIATED_STORIES = 3

-- Of a name that cannot be looked for, a message shows so many characters.
local SHOWN_CHARS = 60

local KINDS = { "expect", "name", "collision", "merge", "hub" }
local ORDER = {}
for i, kind in ipairs(KINDS) do ORDER[kind] = i end

--- The kinds of findings, in their order.
check.kinds = KINDS

-- ---- keys: names that are alike have the same ----

-- Without capitals, diacritics, width and signs. Only what is not ASCII needs the core's tables.
local function folded(name)
  if not name:find "[\x80-\xFF]" then return (name:lower():gsub("[^%w]+", " "):gsub("^ ", ""):gsub(" $", "")) end
  return table.concat(core.words(core.nfc(name)), " ")
end

local function singular(key)
  if key:find "[sxzh]es$" and #key > 4 then return key:sub(1, -3) end
  return key:find "[^s]s$" and #key > 3 and key:sub(1, -2) or key
end

local function without_article(key)
  return key:match "^the (.+)$" or key
end

-- "U.S." and "US" for "United States", or nil.
local function initials(name)
  local letters = {}
  if not name:find " " then return nil end
  for word in name:gmatch "[%w\x80-\xFF]+" do
    local first = word:sub(1, 1)
    if first:find "%u" then letters[#letters + 1] = first elseif not first:find "%l" then return nil end
  end
  return #letters > 1 and table.concat(letters) or nil
end

local function abbreviation(name)
  local letters = name:gsub("%.", "")
  return letters:find "^%u%u+$" and #letters <= check.ABBREVIATION_MAX and letters or nil
end

-- ---- finding ----

local function sorted_names(counts)
  local names = {}
  for name in pairs(counts) do names[#names + 1] = name end
  table.sort(names, function(a, b)
    if counts[a] ~= counts[b] then return counts[a] > counts[b] end
    return a < b
  end)
  return names
end

local function shown(names, counts)
  local list = {}
  for i, name in ipairs(names) do list[i] = ("%s (%d)"):format(name, counts[name] or 0) end
  return table.concat(list, ", ")
end

-- Lists of names that have the same key, the more frequent first; names without a key are alone.
local function groups_of(names, key_of)
  local groups, order = {}, {}
  for _, name in ipairs(names) do
    local key = key_of(name)
    if key and key ~= "" then
      if not groups[key] then groups[key], order[#order + 1] = {}, key end
      table.insert(groups[key], name)
    end
  end
  local list = {}
  for _, key in ipairs(order) do
    if #groups[key] > 1 then list[#list + 1] = { key = key, names = groups[key] } end
  end
  return list
end

local function add_collisions(findings, names, counts)
  for _, group in ipairs(groups_of(names, core.slug)) do
    findings[#findings + 1] = {
      kind = "collision", slug = group.key, names = group.names,
      message = ("%s: %s"):format(group.key, shown(group.names, counts)),
    }
  end
end

-- Adds a pair that is not there yet.
local function add_merge(findings, pairs_seen, counts, why, names)
  table.sort(names, function(a, b)
    if counts[a] ~= counts[b] then return counts[a] > counts[b] end
    return a < b
  end)
  local key = table.concat(names, "\0")
  if pairs_seen[key] then return end
  pairs_seen[key] = true
  findings[#findings + 1] = {
    kind = "merge", why = why, names = names, message = ("%s: %s"):format(shown(names, counts), why),
  }
end

-- Names that are alike by one key and not by the one before it.
local function add_alike(findings, seen, names, counts, why, key_of)
  for _, group in ipairs(groups_of(names, key_of)) do add_merge(findings, seen, counts, why, group.names) end
end

-- The most frequent name with these initials is what an abbreviation stands for, as a rule.
local function add_abbreviations(findings, seen, names, counts)
  local long = {}
  for _, name in ipairs(names) do
    local letters = initials(name)
    if letters and not long[letters] then long[letters] = name end
  end
  for _, name in ipairs(names) do
    local letters = abbreviation(name)
    local other = letters and long[letters]
    if other and counts[other] >= math.min(counts[name], check.ABBREVIATED_STORIES) then
      add_merge(findings, seen, counts, "abbreviation", { name, other })
    end
  end
end

local function add_adjectives(findings, seen, names, counts)
  for _, name in ipairs(names) do
    local country = demonyms[name]
    if country and counts[country] then add_merge(findings, seen, counts, "adjective", { name, country }) end
  end
end

-- Characters that the registry has learnt to stand for each other: simplified and traditional ones.
local function add_scripts(findings, seen, names, counts, scout)
  local function key_of(name) return name:find "[\xE3-\xE9]" and scout:fold(name) or nil end
  add_alike(findings, seen, names, counts, "script", key_of)
end

local function add_hubs(findings, names, counts, stories)
  for _, name in ipairs(names) do
    local share = counts[name] / math.max(1, stories)
    if counts[name] >= check.HUB_STORIES and share >= check.HUB_SHARE then
      findings[#findings + 1] = {
        kind = "hub", name = name, stories = counts[name], share = share,
        message = ("%s: on %d of %d stories (%.1f %%)"):format(name, counts[name], stories, 100 * share),
      }
    end
  end
end

-- A name as a message shows it: text without control characters, and not all of it where it is long.
local function printable(name)
  if not utf8.len(name) then name = name:gsub("[\x80-\xFF]", "?") end
  local behind = utf8.offset(name, SHOWN_CHARS + 1)
  return ((behind and name:sub(1, behind - 1) .. "…" or name):gsub("%c", " "))
end

local function add_registry(findings, registry)
  local _, problems = registry:compile()
  for _, problem in ipairs(problems) do
    findings[#findings + 1] = {
      kind = "name", name = printable(problem.name), code = problem.code,
      message = ("%s: %s"):format(printable(problem.name), problem.message),
    }
  end
end

local function add_failures(findings, failures)
  for _, failure in ipairs(failures) do
    findings[#findings + 1] = {
      kind = "expect", path = failure.path, line = failure.line,
      message = ("%s:%d: %s"):format(failure.path, failure.line, failure.message),
    }
  end
end

-- The entities of a registry that no story has are names, too; silent ones and redirects are none, nor is what is no
-- text at all.
local function all_counts(counts, registry)
  local all = {}
  for name, count in pairs(counts) do
    if utf8.len(name) then all[name] = count end
  end
  for _, entry in ipairs(registry and registry.entries or {}) do
    local name = entry.entity or entry.name
    if not entry.silent and not entry.redirect and utf8.len(name) then all[name] = all[name] or 0 end
  end
  return all
end

--- Looks for everything.
-- @tparam table given `counts` (entity = number of stories that have it), `stories` (how many there are), `registry`
-- where there is one, `failures` (what `Rules:check` gave)
-- @treturn {table,...} findings: by kind, and within a kind the more frequent names first
function check.find(given)
  local findings, seen = {}, {}
  local counts = all_counts(given.counts or {}, given.registry)
  local names = sorted_names(counts)
  add_failures(findings, given.failures or {})
  if given.registry then add_registry(findings, given.registry) end
  add_collisions(findings, names, counts)
  for _, finding in ipairs(findings) do
    if finding.names then seen[table.concat(finding.names, "\0")] = true end
  end
  local keys = {}
  for _, name in ipairs(names) do keys[name] = folded(name) end
  add_alike(findings, seen, names, counts, "spelling", function(name) return keys[name] end)
  add_alike(findings, seen, names, counts, "plural", function(name) return singular(keys[name]) end)
  add_alike(findings, seen, names, counts, "article", function(name) return without_article(keys[name]) end)
  add_abbreviations(findings, seen, names, counts)
  add_adjectives(findings, seen, names, counts)
  local scout = given.registry and given.registry.scout
  if scout then add_scripts(findings, seen, names, counts, scout) end
  add_hubs(findings, names, counts, given.stories or 0)
  for i, finding in ipairs(findings) do finding.place = i end
  table.sort(findings, function(a, b)
    if a.kind ~= b.kind then return ORDER[a.kind] < ORDER[b.kind] end
    return a.place < b.place
  end)
  for _, finding in ipairs(findings) do finding.place = nil end
  return findings
end

--- Whether one of the findings is a failure, and not only advice.
-- @tparam {table,...} findings
-- @treturn boolean
function check.failed(findings)
  for _, finding in ipairs(findings) do
    if finding.kind == "expect" then return true end
  end
  return false
end

return check
