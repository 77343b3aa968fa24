"""Palette: the same actions as the keys, found by a part of their name."""

from collections.abc import Iterable
from functools import partial

from textual.command import (
    CommandInput,
    CommandPalette,
    DiscoveryHit,
    Hit,
    Hits,
    Provider,
)

from tui.action import Action
from tui.console import Console


class ActionsProvider(Provider):
    """Offers every action that works on the screen beneath the palette."""

    async def discover(self) -> Hits:
        """Offer all of them before anything is typed."""
        for action in self._offered():
            yield DiscoveryHit(
                _title(action), partial(self._run, action), help=action.help
            )

    async def search(self, query: str) -> Hits:
        """Offer those that say it; where none does, those that are near."""
        matcher = self.matcher(query)
        offered = list(self._offered())
        said = [action for action in offered if query.lower() in _words(action)]
        for action in said or offered:
            title = _title(action)
            score = max(matcher.match(title), matcher.match(action.help) / 2)
            if score > 0:
                yield Hit(
                    score,
                    matcher.highlight(title),
                    partial(self._run, action),
                    help=action.help,
                )

    def _offered(self) -> Iterable[Action]:
        app = self.app
        return app.offered(self.screen) if isinstance(app, Console) else ()

    async def _run(self, action: Action) -> None:
        app = self.app
        if isinstance(app, Console):
            await app.perform(action.id)


class StillPalette(CommandPalette):
    """The palette, which writes nothing while nobody types."""

    def on_mount(self) -> None:
        """Let its cursor stand still."""
        self.query_one(CommandInput).cursor_blink = False


def _words(action: Action) -> str:
    return f"{action.title} {action.help}".lower()


def _title(action: Action) -> str:
    return f"{action.title}  {action.all_keys}"
