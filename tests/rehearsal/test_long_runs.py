"""A year fits into memory, and a hopeless one is ended early."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest

from dutyroom.rehearsal.comparing import parquet_records
from dutyroom.rehearsal.comparing.parquet_records import write_records
from dutyroom.rehearsal.comparing.replicate import rehearse, run_figures
from dutyroom.rehearsal.results.figures import figures, waiting_limit
from dutyroom.rehearsal.results.tables import call_table
from dutyroom.rehearsal.results.unit_sums import UnitSums
from dutyroom.rehearsal.scenario.build import Builder
from dutyroom.rehearsal.scenario.model import Duration, Scenario
from dutyroom.rehearsal.simulation.run import simulate
from tests.rehearsal.cases import given, kind, scenario, unit

MOST_MB = 1000
YEAR = """
import re, sys
from pathlib import Path
from dutyroom.rehearsal.comparing.parquet_records import write_records
from dutyroom.rehearsal.comparing.replicate import rehearse
from tests.rehearsal.test_long_runs import year
done = rehearse(year(), workers=2)
assert not done.overloaded, done.overloaded
write_records(year(), Path(sys.argv[1]))
# Not ru_maxrss: that begins with what the process had that started this one.
print(int(re.search(r"VmHWM:\\s+(\\d+) kB", Path("/proc/self/status").read_text())[1]) // 1024)
"""


def town(per_h: float, units: int = 2, hours: float = 200.0) -> Scenario:
    return scenario(
        [unit(f"U{n}", n % 10) for n in range(units)],
        kinds=(kind(per_h, Duration(900.0, 1.0)),),
        hours=hours,
        replications=2,
        targets_s={1: 240.0},
    )


def year() -> Scenario:
    """525,600 calls, 60 units."""
    return town(60.0, units=60, hours=8760.0)


def test_records_written_in_portions_are_those_of_the_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = town(2.0)
    builder = Builder(one)
    calls = builder.calls()
    whole = call_table(builder, calls, simulate(builder.inputs(calls)).outcomes)
    assert len(whole) > 200
    monkeypatch.setattr(parquet_records, "CALLS_AT_ONCE", 37)
    file, _ = write_records(one, tmp_path)
    assert pq.read_table(file).cast(whole.schema).equals(whole)


def test_figures_of_units_are_the_same_whether_intervals_are_kept_or_only_added_up() -> None:
    builder = Builder(town(3.0, units=3))
    calls = builder.calls()
    inputs = builder.inputs(calls)
    run = simulate(inputs, end_s=builder.scenario.hours * 3600.0)
    parts = UnitSums(builder)
    for portion in np.array_split(run.intervals, 7):
        parts.take(portion)
    kept, streamed = (
        figures(builder, calls, inputs, run, parts),
        run_figures(builder, calls, inputs),
    )
    assert kept.all == streamed.all
    assert kept.busy_share == pytest.approx(streamed.busy_share)
    assert kept.uncovered == pytest.approx(streamed.uncovered)


def test_a_hopeless_run_is_ended_and_says_when_and_how_many_waited() -> None:
    done = rehearse(town(100.0))
    assert done.overloaded is not None
    assert done.overloaded.en.startswith(
        "in 2 of 2 replications more than 500 calls waited on day 1"
    )
    builder = Builder(town(100.0))
    inputs = builder.inputs(builder.calls())
    run = simulate(inputs, give_up=waiting_limit(builder.scenario))
    assert run.gave_up_s is not None
    came = inputs.calls["ready_s"] <= run.gave_up_s
    assert 500 < came.sum() < 600, "a few hours' calls of eight days"
    assert (run.outcomes["unit"][~came] < 0).all()
    whole = simulate(inputs)
    assert whole.gave_up_s is None
    served = run.outcomes["unit"][came] >= 0
    assert (run.outcomes["sent_s"][came][served] == whole.outcomes["sent_s"][came][served]).all()


def test_a_file_of_calls_is_played_however_many_wait(tmp_path: Path) -> None:
    """All at once and far more than a drawn run would bear: each is served in the end."""
    many = [{"at": 0, "point": n % 10, "on_scene": 1} for n in range(600)]
    one = replace(scenario([unit("A", 0)]), given=given(*many), hours=0.01)
    file, _ = write_records(one, tmp_path)
    table = pq.read_table(file)
    assert table.num_rows == 600
    assert table["response_s"].null_count == 0
    drawn = town(100.0)
    builder = Builder(drawn)
    at_once = builder.calls()
    at_once.at_s[:] = 0.0
    run = simulate(builder.inputs(at_once), give_up=waiting_limit(drawn))
    assert run.gave_up_s == 0.0, "ended in the first moment: that is a moment too"


def test_of_a_hopeless_run_the_calls_until_its_end_are_written(tmp_path: Path) -> None:
    file, _ = write_records(town(100.0), tmp_path)
    at_s = pq.read_table(file)["at_s"].to_numpy()
    builder = Builder(town(100.0))
    inputs = builder.inputs(builder.calls())
    end_s = simulate(inputs, give_up=waiting_limit(builder.scenario)).gave_up_s
    assert len(at_s) == (inputs.calls["ready_s"] <= end_s).sum()


@pytest.mark.slow
def test_a_year_of_calls_stays_below_a_gigabyte(tmp_path: Path) -> None:
    folder = Path(__file__).parents[2]
    found = subprocess.run(
        [sys.executable, "-c", YEAR, str(tmp_path)],
        cwd=folder, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert found.returncode == 0, found.stderr
    assert pq.ParquetFile(tmp_path / "calls.parquet").metadata.num_rows > 500_000
    assert 100 < int(found.stdout) < MOST_MB
