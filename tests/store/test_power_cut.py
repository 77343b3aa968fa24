"""The current fails at any instant: no answered refund is lost, the store is sound."""

import random
import re
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from power import CALLS, SYNCS, Call, Disk, calls
from traced import Desk, file_of

from conftest import Funds, Pay
from store import Store, open_store
from store.errors import StoreError

pytestmark = [
    pytest.mark.sqlite,
    pytest.mark.skipif(not shutil.which("strace"), reason="strace is not installed"),
]
REFUNDS = 12
CUTS = 200
SEED = 2026
_ANSWER = re.compile(rb"re_\w+")


@dataclass(frozen=True)
class Run:
    """What a process did to a store's file, and what it answered meanwhile."""

    file: Path
    before: bytes
    known: frozenset[str]
    """The refunds that were answered before."""
    asked: frozenset[str]
    """The refunds that were answered in all."""
    made: Sequence[Call]

    def cuts(self, place: Path) -> Iterator[tuple[set[str], set[str] | None]]:
        """Yield for each cut the refunds answered by then and those found, if any."""
        chance = random.Random(SEED)  # noqa: S311 - the same cuts every time
        instants = chance.choices(range(len(self.made)), k=CUTS)
        disk, answered = Disk({self.file: self.before}), set(self.known)
        for number, call in enumerate(self.made):
            if self.file.parent in {call.path, *call.path.parents}:
                disk.take(call)
            else:
                answered |= {one.decode() for one in _ANSWER.findall(call.data)}
            for _ in range(instants.count(number)):
                yield answered, self.found(disk.fail(chance), place)

    def found(self, files: dict[Path, bytes], place: Path) -> set[str] | None:
        """Return the refunds of the store that a disk held; None where it is broken."""
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir()
        for path, content in files.items():
            (place / path.name).write_bytes(content)
        try:
            with open_store(f"sqlite:///{place / self.file.name}") as store:
                sound = store.examine() == ()
                return refunds(store) if sound else None
        except StoreError:
            return None


def refunds(store: Store) -> set[str]:
    """Return the id of every refund."""
    return {refund.id for refund in store.refunds.list(limit=100).data}


@pytest.fixture
def run(url: str, store: Store, pay: Pay, funds: Funds) -> Run:
    """A process that answered twelve refunds, and every call it made."""
    funds()
    payment, path = pay().id, file_of(url)
    desk = Desk(url, payment)
    assert desk.ask("first")[0]
    known, before = refunds(store), path.read_bytes()
    store.close()
    with desk.traced("-xx", "-y", "-s", "1000000", "-e", f"trace={CALLS}") as log:
        asked = [desk.ask(f"key{number}") for number in range(REFUNDS)]
    desk.close()
    assert all(done for done, _ in asked)
    told = frozenset(known | {said for _, said in asked})
    return Run(path, before, frozenset(known), told, list(calls(log[0])))


def test_the_current_fails(run: Run, tmp_path: Path) -> None:
    """What was not synced is lost, torn and out of order: 200 times, all is well."""
    cuts = 0
    for answered, found in run.cuts(tmp_path / "after"):
        cuts += 1
        assert found is not None
        assert answered <= found <= run.asked
        assert len(found - answered) <= 1
    assert cuts == CUTS


def test_such_cuts_would_find_a_missing_sync(run: Run, tmp_path: Path) -> None:
    """Had the process synced nothing, the same cuts would have lost answers."""
    careless = [call for call in run.made if call.name not in SYNCS]
    assert len(careless) < len(run.made)
    lost = Run(run.file, run.before, run.known, run.asked, careless)
    assert not all(
        found is not None and answered <= found
        for answered, found in lost.cuts(tmp_path / "after")
    )
