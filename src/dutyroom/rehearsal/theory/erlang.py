"""Queues with one kind of server: Erlang's formulas, and priorities.

``load`` is the offered load in erlangs: calls per second x mean service in seconds.
"""

from collections.abc import Sequence
from math import exp, inf, log

import numpy as np


class Overloaded(ValueError):
    """More work comes in than the servers can do: a queue would grow without end."""

    def __init__(self, servers: int, load: float) -> None:
        least = int(load) + 1
        super().__init__(
            f"{servers} servers can't do {load:.3g} erlangs of work: use at least {least}, or let "
            "calls that find nobody go elsewhere"
        )


def erlang_b(servers: int, load: float) -> float:
    """The share of calls lost in M/M/c/c; ValueError for negative numbers.

    Erlang (1917), by the recursion 1/B(c) = 1 + c / (load x B(c - 1)), which never overflows.
    """
    _check(servers, load)
    if load == 0.0:
        return 1.0 if servers == 0 else 0.0
    inverse = 1.0
    for each in range(1, servers + 1):
        inverse = 1.0 + inverse * each / load
        if inverse == inf:
            return 0.0
    return 1.0 / inverse


def erlang_c(servers: int, load: float) -> float:
    """The share of calls that wait in M/M/c: Erlang (1917), from the loss formula.

    ``Overloaded`` where the queue has no end.
    """
    _check(servers, load)
    if load >= servers:
        raise Overloaded(servers, load)
    lost = erlang_b(servers, load)
    return lost / (1.0 - load / servers * (1.0 - lost))


def mean_wait_s(servers: int, load: float, service_s: float) -> float:
    """The mean wait in M/M/c, of all calls, in the unit of ``service_s``."""
    return erlang_c(servers, load) * service_s / (servers - load)


def waits_over(servers: int, load: float, service_s: float, limit_s: float) -> float:
    """The share of calls in M/M/c, first come first served, that wait longer than ``limit_s``."""
    return erlang_c(servers, load) * exp(-(servers - load) * limit_s / service_s)


def wait_percentile_s(servers: int, load: float, service_s: float, share: float) -> float:
    """What ``share`` of the calls in M/M/c, first come first served, wait at most."""
    waits = erlang_c(servers, load)
    if waits <= 1.0 - share:
        return 0.0
    return log(waits / (1.0 - share)) * service_s / (servers - load)


def servers_for(load: float, service_s: float, limit_s: float, share: float) -> int:
    """The fewest servers with which ``share`` of the calls wait no longer than ``limit_s``."""
    if not 0.0 < share < 1.0:
        raise ValueError(f"a share between 0 and 1 can be reached, not {share}")
    servers = int(load) + 1
    while waits_over(servers, load, service_s, limit_s) > 1.0 - share:
        servers += 1
    return servers


def priority_waits_s(servers: int, loads: Sequence[float], service_s: float) -> list[float]:
    """The mean wait by priority in M/M/c, the most urgent first; work isn't interrupted.

    Cobham, "Priority assignment in waiting line problems", Operations Research 2 (1954); with the
    same exponential service for all: C(c) x service / (c (1 - before) (1 - before and own)), where
    *before* is the work of the more urgent, by server. A priority whose work, with that before it,
    is more than there are servers for waits for ever (inf).
    """
    total = float(np.sum(loads))
    whole = erlang_c(servers, total) if total < servers else 1.0
    waits, before = [], 0.0
    for load in loads:
        after = before + load / servers
        if after >= 1.0:
            waits.append(inf)
        elif total >= servers:
            # Below the level that is starved, all servers are always at work.
            waits.append(service_s / (servers * (1.0 - before) * (1.0 - after)))
        else:
            waits.append(whole * service_s / (servers * (1.0 - before) * (1.0 - after)))
        before = min(after, 1.0)
    return waits


def _check(servers: int, load: float) -> None:
    if servers < 0 or load < 0.0:
        raise ValueError(f"servers and load can't be negative: {servers}, {load}")
