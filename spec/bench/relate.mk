# Relations by relevance, where the judged set is; the figures are for every second query and the others together.
BENCHES += bench-relate
.PHONY: bench-relate

bench-relate: all  ## relations and threads: quality, cost, churn
	@$(RUN_LUA) spec/bench/relate.lua
