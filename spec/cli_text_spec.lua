-- What the commands print.
local env = require "spec.support.env"
local text = require "newsarchive.cli.text"

describe("a number with its noun", function()
  it("is singular for one only", function()
    assert.equal("1 story", text.counted(1, "story"))
    assert.equal("0 stories", text.counted(0, "story"))
    assert.equal("2 entities", text.counted(2, "entity"))
    assert.equal("214 days", text.counted(214, "day"))
  end)
end)

describe("what others wrote", function()
  it("does not steer the terminal, and keeps its bytes' places", function()
    assert.equal(" [31mred  né", text.tame "\27[31mred\n\tné")
    local folder <close> = env.folder()
    folder:write("s.jsonl", '{"title":"A \\u001b[31mred title","date":"2001-01-01","id":"x","context":["Mali"]}\n')
    local ran = env.run { env.command(), "explain", folder:file "s.jsonl", "x", "Mali" }
    assert.equal(0, ran.status)
    assert.is_nil(ran.stdout:find "\27")
  end)
end)

describe("newsarchive relate --run", function()
  it("does not take what its lines cannot show", function()
    for _, wrong in ipairs { { "--display", "date" }, { "--registry", "names.tsv" } } do
      local ran = env.run { env.command(), "relate", "news.na", "--run", table.unpack(wrong) }
      assert.equal(2, ran.status)
      assert.matches("^newsarchive: %-%-run: does not go with " .. wrong[1]:gsub("%-", "%%-"), ran.stderr)
    end
  end)
end)

describe("newsarchive learn", function()
  it("writes nothing where no story was read", function()
    local folder <close> = env.folder()
    local ran = env.run { env.command(), "learn", "-o", folder:file "out.tsv", folder:write("s.jsonl", "nonsense\n") }
    assert.equal(2, ran.status)
    assert.matches("no story was read: nothing written\n$", ran.stderr)
    assert.same({ "s.jsonl" }, folder:list())
  end)
end)

describe("newsarchive parse", function()
  it("leaves the output as it was where the format or the registry cannot be read", function()
    local folder <close> = env.folder()
    local output, input = folder:write("out", "as it was"), folder:write("s.jsonl", "")
    for _, wrong in ipairs { { "--format", "xls" }, { "--registry", folder:file "nowhere.tsv" } } do
      local ran = env.run { env.command(), "parse", "-o", output, input, table.unpack(wrong) }
      assert.equal(2, ran.status)
      assert.equal("as it was", folder:read "out")
    end
  end)

  it("counts the files of a folder that no reader knows, and names the first", function()
    local folder <close> = env.folder()
    folder:write("stories/2024-01-03-rain.md", "---\ntitle: Rain\n---\n")
    folder:write("stories/notes.yaml", "- title: A list of one's own\n  date: 2024-01-03\n")
    local ran = env.run { env.command(), "parse", folder:file "stories" }
    assert.equal(0, ran.status)
    assert.matches("0 problems; 1 file left out that no reader knows: [^\n]*stories/notes%.yaml\n$", ran.stderr)
    folder:write("stories/picture.png", "PNG")
    ran = env.run { env.command(), "parse", folder:file "stories" }
    assert.matches("; 2 files left out that no reader knows, such as [^\n]*stories/notes%.yaml\n$", ran.stderr)
  end)

  it("makes a file that no reader knows a problem where it was named outright", function()
    local folder <close> = env.folder()
    local ran = env.run { env.command(), "parse", folder:write("notes.yaml", "title: One\n") }
    assert.equal(2, ran.status)
    assert.matches("notes%.yaml: no reader knows this file\n.*; 1 problem\n$", ran.stderr)
  end)
end)

describe("newsarchive threads", function()
  it("says so where there are none", function()
    local folder <close> = env.folder()
    local stories = folder:write("s.jsonl", '{"date":"2024-01-03","title":"Rain"}\n')
    assert.equal(0, env.run({ env.command(), "index", "-o", folder:file "x.na", stories }).status)
    local ran = env.run { env.command(), "threads", folder:file "x.na" }
    assert.same({ 0, "", "no threads found\n" }, { ran.status, ran.stdout, ran.stderr })
  end)
end)

describe("newsarchive build --check", function()
  it("says what it would have made, and that nothing was written", function()
    local folder <close> = env.folder()
    folder:write("site.lua", [[return { title = "T", base_url = "https://example.org/", sources = { "s.jsonl" } }]])
    folder:write("s.jsonl", '{"date":"2024-01-03","title":"Rain"}\n')
    local ran = env.run { env.command(), "build", "--check", folder.path }
    assert.equal(0, ran.status)
    assert.matches("^1 story, %d+ files made, none written\n$", ran.stderr)
  end)
end)
