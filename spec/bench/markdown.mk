# make bench-markdown: our Markdown beside libcmark by itself, over the shared Chinese pages, or else over the examples.
BENCHES += bench-markdown

BENCH_PAGES := $(wildcard $(or $(NEWSARCHIVE_SHARED),../shared)/data/context-zh.tar.zst)

$(B)/bench/markdown: spec/bench/markdown.c $(filter-out $(B)/csrc/lua/%,$(OBJECTS))
	@mkdir -p $(@D)
	$(COMPILE) -o $@ $^ $(LDFLAGS) $(LIBS)

$(B)/bench/pages: $(BENCH_PAGES)
	@rm -rf $@ && mkdir -p $@
	$(if $(BENCH_PAGES),tar -C $@ --zstd -xf $(BENCH_PAGES),cp -r examples $@)

.PHONY: bench-markdown
bench-markdown: $(B)/bench/markdown $(B)/bench/pages
	@find $(B)/bench/pages -name '*.md' | LC_ALL=C sort | $(B)/bench/markdown
