# make fuzz-markdown, make fuzz-context: libFuzzer (clang) under the address and UB sanitizers, for FUZZ_SECONDS each.
# What they find stays in the build folder, and is where the next run begins.
FUZZERS += fuzz-markdown fuzz-context

FUZZ_SECONDS ?= 60
FUZZ_CC      ?= clang
MARKDOWN_FUZZERS := $(B)/fuzz/markdown $(B)/fuzz/context

$(MARKDOWN_FUZZERS): $(B)/fuzz/%: spec/fuzz/%.c $(filter-out csrc/lua/%,$(SOURCES)) $(HEADERS)
	@mkdir -p $(@D)
	$(FUZZ_CC) $(LANGUAGE) -O1 -g -fno-omit-frame-pointer -fsanitize=fuzzer,address,undefined \
	  -fno-sanitize-recover=undefined $(INCLUDES) -o $@ $(filter %.c,$^) $(LIBS)

.PHONY: fuzz-markdown fuzz-context
fuzz-markdown fuzz-context: fuzz-%: $(B)/fuzz/%
	@mkdir -p $(B)/fuzz/$*-corpus
	cd $(B)/fuzz && ./$* -max_total_time=$(FUZZ_SECONDS) -dict=$(CURDIR)/spec/fuzz/$*.dict -max_len=8192 -timeout=10 \
	  -print_final_stats=1 $*-corpus
