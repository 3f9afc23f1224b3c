-- A reader for a format of one's own: a log with one line an event,
--   1969-07-20 20:17 | Eagle lands | Neil Armstrong, Buzz Aldrin, Apollo 11
-- lua5.4 own_format.lua FILE... > stories.jsonl
local newsarchive = require "newsarchive"

-- The names between commas.
local function names_of(text)
  local names = {}
  for name in text:gmatch "[^,]+" do names[#names + 1] = name:match "^%s*(.-)%s*$" end
  return names
end

-- The story of a line, or nil.
local function story_of(line)
  local date, title, names = line:match "^(%d%d%d%d%-%d%d%-%d%d)[^|]*|%s*(.-)%s*|%s*(.-)%s*$"
  return date and { date = date, title = title, context = names_of(names) }
end

newsarchive.register_reader {
  name = "log",
  matches = function(path) return path:find "%.log$" ~= nil end,
  read = function(report, path, text)
    local number = 0
    for line in (text .. "\n"):gmatch "([^\n]*)\n" do
      number = number + 1
      local story = story_of(line)
      if story then
        story.origin = { path = path, line = number }
        story = pcall(report.add, report, story) -- a date that is none raises
      end
      if not story and line:find "%S" then
        report:note { path = path, line = number, column = 1, message = "not a line of a log" }
      end
    end
  end,
}

if not ... then error("usage: own_format.lua FILE...", 0) end
local archive = newsarchive.new()
for _, path in ipairs { ... } do
  local report = archive:read(path)
  for _, problem in ipairs(report.problems) do
    io.stderr:write(report.problem_line(problem), "\n")
  end
end
io.write(archive.core:json_lines())
