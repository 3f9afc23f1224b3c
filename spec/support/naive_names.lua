--- The rules of name matching, written to be read and not to be fast. It knows a few characters beyond ASCII.
local naive = {}

local PLAIN = {
  ["é"] = "e", ["É"] = "E", ["ö"] = "o", ["Ö"] = "O", ["Ａ"] = "A", ["ａ"] = "a", ["１"] = "1",
  ["’"] = "'", ["‑"] = "-", ["–"] = "-", ["．"] = ".", ["，"] = ",",
}

local function kind_of(plain, char)
  if plain:find("^[%w]$") then return "word" end
  if plain:find("^[%s-]$") then return "blank" end
  if #char == 3 and #plain == 3 then return "char" end -- Han
  return "sign"
end

--- The characters of a text: `plain` (folded but for case), `kind`, and their bytes `first` to `last`.
local function characters(text)
  local list, at = {}, 1
  for char in text:gmatch(utf8.charpattern) do
    local plain = PLAIN[char] or char
    list[#list + 1] = { plain = plain, kind = kind_of(plain, char), first = at, last = at + #char - 1 }
    at = at + #char
  end
  return list
end

--- Words, single characters, signs and gaps.
function naive.pieces(text)
  local list, last = {}, nil
  local blanks, lines = 0, 0
  for _, c in ipairs(characters(text)) do
    if c.kind == "blank" then
      blanks, lines = blanks + 1, lines + (c.plain == "\n" and 1 or 0)
    else
      if lines > 1 or (blanks > 0 and c.kind == "char" and last and last.kind == "char") then
        last = { kind = "gap", plain = lines > 1 and "\n" or " " }
        list[#list + 1] = last
      end
      if c.kind == "word" and last and last.kind == "word" and blanks == 0 then
        last.plain, last.last = last.plain .. c.plain, c.last
      else
        last = { kind = c.kind, plain = c.plain, first = c.first, last = c.last }
        list[#list + 1] = last
      end
      blanks, lines = 0, 0
    end
  end
  return list
end

-- A letter or digit as the core takes it when it looks at what stands around a sign: any byte beyond ASCII is one.
local function wordly(text, at)
  return at >= 1 and at <= #text and text:find("^[%w\x80-\xFF]", at) ~= nil
end

local function sign_joins(text, at)
  if not (wordly(text, at - 1) and wordly(text, at + 1)) then return false end
  local sign = text:sub(at, at)
  if sign:find("[@&_]") then return true end
  if sign == "," then return text:find("^%d,%d", at - 1) ~= nil end
  return sign == "." and (text:find("^[%l%d]", at + 1) ~= nil or not wordly(text, at + 2))
end

local function apostrophe(text, at)
  return at >= 1 and (text:match("^'", at) or text:match("^’", at)) or nil
end

local function goes_on_after(text, last)
  if text:find("^[+#]", last + 1) then return true end
  local sign = apostrophe(text, last + 1)
  if not sign then return sign_joins(text, last + 1) end
  local at = last + 1 + #sign
  if text:find("^[sS]", at) then return wordly(text, at + 1) end
  return wordly(text, at)
end

local function goes_on_before(text, first)
  local sign = text:sub(1, first - 1):match("'$") or text:sub(1, first - 1):match("’$")
  if not sign then return sign_joins(text, first - 1) end
  local at = first - #sign -- of the apostrophe
  if not wordly(text, at - 1) then return false end
  return wordly(text, at - 2) or not text:find("^[ldL]", at - 1)
end

local function begins_sentence(text, first)
  local before = text:sub(1, first - 1)
  local shorter
  repeat
    shorter = before
    before = before:gsub("[ \t\n\r\"'%(%[%*]+$", ""):gsub("’$", "")
  until before == shorter
  if before == "" then return true end
  local word = before:match("([%w\x80-\xFF]+)%.$")
  if word and #word == 1 then return false end
  return before:find("[%.!%?:]$") ~= nil
end

local function shape(word)
  local letters = word:gsub("%d", "")
  return letters, letters:gsub("%l", ""), letters:find("^%u") ~= nil
end

--- 2: the word must be in capitals, 1: it must begin with one, 0: neither.
local function demand(word)
  local letters, capitals, first = shape(word)
  if #letters > 1 and letters == capitals then return 2 end
  return first and 1 or 0
end

--- A name prepared: its pieces without signs at both ends.
function naive.name(text, options, number)
  local pieces = naive.pieces(text)
  while pieces[1] and pieces[1].kind ~= "word" and pieces[1].kind ~= "char" do table.remove(pieces, 1) end
  local stop = #pieces > 0 and pieces[#pieces].last
  while #pieces > 0 and pieces[#pieces].kind == "sign" and not pieces[#pieces].plain:find("[+#%%]") do
    table.remove(pieces)
  end
  if #pieces == 0 then return nil end
  local tail_from = pieces[#pieces].last + 1
  local letters, capitals, first = shape(pieces[1].plain)
  local lone = #pieces == 1 and pieces[1].kind == "word" and options.letters == "smart" and first and #capitals == 1
  return { pieces = pieces, options = options, number = number, lone = lone and #letters > 0,
           tail = text:sub(tail_from, stop) }
end

local function pattern_of(word)
  return (word:gsub("%d", ""):gsub("%l", "x"):gsub("%u", "X"))
end

local function agrees(options, ours, theirs)
  if ours.kind ~= "word" or options.letters == "any" then return true end
  if options.letters == "exact" then
    return pattern_of(ours.plain) == pattern_of(theirs)
  end
  local asked = demand(ours.plain)
  local _, capitals, first = shape(theirs)
  if asked == 0 then return true end
  local _, own_capitals = shape(ours.plain)
  return first and (asked == 1 or #capitals >= #own_capitals)
end

-- The folded word without its final "s" or "es"; the endings are looked for as they are written.
local function singular(word, written)
  if #word <= 3 or not written:find("[sS]$") or written:find("[sS][sS]$") then return nil end
  if written:find("[sxzhSXZH][eE][sS]$") then return word:sub(1, -3) end
  return word:sub(1, -2)
end

-- Whether the name is the pieces from `at`; gives the last piece's number and whether it is a plural.
local function stands_at(text, pieces, at, name, plural)
  for i, ours in ipairs(name.pieces) do
    local theirs = pieces[at + i - 1]
    if not theirs or theirs.kind ~= ours.kind then return false end
    local word = theirs.plain
    if plural and i == #name.pieces then
      if not name.options.plural or theirs.kind ~= "word" then return false end
      word = singular(word, text:sub(theirs.first, theirs.last))
    end
    if not word or word:lower() ~= ours.plain:lower() then return false end
    if ours.kind == "word" then
      if i == 1 and goes_on_before(text, theirs.first) then return false end
      if i == #name.pieces and goes_on_after(text, theirs.last) then return false end
      -- the capitals of a plural are judged with its "s"
      if not agrees(name.options, ours, plural and i == #name.pieces and name.options.letters ~= "exact"
          and theirs.plain or word) then return false end
    end
  end
  return not (name.lone and not name.options.start and begins_sentence(text, pieces[at].first))
end

local function strictness(name)
  local list = {}
  for i, piece in ipairs(name.pieces) do
    if piece.kind ~= "word" or name.options.letters == "any" then list[i] = 0
    elseif name.options.letters == "smart" then list[i] = demand(piece.plain)
    else
      local bits, k = 3, 0
      for c in piece.plain:gsub("%d", ""):gmatch(".") do
        if c:find("%u") then bits = bits + (1 << k) end
        k = k + 1
      end
      list[i] = bits
    end
  end
  return list
end

local function stricter(a, b)
  local x, y = strictness(a), strictness(b)
  for i = 1, math.min(#x, #y) do
    if x[i] ~= y[i] then return x[i] > y[i] end
  end
  return a.number < b.number
end

--- Spans of names in a text, from left to right.
function naive.match(names, text)
  local pieces, spans, at = naive.pieces(text), {}, 1
  while at <= #pieces do
    local best
    for plural = 0, 1 do
      for _, name in ipairs(names) do
        if stands_at(text, pieces, at, name, plural == 1) then
          local better = not best or #name.pieces > #best.name.pieces
              or (#name.pieces == #best.name.pieces and plural == best.plural and stricter(name, best.name))
          if better then best = { name = name, plural = plural } end
        end
      end
    end
    if best then
      local last = pieces[at + #best.name.pieces - 1].last
      local tail = best.name.tail
      if tail ~= "" and text:sub(last + 1, last + #tail) == tail then last = last + #tail end
      spans[#spans + 1] = { first = pieces[at].first, last = last, number = best.name.number }
      at = at + #best.name.pieces
      while pieces[at] and (pieces[at].last or 0) <= last and pieces[at].kind ~= "gap" do at = at + 1 end
    else
      at = at + 1
    end
  end
  return spans
end

return naive
