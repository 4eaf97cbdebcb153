"""The records of one replication as Parquet files; needs the extra `rehearsal`."""

from pathlib import Path
from typing import Final

import numpy as np

from dutyroom.rehearsal.results.figures import waiting_limit
from dutyroom.rehearsal.results.tables import (
    CALL_COLUMNS,
    INTERVAL_COLUMNS,
    call_table,
    interval_table,
    parquet,
)
from dutyroom.rehearsal.scenario.build import Builder
from dutyroom.rehearsal.scenario.model import HOUR_S, Scenario
from dutyroom.rehearsal.simulation.records import Records
from dutyroom.rehearsal.simulation.run import Rehearsal

CALLS_AT_ONCE: Final = 1 << 16


def write_records(scenario: Scenario, folder: Path, replication: int = 0) -> tuple[Path, Path]:
    """One replication's records as ``calls.parquet`` and ``units.parquet``.

    Unit intervals go to the disk as they end, calls in portions; their texts are never all in
    memory. Of a run that is ended (see ``waiting_limit``) there are the calls until then.
    """
    builder = Builder(scenario)
    calls = builder.calls(replication)
    inputs = builder.inputs(calls)
    about = {"scenario": scenario.name, "seed": str(scenario.seed), "inputs": inputs.checksum()}
    run = Rehearsal(inputs, give_up=waiting_limit(scenario))
    units_file, calls_file = folder / "units.parquet", folder / "calls.parquet"
    with parquet(units_file, INTERVAL_COLUMNS, **about) as write:

        def take(portion: Records) -> None:
            write(interval_table(builder, calls, inputs.places, portion, replication))

        run.advance(take=take)
        if run.gave_up_s is None:
            take(run.still(scenario.hours * HOUR_S))
    with parquet(calls_file, CALL_COLUMNS, **about) as write:
        outcomes = run.tables["outcomes"]
        played = len(calls.at_s)
        if run.gave_up_s is not None:
            played = int(np.searchsorted(calls.at_s, run.gave_up_s, side="right"))
        for start in range(0, played, CALLS_AT_ONCE):
            part = calls.part(start, min(start + CALLS_AT_ONCE, played))
            places = slice(calls.first[start], calls.first[start + len(part.at_s)])
            write(call_table(builder, part, outcomes[places], replication))
    return calls_file, units_file
