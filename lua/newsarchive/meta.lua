---@meta newsarchive
-- The types of `require "newsarchive"` for lua-language-server (LuaCATS). Never run: spec/meta_spec.lua compares it
-- with the real tables, both ways. One section per type; a function stands in the table that it is called on.

-- ---- the data model: every field may be absent, but for `date` and `title` ----

---One dated news item.
---@class newsarchive.Story
---@field title string plain text, no markup
---@field date string ISO 8601 date or date-time
---@field id? string permanent: date/slug
---@field body? string CommonMark
---@field description? string
---@field lead? string
---@field language? string BCP 47
---@field category? string the section of the day
---@field raw_category? string the section as it was written
---@field topics? string[] the editor's headings, outermost first
---@field context? string[] names of entities, sorted and unique
---@field tags? string[]
---@field authors? string[]
---@field sources? newsarchive.Source[]
---@field mentions? newsarchive.Mention[]
---@field related? newsarchive.Declared[] relations that the input itself declares
---@field headlines? newsarchive.Headline[] others that the input lists for the same address
---@field aliases? string[] addresses that lead here
---@field slug? string
---@field url? string the address that the story asks for
---@field updated? string ISO 8601
---@field role? string
---@field order? integer place within its day, from 1
---@field draft? boolean
---@field params? table what no other field holds
---@field origin? newsarchive.Origin where it was read

---A publication cited by a story.
---@class newsarchive.Source
---@field name? string
---@field url? string
---@field archive_url? string
---@field title? string
---@field description? string
---@field publisher? string
---@field via? string the agency in between
---@field language? string BCP 47
---@field image? string
---@field dead? boolean whether the link leads nowhere any more

---Something that a story is about, as its link was written.
---@class newsarchive.Mention
---@field target? string
---@field section? string
---@field label? string
---@field interwiki? string
---@field interlanguage? string
---@field missing? boolean whether the link is known to lead nowhere

---@class newsarchive.Declared
---@field id? string
---@field url? string
---@field title? string
---@field context? string[]

---@class newsarchive.Headline
---@field title? string
---@field topic? string
---@field order? integer

---@class newsarchive.Origin
---@field path? string
---@field line? integer from 1

---Something that a reader could not use.
---@class newsarchive.Problem
---@field path? string
---@field line? integer from 1
---@field column? integer from 1, in bytes
---@field code string stable
---@field message string

---@class newsarchive.Counts items = stories - events + headings + media + rejected
---@field files integer
---@field items integer
---@field stories integer
---@field headings integer
---@field media integer
---@field events integer
---@field rejected integer
---@field problems integer
---@field sources integer
---@field relations integer

---@class newsarchive.Relation
---@field story newsarchive.Story
---@field score number
---@field kind "repeat"|"same story"|"same people"|"same place"|"earlier"|"later"
---@field days integer from the story to the related one, negative where that is earlier
---@field context string[] shared entities, the rarest first; where there are none, names and words
---@field reasons newsarchive.Reason[] their shares add up to the score
---@field also? newsarchive.Story[] its repeats, folded into it (`archive:course`)

---@class newsarchive.Reason
---@field kind "entity"|"name"|"word"
---@field text string
---@field share number of the score
---@field stories integer how many stories have it

---@class newsarchive.Explanation
---@field kind "link"|"topic"|"lead"|"name"|"alias"|"looks"|"scout"|"rule"|"redirect"|"given"
---@field field? "title"|"description"|"body"|"lead"|"topics"
---@field topic? integer which heading
---@field first? integer byte of the field, from 1
---@field last? integer
---@field text? string what stands there
---@field target? string of a link
---@field label? string of a link
---@field section? string of a link
---@field name? string an alias, or what the entity took the place of
---@field why? string why the name is in the registry
---@field probability? number
---@field known? boolean stories had the name before
---@field path? string of a rule, or where the story was read
---@field line? integer

---@class newsarchive.Course
---@field before newsarchive.Relation[] what led to the story, in order of date
---@field after newsarchive.Relation[] what happened next

