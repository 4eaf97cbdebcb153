"""What every kind of record is made from: events on their way, refusals, tables of transitions."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from types import FunctionType, ModuleType
from typing import Any, ClassVar, Final, Literal
from uuid import UUID

from dutyroom.clocks.telling import Again
from dutyroom.core.text import Text


@dataclass(frozen=True, slots=True)
class Command:
    """What people and machines may ask for; decided upon, it changes nothing itself.

    `VERB` is its name. `ANY_CLOCK`: it isn't refused for a clock that runs ahead.
    """

    VERB: ClassVar[str]
    ANY_CLOCK: ClassVar[bool] = False


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened. `TYPE` is its name and version in the journal."""

    TYPE: ClassVar[str]

    @property
    def public_number(self) -> str:
        """The number of an incident that is read aloud to who caused this; mostly none."""
        return ""


@dataclass(frozen=True, slots=True)
class Emitted:
    """An event that a decision asks for: with the record it belongs to, and its personal data.

    `sealed` is that data in clear, `key` names whose key seals it: that of a record (`call:<id>`,
    `incident:<id>`, `notice:<id>`) or `emergency:<unit>:<when>`.
    """

    stream: str
    event: Event
    sealed: Mapping[str, object] | None = None
    key: str | None = None


@dataclass(frozen=True, slots=True)
class Refusal:
    """A named refusal. `params` are JSON values: ids as text."""

    name: str
    params: Mapping[str, object]
    message: Text
    remedy: Text


type Decision = tuple[Emitted, ...] | Refusal
"""What a decision comes to. An empty tuple: the goal was already reached."""


def refusal(
    name: str, params: Mapping[str, object], message: tuple[str, str], remedy: tuple[str, str]
) -> Refusal:
    """A refusal with its message and remedy, each in English and Chinese."""
    plain = {key: str(value) if isinstance(value, UUID) else value for key, value in params.items()}
    return Refusal(name, plain, Text(*message), Text(*remedy))


type Cell = str
"""`GO`: allowed, further conditions may apply; `DONE`: the goal is already reached, nothing happens
and nothing is refused; else the name of a refusal."""
type Table = Mapping[tuple[str, str], Cell]
"""State x command verb, every cell filled. The first state is `none`: there is no such record.
Verbs in angle brackets are the other side of a command: what it asks of a second record."""
GO: Final = "GO"
DONE: Final = "DONE"


def table(states: str, rows: Mapping[str, str]) -> Table:
    """Rows of blank-separated cells, one per state; a missing cell fails on import."""
    names = states.split()
    return {
        (state, verb): cell
        for verb, row in rows.items()
        for state, cell in zip(names, row.split(), strict=True)
    }


type State = object
"""What is known of a record; of its aggregate's class."""


class Index[T](ABC):
    """A question that an index answers, and not the state of one record: which incident a call is
    linked to, which incidents are open. A frozen dataclass, so that equal questions are asked once.
    """

    @abstractmethod
    def unknown(self) -> T:
        """The answer where nobody asked."""


type Ask = str | Index[Any]
"""What is to be loaded: the record of a stream, or an answer of an index."""


@dataclass(frozen=True, slots=True)
class About:
    """What policy may look at besides the role. What isn't known denies.

    `unit`: the unit that it is about. `units_on_incident`: those with an open assignment there.
    `on_view`: an incident is opened by the officer who met it. `org`: the path of the organisation
    that it is of; `org_too`: another one that a condition about organisations asks for as well,
    such as the one that it is handed to. `channel`: by which an incident is opened.
    `minor`: what is read concerns a minor; `own`: who asks has it, or took its call.
    """

    unit: str | None = None
    units_on_incident: frozenset[str] = frozenset()
    on_view: bool = False
    org: str | None = None
    org_too: str | None = None
    channel: str = ""
    minor: bool = False
    own: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """The last change that a row shows: who, when, and its position in the journal."""

    by: str
    at_ms: int
    position: int


@dataclass(frozen=True, slots=True)
class Tell:
    """Whom a deadline tells, so long after it is due (a negative time: before): those of these
    roles, and these members, who are on duty for the organisation of the record; the members for
    another one, `members_org`, where the record is not of theirs."""

    after_ms: int
    roles: tuple[str, ...]
    members: tuple[str, ...] = ()
    members_org: str | None = None


def last_tenth_ms(from_ms: int, due_ms: int) -> int:
    """From when on less than a tenth of the time is left that something was given."""
    return due_ms - max(0, due_ms - from_ms - 1) // 10


@dataclass(frozen=True, slots=True)
class Deadline:
    """A time by which something is owed. With `ends` the record ends by itself then.

    `tell`: whom the keeper tells of it, step by step, the last one again every `again_ms`; of a
    record whose state is `Watched`. `look_ms`: when the keeper must look at it next, besides what
    follows from `tell`. `risk_ms`: from when on it counts as at risk; None: never. `again`: in
    place of `again_ms`, where the pack says how often.
    """

    name: str
    due_ms: int
    ends: bool = False
    look_ms: int | None = None
    tell: tuple[Tell, ...] = ()
    again_ms: int | None = None
    risk_ms: int | None = None
    again: Again | None = None


