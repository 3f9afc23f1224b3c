--- JSON Lines of stories: one object a line, read in pieces.
-- @module newsarchive.reader.jsonl
local jsonl = { name = "jsonl" }

function jsonl.matches(path)
  return path:find "%.jsonl$" ~= nil or path:find "%.ndjson$" ~= nil
end

function jsonl.read(report, path, text, options)
  report:read("jsonl", text, { path = path, language = options.language, date = options.date, lines = options.lines })
end

local function count_lines(text)
  return select(2, text:gsub("\n", ""))
end

--- Reads a file that comes in pieces: whole lines at once.
-- @tparam Report report of the core
-- @tparam string path for origins and problems
-- @tparam function next_piece gives a string, or nil at the end
-- @tparam table options `language`, `date`, `hand_over` (see `reader.read_open`)
function jsonl.stream(report, path, next_piece, options)
  local begun, lines = {}, 0 -- of a line: its pieces so far
  local function read(text)
    jsonl.read(report, path, text, { language = options.language, date = options.date, lines = lines })
    lines = lines + count_lines(text)
    if options.hand_over then report = options.hand_over() end
  end
  for piece in next_piece do
    local last = piece:match "^.*()\n" -- at one place: a long line without an end is looked at once
    if last then
      begun[#begun + 1] = piece:sub(1, last)
      read(table.concat(begun))
      begun, piece = {}, piece:sub(last + 1)
    end
    begun[#begun + 1] = piece
  end
  local rest = table.concat(begun)
  if rest ~= "" or lines == 0 then read(rest) end
end

return jsonl
