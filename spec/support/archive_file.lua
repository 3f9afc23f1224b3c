--- Archive files taken apart and put together again, as ARCHITECTURE.md describes them: for specs that make files with right
-- checks and wrong contents.
-- @module spec.support.archive_file
local core = require "newsarchive.core"

local archive_file = {}

local MAGIC = "\xAENAR\r\n\x1A\n"
local VERSION = 2 -- of what csrc/index/image.h says
local HEADER, ENTRY = "<c8 I4 I4 I8 I8 I4 I4 I8", "<I4 I4 I8 I8 I8 I8"
local BLOCK, ALIGN = 65536, 64

--- The numbers of sections.
archive_file.numbers = {
  meta = 0, days = 1, records = 2, ids = 3, entities = 4, mentions = 9, forms = 10, ["form-terms"] = 11, words = 13,
  lengths = 15, terms = 16, repeats = 24, relations = 25, threads = 26,
}

local function check_of(bytes)
  return tonumber(core.fingerprint(bytes), 16)
end

local function padded(bytes)
  return bytes .. ("\0"):rep(-#bytes % ALIGN)
end

--- The sections of a file.
-- @tparam string bytes
-- @treturn {table,...} each with `number` and `bytes`, in the order of the file
function archive_file.read(bytes)
  local _, _, _, _, place, count = HEADER:unpack(bytes)
  local sections = {}
  for i = 1, count do
    local number, _, offset, size = ENTRY:unpack(bytes, place + 1 + (i - 1) * ENTRY:packsize())
    sections[i] = { number = number, bytes = bytes:sub(offset + 1, offset + size) }
  end
  return sections
end

--- A file of such sections, with right checks.
-- @tparam {table,...} sections
-- @tparam[opt] table given `version`, `order` (of bytes)
-- @treturn string
function archive_file.write(sections, given)
  given = given or {}
  local parts, place, checks = {}, ALIGN, {}
  for i, section in ipairs(sections) do
    parts[i] = padded(section.bytes)
    local own = {}
    for from = 1, #section.bytes, BLOCK do
      own[#own + 1] = ("<I8"):pack(check_of(section.bytes:sub(from, from + BLOCK - 1)))
    end
    checks[i] = table.concat(own)
  end
  local entries, at = {}, 0
  for _, part in ipairs(parts) do place = place + #part end
  local offset = ALIGN
  for i, section in ipairs(sections) do
    entries[i] = ENTRY:pack(section.number, 0, offset, #section.bytes, place + at, check_of(checks[i]))
    offset, at = offset + #parts[i], at + #checks[i]
  end
  local table_bytes = table.concat(entries)
  local size = place + at + #table_bytes
  local head = HEADER:pack(MAGIC, given.version or VERSION, given.order or 0x01020304, size, place + at, #sections, 0,
    check_of(table_bytes))
  head = head .. ("<I8"):pack(check_of(head))
  return padded(head) .. table.concat(parts) .. table.concat(checks) .. table_bytes
end

--- The same file with one section changed.
-- @tparam string bytes
-- @tparam string name of `archive_file.numbers`
-- @tparam function change gets the section's bytes, gives others; nil leaves the section out
-- @treturn string
function archive_file.changed(bytes, name, change)
  local sections = {}
  for _, section in ipairs(archive_file.read(bytes)) do
    if section.number == archive_file.numbers[name] then section.bytes = change(section.bytes) end
    if section.bytes then sections[#sections + 1] = section end
  end
  return archive_file.write(sections)
end

--- The rows of a section of rows.
-- @tparam string bytes
-- @treturn {string,...}
function archive_file.rows(bytes)
  local count = ("<I4"):unpack(bytes, -4)
  local rows, starts = {}, #bytes - 4 * (count + 2)
  for i = 1, count do
    local from, to = ("<I4 I4"):unpack(bytes, starts + 4 * (i - 1) + 1)
    rows[i] = bytes:sub(from + 1, to)
  end
  return rows
end

--- A section of rows.
-- @tparam {string,...} rows
-- @treturn string
function archive_file.section(rows)
  local starts, at = { ("<I4"):pack(0) }, 0
  for _, row in ipairs(rows) do
    at = at + #row
    starts[#starts + 1] = ("<I4"):pack(at)
  end
  return table.concat(rows) .. ("\0"):rep(-at % 4) .. table.concat(starts) .. ("<I4"):pack(#rows)
end

return archive_file
