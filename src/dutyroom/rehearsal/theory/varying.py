"""Servers by the hour, where the calls change with the hour.

The load lags behind the calls by about a service time; a formula for steady state that takes each
hour by itself therefore staffs the morning's rise too high and its fall too low.
"""

from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from dutyroom.rehearsal.theory.erlang import servers_for

type Floats = NDArray[np.float64]
HOUR_S: Final = 3600.0
_STEPS: Final = 60
"""Moments that are looked at in an hour."""

Method = Literal["offered_load", "lagged", "plain"]


def offered_load(calls_per_h: Floats, service_s: float) -> Floats:
    """The mean number of busy servers, if there were always one, at every minute of the cycle.

    ``calls_per_h``: by hour, going round for ever. Shape (60 x hours,). The M_t/M/inf queue:
    m' = calls - m / service, exact for rates that are constant within the hour; Eick, Massey and
    Whitt, "The physics of the Mt/G/inf queue", Operations Research 41 (1993).
    """
    rate_s = np.repeat(np.asarray(calls_per_h, np.float64) / HOUR_S, _STEPS)
    step_s = HOUR_S / _STEPS
    kept = np.exp(-step_s / service_s)
    gained = rate_s * service_s * (1.0 - kept)
    load = np.empty(len(rate_s))
    # One turn from nothing gives what the cycle adds; what is left of the start is geometric.
    now = 0.0
    for each in gained:
        now = now * kept + each
    now /= 1.0 - kept ** len(gained)
    for at, each in enumerate(gained):
        now = now * kept + each
        load[at] = now
    return load


def load_by_hour(calls_per_h: Floats, service_s: float, method: Method = "offered_load") -> Floats:
    """The load that each hour is staffed for, in erlangs.

    ``offered_load``: the greatest of ``offered_load`` within the hour; Jennings, Mandelbaum, Massey
    and Whitt, "Server staffing to meet time-varying demand", Management Science 42 (1996).
    ``lagged``: the mean of the calls one service time earlier; Green, Kolesar and Soares,
    "Improving the SIPP approach", Operations Research 49 (2001), there "Lag Avg".
    ``plain``: each hour by itself.
    """
    calls_per_h = np.asarray(calls_per_h, np.float64)
    if method == "offered_load":
        most: Floats = offered_load(calls_per_h, service_s).reshape(-1, _STEPS).max(axis=1)
        return most
    if method == "plain":
        return calls_per_h * service_s / HOUR_S
    minutes = np.repeat(calls_per_h, _STEPS)
    earlier = np.roll(minutes, round(service_s / HOUR_S * _STEPS))
    mean: Floats = earlier.reshape(-1, _STEPS).mean(axis=1) * service_s / HOUR_S
    return mean


def staffing(
    calls_per_h: Floats,
    service_s: float,
    limit_s: float,
    share: float,
    method: Method = "offered_load",
) -> NDArray[np.int64]:
    """The fewest servers by hour with which ``share`` of the calls wait at most ``limit_s``.

    By Erlang C on ``load_by_hour``. It knows neither travel nor place nor plans of several units:
    start from it, and rehearse.
    """
    loads = load_by_hour(calls_per_h, service_s, method)
    found = [servers_for(float(load), service_s, limit_s, share) for load in loads]
    return np.array(found, np.int64)
