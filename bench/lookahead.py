"""How long a look at the next hour takes: a thousand rehearsals on one core.

60 units and 30 calls an hour against 50 ms; 300 units and 300 calls an hour against 500 ms.

    python -m bench.lookahead [--quick]
"""

import sys
import time
from typing import Final

import numpy as np

from dutyroom.domain.values import Need
from dutyroom.rehearsal.lookahead.outlook import LookAhead, UnitNow
from dutyroom.rehearsal.scenario.model import (
    CallKind,
    Duration,
    Geography,
    Scenario,
    ScenarioUnit,
)
from dutyroom.rehearsal.simulation.rules import Rules

ROUNDS: Final = 15


def main() -> None:
    rounds = 5 if "--quick" in sys.argv else ROUNDS
    for units, per_h, limit_ms in ((60, 30.0, 50.0), (300, 300.0, 500.0)):
        ahead = LookAhead(town(units, per_h), replications=1000)
        picture = [
            UnitNow(unit.base, 0.0 if number % 3 else 900.0)
            for number, unit in enumerate(ahead.builder.units)
        ]
        ahead.look(picture)
        took_ms = []
        for seed in range(rounds):
            start = time.perf_counter()
            outlook = ahead.look(picture, seed=seed)
            took_ms.append((time.perf_counter() - start) * 1000)
        median = float(np.median(took_ms))
        print(
            f"{units} units, {per_h:.0f} calls/h, {outlook.replications:,} rehearsals of an hour: "
            f"median {median:.1f} ms, worst {max(took_ms):.1f} ms, "
            f"{median / limit_ms:.2f} of the limit of {limit_ms:.0f} ms"
        )
    _instead(rounds)


def _instead(rounds: int) -> None:
    """Eight candidates in the dispatch panel, each rehearsed instead of the recommended unit."""
    ahead = LookAhead(town(60, 30.0), replications=1000)
    now = [
        UnitNow(unit.base, 0.0 if number % 3 else 900.0)
        for number, unit in enumerate(ahead.builder.units)
    ]

    def sent(unit: int) -> list[UnitNow]:
        return [UnitNow(500, 1800.0) if n == unit else one for n, one in enumerate(now)]

    others = [sent(unit) for unit in (2, 4, 5, 7, 8, 10, 11, 13)]
    took_ms = []
    for seed in range(rounds):
        start = time.perf_counter()
        ahead.instead(sent(1), others, seed=seed)
        took_ms.append((time.perf_counter() - start) * 1000)
    median = float(np.median(took_ms))
    print(
        f"60 units, 30 calls/h, {len(others)} candidates against the recommended unit: "
        f"median {median:.1f} ms, {median / (len(others) + 1):.1f} ms for each picture"
    )


def town(units: int, per_h: float) -> Scenario:
    """A square town: 1,000 points in 25 areas, units spread evenly, two priorities."""
    rng = np.random.default_rng(1)
    x_m, y_m = rng.uniform(0, 15_000, (2, 1000))
    travel = np.hypot(x_m[:, None] - x_m, y_m[:, None] - y_m) * 1.35 / 9.0
    zone = tuple(f"{int(x // 3000)}-{int(y // 3000)}" for x, y in zip(x_m, y_m, strict=True))
    none = np.zeros(0)
    bases = np.linspace(0, 999, units).astype(int)
    work = Duration(1500.0, 0.8)
    return Scenario(
        name="town",
        geography=Geography(
            tuple(map(str, range(1000))), x_m, y_m, none, none, zone, travel
        ),
        units=tuple(
            ScenarioUnit(f"U{n}", int(base), frozenset({"any"})) for n, base in enumerate(bases)
        ),
        capabilities=("any",),
        facilities=(),
        posts=(),
        rules=Rules(),
        kinds=(
            CallKind("urgent", 0.3 * per_h, 1, (Need("any", 1),), work),
            CallKind("other", 0.7 * per_h, 3, (Need("any", 1),), work),
        ),
        given=None,
        hours=1.0,
        warm_up_h=0.0,
        first_hour=0,
        seed=1,
        replications=1,
        targets_s={},
    )  # fmt: skip


if __name__ == "__main__":
    main()
