--- Wikitext: a day page of Wikipedia's Current Events portal, in a file named by its date (`2007-09-01.en.wiki`).
-- @module newsarchive.reader.wikitext
local categories = require "newsarchive.rules.categories"
local core = require "newsarchive.core"
local options = require "newsarchive.options"

local wikitext = { name = "wikitext" }

-- Templates beside those that the parser knows by itself: `convert`, `nowrap`, `USS`, `lang`, `ill`, `cite web` and
-- some two hundred more.
local templates = {
  ["flagdeco"] = {},
  ["flagu"] = { text = "{1}" },
  ["formatprice"] = { text = "{1}" },
  ["translink"] = { like = "tsl" },
  ["internal link helper"] = { like = "link-en" },
  ["死链"] = { like = "dead link" },
  ["失效連結"] = { like = "dead link" },
  ["來源請求"] = {},
  ["来源请求"] = {},
}

local function name_of(template)
  return (template:lower():gsub("_", " "))
end

-- What is made from the tables, until they change.
local made, made_from

--- What the core is told of templates and categories.
-- @tparam table given `templates` and `categories`: more of a site's own
-- @treturn WikitextRules of the core
function wikitext.rules(given)
  if given.templates or given.categories then
    local all = {}
    for name, rule in pairs(templates) do all[name] = rule end
    for name, rule in pairs(given.templates or {}) do all[name_of(name)] = rule end
    return core.wikitext_rules(all, categories.all(given.categories))
  end
  if not made or made_from ~= categories.revision then
    made, made_from = core.wikitext_rules(templates, categories.all()), categories.revision
  end
  return made
end

--- Says how a template is shown, for all that is read from now on.
--
--     wikitext.template("frac", { text = "{1}/{2}" })         -- arguments by number or name
--     wikitext.template("flag", { text = "{name|1}" })        -- the first that is not empty
--     wikitext.template("uss", { text = "USS {1}", link = "USS {1}[ ({2})]" }) -- a link; [...] only where {2} is there
--     wikitext.template("ill", { text = "{lt|1}", link = "{1}", interlanguage = "{2}:{3|1}" }) -- a page missing here
--     wikitext.template("cite hansard", { like = "cite web" }) -- another name of a template known from the start
--     wikitext.template("clarify", {})                         -- not shown
-- @tparam string name in whatever case
-- @tparam table rule `text`, `link`, `interlanguage`: patterns; `like`: a name
function wikitext.template(name, rule)
  templates[name_of(name)] = rule
  made = nil
end

local function parse_wikitext(text, given)
  return (core.parse_wikitext(text, {
    title = given.title, date = given.date, language = given.language, variant = given.variant,
    rules = wikitext.rules(given),
  }))
end

local kinds = {
  title = "string", date = "string", language = "string", variant = "string", templates = "table", categories = "table",
}

--- Reads one page, without an archive.
-- @tparam string text wikitext
-- @tparam[opt] table given `title` of the page and `date` (ISO 8601): what the wrapper says is held against them;
-- `language` (BCP 47), `variant` (of Chinese: "zh-tw"), `templates` and `categories`: more of a site's own
-- @treturn table `date`, `wrapper`, `stories` (`line`, `depth`, `role`, `category`, `raw_category`, `topics`, `lead`,
-- `title`, `mentions`, `sources`), `topics`, `media`, `problems` (`line`, `column`, `code`, `message`, `raw`)
function wikitext.parse(text, given)
  if type(text) ~= "string" then
    error("bad argument #1 to 'parse_wikitext' (string expected, got " .. type(text) .. ")", 2)
  end
  given = options.check(2, "parse_wikitext", given, kinds)
  return (options.pass(2, "parse_wikitext", parse_wikitext, text, given))
end

function wikitext.matches(path, head)
  return path:find "%.wiki$" ~= nil or path:find "%.wikitext$" ~= nil or head:find("{{Current events", 1, true) ~= nil
end

function wikitext.read(report, path, text, given)
  core.read_wikitext(report, text, {
    path = path, title = given.title, date = given.date, language = given.language, variant = given.variant,
    rules = wikitext.rules(given),
  })
end

return wikitext
