"""Agreements with partners: what may be handed over to whom, for what, and until when."""

from dataclasses import dataclass
from typing import Final, Literal, get_args

from dutyroom.core.text import Text

CarriedField = Literal[
    "number",
    "category",
    "priority",
    "time",
    "place",
    "known",
    "caller_name",
    "caller_telephone",
    "notes",
    "request",
]
"""What a referral may carry of an incident: its number, category and priority, when it was opened,
where it is, what callers said, their names and telephone numbers, its notes; and what is asked of
the partner."""
CARRIED_FIELDS: Final[tuple[CarriedField, ...]] = get_args(CarriedField)


@dataclass(frozen=True, slots=True)
class Agreement:
    """`partner` is the path of its organisation. `categories`: for which incidents, none for all.
    `accept_ms`: within which time the partner answers. It is in force from `from_ms` until before
    `until_ms`. `basis`: the paper that it stands in. `minors`: also incidents that concern a minor
    may be handed over by it. `suggest`: an incident of its categories has an open point until
    somebody was referred to the partner, or has said that it isn't needed."""

    code: str
    text: Text
    partner: str
    categories: frozenset[str]
    fields: tuple[CarriedField, ...]
    purpose: Text
    accept_ms: int
    from_ms: int
    until_ms: int
    basis: Text
    minors: bool = False
    suggest: bool = False

    def is_for(self, category: str) -> bool:
        """Whether incidents of a category may be handed over by it."""
        return not self.categories or category in self.categories

    def in_force(self, at_ms: int) -> bool:
        """Whether it holds at a time."""
        return self.from_ms <= at_ms < self.until_ms
