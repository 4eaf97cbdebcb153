"""Identifiers: UUIDv7 for machines, a short public number for people, and their order."""

import re
from uuid import UUID

_DAMM = (
    (0, 3, 1, 7, 5, 9, 8, 6, 4, 2),
    (7, 0, 9, 2, 1, 5, 4, 8, 6, 3),
    (4, 2, 0, 6, 8, 7, 1, 3, 5, 9),
    (1, 7, 5, 0, 9, 8, 3, 4, 2, 6),
    (6, 1, 2, 3, 0, 4, 5, 9, 7, 8),
    (3, 6, 7, 4, 2, 0, 9, 5, 8, 1),
    (5, 8, 6, 9, 7, 2, 0, 1, 3, 4),
    (8, 9, 4, 5, 3, 6, 2, 0, 1, 7),
    (9, 4, 3, 8, 6, 1, 7, 2, 0, 5),
    (2, 5, 8, 1, 4, 3, 6, 7, 9, 0),
)
PUBLIC_NUMBERS = 9_000_000
"""How many public numbers exist: seven digits, the first one not 0, and a check digit."""


def uuid7(time_ms: int, random_bits: int) -> UUID:
    """A version 7 UUID (RFC 9562, 5.7) from a time and 74 random bits, both passed in."""
    if not 0 <= time_ms < 1 << 48:
        raise ValueError("time_ms must fit in 48 bits")
    rand_a = (random_bits >> 62) & 0xFFF
    rand_b = random_bits & ((1 << 62) - 1)
    return UUID(int=time_ms << 80 | 0x7 << 76 | rand_a << 64 | 0b10 << 62 | rand_b)


def check_digit(digits: str) -> str:
    """The Damm check digit (H. M. Damm, 2004): finds every single slip and every swap."""
    interim = 0
    for digit in digits:
        interim = _DAMM[interim][int(digit)]
    return str(interim)


def public_number(pick: int) -> str:
    """The number people read aloud, such as ``4829-3174``.

    ``pick`` is a random integer in ``range(PUBLIC_NUMBERS)``: the number gives away no count.
    The last digit is a check digit, so a misheard number is noticed.
    """
    if not 0 <= pick < PUBLIC_NUMBERS:
        raise ValueError(f"pick must be in 0..{PUBLIC_NUMBERS - 1}")
    digits = str(pick + 1_000_000)
    digits += check_digit(digits)
    return f"{digits[:4]}-{digits[4:]}"


def is_public_number(text: str) -> bool:
    """Whether the text is a well-formed public number, with or without its hyphen."""
    digits = text.replace("-", "")
    return len(digits) == 8 and digits.isascii() and digits.isdigit() and check_digit(digits) == "0"


def by_id(text: str) -> tuple[tuple[int, int, str], ...]:
    """The key that orders ids of units as people count them: P2 before P10."""
    parts = re.findall(r"[0-9]+|[^0-9]+", text)
    key = tuple((0, int(p), p) if p.isdigit() else (1, 0, p) for p in parts)
    return (*key, (2, 0, text))
