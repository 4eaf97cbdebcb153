"""What consoles know of the city: words, plans, clocks, places, organisations; what was typed."""

from typing import Any, Literal

import msgspec

from dutyroom.citypack.model import OrgLevel
from dutyroom.clocks.route import Fact, Stage
from dutyroom.clocks.rule import Unit
from dutyroom.core.text import Text
from dutyroom.domain.agreements import CarriedField
from dutyroom.domain.incidents.row import NeedRow
from dutyroom.domain.tasks.commands import TaskKind, Team
from dutyroom.domain.values import PlaceKind


class Code(msgspec.Struct, frozen=True, kw_only=True):
    """An entry of a code list; a retired one is readable and no longer offered. ``words``: others
    that people say for it; ``pinyin``: the Chinese as it is typed in full, and its initials."""

    code: str
    en: str
    zh: str
    words: tuple[str, ...]
    pinyin: tuple[str, ...]
    retired: bool


class Category(msgspec.Struct, frozen=True, kw_only=True):
    """A category with its usual priority; ``group`` is "" where the pack has no groups."""

    code: str
    en: str
    zh: str
    priority: int
    words: tuple[str, ...]
    pinyin: tuple[str, ...]
    retired: bool
    group: str


class CategoryGroup(msgspec.Struct, frozen=True, kw_only=True):
    """A group of categories."""

    code: str
    en: str
    zh: str


class PriorityWord(msgspec.Struct, frozen=True, kw_only=True):
    """A level of priority; 1 is the most urgent."""

    level: int
    en: str
    zh: str


class KindWord(msgspec.Struct, frozen=True, kw_only=True):
    """A kind of unit; ``symbol`` names its drawing on the map."""

    code: str
    en: str
    zh: str
    symbol: str


class Vocabulary(msgspec.Struct, frozen=True, kw_only=True):
    """The words of the city. ``groups`` of categories, in their order; a pack may have none."""

    groups: tuple[CategoryGroup, ...]
    categories: tuple[Category, ...]
    priorities: tuple[PriorityWord, ...]
    kinds: tuple[KindWord, ...]
    capabilities: tuple[Code, ...]
    clear_reasons: tuple[Code, ...]
    cancel_reasons: tuple[Code, ...]
    unavailable_reasons: tuple[Code, ...]
    override_reasons: tuple[Code, ...]
    dispositions: tuple[Code, ...]
    no_incident_reasons: tuple[Code, ...]
    reopen_reasons: tuple[Code, ...]


class PromptChoice(msgspec.Struct, frozen=True, kw_only=True):
    """An answer that may be given: the priority it raises to, and what it adds to the needs."""

    code: str
    en: str
    zh: str
    priority: int | None
    adds: tuple[NeedRow, ...]


class Prompt(msgspec.Struct, frozen=True, kw_only=True):
    """What is asked of a caller."""

    code: str
    en: str
    zh: str
    answers: tuple[PromptChoice, ...]


class ResponsePlan(msgspec.Struct, frozen=True, kw_only=True):
    """What a category needs; with a priority, at that priority."""

    category: str
    priority: int | None
    needs: tuple[NeedRow, ...]


class PackClocks(msgspec.Struct, frozen=True, kw_only=True):
    """Promised times in seconds, by priority or by the state of an assignment; ``amber_share`` is
    how much of one is over when it turns amber."""

    answer_s: float
    call_back_s: float
    dispatch_s: dict[str, float]
    en_route_s: float
    on_scene_s: dict[str, float]
    silence_s: dict[str, float]
    amber_share: float
    stale_position_s: float


class NamedThing(msgspec.Struct, frozen=True, kw_only=True):
    """A zone, a street, or a unit that isn't called by its id."""

    id: str
    en: str
    zh: str


class PackOrg(msgspec.Struct, frozen=True, kw_only=True):
    """An organisation; ``path``: the ids from the topmost one down, joined by slashes; ``teams``:
    those of its teams that work can be given to."""

    path: str
    level: OrgLevel
    teams: tuple[Team, ...]
    en: str
    zh: str


class PackStation(msgspec.Struct, frozen=True, kw_only=True):
    """Where units stand."""

    id: str
    en: str
    zh: str
    lon: float
    lat: float


class LoopClock(msgspec.Struct, frozen=True, kw_only=True):
    """A clock of the loop: for which reasons it may stand still, how often who may prolong it."""

    code: str
    en: str
    zh: str
    pauses: tuple[str, ...]
    extensions: int
    approver: str | None


class ContactReason(msgspec.Struct, frozen=True, kw_only=True):
    """Why it is not safe to contact a caller; a retired one is no longer given."""

    code: str
    en: str
    zh: str
    retired: bool


class PointReason(msgspec.Struct, frozen=True, kw_only=True):
    """Why an open point is struck; a retired one is no longer given."""

    code: str
    en: str
    zh: str
    retired: bool


class LoopTask(msgspec.Struct, frozen=True, kw_only=True):
    """A task that incidents leave by themselves."""

    code: str
    en: str
    zh: str
    kind: TaskKind


class RouteLeg(msgspec.Struct, frozen=True, kw_only=True):
    """A stage of a route: the role that owes its work, what must hold until it is done, the clocks
    that begin with it, and the tasks that are given with it."""

    stage: Stage
    owner: str
    until: tuple[Fact, ...]
    clocks: tuple[str, ...]
    tasks: tuple[str, ...]


