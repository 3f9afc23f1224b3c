--- The words of the pages, by language. `site.lua` may replace any of them under `words`.
--
-- A word is a string, or a function that gives one. Languages that have no words here speak English and write their
-- dates as ISO 8601 does.
-- @module newsarchive.site.words
local words = {}

local ENGLISH_MONTHS = {
  "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
  "December",
}
local ENGLISH_WEEKDAYS = { "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday" }
local CHINESE_WEEKDAYS = { "星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日" }

-- 12345 -> "12,345".
local function grouped(count)
  return (tostring(count):reverse():gsub("(%d%d%d)", "%1,"):reverse():gsub("^,", ""))
end

words.en = {
  skip = "Skip to content",
  latest = "Latest",
  home = "Home",
  archive = "Archive",
  entities = "Names",
  navigation = "Sections",
  languages = "Languages",
  context = "Context",
  related = "Related stories",
  led_here = "What led here",
  happened_next = "What happened next",
  same_day = "On the same day",
  also_reported = "also reported on",
  repeated = "Also reported on",
  part_of = "Part of",
  threads = "Threads",
  all_threads = "All threads",
  largest_threads = "Longest threads",
  first_story = "First story",
  last_story = "Latest story",
  turning_point = "Turning point",
  often_named = "Often named",
  aliases = "Also called",
  by_month = "By month",
  data = "Data (JSON)",
  sources = "Sources",
  about = "About",
  topics = "Topics",
  via = "via",
  archived = "archived copy",
  dead = "no longer online",
  by = "By",
  updated = "Updated",
  previous_day = "Previous day",
  next_day = "Next day",
  previous_month = "Previous month",
  next_month = "Next month",
  previous_year = "Previous year",
  next_year = "Next year",
  previous_story = "Previous story",
  next_story = "Next story",
  first_mention = "First mention",
  last_mention = "Latest mention",
  together = "Often named with",
  most_named = "Most named",
  all_names = "All names",
  other = "Other news",
  read_on = "More",
  page_not_found = "Page not found",
  not_found_text = "There is no page at this address. It may be in the archive under another one.",
  moved = "This page has moved",
  moved_text = "It is now at this address:",
  feed = "Atom feed",
  json_feed = "JSON Feed",
  empty = "There are no stories yet.",
  colon = ": ",
  comma = ", ",
  weekdays = { "M", "T", "W", "T", "F", "S", "S" },
  stories = function(count) return count == 1 and "1 story" or grouped(count) .. " stories" end,
  names = function(count) return count == 1 and "1 name" or grouped(count) .. " names" end,
  thread_count = function(count) return count == 1 and "1 thread" or grouped(count) .. " threads" end,
  in_stories = function(count) return count == 1 and "in 1 story" or ("in %s stories"):format(grouped(count)) end,
  quiet = function(days) return ("No story for %s days"):format(grouped(days)) end,
  turned = function(count) return ("%s stories on one day"):format(grouped(count)) end,
  date = function(year, month, day) return ("%d %s %d"):format(day, ENGLISH_MONTHS[month], year) end,
  long_date = function(year, month, day, weekday)
    return ("%s, %d %s %d"):format(ENGLISH_WEEKDAYS[weekday], day, ENGLISH_MONTHS[month], year)
  end,
  month = function(year, month) return ("%s %d"):format(ENGLISH_MONTHS[month], year) end,
  month_name = function(month) return ENGLISH_MONTHS[month] end,
  year = function(year) return ("%d"):format(year) end,
}

