--- A strict look at markup: what we write must nest, quote its attributes and leave nothing open.
-- @module spec.support.markup
local markup = {}

local VOID = {
  area = true, base = true, br = true, col = true, embed = true, hr = true, img = true, input = true, link = true,
  meta = true, source = true, track = true, wbr = true,
}
local RAW = { script = true, style = true }

local function check_attributes(text, seen_ids)
  local names = {}
  local rest = text:gsub('%s+([%w:-]+)="([^"<]*)"', function(name, value)
    assert(not names[name], "attribute twice: " .. name)
    names[name] = value
    assert(not value:gsub("&[#%w]+;", ""):find("&", 1, true), "a bare '&': " .. value)
    if name == "id" then
      assert(not seen_ids[value], "id twice: " .. value)
      seen_ids[value] = true
    end
    return ""
  end)
  assert(rest:find("^%s*/?$"), "not an attribute: " .. rest)
  return names
end

--- Checks a document; raises where it is not well-formed.
-- @tparam string text
-- @tparam[opt] boolean xml elements without content end with `/>`
-- @treturn {table,...} the elements in order: `name`, `attributes`
function markup.check(text, xml)
  assert(utf8.len(text), "not UTF-8")
  assert(not text:find("[%z\1-\8\11\12\14-\31\127]"), "a control character")
  local elements, open, ids, at = {}, {}, {}, 1
  while true do
    local from, to, slash, name, attributes = text:find("<(/?)([%a][%w:-]*)([^<>]*)>", at)
    local between = text:sub(at, (from or 0) - 1):gsub("<!DOCTYPE html>", ""):gsub("<%?xml[^<>]*%?>", "")
    assert(not between:find("[<>]"), "a bare '<' or '>': " .. between:sub(1, 200))
    assert(not between:gsub("&[#%w]+;", ""):find("&", 1, true), "a bare '&': " .. between:sub(1, 200))
    if not from then break end
    at = to + 1
    if slash == "/" then
      local expected = table.remove(open)
      assert(expected == name, ("</%s> closes <%s>"):format(name, tostring(expected)))
    else
      elements[#elements + 1] = { name = name, attributes = check_attributes(attributes, ids) }
      if RAW[name] and not xml then
        at = assert(text:find("</" .. name, at, true), name .. " is not closed")
      end
      local empty = xml and attributes:find("/$") or not xml and VOID[name]
      if not empty then open[#open + 1] = name end
    end
  end
  assert(#open == 0, "not closed: " .. table.concat(open, " "))
  return elements
end

return markup
