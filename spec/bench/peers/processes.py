"""
processes.py COMMAND [ARGUMENT...]   runs it to its end: prints wall seconds, CPU seconds, peak KB and the exit status
"""
import os
import subprocess
import sys
import time

start = time.perf_counter()
process = subprocess.Popen(sys.argv[1:], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
_, status, used = os.wait4(process.pid, 0)
wall = time.perf_counter() - start
print(f"{wall:.6f} {used.ru_utime + used.ru_stime:.6f} {used.ru_maxrss} {os.waitstatus_to_exitcode(status)}")
