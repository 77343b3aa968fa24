"""What every test starts from: a standing clock, an empty store, an agent, a payer."""

from __future__ import annotations

import asyncio
import gc
import json
import os
import shutil
import sqlite3
import sys
import tempfile
from asyncio import AbstractEventLoop
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol
from unittest import mock

import pytest
from hypothesis import settings

import left_open
import quick
import server
import sshd
import store as door
import virtual_time
from parsed_once import parsed_once
from store.clock import StandingClock
from store.event import Actor, Face
from store.ids import SeededIds
from store.intake.reading import read
from store.method import Method
from store.outcome import ImportReport
from store.payment import Customer, Payment
from store.sql import sqlite

if TYPE_CHECKING:
    from store import Store

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
"""When every test begins: a Monday morning."""
ADA = Customer("cus_ada", "Ada Lovelace", "ada@example.com")
FUNDED = "pm_card_bypassPending"
"""A Visa card whose payments are available at once."""

ENGINES = ["sqlite", "postgresql"]
AFTER_REVERSALS = timedelta(hours=3)
"""So long after paying, a refund is credited instead of reversed."""

settings.register_profile("desk", deadline=None, derandomize=True, database=None)
settings.load_profile("desk")


LONGER = {
    "race_rounds": (60, "how often each pair of verbs races"),
    "kills": (60, "how often a writer is killed"),
    "corrupted": (300, "how many corrupted files are opened"),
    "hostile_dialogs": (1, "how many dialogs are opened over each hostile payment"),
    "bulk_payments": (200, "how many payments one bulk refund is tried with"),
    "stories": (40, "how many stories are played over HTTP; a quarter on PostgreSQL"),
    "story_length": (300, "how many requests a story has"),
    "machine_examples": (400, "how many stories the model is compared with"),
}
"""What may be run for longer than the suite does: --kills=500."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let the suite be run for longer."""
    for name, (usual, text) in LONGER.items():
        option = f"--{name.replace('_', '-')}"
        parser.addoption(option, type=int, default=usual, help=text)


def pytest_configure(config: pytest.Config) -> None:
    """Compile once for all processes of a run, where Python keeps nothing compiled."""
    if not sys.dont_write_bytecode:
        return
    folder = tempfile.mkdtemp(prefix="refund-desk-compiled-")
    sys.dont_write_bytecode, sys.pycache_prefix = False, folder
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ["PYTHONPYCACHEPREFIX"] = folder
    config.add_cleanup(partial(shutil.rmtree, folder, ignore_errors=True))


class Pay(Protocol):
    """A customer pays; the answer is the payment as the store now has it."""

    def __call__(
        self,
        amount: int = 5000,
        currency: str = "usd",
        method: str | Method = FUNDED,
        *,
        customer: Customer | None = ADA,
        capture_method: str = "automatic",
        description: str | None = None,
        metadata: Mapping[str, str] | None = None,
    ) -> Payment:
        """Return the payment, captured unless the method or capture says otherwise."""


class Funds(Protocol):
    """The business adds its own money to the balance."""

    def __call__(self, amount: int = 100_000, currency: str = "usd") -> None:
        """Make that much available at once."""


class Import(Protocol):
    """Somebody imports a file of these objects, one a line."""

    def __call__(self, *objects: Mapping[str, object]) -> ImportReport:
        """Return what came in."""


class Later(Protocol):
    """Time passes, and the outside world acts as it does."""

    def __call__(self, passes: timedelta = AFTER_REVERSALS) -> None:
        """Move the clock on; everything due until then happens."""


@pytest.fixture(scope="session", autouse=True)
def nobodys_folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Keep the settings, choices and caches of whoever runs the tests out of them."""
    home = tmp_path_factory.mktemp("home")
    kinds = ("CONFIG", "STATE", "CACHE", "DATA")
    folders = {f"XDG_{kind}_HOME": str(home / kind.lower()) for kind in kinds}
    with mock.patch.dict(os.environ, folders):
        os.environ.pop("REFUND_DESK_CONFIG", None)
        os.environ.pop("REFUND_DESK_STORE", None)
        yield home


@pytest.fixture(scope="session", autouse=True)
def connections_left_open() -> Iterator[None]:
    """Fail where a connection is left to the garbage collector."""
    with left_open.told():
        yield


@pytest.fixture(scope="session", autouse=True)
def nothing_synced() -> Iterator[None]:
    """Wait for no disk: a store of the tests' own process may be lost with the power.

    Those that say something of the disk open theirs in another process, as it is.
    """
    pragmas = sqlite._pragmas

    def never(**given: bool) -> Callable[[sqlite3.Connection, object], None]:
        return pragmas(**{**given, "throwaway": True})

    with mock.patch.object(sqlite, "_pragmas", never):
        yield


@pytest.fixture(autouse=True)
def stylesheets_parsed_once(request: pytest.FixtureRequest) -> Iterator[None]:
    """Start consoles sooner than the first one."""
    if request.path.parent.name == "tui":
        with parsed_once():
            yield
    else:
        yield


@pytest.fixture
def clock() -> StandingClock:
    """Time stands still on a Monday morning until the test moves it."""
    return StandingClock(MONDAY)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """What the store's tests say of a store, they say of both engines."""
    ours = metafunc.definition.path.parent.name == "store"
    if "engine" in metafunc.fixturenames and ours:
        only = [one for one in ENGINES if metafunc.definition.get_closest_marker(one)]
        metafunc.parametrize("engine", only or ENGINES)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what is quick."""
    for one in items:
        if quick.is_quick(one):
            one.add_marker(pytest.mark.quick)


def pytest_collection_finish() -> None:
    """Let the garbage collector pass over what stays for good: all the tests."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)


