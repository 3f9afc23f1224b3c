--- Where the pages of an edition are: every story and every entity has one address, and no two have the same.
--
-- An address is relative to the edition and ends with `/` (its page is the `index.html` there) or with `.html`.
-- @module newsarchive.site.addresses
local core = require "newsarchive.core"
local output = require "newsarchive.site.output"

local addresses = {}

--- An entity has a page from so many stories on, unless the site says otherwise.
addresses.ENTITY_STORIES_MIN = 2

-- Addresses that the layout uses itself.
local RESERVED = { "", "archive/", "entities/", "entities/all/", "threads/", "404.html", "index.html" }

--- The file of an address.
-- @tparam string address
-- @treturn string
function addresses.path(address)
  if address == "" or address:sub(-1) == "/" then return address .. "index.html" end
  return address
end

-- The first of "x/", "x-2/", "x-3/" ... that is free; takes it.
local function take(used, address)
  local free, number = address, 1
  while used[free] do
    number = number + 1
    free = address:gsub("/$", "") .. "-" .. number .. "/"
  end
  used[free] = true
  return free
end

-- A part of an address that needs no encoding but that of UTF-8.
local function is_plain(part)
  return part ~= "." and part ~= ".." and not part:find("[^%w._~\128-\255-]") and #part <= 240
end

local function percent_decoded(text)
  return (text:gsub("%%(%x%x)", function(hex) return string.char(tonumber(hex, 16)) end))
end

--- The address that a permalink or an alias asks for.
-- @tparam Edition edition
-- @tparam string url as the story has it: absolute, or from the root of the site, or of the edition
-- @treturn ?string nil where it cannot be a page of this edition
function addresses.of_url(edition, url)
  if url:sub(1, #edition.base_url) == edition.base_url then url = url:sub(#edition.base_url + 1) end
  if url:find("^%a[%w+.-]*:") or url:find("^//") then return nil end
  local path = percent_decoded(url:gsub("[?#].*$", ""):gsub("^/+", ""))
  if edition.path ~= "" and path:sub(1, #edition.path) == edition.path then path = path:sub(#edition.path + 1) end
  path = path:gsub("index%.html?$", "")
  local extension = path:match("[^/]%.(%w+)$")
  if extension and extension ~= "html" and extension ~= "htm" then return nil end
  if not extension and path:sub(-1) ~= "/" then path = path .. "/" end
  if not utf8.len(path) or not output.is_safe(addresses.path(path)) then return nil end
  if path:find("%.html?/") then return nil end -- where a page may be, no folder can
  for part in path:gmatch("[^/]+") do if not is_plain(part) then return nil end end
  return path
end

-- 2007/09/01/slug/, from an id such as 2007-09-01/slug; other ids are made into a slug.
local function of_id(id, date)
  local year, month, day, slug = id:match("^(%d%d%d%d)%-(%d%d)%-(%d%d)/([^/]+)$")
  if not slug then year, month, day, slug = date:sub(1, 4), date:sub(6, 7), date:sub(9, 10), id end
  -- In its folder, index.html is the page of the day.
  if not is_plain(slug) or slug == "index.html" then slug = core.slug(slug) end
  return ("%s/%s/%s/%s/"):format(year, month, day, slug)
end

-- The addresses of days, months and years.
local function reserve_dates(used, days)
  for i = 1, #days, 3 do
    local day = days[i]:gsub("-", "/") .. "/"
    used[day], used[day:sub(1, 8)], used[day:sub(1, 5)] = true, true, true
    used["threads/" .. day:sub(1, 5)] = true
  end
end

--- The addresses of all stories: the permalink where it has one, by its id otherwise.
-- @tparam Edition edition notes permalinks that cannot be kept
-- @tparam Archive archive of the core
-- @treturn {string,...} by the number of the story
-- @treturn table the set of addresses that are used
function addresses.stories(edition, archive)
  local list, used = {}, {}
  for _, address in ipairs(RESERVED) do used[address] = true end
  reserve_dates(used, archive:days())
  for i = 1, archive:count() do
    local url = archive:url(i)
    local address = url and addresses.of_url(edition, url)
    if address and used[address] then
      local story = archive:story(i)
      local origin = story.origin or {}
      edition:note {
        path = origin.path, line = origin.line, code = "permalink-taken",
        message = ("the permalink '%s' of %s is another page's"):format(url, story.id),
      }
    elseif address then
      list[i], used[address] = address, true
    end
  end
  for i = 1, archive:count() do
    if not list[i] then
      local id, _, date = archive:card(i)
      list[i] = take(used, of_id(id, date))
    end
  end
  return list, used
end

--- The addresses of the entities that have a page.
-- @tparam Archive archive of the core
-- @tparam table used the set of addresses that are taken; those of entities are added
-- @tparam[opt] integer least an entity has a page from so many stories on
-- @treturn {[integer]=string} by the number of the entity
function addresses.entities(archive, used, least)
  local list = {}
  least = least or addresses.ENTITY_STORIES_MIN
  for e = 1, archive:entities() do
    local name, count = archive:entity(e)
    if count >= least then list[e] = take(used, "entities/" .. core.slug(name) .. "/") end
  end
  return list
end

--- The address of a thread: below that of its first story, which stays when others join it and its title changes.
-- @tparam table used the set of addresses that are taken; that of the thread is added
-- @tparam string first the address of its first story
-- @treturn string
function addresses.thread(used, first)
  return take(used, "threads/" .. first:gsub("%.html?$", "/"))
end

return addresses
