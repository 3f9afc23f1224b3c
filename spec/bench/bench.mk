# The benchmarks: make bench runs all, make bench-NAME one. Each prints its figures beside those of a bare library or loop
# in the same run.
BENCHES := bench-context bench-entities bench-markdown bench-mediawiki bench-names bench-relate bench-search bench-wikitext \
  bench-yaml
# These take minutes, and the peers: make bench leaves them out.
LONG_BENCHES := bench-generator bench-million bench-peers
.PHONY: $(BENCHES) $(LONG_BENCHES) bench-peers-deps

PEER_DEBS := python3 python3-xapian hugo

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

# Archives with the distributions of the English corpus, of any size: generated-N.jsonl.
.PRECIOUS: $(B)/bench/generated-%.jsonl
$(B)/bench/generated-%.jsonl: spec/bench/generate.lua
	@mkdir -p $(@D)
	$(LUA) $< $* > $@

CORPUS_STORIES := 113496
PEER_STORIES   := $(if $(BENCH_DAYS),$(B)/bench/days.jsonl,$(B)/bench/generated-$(CORPUS_STORIES).jsonl)

# A benchmark in C sees the core alone.
$(B)/bench/%: spec/bench/%.c spec/bench/measure.h $(filter-out $(B)/csrc/lua/%,$(OBJECTS))
	@mkdir -p $(@D)
	$(COMPILE) -o $@ $(filter-out %.h,$^) $(LDFLAGS) $(LIBS) -lm

# The same stories with the context that is learnt from them.
$(B)/bench/tagged.jsonl: $(B)/bench/days.jsonl
	@$(COMMAND) learn -o $(B)/bench/registry.tsv $<
	@$(COMMAND) parse --registry $(B)/bench/registry.tsv -o $@ $<

bench-context: $(B)/bench/context $(B)/bench/days.jsonl $(B)/bench/tagged.jsonl  ## the reference's rule beside plain loops over the lists
	@$< $(B)/bench/days.jsonl
	@$< $(B)/bench/tagged.jsonl

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

bench-generator: all $(B)/bench/days.jsonl $(B)/bench/generated-$(CORPUS_STORIES).jsonl  ## the distributions of made stories beside those of the corpus
	@$(RUN_LUA) spec/bench/distributions.lua $(if $(BENCH_DAYS),corpus=$(B)/bench/days.jsonl) \
	  generated=$(B)/bench/generated-$(CORPUS_STORIES).jsonl

bench-million: all $(B)/bench/generated-$(CORPUS_STORIES).jsonl $(B)/bench/generated-1000000.jsonl  ## a million stories beside as many as the corpus has
	@$(RUN_LUA) spec/bench/million.lua $(filter %.jsonl,$^)

bench-peers: all $(PEER_STORIES) bench-peers-deps  ## the same stories and queries through SQLite's FTS5, Xapian and Hugo
	@$(RUN_LUA) spec/bench/peers.lua $(PEER_STORIES)

# Where the peers cannot be installed, those that are missing are passed over.
bench-peers-deps:
	-@[ "$$(id -u)" != 0 ] || $(MAKE) --no-print-directory deps DEBS='$(PEER_DEBS)'

bench-relate: all  ## relations and threads by relevance, where the judged set is: quality, cost, churn
	@$(RUN_LUA) spec/bench/relate.lua

bench-search: all $(B)/bench/days.jsonl  ## queries beside SQLite's FTS5 (python3): time, and how well they rank
	@$(RUN_LUA) spec/bench/search.lua $(B)/bench/days.jsonl

# glibc gives blocks above 32 MB back to the kernel each time, and has others sooner or later, as what was freed before
# was large or small: then what takes more than double from some size on is the kernel's clearing of pages. It keeps all here.
bench-wikitext: all  ## pages a second, and that doubling a page doubles the time
	@MALLOC_TRIM_THRESHOLD_=4000000000 MALLOC_MMAP_THRESHOLD_=4000000000 $(RUN_LUA) spec/bench/wikitext.lua
