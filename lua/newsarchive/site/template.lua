--- Templates in etlua's syntax, compiled to Lua.
--
--   <% code %>        runs Lua
--   <%= value %>      prints a value, escaped for where it stands: text, attribute or URL
--   <%- value %>      prints a value as it is
--   -%>               closes any of them and swallows the line end behind it
--   <% include("name") %>, <% include("name", { title = "..." }) %>   prints another template of the set here
--   <% layout("name") %>    puts this template inside another one, which says <% content() %> where
--
-- Free names are the fields of the data, then the globals of the set, then Lua's harmless functions.
-- A value where no escape is safe (scripts, style sheets, comments, unquoted attributes, names) is refused when the
-- template is compiled, and so are branches that leave the markup in different places. Errors name the template's line.
-- @module newsarchive.site.template
local core = require "newsarchive.core"
local html = require "newsarchive.site.html"

local template = {}

local DEPTH_MAX = 50 -- of includes within includes: more is a circle

local escape_url, escape_segment = core.escape_url, core.escape_segment

local function printable(value)
  if math.type(value) then return tostring(value) end
  error(("nothing to print: the value is %s"):format(value == nil and "nil" or "a " .. type(value)), 2)
end

-- By the places of newsarchive.site.html.
local escapes = { text = core.escape_value, attribute = core.escape_value }

function escapes.url(value)
  if type(value) == "string" then return escape_url(value) end
  return printable(value)
end

-- Behind the beginning there is no scheme any more: the slash keeps one from being seen.
escapes["url part"] = function(value)
  if type(value) == "string" then return (escape_url("/" .. value):sub(2)) end
  return printable(value)
end

function escapes.query(value)
  if type(value) == "string" then return escape_segment(value) end
  return printable(value)
end

-- The names of the escapes in the generated code.
local LOCALS = { text = "_text", attribute = "_text", url = "_url", ["url part"] = "_part", query = "_query" }
local HEAD = "local _text,_url,_part,_query,_include=... return function(_ENV,_o,_n,_body)"
local FOOT = " return _n end"

-- ---- reading ----

local function fail(name, line, message, ...)
  error(("%s:%d: %s"):format(name, line, message:format(...)), 0)
end

local function count_lines(text)
  local _, count = text:gsub("\n", "")
  return count
end