@dataclass(frozen=True, slots=True)
class Columns:
    """What lists of records are filtered by, besides their deadlines. `amiss`: somebody has to
    watch it, whatever its deadlines say: it was sent back, or stood still at its end."""

    open: bool
    state: str = ""
    org: str = ""
    team: str = ""
    owner: str = ""
    incident: UUID | None = None
    amiss: bool = False


@dataclass(frozen=True)
class List[S]:
    """How the records of a kind are shown in lists.

    `name` is the list's name in what consoles load and follow. `columns` are kept beside the row.
    `downwards`: what is of an organisation is also for those below it. `shared`: the row says in
    `org_too` or `orgs` for which others it is as well. `key`: by which the row is kept, unlike that
    of any other record in lists. `keeps_open`: in these states of its columns, which are open ones,
    it keeps its incident from being closed; none, if whatever is left of it may go on afterwards.
    `lies_with`: which of its columns names the organisation that has the work; none, if the work is
    the room's.
    """

    name: str
    row: type
    render: Callable[[str, S, Change], Any]
    columns: Callable[[S], Columns]
    downwards: bool = False
    shared: bool = False
    keeps_open: tuple[str, ...] = ()
    lies_with: Literal["", "org", "owner"] = ""
    key: Callable[[str, S], str] = lambda id_, _state: id_


def _decides_nothing(_command: object, _context: object) -> Decision:
    """For a record that no command is about."""
    return ()


def _keeps_nothing(_state: object, _event: Event, _at_ms: int) -> None:
    """For a record whose events say all there is to know."""


def _asks_nothing(_command: object, _context: object) -> Iterable[Ask]:
    return ()


def _about_nothing(_command: object, _context: object) -> About:
    return About()


def _no_deadlines(_state: object) -> tuple[Deadline, ...]:
    return ()


def _asks_nothing_more(_emitted: object, _context: object) -> Iterable[Ask]:
    return ()


def _as_folded[S](_id: str, state: S | None, _codes: object) -> S | None:
    return state


@dataclass(frozen=True)
class Following:
    """What follows from decisions about other kinds of record, in the same transaction.

    `asks` names what it must have loaded for that, given what is asked already. `asks_more`: what
    else, given what was decided; asked again until nothing new is named.
    """

    asks: Callable[[frozenset[Ask], Any], Iterable[Ask]]
    follow: Callable[[tuple[Emitted, ...], Any], Iterable[Emitted]]
    asks_more: Callable[[tuple[Emitted, ...], Any], Iterable[Ask]] = _asks_nothing_more


@dataclass(frozen=True)
class Owned:
    """Its records have an owner, by the index column of that name: a member whose role may `take`
    them. `release` is what is done with one whose owner leaves, or works elsewhere from now on."""

    take: str
    release: Callable[[UUID], Command]


@dataclass(frozen=True)
class Aggregate[C, S]:
    """A kind of record, with all that is said about it. Everything else loops over them.

    - `name` begins its streams (`call:<id>`; just `centre` where there is one record only).
    - `tables`: what may be done in which state, by what is in that state.
    - `decide` and `evolve` are pure and total.
    - `asks`: what a command needs loaded, given what is loaded so far; asked again until nothing
      new is named.
    - `about`: what policy may look at, from what is loaded.
    - `seen`: what decisions see of a record of this id, given its folded state and the codes.
    - `clocks`: the deadlines that run in a state, and whom the keeper tells. Lists are filtered by
      them.
    - `look`: what the keeper asks when a record of this id falls due, where that is more than to
      tell whom its clocks name.
    - `by_other_pack`: whether the keeper must look at a record, given its row, because the city
      pack of a hash is in force.
    - `list`: how it is shown in lists. Incidents, calls and units have tables of their own instead.
    - `following`: what happens to its records because of what was decided about others.
    - `owned`: how it gets rid of an owner who leaves.
    """

    name: str
    commands: tuple[type[Command], ...] = ()
    events: tuple[type[Event], ...] = ()
    state: type[S] | None = None
    refusals: tuple[Callable[..., Refusal], ...] = ()
    tables: Mapping[str, Table] = field(default_factory=dict)
    decide: Callable[[C, Any], Decision] = _decides_nothing
    evolve: Callable[[S | None, Event, int], S | None] = _keeps_nothing
    asks: Callable[[C, Any], Iterable[Ask]] = _asks_nothing
    about: Callable[[C, Any], About] = _about_nothing
    seen: Callable[[str, S | None, Any], S | None] = _as_folded
    clocks: Callable[[S], tuple[Deadline, ...]] = _no_deadlines
    look: Callable[[UUID], Command] | None = None
    by_other_pack: Callable[[str, str], bool] | None = None
    list: List[S] | None = None
    following: Following | None = None
    owned: Owned | None = None


def makers(module: ModuleType) -> tuple[Callable[..., Refusal], ...]:
    """The functions of a module that make its refusals."""
    found = (one for one in vars(module).values() if isinstance(one, FunctionType))
    return tuple(one for one in found if one.__module__ == module.__name__)


def kinds[T](module: ModuleType, base: type[T]) -> tuple[type[T], ...]:
    """The classes of a module that are of a base and have its name (`VERB`, `TYPE`), as written."""
    found = (one for one in vars(module).values() if isinstance(one, type))
    return tuple(
        one for one in found if issubclass(one, base) and {"VERB", "TYPE"} & vars(one).keys()
    )
