--- Markdown with YAML front matter, as Hugo, Jekyll, Zola and Eleventy users have it: one story a file.
-- @module newsarchive.reader.markdown
local markdown = { name = "markdown" }

function markdown.matches(path)
  return path:find "%.md$" ~= nil or path:find "%.markdown$" ~= nil
end

function markdown.read(report, path, text, options)
  report:read("markdown", text, { path = path, language = options.language, date = options.date })
end

return markdown
