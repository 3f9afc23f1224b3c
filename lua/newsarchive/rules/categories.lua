--- Categories: the usual form of the headings under which editors file news.
-- A heading that is not in the table is its own category.
-- @module newsarchive.rules.categories
local categories = {}

-- The usual form, and what else it is called.
local known = {
  ["Armed conflicts and attacks"] = {
    "armed conflict and attacks", "armed conflicts", "armed conflict", "armed attacks and conflicts",
    "conflicts and attacks",
    "conflict and attacks", "attacks and armed conflicts", "armed conflicts & attacks", "attacks and conflicts", "war",
    "wars and attacks", "terrorism",
  },
  ["Arts and culture"] = {
    "arts", "culture", "art and culture", "arts & culture", "arts and entertainment", "art", "entertainment",
    "culture and entertainment", "media", "music and media", "arts, culture and entertainment", "music", "television",
    "film",
    "releases", "religion", "culture and religion", "literature", "media and entertainment",
  },
  ["Business and economy"] = {
    "business and economics", "business", "economy", "economics", "business & economy", "business and the economy",
    "economy and business", "finance", "business and finance",
  },
  ["Disasters and accidents"] = {
    "disasters", "accidents", "disaster", "accidents and disasters", "disasters and incidents", "disasters & accidents",
    "natural disasters", "disaster and accidents", "disasters and accident",
  },
  ["Health and environment"] = {
    "health", "environment", "health and medicine", "environment and health", "health and the environment",
    "health & environment", "medicine", "health and science", "environment and weather", "weather",
  },
  ["International relations"] = { "international relation", "diplomacy", "foreign relations", "international" },
  ["Law and crime"] = {
    "law", "crime", "crime and law", "law & crime", "law and order", "crime and justice", "justice",
  },
  ["Politics and elections"] = {
    "politics", "elections", "politics and election", "politics & elections", "elections and politics",
    "politic and elections",
    "politics and government", "government",
  },
  ["Science and technology"] = {
    "science", "technology", "science & technology", "science and tech", "technology and science",
    "science, technology",
    "space", "science and space", "exploration",
  },
  ["Sports"] = { "sport", "sporting events", "nba", "nfl", "football", "baseball", "games", "sports and games" },
  ["Deaths"] = { "recent deaths", "obituaries", "death" },
  ["武装冲突和袭击"] = { "武裝衝突和襲擊", "武装冲突", "武裝衝突" },
  ["政治和选举"] = { "政治和選舉", "政治与选举", "政治與選舉", "政治" },
  ["灾难和事故"] = { "災難和事故", "灾难与事故", "災難與事故", "灾害和事故", "災害和事故" },
  ["法律和犯罪"] = { "法律与犯罪", "法律與犯罪" },
  ["国际关系"] = { "國際關係" },
  ["商业和经济"] = { "商業和經濟", "商业与经济", "商業與經濟", "经济", "經濟" },
  ["艺术和文化"] = { "藝術和文化", "艺术与文化", "藝術與文化", "文化" },
  ["健康和环境"] = { "健康和環境", "健康与环境", "健康與環境" },
  ["科学和技术"] = { "科學和技術", "科学与技术", "科學與技術", "科技" },
  ["体育"] = { "體育", "体育运动", "體育運動" },
}

local function key(heading)
  return (heading:lower():gsub("%s+", " "):gsub("^ ", ""):gsub(" $", ""))
end

local synonyms = {}
for name, others in pairs(known) do
  synonyms[key(name)] = name
  for _, other in ipairs(others) do synonyms[other] = name end
end

--- Counts the changes, for those who keep something made from the table.
categories.revision = 0

--- Says what a heading means, for all that is read from now on.
-- @tparam string heading in whatever case
-- @tparam string name of the category
function categories.add(heading, name)
  synonyms[key(heading)] = name
  categories.revision = categories.revision + 1
end

--- The category that a heading means.
-- @tparam string heading as written, without markup
-- @treturn string the heading itself where nothing else is known
function categories.of(heading)
  return synonyms[key(heading)] or heading
end

--- All headings that are known, in lower case, with their categories.
-- @tparam[opt] table more headings in whatever case and their categories, which come first
-- @treturn table a copy
function categories.all(more)
  local all = {}
  for heading, name in pairs(synonyms) do all[heading] = name end
  for heading, name in pairs(more or {}) do all[key(heading)] = name end
  return all
end

return categories
