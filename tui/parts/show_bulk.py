"""Show bulk: any bulk refund on a screen of its own, by its id."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui.console import Console


async def show_bulk(app: "Console", id_: str) -> str | None:
    """Show a bulk refund; return why not, in a sentence, where it is not shown.

    Raises:
        StoreError: There is none of that id, or the store cannot be read.
    """
    bulk = await app.ask.read(lambda store: store.bulk.retrieve(id_))
    if not app.bulk.holds(bulk):
        if app.bulk.going:
            return "This console carries out another bulk refund: look when it is over."
        app.bulk.hold(bulk)
    await app.show_bulk(bulk)
    return None
