"""Run as a script, by `running.py` and `xlsx/reading.py` alone: lay the limits on this process, then run the script named.

It imports nothing of ours. Arguments: memory in bytes, seconds of CPU, bytes that may be written, the script, its own.
"""

import os
import resource
import runpy
import sys

OPEN_FILES = 64
# Whoever waits for a page comes before whoever has a file looked at.
NICENESS = 10


def main(memory: str, seconds: str, written: str, script: str, *arguments: str) -> None:
    os.nice(NICENESS)
    for which, limit in (
        (resource.RLIMIT_AS, int(memory)),
        (resource.RLIMIT_CPU, int(seconds)),
        (resource.RLIMIT_FSIZE, int(written)),
        (resource.RLIMIT_NOFILE, OPEN_FILES),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(which, (limit, limit))
    sys.argv = [script, *arguments]
    runpy.run_path(script, run_name="__main__")


if __name__ == "__main__":
    main(*sys.argv[1:])
