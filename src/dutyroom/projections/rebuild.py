"""Make every read model again from the journal. The result equals the live one."""

from collections.abc import Callable, Iterator
from itertools import groupby

from django.db import connection

from dutyroom.citypack import CityPack
from dutyroom.domain.centre.events import PackAdopted
from dutyroom.domain.evolve import evolve
from dutyroom.domain.kernel import State
from dutyroom.journal import read
from dutyroom.journal.transactions import lock, transaction
from dutyroom.projections.facts import Fact, fact
from dutyroom.projections.packs import load
from dutyroom.projections.project import clear, pack_adopted, project

GROUP = 2_000


def rebuild(progress: Callable[[int, int], None] | None = None) -> int:
    """Rebuild in one transaction; returns how many entries were read.

    ``progress`` gets (entries read, entries in all). Raises `NoPack` if a pack that the journal
    names is missing.
    """
    states: dict[str, State | None] = {}
    pack: CityPack | None = None
    done = 0
    with transaction(), connection.cursor() as cursor:
        lock(cursor)
        of = read.head(cursor).position
        clear(cursor)
        for facts in _by_action():
            for one in facts:
                state = evolve(states.get(one.stream), one.event, one.occurred_at_ms)
                states[one.stream] = state
            adopted = next((f.event for f in facts if isinstance(f.event, PackAdopted)), None)
            pack = load(adopted.hash) if adopted else pack
            if pack is not None:
                project(cursor, pack, facts, states.get)
            if adopted and pack is not None:
                pack_adopted(cursor, pack, facts[-1].position, states.get)
            done += len(facts)
            if progress is not None:
                progress(done, of)
    return done


def _by_action() -> Iterator[list[Fact]]:
    """The journal's facts, those of one action together."""
    for _, entries in groupby(_entries(), key=lambda entry: entry.action):
        yield [fact(entry) for entry in entries]


def _entries() -> Iterator[read.Entry]:
    after = 0
    with connection.cursor() as cursor:
        while group := read.entries(cursor, after=after, limit=GROUP):
            yield from group
            after = group[-1].position
