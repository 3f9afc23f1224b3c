-- Real pages: the shared samples, 2002 to 2026, and the examples worked out by hand. They stay where they are.
local wikitext = require "spec.support.wikitext"
local env = require "spec.support.env"
local core = require "newsarchive.core"
local newsarchive = require "newsarchive"

local SAMPLES = "data/wikitext/SOURCES.tsv"
local EXAMPLES = "design/wikitext-examples.md"

-- The lines of SOURCES.tsv, with the text of each page and what became of it.
local function samples(path)
  local list, names = {}, nil
  for line in io.lines(path) do
    local fields = {}
    for field in (line .. "\t"):gmatch "(.-)\t" do fields[#fields + 1] = field end
    if not names then
      names = fields
    else
      local sample = {}
      for i, name in ipairs(names) do sample[name] = fields[i] end
      sample.text = env.read(path:gsub("SOURCES.tsv$", sample.file))
      sample.page = newsarchive.parse_wikitext(sample.text, { title = sample.page_title })
      list[#list + 1] = sample
    end
  end
  return list
end

-- An example's story in the words of the examples: `text`, `links`, a source as it was written.
local function in_their_words(story)
  local said = {
    line = story.line, depth = story.depth, role = story.role, category = story.raw_category, lead = story.lead,
    text = story.title, topics = {}, links = {}, sources = {},
  }
  for i, topic in ipairs(story.topics) do
    local targets = {}
    for j, mention in ipairs(topic.mentions) do targets[j] = mention.target end
    said.topics[i] = { text = topic.text, links = targets, container = topic.container }
  end
  for i, mention in ipairs(story.mentions) do said.links[i] = { target = mention.target, label = mention.label } end
  for i, source in ipairs(story.sources) do
    said.sources[i] = {
      url = source.archive_url or source.url, name = source.name, publisher = source.publisher, via = source.via,
      title = source.title, style = source.style, dead = source.dead,
      original_url = source.archive_url and source.url, archived = source.archive_url and true,
    }
  end
  return said
end

describe("the worked examples", function()
  local path = env.shared(EXAMPLES)
  if not path then
    pending(EXAMPLES .. " is not there")
    return
  end
  local folder = path:gsub("design/wikitext%-examples%.md$", "data/wikitext/")
  for day, line, block in env.read(path):gmatch "\n## %d+%. (%d%d%d%d%-%d%d%-%d%d) line (%d+):.-\n```json\n(.-)```" do
    it("come out as given: " .. day .. " line " .. line, function()
      local expected = core.decode_json(block)
      local page = newsarchive.parse_wikitext(env.read(folder .. day .. ".en.wiki"))
      local found
      for _, story in ipairs(page.stories) do
        if story.line == tonumber(line) then found = in_their_words(story) end
      end
      assert.same(expected, found)
    end)
  end
end)

describe("the samples", function()
  local path = env.shared(SAMPLES)
  if not path then
    pending(SAMPLES .. " is not there")
    return
  end
  local list = samples(path)

  it("are as many stories, topics, links and sources as were counted", function()
    assert.equal(27, #list)
    for _, sample in ipairs(list) do
      local page, links, sources = sample.page, 0, 0
      for _, story in ipairs(page.stories) do
        links = links + #story.mentions
        sources = sources + #story.sources
      end
      local found = { sample.file, #page.stories, #page.topics, links, sources, page.wrapper }
      assert.same({
        sample.file, tonumber(sample.ref_stories), tonumber(sample.ref_topics), tonumber(sample.ref_story_links),
        tonumber(sample.ref_sources), sample.wrapper,
      }, found)
    end
  end)

  it("have the dates of their titles", function()
    for _, sample in ipairs(list) do
      assert.equal(sample.file:sub(1, 10), sample.page.date)
      for _, problem in ipairs(sample.page.problems) do assert.is_nil(problem.code:match "date") end
    end
  end)

  it("keep what the reader promises, and every link and address is accounted for", function()
    for _, sample in ipairs(list) do
      wikitext.page(sample.page)
      local account = wikitext.account(sample.text, sample.page)
      assert.equal(account.links, account.links_found, sample.file)
      assert.equal(account.addresses, account.addresses_found, sample.file)
    end
  end)
end)
