--- Learning a registry from stories: from the context of those that have it, from their links, from headings, from
-- abbreviations that they explain, and from capitalised phrases that recur. Every name says why it is there.
-- @module newsarchive.rules.learn
local core = require "newsarchive.core"
local demonyms = require "newsarchive.rules.demonyms"
local registry = require "newsarchive.rules.registry"

local learn = {}

--- On so many days a capitalised phrase must occur.
learn.PHRASE_DAYS = 2
--- A single word must have its capital so many times.
learn.WORD_COUNT = 4
--- And once in so many stories: the more there are, the more often chance repeats itself.
learn.WORD_SHARE = 10000
--- On so many days a heading must stand.
learn.HEADING_DAYS = 2
--- On so many days links of one label must lead to the same.
learn.LINK_DAYS = 2
--- Of so many stories with links in which a label stands, one must have it linked; other labels are no subjects.
learn.LINKED_SHARE = 2
--- A single word must have its capital so many times for once that it has none.
learn.CAPITAL_SHARE = 4
--- A single word must stand by itself once of so many times that it has its capital: "Democratic" is part of names.
learn.ALONE_SHARE = 5
--- One story of so many has a name that is everywhere.
learn.FREQUENT_SHARE = 200
--- A word begins sentences on so many days before it is told from names.
learn.START_DAYS = 3
--- A word without a capital once for so many times that it has one is any word, with which institutions end: "Court".
learn.SMALL_SHARE = 12
--- And so many times at least: slips of the pen are rarer.
learn.SMALL_COUNT = 5
--- Behind one of so many names stands a sign, "in Gaza."; behind adjectives hardly ever, "Islamist party".
learn.SIGN_SHARE = 12
--- So many times a word must stand by itself before that says something.
learn.SIGN_COUNT = 20

local function set_of(text)
  local set = {}
  for word in text:gmatch("%S+") do set[word] = true end
  return set
end

-- Titles before a name are no part of it: "President Barack Obama" is *Barack Obama*.
local TITLES = set_of [[
  President Presidents Prime Minister Ministers Vice Deputy Foreign Defense Defence Interior Finance Chief Justice
  Secretary Chancellor King Queen Prince Princess Senator Senators Governor Mayor Judge General Colonel Captain
  Sir Dr Mr Mrs Ms Former Then Acting Attorney Archbishop Cardinal Bishop Ambassador Representative Congressman
  Congresswoman Speaker Chairman Premier Professor Lord Lady Sheikh Ayatollah Emir Sultan Admiral Lieutenant Major
  Sergeant Commander Executive Director Leader Imam Actor Rapper Rev Reverend Rep Sen Gen Gov Col Lt Sgt Democrat
  Republican Conservative
]]

-- Words with a capital of their own by which no story is found; "American" may be of a country or of two continents.
local ORDINARY = set_of [[
  January February March April May June July August September October November December Monday Tuesday Wednesday
  Thursday Friday Saturday Sunday Christmas Easter UTC GMT AM PM American Americans
]]

-- Words that begin sentences, whatever the stories are; within a name they are part of it: "Six-Day War".
local OPENERS = set_of [[
  The A An In On At One Two Three Four Five Six Seven Eight Nine Ten He She It They I
]]

-- Names that adjectives are of: within "South Africa", too, *Africa* is a name.
local COUNTRIES = {}
for _, country in pairs(demonyms) do COUNTRIES[country] = true end

-- ---- phrases ----

