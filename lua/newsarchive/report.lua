--- What reading gave: stories, and the problems with their places.
-- @classmod newsarchive.report
local core = require "newsarchive.core"

local report = {}

-- A list whose items are made when they are asked for: `#list`, `list[i]`, `ipairs(list)`.
local function lazy_list(count, item)
  return setmetatable({}, {
    __len = count,
    __index = function(_, i)
      if math.type(i) == "integer" then return item(i) end
    end,
    __newindex = function() error("this list cannot be changed", 2) end,
  })
end

--- Wraps a core report.
-- @tparam[opt] Report core_report a new one where it is left out
-- @treturn table `core`; `stories` and `problems`, lists whose items are made when asked for
function report.new(core_report)
  local self = { core = core_report or core.report() }
  self.stories = lazy_list(function() return self.core:counts().stories end, function(i) return self.core:story(i) end)
  self.problems = lazy_list(function() return self.core:counts().problems end,
    function(i) return self.core:problem(i) end)
  return setmetatable(self, { __index = report, __name = "newsarchive.report" })
end

--- What was counted: items = stories + headings + media + rejected.
-- @treturn table `files`, `items`, `stories`, `headings`, `media`, `rejected`, `problems`, `sources`, `relations`
function report:counts()
  return self.core:counts()
end

--- A problem as one line: `path:line:column: message`, as far as its place is known.
-- @tparam table problem
-- @treturn string
function report.problem_line(problem)
  local place = problem.path or "?"
  if problem.line then place = place .. ":" .. problem.line end
  if problem.line and problem.column then place = place .. ":" .. problem.column end
  return place .. ": " .. problem.message
end

return report
