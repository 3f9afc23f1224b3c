--- The command `newsarchive`: hands the arguments to `newsarchive.cli` and gives its status back to the shell.
os.exit(require("newsarchive.cli").main(arg))
