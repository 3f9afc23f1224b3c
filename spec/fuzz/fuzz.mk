# make fuzz-wikitext FUZZ_SECONDS=1800: libFuzzer (clang) under the address and UB sanitizers. What a fuzzer finds stays in its
# corpus in the build folder, and is where its next run begins.
FUZZED  := $(basename $(notdir $(wildcard spec/fuzz/*.c)))
FUZZERS := $(FUZZED:%=fuzz-%)

FUZZ_SECONDS ?= 60
FUZZ_CC      ?= clang

# Bytes of an input: enough for each limit that is low, few enough for thousands of runs a second.
FUZZ_BYTES         = 8192
FUZZ_BYTES_archive = 65536
FUZZ_BYTES_query   = 512
FUZZ_BYTES_yaml    = 16384

FUZZ_SEEDS_archive  = archive-seeds
FUZZ_SEEDS_wikitext = $(CURDIR)/spec/fixtures/wikitext
FUZZ_SEEDS_yaml     = $(CURDIR)/spec/fixtures/dayfile

$(FUZZED:%=$(B)/fuzz/%): $(B)/fuzz/%: spec/fuzz/%.c spec/fuzz/fuzz.h $(filter-out csrc/lua/%,$(SOURCES)) $(HEADERS)
	@mkdir -p $(@D)
	$(FUZZ_CC) $(LANGUAGE) -O1 -g -fno-omit-frame-pointer -fsanitize=fuzzer,address,undefined \
	  -fno-sanitize-recover=undefined $(INCLUDES) -o $@ $(filter %.c,$^) $(LIBS) -lm

.PHONY: $(FUZZERS)
$(FUZZERS): fuzz-%: $(B)/fuzz/%
	@mkdir -p $(B)/fuzz/$*-corpus
	cd $(B)/fuzz && ./$* -max_total_time=$(FUZZ_SECONDS) -max_len=$(or $(FUZZ_BYTES_$*),$(FUZZ_BYTES)) -timeout=10 \
	  -print_final_stats=1 $(addprefix -dict=$(CURDIR)/,$(wildcard spec/fuzz/$*.dict)) $*-corpus $(FUZZ_SEEDS_$*)

# The seeds are archives of the first and the last of the example's stories.
fuzz-archive: $(B)/fuzz/archive-seeds
$(B)/fuzz/archive-seeds: all
	@rm -rf $@ && mkdir -p $@
	@$(COMMAND) parse examples/spaceflight > $@.jsonl 2>/dev/null
	@for count in 1 3 9; do \
	  head -n $$count $@.jsonl | $(COMMAND) index --relations --output $@/first-$$count.na --format jsonl - && \
	  tail -n $$count $@.jsonl | $(COMMAND) index --language zh --output $@/last-$$count.na --format jsonl - || exit 1; \
	done 2>/dev/null