class LoopRoute(msgspec.Struct, frozen=True, kw_only=True):
    """The way of incidents; empty categories or priorities mean all. ``light``: they are concluded
    from the scene in one key."""

    code: str
    en: str
    zh: str
    categories: tuple[str, ...]
    priorities: tuple[int, ...]
    light: bool
    stages: tuple[RouteLeg, ...]


class TellingLength(msgspec.Struct, frozen=True, kw_only=True):
    """So many of a unit."""

    count: int
    unit: Unit


class TellingStep(msgspec.Struct, frozen=True, kw_only=True):
    """Who is told so long after the time, or before it; ``own``: also whose it is."""

    roles: tuple[str, ...]
    own: bool
    before: bool
    length: TellingLength


class LoopTelling(msgspec.Struct, frozen=True, kw_only=True):
    """Whom a deadline that is no clock tells, where the pack says so: steps in open time of a
    calendar, the last one again and again."""

    of: str
    calendar: NamedThing
    steps: tuple[TellingStep, ...]
    again: TellingLength | None


class LoopKind(msgspec.Struct, frozen=True, kw_only=True):
    """A kind of dispute, or of what makes a place call again, with the categories of its incidents;
    a retired one is no longer given."""

    code: str
    en: str
    zh: str
    categories: tuple[str, ...]
    retired: bool


class PackLoop(msgspec.Struct, frozen=True, kw_only=True):
    """Routes, of which the first that is for an incident counts; clocks in the pack's order, of
    which several may have one code; tasks that incidents leave by themselves; reasons for pauses
    and extensions, and for tasks that are returned or sent back, for striking open points, and why
    a caller is not safe to contact; kinds of disputes that are followed, and of what makes a place
    call again; whom other deadlines tell."""

    routes: tuple[LoopRoute, ...]
    clocks: tuple[LoopClock, ...]
    tasks: tuple[LoopTask, ...]
    reasons: tuple[NamedThing, ...]
    task_reasons: tuple[NamedThing, ...]
    point_reasons: tuple[PointReason, ...]
    contact_reasons: tuple[ContactReason, ...]
    matter_kinds: tuple[LoopKind, ...]
    repeat_kinds: tuple[LoopKind, ...]
    tellings: tuple[LoopTelling, ...]


class DeskOffered(msgspec.Struct, frozen=True, kw_only=True):
    """Something that a specialist desk does, or a skill that it has; ``pinyin`` as of a code."""

    code: str
    en: str
    zh: str
    pinyin: tuple[str, ...]
    retired: bool


class PackDesk(msgspec.Struct, frozen=True, kw_only=True):
    """A specialist desk. ``org``: the path of whose it is; ``calendar``: what its hours are called;
    ``capacity``: how many requests it works on at once; ``accept_minutes``: within how many of its
    own minutes it promises to accept or return one."""

    code: str
    en: str
    zh: str
    org: str
    calendar: Text
    capacity: int
    accept_minutes: int
    offers: tuple[DeskOffered, ...]
    skills: tuple[DeskOffered, ...]
    retired: bool


class PackAgreement(msgspec.Struct, frozen=True, kw_only=True):
    """What may be handed over to a partner (the path of an organisation), for which categories
    (empty for all), with which fields, and within which time it answers. It is in force from
    ``from_ms`` until before ``until_ms``; ``basis`` is the paper that it stands in. ``minors``: so
    may what concerns a minor."""

    code: str
    en: str
    zh: str
    partner: str
    categories: tuple[str, ...]
    fields: tuple[CarriedField, ...]
    purpose: Text
    accept_ms: int
    from_ms: int
    until_ms: int
    basis: Text
    minors: bool


class Pack(msgspec.Struct, frozen=True, kw_only=True):
    """The city pack in force. ``timezone``: an IANA name; ``bounds``: west, south, east, north;
    ``orgs``: each after the one that holds it."""

    name: str
    version: str
    hash: str
    title: Text
    timezone: str
    centre: tuple[float, float]
    bounds: tuple[float, float, float, float]
    zones: tuple[NamedThing, ...]
    orgs: tuple[PackOrg, ...]
    stations: tuple[PackStation, ...]
    call_signs: tuple[NamedThing, ...]
    vocabulary: Vocabulary
    prompts: dict[str, tuple[Prompt, ...]]
    plans: tuple[ResponsePlan, ...]
    clocks: PackClocks
    loop: PackLoop
    desks: tuple[PackDesk, ...]
    agreements: tuple[PackAgreement, ...]
    referral_reasons: tuple[NamedThing, ...]


class GazetteerHit(msgspec.Struct, frozen=True, kw_only=True):
    """A place for what was typed."""

    kind: PlaceKind
    label: Text
    lon: float
    lat: float
    zone: str
    score: float


class GazetteerAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """``apart``: the two streets that were named, where they are known and never meet."""

    hits: tuple[GazetteerHit, ...]
    apart: tuple[Text, Text] | None


class CategoryHit(msgspec.Struct, frozen=True, kw_only=True):
    """A category for what was typed."""

    code: str
    en: str
    zh: str
    priority: int


class CategoryHits(msgspec.Struct, frozen=True, kw_only=True):
    """The likeliest first."""

    categories: tuple[CategoryHit, ...]


class MapLayer(msgspec.Struct, frozen=True, kw_only=True):
    """GeoJSON (RFC 7946)."""

    type: Literal["FeatureCollection"]
    features: tuple[dict[str, Any], ...]
