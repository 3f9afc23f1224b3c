# make bench-yaml: our YAML tree and the reader of day files beside libyaml's event loop, over the shared day files.
BENCHES += bench-yaml

BENCH_DAYS := $(wildcard $(or $(NEWSARCHIVE_SHARED),../shared)/data/current-events-en.tar.zst)

$(B)/bench/yaml: spec/bench/yaml.c $(filter-out $(B)/csrc/lua/%,$(OBJECTS))
	@mkdir -p $(@D)
	$(COMPILE) -o $@ $^ $(LDFLAGS) $(LIBS)

$(B)/bench/days: $(BENCH_DAYS)
	@rm -rf $@ && mkdir -p $@
	$(if $(BENCH_DAYS),tar -C $@ --zstd -xf $(BENCH_DAYS),cp spec/fixtures/dayfile/*.yaml $@)

.PHONY: bench-yaml
bench-yaml: $(B)/bench/yaml $(B)/bench/days
	@find $(B)/bench/days -name '*.yaml' | LC_ALL=C sort | $(B)/bench/yaml
