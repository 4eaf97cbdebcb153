"""A proposal is a scenario file over today's, and is never shown without its rehearsal."""

import json
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from dutyroom.core.text import Text
from dutyroom.rehearsal.comparing.paired import losers
from dutyroom.rehearsal.comparing.replicate import Rehearsed, rehearse
from dutyroom.rehearsal.proposing.workload import groups
from dutyroom.rehearsal.results.figures import Estimate
from dutyroom.rehearsal.scenario.model import Scenario
from dutyroom.rehearsal.scenario.read import read_scenario

type Change = dict[str, Any]
Progress = Callable[[int, int], None]
TITLES: Final = {
    title.en: title
    for title in (
        Text("other posts", "备勤点调整"),
        Text("move-ups", "前置备勤"),
        Text("shifts", "班次调整"),
        Text("rosters", "勤务表"),
        Text("units after the work", "按工作量配置处警单元"),
        Text("other districts", "责任区调整"),
    )
}
"""What proposals are called in a report, by the name in their file."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What to change, and ``says``: in a line each, what the optimiser found and what it can't.

    ``keys`` of the scenario file besides, and the ``files`` that they name, by name.
    """

    name: str
    changes: tuple[Change, ...]
    says: tuple[str, ...]
    keys: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Loser:
    """An area, station or agency whose 90th percentile gets worse beyond doubt, in seconds."""

    dimension: str
    name: str
    change_s: Estimate


@dataclass(frozen=True, eq=False, slots=True)
class Tried:
    """A proposal with its file, today's rehearsal and its own, and who loses."""

    proposal: Proposal
    file: Path
    today: Rehearsed
    proposed: Rehearsed
    losers: tuple[Loser, ...]


def write(proposal: Proposal, base: Path, folder: Path) -> Path:
    """The proposal as a scenario file in ``folder``; its base is named relative to it."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "proposal.json"
    above = os.path.relpath(base.resolve(), folder.resolve())
    entries = ",\n".join(
        "  " + json.dumps(change, ensure_ascii=False) for change in proposal.changes
    )
    for name, text in proposal.files.items():
        (folder / name).write_text(text, encoding="utf-8")
    keys = "".join(f" {json.dumps(k)}: {json.dumps(v)},\n" for k, v in proposal.keys.items())
    file.write_text(
        f'{{"name": {json.dumps(proposal.name)}, "base": {json.dumps(above)},\n{keys}'
        f' "note": {json.dumps(" ".join(proposal.says), ensure_ascii=False)},\n'
        f' "changes": [\n{entries}]}}\n',
        encoding="utf-8",
    )
    return file


def today(
    base: Path,
    replications: int | None = None,
    progress: Progress | None = None,
    agency: str | None = None,
) -> Rehearsed:
    """Today's scenario, rehearsed; `NothingToPropose` first, if no unit is of the ``agency``."""
    scenario = read_scenario(base)
    groups(scenario, agency)  # refuses now what it would refuse after the long part
    return rehearse(scenario, replications=replications, progress=progress)


def attempt(
    proposal: Proposal,
    base: Path,
    now: Rehearsed,
    folder: Path,
    progress: Progress | None = None,
) -> Tried:
    """Write the proposal and rehearse it with the calls that today's was rehearsed with."""
    file = write(proposal, base, folder)
    scenario: Scenario = replace(read_scenario(file), seed=now.scenario.seed)
    proposed = rehearse(scenario, replications=len(now.runs), progress=progress)
    lost = [
        Loser(dimension, name, change)
        for dimension in ("area", "station", "agency")
        for name, change in losers(now, proposed, dimension)
    ]
    return Tried(proposal, file, now, proposed, tuple(lost))
