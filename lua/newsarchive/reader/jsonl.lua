--- JSON Lines of stories: one object a line.
-- @module newsarchive.reader.jsonl
local jsonl = { name = "jsonl" }

function jsonl.matches(path)
  return path:find "%.jsonl$" ~= nil or path:find "%.ndjson$" ~= nil
end

function jsonl.read(report, path, text, options)
  report:read("jsonl", text, { path = path, language = options.language, date = options.date })
end

return jsonl
