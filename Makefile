# newsarchive
#
# `make help` lists the targets. On Debian, `make demo` and `make test` install what is missing, each alone;
# the other targets expect it (`make deps` installs everything).

.DEFAULT_GOAL := all
.DELETE_ON_ERROR:
.SUFFIXES:

# ---- Where things are and go ----

# One folder per flavour of the build, inside the top level: `make B=build-debug CFLAGS=-O0`.
B      ?= build
LUA    ?= lua5.4
PREFIX ?= /usr/local
BINDIR ?= $(PREFIX)/bin
LUADIR ?= $(PREFIX)/share/lua/5.4
LIBDIR ?= $(PREFIX)/lib/lua/5.4

# ---- How C is compiled: LuaRocks sets CFLAGS, LIBFLAG, LUA_INCDIR and NAME_INCDIR, NAME_LIBDIR of each library ----

ifeq ($(origin CC),default)
CC := gcc
endif
CFLAGS   ?= -O2 -g
LIBFLAG  ?= -shared
WARNINGS  = -Wall -Wextra -Wconversion -Wshadow $(if $(CI),-Werror)

# Debian's names of the libraries, for the linker, for pkg-config, and in capitals for what LuaRocks says.
LIBRARIES  := cmark yaml utf8proc xxhash jansson expat stemmer
PACKAGES   := libcmark yaml-0.1 libutf8proc libxxhash jansson expat
GIVEN      := $(shell echo $(LIBRARIES) | tr a-z A-Z)
INCDIRS    := $(filter-out /usr/include,$(sort $(foreach library,$(GIVEN),$($(library)_INCDIR))))
LIBDIRS    := $(sort $(foreach library,$(GIVEN),$($(library)_LIBDIR)))
PKG_CONFIG := pkg-config 2>/dev/null
# Of lua5.4 the headers alone: the interpreter brings its own liblua, and a second one in the process would be fatal.
LUA_INCDIR ?= $(or $(patsubst -I%,%,$(shell $(PKG_CONFIG) --cflags-only-I lua5.4)),/usr/include/lua5.4)
INCLUDES   := -Icsrc $(addprefix -isystem ,$(LUA_INCDIR) $(INCDIRS)) $(shell $(PKG_CONFIG) --cflags-only-I $(PACKAGES))
LIBS       := $(addprefix -L,$(LIBDIRS)) $(shell $(PKG_CONFIG) --libs-only-L $(PACKAGES)) $(addprefix -l,$(LIBRARIES))

LANGUAGE := -std=c11 -D_POSIX_C_SOURCE=200809L
COMPILE   = $(CC) $(LANGUAGE) $(WARNINGS) $(CFLAGS) -fPIC -fvisibility=hidden $(INCLUDES)
LINK      = $(CC) $(LIBFLAG) $(CFLAGS) $(LDFLAGS)
# `make V=1` shows the commands.
Q        := $(if $(V),,@)

# ---- What is built ----

SOURCES   := $(sort $(wildcard csrc/*/*.c))
HEADERS   := $(sort $(wildcard csrc/*/*.h))
OBJECTS   := $(SOURCES:csrc/%.c=$(B)/csrc/%.o)
LUA_FILES := $(shell find lua -type f)

# `build/?.so` is a path by which Lua finds "newsarchive.core" in it; build/newsarchive is the command.
MODULE  := $(B)/newsarchive.so
COMMAND := $(B)/newsarchive

.PHONY: all
all: $(B)/loads $(COMMAND)  ## the module and the command, build/newsarchive, straight from the tree

# Holds the flags, and changes when they do: then everything is compiled again.
$(B)/flags: FORCE
	@mkdir -p $(@D)
	@echo '$(COMPILE) $(LINK)' | cmp -s - $@ || echo '$(COMPILE) $(LINK)' > $@
FORCE:

$(B)/csrc/%.o: csrc/%.c $(B)/flags
	@mkdir -p $(@D)
	@echo 'CC   $<'
	$(Q)$(COMPILE) -MMD -MP -c $< -o $@

$(MODULE): $(OBJECTS)
	@echo 'LINK $@'
	$(Q)$(LINK) -o $@ $^ $(LIBS)

-include $(OBJECTS:.o=.d)

