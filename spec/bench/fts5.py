"""Related stories by SQLite's FTS5 alone: fts5.py STORIES.jsonl QUERIES > RUN; CPU seconds on stderr.

All words of a story's headline, any of which may be in another one, ranked by FTS5's BM25, stemmed by its "porter".
"""
import json
import re
import sqlite3
import sys
import time

DEPTH = 60

stories = [json.loads(line) for line in open(sys.argv[1], encoding="utf-8")]
titles = {story["id"]: story["title"] for story in stories}
base = sqlite3.connect(":memory:")
base.execute("create virtual table news using fts5(title, tokenize = 'porter unicode61')")
base.executemany("insert into news(rowid, title) values (?, ?)", ((i, s["title"]) for i, s in enumerate(stories)))
start = time.process_time()
for line in open(sys.argv[2], encoding="utf-8"):
    query = line.strip()
    words = dict.fromkeys(re.findall(r"\w+", titles[query].lower()))
    match = " OR ".join('"%s"' % word for word in words)
    rows = base.execute("select rowid from news where news match ? order by rank limit ?", (match, DEPTH + 1))
    found = [stories[row]["id"] for row, in rows.fetchall()]
    print(query, *[other for other in found if other != query][:DEPTH])
print("%.3f" % (time.process_time() - start), file=sys.stderr)
