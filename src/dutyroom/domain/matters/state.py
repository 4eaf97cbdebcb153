"""What is known of a matter, without its texts."""

from dataclasses import dataclass, replace
from typing import Final, Literal

from dutyroom.domain.kernel import Deadline, Tell, last_tenth_ms
from dutyroom.domain.marked import IncidentId, MatterKind, MemberId, NoteId, OrgPath
from dutyroom.domain.matters.commands import MediationId, MediationResult, Outcome
from dutyroom.domain.tasks.commands import Team
from dutyroom.domain.watching.state import Watched

type MatterPhase = Literal[
    "waiting", "in_hand", "watched", "failed", "given_up", "decided", "withdrawn"
]
DAY_MS: Final = 86_400_000
OVER: Final[tuple[MatterPhase, ...]] = ("given_up", "decided", "withdrawn")
ENDS_BY_ITSELF: Final[tuple[MatterPhase, ...]] = ("waiting", "in_hand", "watched")
"""Nothing about a dispute is kept open only because nobody thought of it."""


@dataclass(frozen=True, slots=True)
class Mediation:
    """One meeting of the sides. `result` and `held_ms` are empty until it has been held."""

    id: MediationId
    at_ms: int
    result: MediationResult | Literal[""] = ""
    held_ms: int | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """What a mediation that was held has changed: `next_ms`, whether that was provisional, and
    `review_ms`, as they were before."""

    mediation: MediationId
    next_ms: int | None
    review_ms: int
    provisional: bool = False


@dataclass(frozen=True, slots=True)
class MatterState(Watched):
    """`incidents` with their numbers, the one that it was opened from first: its key seals the
    texts. `team_before` and `owner_before`: who had it when its mediation failed. `next_ms`: by
    when it is to be mediated again, `next_before_ms`: by when it was when it was concluded.
    `due_from_ms`: from when the time for its case counts. `next_provisional`, `due_provisional`:
    that time counts days whose holidays hadn't been announced when it began.
    `touched`: something has been done about it since it was opened. `held`: the mediation that was
    held last, as long as nothing but notes and links has come after it."""

    phase: MatterPhase
    incidents: tuple[tuple[IncidentId, str], ...]
    kind: MatterKind
    org: OrgPath
    team: Team
    owner: MemberId
    opened_by: MemberId
    opened_ms: int
    since_ms: int
    review_ms: int
    mediations: tuple[Mediation, ...] = ()
    next_ms: int | None = None
    notes: tuple[NoteId, ...] = ()
    outcome: Outcome | Literal[""] = ""
    due_ms: int | None = None
    team_before: Team = ""
    owner_before: MemberId = ""
    next_before_ms: int | None = None
    next_provisional: bool = False
    due_from_ms: int | None = None
    due_provisional: bool = False
    touched: bool = False
    held: Held | None = None

    @property
    def first(self) -> IncidentId:
        """The incident that it was opened from."""
        return self.incidents[0][0]

    @property
    def over(self) -> bool:
        """Whether nothing more is owed of it."""
        return self.phase in OVER

    def phase_at(self, now_ms: int) -> str:
        """Its phase at a time: it ends by itself if nobody confirms it."""
        over = self.phase in ENDS_BY_ITSELF and now_ms >= self.review_ms
        return "expired" if over else self.phase

    def mediation(self, id_: MediationId) -> Mediation | None:
        return next((one for one in self.mediations if one.id == id_), None)

    def has(self, incident: IncidentId) -> bool:
        """Whether an incident is of it."""
        return any(one == incident for one, _ in self.incidents)


def next_due_ms(state: MatterState) -> int | None:
    """When the next thing is owed: the mediation that is planned, or the one that must follow; of
    one that failed, the decision, which doesn't end by itself: where the pack names no time for it,
    by when it is reviewed."""
    if state.phase == "failed":
        return state.review_ms if state.due_ms is None else state.due_ms
    if state.phase not in ("waiting", "in_hand"):
        return None
    planned = [one.at_ms for one in state.mediations if one.held_ms is None]
    return min([*planned, *(() if state.next_ms is None else (state.next_ms,))], default=None)


def counted_from_ms(state: MatterState) -> int | None:
    """From when the time counts that the pack's rules give it now: until it is mediated again, or
    its case is decided; None where there is none."""
    if state.phase == "failed":
        return state.due_from_ms
    held = [one.held_ms for one in state.mediations if one.held_ms is not None]
    return held[-1] if held and state.next_ms is not None else None


def is_provisional(state: MatterState) -> bool:
    """Whether what is owed next counts days whose holidays hadn't been announced when it began."""
    if state.phase == "failed":
        return state.due_provisional
    return state.next_provisional and next_due_ms(state) == state.next_ms is not None


def clocks(state: MatterState) -> tuple[Deadline, ...]:
    """When the next thing is owed, and when it ends by itself. Its owner and the command office are
    told once something is late, and a week and a day before it ends; then the supervisor."""
    due_ms = next_due_ms(state)
    here = Tell(0, ("station_command",), (state.owner,) if state.owner else ())
    late = (here, Tell(DAY_MS, ("supervisor",)))
    owed: tuple[Deadline, ...] = ()
    if due_ms is not None:
        risk_ms = last_tenth_ms(state.since_ms, due_ms)
        owed = (Deadline("matter", due_ms, tell=late, again_ms=3 * DAY_MS, risk_ms=risk_ms),)
    if state.phase not in ENDS_BY_ITSELF:
        return owed
    near = (
        replace(here, after_ms=-7 * DAY_MS),
        replace(here, after_ms=-DAY_MS),
        Tell(-DAY_MS // 2, ("supervisor",)),
    )
    return (*owed, Deadline("review", state.review_ms, ends=True, tell=near))