---Stories that tell one running story: a list of their ids in order of date.
---@class newsarchive.Thread
---@field [integer] string
---@field id string of the first story
---@field title string
---@field first string ISO 8601 date
---@field last string ISO 8601 date
---@field turning_points table[] `date`, `stories`: days of many stories
---@field quiet table[] `from`, `to`, `days`: spells without any

---@class newsarchive.Match
---@field new integer from 1
---@field old integer from 1
---@field reason "id"|"sources"|"words"
---@field score number how alike the words are, 0 to 1

---One story that a search found.
---@class newsarchive.Hit
---@field story newsarchive.Story
---@field score number
---@field snippet string
---@field spans integer[] first and last byte of every word found in the snippet, flat
---@field field "title"|"description"|"body"

---@class newsarchive.Note
---@field code string stable
---@field message string
---@field text string what it is about

---How many stories have a value.
---@class newsarchive.FacetValue
---@field name string
---@field stories integer

---@class newsarchive.MonthCount
---@field month string "2007-09"
---@field stories integer

---@class newsarchive.EntityCount
---@field name string
---@field stories integer
---@field first string ISO 8601 date
---@field last string ISO 8601 date

---@class newsarchive.Entity
---@field name string
---@field stories integer how many have it
---@field first string ISO 8601 date
---@field last string ISO 8601 date
---@field months newsarchive.MonthCount[] oldest first
---@field with newsarchive.FacetValue[] the entities that it appears with, most often first

---@class newsarchive.Facets
---@field years newsarchive.FacetValue[]
---@field months newsarchive.FacetValue[]
---@field entities newsarchive.FacetValue[]
---@field sources newsarchive.FacetValue[]
---@field topics newsarchive.FacetValue[]
---@field categories newsarchive.FacetValue[]

---What a search gave; called by a generic `for`, it gives the hits.
---@class newsarchive.Results
---@field notes newsarchive.Note[] what was not taken as it may have been meant
---@field suggestion? string the query in the archive's own words
---@field stories integer of the whole result
---@field facets newsarchive.Facets of the whole result
---@operator call: newsarchive.Hit?

---What `nil, message, details` says beside the message.
---@class newsarchive.Details
---@field code string stable
---@field path? string
---@field line? integer
---@field column? integer

---A reader of a format of one's own.
---@class newsarchive.Reader
---@field name string
---@field matches fun(path: string, head: string): boolean whether a file is of this format
---@field read fun(report: newsarchive.CoreReport, path: string, text: string, options: newsarchive.TextOptions)

---The core's report, which readers fill.
---@class newsarchive.CoreReport
---@field add fun(self: newsarchive.CoreReport, story: newsarchive.Story): newsarchive.CoreReport
---@field note fun(self: newsarchive.CoreReport, problem: newsarchive.Problem): newsarchive.CoreReport

-- ---- options ----

---@class newsarchive.ArchiveOptions
---@field language? string BCP 47, "en" where it is left out

---@class newsarchive.ReadOptions
---@field format? string a reader's name
---@field language? string BCP 47
---@field progress? fun(done: integer, all: integer)

---@class newsarchive.TextOptions
---@field path? string
---@field language? string BCP 47
---@field date? string ISO 8601

---@class newsarchive.StoriesOptions
---@field entity? string
---@field from? string ISO 8601 day, month or year
---@field to? string ISO 8601 day, month or year, inclusive
---@field order? "date"|"newest"

---@class newsarchive.EntitiesOptions
---@field from? string ISO 8601 day, month or year
---@field to? string ISO 8601 day, month or year, inclusive
---@field least? integer only those in so many stories
---@field limit? integer
---@field order? "stories"|"name"|"first"|"last" "stories" where it is left out

---@class newsarchive.OpenOptions
---@field verify? boolean reads all of the file first

---@class newsarchive.RelatedOptions
---@field limit? integer 0 to 1000, 10 where it is left out
---@field rule? "relevance"|"context" "relevance" where it is left out
---@field display? "rank"|"date"
---@field direction? "before"|"after"
---@field kinds? newsarchive.Registry|table<string, string> what entities are: "person", "place" ... by entity
---@field weights? table<string, number> of the rule "relevance"
---@field least? number only scores of at least this share of the story's score for itself, 0 to 1

