"""What may be asked about the centre."""

from dataclasses import dataclass
from typing import ClassVar

from dutyroom.domain.kernel import Command


@dataclass(frozen=True, slots=True)
class AdoptPack(Command):
    """From now on this city pack gives codes, plans and places their meaning."""

    VERB: ClassVar[str] = "centre.adopt_pack"
    name: str
    version: str
    hash: str
