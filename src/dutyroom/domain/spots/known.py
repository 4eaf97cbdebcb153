"""What is known of public places besides the records about them."""

from dataclasses import dataclass
from uuid import UUID

from dutyroom.domain.kernel import Index
from dutyroom.domain.values import Place


@dataclass(frozen=True, slots=True)
class Public:
    """A public place of the pack, with its zone."""

    place: Place
    zone: str


@dataclass(frozen=True, slots=True)
class PublicPlaceOf(Index[Public | None]):
    """The public place of a key; None where the pack has none."""

    key: str

    def unknown(self) -> None:
        return None


@dataclass(frozen=True, slots=True)
class SpotOf(Index[UUID | None]):
    """The spot that is taken on for a place and a kind."""

    place: str
    kind: str

    def unknown(self) -> None:
        return None
