# make bench-mediawiki: API answers and XML exports beside the wikitext in them, and finding stories again.
BENCHES += bench-mediawiki

.PHONY: bench-mediawiki
bench-mediawiki: all
	@$(RUN_LUA) spec/bench/mediawiki.lua
