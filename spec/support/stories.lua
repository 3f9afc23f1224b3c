--- Stories for specs, and archives of them.
-- @module spec.support.stories
local newsarchive = require "newsarchive"

local stories = {}

--- An archive of these stories.
-- @tparam {table,...} list
-- @treturn archive
function stories.archive(list)
  local archive = newsarchive.new()
  for _, story in ipairs(list) do archive:add(story) end
  return archive
end

--- Stories of three years, of words whose frequencies fall off as in a language.
-- @tparam function random as of spec.support.random
-- @tparam integer count
-- @tparam[opt=1] integer first number of the first: the ids are `s1`, `s2` ...
-- @treturn {table,...}
function stories.made_up(random, count, first)
  local list = {}
  first = first or 1
  for k = first, first + count - 1 do
    local words, context = {}, {}
    for w = 1, random(12) do words[w] = (random(3) == 1 and "Name" or "word") .. random(random(random(200))) end
    for c = 1, random(4) - 1 do context[c] = "Entity " .. random(random(40)) end
    list[#list + 1] = {
      id = "s" .. k, date = ("20%02d-%02d-%02d"):format(random(3), random(12), random(28)),
      title = table.concat(words, " "), context = context,
    }
  end
  return list
end

return stories
