# make fuzz-yaml: any bytes as YAML, as a day file, as a sentence with sources, for FUZZ_SECONDS.
FUZZERS += fuzz-yaml
FUZZ_SECONDS ?= 60

$(B)/fuzz/yaml: spec/fuzz/yaml.c $(wildcard csrc/base/*.[ch] csrc/text/*.[ch] csrc/parse/*.[ch])
	@mkdir -p $(@D)
	clang $(LANGUAGE) -g -O1 -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=undefined $(INCLUDES) -o $@ \
	  $(filter %.c,$^) $(LIBS)

.PHONY: fuzz-yaml
fuzz-yaml: $(B)/fuzz/yaml
	@mkdir -p $(B)/fuzz/yaml-corpus
	cd $(B)/fuzz && ./yaml -max_total_time=$(FUZZ_SECONDS) -timeout=10 -max_len=16384 yaml-corpus $(CURDIR)/spec/fixtures/dayfile
