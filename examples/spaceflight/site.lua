-- The history of spaceflight, in English and in a small Chinese edition: `newsarchive build examples/spaceflight`.
return {
  base_url = "https://example.org/spaceflight/",
  links = "relative", -- so that the pages open from a disk, without a server

  editions = {
    {
      title = "The Spaceflight Archive",
      language = "en",
      description = "The age of space as it happened, one story at a time, from Sputnik to today.",
      sources = { "en" },
    },
    {
      path = "zh/",
      title = "航天档案",
      language = "zh",
      description = "从斯普特尼克到今天：按日期逐条记录的航天史。",
      sources = { "zh" },
    },
  },
}
