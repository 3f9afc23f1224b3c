-- The command from inputs to relations, and the scripts of examples/scripts, as their README has them.
local env = require "spec.support.env"

local STORIES = [[
{"date":"1957-10-04","title":"Sputnik 1 is launched","context":["Soviet Union","Sputnik 1"],"sources":[{"name":"A, B","url":"http://a/"}]}
{"date":"1957-11-03","title":"A dog flies in Sputnik 2","context":["Laika","Soviet Union","Sputnik 2"]}
{"date":"1961-04-12","title":"A man flies","context":["Soviet Union","Yuri Gagarin"]}
]]

local ID = "1957-11-03/a-dog-flies-in-sputnik-2"

local function command(words)
  table.insert(words, 1, env.command())
  return env.run(words)
end

local function script(name, ...)
  return env.run { env.interpreter(), "examples/scripts/" .. name .. ".lua", ... }
end

local function with_archive(test)
  local folder <close> = env.folder()
  local archive = folder:file "news.na"
  assert.equal(0, command({ "index", "-o", archive, folder:write("s.jsonl", STORIES) }).status)
  return test(archive, folder)
end

describe("the command", function()
  it("parses files to JSON Lines, with problems and a summary on stderr", function()
    local folder <close> = env.folder()
    local path = folder:write("s.jsonl", STORIES .. "{}\n")
    local done = command { "parse", path }
    assert.equal(1, done.status)
    assert.equal(3, select(2, done.stdout:gsub("\n", "")))
    assert.equal(path .. ":4:1: a story needs a title\n"
      .. "1 file, 4 items: 3 stories + 1 rejected; 1 source, 0 relations; 1 problem\n", done.stderr)
  end)

  it("parses standard input where it is told the format", function()
    local done = command { "parse", "--format", "jsonl", "-", input = STORIES }
    assert.equal(0, done.status)
    assert.matches('"id":"' .. ID .. '"', done.stdout, 1, true)
    assert.equal(2, command({ "parse", "-", input = STORIES }).status)
  end)

  it("reads its own output to the same", function()
    local first = command { "parse", "--format", "jsonl", "-", input = STORIES }.stdout
    assert.equal(first, command { "parse", "--format", "jsonl", "-", input = first }.stdout)
  end)

  it("says what is not there, and does nothing without stories", function()
    local folder <close> = env.folder()
    local done = command { "index", "-o", folder:file "x.na", folder:file "none" }
    assert.equal(2, done.status)
    assert.matches("No such file", done.stderr, 1, true)
    assert.same({}, folder:list())
    assert.equal(2, command({ "parse", "--format", "gif", folder:write("a", "") }).status)
    assert.equal(2, command({ "related", folder:write("a.na", "x"), ID }).status)
  end)

  it("relates one story, or all, by the reference's rule", function()
    with_archive(function(archive)
      local done = command { "related", archive, ID, "--rule", "context", "--json" }
      local found = require("newsarchive.core").decode_json(done.stdout)
      assert.equal(ID, found.id)
      assert.same({ "1961-04-12/a-man-flies", "1957-10-04/sputnik-1-is-launched" },
        { found.related[1].id, found.related[2].id, found.related[3] })
      assert.same({ "Soviet Union" }, found.related[1].context)
      assert.equal(1, found.related[1].score)
      done = command { "relate", archive, "--rule", "context", "--run", "--limit", "1" }
      assert.equal("1957-10-04/sputnik-1-is-launched 1961-04-12/a-man-flies\n" .. ID .. " 1961-04-12/a-man-flies\n"
        .. "1961-04-12/a-man-flies " .. ID .. "\n", done.stdout)
      assert.equal(2, command({ "related", archive, "no-such-story" }).status)
    end)
  end)

  it("explains each of its commands", function()
    for _, name in ipairs { "new", "build", "parse", "index", "related", "relate" } do
      local done = command { name, "--help" }
      assert.equal(0, done.status)
      assert.matches("Examples:", done.stdout, 1, true)
    end
    assert.equal(2, command({ "no-such-command" }).status)
  end)
end)

describe("examples/scripts", function()
  it("related.lua prints what led to a story and what came of it", function()
    with_archive(function(archive)
      local done = script("related", archive, ID)
      assert.equal("", done.stderr)
      assert.matches("What led here.*Sputnik 1 is launched.*What came of it.*A man flies", done.stdout)
    end)
  end)

  it("timeline.lua prints CSV", function()
    with_archive(function(archive)
      assert.equal('date,title,sources\r\n1957-10-04,Sputnik 1 is launched,"A, B"\r\n',
        script("timeline", archive, "Soviet Union", "1957", "1957-10").stdout)
    end)
  end)

  it("together.lua prints pairs that are more than chance", function()
    local folder <close> = env.folder()
    local lines = {}
    for i = 1, 9 do
      lines[i] = ('{"date":"2001-01-0%d","title":"t","context":%s}'):format(i, i < 4 and '["A","B"]' or '["C"]')
    end
    local archive = folder:file "news.na"
    command { "index", "-o", archive, folder:write("s.jsonl", table.concat(lines, "\n")) }
    assert.matches("^ *%d+%.%d +3 of +3 and +3  A %+ B\n$", script("together", archive).stdout)
  end)

  it("digest.lua prints a page whose texts are harmless", function()
    local folder <close> = env.folder()
    local archive = folder:file "news.na"
    command { "index", "-o", archive, folder:write("s.jsonl", '{"date":"2001-01-01","title":"<b>&"}') }
    local done = script("digest", archive, "2001")
    assert.equal("", done.stderr)
    assert.matches("<h2>&lt;b&gt;&amp;</h2>", done.stdout, 1, true)
  end)

  it("own_format.lua reads a format of its own", function()
    local folder <close> = env.folder()
    local done = script("own_format", folder:write("n.log", "1969-07-20 20:17 | Eagle lands | Moon, Apollo 11\nodd\n"))
    assert.matches('"context":["Apollo 11","Moon"]', done.stdout, 1, true)
    assert.matches("n.log:2:1: not a line of a log", done.stderr, 1, true)
  end)
end)
