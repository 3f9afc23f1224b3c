# newsarchive: see README.md. `make demo` and `make test` install what is missing; the other targets expect it.
.DEFAULT_GOAL := all
B       ?= build
LUA     ?= lua5.4
PREFIX  ?= /usr/local
BINDIR  ?= $(PREFIX)/bin
LUADIR  ?= $(PREFIX)/share/lua/5.4
LIBDIR  ?= $(PREFIX)/lib/lua/5.4
CC      ?= gcc
CFLAGS  ?= -O2 -g
LIBFLAG ?= -shared
WARNINGS = -Wall -Wextra -Wconversion -Wshadow $(if $(CI),-Werror)

# pkg-config where LuaRocks does not say; never -llua5.4: the interpreter brings its own.
PACKAGES     = libcmark yaml-0.1 libutf8proc libxxhash jansson expat
LUA_INCDIR  ?= $(patsubst -I%,%,$(filter -I%,$(shell pkg-config --cflags lua5.4)))
DEP_CFLAGS  := $(shell pkg-config --cflags $(PACKAGES) 2>/dev/null)
DEP_LIBS    := $(shell pkg-config --libs $(PACKAGES) 2>/dev/null)

SOURCES := $(sort $(wildcard csrc/*/*.c))
OBJECTS := $(SOURCES:csrc/%.c=$(B)/csrc/%.o)
MODULE  := $(B)/newsarchive/core.so
COMPILE  = $(CC) -std=c11 -D_POSIX_C_SOURCE=200809L $(WARNINGS) $(CFLAGS) -fPIC -fvisibility=hidden -Icsrc \
           -isystem $(LUA_INCDIR) $(DEP_CFLAGS)

# Flags that change rebuild everything.
STAMP := $(B)/flags
$(shell mkdir -p $(B); echo '$(COMPILE) $(LIBFLAG) $(LDFLAGS)' | cmp -s - $(STAMP) || echo '$(COMPILE) $(LIBFLAG) $(LDFLAGS)' > $(STAMP))

.PHONY: all
all: $(MODULE)

$(B)/csrc/%.o: csrc/%.c $(STAMP)
	@mkdir -p $(@D)
	$(COMPILE) -MMD -MP -c $< -o $@

$(MODULE): $(OBJECTS)
	@mkdir -p $(@D)
	$(CC) $(LIBFLAG) $(LDFLAGS) -o $@ $^ $(DEP_LIBS)

-include $(OBJECTS:.o=.d)
