-- News in the wikitext of Wikipedia's Current Events portal: `newsarchive build examples/current-events`.
return {
  title = "November 1989",
  base_url = "https://example.org/1989/",
  links = "relative", -- so that the pages open from a disk, without a server
  language = "en",
  description = "Three weeks of November 1989 as the Current Events portal would have told them.",
  sources = { "pages" },
}
