"""Blocks: cards and emails whose payments are no longer taken."""

from dataclasses import replace
from typing import Unpack

from store import refusals
from store.block import Block, BlockKind
from store.errors import Refused
from store.event import Actor
from store.lists.window import Listed, Window
from store.sql import lists, risk
from store.sql.transaction import Transaction
from store.verbs.reading import page, retrieve
from store.verbs.write import Request, Verbs


class Blocks(Verbs):
    """Verbs of the block lists."""

    def retrieve(self, block: str) -> Block:
        """Return a block, standing or lifted.

        Raises:
            Refused: There is none (`resource_missing`).
        """
        return retrieve(self._database, lists.BLOCKS, block)

    def list(
        self,
        *,
        kind: BlockKind | None = None,
        value: str | None = None,
        **window: Unpack[Window],
    ) -> Listed[Block]:
        """Return a page of blocks, newest first, lifted ones among them.

        Raises:
            Refused: The cursor is unknown, or there are two.
        """
        return page(
            self._database, lists.BLOCKS, window, kind=kind and kind.value, value=value
        )

    def lift(self, block: str, *, actor: Actor, key: str | None = None) -> Block:
        """Take a mark off its list: its payments are taken again.

        Raises:
            Refused: There is no such block.
        """
        request = Request("blocks.lift", {"block": block}, actor, key)

        def act(tx: Transaction) -> Block:
            found = _recall(tx, block)
            if found.lifted is not None:
                return found
            lifted = replace(found, lifted=tx.now, lifted_by=tx.actor.name)
            risk.set_block(tx.connection, lifted)
            return lifted

        return self._run(request, act, _recall, lambda found: found.id)


def _recall(tx: Transaction, block: str) -> Block:
    found = lists.find(tx.connection, lists.BLOCKS, block)
    if found is None:
        raise Refused(refusals.no_such(lists.BLOCKS.name, block, "id"))
    return found
