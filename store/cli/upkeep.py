"""Upkeep: a store is examined, copied, put back, brought up to date."""

from pathlib import Path

import store as door
from store.bank import said
from store.cli import place, say
from store.cli.options import Typed

UNSOUND = 1


def doctor(typed: Typed) -> int:
    """Examine the store; print what is broken and return 1, or that it is sound.

    What is overdue is told too; it is broken where the store went on without it.

    Raises:
        StoreUnusable: It is no store, or cannot be opened.
    """
    with _as_it_is(typed) as store:
        findings = [str(one) for one in store.examine()]
        passed = store.agenda.passed_over()
        waits = store.agenda.overdue()[len(passed) :]
        label = store.label
    findings += [f"{said(one)} was passed over." for one in passed]
    for due in waits:
        say.result(f"{said(due)} happens once the store is opened.")
    for finding in findings:
        say.result(finding)
    if findings:
        say.problem(f"{label} is not sound: {say.counted(len(findings), 'finding')}.")
        return UNSOUND
    say.result(f"{label} is sound.")
    return 0


def backup(typed: Typed) -> int:
    """Copy the store into a new file, which is examined.

    Raises:
        StoreError: The file is there already, or the store is on a server.
    """
    target = Path(typed.file or "").absolute()
    with _as_it_is(typed) as store:
        store.backup(target)
    say.result(f"Backed up to {target}")
    return 0


def restore(typed: Typed) -> int:
    """Put a backup in the place of the store.

    Raises:
        StoreError: The backup is none, or others are using the store.
    """
    url = place.url_of(typed.store)
    source = Path(typed.file or "").absolute()
    door.restore(url, source)
    say.result(f"Restored from {source}")
    return 0


def migrate(typed: Typed) -> int:
    """Bring the store up to date; what it was is copied first.

    Raises:
        StoreError: It is no store, a newer one, or in use.
    """
    url = place.url_of(typed.store)
    place.needed(url)
    done = door.migrate(url)
    if done.before == done.after:
        say.result(f"The store is up to date (schema {done.after}).")
        return 0
    said = f"Migrated from schema {done.before} to {done.after}."
    say.result(f"{said} Its copy: {done.backup}" if done.backup else said)
    return 0


def _as_it_is(typed: Typed) -> door.Store:
    """Open the store without letting the outside world act."""
    url = place.url_of(typed.store)
    place.needed(url)
    return door.open_store(url)
