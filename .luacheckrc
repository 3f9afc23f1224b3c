std = "lua54"
max_line_length = 120
files["spec"] = { std = "lua54+busted", max_line_length = 140 } -- an example on a line of its own
files["**/*.rockspec"] = { std = "rockspec" }
files["**/rules.lua"] = { read_globals = { "rules", "alias", "entity", "drop", "category", "when", "expect" } }
files[".config.ld"] = { std = "ldoc" }
files["lua/newsarchive/meta.lua"] = { unused = false } -- declarations without bodies
include_files = {
  "lua/**/*.lua", "spec/**/*.lua", "examples/**/*.lua", "rockspec/*.rockspec", ".config.ld", ".busted", ".luacheckrc",
}
