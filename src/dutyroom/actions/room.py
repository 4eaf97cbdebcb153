"""One room, opened: its pack, its door, its readings, its engine."""

import json
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.db.backends.utils import CursorWrapper

from dutyroom.actions.clock import now_ms
from dutyroom.actions.door import Door
from dutyroom.actions.ledger import Ledger
from dutyroom.advice.advisor import Advisor
from dutyroom.advice.outlook import Outlooks
from dutyroom.advice.sending import Sendings
from dutyroom.attachments.store import Attachments
from dutyroom.citypack import CityPack, Gazetteer, map_layers
from dutyroom.core.text import Text
from dutyroom.domain.centre.events import PackAdopted
from dutyroom.journal import read
from dutyroom.journal.checkpoints import EVERY, Checkpoint, write_checkpoint
from dutyroom.journal.keys import Keyring
from dutyroom.journal.opening import fit_key
from dutyroom.journal.seal import Sealer
from dutyroom.journal.writer import GroupWriter, Listener
from dutyroom.projections import packs
from dutyroom.projections.repeats import Counting
from dutyroom.readings.carrying import to_carry
from dutyroom.readings.reader import Reader

log = logging.getLogger(__name__)


class _Watching(Listener):
    """The ledger's listener, which also reports each commit to the live hub, writes a checkpoint
    of the journal's end now and then, and hears of a city pack that was adopted elsewhere."""

    def __init__(
        self,
        ledger: Ledger,
        keyring: Keyring,
        on_commit: Callable[[], None],
        look_at_pack: Callable[[], None],
    ) -> None:
        self.advisor: Advisor | None = None
        self._ledger = ledger
        self._keyring = keyring
        self._on_commit = on_commit
        self._look_at_pack = look_at_pack
        self._head = read.Head(0, b"")
        self._kept = 0

    def begin(self, cursor: CursorWrapper, position: int) -> None:
        changed = self._ledger.begin(cursor, position)
        if changed is None or "centre" in changed:
            self._look_at_pack()

    def rolled_back(self) -> None:
        self._ledger.rolled_back()
        self._keyring.undone()
        if self.advisor is not None:
            self.advisor.forget()

    def committed(self, position: int, hash_: bytes) -> None:
        self._head = read.Head(position, hash_)
        self._ledger.committed(position)
        self._keyring.committed()
        self._on_commit()
        if position >= self._kept + EVERY:
            self.checkpoint()

    def checkpoint(self) -> None:
        """Note the journal's end beside the key."""
        if self._head.position > self._kept:
            self._kept = self._head.position
            mark = Checkpoint(self._head.position, self._head.hash.hex(), now_ms())
            write_checkpoint(settings.HOME.key, mark)


class Room:
    """Everything that a process needs to serve one room."""

    def __init__(self, pack: CityPack | None, on_commit: Callable[[], None]) -> None:
        keyring, ledger = Keyring(fit_key(settings.HOME.key)), Ledger()
        sealer = Sealer(keyring)
        self._pack = pack
        self._gazetteer: tuple[str, Gazetteer] | None = None
        self._layers: tuple[str, dict[str, dict[str, Any]]] | None = None
        self._watching = _Watching(ledger, keyring, on_commit, self._follow_pack)
        self._writer = GroupWriter(self._watching, keyring)
        self.reader = Reader(
            sealer=sealer, writer=self._writer, now_ms=now_ms, pack=lambda: self.pack
        )
        self.attachments = Attachments(
            folder=settings.HOME.attachments, sealer=sealer, writer=self._writer, now_ms=now_ms
        )
        self.counting = Counting(self.reader.within_process)
        self.advisor = self._watching.advisor = Advisor(self.reader)
        if pack is not None:
            self.advisor.use(pack)
        self.outlooks = Outlooks(self.advisor, settings.HOME.folder)
        self.sendings = Sendings(self.advisor, self.outlooks)
        self.door = Door(
            pack=lambda: self._pack,
            sealer=sealer,
            writer=self._writer,
            ledger=ledger,
            advisor=self.advisor,
            on_adopted=self._adopted,
            to_carry=lambda command: to_carry(self.reader, command) if self._pack else {},
        )

    @classmethod
    def open(cls, on_commit: Callable[[], None]) -> "Room":
        """Open the room of this process. Raises `NoPack` before a city pack was adopted."""
        return cls(packs.pack_in_force(), on_commit)

    @property
    def pack(self) -> CityPack:
        """The city pack in force."""
        if self._pack is None:
            raise packs.NoPack("no city pack was adopted yet")
        return self._pack

    def gazetteer(self) -> Gazetteer:
        """The search for places of the pack in force."""
        if self._gazetteer is None or self._gazetteer[0] != self.pack.hash:
            self._gazetteer = (self.pack.hash, Gazetteer(self.pack))
        return self._gazetteer[1]

    def map_layers(self) -> dict[str, dict[str, Any]]:
        """The map of the pack in force, by layer."""
        if self._layers is None or self._layers[0] != self.pack.hash:
            self._layers = (self.pack.hash, map_layers(self.pack))
        return self._layers[1]

    def warm_up(self) -> None:
        """Compile the engine and build the indexes, so that the first call waits for nothing."""
        self.advisor.warm_up()
        self.gazetteer()
        self.map_layers()

    def close(self) -> None:
        """Finish what is being written, and note where the journal ends."""
        self._writer.stop()
        self._watching.checkpoint()

    def describe(self) -> dict[str, Any]:
        """What this room is: its name, its kind and, in a demo, who may sign in."""
        title = {"en": self.pack.title.en, "zh": self.pack.title.zh}
        described = _json("room.json") or {"name": "live", "kind": "live", "title": title}
        logins = _json("demo-logins.json") if described["kind"] != "live" else None
        signs = {unit.id: unit.call_sign for unit in self.pack.units}
        named = [{**one, "call_sign": _pair(signs.get(one["unit"]))} for one in logins or []]
        return {"room": described, "demo_logins": named}

    def _adopted(self, event: PackAdopted) -> CityPack:
        return self._use(packs.load(event.hash))

    def _use(self, pack: CityPack) -> CityPack:
        self._pack = pack
        self.advisor.use(pack)
        return pack

    def _follow_pack(self) -> None:
        """Go on with the pack that the journal says: another process may have adopted one, or
        ours was undone."""
        hash_ = packs.adopted_hash()
        if hash_ is None or (self._pack is not None and self._pack.hash == hash_):
            return
        try:
            self._use(packs.load(hash_))
        except packs.NoPack:  # calls are taken all the same
            log.exception("a city pack was adopted that this server can't read")


def _pair(text: Text | None) -> dict[str, str] | None:
    return {"en": text.en, "zh": text.zh} if text else None


def _json(name: str) -> Any:
    file = settings.HOME.folder / name
    return json.loads(file.read_text(encoding="utf-8")) if file.is_file() else None


@contextmanager
def opening() -> Iterator[Door]:
    """The door of a room that may have no pack yet, for the first adoption."""
    hash_ = packs.adopted_hash()
    room = Room(packs.load(hash_) if hash_ else None, lambda: None)
    try:
        yield room.door
    finally:
        room.close()
