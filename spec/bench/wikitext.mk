# make bench-wikitext: pages a second, and that doubling a page doubles the time at most.
BENCHES += bench-wikitext

.PHONY: bench-wikitext
bench-wikitext: all
	@LUA_PATH='lua/?.lua;lua/?/init.lua;;' LUA_CPATH='$(B)/?.so;;' $(LUA) spec/bench/wikitext.lua
