"""A practice shift: calls ring, crews drive; answering, categorising and sending are the trainees'.

Everything goes through the same door as in life. Ids follow from the beginning and the seed, so
that a player that is started again rings no call twice.
"""

import json
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

import numpy as np

from dutyroom.actions.door import NotSaved
from dutyroom.actions.request import Request
from dutyroom.core.ids import uuid7
from dutyroom.domain.calls.commands import ReceiveCall, RecordCallDetails
from dutyroom.domain.incidents.row import IncidentRow
from dutyroom.domain.units.commands import SignOff, SignOn
from dutyroom.domain.units.row import UnitRow
from dutyroom.evening.callers import Callers
from dutyroom.evening.evening import (
    DISPATCHER,
    GATEWAY,
    LINES,
    POSITION_EVERY_MS,
    TAKER,
    Evening,
)
from dutyroom.practice.duty import ALWAYS, Duty
from dutyroom.practice.plan import Ringing
from dutyroom.projections import board
from dutyroom.projections.rows import read_call, read_incident, read_unit

OPEN_STATES = frozenset({"dispatched", "en_route", "on_scene", "transporting", "at_facility"})


@dataclass(slots=True)
class Shift(Evening):
    """Call `step` about once a second. ``advice`` is the file that `note_advice` appends to;
    ``duty`` says whose shift it is."""

    calls: tuple[Ringing, ...] = ()
    begin_ms: int = 0
    advice: Path | None = None
    duty: Duty = ALWAYS
    _rung: int = 0
    _on_shift: dict[str, bool] = field(default_factory=dict)
    _leaving: set[str] = field(default_factory=set)

    def sign_on(self, now_ms: int) -> None:
        """Bring the units on duty whose shift it is, and those off duty whose it isn't."""
        self._change_over(self._units(), now_ms)

    def step(self, now_ms: int) -> None:
        """Ring what is due, let callers speak and crews work, and note what the engine advises."""
        while self._rung < len(self.calls) and self._due_ms(self._rung) <= now_ms:
            if not self._ring_next():
                break
        snapshot = board.snapshot(now_ms)
        units = [read_unit(row) for row in snapshot.rows["units"]]
        self._notice_emergencies(units)
        for call in map(read_call, snapshot.rows["calls"]):
            if call.state == "claimed" and not call.has_details:
                self._say_details(call.id, now_ms)
        incidents = [read_incident(row) for row in snapshot.rows["incidents"]]
        for row in incidents:
            if row.state == "open":
                for assignment in row.assignments:
                    if assignment.state in OPEN_STATES:
                        self._crew(row, assignment, now_ms)
        self._note_advice(incidents, now_ms)
        self._change_over(units, now_ms)
        if now_ms - self._sent_ms >= POSITION_EVERY_MS:
            self._sent_ms = now_ms
            self._move(units, now_ms)

    def _change_over(self, units: list[UnitRow], now_ms: int) -> None:
        """Crews come when their shift begins, and go when it has ended, once their unit is free.

        Only then: a unit that a trainee signs on or off meanwhile stays as they left it.
        """
        after_s = (now_ms - self.begin_ms) / 1000 * self.speed
        for unit in units:
            key, off = unit.id, unit.status == "off_duty"
            on_shift = self.duty.on(key, after_s)
            if on_shift != self._on_shift.get(key):
                self._on_shift[key] = on_shift
                if on_shift:
                    self._leaving.discard(key)
                    if off:
                        self._sign_on(key, now_ms)
                elif not off:
                    self._leaving.add(key)
            free = unit.status == "available" and not unit.emergency
            if key in self._leaving and (off or free):
                self._leaving.discard(key)
                if not off:
                    self._do(DISPATCHER, SignOff(key), now_ms)

    def _sign_on(self, unit: str, now_ms: int) -> None:
        crew = tuple(f"{unit}-{n + 1}" for n in range(self.room.pack.unit(unit).crew))
        self._do(DISPATCHER, SignOn(unit, crew), now_ms)

    def _due_ms(self, index: int) -> int:
        return self.begin_ms + round(self.calls[index].at_s * 1000 / self.speed)

    def _draws(self, index: int) -> np.random.Generator:
        return np.random.default_rng((self.seed, index))

    def _ids(self, index: int) -> tuple[UUID, UUID]:
        """The call's id and its action's."""
        draws = self._draws(index)
        at_ms = self._due_ms(index)
        call, action = (
            uuid7(at_ms, int.from_bytes(draws.bytes(10)) & ((1 << 74) - 1)) for _ in range(2)
        )
        return call, action

    def _ring_next(self) -> bool:
        """False if the call could not be saved: it rings at the next look, with the same ids."""
        index = self._rung
        call, action = self._ids(index)
        caller = Callers(self.room.pack, self._draws(index)).caller()
        line = LINES[index % len(LINES)]
        received = ReceiveCall(call, line, caller.number)
        if isinstance(self.room.door.perform(Request(action, GATEWAY, received)), NotSaved):
            return False
        self._rung += 1
        return True

    def _say_details(self, call: str, now_ms: int) -> None:
        """The caller says what happened and where, whoever listens."""
        found = next((i for i in range(self._rung) if str(self._ids(i)[0]) == call), None)
        if found is None:
            return
        rung = self.calls[found]
        caller = Callers(self.room.pack, self._draws(found)).caller()
        category = next(o for o in self.room.pack.vocabulary.categories if o.code == rung.category)
        zone = self.room.pack.zone(self.room.pack.zone_at(rung.lon, rung.lat)).name
        where = f"{zone.zh} {zone.en}, {rung.lat:.5f}, {rung.lon:.5f}"
        text = f"{category.text.zh} · {category.text.en} ({where})"
        self._do(TAKER, RecordCallDetails(UUID(call), caller, text), now_ms)

    def _note_advice(self, incidents: list[IncidentRow], now_ms: int) -> None:
        """What the engine recommends now, for each incident that lacks units."""
        if self.advice is None:
            return
        lines = []
        for row in incidents:
            if row.state != "open" or not row.unmet:
                continue
            found = self.room.advisor.recommend(row.id, now_ms)
            if found is not None:
                chosen = {o.unit: o.arrival_s for o in found.candidates if o.chosen}
                lines.append({"incident": row.id, "at_ms": now_ms, "chosen": chosen})
        if lines:
            with self.advice.open("a", encoding="utf-8") as file:
                file.writelines(json.dumps(line) + "\n" for line in lines)
