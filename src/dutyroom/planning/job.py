"""The process that rehearses plans: ``python -m dutyroom.planning.job FOLDER``.

The folder holds ``job.json``; what comes of it is written beside it. It gives way to everything
else on the machine, and ends when its standard input does: with the server, or when it is stopped.
"""

import json
import os
import sys
import threading
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NoReturn

import msgspec

from dutyroom.citypack import PackRefused
from dutyroom.core.text import Language
from dutyroom.machine import garbage
from dutyroom.machine.child import when_asked_to_end
from dutyroom.machine.extras import missing_extra
from dutyroom.machine.files import write_whole
from dutyroom.planning.answers import Estimate, PlanFigures, RunResult

if TYPE_CHECKING:
    from dutyroom.rehearsal.comparing.comparison import Compared, Comparison
    from dutyroom.rehearsal.comparing.replicate import Rehearsed
    from dutyroom.rehearsal.results import figures

NICENESS: Final = 15
OVER: Final = ("done", "refused", "failed", "stopped")
STATE: Final = "state.json"
REPORTS: Final[dict[Language, str]] = {"en": "report.html", "zh": "report.zh.html"}
FILES: Final = (*REPORTS.values(), "figures.csv")


class RunState:
    """Says how far it is, in `STATE`; readers never see half of it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._guard = threading.Lock()
        self._over = False

    def say(self, state: str, **more: Any) -> None:
        """One of reading, compiling, running, writing; then one of ``OVER``."""
        with self._guard:
            if self._over:
                return
            self._over = state in OVER
            write(self.folder / STATE, {"state": state, **more})


def write(path: Path, what: dict[str, Any]) -> None:
    """JSON, whole or not at all."""
    write_whole(path, json.dumps(what, ensure_ascii=False))


def main(folder: Path) -> None:
    """Rehearse what ``job.json`` names; the first is what the others are compared with."""
    garbage.seldom()
    state = RunState(folder)
    when_asked_to_end(lambda: _stop(state))
    os.nice(NICENESS)
    try:
        _work(folder, state)
    except PackRefused as refused:
        problems = [
            {"file": p.file, "line": p.line, "message": p.message, "remedy": p.remedy}
            for p in refused.problems
        ]
        state.say("refused", problems=problems)
    except Exception as error:  # whatever it was: who waits for it reads it
        because = missing_extra(error) or f"{type(error).__name__}: {error}"
        state.say("failed", because=because)
        raise


def _stop(state: RunState) -> NoReturn:
    state.say("stopped")
    os._exit(0)


def _work(folder: Path, state: RunState) -> None:
    job = json.loads((folder / "job.json").read_text(encoding="utf-8"))
    count = len(job["plans"])
    state.say("reading", done=0, of=count)
    from dutyroom.rehearsal.comparing.clairvoyant import bound
    from dutyroom.rehearsal.comparing.comparison import side_by_side
    from dutyroom.rehearsal.comparing.figures_table import write_figures
    from dutyroom.rehearsal.comparing.parquet_records import write_records
    from dutyroom.rehearsal.comparing.replicate import rehearse
    from dutyroom.rehearsal.comparing.report import report
    from dutyroom.rehearsal.scenario.read import read_scenario
    from dutyroom.rehearsal.simulation.warm import is_warm

    scenarios = []
    for number, plan in enumerate(job["plans"]):
        try:
            scenarios.append(read_scenario(folder / str(number) / "scenario.json"))
        except PackRefused as refused:
            raise PackRefused(
                tuple(replace(one, file=plan["name"]) for one in refused.problems)
            ) from None
        state.say("reading", done=number + 1, of=count)
    if not is_warm():
        state.say("compiling")
    replications, whole = job["replications"], count * job["replications"]

    def say_running(before: int, ready: int, _of: int) -> None:
        state.say("running", done=before + ready, of=whole)

    done = [
        rehearse(
            scenario,
            replications=replications,
            workers=max(1, (os.cpu_count() or 2) - 1),
            progress=partial(say_running, number * replications),
        )
        for number, scenario in enumerate(scenarios)
    ]
    state.say("writing", done=whole, of=whole)
    for number, scenario in enumerate(scenarios):
        records = folder / str(number)
        write_records(scenario, records)
        write(records / "points.json", _points(scenario))
    bounds, beside = [bound(one) for one in done], side_by_side(done)
    for language, file in REPORTS.items():
        named = beside.named(_names(job, beside, language))
        write_whole(folder / file, report(named, bounds, language))
    write_figures(folder / "figures.csv", beside)
    write_whole(folder / "result.json", msgspec.json.encode(_results(job, beside)))
    state.say("done", done=whole, of=whole)


def _names(job: dict[str, Any], beside: "Comparison", language: Language) -> list[str]:
    """What the plans are called, for a reader of one language."""
    from dutyroom.planning.plans import TODAY, TODAY_TEXT

    today = TODAY_TEXT.said(language)
    pairs = zip(job["plans"], beside.scenarios, strict=True)
    return [today if plan["id"] == TODAY else one.name for plan, one in pairs]


def _points(scenario: Any) -> dict[str, Any]:
    """Where the points of the records are, and of which kind the units."""
    geography = scenario.geography
    return {
        "points": {
            key: [round(float(lon), 6), round(float(lat), 6)]
            for key, lon, lat in zip(geography.ids, geography.lon, geography.lat, strict=True)
        },
        "units": {u.id: {"base": geography.ids[u.base], "kind": u.agency} for u in scenario.units},
        "hours": scenario.hours,
        "first_hour": scenario.first_hour,
    }


def _results(job: dict[str, Any], beside: "Comparison") -> RunResult:
    from dutyroom.rehearsal.comparing.paired import MEASURES

    return RunResult(
        measures={m.name: m.unit for m in MEASURES},
        plans=tuple(
            _figures(plan, one, beside)
            for plan, one in zip(job["plans"], beside.scenarios, strict=True)
        ),
    )


def _figures(plan: dict[str, Any], compared: "Compared", beside: "Comparison") -> PlanFigures:
    """What a plan reached; an overloaded one has no figures, and nothing is compared with it."""
    one, found = compared.rehearsed, compared.differences
    means, differs = not one.overloaded, not (one.overloaded or beside.first.overloaded)
    return PlanFigures(
        id=plan["id"],
        name=plan["name"],
        replications=len(one.runs),
        overloaded=one.overloaded,
        figures={p.measure.name: _pair(p.second) for p in found} if means else {},
        differences={p.measure.name: (*_pair(p.difference), p.verdict) for p in found}
        if differs
        else {},
        areas=_areas(one) if means else {},
        losers=tuple((name, *_pair(change)) for name, change in compared.losers),
    )


def _areas(one: "Rehearsed") -> dict[str, tuple[Estimate, Estimate]]:
    """By area: 90th percentile of the response in seconds, and the share late."""
    from dutyroom.rehearsal.comparing.paired import by_value

    p90, late = (by_value(one, "area", name) for name in ("p90_s", "late"))
    return {area: (_pair(p90[area]), _pair(late[area])) for area in p90}


def _pair(found: "figures.Estimate") -> Estimate:
    mean, half_width = found.as_json()
    return mean, half_width


if __name__ == "__main__":
    main(Path(sys.argv[1]))
