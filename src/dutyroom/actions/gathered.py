"""What a decision needs to know: the states and the answers of indexes that are asked for."""

from collections.abc import Callable, Collection, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.db.backends.utils import CursorWrapper

from dutyroom.actions.gather import Known, StateOf, answer
from dutyroom.actions.request import Request
from dutyroom.advice.advised import Advised
from dutyroom.citypack import CityPack
from dutyroom.citypack.codes import NO_CODES, codes_of
from dutyroom.clocks.loop import NO_LOOP
from dutyroom.domain.asking import asks, kind_of
from dutyroom.domain.context import Context
from dutyroom.domain.kernel import Ask, Index, State


@dataclass(frozen=True, slots=True)
class Gathered:
    """The context of a decision, into which more is loaded as it is asked for."""

    context: Context
    _load: Callable[[AbstractSet[Ask]], None]
    _asked: set[Ask] = field(default_factory=set)

    def load(self, asked: Callable[[Context], AbstractSet[Ask]]) -> Context:
        """Load what is asked for; some is known from others only."""
        while more := asked(self.context) - self._asked:
            self._asked.update(more)
            self._load(more)
        return self.context


def gather(
    cursor: CursorWrapper,
    pack: CityPack | None,
    request: Request,
    now: int,
    state: StateOf,
    advised: Advised | None,
    carried: Mapping[str, object],
    *,
    numbers: Collection[str] = (),
    before: Callable[[Index[Any]], None] = lambda _index: None,
) -> Gathered:
    """Load what the command asks for. Runs under the journal's lock.

    For whoever writes rows later than events: ``before`` is called before an index is asked, and
    ``numbers`` are the public numbers of incidents whose rows aren't written yet.
    """
    occurred = request.occurred_at_ms if request.occurred_at_ms is not None else now
    states: dict[str, State] = {}
    answers: dict[Index[Any], object] = {}
    context = Context(
        now_ms=now,
        states=states,
        answers=answers,
        occurred_at_ms=occurred,
        actor=request.actor,
        codes=codes_of(pack) if pack else NO_CODES,
        recommended=advised.chosen if advised else None,
        arrivals_s=advised.arrivals_s if advised else {},
        advised_at_ms=advised.shown_ms if advised else None,
        pack_hash=pack.hash if pack else "",
        loop=pack.loop if pack else NO_LOOP,
    )
    known = Known(cursor, pack, state, occurred, carried, numbers)

    def load(more: AbstractSet[Ask]) -> None:
        indexes = [one for one in more if isinstance(one, Index)]
        for one in indexes:
            before(one)
        states.update(_states(more, context, state))
        answers.update({one: answer(one, known) for one in indexes})

    gathered = Gathered(context, load)
    gathered.load(partial(asks, request.command))
    return gathered


def _states(asked: AbstractSet[Ask], context: Context, state: StateOf) -> dict[str, State]:
    """What decisions see of the records that were asked for, without those that aren't there."""
    found: dict[str, State] = {}
    for stream in sorted(one for one in asked if isinstance(one, str)):
        id_ = stream.partition(":")[2]
        seen = kind_of(stream).seen(id_, state(stream), context.codes)
        if seen is not None:
            found[stream] = seen
    return found
