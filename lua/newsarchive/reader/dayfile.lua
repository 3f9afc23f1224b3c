--- YAML files of one day of news: lists of texts by category (`Intelligence_Payload`), or a list of `events`.
-- @module newsarchive.reader.dayfile
local dayfile = { name = "dayfile" }

function dayfile.matches(path, head)
  if not path:find "%.ya?ml$" then return false end
  head = "\n" .. head
  return head:find("\nIntelligence_Payload:", 1, true) ~= nil or head:find("\nevents:", 1, true) ~= nil
end

function dayfile.read(report, path, text, options)
  report:read("dayfile", text, { path = path, language = options.language, date = options.date })
end

return dayfile
