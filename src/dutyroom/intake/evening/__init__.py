"""A generated evening: callers, colleagues and crews who act through the same door as people."""

from dutyroom.intake.evening.evening import Evening

__all__ = ["Evening"]
