--- One line on the terminal that tells how far a long task is: stage, count, rate, time left.
-- @module newsarchive.cli.progress
local progress = {}

local INTERVAL = 0.1 -- seconds between two writings: fast enough for the eye, too rare to cost anything

local function grouped(count)
  local text = tostring(count):reverse():gsub("(%d%d%d)", "%1,"):reverse()
  return (text:gsub("^,", ""))
end

local function duration(seconds)
  seconds = math.ceil(seconds)
  if seconds < 60 then return seconds .. " s" end
  return ("%d min %02d s"):format(seconds // 60, seconds % 60)
end

--- What the line says.
-- @tparam string stage what is being done
-- @tparam integer done how much of it
-- @tparam ?integer total of how much; nil where it is not known
-- @tparam number seconds since the stage began
-- @treturn string
function progress.line(stage, done, total, seconds)
  local parts = { stage, " ", grouped(done) }
  if total and total >= done then parts[#parts + 1] = (" of %s"):format(grouped(total)) end
  if seconds > 1 and done > 0 then
    local rate = done / seconds
    parts[#parts + 1] = (", %s/s"):format(grouped(math.floor(rate)))
    if total and total > done then parts[#parts + 1] = (", %s left"):format(duration((total - done) / rate)) end
  end
  return table.concat(parts)
end

--- A callback `(stage, done, total)` that keeps one line of `stream` up to date, and a function that clears it.
-- @tparam file stream
-- @tparam function now gives seconds, increasing
-- @treturn function callback
-- @treturn function clear
function progress.on(stream, now)
  local stage_begun, current, shown = 0, nil, -INTERVAL
  local function callback(stage, done, total)
    local time = now()
    if stage ~= current then current, stage_begun = stage, time
    elseif time - shown < INTERVAL then return end
    shown = time
    stream:write("\r\27[K", progress.line(stage, done, total, time - stage_begun))
    stream:flush()
  end
  local function clear()
    if current then stream:write("\r\27[K") stream:flush() end
    current = nil
  end
  return callback, clear
end

--- The same on stderr where that is a terminal; otherwise nil and a function that does nothing.
-- @treturn ?function callback
-- @treturn function clear
function progress.terminal()
  local uv = require "luv"
  if uv.guess_handle(2) ~= "tty" then return nil, function() end end
  return progress.on(io.stderr, function() return uv.hrtime() / 1e9 end)
end

return progress
