"""Service times that were measured on recorded calls, kept as a small TOML file.

`docs/reference/scenarios.md` ("Fitted service times") describes the file.
"""

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, Literal

from dutyroom.machine.files import write_whole
from dutyroom.reading.problems import PackRefused, Problem
from dutyroom.rehearsal.scenario.model import Duration

FILE: Final = "fitted.toml"
"""What the file is called in a room's folder."""
FEWEST: Final = 20
"""A category with fewer records of a step takes the figures of all calls."""

type Step = Literal["handling", "turnout", "on_scene"]
STEPS: Final[tuple[Step, ...]] = ("handling", "turnout", "on_scene")


@dataclass(frozen=True, slots=True)
class Measured:
    """Mean and standard deviation of one step, in seconds, over ``count`` records."""

    mean_s: float
    spread_s: float
    count: int

    @property
    def duration(self) -> Duration:
        """As a scenario takes it: a lognormal of the same mean and spread."""
        return Duration(self.mean_s, self.spread_s / self.mean_s if self.mean_s else 0.0)


@dataclass(frozen=True, slots=True)
class FittedTimes:
    """What was measured: ``source`` is the dataset or ``journal``, ``pack`` the name of the city
    pack, the period in ms (UTC). ``whole_minutes``: the record has no seconds, so a mean may be
    off by some, and a short step looks more spread than it is."""

    source: str
    pack: str
    begin_ms: int
    end_ms: int
    whole_minutes: bool
    calls: int
    every: Mapping[Step, Measured]
    by_category: Mapping[str, Mapping[Step, Measured]] = field(default_factory=dict)

    def of(self, category: str, step: Step) -> Measured | None:
        """The figures of a category; of all calls where it has too few; None where those have too.

        ``handling`` is from the call to the first dispatch, ``turnout`` from a unit's dispatch
        until it set out, ``on_scene`` from its arrival until it was free (with transport, if any).
        """
        for found in (self.by_category.get(category, {}).get(step), self.every.get(step)):
            if found is not None and found.count >= FEWEST:
                return found
        return None


def write_fitted(path: Path, fitted: FittedTimes) -> None:
    """Write the file whole, or leave the one that is there."""
    lines = [
        "# Service times measured on recorded calls; written by: dutyroom rehearse ... --save-fit",
        f"source = {_quoted(fitted.source)}",
        f"pack = {_quoted(fitted.pack)}",
        f"begin = {_moment(fitted.begin_ms)}",
        f"end = {_moment(fitted.end_ms)}",
        f"whole_minutes = {'true' if fitted.whole_minutes else 'false'}",
        f"calls = {fitted.calls}",
        *_steps("all", fitted.every),
    ]
    for category in sorted(fitted.by_category):
        lines += _steps(f"category.{_quoted(category)}", fitted.by_category[category])
    write_whole(path, "\n".join(lines) + "\n")


def read_fitted(path: Path) -> FittedTimes | None:
    """What the file says; None if there is none. `PackRefused` if it can't be used."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise _refused(path, str(error)) from error
    try:
        return _parsed(tomllib.loads(text))
    except KeyError as error:
        raise _refused(path, f"{error.args[0]} is missing") from error
    except (tomllib.TOMLDecodeError, TypeError, ValueError, AttributeError) as error:
        raise _refused(path, str(error)) from error


def _parsed(found: dict[str, Any]) -> FittedTimes:
    return FittedTimes(
        source=str(found["source"]),
        pack=str(found["pack"]),
        begin_ms=_ms(found["begin"]),
        end_ms=_ms(found["end"]),
        whole_minutes=bool(found["whole_minutes"]),
        calls=int(found["calls"]),
        every=_measured(found.get("all", {})),
        by_category={code: _measured(of) for code, of in found.get("category", {}).items()},
    )


def _measured(found: dict[str, Any]) -> dict[Step, Measured]:
    return {step: _one(step, found[step]) for step in STEPS if step in found}


def _one(step: str, found: dict[str, Any]) -> Measured:
    one = Measured(float(found["mean_s"]), float(found["spread_s"]), int(found["count"]))
    whole = (one.mean_s, one.spread_s, one.count)
    if not all(0 <= value < float("inf") for value in whole):
        raise ValueError(f"{step}: mean_s, spread_s and count can't be below 0, or without end")
    return one


def _steps(table: str, steps: Mapping[Step, Measured]) -> list[str]:
    return [
        f"\n[{table}.{step}]\nmean_s = {one.mean_s:.1f}\nspread_s = {one.spread_s:.1f}\n"
        f"count = {one.count}"
        for step, one in steps.items()
    ]


def _quoted(text: str) -> str:
    # JSON's strings are TOML's, but for DEL, which TOML wants escaped.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _moment(at_ms: int) -> str:
    return datetime.fromtimestamp(at_ms / 1000, UTC).isoformat(timespec="milliseconds")


def _ms(moment: object) -> int:
    if not isinstance(moment, datetime) or moment.tzinfo is None:
        raise ValueError("begin and end are moments with an offset, such as 2026-11-20T18:00:00Z")
    return round(moment.timestamp() * 1000)


def _refused(path: Path, why: str) -> PackRefused:
    remedy = "Save it anew with dutyroom rehearse ... --save-fit, or delete it"
    return PackRefused((Problem(str(path), None, why, remedy),))
