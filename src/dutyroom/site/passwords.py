"""What a member's password must have: length, and not to be among the first that are tried."""

from functools import cache
from typing import Final

from django.contrib.auth.password_validation import CommonPasswordValidator

SHORTEST: Final = 10
LONGEST: Final = 200
"""What the sign-in page takes."""
_FEWEST_DIFFERENT: Final = 5
_SHORTEST_NAME: Final = 3
"""A shorter staff number stands in too many good passwords by chance."""


def weakness(password: str, name: str) -> str | None:
    """Why this is no password for the member ``name``, and what would be; None if it is one."""
    if len(password) < SHORTEST:
        return f"the password is too short: at least {SHORTEST} characters, such as a few words"
    if len(password) > LONGEST:
        return f"the password is too long: at most {LONGEST} characters"
    if password.isdecimal():
        return "the password is a number, and numbers are tried first: take a few words"
    if len(set(password)) < _FEWEST_DIFFERENT:
        return "the password repeats few characters: take a few words"
    if len(name) >= _SHORTEST_NAME and name.lower() in password.lower():
        return f"the password has the staff number {name} in it: take a few words"
    if password.lower() in _most_used():
        return "the password is one of the most used, which are tried first: take a few words"
    return None


@cache
def _most_used() -> frozenset[str]:
    """The 20,000 most used passwords, as Django brings them."""
    return frozenset(CommonPasswordValidator().passwords)
