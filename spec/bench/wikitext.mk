# make bench-wikitext: pages a second, and that doubling a page doubles the time.
# The allocator keeps what it has: else what doubles from some size on is the kernel's clearing of pages.
BENCHES += bench-wikitext

.PHONY: bench-wikitext
bench-wikitext: all
	@MALLOC_TRIM_THRESHOLD_=4000000000 MALLOC_MMAP_THRESHOLD_=4000000000 \
	  LUA_PATH='lua/?.lua;lua/?/init.lua;;' LUA_CPATH='$(B)/?.so;;' $(LUA) spec/bench/wikitext.lua
