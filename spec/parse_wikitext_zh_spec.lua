-- Chinese pages. No raw page of the Chinese portal was at hand: these lines are made up after the markup that leaked
-- into texts derived from it (names without parentheses, -{...}-, {{dead link}} with Chinese months, {{en}}, 《》).
local newsarchive = require "newsarchive"
local wikitext = require "spec.support.wikitext"

local function story(line, variant)
  return wikitext.item(line, { language = "zh", variant = variant })
end

local function title(line, variant)
  return (story(line, variant)).title
end

local function names(line)
  local list = {}
  for i, source in ipairs(story(line).sources) do list[i] = source.name .. (source.dead and " dead" or "") end
  return list
end

describe("Chinese sources", function()
  it("have names without parentheses, and no blanks around them", function()
    local line = "[[示例市]]发生[[地震]]，无人伤亡。[http://a.example 示例社][http://b.example 例报网]{{dead link|date=十一月 2017|bot=B}}"
    assert.equal("示例市发生地震，无人伤亡。", title(line))
    assert.same({ "示例社", "例报网 dead" }, names(line))
  end)

  it("leave no blank between words where they are cut out", function()
    assert.equal("飞机失去联系后被找到。", title "飞机失去联系 [http://a.example (示例社)] 后被找到。")
    assert.equal("名单公布。", title "名单公布[http://a.example 示例网]。")
  end)

  it("may stand in full-width parentheses and title marks", function()
    assert.equal("会议闭幕。", title "会议闭幕（[http://a.example 示例社]）。")
    assert.equal("会议闭幕。", title "会议闭幕。《[http://a.example 示例報]》、《[http://b.example 例報]》")
    assert.same({ "示例報", "例報" }, names "会议闭幕。《[http://a.example 示例報]》、《[http://b.example 例報]》")
    assert.same({ "示例社" }, names "会议闭幕。[http://a.example （示例社）]")
  end)

  it("may say their language", function()
    assert.equal("en", story("会议闭幕。{{en}}[http://a.example 示例社]").sources[1].language)
    assert.equal("en", story("会议闭幕。[http://a.example 示例社]{{en}}").sources[1].language)
    assert.equal("en", story("会议闭幕。[http://a.example 示例社（英文）]").sources[1].language)
    assert.equal("示例社", story("会议闭幕。[http://a.example 示例社（英文）]").sources[1].name)
  end)

  it("may be part of a sentence that runs on", function()
    local item = story "新的[http://a.example 道路]通车。"
    assert.equal("新的道路通车。", item.title)
    assert.equal("inline-text", item.sources[1].style)
  end)
end)

describe("-{ }-", function()
  local two = "-{zh-hans:甲;zh-hant:乙;}-"
  local many = "-{zh-cn:大陆; zh-tw:台灣; zh-hk:香港}-"

  it("is the text of the variant that is asked for", function()
    assert.equal("甲上任", title(two .. "上任"))
    assert.equal("乙上任", title(two .. "上任", "zh-hant"))
    assert.equal("大陆", title(many, "zh-cn"))
    assert.equal("台灣", title(many, "zh-tw"))
    assert.equal("香港", title(many, "zh-hk"))
  end)

  it("falls back to the nearest variant", function()
    assert.equal("大陆", title(many, "zh-sg"))
    assert.equal("大陆", title(many, "zh-hans"))
    assert.equal("香港", title(many, "zh-mo"))
    assert.equal("台灣", title(many, "zh-hant"))
    assert.equal("乙", title(two, "zh-tw"))
    assert.equal("甲", title(two, "zh-my"))
    assert.equal("台灣", title("-{zh-tw:台灣}-", "zh-cn"))
    assert.equal("通用", title("-{zh:通用;zh-hant:乙}-", "zh-cn"))
  end)

  it("may hold one text for all, flags, links, and stand in links", function()
    assert.equal("支持", title "-{支}-持")
    assert.equal("程序", title "程-{}-序")
    assert.equal("见", title "-{H|zh-cn:甲;zh-tw:乙}-见")
    assert.equal("甲见", title "-{A|zh-cn:甲;zh-tw:乙}-见")
    assert.equal("甲见", title "-{zh-hans;zh-hant|甲}-见")
    local item = story("-{zh-cn:[[甲]];zh-tw:[[乙]]}-与[[-{zh-hans:丙; zh-hant:丁;}-|丙丁]]、" ..
      "[[-{zh-hans:戊; zh-hant:己;}-]]", "zh-tw")
    assert.equal("乙与丙丁、己", item.title)
    assert.equal("乙", item.mentions[1].target)
    assert.equal("丁", item.mentions[2].target)
    assert.equal("己", item.mentions[3].target)
  end)

  it("is never shown, whatever is missing", function()
    assert.equal("甲- zh-cn:乙", title "甲-{ zh-cn:乙")
    assert.equal("甲}", title "甲}-")
  end)
end)

describe("Chinese pages", function()
  it("have links without trails, and red links by template", function()
    assert.equal("甲abc", title "[[甲]]abc")
    assert.equal("甲", story("[[甲]]abc").mentions[1].label)
    local mention = story("{{link-en|某人|Some Body}}获释。").mentions[1]
    assert.same({ target = "某人", label = "某人", interlanguage = "en:Some Body", missing = true }, mention)
    assert.equal("某人获释。", title "{{le|某人|Some Body}}获释。")
  end)

  it("have days and months in their headings and titles", function()
    local page = newsarchive.parse_wikitext("== 3月3日 ==\n* 甲。\n== 3月4日 星期一 ==\n* 乙。\n;體育\n* 丙。",
      { language = "zh", title = "Portal:新闻动态/2019年3月" })
    assert.equal("2019-03-03", page.stories[1].date)
    assert.equal("2019-03-04", page.stories[2].date)
    assert.equal("體育", page.stories[3].raw_category)
    assert.equal("2019-03-03", newsarchive.parse_wikitext("* 甲。", { title = "Portal:新闻动态/2019年3月3日" }).date)
  end)

  it("end sentences with their own full stops", function()
    local page = newsarchive.parse_wikitext("* 一句话。\n** 下一句。\n* 题目：\n** 消息。", { language = "zh" })
    assert.equal("container", page.stories[1].role)
    assert.equal("题目", page.topics[1].text)
  end)
end)
