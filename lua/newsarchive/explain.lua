--- Why a story has an entity.
--
-- A reason is a table with `kind` and, as far as they apply, `field` ("title", "description", "body", "lead",
-- "topics"), `topic` (the number of the heading), `first` and `last` (bytes of the field, from 1) and `text` (what
-- stands there):
--
--   * `"link"` -- a link of the story: `target`, `label`, `section`
--   * `"topic"`, `"lead"` -- a heading of the story names it
--   * `"name"` -- a name of the registry that is the entity's own; `why` it is in the registry
--   * `"alias"` -- another name for the entity: `name`, `why`
--   * `"looks"` -- a phrase of capitalised words that the registry does not know
--   * `"scout"` -- found by what names look like: `probability`, `known` (whether stories had it before)
--   * `"rule"` -- a function of the rules: `path`, `line`
--   * `"redirect"` -- the registry puts it in the place of `name` in the context of stories; `why`
--   * `"given"` -- the story came with it: `path`, `line`
-- @module newsarchive.explain
local core = require "newsarchive.core"
local lists = require "newsarchive.lists"
local registries = require "newsarchive.rules.registry"

local explain = {}

-- Where names are looked for, and where the label of a link may stand.
local FIELDS = { "title", "description", "body", "lead", "topics" }
local TEXTS = { "title", "description", "body" }

-- Puts the place of a text in the story into a reason: the first one, in the title if it is there.
local function place(reason, story, text)
  for _, field in ipairs(TEXTS) do
    local first, last = (story[field] or ""):find(text, 1, true)
    if first then
      reason.field, reason.first, reason.last, reason.text = field, first, last, text
      return reason
    end
  end
  return reason
end

local function add_links(reasons, story, entity)
  for _, mention in ipairs(story.mentions or {}) do
    if mention.target == entity then
      reasons[#reasons + 1] = place({
        kind = "link", target = mention.target, label = mention.label, section = mention.section,
      }, story, mention.label or mention.target)
    end
  end
end

local function add_headings(reasons, story, entity)
  for i, topic in ipairs(story.topics or {}) do
    local first, last = topic:find(entity, 1, true)
    if first then
      reasons[#reasons + 1] = { kind = "topic", field = "topics", topic = i, first = first, last = last, text = entity }
    end
  end
  if story.lead == entity then
    reasons[#reasons + 1] = place({ kind = "lead" }, story, entity)
  end
end

-- The entry by which a name stands for the entity.
local function entry_of(registry, name, entity)
  for _, entry in ipairs(registry.entries) do
    if not entry.redirect and entry.name == name and (entry.entity or entry.name) == entity then return entry end
  end
end

local function field_text(story, finding)
  if finding.field == "topics" then return story.topics[finding.topic] end
  return story[finding.field]
end

local function add_names(reasons, story, entity, registry)
  local report = core.report():add(story)
  for _, finding in ipairs(registry:compile():why(report, 1, { fields = FIELDS })) do
    if finding.entity == entity then
      local entry = not finding.by_looks and entry_of(registry, finding.name, entity) or {}
      local is_own = finding.name == entity
      reasons[#reasons + 1] = {
        kind = finding.by_looks and "looks" or is_own and "name" or "alias", name = not is_own and finding.name or nil,
        why = entry.why, field = finding.field, topic = finding.topic, first = finding.first, last = finding.last,
        text = field_text(story, finding):sub(finding.first, finding.last),
      }
    end
  end
end

local function add_scouted(reasons, story, entity, scout)
  for _, found in ipairs(scout:find(story.title, registries.LEAST_PROBABILITY)) do
    if found.name == entity then
      reasons[#reasons + 1] = {
        kind = "scout", field = "title", first = found.first, last = found.last,
        text = story.title:sub(found.first, found.last), probability = found.probability, known = found.known,
      }
    end
  end
end

local function add_rules(reasons, story, entity, rules)
  for _, adder in ipairs(rules:adders(story, entity)) do
    reasons[#reasons + 1] = { kind = "rule", path = adder.path, line = adder.line }
  end
end

local function add_redirects(reasons, entity, registry)
  for _, entry in ipairs(registry.entries) do
    if entry.redirect and entry.entity == entity then
      reasons[#reasons + 1] = { kind = "redirect", name = entry.name, why = entry.why }
    end
  end
end

--- The reasons for which a story has an entity.
-- @tparam table story
-- @tparam string entity its name
-- @tparam[opt] table given `registry`, `rules`: by which the story's context was made
-- @treturn {table,...} what stands in the story first; that it was given, or redirected, only where nothing else leads
-- to the entity
function explain.story(story, entity, given)
  local reasons = {}
  local rules = given and given.rules
  local registry = rules and rules.registry or given and given.registry
  add_links(reasons, story, entity)
  add_headings(reasons, story, entity)
  if registry then add_names(reasons, story, entity, registry) end
  if registry and registry.scout then add_scouted(reasons, story, entity, registry.scout) end
  if rules then add_rules(reasons, story, entity, rules) end
  if #reasons == 0 and registry then add_redirects(reasons, entity, registry) end
  if #reasons == 0 and lists.has(story.context, entity) then
    local origin = story.origin or {}
    reasons[1] = { kind = "given", path = origin.path, line = origin.line }
  end
  return reasons
end

local HOW = {
  link = function(reason)
    local label = reason.label and reason.label ~= reason.target and "|" .. reason.label or ""
    return ("a link, [[%s%s]]"):format(reason.target, label)
  end,
  topic = function() return "a heading" end,
  lead = function() return "what stands before the colon" end,
  name = function(reason) return "a name of the registry" .. (reason.why and ": " .. reason.why or "") end,
  alias = function(reason)
    return ("an alias, '%s'"):format(reason.name) .. (reason.why and ": " .. reason.why or "")
  end,
  looks = function() return "a phrase of capitals" end,
  scout = function(reason)
    return ("looks like a name%s, %.0f %%"):format(reason.known and " that stories had" or "", 100 * reason.probability)
  end,
  rule = function(reason) return ("the rule at %s:%d"):format(reason.path, reason.line) end,
  redirect = function(reason)
    return ("the story may have had '%s'"):format(reason.name) .. (reason.why and ": " .. reason.why or "")
  end,
  given = function(reason)
    if not reason.path then return "the story came with it" end
    return "the story came with it: " .. reason.path .. (reason.line and ":" .. reason.line or "")
  end,
}

--- A reason as one line: its place in the story, what stands there, and how it leads to the entity.
-- @tparam table reason
-- @treturn string
function explain.line(reason)
  local how = HOW[reason.kind](reason)
  if not reason.field then return how end
  local field = reason.topic and ("%s[%d]"):format(reason.field, reason.topic) or reason.field
  return ("%s %d-%d '%s': %s"):format(field, reason.first, reason.last, reason.text, how)
end

return explain