-- The pieces of a template: { kind = "literal", "code", "=" or "-", text, line }.
local function pieces_of(source, name)
  local pieces, at, line = {}, 1, 1
  local function add(kind, text)
    if text ~= "" or kind ~= "literal" then pieces[#pieces + 1] = { kind = kind, text = text, line = line } end
    line = line + count_lines(text)
  end
  while true do
    local open = source:find("<%", at, true)
    add("literal", source:sub(at, (open or 0) - 1))
    if not open then return pieces end
    local kind = source:match("^[=-]", open + 2)
    local start = open + (kind and 3 or 2)
    local close = source:find("%>", start, true)
    if not close then fail(name, line, "'<%%%s' is not closed", kind or "") end
    local trims = close > start and source:sub(close - 1, close - 1) == "-"
    add(kind or "code", source:sub(start, close - (trims and 2 or 1)))
    at = close + 2
    if trims then
      local _, newline = source:find("^\r?\n", at)
      if newline then at, line = newline + 1, line + 1 pieces[#pieces].trimmed = true end
    end
  end
end

-- Lua code without a comment at its very end, which would hide what is generated behind it, and its keywords.
local function scan_code(code)
  local keywords, at, kept = {}, 1, #code
  while at <= #code do
    local word = code:match("^[%a_][%w_]*", at)
    local long = code:match("^%[(=*)%[", at)
    local quote = code:match("^[\"']", at)
    if word then
      local field = code:sub(math.max(at - 2, 1), at - 1):find("[^.:][.:]$") -- a.b: no keyword can stand there
      if not field then keywords[#keywords + 1] = word end
      at = at + #word
    elseif code:find("^%-%-", at) then
      long = code:match("^%-%-%[(=*)%[", at)
      local _, last = code:find(long and "]" .. long .. "]" or "\n", at, true)
      if not last then kept = at - 1 end
      at = (last or #code) + 1
    elseif long then
      local _, last = code:find("]" .. long .. "]", at, true)
      at = (last or #code) + 1
    elseif quote then
      at = at + 1
      while at <= #code and code:sub(at, at) ~= quote do at = at + (code:sub(at, at) == "\\" and 2 or 1) end
      at = at + 1
    else
      at = at + 1
    end
  end
  return code:sub(1, kept), keywords
end

-- ---- branches: whatever way the code goes, the markup must be in the same place ----

local blocks = {}

local function open_block(compiler, kind)
  table.insert(compiler.blocks, { kind = kind, line = compiler.line, start = html.copy(compiler.state), ends = {} })
end

local function close_block(compiler)
  local block = table.remove(compiler.blocks)
  if not block then fail(compiler.name, compiler.line, "an 'end' too many") end
  if block.kind ~= "if" or not block.has_else then block.ends[#block.ends + 1] = block.start end
  for _, other in ipairs(block.ends) do
    if not html.same(compiler.state, other) then
      fail(compiler.name, compiler.line, "one way through the '%s' of line %d ends %s, another %s", block.kind,
        block.line, html.describe(compiler.state), html.describe(other))
    end
  end
end

local function next_branch(compiler, has_else)
  local block = compiler.blocks[#compiler.blocks]
  if not block then return end
  table.insert(block.ends, compiler.state)
  compiler.state = html.copy(block.start)
  block.has_else = has_else
end

blocks["if"] = function(compiler) open_block(compiler, "if") end
blocks["for"] = function(compiler) open_block(compiler, "for") compiler.awaits_do = true end
blocks["while"] = function(compiler) open_block(compiler, "while") compiler.awaits_do = true end
blocks["repeat"] = function(compiler) open_block(compiler, "repeat") end
blocks["function"] = function(compiler) open_block(compiler, "function") end
blocks["do"] = function(compiler)
  if not compiler.awaits_do then open_block(compiler, "do") end
  compiler.awaits_do = false
end
blocks["elseif"] = function(compiler) next_branch(compiler, false) end
blocks["else"] = function(compiler) next_branch(compiler, true) end
blocks["end"] = close_block
blocks["until"] = close_block
blocks["return"] = function(compiler)
  for _, block in ipairs(compiler.blocks) do if block.kind == "function" then return end end
  fail(compiler.name, compiler.line, "a template cannot return")
end

-- ---- writing ----

local function emit(compiler, text)
  compiler.out[#compiler.out + 1] = text
end

local function end_run(compiler)
  if compiler.pieces > 0 then emit(compiler, (" _n=_n+%d "):format(compiler.pieces)) end
  compiler.pieces = 0
end

-- Every piece goes into the list by itself: most are there already, and nothing is copied before the very end.
local function emit_piece(compiler, text)
  compiler.pieces = compiler.pieces + 1
  emit(compiler, (" _o[_n+%d]="):format(compiler.pieces))
  emit(compiler, text)
end

local ESCAPED = { ["\\"] = "\\\\", ['"'] = '\\"', ["\n"] = "\\n", ["\r"] = "\\r", ["\0"] = "\\0" }

local function emit_literal(compiler, text)
  html.walk(compiler.state, text)
  emit_piece(compiler, '"' .. text:gsub('[\\"\n\r%z]', ESCAPED):gsub("\\0(%d)", "\\000%1") .. '"')
  emit(compiler, ("\n"):rep(count_lines(text)))
end

local function check_expression(compiler, code)
  local parsed, message = load(("\n"):rep(compiler.line - 1) .. "return " .. code, "@" .. compiler.name, "t", {})
  if not parsed then error(message, 0) end
end

local function emit_value(compiler, kind, code)
  check_expression(compiler, code)
  if kind == "-" then
    emit_piece(compiler, "(" .. code .. ')..""') -- copies nothing, and is an error for what is no text
  else
    local place, reason = html.place(compiler.state)
    if not place then fail(compiler.name, compiler.line, "<%%=%s%%> is refused: %s", code, reason) end
    emit_piece(compiler, LOCALS[place] .. "(" .. code .. ")")
  end
  html.note_value(compiler.state)
end

-- The tags that are more than Lua.
local function emit_special(compiler, code)
  local arguments = code:match("^%s*include%s*(%(.*%))%s*$") or code:match("^%s*include%s+(['\"].*)$")
  if arguments then
    emit(compiler, " _n=_include(_ENV,_o,_n," .. arguments:gsub("^%(", ""):gsub("%)%s*$", "") .. ")")
    return true
  end
  if code:find("^%s*content%s*%(%s*%)%s*$") then
    emit(compiler, " if not _body then error('content() outside of a layout') end _n=_body(_ENV,_o,_n)")
    return true
  end
  local base = code:match("^%s*layout%s*%(%s*[\"']([^\"']+)[\"']%s*%)%s*$")
  if base then
    compiler.base = base
    emit(compiler, (code:gsub("[^\n]", "")))
    return true
  end
end

local function emit_code(compiler, code)
  local kept, keywords = scan_code(code)
  end_run(compiler)
  if emit_special(compiler, kept) then return end
  for _, word in ipairs(keywords) do
    if blocks[word] then blocks[word](compiler) end
    if word == "include" or word == "content" or word == "layout" then
      fail(compiler.name, compiler.line, "'%s' needs a tag of its own: <%% %s(...) %%>", word, word)
    end
  end
  emit(compiler, " " .. kept .. ("\n"):rep(count_lines(code) - count_lines(kept)) .. " ")
end

local function generate(source, name)
  local compiler = { name = name, out = { HEAD }, pieces = 0, state = html.start(), blocks = {}, line = 1 }
  for _, piece in ipairs(pieces_of(source, name)) do
    compiler.line = piece.line
    if piece.kind == "literal" then emit_literal(compiler, piece.text)
    elseif piece.kind == "code" then emit_code(compiler, piece.text)
    else emit_value(compiler, piece.kind, (scan_code(piece.text))) end
    if piece.trimmed then emit(compiler, "\n") end
  end
  local open = table.remove(compiler.blocks)
  if open then fail(name, open.line, "the '%s' is not closed", open.kind) end
  end_run(compiler)
  emit(compiler, FOOT)
  return table.concat(compiler.out), compiler.base
end

-- ---- sets ----

local SAFE = {
  assert = assert, error = error, ipairs = ipairs, math = math, next = next, pairs = pairs, select = select,
  string = string, table = table, tonumber = tonumber, tostring = tostring, type = type, utf8 = utf8,
}

local set = {}
set.__index = set

--- A set of templates that include each other.
-- @tparam function loader gives the source of a name and the path to print in errors; nil where there is none
-- @tparam[opt] table globals what every template sees
-- @treturn Set
function template.set(loader, globals)
  local scope = setmetatable({}, { __index = SAFE })
  for key, value in pairs(globals or {}) do scope[key] = value end
  return setmetatable({ loader = loader, compiled = {}, depth = 0, scope = { __index = scope } }, set)
end

-- The data become the environment themselves: a copy of each would cost as much as printing it.
local function environment(self, data)
  return setmetatable(data, self.scope)
end

-- Appends a template, with its layout around it, to the list of pieces.
local function fill(self, name, env, out, count)
  local compiled = self.compiled[name] or self:compile(name)
  if not compiled.base then return compiled.run(env, out, count) end
  local base = self.compiled[compiled.base] or self:compile(compiled.base)
  return base.run(env, out, count, compiled.run)
end

local function including(self)
  return function(env, out, count, name, data)
    if type(name) ~= "string" then error("include: the name of a template expected, got " .. type(name), 2) end
    if data ~= nil and type(data) ~= "table" then error("include: a table expected, got " .. type(data), 2) end
    if self.depth >= DEPTH_MAX then error(("include: '%s' includes itself without end"):format(name), 2) end
    self.depth = self.depth + 1
    count = fill(self, name, data and environment(self, data) or env, out, count)
    self.depth = self.depth - 1
    return count
  end
end

--- Compiles a template of the set, once. Raises with its path and line where it is wrong.
-- @tparam string name
-- @treturn table `run`, `base`
function set:compile(name)
  if self.compiled[name] then return self.compiled[name] end
  local source, path = self.loader(name)
  if not source then error(("there is no template '%s'"):format(name), 0) end
  path = path or name
  local code, base = generate(source, path)
  local chunk, message = load(code, "@" .. path, "t", {})
  if not chunk then error(message, 0) end
  local run = chunk(escapes.text, escapes.url, escapes["url part"], escapes.query, including(self))
  self.compiled[name] = { run = run, base = base }
  return self.compiled[name]
end

--- Prints a template.
-- @tparam string name
-- @tparam[opt] table data gets a metatable
-- @treturn string
function set:render(name, data)
  local out = self.pieces or {} -- one list for all: it has grown to its size already
  self.pieces, self.depth = nil, 0
  local count = fill(self, name, environment(self, data or {}), out, 0)
  self.pieces = out
  return core.concat(out, count)
end

--- A single template.
-- @tparam string source
-- @tparam[opt="template"] string name for errors
-- @tparam[opt] function loader gives the source of what it includes, as for `set`
-- @treturn function takes the data, gives the text
function template.new(source, name, loader)
  if type(source) ~= "string" then
    error(("bad argument #1 to 'template' (string expected, got %s)"):format(type(source)), 2)
  end
  name = name or "template"
  local one = template.set(function(wanted)
    if wanted == name then return source end
    if loader then return loader(wanted) end
  end)
  one:compile(name)
  return function(data)
    local copy = {}
    for key, value in pairs(data or {}) do copy[key] = value end
    return one:render(name, copy)
  end
end

return template