local function words_of(text)
  local words = {}
  for word in text:gmatch("[^ ]+") do words[#words + 1] = word end
  return words
end

-- Whether the words from `from` on begin with a title, and behind how many words of titles the rest begins.
local function titles_at(words, from)
  local last = from
  while TITLES[words[last]] or (last > from and words[last] == "of" and TITLES[words[last + 1]]) do last = last + 1 end
  return last - from
end

-- Adds the words without "of" at their end, where there are some.
local function add_part(parts, words, first, last)
  while last >= first and words[last]:find "^%l" do last = last - 1 end
  if last >= first then parts[#parts + 1] = table.concat(words, " ", first, last) end
end

-- The names in a phrase: "Malian Prime Minister Oumar Tatam Ly" has *Malian* and *Oumar Tatam Ly*. What stands behind
-- titles is a name if it is more than "of" something; without titles, the phrase is one name.
local function parts_of(words)
  local parts, first, i = {}, 1, 1
  while i <= #words do
    local titles = titles_at(words, i)
    local behind = words[i + titles]
    if titles == 0 or (behind and behind:find "^%l") or (i == first and not behind) then
      i = i + math.max(titles, 1)
    else
      add_part(parts, words, first, i - 1)
      first, i = i + titles, i + titles
    end
  end
  add_part(parts, words, first, #words)
  return parts
end

-- The phrase without what only begins a sentence.
local function from_names(phrase, words)
  local is_word = phrase.count == 0 and phrase.small > 0 and phrase.small >= phrase.capital
  if OPENERS[words[1]] or ORDINARY[words[1]] or is_word then
    table.remove(words, 1)
    while words[1] and words[1]:find "^%l" do table.remove(words, 1) end
  end
  return words
end

-- Adds what is known of a phrase to one of its names.
local function count_name(counts, order, name, phrase)
  local known = counts[name]
  if not known then
    known = { count = 0, days = 0, first = phrase.first, small = 0, capital = 0 }
    counts[name], order[#order + 1] = known, name
  end
  known.count = known.count + phrase.count + phrase.starts
  known.days = known.days + phrase.days
  if phrase.first < known.first then known.first = phrase.first end
  if phrase.text:match "^[^ ]+" == name then
    known.small, known.capital = phrase.small, phrase.capital
  else
    known.inside = true
  end
end

-- What is counted of names: `count`, `days` (some perhaps twice), `first`; of single words also `small` and `capital`,
-- as of `core.phrases`, and `inside`: it stood behind another capitalised word. And the names in the order in which
-- they were met.
local function count_names(phrases)
  local counts, order = {}, {}
  for _, phrase in ipairs(phrases) do
    for _, name in ipairs(parts_of(from_names(phrase, words_of(phrase.text)))) do
      count_name(counts, order, name, phrase)
    end
  end
  return counts, order
end

-- "President of Russia Dmitry Medvedev" are two names: whoever holds the office is found more often without it.
local function is_holder(name, counts)
  local at = TITLES[name:match "^[^ ]+"] and name:find(" of ", 1, true)
  while at do
    at = name:find(" %u[^ ]* %u", at + 1)
    local person = at and counts[name:sub(at + 1)]
    if person and person.count > counts[name].count then return true end
  end
  return false
end

local function is_ordinary(name, known, least)
  local words, ordinary = words_of(name), true
  for _, word in ipairs(words) do
    ordinary = ordinary and (ORDINARY[word] or OPENERS[word] or TITLES[word] or word:find "^%d" ~= nil)
  end
  if ordinary or #name < 2 then return true end
  if #words > 1 then return false end
  local is_seldom = known.count < least or known.capital == 0 and not known.inside
  local is_word = known.small * learn.CAPITAL_SHARE > known.capital
  return is_seldom or is_word or not COUNTRIES[name] and known.count * learn.ALONE_SHARE < known.capital
end

-- The initials of names of several words: { UN = "United Nations" }, the most frequent one.
local function initials_of(counts, order)
  local longest = {}
  for _, name in ipairs(order) do
    local initials = name:find " " and name:gsub("(%a)[^ ]*", "%1"):gsub("[^%u]", "") or ""
    local other = longest[initials]
    if #initials > 1 and (not other or counts[name].count > counts[other].count) then longest[initials] = name end
  end
  return longest
end

-- The name of which this is the abbreviation, where that one is everywhere: "US" would be on another tenth of the
-- stories and say nothing. Whether both are the same is for an editor to say (`newsarchive check` asks).
local function abbreviates(name, counts, longest, least)
  local letters = name:gsub("%.", "")
  local long = letters:find "^%u%u+$" and longest[letters]
  return long and counts[long].count >= least and long or nil
end

-- Names that differ in their dashes alone are found in the same texts; the most frequent one of them stands for all.
local function without_dashes(name)
  return (name:gsub("\u{2013}", "-"))
end

local function note_spelling(spellings, name, count)
  local key = without_dashes(name)
  local best = spellings[key]
  if not best or count > best.count then spellings[key] = { name = name, count = count } end
end

local function why_of(known)
  return ("capitalised %d times, first %s"):format(known.count, known.first)
end

-- The entry of a phrase.
local function entry_of(name, counts, lists)
  local why, country = why_of(counts[name]), demonyms[name]
  local long = abbreviates(name, counts, lists.longest, lists.frequent)
  if long then return { name = name, silent = true, why = ("short for %s? %s"):format(long, why) } end
  return { name = name, entity = country and counts[country] and country or nil, plural = false, why = why }
end

local function learn_phrases(self, lists, known)
  local counts, order = lists.counts, lists.order
  for _, name in ipairs(order) do
    local count = counts[name]
    local is_name = count.days >= learn.PHRASE_DAYS and not is_ordinary(name, count, lists.least)
      and lists.spellings[without_dashes(name)].name == name
    if is_name and not is_holder(name, counts) and not known[name] then
      known[name] = true
      self:add(entry_of(name, counts, lists))
    end
  end
end

-- Any word: with a capital it is part of names, and none by itself. Unless `start` is false, it is no part of one where
-- it begins a sentence.
local function add_word(self, known, word, start, why)
  if known[word] then return end
  known[word] = true
  self:add { name = word, entity = word:lower(), silent = true, start = start, plural = false, why = why }
end

-- Adjectives that nobody has told of: "Islamist" is no name, but part of some.
local function learn_adjectives(self, phrases, known)
  for _, phrase in ipairs(phrases) do
    local word = phrase.text
    local is_told = demonyms[word] or TITLES[word] or ORDINARY[word] or OPENERS[word]
    if word:find "^%u%l%l+$" and not is_told and phrase.count >= learn.SIGN_COUNT
      and phrase.signs * learn.SIGN_SHARE < phrase.count then
      local why = ("an adjective: a sign stands behind %d of %d"):format(phrase.signs, phrase.count)
      add_word(self, known, word, false, why)
    end
  end
end

-- Words that stand before names and are none, so that what follows them is found by itself.
local function learn_titles(self, known)
  local sorted = {}
  for word in pairs(TITLES) do sorted[#sorted + 1] = word end
  for word in pairs(ORDINARY) do sorted[#sorted + 1] = word end
  for word in pairs(OPENERS) do sorted[#sorted + 1] = word end
  table.sort(sorted)
  for _, word in ipairs(sorted) do
    if OPENERS[word] then
      add_word(self, known, word, nil, "no subject")
    elseif not known[word] then
      known[word] = true
      self:add { name = word, silent = true, plural = false, why = TITLES[word] and "a title" or "no subject" }
    end
  end
end

-- Words that begin sentences, and those with which the names of institutions end.
local function learn_words(self, phrases, known)
  for _, phrase in ipairs(phrases) do
    local word = phrase.text
    local starts = phrase.starts > 0 and phrase.days >= learn.START_DAYS and phrase.small >= phrase.capital
    local is_small = phrase.small > 0 and not word:find " "
    if is_small and starts then
      add_word(self, known, word, nil, ("begins sentences; without a capital %d times"):format(phrase.small))
    elseif is_small and word:find "^%a%a%a+$" and phrase.small >= learn.SMALL_COUNT
      and phrase.small * learn.SMALL_SHARE >= phrase.capital then
      add_word(self, known, word, false, ("any word: without a capital %d times"):format(phrase.small))
    end
  end
end

-- ---- links ----

-- What the links with each label lead to: `all` of them, and the most frequent `target` with its `count`, `days` and
-- `first`; and the labels in order.
local function labels_of(links)
  local labels, order = {}, {}
  for _, link in ipairs(links) do
    local label, target = link.text:match "^([^\t]+)\t([^\t]+)$"
    if label then
      local known = labels[label]
      if not known then
        known = { all = 0, count = 0 }
        labels[label], order[#order + 1] = known, label
      end
      known.all = known.all + link.count
      if link.count > known.count then
        known.target, known.count, known.days, known.first = target, link.count, link.days, link.first
      end
    end
  end
  return labels, order
end

-- In how many of the stories that have links each label stands in the title, linked or not.
local function titles_with(report, labels)
  local names, counts = core.names(), {}
  for _, label in ipairs(labels) do names:add(label) end
  for i = 1, #labels > 0 and report:counts().stories or 0 do
    local story = report:story(i)
    local seen = {}
    for _, span in ipairs(story.mentions and names:match(story.title) or {}) do
      if not seen[span.name] then seen[span.name], counts[span.name] = true, (counts[span.name] or 0) + 1 end
    end
  end
  return counts
end

-- Labels stand for what their links mostly lead to. Small ones ("election") lead to something else every time, and
-- those that stories have again and again without a link are no subjects.
local function learn_links(self, report, known)
  local labels, order = labels_of(core.links(report, 1))
  local titles = titles_with(report, order)
  for _, label in ipairs(order) do
    local link, seen = labels[label], titles[label] or 0
    local is_rule = link.days >= learn.LINK_DAYS and link.count * 2 > link.all
    if is_rule and (label:find "%u" or label:find "^[\x80-\xFF]") then
      known[label] = true
      local entry = { name = label, entity = link.target ~= label and link.target or nil }
      if link.all * learn.LINKED_SHARE < seen then
        entry = { name = label, silent = true, why = ("linked %d times in %d stories"):format(link.all, seen) }
      else
        entry.why = ("%d of %d links so called lead there, first %s"):format(link.count, link.all, link.first)
      end
      self:add(entry)
    end
  end
end

-- ---- abbreviations ----

-- What is short for a name says so in brackets behind it, more often than it is short for something else.
local function learn_abbreviations(self, report, known)
  local labels, order = labels_of(core.abbreviations(report, 1))
  for _, label in ipairs(order) do
    local link = labels[label]
    if link.days >= learn.LINK_DAYS and link.count * 2 > link.all and not known[label] then
      known[label] = true
      self:add {
        name = label, entity = link.target,
        why = ("in brackets behind it %d of %d times, first %s"):format(link.count, link.all, link.first),
      }
    end
  end
end

-- ---- headings ----

local function learn_headings(self, headings, lists, known)
  for _, heading in ipairs(headings) do
    local is_spelled = lists.spellings[without_dashes(heading.text)].name == heading.text
    if is_spelled and not known[heading.text] and heading.text:find("[ \x80-\xFF]") then
      self:add {
        name = heading.text, plural = false,
        why = ("a heading on %d days, first %s"):format(heading.days, heading.first),
      }
    end
  end
end

-- What the names of a report are judged by.
local function lists_of(phrases, headings, stories)
  local lists = {
    spellings = {}, frequent = math.max(1, stories / learn.FREQUENT_SHARE),
    least = math.max(learn.WORD_COUNT, stories / learn.WORD_SHARE),
  }
  lists.counts, lists.order = count_names(phrases)
  lists.longest = initials_of(lists.counts, lists.order)
  for _, name in ipairs(lists.order) do note_spelling(lists.spellings, name, lists.counts[name].count) end
  for _, heading in ipairs(headings) do note_spelling(lists.spellings, heading.text, heading.count) end
  return lists
end

--- Learns from a report.
-- @tparam Report report of the core
-- @treturn registry
function learn.from(report)
  local self, known = registry.new(), {}
  local phrases, headings = core.phrases(report, learn.PHRASE_DAYS), core.headings(report, learn.HEADING_DAYS)
  local lists = lists_of(phrases, headings, report:counts().stories)
  learn_links(self, report, known)
  learn_adjectives(self, phrases, known)
  learn_abbreviations(self, report, known)
  learn_phrases(self, lists, known)
  learn_headings(self, headings, lists, known)
  if #phrases > 0 then
    learn_titles(self, known)
    learn_words(self, phrases, known)
    self.by_looks = true
  end
  local scout = core.learn_scout(report)
  if scout:size() > 0 then self.scout = scout end
  return self
end

return learn
