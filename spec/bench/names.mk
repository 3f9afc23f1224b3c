# make bench-names: names over the sentences of the shared English day files, or else of the examples.
BENCHES += bench-names

BENCH_DAYS := $(wildcard $(or $(NEWSARCHIVE_SHARED),../shared)/data/current-events-en.tar.zst)

$(B)/bench/names: spec/bench/names.c $(filter-out $(B)/csrc/lua/%,$(OBJECTS))
	@mkdir -p $(@D)
	$(COMPILE) -o $@ $^ $(LDFLAGS) $(LIBS)

$(B)/bench/days: $(BENCH_DAYS)
	@rm -rf $@ && mkdir -p $@
	$(if $(BENCH_DAYS),tar -C $@ --zstd -xf $(BENCH_DAYS),cp -r examples $@)

.PHONY: bench-names
bench-names: $(B)/bench/names $(B)/bench/days
	@find $(B)/bench/days -name '*.yaml' -o -name '*.md' | LC_ALL=C sort | $(B)/bench/names
