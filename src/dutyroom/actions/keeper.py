"""The keeper: looks at clocks when they fall due, so that somebody is warned and told.

It decides nothing: it asks the door, which finds in the journal what has been done already. Killed,
started twice or stopped for a day, it tells everybody once.
"""

import itertools
import logging
import secrets
import threading
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Final
from uuid import UUID

import msgspec
from django.db import DatabaseError, connection
from django.db.models import Q

from dutyroom.actions.clock import now_ms
from dutyroom.actions.door import Denied, Done, Door
from dutyroom.actions.request import Request
from dutyroom.core.ids import uuid7
from dutyroom.domain import AGGREGATES
from dutyroom.domain.context import Actor
from dutyroom.domain.kernel import Command
from dutyroom.domain.loops.row import BY_PACK
from dutyroom.domain.watching.commands import LookAtDeadlines
from dutyroom.journal import lease
from dutyroom.projections import packs
from dutyroom.projections.models import ListedView

KEEPER: Final = Actor("keeper", "keeper")
EVERY_S: Final = 1.0
LEASE_MS: Final = 15_000
AT_ONCE: Final = 100
"""Records that it looks at before it renews its lease."""
AGAIN_MS: Final = 60_000
"""When it comes back to one that could not be looked at, so that others don't wait for that one."""

_LOOKS: Final[Mapping[str, Callable[[UUID], Command]]] = {
    one.name: one.look or partial(LookAtDeadlines, one.name) for one in AGGREGATES if one.list
}
"""What the keeper asks for when a record of a kind falls due."""
_BY_OTHER_PACK: Final = {one.name: one.by_other_pack for one in AGGREGATES if one.by_other_pack}
"""Of which kinds it looks at records where another city pack is in force, and at which."""

log = logging.getLogger(__name__)


class _Id(msgspec.Struct):
    id: str


class Keeper:
    """One per server process; of several processes of a room one at a time has the lease."""

    def __init__(self, door: Door) -> None:
        self._door = door
        self._holder = secrets.token_hex(8)
        self._not_before: dict[str, int] = {}
        self._held = False
        self._pack: str | None = None
        self._of_other_packs: Iterator[tuple[str, str]] | None = None
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Look every second from now on, on a thread of its own."""
        self._thread = threading.Thread(target=self._serve, name="keeper", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End what is under way, and leave the lease to whoever comes next."""
        self._stopping.set()
        if self._thread is not None:
            self._thread.join()

    def turn(self) -> int:
        """Look at the clocks that have fallen due, if the lease is ours; how many records it was.

        Raises `DatabaseError` if the database can't be read or written.
        """
        now = now_ms()
        self._not_before = {id_: at for id_, at in self._not_before.items() if at > now}
        self._follow_pack()
        due = _due(now, AT_ONCE + len(self._not_before))
        if not due and self._of_other_packs is None:  # the usual case: nothing is written
            return 0
        self._held = lease.take("keeper", self._holder, now, LEASE_MS)
        if not self._held:
            return 0
        looked = [one for one in due if one[1] not in self._not_before][:AT_ONCE]
        looked += self._some_of_other_packs(AT_ONCE - len(looked))
        for kind, id_ in dict.fromkeys(looked):
            if not self._look(_LOOKS[kind](UUID(id_))):
                self._not_before[id_] = now + AGAIN_MS
        return len(looked)

    def _follow_pack(self) -> None:
        """Where another city pack is in force, clocks that go by an older one are looked at too."""
        hash_ = packs.adopted_hash()
        if hash_ is not None and hash_ != self._pack:
            self._of_other_packs = _by_another_pack(hash_)
            self._pack = hash_

    def _some_of_other_packs(self, at_most: int) -> list[tuple[str, str]]:
        if self._of_other_packs is None:
            return []
        some = list(itertools.islice(self._of_other_packs, at_most))
        if len(some) < at_most:
            self._of_other_packs = None
        return some

    def _look(self, command: Command) -> bool:
        """Whether something came of it."""
        action = uuid7(now_ms(), secrets.randbits(74))
        try:
            outcome = self._door.perform(Request(action, KEEPER, command))
        except Exception:
            log.exception("%s failed: %s", command.VERB, command)
            return False
        if isinstance(outcome, Denied):
            log.error("the keeper may not look at clocks: %s", outcome.because.en)
        return isinstance(outcome, Done) and bool(outcome.events)

    def _serve(self) -> None:
        try:
            while not self._stopping.is_set():
                self._turn_if_it_works()
                self._stopping.wait(EVERY_S)
        finally:
            self._leave()
            connection.close()

    def _turn_if_it_works(self) -> None:
        try:
            while self.turn() == AT_ONCE and not self._stopping.is_set():
                pass
        except DatabaseError as error:  # whoever acts is told so; it tries again
            log.warning("the keeper can't reach the database: %s", error)
            connection.close()
        except Exception:
            log.exception("the keeper stumbled")

    def _leave(self) -> None:
        if self._held:
            try:
                lease.give_back("keeper", self._holder)
            except DatabaseError:
                log.warning("the keeper's lease runs out by itself")


def _due(now: int, at_most: int) -> list[tuple[str, str]]:
    """Records whose clocks must be looked at, the longest overdue first: kind and id. What has
    ended by itself owes nothing any more."""
    rows = ListedView.objects.filter(
        Q(until_ms=None) | Q(until_ms__gt=now), look_ms__lte=now, open=True
    ).order_by("look_ms")
    found = rows.values_list("kind", "row")[:at_most]
    return [(kind, msgspec.json.decode(row, type=_Id).id) for kind, row in found]


def _by_another_pack(hash_: str) -> Iterator[tuple[str, str]]:
    """Records of which something goes by another pack than the one of this hash, or ended because
    of one, in portions: kind and id."""
    for kind, may_change in _BY_OTHER_PACK.items():
        last = ""
        while rows := list(
            ListedView.objects.filter(Q(open=True) | Q(state=BY_PACK), kind=kind, id__gt=last)
            .order_by("id")
            .values_list("id", "row")[:AT_ONCE]
        ):
            last = rows[-1][0]
            for _, row in rows:
                if may_change(row, hash_):
                    yield kind, msgspec.json.decode(row, type=_Id).id
