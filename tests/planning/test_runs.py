"""Rehearsals of plans, in a process of their own."""

import json
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from tests.harness.answers import is_of

from dutyroom.core.text import Text
from dutyroom.machine.child import Child
from dutyroom.planning.answers import Replay, Run, RunResult
from dutyroom.planning.job import OVER, write
from dutyroom.planning.plans import TODAY, NoPlan, Plans
from dutyroom.planning.replay import replay
from dutyroom.planning.runs import Asked, NoRun, Running, Runs
from dutyroom.planning.shown import Plan

pytestmark = pytest.mark.slow


@pytest.fixture
def runs_as_in_life(tmp_path: Path) -> Iterator[Runs]:
    """Each in a process that begins as a server's do."""
    made = Runs(tmp_path / "runs")
    yield made
    key = made.current()
    if key is not None:
        made.stop(key)


@pytest.fixture
def runs(forked_children: None, runs_as_in_life: Runs) -> Runs:
    return runs_as_in_life


def finished(runs: Runs, key: str) -> Run:
    """The run's last word."""
    while runs.current() == key:
        time.sleep(0.05)
    return runs.state(key)


def test_plans_are_rehearsed_side_by_side_and_can_be_watched(
    plans: Plans, runs_as_in_life: Runs
) -> None:
    runs = runs_as_in_life
    more = plans.save(None, Plan(name="half more", changes=[{"do": "scale_calls", "by": 1.5}]))
    asked = Asked(plans=[TODAY, more], hours=24, replications=4, calls_per_h=3)
    key = runs.start(plans, asked, at_ms=1_000)
    state = finished(runs, key)
    assert (state.state, state.done, state.of) == ("done", 8, 8)
    result = runs.result(key)
    today, planned = result.plans
    assert [today.name, planned.name] == ["Today 现状", "half more"]
    assert today.figures["mean_s"][0] > 0
    assert today.differences["mean_s"][0] == 0
    busy = planned.differences["busy"]
    assert busy[0] > 0
    assert busy[2], "half as many calls again are more work, beyond doubt"
    assert planned.areas.keys() == today.areas.keys()
    report, chinese = (
        runs.file(key, name).read_text("utf-8") for name in ("report.html", "report.zh.html")
    )
    for page, today_is in ((report, "Today"), (chinese, "现状")):
        assert "half more" in page
        assert f"<td>{today_is}</td>" in page
        assert "Today 现状" not in page
    (runs.folder / key / "report.zh.html").unlink()
    assert runs.file(key, "report.zh.html").name == "report.html", "as older runs have it"
    assert runs.file(key, "figures.csv").read_text("utf-8-sig").startswith("scenario,by,of,")

    units, calls, points = (
        runs.file(key, f"1/{name}") for name in ("units.parquet", "calls.parquet", "points.json")
    )
    seen = replay(units, calls, points, from_h=6, hours=2)
    assert (seen.begin_s, seen.end_s) == (6 * 3600, 8 * 3600)
    assert all(end > 6 * 3600 and start < 8 * 3600 for _, _, start, end, *_ in seen.legs)
    assert all(call.at_s < 8 * 3600 for call in seen.calls)
    assert {leg[0] for leg in seen.legs} <= seen.units.keys()
    for kind, answer in ((RunResult, result), (Run, state), (Replay, seen)):
        assert is_of(kind, json.loads(msgspec.json.encode(answer)))
    sent = {leg[4] for leg in seen.legs if leg[1] == "to_scene"}
    assert sent
    assert sent <= {call.id for call in seen.calls}


def test_one_at_a_time_and_stopped_when_asked(plans: Plans, runs: Runs) -> None:
    asked = Asked(plans=[TODAY], hours=8784, replications=1000)
    key = runs.start(plans, asked, at_ms=1_000)
    with pytest.raises(Running):
        runs.start(plans, asked, at_ms=1_001)
    runs.stop(key)
    assert runs.state(key).state == "stopped"
    with pytest.raises(NoRun):
        runs.result(key)
    again = runs.start(
        plans, Asked(plans=[TODAY], hours=2, replications=2, calls_per_h=3), at_ms=1_002
    )
    assert finished(runs, again).state == "done"
    assert [run.id for run in runs.latest()] == [again, key]


def test_the_next_one_may_begin_as_soon_as_the_last_word_is_said(plans: Plans, runs: Runs) -> None:
    """Its process takes a moment more to end; nobody who reads that it is done hears of that."""
    asked = Asked(plans=[TODAY], hours=2, replications=2, calls_per_h=3)
    key = runs.start(plans, asked, at_ms=1_000)
    while (state := runs.state(key).state) != "done":
        time.sleep(0.001 if state == "writing" else 0.02)
    assert runs.current() is None
    again = runs.start(plans, asked, at_ms=1_001)
    assert finished(runs, again).state == "done"
    assert runs.state(key).state == "done"


