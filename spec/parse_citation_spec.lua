local core = require "newsarchive.core"

-- The title and the sources of one item of a day file.
local function read(text)
  local report = core.report()
  report:read("dayfile", "Date: 2007-09-01\nIntelligence_Payload:\n  Uncategorized:\n  - " .. core.encode_json(text))
  local story = report:story(1)
  return story and story.title, story and story.sources
end

-- "title | name, name"
local function line(text)
  local title, sources = read(text)
  local names = {}
  for i, source in ipairs(sources or {}) do names[i] = source.name or source.url end
  return title .. " | " .. table.concat(names, ", ")
end

describe("sources behind a sentence", function()
  it("are names in parentheses", function()
    assert.equal("Rain falls on Lissa. | BBC", line "Rain falls on Lissa. (BBC)")
    assert.equal("Rain falls on Lissa. | Reuters, AFP", line "Rain falls on Lissa. (Reuters) (AFP)")
    assert.equal("Rain falls on Lissa. | BBC, CNN", line "Rain falls on Lissa. (BBC), (CNN)")
    assert.equal("Rain falls on Lissa. | BBC, CNN", line "Rain falls on Lissa. (BBC). (CNN).")
    assert.equal("Rain falls on Lissa. | Newsday", line "Rain falls on Lissa.(Newsday)")
    assert.equal('"It rains." | Al Jazeera', line '"It rains." (Al Jazeera)')
    assert.equal("Rain falls on Lissa. | ABC News (Australia)", line "Rain falls on Lissa. (ABC News (Australia))")
    assert.equal("Rain falls on Lissa. | swissinfo, elDiario.es", line "Rain falls on Lissa. (swissinfo) (elDiario.es)")
    assert.equal("Rain falls on Lissa. | Reuters, AP", line "Rain falls on Lissa. (Reuters/AP)")
    assert.equal("Rain falls on Lissa. | RFE/RL", line "Rain falls on Lissa. (RFE/RL)")
    assert.equal("Rain falls on Lissa. | The Hindu", line "Rain falls on Lissa. (The Hindu")
  end)

  it("may come by way of another", function()
    local _, sources = read "Rain falls on Lissa. (AP via CNN) (Canadian Press, via Canada.com) (via Herald-Sun)"
    assert.same({
      { name = "AP via CNN", publisher = "AP", via = "CNN" },
      { name = "Canadian Press, via Canada.com", publisher = "Canadian Press", via = "Canada.com" },
      { name = "via Herald-Sun", via = "Herald-Sun" },
    }, sources)
  end)

  it("have a language where it is said", function()
    local _, sources = read
      "Rain falls on Lissa. (Le Soir) (in French) (Infobae in Spanish) (RTS, in Serbian) (NOS (in Dutch))"
    assert.same({
      { name = "Le Soir", language = "fr" }, { name = "Infobae", language = "es" },
      { name = "RTS", language = "sr" }, { name = "NOS", language = "nl" },
    }, sources)
  end)

  it("may be dead, or have a remark", function()
    local title, sources = read
      "Rain falls on Lissa. (BBC) (Link dead as of 02:43, 15 January 2007 (UTC)) (NYT) (registration required)"
    assert.equal("Rain falls on Lissa.", title)
    assert.same({ { name = "BBC", dead = true }, { name = "NYT", description = "registration required" } }, sources)
  end)

  it("may be a bare address", function()
    local title, sources = read "Rain falls on Lissa.http://example.org/rain?a=b"
    assert.equal("Rain falls on Lissa.", title)
    assert.same({ { url = "http://example.org/rain?a=b" } }, sources)
  end)

  it("may stand where the full stop is missing, or before it", function()
    assert.equal("Some 500 people march through Lissa | BBC", line "Some 500 people march through Lissa (BBC)")
    assert.equal("Some 500 people march through Lissa. | NYT", line "Some 500 people march through Lissa (NYT).")
    assert.equal("The mayor of the old town of Lissa denies all that was said | Rappler",
      line "The mayor of the old town of Lissa denies all that was said (Rappler)")
  end)

  it("are no acronyms, years, remarks or sentences", function()
    for _, text in ipairs {
      "Both states sign the Treaty of Lissa (Dunia Treaty).",
      "The court hears the Lissa Tigers Trade Exchange (LTTE).",
      "The terror level is lowered from yellow to green (low).",
      "Pope Anna canonises Ivo Aar (1852–1908).",
      "He was last seen on Sunday. (That is what the police says, who did not look for him.)",
      "The Dune War (2013–2017) is over.",
    } do
      assert.equal(text .. " | ", line(text))
    end
    assert.equal("Troops of the Desert Army of Dunia (DAD). | BBC",
      line "Troops of the Desert Army of Dunia (DAD). (BBC)")
    assert.equal("It moved 5 km (3 mi). | BBC", line "It moved 5 km (3 mi). (BBC)")
  end)

  it("cost linear time, whatever the text", function()
    for _, piece in ipairs { "(", ")", "()", "(BBC", "(BBC) ", "a (b) ", "http://", " in ", "via " } do
      local text = piece:rep(200000)
      local start = os.clock()
      core.report():read("dayfile", "Date: 2007-09-01\nIntelligence_Payload: {A: ['" .. text .. "']}")
      assert.is_true(os.clock() - start < 1, piece)
    end
  end)
end)
