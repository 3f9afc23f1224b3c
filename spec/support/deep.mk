# The checks that take minutes: `make check-deep`. Included by the Makefile.

SANITIZE   := -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer
SANITIZERS := ASAN_OPTIONS=detect_leaks=1 UBSAN_OPTIONS=print_stacktrace=1
# nodelete: a module that is unloaded at the end has no names in the reports of leaks.
DEEP_FLAGS := CFLAGS='-O1 -g $(SANITIZE)' LDFLAGS='-fsanitize=address,undefined -Wl,-z,nodelete'

# Big shared data would take hours here: its specs skip themselves. `make check-deep DEEP_SHARED=../shared` all the same.
DEEP_SHARED ?= none
DEEP_LUA    := $(CURDIR)/$(B)-lua/lua

.PHONY: check-deep check-asan check-faults check-collector check-kills
check-deep:  ## the specs under sanitizers, with failing memory and with a hasty collector; takes minutes
	@$(MAKE) --no-print-directory deps DEBS='$(RUNTIME_DEBS) $(BUILD_DEBS) $(TEST_DEBS) $(DEEP_DEBS)'
	@$(MAKE) --no-print-directory -k check-asan check-faults check-collector check-kills

# Debian's Lua, compiled to check how its API is used: what the stock interpreter forgives stops here at the line.
# Where its source cannot be had, the stock interpreter runs on a preloaded sanitizer.
$(B)-lua/lua:
	@mkdir -p $(@D)
	@spec/support/lua-source.sh $(@D) >$(@D)/log 2>&1 && \
	  $(CC) -O1 -g $(SANITIZE) -DLUA_USE_LINUX -DLUA_USE_APICHECK -DLUAI_ASSERT -Wl,-E -o $@ \
	    $$(ls $(@D)/source/src/*.c | grep -v /luac.c) -lm -ldl >>$(@D)/log 2>&1 || \
	  { echo 'Skipped: the interpreter that checks its API (no source of Lua: see $(@D)/log).'; rm -f $@; }

check-asan: $(B)-lua/lua
	@if [ -x $(DEEP_LUA) ]; then own='LUA=$(DEEP_LUA) PRELOAD='; fi; \
	$(SANITIZERS) NEWSARCHIVE_SHARED='$(DEEP_SHARED)' $(MAKE) --no-print-directory B=$(B)-asan $(DEEP_FLAGS) $$own specs

# Memory that runs out: in Lua's allocator, and in the core's.
check-faults: $(B)-faults/faults $(B)-faults/base_test
	@$(SANITIZERS) $(B)-faults/base_test
	@for mode in core libraries lua; do $(SANITIZERS) $(B)-faults/faults $$mode spec/support/faults.lua || exit 1; done

STATIC_LIBS    = $(addprefix -l:lib,$(addsuffix .a,lua5.4 $(LIBRARIES)))
WRAPPED        = -Wl,--wrap=malloc,--wrap=calloc,--wrap=realloc
FAULTS_COMPILE = $(CC) $(LANGUAGE) $(WARNINGS) -O1 -g $(SANITIZE) -DNA_FAULTS $(INCLUDES)

$(B)-faults/faults: spec/support/faults.c $(SOURCES) $(HEADERS)
	@mkdir -p $(@D)
	$(FAULTS_COMPILE) $(WRAPPED) -o $@ spec/support/faults.c $(SOURCES) $(STATIC_LIBS) -lm -ldl

$(B)-faults/base_test: spec/support/base_test.c $(wildcard csrc/base/*.[ch])
	@mkdir -p $(@D)
	$(FAULTS_COMPILE) -o $@ $(filter %.c,$^) $(LIBS)

# A collector that never rests finds what is held by nobody.
check-collector: all
	@NEWSARCHIVE_SHARED='$(DEEP_SHARED)' $(RUN_LUA) -e 'collectgarbage("incremental", 0, 1000)' $(BUSTED) $(SPECS)
	@NEWSARCHIVE_SHARED='$(DEEP_SHARED)' $(RUN_LUA) -e 'collectgarbage("generational")' $(BUSTED) $(SPECS)

# A process that is killed while it saves an archive.
check-kills: all
	@NEWSARCHIVE_KILLS=100 $(RUN_LUA) $(BUSTED) --filter='can be killed' spec/index_file_spec.lua
