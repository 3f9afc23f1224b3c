--- busted's own plain report, and one line at the very end that a machine can read: "12 passed, 0 failed, 1 skipped".
-- The exit status says failure also where no spec ran at all, which busted counts as success.

return function(options)
  local busted = require "busted"
  local handler = require "busted.outputHandlers.plainTerminal"(options)
  local plain_subscribe = handler.subscribe

  local function failed()
    return handler.failuresCount + handler.errorsCount
  end

  function handler:subscribe(settings)
    plain_subscribe(self, settings)
    busted.subscribe({ "suite", "start" }, function()
      print("newsarchive.core: " .. (package.searchpath("newsarchive", package.cpath)
                                     or package.searchpath("newsarchive.core", package.cpath) or "not found"))
      return nil, true
    end)
    busted.subscribe({ "exit" }, function()
      print(("%d passed, %d failed, %d skipped"):format(self.successesCount, failed(), self.pendingsCount))
      os.exit(failed() == 0 and self.successesCount > 0, true)
    end)
  end

  return handler
end
