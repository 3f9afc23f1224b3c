-- All stories of an entity as CSV (RFC 4180): date, title, sources.
-- lua5.4 timeline.lua ARCHIVE ENTITY [FROM [TO]]
local newsarchive = require "newsarchive"

local path, entity, from, to = ...
if not entity then error("usage: timeline.lua ARCHIVE ENTITY [FROM [TO]]", 0) end
local archive = assert(newsarchive.open(path))

local function row(...)
  local cells = { ... }
  for i, cell in ipairs(cells) do
    if cell:find '[",\r\n]' then cells[i] = '"' .. cell:gsub('"', '""') .. '"' end
  end
  io.write(table.concat(cells, ","), "\r\n")
end

row("date", "title", "sources")
for story in archive:stories { entity = entity, from = from, to = to } do
  local names = {}
  for i, source in ipairs(story.sources or {}) do names[i] = source.name or source.url end
  row(story.date, story.title, table.concat(names, "; "))
end
