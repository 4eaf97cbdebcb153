"""`journal verify` and `journal rebuild` of a large room: how long, and how much memory; of
rebuilding an estimate from a part, too."""

import os
import re
import signal
import subprocess
import sys
import time

from bench.serving import CLI, ROOT

_HOW_FAR = re.compile(r"([\d,]+) of ([\d,]+)")


def journal(env: dict[str, str], what: str, most_s: float | None = None) -> None:
    """Do so with the journal, and print how it went. After ``most_s`` seconds rebuilding is ended
    half-way, which leaves everything as it was, and what is printed is an estimate."""
    began = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-c", CLI, "journal", what],
        env=env,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    ended, far, first_s, said_s = False, "", 0.0, 0.0
    for line in process.stderr:
        far = line if _HOW_FAR.search(line) else far
        said_s = time.perf_counter() - began
        first_s = first_s or said_s
        print(f"  {said_s:.0f} s, {line.strip()}", file=sys.stderr, flush=True)
        if most_s is not None and said_s > most_s and far == line and not ended:
            process.send_signal(signal.SIGTERM)
            ended = True
    said = process.stdout.read().strip()
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode and not ended:
        raise SystemExit(f"journal {what} ended with {process.returncode}")
    found = _HOW_FAR.search(far)
    if ended and found is not None:
        done, of = (int(one.replace(",", "")) for one in found.groups())
        whole_min = (said_s - first_s) * of / done / 60
        said = f"ended at {done:,} of {of:,} entries; all would take {whole_min:.0f} min"
    print(
        f"{what}: {said}; {time.perf_counter() - began:.1f} s, "
        f"{used.ru_utime + used.ru_stime:.1f} s of processor, "
        f"at most {used.ru_maxrss // 1024} MB",
        flush=True,
    )
