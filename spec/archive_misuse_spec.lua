-- Wrong use raises where the method was called, and says which argument and field is wrong.
local core = require "newsarchive.core"
local env = require "spec.support.env"
local newsarchive = require "newsarchive"
local rules = require "newsarchive.rules"

local archive = newsarchive.new()
archive:add { date = "2012-01-10", title = "Rebels capture Kidal" }
local ID = "2012-01-10/rebels-capture-kidal"

local WRONG = {
  ["#1 to 'add' (table expected, got nil)"] = function() archive:add(nil) end,
  ["#1 to 'add' (field 'title': string expected, got no value)"] = function() archive:add { date = "2012" } end,
  ["#1 to 'add' (unknown field 'titel' in a story)"] = function() archive:add { title = "x", titel = "x" } end,
  ["#1 to 'parse_wikitext'"] = function() newsarchive.parse_wikitext() end,
  ["#2 to 'parse_wikitext' (field 'date': ISO 8601 date expected)"] =
    function() newsarchive.parse_wikitext("", { date = "yesterday" }) end,
  ["#3 to 'parse' (field 'date': ISO 8601 date expected)"] =
    function() newsarchive.parse("markdown", "", { date = "2012-13" }) end,
  ["#2 to 'read' (field 'format': one of context, dayfile"] = function() archive:read("x", { format = "xls" }) end,
  ["#2 to 'save' (field 'jobs': 1 to 64 expected)"] = function() archive:save("x.na", { jobs = 0 }) end,
  ["#3 to 'explain' (field 'rules': rules expected, got table)"] =
    function() archive:explain(ID, "Mali", { rules = {} }) end,
  ["#3 to 'explain' (field 'registry': registry expected, got newsarchive.rules)"] =
    function() archive:explain(ID, "Mali", { registry = rules.compile {} }) end,
  ["#2 to 'related' (field 'limit': 0 to 1000 expected)"] = function() archive:related(ID, { limit = 1001 }) end,
  ["#2 to 'related' (unknown weight 'deacy')"] = function() archive:related(ID, { weights = { deacy = 1 } }) end,
  ["#2 to 'course' (field 'limit': 0 to 1000 expected)"] = function() archive:course(ID, { limit = -1 }) end,
  ["#1 to 'relate' (field 'only': numbers from 1 to 1 expected)"] = function() archive:relate { only = { 2 } } end,
  ["#1 to 'relate' (field 'limit': integer expected, got number)"] = function() archive:relate { limit = 1.5 } end,
  ["#1 to 'threads' (field 'jobs': 1 to 64 expected)"] = function() archive:threads { jobs = 65 } end,
  ["#2 to 'search' (field 'recency': 0 to 100 expected)"] = function() archive:search("x", { recency = 0 / 0 }) end,
  ["#1 to 'on' (a month and a day expected, as in \"09-01\")"] = function() archive:on "13-99" end,
}

describe("wrong use", function()
  for expected, call in pairs(WRONG) do
    it("raises bad argument " .. expected, function()
      local fine, message = pcall(call)
      assert.is_false(fine)
      assert.matches("^[^:]*spec/archive_misuse_spec%.lua:%d+: bad argument ", message)
      assert.truthy(message:find(expected, 1, true), message)
    end)
  end

  it("names one of several wrong fields, and always the same", function()
    local fine, message = pcall(archive.related, archive, ID, { rule = "x", limit = -1, display = "x" })
    assert.is_false(fine)
    assert.matches("field 'display'", message)
  end)
end)

describe("a rule that makes what is no story", function()
  it("is noted with the field that is wrong", function()
    local folder <close> = env.folder()
    local report = core.report():add { date = "2012-01-10", title = "Rebels capture Kidal" }
    folder:write("rules.lua", "return rules { when { title = 'x?' } (function(story) story.title = 7 end) }")
    assert(rules.read(folder:file "rules.lua")):apply(report)
    assert.equal(folder:file "rules.lua" .. ":1: the rule failed for the story 'Rebels capture Kidal': "
      .. "field 'title': string expected, got number", report:problem(1).message)
  end)
end)

describe("a file that is no archive", function()
  it("is said to be what it is", function()
    assert.equal("/dev/null: is no regular file", select(2, newsarchive.open "/dev/null"))
  end)
end)
