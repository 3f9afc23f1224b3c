-- What holds for any page: pages cut anywhere, with brackets dropped, doubled and moved, with bytes flipped. The pages
-- are the specs' own, and the shared samples where they are at hand.
local wikitext = require "spec.support.wikitext"
local env = require "spec.support.env"
local newsarchive = require "newsarchive"

local core = require "newsarchive.core"

local MUTATIONS = tonumber(os.getenv "NEWSARCHIVE_MUTATIONS") or 40 -- of each page and kind
local CPU_SECONDS = 10 -- ordinary builds need under one; sanitizers are slow

-- Park and Miller's generator: the same pages on every machine.
local function generator(seed)
  return function(limit)
    seed = seed * 48271 % 2147483647
    return seed % limit + 1
  end
end

local function pages()
  local list = {}
  local function add(folder, names)
    for name in names:gmatch "(%d%d%d%d%-%d%d%-%d%d%.%a+%.wiki)" do
      list[#list + 1] = { name = name, text = env.read(folder .. name), language = name:match "%.(%a+)%." }
    end
  end
  add("spec/fixtures/wikitext/", env.read "spec/fixtures/wikitext/PAGES")
  local shared = env.shared "data/wikitext/SOURCES.tsv"
  if shared then add(shared:gsub("SOURCES.tsv$", ""), env.read(shared)) end
  return list
end

local BRACKETS = {
  "[[", "]]", "{{", "}}", "[", "]", "''", "<ref>", "</ref>", "-{", "}-", "<!--", "-->", "\n", "\n**", "(", ")",
}

-- Each takes a text and a generator, and gives a text.
local mutations = {
  ["cut anywhere"] = function(text, random)
    local from, to = random(#text), random(#text)
    return text:sub(math.min(from, to), math.max(from, to))
  end,
  ["without some brackets"] = function(text, random)
    return (text:gsub("[%[%]{}<>']+", function(run) if random(8) == 1 then return run:sub(2) end end))
  end,
  ["with brackets doubled"] = function(text, random)
    return (text:gsub("[%[%]{}<>']+", function(run) if random(8) == 1 then return run .. run end end))
  end,
  ["with brackets put in"] = function(text, random)
    for _ = 1, 4 do
      local at = random(#text)
      text = text:sub(1, at) .. BRACKETS[random(#BRACKETS)] .. text:sub(at + 1)
    end
    return text
  end,
  ["with bytes flipped"] = function(text, random)
    for _ = 1, 4 do
      local at = random(#text)
      text = text:sub(1, at - 1) .. string.char(random(256) - 1) .. text:sub(at + 1)
    end
    return text
  end,
}

describe("any page", function()
  local list = pages()

  it("keeps what the reader promises", function()
    for _, page in ipairs(list) do wikitext.page(newsarchive.parse_wikitext(page.text, { language = page.language })) end
  end)

  local names = {}
  for name in pairs(mutations) do names[#names + 1] = name end
  table.sort(names)
  for _, name in ipairs(names) do
    it("keeps it " .. name, function()
      local random = generator(20050108)
      for _, page in ipairs(list) do
        for _ = 1, MUTATIONS do
          local text = mutations[name](page.text, random)
          local parsed = newsarchive.parse_wikitext(text, { language = page.language })
          local fine, message = pcall(wikitext.page, parsed)
          if not fine then error(("%s %s: %s\n%s"):format(page.name, name, message, text)) end
        end
      end
    end)
  end

  it("gives the same stories when it is read twice", function()
    for _, page in ipairs(list) do
      local first = core.report():read("wikitext", page.text, { path = page.name }):json_lines()
      assert.equal(first, core.report():read("wikitext", page.text, { path = page.name }):json_lines())
      assert.is_truthy(first:find('"title"', 1, true))
    end
  end)
end)

describe("a hostile page", function()
  local function seconds(text)
    return (env.cpu_seconds(newsarchive.parse_wikitext, text))
  end

  it("of 100,000 nested brackets ends at once, and says that there is a limit", function()
    for _, case in ipairs {
      { "[[", "]]" }, { "{{a|", "}}" }, { "-{", "}-" }, { "[http://a ", "]" }, { "<ref>", "</ref>" },
    } do
      local text = "* Text " .. case[1]:rep(100000) .. "x" .. case[2]:rep(100000) .. "\n* Next."
      assert.is_true(seconds(text) < CPU_SECONDS, case[1])
      local page = newsarchive.parse_wikitext(text)
      wikitext.page(page)
      assert.equal("Next.", page.stories[#page.stories].title)
      local limited = false
      for _, problem in ipairs(page.problems) do limited = limited or problem.code == "wikitext-limit" end
      assert.is_true(limited, case[1])
    end
  end)

  it("of 10 MB ends soon", function()
    local list = pages()
    local text = ("* [[A]] says so. [http://a.example (BBC)]\n"):rep(10000000 // 42)
    assert.is_true(seconds(text) < CPU_SECONDS)
    local day = list[2].text:gsub("{{Current[^\n]*", "") .. "\n"
    assert.is_true(seconds(day:rep(10000000 // #day)) < CPU_SECONDS)
    assert.is_true(seconds(("[[{{''<ref>"):rep(900000)) < CPU_SECONDS)
  end)

  it("has no more problems, items and depth than the named limits", function()
    local page = newsarchive.parse_wikitext(("]] "):rep(5000))
    assert.equal(1001, #page.problems)
    assert.equal("wikitext-limit", page.problems[1001].code)
    page = newsarchive.parse_wikitext(("*"):rep(1000) .. " Deep.")
    assert.equal(16, page.stories[1].depth)
    assert.equal("wikitext-limit", page.problems[1].code)
    page = newsarchive.parse_wikitext(("*a\n"):rep(200010))
    assert.equal(200000, #page.stories)
    assert.equal(10, page.rejected)
    assert.equal(200010, page.items)
  end)
end)
