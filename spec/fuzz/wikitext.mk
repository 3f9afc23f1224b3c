# make fuzz-wikitext FUZZ_SECONDS=1800: libFuzzer (clang) over the wikitext parser, under the address and UB sanitizers.
FUZZERS += fuzz-wikitext

FUZZ_SECONDS ?= 60
FUZZ_CC      ?= clang
FUZZ_COMPILE  = $(FUZZ_CC) $(LANGUAGE) -O1 -g -fno-omit-frame-pointer -fsanitize=fuzzer,address,undefined \
                -fno-sanitize-recover=undefined $(INCLUDES)
FUZZED        = $(filter-out csrc/lua/%,$(SOURCES))

$(B)/fuzz/wikitext: spec/fuzz/wikitext.c $(FUZZED) $(HEADERS)
	@mkdir -p $(@D)
	$(FUZZ_COMPILE) -o $@ $< $(FUZZED) $(LIBS)

# What it found stays in the corpus of the build folder, and is where the next run begins. The specs' pages are its seeds.
.PHONY: fuzz-wikitext
fuzz-wikitext: $(B)/fuzz/wikitext
	@mkdir -p $(B)/fuzz/wikitext-corpus
	cd $(B)/fuzz && ./wikitext -max_total_time=$(FUZZ_SECONDS) -dict=$(CURDIR)/spec/fuzz/wikitext.dict -max_len=8192 -timeout=10 \
	  -print_final_stats=1 wikitext-corpus $(wildcard $(CURDIR)/spec/fixtures/wikitext)
