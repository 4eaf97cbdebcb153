"""What stands in the way of what was asked of a room from outside."""


class Cannot(Exception):
    """It can't be done, and nothing was; the message says why, and what to do."""
