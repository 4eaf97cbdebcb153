"""A generated evening: callers, colleagues and crews who act through the same door as people."""

from dutyroom.evening.evening import Evening

__all__ = ["Evening"]