# $(call wrapper,Lua folder,C module folder): a command that finds its modules wherever it is called from.
define wrapper
#!/bin/sh
here=$$(dirname -- "$$(readlink -f -- "$$0")")
LUA_PATH_5_4="$(1)/?.lua;$(1)/?/init.lua;$${LUA_PATH_5_4-$${LUA_PATH-;}}"
LUA_CPATH_5_4="$(2)/?.so;$${LUA_CPATH_5_4-$${LUA_CPATH-;}}"
export LUA_PATH_5_4 LUA_CPATH_5_4
exec $(LUA) "$(1)/newsarchive/cli/main.lua" "$$@"
endef
export BUILD_WRAPPER   = $(call wrapper,$$here/../lua,$$here)
export INSTALL_WRAPPER = $(call wrapper,$(LUADIR),$(LIBDIR))

$(COMMAND): Makefile
	@rm -rf $@ && mkdir -p $(@D)
	@printenv BUILD_WRAPPER > $@ && chmod +x $@

# ---- How Lua is run on a build: every command below goes through here ----

SANITIZED := $(findstring -fsanitize=address,$(CFLAGS) $(LDFLAGS))
PRELOAD    = $(if $(SANITIZED),LD_PRELOAD=$$($(CC) -print-file-name=libasan.so))
TREE_PATHS = LUA_PATH='$(CURDIR)/lua/?.lua;$(CURDIR)/lua/?/init.lua;;' LUA_CPATH='$(abspath $(B))/?.so;;'
RUN_LUA    = env -u LUA_PATH_5_4 -u LUA_CPATH_5_4 $(TREE_PATHS) $(PRELOAD) $(LUA)

.PHONY: env
env: all  ## print the paths by which lua5.4 finds the module of this tree
	@echo "export $(TREE_PATHS)"

# A module that compiles but cannot be loaded, or that shows more than its door, is no module.
$(B)/loads: $(MODULE) $(LUA_FILES)
	@$(RUN_LUA) -e 'require "newsarchive"'
	@nm -D --defined-only $(MODULE) | awk '$$3 !~ /^(_init|_fini)$$/ { print $$3 }' | \
	  grep -vx luaopen_newsarchive_core && { echo '$(MODULE): exports more than luaopen_newsarchive_core'; exit 1; } || :
	@touch $@

# ---- What Debian packages are needed, and for what ----

RUNTIME_DEBS := lua5.4 lua-luv lua-argparse
BUILD_DEBS   := gcc libc6-dev make pkg-config liblua5.4-dev libcmark-dev libyaml-dev libutf8proc-dev libxxhash-dev \
                libjansson-dev libexpat1-dev libstemmer-dev
TEST_DEBS    := lua-busted
LINT_DEBS    := lua-check cppcheck clang-tidy clang-format
DEEP_DEBS    := dpkg-dev
DOCS_DEBS    := lua-ldoc
ROCK_DEBS    := luarocks
DEBS         ?= $(RUNTIME_DEBS) $(BUILD_DEBS) $(TEST_DEBS) $(LINT_DEBS) $(DEEP_DEBS) $(DOCS_DEBS) $(ROCK_DEBS)

# Another run of apt may hold the lock: wait for it.
APT := $(if $(filter-out 0,$(shell id -u)),sudo) env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300

.PHONY: deps
deps:  ## install the Debian packages that are missing (DEBS='...' for some of them)
	@command -v dpkg-query >/dev/null || { echo 'Not a Debian system; what is needed: $(DEBS)'; exit 0; }; \
	installed=$$(dpkg-query -W -f '$${Package} $${db:Status-Status}\n' $(DEBS) 2>/dev/null | sed -n 's/ installed$$//p'); \
	missing=$$(printf '%s\n' $(DEBS) | grep -vxF "$$installed" | tr '\n' ' '); \
	[ -n "$$missing" ] || exit 0; \
	echo "Installing $$missing"; \
	$(APT) update -q && $(APT) install -q -y --no-install-recommends $$missing

# ---- Use ----

DEMO := $(B)/spaceflight

