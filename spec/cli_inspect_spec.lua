-- `newsarchive inspect`: what an archive file is made of, and where it is damaged.

local core = require "newsarchive.core"
local env = require "spec.support.env"
local newsarchive = require "newsarchive"

local function archive_in(folder)
  local archive = newsarchive.new { language = "en" }
  archive:add { date = "2007-09-01", title = "Rebels take a town", context = { "Tuareg", "Mali" }, topics = { "War" } }
  archive:add { date = "2012-01-26", title = "The army fires", context = { "Mali" }, body = "In the north." }
  assert(archive:save(folder:file "news.na"))
  return folder:file "news.na"
end

local function inspect(...)
  return env.run { env.command(), "inspect", ... }
end

describe("newsarchive inspect", function()
  it("prints what the file is made of", function()
    local folder <close> = env.folder()
    local done = inspect(archive_in(folder))
    assert.equal(0, done.status)
    for _, line in ipairs { "version 2, language en", "2 stories, 2 entities", "2007%-09%-01 to 2012%-01%-26", "records +%d+ +2 ",
      "all +" .. #folder:read "news.na", "stories' own texts", "everything else" } do
      assert.matches(line, done.stdout)
    end
  end)

  it("prints the same as JSON, whose parts are the whole", function()
    local folder <close> = env.folder()
    local report = core.decode_json(inspect(archive_in(folder), "--json", "--verify").stdout)
    local bytes = report.container_bytes
    for _, section in ipairs(report.sections) do bytes = bytes + section.bytes end
    assert.equal(#folder:read "news.na", bytes)
    assert.equal(bytes, report.bytes)
    assert.equal(bytes, report.text_bytes + report.index_bytes)
    assert.is_true(report.verified)
    -- title, description and body, the ids behind their days, entities and topic
    local texts = "Rebels take a town" .. "rebels-take-a-town" .. "The army fires" .. "the-army-fires" .. "In the north."
      .. "Tuareg" .. "Mali" .. "War"
    assert.equal(#texts, report.text_bytes)
  end)

  it("says what is wrong, and ends with 2", function()
    local folder <close> = env.folder()
    local path = archive_in(folder)
    local bytes = folder:read "news.na"
    folder:write("news.na", bytes:sub(1, 99) .. "\xFF" .. bytes:sub(101))
    for _, words in ipairs { { path }, { path, "--verify" } } do
      local done = inspect(table.unpack(words))
      assert.equal(2, done.status)
      assert.matches("the archive is damaged: .*%(damaged%-archive%)", done.stderr)
      assert.equal("", done.stdout)
    end
    local done = inspect(folder:write("text", "hello"))
    assert.equal(2, done.status)
    assert.matches("not an archive of newsarchive %(not%-an%-archive%)", done.stderr)
  end)
end)
