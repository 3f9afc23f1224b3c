# make fuzz-archive FUZZ_SECONDS=1800: libFuzzer (clang) over the readers of archive files, under the address and UB sanitizers.
FUZZERS += fuzz-archive

FUZZ_SECONDS ?= 60
FUZZ_CC      ?= clang

$(B)/fuzz/archive: spec/fuzz/archive.c $(filter-out csrc/lua/%,$(SOURCES)) $(HEADERS)
	@mkdir -p $(@D)
	$(FUZZ_CC) $(LANGUAGE) -O1 -g -fno-omit-frame-pointer -fsanitize=fuzzer,address,undefined \
	  -fno-sanitize-recover=undefined $(INCLUDES) -o $@ $(filter %.c,$^) $(LIBS) -lm

# The seeds are archives of the first and the last of the example's stories.
$(B)/fuzz/archive-seeds: all
	@rm -rf $@ && mkdir -p $@
	@$(COMMAND) parse examples/spaceflight > $@.jsonl 2>/dev/null
	@for count in 1 3 9; do \
	  head -n $$count $@.jsonl | $(COMMAND) index --relations --output $@/first-$$count.na --format jsonl - && \
	  tail -n $$count $@.jsonl | $(COMMAND) index --language zh --output $@/last-$$count.na --format jsonl - || exit 1; \
	done 2>/dev/null

.PHONY: fuzz-archive
fuzz-archive: $(B)/fuzz/archive $(B)/fuzz/archive-seeds
	@mkdir -p $(B)/fuzz/archive-corpus
	cd $(B)/fuzz && ./archive -max_total_time=$(FUZZ_SECONDS) -dict=$(CURDIR)/spec/fuzz/archive.dict -max_len=65536 \
	  -timeout=10 -print_final_stats=1 archive-corpus archive-seeds
