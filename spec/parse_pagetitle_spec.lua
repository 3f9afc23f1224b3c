local core = require "newsarchive.core"

describe("the day that a title names", function()
  it("is read from the title of a day's page of the portal, with the language of its wiki", function()
    for title, expected in pairs {
      ["Portal:Current events/2007 September 1"] = "2007-09-01 en",
      ["Portal:Current_events/2007_September_1"] = "2007-09-01 en",
      ["portal:current events/2007 September 01"] = "2007-09-01 en",
      [":Portal:Current  events / 2007 September 1 "] = "2007-09-01 en",
      ["Portal Current events 2007 September 1"] = "2007-09-01 en", -- a file named after the page
      ["Portal:新闻动态/2019年3月3日"] = "2019-03-03 zh",
      ["Portal:新聞動態/2019年12月31日"] = "2019-12-31 zh",
      ["Portal:新闻动态/2019年03月03日"] = "2019-03-03 zh",
    } do
      local date, language = core.page_date(title)
      assert.equal(expected, ("%s %s"):format(date, language), title)
    end
  end)

  it("may stand alone, in many orders and spellings", function()
    for title, expected in pairs {
      ["2007 September 1"] = "2007-09-01",
      ["2007_September_01"] = "2007-09-01",
      ["September 1, 2007"] = "2007-09-01",
      ["1 September 2007"] = "2007-09-01",
      ["1 Sept. 2007"] = "2007-09-01",
      ["2007 SEP 1"] = "2007-09-01",
      ["2007-09-01"] = "2007-09-01",
      ["2007/9/1"] = "2007-09-01",
      ["2008 Feb 29"] = "2008-02-29",
      ["2019年3月3日"] = "2019-03-03",
      ["2019 年 3 月 3 日"] = "2019-03-03",
      ["3月3日 2019年"] = "2019-03-03",
      ["２０１９年３月３日"] = "2019-03-03",
      ["2019年3月3号"] = "2019-03-03",
      ["2019年3月3號"] = "2019-03-03",
      ["二〇一九年三月三日"] = "2019-03-03",
      ["二零一九年十二月三十一日"] = "2019-12-31",
      ["二〇一九年十月二十日"] = "2019-10-20",
      ["二〇一九年一月十九日"] = "2019-01-19",
    } do
      assert.equal(expected, (core.page_date(title)), title)
    end
  end)

  it("knows every month by its name and by three letters", function()
    for i, month in ipairs {
      "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
      "December",
    } do
      local expected = ("2001-%02d-09"):format(i)
      assert.equal(expected, (core.page_date("2001 " .. month .. " 9")))
      assert.equal(expected, (core.page_date("2001 " .. month:sub(1, 3) .. " 9")))
    end
  end)

  it("is nil where the title is that of no day", function()
    for _, title in ipairs {
      "", " ", "/", "Portal:Current events", "Portal:Current events/", "Portal:Current events/September 2007",
      "Portal:Current events/2007 September 1/Discussion", "Portal:Current events/Inclusion/2007/09/1",
      "Portal talk:Current events/2007 September 1", "Portal:Sports/2007 September 1", "Euro", "2007",
      "2007 September 31", "2007 February 29", "2007 Septembre 1", "2007 Se 1", "2007 13 1", "0 September 1",
      "2007 September 1 2", "2007 2007 1", "9/1/2007", "20070901", "20070 9 1", "1 2 3", "2019年3月", "3月3日",
      "Portal:新闻动态/2019年3月", "二〇一九年十二三月三日", "二〇一九年十十月三日", "二〇一九年三百月三日",
      "2007 September \0001", "2007 September \xFF1", ("9"):rep(1000), ("x"):rep(100000),
    } do
      assert.is_nil(core.page_date(title), title)
    end
  end)

  it("takes a number without a unit for what is missing", function()
    assert.equal("2019-03-03", (core.page_date "2019年3月3"))
  end)

  it("raises where the title is no string", function()
    assert.has_error(function() core.page_date(2007) end)
    assert.has_error(function() core.page_date() end)
  end)
end)
