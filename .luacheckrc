std = "lua54"
max_line_length = 120
files["spec"] = { std = "lua54+busted" }
files["**/*.rockspec"] = { std = "rockspec" }
files["config.ld"] = { std = "ldoc" }
include_files = { "lua", "spec", "examples/**/*.lua", "rockspec/*.rockspec", ".busted", ".luacheckrc" }
