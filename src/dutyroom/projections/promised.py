"""Which deadlines that were promised once would be due at another time by another city pack. They
stay as they are: the next mediation, the decision of a case, a follow-up call, a desk's answer."""

from collections.abc import Iterator
from typing import Final

import msgspec

from dutyroom.citypack import CityPack
from dutyroom.clocks.arithmetic import due
from dutyroom.core.text import Text
from dutyroom.domain.callbacks import CALL_BACKS
from dutyroom.domain.callbacks.row import CallBackRow
from dutyroom.domain.desk_requests import DESK_REQUESTS
from dutyroom.domain.desk_requests.row import DeskRequestRow
from dutyroom.domain.matters import MATTERS
from dutyroom.domain.matters.row import MatterRow
from dutyroom.projections.models import IncidentView, ListedView
from dutyroom.projections.moved import MovedDeadline

_PORTION = 500
_AGAIN: Final = Text("Next mediation", "下次调解")
_CASE: Final = Text("Decision of the case", "处理决定")
_CALL: Final = Text("Follow-up call", "回访")


def promised_deadlines(pack: CityPack) -> Iterator[MovedDeadline]:
    """Of all that is open and still owed, where the pack has a rule for it."""
    for matter in _open(MATTERS.name, MatterRow):
        yield from _of_matter(matter, pack)
    for call in _open(CALL_BACKS.name, CallBackRow):
        yield from _of_call(call, pack)
    desks = {one.code: one for one in pack.desks}
    for asked in _open(DESK_REQUESTS.name, DeskRequestRow):
        desk = desks.get(asked.desk)
        if desk is not None and asked.state == "asked" and asked.from_ms is not None:
            after_ms = desk.answers_by_ms(asked.from_ms)
            name = Text(f"Answer of {desk.text.en}", f"{desk.text.zh}答复")
            yield from _other(asked.number, "accept", name, asked.accept_by_ms, after_ms)


def _open[R](kind: str, of: type[R]) -> Iterator[R]:
    rows = ListedView.objects.filter(kind=kind, open=True).order_by("due_ms", "id")
    for row in rows.values_list("row", flat=True).iterator(_PORTION):
        yield msgspec.json.decode(row, type=of)


def _of_matter(row: MatterRow, pack: CityPack) -> Iterator[MovedDeadline]:
    if row.state == "failed":
        code, name, rule, before_ms = "case", _CASE, pack.loop.matters.case, row.due_ms
    else:
        code, name, rule, before_ms = "again", _AGAIN, pack.loop.matters.again, row.again_ms
    if row.from_ms is None or before_ms is None or rule is None:
        return
    after_ms = due(rule, pack.loop.calendar(rule.calendar), row.from_ms).due_ms
    yield from _other(row.numbers[0], code, name, before_ms, after_ms)


def _of_call(row: CallBackRow, pack: CityPack) -> Iterator[MovedDeadline]:
    rules = pack.loop.call_backs
    found = IncidentView.objects.filter(id=row.id).values_list("priority", flat=True).first()
    if rules is None or row.from_ms is None or found is None:
        return
    rule = rules.rule_for(row.category, found, row.attended)
    if rule is None and row.by_hand:
        rule = rules.rules[-1]  # by which such a call is offered
    if rule is not None:
        after_ms = rules.due_ms(rule.within, row.from_ms)
        yield from _other(row.number, "call_back", _CALL, row.due_ms, after_ms)


def _other(
    number: str, code: str, name: Text, before_ms: int, after_ms: int | None
) -> Iterator[MovedDeadline]:
    if after_ms is not None and after_ms != before_ms:
        yield MovedDeadline(number, code, name, before_ms, after_ms, stays=True)