.PHONY: demo publish-demo
demo:  ## install what is missing, build, publish the example archive
	@$(MAKE) --no-print-directory deps DEBS='$(RUNTIME_DEBS) $(BUILD_DEBS)'
	@$(MAKE) --no-print-directory publish-demo

publish-demo: all
	$(COMMAND) build examples/spaceflight --output $(DEMO)
	@echo 'Published. Open $(CURDIR)/$(DEMO)/index.html'

.PHONY: install install-module install-command uninstall
install: install-module install-command  ## into PREFIX (/usr/local), below DESTDIR

install-module: $(MODULE)
	install -d '$(DESTDIR)$(LIBDIR)/newsarchive'
	install -m 755 $(MODULE) '$(DESTDIR)$(LIBDIR)/newsarchive/core.so'
	cd lua && find newsarchive -type f -exec install -D -m 644 {} '$(abspath $(DESTDIR)$(LUADIR))/{}' \;

install-command:
	install -d '$(DESTDIR)$(BINDIR)'
	printenv INSTALL_WRAPPER > '$(DESTDIR)$(BINDIR)/newsarchive'
	chmod 755 '$(DESTDIR)$(BINDIR)/newsarchive'

uninstall:  ## from the same PREFIX and DESTDIR
	rm -rf '$(DESTDIR)$(LIBDIR)/newsarchive' '$(DESTDIR)$(LUADIR)/newsarchive' '$(DESTDIR)$(BINDIR)/newsarchive'

.PHONY: clean
clean:  ## remove every build
	rm -rf build build-*

# ---- Checks ----

# A folder of specs or some files: `make test SPECS=spec/base_json_spec.lua`.
SPECS  ?= spec
BUSTED := /usr/bin/busted --ignore-lua -o spec/support/handler.lua

.PHONY: test specs
test:  ## install what is missing, build, run every spec
	@$(MAKE) --no-print-directory deps DEBS='$(RUNTIME_DEBS) $(BUILD_DEBS) $(TEST_DEBS)'
	@$(MAKE) --no-print-directory specs

specs: all
	@$(RUN_LUA) $(BUSTED) $(SPECS)

C_FILES := $(SOURCES) $(HEADERS) $(sort $(wildcard spec/*/*.[ch]))

.PHONY: lint lint-lua lint-format lint-rooms lint-cppcheck lint-tidy lint-warnings
lint: lint-lua lint-format lint-rooms lint-cppcheck lint-tidy lint-warnings  ## everything that reads code without running it

lint-lua:
	luacheck --quiet --no-color .

lint-format:
	@clang-format --dry-run -Werror $(C_FILES)

# The core must not know of Lua.
lint-rooms:
	@! grep -nE '# *include *[<"](lua|lauxlib|lualib|lua/.*)\.h' $(filter-out csrc/lua/%,$(SOURCES) $(HEADERS))

lint-cppcheck:
	cppcheck --quiet -j 2 --std=c11 --enable=warning,performance,portability --inline-suppr --error-exitcode=1 \
	  --suppress=missingIncludeSystem --suppress=uninitvar -Icsrc csrc

lint-tidy: $(B)/flags
	@printf '%s\n' $(SOURCES) | xargs -P 2 -n 4 sh -c 'clang-tidy --quiet "$$@" -- $(LANGUAGE) $(INCLUDES)' tidy 2>$(B)/tidy.log || \
	  { cat $(B)/tidy.log; exit 1; }

lint-warnings:
	@$(MAKE) --no-print-directory CI=1 B=$(B)-lint all

.PHONY: format
format:  ## lay the C files out as .clang-format has it
	clang-format -i $(C_FILES)

# Benchmarks and fuzzers are rules beside what they run: spec/bench/bench.mk, spec/fuzz/fuzz.mk.
include spec/support/deep.mk
-include $(sort $(wildcard spec/bench/*.mk spec/fuzz/*.mk))

.PHONY: bench fuzz
bench: $(BENCHES)  ## every benchmark, as ratios to the bare libraries
fuzz: $(FUZZERS)  ## every fuzzer, for FUZZ_SECONDS each

.PHONY: docs
docs:  ## the reference, build/docs/index.html
	@$(LUA) /usr/bin/ldoc --fatalwarnings --quiet --config .config.ld . >/dev/null

.PHONY: help
help:
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-16s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
