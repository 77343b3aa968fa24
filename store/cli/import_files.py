"""Import: files of Stripe API JSON come into the store, each whole or not at all."""

from pathlib import Path
from typing import TYPE_CHECKING

from store.cli import place, say
from store.cli.options import Typed
from store.errors import ImportFailed
from store.intake.reading import read
from store.outcome import ImportReport

if TYPE_CHECKING:
    from store import Store


def import_files(typed: Typed) -> int:
    """Bring in file after file; return 1 when one of them was not imported.

    Raises:
        StoreUnusable: The store cannot be opened.
    """
    failed = 0
    with place.made(typed.store) as made:
        for file in typed.files:
            try:
                say.result(_told(_import(made.store, Path(file))))
            except ImportFailed as wrong:
                say.problem(str(wrong))
                failed += 1
        made.kept = failed < len(typed.files)
    return min(failed, 1)


def _import(store: "Store", file: Path) -> ImportReport:
    size = file.stat().st_size if file.is_file() else 0
    with say.progress(file.name, size) as watch:
        return store.take_in(str(file), read(file, source=str(file), watch=watch))


def _told(report: ImportReport) -> str:
    lines = [f"{report.source}: {say.counted(report.read, 'object')} read"]
    for word, kinds in (("added", report.added), ("changed", report.changed)):
        if said := _kinds(kinds):
            lines.append(f"  {word:<9} {said}")
    if report.unchanged:
        lines.append(f"  unchanged {say.counted(report.unchanged, 'object')}")
    if said := _kinds(report.skipped):
        lines.append(f"  skipped   {said}: kinds that the store does not keep")
    return "\n".join(lines)


def _kinds(kinds: dict[str, int]) -> str:
    told = (say.counted(number, kind) for kind, number in kinds.items() if number)
    return ", ".join(told)
