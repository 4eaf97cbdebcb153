"""What the sign-in answers when there were too many tries; `site` counts them."""


class TooManyTries(Exception):
    """429: nothing was checked; the next try may come after ``wait_s``."""

    def __init__(self, wait_s: int) -> None:
        super().__init__(f"the next try may come in {wait_s} s")
        self.wait_s = wait_s
