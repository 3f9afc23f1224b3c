# The benchmarks: make bench runs all, make bench-NAME one. Each prints its figures beside those of a bare library or loop
# in the same run.
BENCHES := bench-context bench-entities bench-markdown bench-mediawiki bench-names bench-relate bench-search bench-wikitext bench-yaml
.PHONY: $(BENCHES)

# What they read: the shared corpora where they are, or else the examples.
SHARED_DATA := $(or $(NEWSARCHIVE_SHARED),../shared)/data
BENCH_DAYS  := $(wildcard $(SHARED_DATA)/current-events-en.tar.zst)
BENCH_PAGES := $(wildcard $(SHARED_DATA)/context-zh.tar.zst)

$(B)/bench/days: $(BENCH_DAYS)
	@rm -rf $@ && mkdir -p $@
	$(if $(BENCH_DAYS),tar -C $@ --zstd -xf $<,cp -r spec/fixtures/dayfile examples/spaceflight/en $@)

$(B)/bench/pages: $(BENCH_PAGES)
	@rm -rf $@ && mkdir -p $@
	$(if $(BENCH_PAGES),tar -C $@ --zstd -xf $<,cp -r examples $@)

$(B)/bench/days.jsonl: $(B)/bench/days $(MODULE) $(COMMAND)
	$(COMMAND) parse -o $@ $< || [ $$? = 1 ]

# A benchmark in C sees the core alone.
$(B)/bench/%: spec/bench/%.c spec/bench/measure.h $(filter-out $(B)/csrc/lua/%,$(OBJECTS))
	@mkdir -p $(@D)
	$(COMPILE) -o $@ $(filter-out %.h,$^) $(LDFLAGS) $(LIBS) -lm

bench-context: $(B)/bench/context $(B)/bench/days.jsonl  ## the reference's rule beside a bare counting loop
	@$^

bench-entities: all $(B)/bench/days.jsonl  ## context for stories that have none, judged, and what learning and tagging cost
	@$(RUN_LUA) spec/bench/entities.lua $(B)/bench/days.jsonl

bench-markdown: $(B)/bench/markdown $(B)/bench/pages  ## Markdown beside libcmark by itself
	@find $(B)/bench/pages -name '*.md' | LC_ALL=C sort | $(B)/bench/markdown

bench-mediawiki: all  ## API answers and XML exports beside the wikitext in them, and finding stories again
	@$(RUN_LUA) spec/bench/mediawiki.lua

bench-names: $(B)/bench/names $(B)/bench/days  ## names over the sentences of the corpus
	@find $(B)/bench/days -name '*.yaml' -o -name '*.md' | LC_ALL=C sort | $(B)/bench/names

bench-yaml: $(B)/bench/yaml $(B)/bench/days  ## the YAML tree and the day files beside libyaml's event loop
	@find $(B)/bench/days -name '*.yaml' | LC_ALL=C sort | $(B)/bench/yaml

bench-relate: all  ## relations and threads by relevance, where the judged set is: quality, cost, churn
	@$(RUN_LUA) spec/bench/relate.lua

bench-search: all $(B)/bench/days.jsonl  ## queries beside SQLite's FTS5 (python3)
	@$(RUN_LUA) spec/bench/search.lua $(B)/bench/days.jsonl

# The allocator keeps what it has: else what doubles from some size on is the kernel's clearing of pages.
bench-wikitext: all  ## pages a second, and that doubling a page doubles the time
	@MALLOC_TRIM_THRESHOLD_=4000000000 MALLOC_MMAP_THRESHOLD_=4000000000 $(RUN_LUA) spec/bench/wikitext.lua
