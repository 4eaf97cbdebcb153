"""Journaled actions through the whole stack, beside one bare INSERT per request.

An action here adds a note: HTTP in, policy, decision, AES-256-GCM seal, journal entry, board row,
committed with synchronous writes, answered. The limit is the same server, with the same sign-in,
CSRF check and database settings, doing one INSERT and one commit per request.

Rates hang on what else the machine does meanwhile; the server's processor time per request much
less so, and the share of it is printed beside the ratio of the rates.
"""

import argparse
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from bench.client import sign_in
from bench.serving import ROOT, Cores, Running, servers

ACTION = "/api/actions/incident.add_note"
BARE = "/bench/insert"


@dataclass(frozen=True)
class Measured:
    """Requests per second, p50 and p99 of their durations, the server's processor time for each,
    and how busy the cores were."""

    rate_per_s: float
    p50_ms: float
    p99_ms: float
    processor_ms: float
    busy: str


def measure(server: Running, path: str, clients: int, seconds: float) -> Measured:
    """Send for so long, by a process of its own; the session is there before."""
    command = [sys.executable, "-m", "bench.client", str(server.port), path]
    command += [str(clients), str(seconds), "--headers", sign_in(server.port)]
    cores, before_s = Cores(), processor_s(server)
    out = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True).stdout
    used_s, busy = processor_s(server) - before_s, cores.busy()
    durations = sorted(duration for _, duration in json.loads(out))
    n = len(durations)
    p50, p99 = durations[n // 2] * 1e3, durations[min(n - 1, n * 99 // 100)] * 1e3
    return Measured(n / seconds, p50, p99, used_s / n * 1e3, busy)


def processor_s(server: Running) -> float:
    """What the server's process has used of processors so far, also for the system (the database's
    own processes are not in it)."""
    fields = Path(f"/proc/{server.process.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def main() -> None:
    """Print one line per database and number of clients."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="two seconds per figure, not eight")
    parser.add_argument("--database", choices=["sqlite", "postgresql"], action="append")
    asked = parser.parse_args()
    seconds = 2.0 if asked.quick else 8.0
    print("client: a process of its own on the same machine; cores: busy share while measuring")
    print("ratio: of the rates; share: of the server's processor time (cpu) per INSERT and action")
    print(f"{'database':<11}{'clients':>8}{'actions/s':>11}{'p50 ms':>8}{'p99 ms':>8}{'cpu ms':>8}"
          f"{'INSERT/s':>10}{'p99 ms':>8}{'cpu ms':>8}{'ratio':>7}{'share':>7}"
          "  cores (actions | INSERT)")  # fmt: skip
    for kind in asked.database or ["sqlite", "postgresql"]:
        with servers(kind, 1, "bench.bare_settings") as ([server], _):
            for path in (ACTION, BARE):
                measure(server, path, 4, 1.0)  # warm up
            for clients in (1, 16, 64):
                one = measure(server, ACTION, clients, seconds)
                bare = measure(server, BARE, clients, seconds)
                print(f"{kind:<11}{clients:>8}{one.rate_per_s:>11.0f}{one.p50_ms:>8.1f}"
                      f"{one.p99_ms:>8.1f}{one.processor_ms:>8.2f}{bare.rate_per_s:>10.0f}"
                      f"{bare.p99_ms:>8.1f}{bare.processor_ms:>8.2f}"
                      f"{one.rate_per_s / bare.rate_per_s:>7.2f}"
                      f"{bare.processor_ms / one.processor_ms:>7.2f}  {one.busy} | {bare.busy}",
                      flush=True)  # fmt: skip


if __name__ == "__main__":
    main()
