--- Markdown with YAML front matter, as Hugo, Jekyll, Zola and Eleventy users have it: one story a file.
--
-- The fields of the front matter, with the other words for them:
--
-- * `title`, `description` (`summary`, `excerpt`), `slug`, `url` (`permalink`), `language` (`lang`), `id`, `category`
-- * `date`, `updated` (`lastmod`, `last_modified_at`): as in `2007-09-01`, `2007-09-01 10:00:00 +0800`
-- * `tags`, `topics`, `context`, `categories`, `aliases` (`redirect_from`), `authors` (`author`): lists; one text is a
--   list of one, whatever blanks and commas it has. Without `category` the first of `categories` is the category, the
--   others are tags. Without `context` a story is about its tags and topics
-- * `draft: true`, `published: false`
-- * `sources`: a list of maps (`name`, `url`, `archive_url`, `title`, `description`, `publisher`, `via`, `language`,
--   `dead`), of addresses, or of names; or a map from names to addresses
--
-- All others become the story's `params`. Without a `date` it is taken from the path (`2007-09-01-name.md`,
-- `2007/09/01/name.md`), without a `title` from the first heading, which then leaves the body, or from the file's name.
-- Front matter in JSON is read, in TOML it is a problem.
-- @module newsarchive.reader.markdown
local markdown = { name = "markdown" }

function markdown.matches(path)
  return path:find "%.md$" ~= nil or path:find "%.markdown$" ~= nil
end

function markdown.read(report, path, text, options)
  report:read("markdown", text, { path = path, language = options.language, date = options.date })
end

return markdown
