--- `newsarchive inspect`: what an archive file is made of, and whether it is as it was written.
-- @module newsarchive.cli.inspect
local inspect = {}

inspect.summary = "Print what an archive file is made of, or where it is damaged."

function inspect.configure(command)
  command:argument("archive", "An archive file, as `newsarchive index` makes it.")
  command:flag("--verify", "Read all of it, and compare it with its checks.")
  command:flag("--json", "Print one JSON object instead of text.")
  command:epilog [[
Examples:
  newsarchive inspect news.na
  newsarchive inspect news.na --verify
A damaged file gives exit status 2 and says what is wrong: not-an-archive, other-version, foreign-archive,
truncated-archive or damaged-archive. Make it again from its sources.]]
end

-- The sections in order of their numbers; what is left is the header, the checks and the table.
local function parts_of(core)
  local flat, version, bytes, texts = core:sections()
  local sections, rest = {}, bytes
  for i = 1, #flat, 4 do
    sections[#sections + 1] = { name = flat[i], holds = flat[i + 1], bytes = flat[i + 2], count = flat[i + 3] }
    rest = rest - flat[i + 2]
  end
  return sections, { version = version, bytes = bytes, texts = texts, rest = rest }
end

local function report_of(archive, verified)
  local core = archive.core
  local sections, whole = parts_of(core)
  local days = core:days()
  return {
    version = whole.version, language = archive.language, stories = core:count(), entities = core:entities(),
    first = days[1], last = days[#days - 2], bytes = whole.bytes, text_bytes = whole.texts,
    index_bytes = whole.bytes - whole.texts, container_bytes = whole.rest, sections = sections,
    verified = verified or false,
  }
end

local LINE = "  %-18s %12d %9s %6.1f%% %10.1f"

local function print_text(report)
  local stories = math.max(report.stories, 1)
  local function line(name, bytes, count)
    print(LINE:format(name, bytes, count or "", 100 * bytes / report.bytes, bytes / stories))
  end
  print(("version %d, language %s"):format(report.version, report.language))
  local counted = require("newsarchive.cli.text").counted
  print(("%s, %s"):format(counted(report.stories, "story"), counted(report.entities, "entity")))
  if report.first then print(("%s to %s"):format(report.first, report.last)) end
  print(("\n  %-18s %12s %9s %7s %10s"):format("section", "bytes", "items", "share", "per story"))
  for _, section in ipairs(report.sections) do line(section.name, section.bytes, section.count) end
  line("header and checks", report.container_bytes)
  line("all", report.bytes)
  print()
  line("stories' own texts", report.text_bytes)
  line("everything else", report.index_bytes)
  if report.verified then print "\nEvery byte is as it was written." end
end

function inspect.run(arguments)
  local archive, message, details = require("newsarchive").open(arguments.archive, { verify = arguments.verify })
  if not archive then error(("%s (%s)"):format(message, details.code), 0) end
  local report = report_of(archive, arguments.verify)
  if arguments.json then return print(require("newsarchive.core").encode_json(report)) end
  print_text(report)
end

return inspect
