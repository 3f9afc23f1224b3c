--- What the commands print: numbers with their nouns, and texts that others wrote.
-- @module newsarchive.cli.text
local text = {}

--- A number with its noun: `1 story`, `2 stories`.
-- @tparam integer number
-- @tparam string noun in the singular
-- @treturn string
function text.counted(number, noun)
  if number ~= 1 then noun = noun:gsub("([^aeiou])y$", "%1ie") .. "s" end
  return ("%d %s"):format(number, noun)
end

--- What others wrote may hold anything: nothing of it may steer the terminal.
-- @tparam string written
-- @treturn string of as many bytes
function text.tame(written)
  return (written:gsub("[%c\127]", " "))
end

return text
