"""The advice that a member was shown, as a signed text that goes out with it and comes back.

A dispatch is judged by what its sender saw, not by what would be recommended some seconds later.
The text needs no memory on the server, so any process of the room may check it. It counts only
for the member and the incident that it was made for, and for a shift at most.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.core.signing import BadSignature, Signer

from dutyroom.dispatch import Recommendation

LONGEST_MS: Final = 12 * 3_600_000
_SALT: Final = "dutyroom.advice.v1"


@dataclass(frozen=True, slots=True)
class Advised:
    """Units that were recommended, and expected arrivals by unit in seconds.

    ``shown_ms`` is when that was shown to somebody; None: it was worked out and shown to nobody.
    """

    chosen: frozenset[str]
    arrivals_s: Mapping[str, float]
    shown_ms: int | None = None


def worked_out(advice: Recommendation) -> Advised:
    """A recommendation that nobody was shown."""
    return Advised(frozenset(advice.chosen), _arrivals_s(advice))


def as_shown(advice: Recommendation, incident: str, member: str, now_ms: int) -> str:
    """What goes out with the recommendation to this member, to be named by their dispatch."""
    content: dict[str, Any] = {
        "incident": incident,
        "to": member,
        "at_ms": now_ms,
        "chosen": list(advice.chosen),
        "arrivals_s": _arrivals_s(advice),
    }
    return Signer(salt=_SALT).sign_object(content, compress=True)


def named(text: str, incident: str, member: str, now_ms: int) -> Advised | None:
    """The advice that a dispatch names; None if it names none that was shown for it.

    A dispatch isn't refused for it: help goes out, and is judged as if no advice had been named.
    """
    try:
        content = Signer(salt=_SALT).unsign_object(text)
    except (BadSignature, ValueError):
        return None
    if (content["incident"], content["to"]) != (incident, member):
        return None
    if not 0 <= now_ms - content["at_ms"] <= LONGEST_MS:
        return None
    return Advised(frozenset(content["chosen"]), content["arrivals_s"], content["at_ms"])


def _arrivals_s(advice: Recommendation) -> dict[str, float]:
    return {one.unit: one.arrival_s for one in advice.candidates if one.arrival_s is not None}
