"""Dutyroom: every call for help through its whole life, and the proof of it."""

from typing import Final

__version__: Final = "0.1.0"
