"""Texts that nobody typed, for readers of either language; the console shows its own half."""

from dutyroom.core.text import BOTH as BOTH
from dutyroom.core.text import both as both
