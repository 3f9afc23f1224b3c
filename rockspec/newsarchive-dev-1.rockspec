rockspec_format = "3.0"
package = "newsarchive"
version = "dev-1"
source = {
  url = "git+file://.", -- `luarocks make` in a checkout
}
description = {
  summary = "Dated stories become a linked, static, permanent archive",
  detailed = [[
Reads dated news (Markdown with front matter, YAML, wikitext, JSON Lines), finds what stories have in common, and
publishes a linked static archive: story, day, month, year and entity pages, related stories with their reasons,
feeds, a sitemap. The core is C; a Lua module and a command stand on it. Debian has what it needs as libcmark-dev
libyaml-dev libutf8proc-dev libxxhash-dev libjansson-dev libexpat1-dev libstemmer-dev.]],
  license = "MIT",
  labels = { "news", "archive", "static-site", "markdown", "yaml" },
}
dependencies = {
  "lua >= 5.4, < 5.5",
  "luv >= 1.44",
  "argparse >= 0.7",
}
external_dependencies = {
  CMARK = { header = "cmark.h" },
  YAML = { header = "yaml.h" },
  UTF8PROC = { header = "utf8proc.h" },
  XXHASH = { header = "xxhash.h" },
  JANSSON = { header = "jansson.h" },
  EXPAT = { header = "expat.h" },
  STEMMER = { header = "libstemmer.h" },
}
build = {
  type = "make",
  variables = {
    CFLAGS = "$(CFLAGS)", LIBFLAG = "$(LIBFLAG)", LUA = "$(LUA)", LUA_INCDIR = "$(LUA_INCDIR)",
    CMARK_INCDIR = "$(CMARK_INCDIR)", CMARK_LIBDIR = "$(CMARK_LIBDIR)",
    YAML_INCDIR = "$(YAML_INCDIR)", YAML_LIBDIR = "$(YAML_LIBDIR)",
    UTF8PROC_INCDIR = "$(UTF8PROC_INCDIR)", UTF8PROC_LIBDIR = "$(UTF8PROC_LIBDIR)",
    XXHASH_INCDIR = "$(XXHASH_INCDIR)", XXHASH_LIBDIR = "$(XXHASH_LIBDIR)",
    JANSSON_INCDIR = "$(JANSSON_INCDIR)", JANSSON_LIBDIR = "$(JANSSON_LIBDIR)",
    EXPAT_INCDIR = "$(EXPAT_INCDIR)", EXPAT_LIBDIR = "$(EXPAT_LIBDIR)",
    STEMMER_INCDIR = "$(STEMMER_INCDIR)", STEMMER_LIBDIR = "$(STEMMER_LIBDIR)",
  },
  install_target = "install-module",
  install_variables = { LUADIR = "$(LUADIR)", LIBDIR = "$(LIBDIR)" },
  install = {
    bin = { newsarchive = "lua/newsarchive/cli/main.lua" },
  },
}
test = {
  type = "command",
  command = "make test",
}
