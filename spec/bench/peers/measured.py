"""What the scripts of the peers share: the texts of stories, queries, times."""
import json
import resource
import time

REPEATS = 3  # of a query, of which the least counts, since others use the machine, too


def titles(path):
    """The titles of a file of JSON Lines, in its order."""
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)["title"]


def print_index(size):
    """CPU seconds and peak kilobytes of this process so far, and the bytes of its index."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"{time.process_time():.6f} {peak} {size}")


def print_queries(path, start, find):
    """
    Microseconds from `start` (CPU, in ns) to the first answer, then the median and the 99th percentile of each set of
    queries; sets are parted by an empty line. `find` takes the words.
    """
    with open(path, encoding="utf-8") as file:
        sets = [part.split("\n") for part in file.read().strip().split("\n\n")]
    find(sets[0][0])
    print(f"{(time.process_time_ns() - start) / 1000:.1f}")
    for queries in sets:
        times = []
        for query in queries:
            least = float("inf")
            for _ in range(REPEATS):
                begin = time.process_time_ns()
                find(query)
                least = min(least, time.process_time_ns() - begin)
            times.append(least / 1000)
        times.sort()
        print(f"{times[-(-len(times) // 2) - 1]:.1f} {times[-(-len(times) * 99 // 100) - 1]:.1f}")