def test_a_plan_that_cannot_be_is_refused_with_the_place_and_what_to_do(
    plans: Plans, runs: Runs
) -> None:
    key = plans.save(None, Plan(name="odd", changes=[{"do": "remove_unit", "id": "NOBODY"}]))
    run = runs.start(plans, Asked(plans=[TODAY, key]), at_ms=1_000)
    state = finished(runs, run)
    assert state.state == "refused"
    [problem] = state.problems
    assert problem.message == Text('unknown unit "NOBODY"', "未知的处警单元“NOBODY”")
    assert problem.line
    assert problem.remedy == Text("Use the id of a unit", "请使用处警单元的编号")


def test_an_overloaded_plan_has_no_figures_but_says_so(plans: Plans, runs: Runs) -> None:
    key = plans.save(None, Plan(name="flood", changes=[{"do": "scale_calls", "by": 50}]))
    run = runs.start(
        plans, Asked(plans=[TODAY, key], hours=48, replications=2, calls_per_h=3), at_ms=1_000
    )
    assert finished(runs, run).state == "done"
    today, flood = runs.result(run).plans
    assert flood.overloaded
    assert (flood.figures, flood.differences) == ({}, {})
    assert today.figures


def test_what_is_altered_meanwhile_does_not_alter_the_run(plans: Plans, runs: Runs) -> None:
    key = plans.save(None, Plan(name="first"))
    run = runs.start(plans, Asked(plans=[key], hours=4, replications=2, calls_per_h=3), at_ms=1_000)
    plans.save(key, Plan(name="second", changes=[{"do": "remove_unit", "id": "NOBODY"}]))
    assert finished(runs, run).state == "done"
    assert runs.result(run).plans[0].name == "first"


def test_a_run_whose_process_is_gone_is_called_interrupted(runs: Runs) -> None:
    folder = runs.folder / "1-a"
    folder.mkdir(parents=True)
    asked = {"at_ms": 1, "replications": 2, "start": "Mon 00:00", "hours": 1, "calls_per_h": None}
    write(folder / "job.json", asked | {"plans": []})
    write(folder / "state.json", {"state": "running", "done": 1, "of": 4})
    assert runs.state("1-a").state == "interrupted"


@pytest.mark.parametrize("name", ["job.json", "../1-a/job.json", "0/../job.json", "0/x.parquet"])
def test_only_what_is_meant_to_be_read_is_given(runs: Runs, name: str) -> None:
    folder = runs.folder / "1-a"
    folder.mkdir(parents=True)
    for file in ("state.json", "job.json"):
        write(folder / file, {})
    with pytest.raises(NoRun):
        runs.file("1-a", name)


def test_an_unknown_plan_starts_nothing(plans: Plans, runs: Runs) -> None:
    with pytest.raises(NoPlan):
        runs.start(plans, Asked(plans=["none"]), at_ms=1_000)
    assert runs.latest() == ()


def test_a_run_that_is_just_beginning_is_not_called_interrupted(
    plans: Plans, runs: Runs, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody else may look before its process is there."""
    seen: list[Run] = []

    class Watched(Child):
        def __init__(self, *given: Any) -> None:
            seen.extend(runs.latest())
            super().__init__(*given)

    monkeypatch.setattr("dutyroom.planning.runs.Child", Watched)
    key = runs.start(plans, Asked(plans=[TODAY], hours=8784, replications=1000), at_ms=1)
    assert [one.state for one in seen] in ([], ["reading"])
    assert runs.state(key).state not in (*OVER, "interrupted")
    runs.stop(key)


def test_whoever_lists_the_runs_while_an_old_one_makes_room_gets_the_others(
    runs: Runs, monkeypatch: pytest.MonkeyPatch
) -> None:
    for key in ("1-aaaaaa", "2-aaaaaa"):
        folder = runs.folder / key
        folder.mkdir(parents=True)
        job = {"at_ms": 1, "plans": [], "hours": 1, "replications": 2, "start": "Mon 00:00"}
        write(folder / "job.json", job | {"calls_per_h": None})
        write(folder / "state.json", {"state": "done", "done": 2, "of": 2})
    listed = [one.id for one in runs.latest()]
    assert listed == ["2-aaaaaa", "1-aaaaaa"]
    state = Runs.state

    def then_the_first_makes_room(self: Runs, key: str) -> Run:
        found = state(self, key)
        shutil.rmtree(self.folder / "1-aaaaaa", ignore_errors=True)
        return found

    monkeypatch.setattr(Runs, "state", then_the_first_makes_room)
    assert [one.id for one in runs.latest()] == ["2-aaaaaa"]
