"""What a referral may carry of an incident: unsealed for the copy that is sealed again, and shown
to nobody here."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import msgspec

from dutyroom.domain.agreements import CarriedField
from dutyroom.domain.referrals.commands import SendReferral
from dutyroom.readings.reader import Reader
from dutyroom.readings.record import NoSuchRecord, Opened, Record

type Finder = Callable[[Record, Sequence[Opened]], Any]


def to_carry(reader: Reader, command: SendReferral) -> Mapping[str, object]:
    """By field, what is agreed and there. Nothing where there is no such incident or agreement."""
    agreed = next((one for one in reader.pack().agreements if one.code == command.agreement), None)
    wanted = [one for one in agreed.fields if one in _FINDERS] if agreed else []
    if not wanted:
        return {}
    try:
        record = Record.load(reader, command.incident)
    except NoSuchRecord:
        return {}
    pairs = [(entry, reader.within_process(entry)) for entry in record.entries]
    return {field: found for field in wanted if (found := _FINDERS[field](record, pairs))}


def _place(record: Record, pairs: Sequence[Opened]) -> Any:
    place = record.place(pairs)
    return msgspec.to_builtins(place) if place else None


def _of_callers(what: str) -> Finder:
    """What of each caller there is, once."""

    def find(record: Record, pairs: Sequence[Opened]) -> Any:
        said = (getattr(one, what) for one in record.callers(pairs))
        return list(dict.fromkeys(one for one in said if one))

    return find


def _notes(record: Record, pairs: Sequence[Opened]) -> Any:
    return [one.text for one in record.notes(pairs) if one.text and not one.struck]


_FINDERS: Final[Mapping[CarriedField, Finder]] = {
    "place": _place,
    "known": _of_callers("text"),
    "caller_name": _of_callers("name"),
    "caller_telephone": _of_callers("number"),
    "notes": _notes,
}
"""The rest is known of the incident in clear, or said by who sends it."""
