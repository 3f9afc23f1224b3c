--- Numbers that look random and are the same on every run and machine (Knuth's MMIX generator).
-- @module spec.support.random
local random = {}

--- A sequence of numbers.
-- @tparam integer seed each has a sequence of its own
-- @treturn function takes an integer `most`, gives the next number from 1 to `most`
function random.numbers(seed)
  return function(most)
    seed = seed * 6364136223846793005 + 1442695040888963407
    return (seed >> 33) % most + 1
  end
end

return random
