# make fuzz-query: any bytes as a query to a small archive, for FUZZ_SECONDS.
FUZZERS += fuzz-query
FUZZ_SECONDS ?= 60

$(B)/fuzz/query: spec/fuzz/query.c $(filter-out csrc/lua/%,$(SOURCES)) $(HEADERS)
	@mkdir -p $(@D)
	clang $(LANGUAGE) -g -O1 -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=undefined $(INCLUDES) -o $@ \
	  $(filter %.c,$^) $(LIBS) -lm

.PHONY: fuzz-query
fuzz-query: $(B)/fuzz/query
	@mkdir -p $(B)/fuzz/query-corpus
	cd $(B)/fuzz && ./query -max_total_time=$(FUZZ_SECONDS) -timeout=10 -max_len=512 -dict=$(CURDIR)/spec/fuzz/query.dict query-corpus
