"""Seconds and peak memory of ``h248 demo all`` as a whole process.

python bench/demo.py [--runs 5]
"""

import argparse
import os
import statistics
import subprocess
import sys
import time


def run_once() -> tuple[float, float, int]:
    """Run the demo once; return wall seconds, CPU seconds and peak resident memory in KiB."""
    start = time.perf_counter()
    child = subprocess.Popen([sys.executable, "cli.py", "demo", "all"], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    if os.waitstatus_to_exitcode(status) != 0:
        raise SystemExit("the demo failed")
    return time.perf_counter() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss


def main() -> None:
    """Print the median and the range of several runs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    runs = [run_once() for _ in range(parser.parse_args().runs)]
    names = ("wall s", "CPU s", "peak KiB")
    for name, values in zip(names, zip(*runs, strict=True), strict=True):
        print(f"{name:9} median {statistics.median(values):10.2f}   {min(values):.2f} .. {max(values):.2f}")


if __name__ == "__main__":
    main()