---@class newsarchive.RelateOptions
---@field limit? integer
---@field direction? "before"|"after"|"next"
---@field least? number
---@field fold? boolean of stories that tell the same only the best
---@field weights? table<string, number>
---@field jobs? integer OS threads
---@field only? integer[] numbers of stories

---@class newsarchive.ThreadsOptions
---@field entity? string
---@field from? string
---@field to? string
---@field weights? table<string, number>
---@field jobs? integer OS threads
---@field rule? fun(thread: newsarchive.Thread): string|string[]|nil

---@class newsarchive.CountsOptions
---@field entity? string
---@field source? string
---@field topic? string
---@field category? string
---@field from? string ISO 8601 day, month or year
---@field to? string ISO 8601 day, month or year, inclusive

---@class newsarchive.SearchOptions: newsarchive.CountsOptions
---@field limit? integer 0 to 1000, 10 where it is left out
---@field order? "relevance"|"newest"|"oldest"
---@field recency? number 0 to 100: how many times more the newest story counts
---@field match? "all"|"any" words; all or else any where it is left out
---@field bytes? integer of a snippet, 240 where it is left out
---@field values? integer of a facet, 10 where it is left out

---@class newsarchive.MarkdownOptions
---@field format? "html"|"plain"
---@field shift? integer levels by which headings become lower, 0 to 5

---@class newsarchive.WikitextOptions
---@field title? string of the page
---@field date? string ISO 8601
---@field language? string BCP 47
---@field variant? string of Chinese: "zh-tw"
---@field templates? table name to rule: how more templates are shown
---@field categories? table heading to the category that it means

-- ---- require "newsarchive" ----

---@class newsarchive
---@field _VERSION string
---@field null lightuserdata stands for null where nil would be lost
local newsarchive = {}

---An empty archive.
---@param options? newsarchive.ArchiveOptions
---@return newsarchive.Archive
function newsarchive.new(options) end

---Opens what `save` wrote.
---@param path string
---@param options? newsarchive.OpenOptions
---@return newsarchive.Archive?
---@return string? message
---@return newsarchive.Details? details
function newsarchive.open(path, options) end

---Reads a text of a known format, without an archive.
---@param format string one of `newsarchive.formats()`
---@param text string
---@param options? newsarchive.TextOptions
---@return newsarchive.Report
function newsarchive.parse(format, text, options) end

---The names of all formats, sorted.
---@return string[]
function newsarchive.formats() end

---Adds a reader, or replaces the one of the same name.
---@param reader newsarchive.Reader
function newsarchive.register_reader(reader) end

---The readable end of an address.
---@param title string UTF-8
---@param rule? "archive"|"context-zh"|"context-en"
---@return string
function newsarchive.slug(title, rule) end

---One day page of Wikipedia's Current Events, as it is written: stories with topics, mentions and sources.
---@param text string wikitext
---@param options? newsarchive.WikitextOptions
---@return table page `date`, `wrapper`, `language`, `stories`, `topics`, `media`, `problems`
function newsarchive.parse_wikitext(text, options) end

---A YAML document as Lua tables; scalars are texts as they were written, null is `newsarchive.null`.
---@param text string
---@param options? { path?: string }
---@return any value nil where the text cannot be read
---@return string? message
---@return newsarchive.Details? details
function newsarchive.parse_yaml(text, options) end

---Compiles a template in etlua's syntax; values are escaped for where they stand.
---@param source string
---@param name? string for errors
---@return fun(data: table): string
function newsarchive.template(source, name) end

---CommonMark as safe HTML, or as its words alone.
---@param text string UTF-8
---@param options? newsarchive.MarkdownOptions
---@return string
---@return newsarchive.Problem? problem
function newsarchive.markdown(text, options) end

---Finds the stories of an earlier reading in a later one; every story is in one pair at most.
---@param old newsarchive.Report
---@param new newsarchive.Report
---@return newsarchive.Match[] pairs in the order of the new stories
---@return integer[] added the new stories that were not found
---@return integer[] gone the old stories that were not found
function newsarchive.match(old, new) end

-- ---- archives ----

---Stories with their indexes. `#archive` is their number.
---@class newsarchive.Archive
---@field language string BCP 47
local archive = {}

