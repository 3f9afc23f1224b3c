"""
Xapian on the titles of stories: words alone, stemmed, best by its BM25.

  xapian_titles.py index STORIES.jsonl DATABASE     CPU seconds, peak KB, bytes
  xapian_titles.py query DATABASE QUERIES           see measured.print_queries; all words must be there
"""
import os
import shutil
import sys
import time

import xapian

import measured


def index(stories, path):
    shutil.rmtree(path, ignore_errors=True)
    database = xapian.WritableDatabase(path, xapian.DB_CREATE)
    generator = xapian.TermGenerator()
    generator.set_stemmer(xapian.Stem("en"))
    for title in measured.titles(stories):
        document = xapian.Document()
        generator.set_document(document)
        generator.index_text(title)
        database.add_document(document)
    database.commit()
    database.close()
    measured.print_index(sum(entry.stat().st_size for entry in os.scandir(path)))


def query(path, queries):
    start = time.process_time_ns()
    database = xapian.Database(path)
    parser = xapian.QueryParser()
    parser.set_stemmer(xapian.Stem("en"))
    parser.set_stemming_strategy(parser.STEM_SOME)
    parser.set_default_op(xapian.Query.OP_AND)
    enquire = xapian.Enquire(database)

    def find(words):
        enquire.set_query(parser.parse_query(words))
        return [match.docid for match in enquire.get_mset(0, 10)]

    measured.print_queries(queries, start, find)


if __name__ == "__main__":
    {"index": index, "query": query}[sys.argv[1]](*sys.argv[2:])