words.zh = {
  skip = "跳到正文",
  latest = "最新",
  home = "首页",
  archive = "存档",
  entities = "索引",
  navigation = "栏目",
  languages = "语言",
  context = "上下文",
  related = "相关新闻",
  led_here = "事件缘起",
  happened_next = "后续发展",
  same_day = "同一天",
  also_reported = "另见",
  repeated = "另见",
  part_of = "所属专题",
  threads = "专题",
  all_threads = "全部专题",
  largest_threads = "篇幅最长的专题",
  first_story = "首条新闻",
  last_story = "最新新闻",
  turning_point = "转折点",
  often_named = "常见条目",
  aliases = "又称",
  by_month = "按月统计",
  data = "数据（JSON）",
  sources = "信息来源",
  about = "关于",
  topics = "主题",
  via = "转自",
  archived = "存档页面",
  dead = "原链接已失效",
  by = "作者",
  updated = "更新于",
  previous_day = "前一天",
  next_day = "后一天",
  previous_month = "上个月",
  next_month = "下个月",
  previous_year = "上一年",
  next_year = "下一年",
  previous_story = "上一条",
  next_story = "下一条",
  first_mention = "首次提及",
  last_mention = "最近提及",
  together = "常一同提及",
  most_named = "提及最多",
  all_names = "全部索引",
  other = "其他新闻",
  read_on = "更多",
  page_not_found = "找不到页面",
  not_found_text = "此地址没有页面。它可能在存档的其他位置。",
  moved = "页面已移动",
  moved_text = "新地址：",
  feed = "Atom 订阅",
  json_feed = "JSON Feed",
  empty = "还没有新闻。",
  colon = "：",
  comma = "、",
  weekdays = { "一", "二", "三", "四", "五", "六", "日" },
  stories = function(count) return grouped(count) .. " 条新闻" end,
  names = function(count) return grouped(count) .. " 个条目" end,
  thread_count = function(count) return grouped(count) .. " 个专题" end,
  in_stories = function(count) return ("见于 %s 条新闻"):format(grouped(count)) end,
  quiet = function(days) return ("%s 天没有新闻"):format(grouped(days)) end,
  turned = function(count) return ("当天 %s 条新闻"):format(grouped(count)) end,
  date = function(year, month, day) return ("%d年%d月%d日"):format(year, month, day) end,
  long_date = function(year, month, day, weekday)
    return ("%d年%d月%d日 %s"):format(year, month, day, CHINESE_WEEKDAYS[weekday])
  end,
  month = function(year, month) return ("%d年%d月"):format(year, month) end,
  month_name = function(month) return ("%d月"):format(month) end,
  year = function(year) return ("%d年"):format(year) end,
}

local function iso_date(year, month, day) return ("%04d-%02d-%02d"):format(year, month, day) end

-- The dates of languages that nobody has told us about.
local PLAIN_DATES = {
  date = iso_date,
  long_date = iso_date,
  month = function(year, month) return ("%04d-%02d"):format(year, month) end,
  month_name = function(month) return ("%02d"):format(month) end,
  year = function(year) return ("%04d"):format(year) end,
}

local RIGHT_TO_LEFT = {
  ar = true, dv = true, fa = true, he = true, ps = true, sd = true, ug = true, ur = true, yi = true,
}

-- How languages call themselves, for the switch between editions.
local NAMES = {
  ar = "العربية", bn = "বাংলা", cs = "Čeština", da = "Dansk", de = "Deutsch", el = "Ελληνικά", en = "English",
  es = "Español", fa = "فارسی", fi = "Suomi", fr = "Français", he = "עברית", hi = "हिन्दी", hu = "Magyar",
  id = "Bahasa Indonesia", it = "Italiano", ja = "日本語", ko = "한국어", nl = "Nederlands", no = "Norsk",
  pl = "Polski", pt = "Português", ro = "Română", ru = "Русский", sv = "Svenska", th = "ไทย", tr = "Türkçe",
  uk = "Українська", ur = "اردو", vi = "Tiếng Việt", zh = "中文",
}

local function primary(language)
  return language:match("^%a+"):lower()
end

--- What a word of this name is.
-- @tparam string name
-- @treturn ?string `"string"`, `"function"` or `"list"`; nil where there is no such word
function words.kind(name)
  local word = words.en[name]
  return type(word) == "table" and "list" or word ~= nil and type(word) or nil
end

--- The words of a language.
-- @tparam string language BCP 47
-- @tparam[opt] table given words that take the place of ours
-- @treturn table
function words.of(language, given)
  local own = words[primary(language)]
  if type(own) ~= "table" then own = PLAIN_DATES end
  local list = {}
  for name, word in pairs(words.en) do
    local mine = given and given[name]
    if mine == nil then mine = own[name] end
    list[name] = mine == nil and word or mine
  end
  return list
end

--- The direction of writing, as the attribute `dir` has it.
-- @tparam string language BCP 47
-- @treturn string `"ltr"` or `"rtl"`
function words.direction(language)
  return RIGHT_TO_LEFT[primary(language)] and "rtl" or "ltr"
end

--- The language's own name, or its tag where it is not known.
-- @tparam string language BCP 47
-- @treturn string
function words.language_name(language)
  return NAMES[primary(language)] or language
end

return words