---Adds one story, or all stories of a report.
---@param story newsarchive.Story|newsarchive.Report
---@return newsarchive.Archive itself
function archive:add(story) end

---Reads files or folders and adds their stories.
---@param paths string|string[]
---@param options? newsarchive.ReadOptions
---@return newsarchive.Report
function archive:read(paths, options) end

---@param id string
---@return newsarchive.Story?
function archive:story(id) end

---@param options? newsarchive.StoriesOptions
---@return fun(): newsarchive.Story?
function archive:stories(options) end

---Iterates over id, title, date and category, without tables.
---@param options? newsarchive.StoriesOptions
---@return fun(): string?, string?, string?, string?
function archive:titles(options) end

---Adds the stories of another archive that this one does not have.
---@param other newsarchive.Archive
---@return newsarchive.Report
---@return integer stories that both had
function archive:merge(other) end

---@param story newsarchive.Story|string or its id
---@param options? newsarchive.RelatedOptions
---@return newsarchive.Relation[]?
---@return string? message
---@return newsarchive.Details? details
function archive:related(story, options) end

---@param story newsarchive.Story|string or its id
---@param other newsarchive.Story|string or its id
---@param options? table `weights`, `kinds`
---@return newsarchive.Relation?
---@return string? message
---@return newsarchive.Details? details
function archive:why(story, other, options) end

---@param story newsarchive.Story|string or its id
---@param entity string its name
---@param options? table `registry`, `rules`: by which the context was made
---@return newsarchive.Explanation[]?
---@return string? message
---@return newsarchive.Details? details
function archive:explain(story, entity, options) end

---@param story newsarchive.Story|string or its id
---@param options? table `limit` of each list (5), `weights`, `least` (0.05), `kinds`
---@return newsarchive.Course?
---@return string? message
---@return newsarchive.Details? details
function archive:course(story, options) end

---The relations of many stories, as numbers of stories and scores in turn.
---@param options? newsarchive.RelateOptions
---@return fun(): integer?, number[]?
function archive:relate(options) end

---The relations of just those stories whose lists a change can have touched.
---@param imprint? string of the archive as it was
---@param options? newsarchive.RelateOptions but for `only`
---@return fun(): integer?, number[]?
---@return string imprint of the archive as it is now
function archive:relate_some(imprint, options) end

---@param options? newsarchive.ThreadsOptions
---@return newsarchive.Thread[] in order of their first story
function archive:threads(options) end

---@param query string
---@param options? newsarchive.SearchOptions
---@return newsarchive.Results
function archive:search(query, options) end

---The first story that has an entity, and the last.
---@param entity string
---@return newsarchive.Story?
---@return newsarchive.Story?
function archive:first(entity) end

---The entities of an archive, or of a time.
---@param options? newsarchive.EntitiesOptions
---@return newsarchive.EntityCount[]
function archive:entities(options) end

---@param name string
---@param options? table `limit` of `with` (20)
---@return newsarchive.Entity?
---@return string? message
---@return newsarchive.Details? details
function archive:entity(name, options) end

---The stories that have both of two entities, in order of date.
---@param a string
---@param b string
---@return newsarchive.Story[]
function archive:together(a, b) end

---The index of relations, for whoever needs its numbers for very many stories.
---@param weights? table<string, number>
---@return userdata relations the core's `Relations`
function archive:relations_index(weights) end

---@param day string month and day of any year, "09-01"
---@return fun(): newsarchive.Story?
function archive:on(day) end

---@param options? newsarchive.CountsOptions
---@return newsarchive.MonthCount[] oldest first
function archive:counts(options) end

---@param path string
---@param options? table `relations` (boolean), `jobs`
---@return true?
---@return string? message
---@return newsarchive.Details? details
function archive:save(path, options) end

-- ---- reports ----

---What reading gave.
---@class newsarchive.Report
---@field stories newsarchive.Story[] made when they are asked for
---@field problems newsarchive.Problem[]
local report = {}

---@return newsarchive.Counts
function report:counts() end

---A problem as one line: `path:line:column: message`.
---@param problem newsarchive.Problem
---@return string
function report.problem_line(problem) end

return newsarchive
