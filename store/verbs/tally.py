"""Tally: what an import has seen, added, changed and found wrong."""

from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator
from contextlib import contextmanager

from store.errors import ImportFailed
from store.intake.fields import Wrong
from store.intake.reading import Problem
from store.outcome import ImportReport

MOST_PROBLEMS = 20
"""After so many problems a file is given up."""


class Tally:
    """Counts objects by kind, each id once, and collects what is wrong."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._seen: dict[str, set[str]] = defaultdict(set)
        self._added: dict[str, set[str]] = defaultdict(set)
        self._changed: dict[str, set[str]] = defaultdict(set)
        self._skipped: Counter[str] = Counter()
        self._problems: list[str] = []
        self._lines: dict[tuple[str, str], int] = {}

    @property
    def is_wrong(self) -> bool:
        """Tell whether anything was wrong, so that nothing may be written."""
        return bool(self._problems)

    def see(self, kind: str, given: str, line: int) -> None:
        """Note that an object was seen, and where last."""
        self._seen[kind].add(given)
        self._lines[kind, given] = line

    def forget_lines(self, kinds: Iterable[str], *, besides: Container[str]) -> None:
        """Drop the lines of kinds that are written, but for some ids."""
        gone = set(kinds)
        self._lines = {
            (kind, given): line
            for (kind, given), line in self._lines.items()
            if kind not in gone or given in besides
        }

    def skip(self, kind: str) -> None:
        """Note an object of a kind that the store does not keep."""
        self._skipped[kind] += 1

    def add(self, kind: str, ids: Iterable[str]) -> None:
        """Note new objects."""
        self._added[kind].update(ids)

    def change(self, kind: str, ids: Iterable[str]) -> None:
        """Note changes to objects that were there before the import."""
        self._changed[kind].update(set(ids) - self._added[kind])

    def problem(self, problem: Problem) -> None:
        """Note what is wrong.

        Raises:
            ImportFailed: It is one too many.
        """
        self._problems.append(str(problem))
        if len(self._problems) == MOST_PROBLEMS:
            self._problems.append(f"{self._source}: reading stopped here.")
            self.check()

    @contextmanager
    def noting(self, kind: str, given: str) -> Iterator[None]:
        """Turn what is wrong with an object into a problem at its line."""
        try:
            yield
        except Wrong as wrong:
            line = self._lines.get((kind, given), 0)
            self.problem(Problem(self._source, line, str(wrong)))

    def check(self) -> None:
        """Give up when anything was wrong.

        Raises:
            ImportFailed: With every problem.
        """
        if self._problems:
            raise ImportFailed(self._source, tuple(self._problems))

    def report(self) -> ImportReport:
        """Return what the import brought in."""
        added = {kind: len(ids) for kind, ids in self._added.items() if ids}
        changed = {kind: len(ids) for kind, ids in self._changed.items() if ids}
        read = sum(len(ids) for ids in self._seen.values())
        same = sum(
            len(ids - self._added[kind] - self._changed[kind])
            for kind, ids in self._seen.items()
        )
        return ImportReport(
            source=self._source,
            read=read,
            added=dict(sorted(added.items())),
            changed=dict(sorted(changed.items())),
            unchanged=same,
            skipped=dict(sorted(self._skipped.items())),
        )
