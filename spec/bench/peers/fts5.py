"""
SQLite's FTS5 on the titles of stories: words alone, stemmed, best by bm25.

  fts5.py index STORIES.jsonl DATABASE     CPU seconds, peak KB, bytes
  fts5.py query DATABASE QUERIES           see measured.print_queries; all words must be there
  fts5.py rank STORIES.jsonl IDS RUN SECONDS
      the titles of the stories in IDS as queries of which any word is enough: lines of `id id1 id2 ...` into RUN, of as
      many evenly spread IDS as SECONDS of CPU time allow; prints how many
"""
import json
import os
import re
import sqlite3
import sys
import time

import measured

TABLE = "create virtual table t using fts5(title, tokenize='porter unicode61')"
FIND = "select rowid from t where t match ? order by rank limit 10"
FIND_MANY = "select rowid from t where t match ? order by rank limit 101"  # judging takes some out
TRIED = 20  # queries that tell how long one takes


def index(stories, path):
    if os.path.exists(path):
        os.remove(path)
    database = sqlite3.connect(path)
    database.execute(TABLE)
    database.executemany("insert into t values (?)", ((title,) for title in measured.titles(stories)))
    database.execute("insert into t(t) values ('optimize')")
    database.commit()
    database.close()
    measured.print_index(os.path.getsize(path))


def query(path, queries):
    start = time.process_time_ns()
    database = sqlite3.connect(path)
    database.execute("pragma mmap_size = 1073741824")
    measured.print_queries(queries, start, lambda words: database.execute(FIND, (words,)).fetchall())


def write_run(database, ids, by_id, asked, out):
    for number in asked:
        words = sorted(set(re.findall(r"\w+", by_id[number].lower())))
        found = database.execute(FIND_MANY, (" OR ".join(f'"{word}"' for word in words),)).fetchall()
        out.write(" ".join([number] + [ids[row - 1] for row, in found if ids[row - 1] != number]) + "\n")


def rank(stories, asked, run, seconds):
    with open(stories, encoding="utf-8") as lines:
        by_id = {story["id"]: story["title"] for story in map(json.loads, lines)}
    ids = list(by_id)
    with open(asked, encoding="utf-8") as file:
        asked = [number for number in file.read().split() if number in by_id]
    database = sqlite3.connect(":memory:")
    database.execute(TABLE)
    database.executemany("insert into t values (?)", ((title,) for title in by_id.values()))
    start = time.process_time()
    with open(os.devnull, "w", encoding="utf-8") as nowhere:
        write_run(database, ids, by_id, asked[:: max(1, len(asked) // TRIED)][:TRIED], nowhere)
    each = (time.process_time() - start) / TRIED
    step = max(1, -int(-len(asked) * each // float(seconds)))
    with open(run, "w", encoding="utf-8") as out:
        write_run(database, ids, by_id, asked[::step], out)
    print(len(asked[::step]))


if __name__ == "__main__":
    {"index": index, "query": query, "rank": rank}[sys.argv[1]](*sys.argv[2:])
