--- Days of the Gregorian calendar, as the pages need them: no clock, no locale.
-- @module newsarchive.site.calendar
local calendar = {}

-- Of the months before, in a year that is no leap year: Sakamoto's table for the day of the week.
local OFFSETS = { 0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4 }
local LENGTHS = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 }

local function is_leap(year)
  return year % 4 == 0 and (year % 100 ~= 0 or year % 400 == 0)
end

--- The parts of a date.
-- @tparam string date ISO 8601, a date or a date-time
-- @treturn integer year
-- @treturn integer month
-- @treturn integer day
function calendar.split(date)
  return tonumber(date:sub(1, 4)), tonumber(date:sub(6, 7)), tonumber(date:sub(9, 10))
end

--- The day of the week.
-- @treturn integer 1 for Monday to 7 for Sunday
function calendar.weekday(year, month, day)
  if month < 3 then year = year - 1 end
  return (year + year // 4 - year // 100 + year // 400 + OFFSETS[month] + day + 6) % 7 + 1
end

--- @treturn integer the number of days of a month
function calendar.days_in(year, month)
  return month == 2 and is_leap(year) and 29 or LENGTHS[month]
end

--- A month as weeks of seven days, Monday first.
-- @tparam integer year
-- @tparam integer month
-- @treturn {{integer,...},...} the days; 0 where the week has days of other months
function calendar.weeks(year, month)
  local weeks, at = {}, 2 - calendar.weekday(year, month, 1)
  local last = calendar.days_in(year, month)
  while at <= last do
    local week = {}
    for i = 1, 7 do
      week[i] = at >= 1 and at <= last and at or 0
      at = at + 1
    end
    weeks[#weeks + 1] = week
  end
  return weeks
end

return calendar
