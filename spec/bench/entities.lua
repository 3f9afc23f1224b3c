-- Entities: how well stories get their context where it was taken from them, in Chinese (learnt from the context of
-- other days) and in English (learnt from plain sentences and headings of other days, then from the links of other pages,
-- too); what goes wrong most often; and what learning and tagging cost.
local core = require "newsarchive.core"
local env = require "spec.support.env"
local learn = require "newsarchive.rules.learn"
local wikitext = require "newsarchive.reader.wikitext"

local SHOWN = 12 -- of the worst misses
local TURNS = 9  -- in which pages are judged by the links of the others
local FIELDS = { fields = { "title", "description", "body", "lead", "topics" } } -- as `newsarchive parse` does

-- ---- stories ----

local function stories_of(report)
  local list = {}
  for i = 1, report:counts().stories do list[i] = report:story(i) end
  return list
end

-- A report of the stories; `bare` takes from them what they are judged by.
local function report_of(stories, bare)
  local report = core.report()
  for _, story in ipairs(stories) do
    local context, mentions = story.context, story.mentions
    if bare then story.context, story.mentions = nil, nil end
    report:add(story)
    story.context, story.mentions = context, mentions
  end
  return report
end

local function days_of(stories)
  local days, is_day = {}, {}
  for _, story in ipairs(stories) do
    local day = story.date:sub(1, 10)
    if not is_day[day] then is_day[day], days[#days + 1] = true, day end
  end
  table.sort(days)
  return days
end

-- The stories of these days, and those of others.
local function parted(stories, days)
  local chosen, of_days, others = {}, {}, {}
  for _, day in ipairs(days) do chosen[day] = true end
  for _, story in ipairs(stories) do
    local list = chosen[story.date:sub(1, 10)] and of_days or others
    list[#list + 1] = story
  end
  return of_days, others
end

-- ---- judging ----

local function set_of(list)
  local set = {}
  for _, name in ipairs(list or {}) do set[name] = true end
  return set
end

-- The names that were found, with what a link leads to in the place of its label, where `labels` are as good.
local function found_names(story, truth, labels)
  local found, right = set_of(story.context), set_of(truth.context)
  for _, mention in ipairs(labels and truth.mentions or {}) do
    local label = mention.label
    if label and found[label] and not right[label] and right[mention.target] then
      found[label], found[mention.target] = nil, true
    end
  end
  return found, right
end

local function judge(truths, stories, labels)
  local score = { hits = 0, wrong = {}, missed = {}, wrongs = 0, misses = 0 }
  for i, truth in ipairs(truths) do
    local found, right = found_names(stories[i], truth, labels)
    for name in pairs(found) do
      if right[name] then
        score.hits = score.hits + 1
      else
        score.wrongs, score.wrong[name] = score.wrongs + 1, (score.wrong[name] or 0) + 1
      end
    end
    for name in pairs(right) do
      if not found[name] then score.misses, score.missed[name] = score.misses + 1, (score.missed[name] or 0) + 1 end
    end
  end
  return score
end

local function print_score(what, score)
  local precision = score.hits / math.max(1, score.hits + score.wrongs)
  local recall = score.hits / math.max(1, score.hits + score.misses)
  print(("%s: P %.3f R %.3f F1 %.3f"):format(what, precision, recall,
    2 * precision * recall / math.max(1e-9, precision + recall)))
end

local function print_worst(what, counts)
  local names = {}
  for name in pairs(counts) do names[#names + 1] = name end
  table.sort(names, function(a, b)
    if counts[a] ~= counts[b] then return counts[a] > counts[b] end
    return a < b
  end)
  local shown = {}
  for i = 1, math.min(SHOWN, #names) do shown[i] = ("%s %d"):format(names[i], counts[names[i]]) end
  print(("  most often %s: %s"):format(what, table.concat(shown, ", ")))
end

-- The share of what was missed that no story had, neither in its context nor in its title or headings.
local function print_unseen(score, learnt_from)
  local names, seen = core.names(), {}
  for name in pairs(score.missed) do names:add(name, { letters = "any", start = true }) end
  for _, story in ipairs(learnt_from) do
    for _, name in ipairs(story.context or {}) do seen[name] = true end
    local text = story.title .. "\n\n" .. table.concat(story.topics or {}, "\n\n")
    for _, span in ipairs(names:match(text, true)) do seen[span.name] = true end
  end
  local unseen = 0
  for name, count in pairs(score.missed) do
    if not seen[name] then unseen = unseen + count end
  end
  print(("  of %d that were missed, %.0f %% were never seen in learning"):format(score.misses,
    100 * unseen / math.max(1, score.misses)))
end

-- ---- Chinese, English ----

-- The stories without their context, with what is found by what others teach.
local function tagged(stories, others)
  local report = report_of(stories, true)
  learn.from(report_of(others)):tag(report, FIELDS)
  return stories_of(report)
end

-- The same in turns, one part of the days after the other, taught by the stories of the other days as well.
local function tagged_in_turns(stories, others)
  local all, found = days_of(stories), {}
  for turn = 1, TURNS do
    local days = {}
    for i = turn, #all, TURNS do days[#days + 1] = all[i] end
    local of_days, rest = parted(stories, days)
    for i, story in ipairs(tagged(of_days, table.move(others, 1, #others, #rest + 1, rest))) do
      found[of_days[i]] = story
    end
  end
  local list = {}
  for i, story in ipairs(stories) do list[i] = found[story] end
  return list
end

local function judge_chinese()
  local path = env.shared "data/tags/zh-context.jsonl"
  if not path then return print "the Chinese context is not there: it is not judged" end
  local stories = stories_of(core.report():read("jsonl", env.read(path), { path = path }))
  local third = {}
  for i, day in ipairs(days_of(stories)) do
    if i % 3 == 0 then third[#third + 1] = day end
  end
  local truths, others = parted(stories, third)
  local score = judge(truths, tagged(truths, others))
  print_score(("Chinese, %d titles of every third day"):format(#truths), score)
  print_worst("wrong", score.wrong)
  print_worst("missed", score.missed)
  print_unseen(score, others)
end

local function judge_english(corpus)
  local folder = env.shared "data/wikitext/SOURCES.tsv"
  if not folder then return print "the portal pages are not there: English is not judged" end
  local pages = core.report()
  for line in io.lines(folder) do
    local name = line:match "^([^\t]*%.wiki)\t"
    if name then wikitext.read(pages, name, env.read(folder:gsub("[^/]*$", name)), { language = "en" }) end
  end
  local truths = stories_of(pages)
  local _, others = parted(corpus, days_of(truths))
  local found = tagged(truths, others)
  local score = judge(truths, found)
  print_score(("English, links of %d stories of the portal"):format(#truths), score)
  print_score("  where a link's label is as good as what it leads to", judge(truths, found, true))
  print_worst("wrong", score.wrong)
  print_worst("missed", score.missed)
  print_unseen(score, others)
  found = tagged_in_turns(truths, others)
  print_score("English, the links of the other pages learnt, too", judge(truths, found))
  print_score("  where a link's label is as good as what it leads to", judge(truths, found, true))
end

-- ---- cost ----

local function learn_and_tag(lines)
  local report = core.report():read("jsonl", lines, { path = "days.jsonl" })
  local learning, registry = env.cpu_seconds(learn.from, report)
  local tagging, added = env.cpu_seconds(registry.tag, registry, report, FIELDS)
  return { learning = learning, tagging = tagging, added = added, result = registry:to_tsv() .. report:json_lines() }
end

local lines = env.read(assert(arg[1], "usage: entities.lua DAYS.jsonl"))
local corpus = stories_of(core.report():read("jsonl", lines, { path = "days.jsonl" }))
judge_chinese()
judge_english(corpus)
local first, second = learn_and_tag(lines), learn_and_tag(lines)
print(("%d English stories: learning %.2f CPU s, tagging %.2f CPU s, %d names added"):format(#corpus, first.learning,
  first.tagging, first.added))
print("the same in a second run: " .. (first.result == second.result and "yes" or "NO"))
