# make bench-search: queries over the shared English stories, or else the examples, beside SQLite's FTS5 (python3).
BENCHES += bench-search

.PHONY: bench-search
bench-search: all $(B)/bench/days
	@$(COMMAND) parse $(B)/bench/days >$(B)/bench/stories.jsonl 2>/dev/null || :
	@$(RUN_LUA) spec/bench/search.lua $(B)/bench/stories.jsonl
