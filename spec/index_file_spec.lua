-- The archive file: what goes in comes out, the same stories give the same bytes, and nothing that happens to a file, to the
-- disk or to the process that writes it gives a wrong story or a crash.

local archive_file = require "spec.support.archive_file"
local core = require "newsarchive.core"
local env = require "spec.support.env"
local newsarchive = require "newsarchive"
local numbers = require("spec.support.random").numbers
local archive_of = require("spec.support.stories").archive

-- Files without the shell: there are ten thousands of them.
local function put(path, bytes)
  local file <close> = assert(io.open(path, "wb"))
  assert(file:write(bytes))
  return path
end

local function code_of(path, given)
  local opened, message, details = newsarchive.open(path, given)
  if opened then
    opened.core:close()
    return nil
  end
  assert.equal(path .. ": ", message:sub(1, #path + 2))
  assert.equal(path, details.path)
  return details.code
end

-- A story that has every field of the data model.
local FULL = {
  id = "2007-09-01/tuareg", date = "2007-09-01", title = "图阿雷格 rebels take a town", description = "In short",
  body = "A body\nof two lines", language = "en", category = "Armed conflicts", raw_category = "armed_conflict",
  lead = "The lead", role = "event", slug = "tuareg", url = "https://example.org/a", updated = "2007-09-02T10:00:00Z",
  params = { layout = "wide", weights = { 1, 2.5, core.null, true } }, order = -3, draft = true,
  topics = { "Second rebellion", "Mali" }, context = { "Malian Army", "Tuareg" }, tags = { "x" }, aliases = { "/old" },
  authors = { "A. B." }, origin = { path = "a/b.md", line = 7 },
  sources = {
    { name = "Reuters", url = "http://example.org/1", dead = true, archive_url = "http://a.example/1", title = "T",
      description = "D", publisher = "P", via = "V", language = "fr", image = "i.png" },
    { name = "BBC" },
  },
  mentions = { { target = "Tuareg", section = "S", label = "L", interwiki = "w", interlanguage = "de", missing = true } },
  related = { { id = "2007-08-31/x", url = "/x", title = "X", context = { "Tuareg" } } },
  headlines = { { title = "Another", topic = "War", order = 2 } },
}

-- Stories at the edges of what can be said.
local function edges()
  local stories = {
    FULL,
    { date = "0001-01-01", title = "The first day", id = "0001-01-01/" },
    { date = "9999-12-31", title = "The last day", id = "9999-12-31" },
    { date = "2007-09-01T23:59:59+02:00", title = "With a time", id = "2007-09-01/with-a-time" },
    { date = "2007-09-01", title = "Another id", id = "2008-09-01/of-another-day" },
    { date = "2007-09-01", title = "السلام عليكم \u{202E}abc", id = "\u{202E}", order = math.mininteger },
    { date = "2007-09-01", title = "e\u{301}\u{1F600}", id = "2007-09-01//", order = math.maxinteger },
    { date = "2007-09-02", title = "马里军队开火", id = "2007-09-02/马里", language = "zh", context = { "马里" } },
    { date = "2007-09-02", title = "Long", id = "long", body = ("A sentence of words. "):rep(5000) },
    { date = "2007-09-03", title = "None", id = "2007-09-03/none", topics = {}, sources = {} },
  }
  return stories
end

local function saved(archive, folder, name)
  local path = folder:file(name or "x.na")
  assert(archive:save(path))
  return folder:read(name or "x.na"), path
end

local function shuffled(list, roll)
  local copy = table.move(list, 1, #list, 1, {})
  for i = #copy, 2, -1 do
    local j = roll(i)
    copy[i], copy[j] = copy[j], copy[i]
  end
  return copy
end

describe("an archive file", function()
  it("gives back every field of every story", function()
    local folder <close> = env.folder()
    local archive = archive_of(edges())
    local _, path = saved(archive, folder)
    local opened = assert(newsarchive.open(path, { verify = true }))
    assert.same(FULL, opened:story(FULL.id))
    for _, story in ipairs(edges()) do assert.same(archive:story(story.id), opened:story(story.id)) end
    assert.equal(archive.core:json_lines(), opened.core:json_lines())
    local fields = {}
    for line in io.lines "lua/newsarchive/meta.lua" do fields[#fields + 1] = line end
    for name in table.concat(fields, "\n"):match "class newsarchive.Story\n(.-)\n\n":gmatch "@field ([%w_]+)" do
      assert.is_not_nil(FULL[name], name)
    end
  end)

  it("answers as the archive in memory does", function()
    local folder <close> = env.folder()
    local archive = archive_of(edges())
    local opened = assert(newsarchive.open(select(2, saved(archive, folder))))
    for _, id in ipairs { FULL.id, "2007-09-02/马里", "long" } do
      assert.same(archive:related(id), opened:related(id))
    end
    for _, query in ipairs { "rebels", "马里", "sentence -rebels", "entity:Tuareg", "topic:Mali", "from:2007-09-02" } do
      local mine, others = archive:search(query), opened:search(query)
      assert.equal(#mine, #others)
      for hit in mine do assert.same(hit, others()) end
    end
  end)

  it("holds more topics than sixteen bits count", function()
    local folder <close> = env.folder()
    local topics = {}
    for i = 1, 65536 do topics[i] = ("t%05d"):format(i) end
    local archive = archive_of { { date = "2007-09-01", title = "Many", topics = topics } }
    local opened = assert(newsarchive.open(select(2, saved(archive, folder))))
    assert.same(topics, opened:story("2007-09-01/many").topics)
  end)

  it("is the same for the same stories in any order of adding", function()
    local folder <close> = env.folder()
    local roll, stories = numbers(1), edges()
    for i = 1, 60 do
      stories[#stories + 1] = {
        id = "s" .. i, date = ("2007-09-%02d"):format(i % 4 + 1), order = i % 3, title = ("Rebels %d of Mali"):format(i % 7),
        context = { "E" .. i % 5, "E" .. i % 3 }, topics = { "T" .. i % 4 }, sources = { { name = "S" .. i % 6 } },
      }
    end
    local expected = saved(archive_of(stories), folder)
    for _ = 1, 20 do
      local bytes = saved(archive_of(shuffled(stories, roll)), folder)
      assert.is_true(bytes == expected)
    end
    local lines = {}
    for i, story in ipairs(stories) do story.origin = { path = "a.jsonl", line = i } end
    for line in archive_of(stories).core:json_lines():gmatch "[^\n]+" do lines[#lines + 1] = line end
    for round = 1, 3 do
      local archive = newsarchive.new { language = "en" }
      archive:add(newsarchive.parse("jsonl", table.concat(shuffled(lines, roll), "\n")))
      local bytes = saved(archive, folder)
      if round == 1 then expected = bytes end
      assert.is_true(bytes == expected)
    end
  end)

  it("is the same when it is opened and saved, and when stories are added to it", function()
    local folder <close> = env.folder()
    local stories = edges()
    local whole, path = saved(archive_of(stories), folder)
    local copy = saved(assert(newsarchive.open(path)), folder, "copy.na")
    assert.is_true(whole == copy)
    local first, rest = { table.unpack(stories, 1, 5) }, { table.unpack(stories, 6) }
    local opened = assert(newsarchive.open(select(2, saved(archive_of(first), folder, "first.na"))))
    for _, story in ipairs(rest) do opened:add(story) end
    assert.is_true(whole == saved(opened, folder, "both.na"))
    assert(opened:save(folder:file "related.na", { relations = true }))
    local related = folder:read "related.na"
    assert.is_true(related == saved(assert(newsarchive.open(folder:file "related.na")), folder, "copy.na"))
  end)

  it("is the same however little of it waits in memory", function()
    local folder <close> = env.folder()
    local roll, stories = numbers(10), edges()
    for i = 1, 60 do
      stories[#stories + 1] = {
        date = ("2007-09-%02d"):format(i % 9 + 1), title = ("Rebels %d of Mali, said the Malian Army"):format(i),
        body = ("The Israeli Army left Israel %d times. Iranian, Iran. "):format(i % 7):rep(i % 200), context = { "E" .. i % 5 },
        id = i % 4 == 0 and "s" .. i or nil,
      }
    end
    local whole, path = saved(archive_of(stories), folder)
    local half = select(2, saved(archive_of { table.unpack(stories, 30) }, folder, "half.na"))
    for _, bytes in ipairs { 1, 500, 20000, 200000 } do
      local archive = newsarchive.new { language = "en" }
      archive.core:spill_beyond(bytes)
      for _, story in ipairs(shuffled(stories, roll)) do archive:add(story) end
      assert.same(FULL, archive:story(FULL.id))
      assert.equal(60, #archive:search("rebels mali", { limit = 100 }))
      assert.is_true(whole == saved(archive, folder, "spilt.na"))

      local opened = assert(newsarchive.open(half))
      opened.core:spill_beyond(bytes)
      for i = 1, 29 do opened:add(stories[i]) end
      assert.is_true(whole == saved(opened, folder, "added.na"))

      local merged = assert(newsarchive.open(half))
      merged.core:spill_beyond(bytes)
      merged:merge(assert(newsarchive.open(path)))
      assert.is_true(whole == saved(merged, folder, "merged.na"))
    end
  end)

  it("can be empty", function()
    local folder <close> = env.folder()
    local _, path = saved(newsarchive.new { language = "zh" }, folder)
    local opened = assert(newsarchive.open(path, { verify = true }))
    assert.equal(0, #opened)
    assert.equal("zh", opened.language)
    assert.equal(0, #opened:search "x")
  end)
end)

-- A small archive, for what is tried at every byte.
local function small()
  return archive_of {
    FULL, { date = "2012-01-26", title = "Rebels capture a town", context = { "Tuareg" }, topics = { "Mali" } },
    { date = "2013-01-08", title = "The Malian Army fires", context = { "Tuareg", "Malian Army" } },
  }
end

-- One that is too large to be read wholly when it is opened: 5 MB of texts, few words.
local function large(seed)
  local words, roll, stories = {}, numbers(seed), {}
  for i = 1, 200 do words[i] = core.fingerprint(tostring(i)):sub(1, 6) end
  for i = 1, 50 do
    local body = {}
    for k = 1, 15000 do body[k] = words[roll(#words)] end
    stories[i] = { id = "s" .. i, date = ("2007-%02d-01"):format(i % 12 + 1), title = "Story " .. i, context = { "E" .. i % 5 },
      body = table.concat(body, " ") }
  end
  return archive_of(stories)
end

describe("a file that is no archive, or not whole", function()
  it("is refused with a code", function()
    local folder <close> = env.folder()
    local bytes, path = saved(small(), folder)
    local function code(text, given) return code_of(put(folder:file "bad", text), given) end
    assert.equal("not-an-archive", code "")
    assert.equal("not-an-archive", code "{}\n")
    assert.equal("not-an-archive", code(("\0"):rep(4096)))
    assert.equal("truncated-archive", code(bytes:sub(1, 40)))
    assert.equal("damaged-archive", code((bytes:gsub("\r\n", "\n", 1))))
    assert.equal("damaged-archive", code(bytes .. "\0"))
    assert.equal("other-version", code(archive_file.write(archive_file.read(bytes), { version = 3 })))
    assert.equal("foreign-archive", code(archive_file.write(archive_file.read(bytes), { order = 0x04030201 })))
    assert.equal("cannot-read", code_of(folder.path))
    assert.equal("cannot-read", code_of(folder:file "none"))
    assert.equal("cannot-read", code_of "/dev/null")
    assert.is_nil(code_of(path))
    assert.is_true(bytes == archive_file.write(archive_file.read(bytes)))
  end)

  it("is refused at every length but its own", function()
    local folder <close> = env.folder()
    local bytes = saved(small(), folder)
    local path = folder:file "cut"
    for size = 0, #bytes - 1, 7 do
      local code = code_of(put(path, bytes:sub(1, size)))
      assert.equal(size < 4 and "not-an-archive" or "truncated-archive", code)
    end
  end)

  it("is found damaged at 10,000 changed bytes", function()
    local folder <close> = env.folder()
    local bytes, path = saved(small(), folder)
    local roll, file <close> = numbers(2), assert(io.open(path, "r+b"))
    for _ = 1, 10000 do
      local at, bit = roll(#bytes), 1 << roll(8) - 1
      local byte = bytes:byte(at)
      file:seek("set", at - 1)
      file:write(string.char(byte ~ bit)):flush()
      local code = code_of(path)
      if not code then error(("byte %d: the change was not seen"):format(at)) end
      file:seek("set", at - 1)
      file:write(string.char(byte)):flush()
    end
    assert.is_nil(code_of(path))
  end)

  -- What a damaged byte is in is not read, or the reading raises: a story is right or is not given.
  it("gives right stories or says that it is damaged, where it is read in parts", function()
    local folder <close> = env.folder()
    local archive = large(3)
    local bytes, path = saved(archive, folder)
    assert.is_true(#bytes > 4 << 20)
    local expected, related, found = {}, archive:related "s7", archive:search "story"
    for i = 1, 50 do expected[i] = core.encode_json(archive:story("s" .. i)) end
    local roll, seen, file <close> = numbers(4), 0, assert(io.open(path, "r+b"))
    for round = 1, 120 do
      local at = round % 3 == 0 and #bytes + 1 - roll(200000) or roll(#bytes)
      file:seek("set", at - 1)
      file:write(string.char(bytes:byte(at) ~ 0x10)):flush()
      local opened, _, details = newsarchive.open(path)
      if not opened then
        assert.equal("damaged-archive", details.code)
        seen = seen + 1
      else
        local fine, message = pcall(function()
          for i = 1, 50, 7 do assert(core.encode_json(opened:story("s" .. i)) == expected[i], "a wrong story") end
          assert.same(related, opened:related "s7")
          assert.equal(#found, #opened:search "story")
        end)
        if not fine then
          assert.matches("the archive's file is damaged", message)
          seen = seen + 1
        end
        assert.is_nil(opened.core:verify())
        opened.core:close()
        assert.equal("damaged-archive", code_of(path, { verify = true }))
      end
      file:seek("set", at - 1)
      file:write(bytes:sub(at, at)):flush()
    end
    assert.is_true(seen > 20)
    assert.is_nil(code_of(path, { verify = true }))
  end)
end)

describe("a file with right checks and wrong contents", function()
  -- Whatever it answers, it answers.
  local function ask(path)
    local opened = newsarchive.open(path)
    if not opened then return end
    local function try(call) pcall(call) end
    try(function() opened.core:json_lines() end)
    try(function() opened:story(FULL.id) end)
    try(function() for _ in opened:stories { entity = "Tuareg" } do end end)
    try(function() opened:related(FULL.id) end)
    try(function() opened:related(FULL.id, { rule = "context" }) end)
    try(function() opened:threads() end)
    for _, query in ipairs { "rebels", '"malian army"', "entity:Tuareg topic:Mali", "reb* -x" } do
      try(function()
        local results = opened:search(query)
        for _ in results do end
        return results.facets
      end)
    end
    try(function() opened.core:sections() end)
    try(function() opened.core:verify() end)
    try(function()
      opened:add { date = "2020-01-01", title = "Tuareg rebels" }
      opened:related "2020-01-01/tuareg-rebels"
    end)
    opened.core:close()
  end

  it("gives an answer or an error, whichever section it is", function()
    local folder <close> = env.folder()
    assert(small():save(folder:file "x.na", { relations = true }))
    local bytes = folder:read "x.na"
    local roll, path = numbers(5), folder:file "bad"
    for _, name in ipairs { "meta", "days", "records", "ids", "entities", "mentions", "forms", "form-terms", "words",
      "lengths", "terms", "repeats", "relations", "threads" } do
      for kind = 1, 24 do
        ask(put(path, archive_file.changed(bytes, name, function(section)
          if kind == 1 then return nil end
          if kind == 2 then return "" end
          if kind == 3 then return section .. section end
          if kind == 4 then return ("\xFF"):rep(#section) end
          if kind == 5 then return ("\0"):rep(#section) end
          if #section == 0 then return "\1\0\0\0\2\0\0\0" end
          local at = roll(#section)
          if kind < 12 then at = math.max(1, #section - roll(24)) end
          return section:sub(1, at - 1) .. string.char(roll(256) - 1) .. section:sub(at + 1)
        end)))
      end
    end
  end)

  it("is refused where its sections do not belong together", function()
    local folder <close> = env.folder()
    local bytes = saved(small(), folder)
    local function code(name, change)
      return code_of(put(folder:file "bad", archive_file.changed(bytes, name, change)))
    end
    assert.equal("damaged-archive", code("ids", function(section) return section:sub(5) end))
    assert.equal("damaged-archive", code("days", function(section) return ("<i4"):pack(1 << 30) .. section:sub(5) end))
    assert.equal("damaged-archive", code("records", function() return archive_file.section {} end))
    assert.equal("damaged-archive", code("meta", function() return nil end))
  end)

  it("does not give a story whose bytes are none", function()
    local folder <close> = env.folder()
    local bytes = saved(small(), folder)
    local path = put(folder:file "bad", archive_file.changed(bytes, "records", function(section)
      local rows = archive_file.rows(section)
      rows[2] = "\255\255\255\255\255\255\255\255\255\1"
      return archive_file.section(rows)
    end))
    local opened = assert(newsarchive.open(path))
    assert.error_matches(function() for _ in opened:stories() do end end, "damaged")
  end)
end)

describe("saving an archive", function()
  it("says why it cannot", function()
    local folder <close> = env.folder()
    local archive = small()
    local function failure(path)
      local done, message, details = archive:save(path)
      assert.is_nil(done)
      assert.equal("cannot-write", details.code)
      return message
    end
    assert.matches("No space left", failure "/dev/full")
    assert.matches("No such file", failure(folder:file "no/such/folder.na"))
    failure(folder.path)
    os.execute("mkfifo " .. env.quote(folder:file "pipe"))
    assert.matches("No such device", failure(folder:file "pipe")) -- nobody reads: that is not waited for
    local pipe <close> = assert(io.open(folder:file "pipe", "r+b"))
    assert.matches("[Ss]eek", failure(folder:file "pipe"))
    for _, name in ipairs { "save", "open" } do
      local act = name == "save" and archive.save or function(_, path) return newsarchive.open(path) end
      assert.error_matches(function() act(archive, folder:file "x\0.na") end, "bad argument #1 to '" .. name .. "'", 1, true)
    end
    assert.is_not_nil(pipe)
    assert.same({}, folder:list())
  end)

  it("still reads what it has where a temporary file has no room for more", function()
    local folder <close> = env.folder()
    local script = folder:write("add.lua", [[
      local archive, body, message = require("newsarchive").new(), ("word "):rep(800000), nil
      for i = 1, 20 do
        local added, why = pcall(archive.add, archive, { date = "2020-01-01", title = "x", body = body })
        if not added then message, body = why, i break end
      end
      assert(message:find "a temporary file cannot be used", message)
      assert(#archive == body - 1)
      for story in archive:stories() do assert(#story.body == 4000000) end]])
    local lua = env.quote(env.interpreter())
    assert.is_true(os.execute(("trap '' XFSZ; ulimit -f 16; exec %s %s"):format(lua, env.quote(script))))
  end)

  it("has temporary files that never have a name, so that nothing is left of them", function()
    local uv = require "luv"
    local folder <close> = env.folder()
    local known = { [0xEF53] = "ext4", [0x01021994] = "tmpfs", [0x58465342] = "xfs", [0x9123683E] = "btrfs" }
    if not known[uv.fs_statfs(folder.path).type] then pending "the file system may have no files without a name" end
    local names, before, watch = {}, os.getenv "TMPDIR", uv.new_fs_event()
    watch:start(folder.path, {}, function(_, name)
      if name:find "^newsarchive" then names[#names + 1] = name end
    end)
    uv.os_setenv("TMPDIR", folder.path)
    local archive = newsarchive.new()
    archive.core:spill_beyond(1)
    for i = 1, 9 do archive:add { date = "2007-09-01", title = "Rebels left", id = "s" .. i } end
    assert.equal(9, #archive:search "rebels")
    if before then uv.os_setenv("TMPDIR", before) else uv.os_unsetenv "TMPDIR" end
    for _ = 1, 9 do uv.run "nowait" end
    watch:close()
    uv.run "nowait"
    assert.same({}, names)
  end)

  it("goes on where there was no temporary file", function()
    local folder <close> = env.folder()
    local script = folder:write("spill.lua", ([[
      local newsarchive = require "newsarchive"
      local archive = newsarchive.new()
      local function try(method, ...)
        local done, message = pcall(archive[method], archive, ...)
        assert(not done and message:find "a temporary file cannot be used", message)
      end
      for i = 1, 9 do archive:add { date = "2007-09-01", title = "Rebels left", id = "s" .. i } end
      archive.core:spill_beyond(1)
      try("story", "s1") -- the stories wait still
      archive.core:spill_beyond(1 << 20)
      archive:add { date = "2007-09-01", title = "Rebels won", id = "s1" }
      assert(#archive == 10)
      assert(archive:story("s1-2").title == "Rebels won")
      archive.core:spill_beyond(1)
      try("search", "rebels")
      local saved, _, details = archive:save(%q)
      assert(not saved and details.code == "cannot-write")
      archive.core:spill_beyond(1 << 20)
      assert(#archive:search "rebels" == 10)
      assert(archive:save(%q))]]):format(folder:file "x.na", folder:file "x.na"))
    local run = ("TMPDIR=%s %s %s"):format(env.quote(folder:file "missing"), env.quote(env.interpreter()), env.quote(script))
    assert.is_true(os.execute(run))
    assert.same({ "spill.lua", "x.na" }, folder:list())
  end)

  it("leaves the old file where it fails", function()
    local folder <close> = env.folder()
    local bytes, path = saved(small(), folder)
    if os.execute "test $(id -u) = 0" then
      -- Nothing is forbidden to root: a limit of the size takes the place of a full disk.
      local script = folder:write("save.lua", ([[
        local newsarchive = require "newsarchive"
        local archive = assert(newsarchive.open(%q))
        archive:add { date = "2020-01-01", title = "x", body = ("word "):rep(100000) }
        assert(select(3, archive:save(%q)).code == "cannot-write")]]):format(path, path))
      local lua = env.quote(env.interpreter())
      local done = os.execute(("trap '' XFSZ; ulimit -f 16; exec %s %s"):format(lua, env.quote(script)))
      assert.is_true(done)
      os.remove(script)
    else
      os.execute("chmod a-w " .. env.quote(folder.path))
      assert.equal("cannot-write", select(3, small():save(path)).code)
      os.execute("chmod u+w " .. env.quote(folder.path))
    end
    assert.same({ "x.na" }, folder:list())
    assert.is_true(bytes == folder:read "x.na")
  end)

  -- `make check-kills` does it more often.
  it("can be killed at any moment: the old file is there, or the new one", function()
    local kills = tonumber(os.getenv "NEWSARCHIVE_KILLS") or 20
    local folder <close> = env.folder()
    local a, path_a = saved(large(6), folder, "a.na")
    local b, path_b = saved(large(7), folder, "b.na")
    local out = put(folder:file "out.na", a)
    local script = put(folder:file "save.lua", ([[
      local newsarchive = require "newsarchive"
      local archives = { assert(newsarchive.open(%q)), assert(newsarchive.open(%q)) }
      print "saving"
      io.stdout:flush()
      while true do for _, archive in ipairs(archives) do assert(archive:save(%q)) end end]]):format(path_a, path_b, out))
    local roll, lefts = numbers(8), 0
    local pipe = env.quote(folder:file "pipe")
    os.execute("mkfifo " .. pipe)
    local line = ("%s %s >%s & read -r said <%s; sleep 0.%%03d; kill -9 $!; wait $! 2>/dev/null; test $? = 137"):format(
      env.quote(env.interpreter()), env.quote(script), pipe, pipe)
    for _ = 1, kills do
      assert.is_true(os.execute(line:format(roll(90))))
      local bytes = folder:read "out.na"
      assert.is_true(bytes == a or bytes == b)
      assert.is_nil(code_of(out, { verify = true }))
      lefts = math.max(lefts, #folder:list() - 4)
    end
    assert.is_true(lefts <= 1)
    assert(assert(newsarchive.open(path_a)):save(out)) -- takes away what the last one left
    assert.same({ "a.na", "b.na", "out.na", "save.lua" }, folder:list())
  end)

  it("can happen twice at once", function()
    local folder <close> = env.folder()
    local _, path = saved(large(9), folder, "a.na")
    local script = put(folder:file "save.lua", ([[
      local archive = assert(require("newsarchive").open(%q))
      for _ = 1, 10 do assert(archive:save(%q)) end]]):format(path, folder:file "out.na"))
    local run = ("%s %s"):format(env.quote(env.interpreter()), env.quote(script))
    assert.is_true(os.execute(("%s & %s && wait $!"):format(run, run)))
    assert.is_nil(code_of(folder:file "out.na", { verify = true }))
    assert.same({ "a.na", "out.na", "save.lua" }, folder:list())
  end)

  it("gives params that are no JSON as nothing", function()
    local folder <close> = env.folder()
    local archive = newsarchive.new()
    archive:add { date = "2007-09-01", title = "With params", params = { weather = "dry" } }
    local path = put(folder:file "bad", archive_file.changed(saved(archive, folder), "records", function(section)
      return (section:gsub('{"weather"', '?"weather"'))
    end))
    local opened = assert(newsarchive.open(path))
    assert.is_nil(opened:story("2007-09-01/with-params").params)
    assert.truthy(opened.core:json_lines():find('"params":null', 1, true))
  end)
end)
