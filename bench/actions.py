"""Journaled actions through the whole stack, beside one bare INSERT per request.

An action here adds a note: HTTP in, policy, decision, AES-256-GCM seal, journal entry, board row,
committed with synchronous writes, answered. The limit is the same server, with the same sign-in,
CSRF check and database settings, doing one INSERT and one commit per request.
"""

import argparse
import json
import subprocess
import sys

from bench.serving import ROOT, Cores, server

ACTION = "/api/actions/incident.add_note"
BARE = "/bench/insert"


def measure(port: int, path: str, clients: int, seconds: float) -> tuple[float, float, float, str]:
    """Requests per second, p50 and p99 in milliseconds, and how busy the cores were."""
    cores = Cores()
    command = [sys.executable, "-m", "bench.client", str(port), path, str(clients), str(seconds)]
    out = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True).stdout
    durations = sorted(duration for _, duration in json.loads(out))
    n = len(durations)
    busy = cores.busy()
    return n / seconds, durations[n // 2] * 1e3, durations[min(n - 1, n * 99 // 100)] * 1e3, busy


def main() -> None:
    """Print one line per database and number of clients."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="two seconds per figure, not eight")
    parser.add_argument("--database", choices=["sqlite", "postgresql"], action="append")
    asked = parser.parse_args()
    seconds = 2.0 if asked.quick else 8.0
    print("client: a process of its own on the same machine; cores: busy share while measuring")
    print(f"{'database':<11}{'clients':>8}{'actions/s':>11}{'p50 ms':>8}{'p99 ms':>8}"
          f"{'INSERT/s':>10}{'p99 ms':>8}{'ratio':>7}  cores (actions | INSERT)")  # fmt: skip
    for kind in asked.database or ["sqlite", "postgresql"]:
        with server(kind, "bench.bare_settings") as (port, _):
            for path in (ACTION, BARE):
                measure(port, path, 4, 1.0)  # warm up
            for clients in (1, 16, 64):
                rate, p50, p99, busy = measure(port, ACTION, clients, seconds)
                bare, _, bare_p99, bare_busy = measure(port, BARE, clients, seconds)
                print(f"{kind:<11}{clients:>8}{rate:>11.0f}{p50:>8.1f}{p99:>8.1f}"
                      f"{bare:>10.0f}{bare_p99:>8.1f}{rate / bare:>7.2f}  {busy} | {bare_busy}",
                      flush=True)  # fmt: skip


if __name__ == "__main__":
    main()
