--- Learning a registry from stories: from the context of those that have it, from headings, and from capitalised
-- phrases that recur. Every name says why it is there.
-- @module newsarchive.rules.learn
local core = require "newsarchive.core"
local registry = require "newsarchive.rules.registry"

local learn = {}

--- On so many days a capitalised phrase must occur.
learn.PHRASE_DAYS = 4
--- On so many days a heading must stand.
learn.HEADING_DAYS = 2
--- A single word must have its capital so many times for once that it has none.
learn.CAPITAL_SHARE = 10

local function set_of(text)
  local set = {}
  for word in text:gmatch("%S+") do set[word] = true end
  return set
end

-- Titles before a name are no part of it: "President Barack Obama" is *Barack Obama*.
local TITLES = set_of [[President Prime Minister Vice Deputy Foreign Defense Defence Interior Finance Chief Justice
  Secretary Chancellor King Queen Prince Princess Pope Senator Governor Mayor Judge General Colonel Captain Sir Dr Mr
  Mrs Ms Former Then Acting Attorney Archbishop Cardinal Bishop Ambassador Representative Congressman Speaker Chairman
  Premier Professor Lord Lady Sheikh Ayatollah]]

-- Words with a capital of their own by which no story is found.
local ORDINARY = set_of [[January February March April May June July August September October November December
  Monday Tuesday Wednesday Thursday Friday Saturday Sunday Christmas Easter UTC GMT AM PM The A An In On At Two Three
  Four Five]]

local function words_of(text)
  local words = {}
  for word in text:gmatch("[^ ]+") do words[#words + 1] = word end
  return words
end

-- The phrase without the titles before it; the last word always stays.
local function untitled(text)
  local words, first = words_of(text), 1
  while first < #words and TITLES[words[first]] do first = first + 1 end
  return table.concat(words, " ", first)
end

local function is_ordinary(phrase)
  local words, ordinary = words_of(phrase.text), true
  for _, word in ipairs(words) do
    ordinary = ordinary and (ORDINARY[word] or TITLES[word] or word:find("^%d+$") ~= nil)
  end
  if ordinary or #phrase.text < 2 then return true end
  return #words == 1 and phrase.small * learn.CAPITAL_SHARE > phrase.count
end

local function learn_phrases(self, report, known)
  for _, phrase in ipairs(core.phrases(report, learn.PHRASE_DAYS)) do
    if not is_ordinary(phrase) then
      local name = untitled(phrase.text)
      known[phrase.text] = true
      self:add {
        name = phrase.text,
        entity = name ~= phrase.text and name or nil,
        start = phrase.small == 0,
        why = ("capitalised %d times on %d days, first %s"):format(phrase.count, phrase.days, phrase.first),
      }
    end
  end
end

local function learn_headings(self, report, known)
  for _, heading in ipairs(core.headings(report, learn.HEADING_DAYS)) do
    if not known[heading.text] and heading.text:find("[ \x80-\xFF]") then
      self:add {
        name = heading.text,
        why = ("a heading on %d days, first %s"):format(heading.days, heading.first),
      }
    end
  end
end

--- Learns from a report.
-- @tparam Report report of the core
-- @treturn registry
function learn.from(report)
  local self, known = registry.new(), {}
  learn_phrases(self, report, known)
  learn_headings(self, report, known)
  local scout = core.learn_scout(report)
  if scout:size() > 0 then self.scout = scout end
  return self
end

return learn
