"""A practice room's own papers: what is played, the advice noted, the debrief of both."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

import msgspec
from django.conf import settings
from django.db import connection

from dutyroom.actions import runtime
from dutyroom.core.text import Text
from dutyroom.journal import read
from dutyroom.machine.files import write_whole
from dutyroom.practice.answers import EngineFigures, PracticeAbout, PracticeDebrief
from dutyroom.practice.debrief import Advice, Debrief, Happened, debrief
from dutyroom.practice.launching import name_of

PORTION: Final = 1_000


@dataclass(frozen=True, slots=True)
class Practice:
    """What this room plays. ``engine`` are the figures of the same calls handled by the engine;
    ``left_out`` is what the scenario says and people at screens can't play."""

    id: str
    scenario: str
    minutes: float
    speed: float
    seed: int
    begin_ms: int
    trainees: tuple[str, ...]
    engine: dict[str, Any]
    left_out: tuple[dict[str, str], ...] = ()


def practice_file() -> Path:
    """The file that makes a folder a practice room; the settings look for it too."""
    file: Path = settings.HOME.practice_file
    return file


def advice_file() -> Path:
    """Where the player notes what the engine advises."""
    return practice_file().with_name("advice.jsonl")


def shown_file() -> Path:
    """Where it is noted what was recommended to whom; the player's file is another, so that two
    processes never write into one."""
    return practice_file().with_name("shown.jsonl")


def note_shown(by: str, incident: str, at_ms: int, chosen: Mapping[str, float | None]) -> None:
    """What a person was shown is what their choice is compared with."""
    if not chosen:
        return  # nobody is needed: no choice is made by it
    line = json.dumps({"incident": incident, "at_ms": at_ms, "chosen": chosen, "by": by})
    with shown_file().open("a", encoding="utf-8") as file:
        file.write(line + "\n")


def practice() -> Practice | None:
    """What is practised here; None in any other room, and before it has begun."""
    if not practice_file().is_file():
        return None
    content = json.loads(practice_file().read_text(encoding="utf-8"))
    return (
        Practice(**content | {"trainees": tuple(content["trainees"])})
        if "begin_ms" in content
        else None
    )


def write(found: Practice) -> None:
    """Note what is practised."""
    write_whole(practice_file(), json.dumps(asdict(found), ensure_ascii=False))


def made(of: Practice) -> Debrief:
    """The debrief as of now, from the whole journal of this room."""
    advice = sorted(_noted(advice_file()) + _noted(shown_file()), key=lambda one: one.at_ms)
    return debrief(_happened(), advice, runtime.room().pack.clocks, of.trainees)


def everything(of: Practice) -> PracticeDebrief:
    """The debrief of all, as the trainer sees it."""
    found = made(of)
    return PracticeDebrief(
        practice=_about(of),
        engine=_engine(of),
        trainees=found.everybody(),
        unanswered=found.unanswered,
        undispatched=found.undispatched,
    )


def own(of: Practice, name: str) -> PracticeDebrief:
    """One person's own figures beside the engine's."""
    return PracticeDebrief(practice=_about(of), engine=_engine(of), trainees=(made(of).of(name),))


def _about(of: Practice) -> PracticeAbout:
    return PracticeAbout(
        id=of.id,
        scenario=name_of(Path(of.scenario)),
        minutes=float(of.minutes),
        speed=float(of.speed),
        seed=of.seed,
        begin_ms=of.begin_ms,
        end_ms=of.begin_ms + round(of.minutes * 60_000 / of.speed),
        left_out=msgspec.convert(of.left_out, tuple[Text, ...]),
    )


def _engine(of: Practice) -> EngineFigures:
    return msgspec.convert(of.engine, EngineFigures)


def _happened() -> list[Happened]:
    found: list[Happened] = []
    after = 0
    with connection.cursor() as cursor:
        while entries := read.entries(cursor, after, PORTION):
            after = entries[-1].position
            found += [
                Happened(e.type, e.stream, e.actor, e.recorded_at_ms, json.loads(e.body))
                for e in entries
            ]
    return found


def _noted(file: Path) -> list[Advice]:
    """The advice noted so far; a last line that is still being written is left out."""
    if not file.is_file():
        return []
    text = file.read_text(encoding="utf-8")
    return [Advice(**json.loads(line)) for line in text.splitlines(True) if line.endswith("\n")]
