"""What the trainer's desk answers. What a practice has left may be of an older version: fields that
came later may be missing. Times in seconds, moments in milliseconds UTC."""

from typing import Literal

import msgspec
from msgspec import UNSET, UnsetType

from dutyroom.core.text import Text
from dutyroom.practice.debrief import TraineeFigures
from dutyroom.rehearsal.scenario.said import FileProblem


class PracticeLook(msgspec.Struct, frozen=True, kw_only=True):
    """A scenario before it is practised. ``left_out``: what people don't play; ``because`` or
    ``problems`` where it can't be practised."""

    state: Literal["reading", "ready", "refused"]
    left_out: tuple[Text, ...]
    because: Text | None
    problems: tuple[FileProblem, ...]


class PracticeWanted(msgspec.Struct, frozen=True, kw_only=True):
    """What is practised. ``network``: machines besides this one may come in."""

    scenario: str
    minutes: float
    seed: int
    port: int
    speed: float
    trainees: int
    network: bool


class PracticeRoom(msgspec.Struct, frozen=True, kw_only=True):
    """The practice that goes on, or the last one. ``said`` is the last line of its log, ``logins``
    passwords by name while it is open, ``left_out`` empty until the room has read it."""

    id: str
    state: Literal["starting", "open", "ended", "failed"]
    wanted: PracticeWanted
    said: str
    logins: dict[str, str]
    left_out: tuple[Text, ...]


class PracticeChoice(msgspec.Struct, frozen=True, kw_only=True):
    """A scenario that may be practised."""

    scenario: str
    name: str


class PastPractice(msgspec.Struct, frozen=True, kw_only=True):
    """A practice that has left a debrief."""

    id: str
    scenario: str
    begin_ms: int


class TrainersDesk(msgspec.Struct, frozen=True, kw_only=True):
    """``port`` is one that can be had."""

    choices: tuple[PracticeChoice, ...]
    room: PracticeRoom | None
    past: tuple[PastPractice, ...]
    port: int


class NoPracticeRoom(msgspec.Struct, frozen=True, kw_only=True):
    """Nothing was practised since the server was started."""


class PracticeAbout(msgspec.Struct, frozen=True, kw_only=True):
    """What was practised."""

    id: str
    scenario: str
    minutes: float
    speed: float
    seed: int
    begin_ms: int
    end_ms: int
    left_out: tuple[Text, ...] | UnsetType = UNSET


class EngineFigures(msgspec.Struct, frozen=True, kw_only=True):
    """What the engine alone would have reached; ``late`` is a share."""

    calls: int
    median_s: float | None
    p90_s: float | None
    late: float | None


class PracticeDebrief(msgspec.Struct, frozen=True, kw_only=True):
    """A practice in figures: of everybody for the trainer, with the ``unanswered`` calls and the
    ``undispatched`` incidents that were left over; else the own."""

    practice: PracticeAbout
    engine: EngineFigures
    trainees: tuple[TraineeFigures, ...]
    unanswered: int | UnsetType = UNSET
    undispatched: int | UnsetType = UNSET
