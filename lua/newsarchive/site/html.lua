--- Where in an HTML document a template stands: what decides how a value has to be escaped.
--
-- A state is a table that `walk` moves over the literal pieces of a template. It knows elements, attributes, comments
-- and the elements whose content is no markup; it does not repair HTML.
-- @module newsarchive.site.html
local html = {}

-- Attributes whose value a browser follows as a URL (the HTML Standard's index of attributes).
local URL_ATTRIBUTES = {
  action = true, background = true, cite = true, data = true, formaction = true, href = true, icon = true,
  longdesc = true, manifest = true, ping = true, poster = true, profile = true, src = true, ["xlink:href"] = true,
}

-- Attributes whose value is another language, which HTML escapes do not make harmless.
local CODE_ATTRIBUTES = { style = "CSS", srcdoc = "HTML", srcset = "a list of URLs", imagesrcset = "a list of URLs" }

-- Elements whose content is no markup. Of these, references work only in the first two.
local TEXT_ELEMENTS = { title = true, textarea = true }
local RAW_ELEMENTS = {
  script = true, style = true, iframe = true, noembed = true, noframes = true, noscript = true, xmp = true,
  plaintext = true,
}

local UNSAFE_SCHEMES = { javascript = true, data = true, vbscript = true }

--- The state at the start of a document, and of a piece of one.
-- @treturn table
function html.start()
  return { where = "text" }
end

--- @tparam table state
-- @treturn table a copy
function html.copy(state)
  local copy = {}
  for key, value in pairs(state) do copy[key] = value end
  return copy
end

-- Each function moves `state` over `text` from byte `at` and gives the byte behind.
local steps = {}

function steps.text(state, text, at)
  local open = text:find("<", at, true)
  if not open then return #text + 1 end
  if text:find("^<!%-%-", open) then state.where = "comment" return open + 4 end
  if text:find("^<[!?]", open) then state.where = "markup" return open + 2 end
  if open == #text or text:find("^</?%a", open) or text:find("^</$", open) then
    state.closing = text:sub(open + 1, open + 1) == "/"
    state.where, state.tag = "tag name", ""
    return open + (state.closing and 2 or 1)
  end
  return open + 1
end

function steps.comment(state, text, at)
  local _, close = text:find("-->", at, true)
  if not close then return #text + 1 end
  state.where = "text"
  return close + 1
end

function steps.markup(state, text, at)
  local close = text:find(">", at, true)
  if not close then return #text + 1 end
  state.where = "text"
  return close + 1
end

steps["tag name"] = function(state, text, at)
  local _, last = text:find("^[^%s/>]*", at)
  state.tag = state.tag .. text:sub(at, last):lower()
  if last < #text then state.where = "tag" end
  return last + 1
end

function steps.tag(state, text, at)
  local _, last = text:find("^[%s/]*", at)
  at = last + 1
  if at > #text then return at end
  if text:sub(at, at) ~= ">" then
    state.where, state.attribute = "attribute name", ""
    return at
  end
  state.where = not state.closing and (TEXT_ELEMENTS[state.tag] or RAW_ELEMENTS[state.tag]) and "content" or "text"
  return at + 1
end

steps["attribute name"] = function(state, text, at)
  local _, last = text:find("^[^%s/>=]*", at)
  if last < at and text:sub(at, at) == "=" then last = at end -- a stray '=' begins a name, the HTML Standard says
  state.attribute = state.attribute .. text:sub(at, last):lower()
  if last < #text then state.where = "behind name" end
  return last + 1
end

steps["behind name"] = function(state, text, at)
  local _, last, equals = text:find("^%s*(=?)", at)
  if last < #text or equals == "=" then state.where = equals == "=" and "before value" or "tag" end
  return last + 1
end

steps["before value"] = function(state, text, at)
  local _, last, quote = text:find("^%s*([\"']?)", at)
  if quote ~= "" then
    state.where, state.quote, state.before = "value", quote, ""
  elseif last < #text then
    state.where = text:sub(last + 1, last + 1) == ">" and "tag" or "unquoted value"
  end
  return last + 1
end

function steps.value(state, text, at)
  local close = text:find(state.quote, at, true)
  state.before = state.before .. text:sub(at, (close or 0) - 1)
  if not close then return #text + 1 end
  state.where = "tag"
  return close + 1
end

steps["unquoted value"] = function(state, text, at)
  local _, last = text:find("^[^%s>]*", at)
  if last < #text then state.where = "tag" end
  return last + 1
end

function steps.content(state, text, at)
  local pattern = "</" .. state.tag:gsub("%a", function(c) return "[" .. c:upper() .. c .. "]" end) .. "%f[%s/>\0]"
  local open = text:find(pattern, at)
  if not open then return #text + 1 end
  state.where, state.closing, state.tag = "tag name", true, ""
  return open + 2
end

--- Moves a state over literal text.
-- @tparam table state is changed
-- @tparam string text
function html.walk(state, text)
  local at = 1
  while at <= #text do at = steps[state.where](state, text, at) end
end

--- Tells a state that a value was put here.
-- @tparam table state is changed
function html.note_value(state)
  if state.where == "value" then state.dynamic = true end
end

-- How a value inside a URL is escaped: by what stands before it.
local function url_place(state)
  local before = state.before
  local scheme = before:match("^%s*(%a[%w+.-]*):")
  if scheme and UNSAFE_SCHEMES[scheme:lower()] then
    return nil, ("a value behind '%s:' would be run as code"):format(scheme)
  end
  if before:find("[?]") then return "query" end
  if before:find("[/#:]") then return "url part" end
  if before == "" or state.dynamic then return "url" end
  return nil, ("a value behind '%s' could change what the URL is; put a '/' between them"):format(before)
end

--- What kind of value fits here.
-- @tparam table state
-- @treturn ?string `"text"`, `"attribute"`, `"url"` (a whole URL or its beginning), `"url part"` (behind its beginning)
-- or `"query"` (behind its `?`); nil where no value can be made harmless
-- @treturn ?string why not
function html.place(state)
  local where = state.where
  if where == "text" then return "text" end
  if where == "content" then
    if TEXT_ELEMENTS[state.tag] then return "text" end
    return nil, ("inside <%s> no value is harmless"):format(state.tag)
  end
  if where == "value" then
    local name = state.attribute
    if URL_ATTRIBUTES[name] then return url_place(state) end
    if name:find("^on") then return nil, ("the attribute '%s' is a script, where no value is harmless"):format(name) end
    if CODE_ATTRIBUTES[name] then
      return nil, ("the attribute '%s' is %s, where no value is harmless"):format(name, CODE_ATTRIBUTES[name])
    end
    return "attribute"
  end
  if where == "before value" or where == "unquoted value" then
    return nil, ("the value of the attribute '%s' needs quotation marks"):format(state.attribute)
  end
  if where == "comment" then return nil, "a comment is no place for a value" end
  if where == "markup" then return nil, "'<!' and '<?' are no place for a value" end
  return nil, "a value cannot be the name of a tag or of an attribute"
end

--- Whether what follows two states is treated alike.
-- @treturn boolean
function html.same(a, b)
  if a.where ~= b.where then return false end
  if a.where == "text" then return true end
  return a.tag == b.tag and a.closing == b.closing
    and (a.where ~= "value" or a.attribute == b.attribute and a.quote == b.quote and html.place(a) == html.place(b))
end

--- A state in words, for messages.
-- @tparam table state
-- @treturn string
function html.describe(state)
  local where = state.where
  if where == "text" then return "in text" end
  if where == "content" then return ("inside <%s>"):format(state.tag) end
  if where == "comment" or where == "markup" then return "in a comment or declaration" end
  if where == "value" then return ("in the attribute '%s' of <%s>"):format(state.attribute, state.tag) end
  return ("inside the tag <%s"):format(state.tag)
end

return html
