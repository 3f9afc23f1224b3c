local core = require "newsarchive.core"

local function words(text, language)
  return table.concat(core.words(text, language), " ")
end

describe("words", function()
  it("are runs of letters and digits without case, width and diacritics", function()
    assert.equal("sao paulo 2024", words "São Paulo, 2024!")
    assert.equal("strasse full width", words "Straße ＦＵＬＬ ｗｉｄｔｈ")
    assert.equal("", words "")
    assert.equal("", words "…—!?")
  end)

  it("keep an inner apostrophe, and lose the possessive", function()
    assert.equal("iran oneill", words "Iran's O’Neill")
    assert.equal("lequipe", words "L'Équipe")
  end)

  it("are initials with dots, without them", function()
    assert.equal("the us army in washington dc", words "The U.S. Army in Washington, D.C.")
    assert.equal("george w bush", words "George W. Bush")
    assert.equal("vitamin c the end", words "vitamin c. The end")
    assert.equal("us backed", words "U.S.-backed")
  end)

  it("keep numbers whole", function()
    assert.equal("7.5 1000 3", words "7.5, 1,000 3.")
  end)

  it("are stemmed where the language has a stemmer", function()
    assert.equal("elect run", words("elections running", "en"))
    assert.equal("elections running", words("elections running", "zh"))
    assert.equal("elect run", words("elections running", "en-GB"))
  end)

  it("are pairs of characters in scripts without blanks, and single where one stands alone", function()
    assert.equal("中国 国国 国家", words "中国国家")
    assert.equal("月 2019 年", words "月2019年")
    assert.equal("にほ ほん", words "にほん")
  end)

  it("cut what is no word of a language", function()
    local long = words(("x"):rep(10000))
    assert.is_true(#long <= 96)
  end)

  it("refuse what is not UTF-8", function()
    assert.error_matches(function() core.words "\xff" end, "not valid UTF%-8")
  end)
end)