def pytest_asyncio_loop_factories(
    item: pytest.Item,
) -> Mapping[str, Callable[[], AbstractEventLoop]]:
    """The console is tested in a time of its own, which waits for nobody."""
    if item.path.parent.name == "tui":
        return {"virtual": virtual_time.VirtualTimeLoop}
    return {"real": asyncio.new_event_loop}


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say so where tests had no server to run on."""
    skipped = terminalreporter.stats.get("skipped", [])
    alone = [one for one in skipped if server.ABSENT in str(one.longrepr)]
    if alone:
        said = f"The PostgreSQL half was skipped ({len(alone)} tests)"
        terminalreporter.write_line(f"{said}: {server.absent()}")
    alone = [one for one in skipped if sshd.ABSENT in str(one.longrepr)]
    if alone:
        said = f"The tests over ssh were skipped ({len(alone)})"
        terminalreporter.write_line(f"{said}: {sshd.absent()}")


@pytest.fixture(scope="session")
def line(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sshd.Sshd]:
    """An ssh server of this worker's own, which runs what it is asked to."""
    sshd.needed()
    with sshd.serving(tmp_path_factory.mktemp("reach") / "sshd") as served:
        yield served


@pytest.fixture
def engine() -> str:
    """Which engine keeps the test's store."""
    return "sqlite"


@pytest.fixture(scope="session")
def schema() -> Iterator[server.Schema]:
    """This worker's own schema on the PostgreSQL server."""
    with server.schema_of_own("test") as made:
        yield made


@pytest.fixture(scope="module", params=ENGINES)
def shared_url(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """Where a store is that all tests of a module share, on each engine."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path_factory.mktemp('shared') / 'desk.db'}"
        return
    with server.schema_of_own("shared") as made:
        yield made.url


@pytest.fixture
def url(engine: str, tmp_path: Path, request: pytest.FixtureRequest) -> str:
    """Where the test's store is."""
    if engine == "sqlite":
        return f"sqlite:///{tmp_path / 'desk.db'}"
    schema: server.Schema = request.getfixturevalue("schema")
    schema.empty()
    return schema.url


@pytest.fixture
def store(url: str, clock: StandingClock) -> Iterator[Store]:
    """An empty sandbox with repeatable ids."""
    ids = SeededIds("test")
    with door.open_store(url, clock=clock, ids=ids, mode=door.Mode.SANDBOX) as made:
        yield made


@pytest.fixture
def mia() -> Actor:
    """An agent at the console."""
    return Actor("mia", Face.CONSOLE)


@pytest.fixture
def pay(store: Store, mia: Actor) -> Pay:
    """Make payments in the store."""

    def paying(
        amount: int = 5000,
        currency: str = "usd",
        method: str | Method = FUNDED,
        *,
        customer: Customer | None = ADA,
        capture_method: str = "automatic",
        description: str | None = None,
        metadata: Mapping[str, str] | None = None,
    ) -> Payment:
        made = store.payment_intents.create(
            amount=amount,
            currency=currency,
            payment_method=method,
            customer=customer,
            capture_method=capture_method,
            description=description,
            metadata=metadata,
            actor=mia,
        )
        return made.payment

    return paying


@pytest.fixture
def funds(store: Store, mia: Actor) -> Funds:
    """Fill the store's balance."""

    def adding(amount: int = 100_000, currency: str = "usd") -> None:
        store.topups.create(amount=amount, currency=currency, actor=mia)

    return adding


@pytest.fixture
def later(store: Store, clock: StandingClock) -> Later:
    """Let time pass in the store."""

    def passing(passes: timedelta = AFTER_REVERSALS) -> None:
        clock.at += passes
        store.advance()

    return passing


@pytest.fixture
def bring(store: Store, tmp_path: Path) -> Import:
    """Import objects, as lines of one file."""

    def bringing(*objects: Mapping[str, object]) -> ImportReport:
        file = tmp_path / "export.json"
        file.write_text("".join(json.dumps(one) + "\n" for one in objects))
        return store.take_in("export.json", read(file))

    return bringing
