-- Dates are ISO 8601 days of the Gregorian calendar; a story without a real one is refused.

local core = require "newsarchive.core"

-- Whether the calendar has the day, from the rule itself.
local function exists(year, month, day)
  local lengths = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 }
  local leap = year % 4 == 0 and (year % 100 ~= 0 or year % 400 == 0)
  local length = lengths[month] and lengths[month] + (month == 2 and leap and 1 or 0)
  return year >= 1 and length ~= nil and day >= 1 and day <= length
end

local function accepted(date)
  return (pcall(core.report().add, core.report(), { title = "x", date = date }))
end

describe("the date of a story", function()
  it("is any day that the calendar has, and no other", function()
    for _, year in ipairs { 0, 1, 4, 1582, 1600, 1700, 1900, 1970, 1999, 2000, 2023, 2024, 2100, 2400, 9999 } do
      for month = 0, 13 do
        for day = 0, 32 do
          local date = ("%04d-%02d-%02d"):format(year, month, day)
          assert.equal(exists(year, month, day), accepted(date), date)
        end
      end
    end
  end)

  it("may have a time of day, with and without an offset", function()
    for _, date in ipairs {
      "2007-09-01T10:30:00Z", "2007-09-01 10:30", "2007-09-01t10:30:00.250+02:00", "2007-09-01T10:30-0700",
      "2007-09-01T23:59:60Z",
    } do
      assert.is_true(accepted(date), date)
    end
  end)

  it("is nothing that only looks like it", function()
    for _, date in ipairs {
      "", "2007", "2007-09", "2007-9-1", "07-09-01", "2007/09/01", "2007-09-01T", "2007-09-01x", " 2007-09-01",
      "2007-09-01T25:00", "2007-09-01T10:60", "2007-09-01T10", "+2007-09-01", "-007-09-01", "2007-09-01T10:30:00+24:00",
      "２００７-09-01", "2007-09-01\0",
    } do
      assert.is_false(accepted(date), date)
    end
  end)

  it("orders the archive, and is the day as it was written: no offset is applied", function()
    local report = core.report()
    for _, date in ipairs { "2008-01-01", "2007-12-31T23:30:00-05:00", "0001-01-01", "9999-12-31", "2008-01-01" } do
      report:add { title = "x", date = date }
    end
    assert.same({ "0001-01-01", 1, 1, "2007-12-31", 2, 2, "2008-01-01", 3, 4, "9999-12-31", 5, 5 },
      core.archive():add(report):days())
  end)
end)
