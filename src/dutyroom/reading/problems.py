"""What is wrong with checked files: each problem with file, line and remedy."""

from collections import Counter
from dataclasses import dataclass

from dutyroom.core.text import counted

_SHOWN_PER_FILE = 50


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to put right. ``line`` counts from 1; None where a whole file is meant."""

    file: str
    line: int | None
    message: str
    remedy: str

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        return f"{place}: {self.message}. {self.remedy}."


class PackRefused(Exception):
    """The pack can't be used; ``problems`` lists everything that was found, at once."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        super().__init__("\n".join(str(problem) for problem in problems))


class ProblemList:
    """Collects problems while reading goes on; says each once, and at most fifty of one file."""

    def __init__(self) -> None:
        self._noted = 0
        self._problems: dict[Problem, None] = {}
        self._per_file: Counter[str] = Counter()

    def add(self, file: str, line: int | None, message: str, remedy: str) -> None:
        """Note one problem; reading continues."""
        self._noted += 1
        problem = Problem(file, line, message, remedy)
        if problem not in self._problems:
            self._per_file[file] += 1
            if self._per_file[file] <= _SHOWN_PER_FILE:
                self._problems[problem] = None

    def __len__(self) -> int:
        """How often one was noted: also again, and of those that aren't shown."""
        return self._noted

    def raise_if_any(self) -> None:
        """Raise PackRefused with everything found, in the order of file and line."""
        if not self._problems:
            return
        found = sorted(self._problems, key=lambda p: (p.file, p.line or 0))
        for file, count in sorted(self._per_file.items()):
            if count > _SHOWN_PER_FILE:
                more = counted(count - _SHOWN_PER_FILE, "more problem")
                message = f"{more} in this file"
                found.append(
                    Problem(file, None, message, "Put right the first ones and check again")
                )
        raise PackRefused(tuple(found))
