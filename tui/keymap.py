"""Keymap: the keys that an agent gives to actions, checked before the console opens."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from importlib import import_module
from itertools import combinations
from pkgutil import iter_modules

from textual.app import App
from textual.dom import DOMNode
from textual.keys import Keys, _character_to_key, key_to_character
from textual.screen import ModalScreen, Screen
from textual.widget import Widget
from textual.widgets import Input

from tui.actions import BY_ID
from tui.settings import WrongSettings
from tui.text import KEY_NAMES, pressable

_SIGNALS = {"ctrl+c", "ctrl+k", "ctrl+x", "ctrl+q", "ctrl+enter"}
_SAME_AS_OTHERS = {"ctrl+h", "ctrl+i", "ctrl+m"}
RESERVED = (
    {"delete", "backspace", "tab", "shift+tab", "f11"} | _SIGNALS | _SAME_AS_OTHERS
)
"""Keys that are the terminal's, the toolkit's, or too near to a habit that hurts."""
_ARROWS = ("up", "down", "left", "right")
_RESERVED_WITH = ("ctrl+shift+", "alt+")
_PRINTED = {printed: name for name, printed in KEY_NAMES.items()}
_NAMES = frozenset(key.value for key in Keys if key.value.isprintable())


@dataclass(frozen=True, slots=True)
class Place:
    """Where keys are pressed: what they run there."""

    name: str
    ids: frozenset[str]
    typing: bool = False
    """Whether letters are typed there."""


def checked(keys: Mapping[str, str], app: type[App[None]]) -> dict[str, str]:
    """Return the keys of each action as the toolkit names them.

    Raises:
        WrongSettings: There is no such action or key, or one key would do two things.
    """
    if not keys:
        return {}
    named = {id_: _named(id_, given) for id_, given in keys.items()}
    for place in places(app):
        _check_place(place, named)
    return named


def checked_table(keys: Mapping[str, str], app: type[App[None]]) -> dict[str, str]:
    """Return the same for the file's table of keys, which the reason names.

    Raises:
        WrongSettings: A key cannot be had.
    """
    try:
        return checked(keys, app)
    except WrongSettings as wrong:
        raise WrongSettings(f"[keys] {wrong}") from None


def _named(id_: str, given: str) -> str:
    if id_ not in BY_ID:
        near = get_close_matches(id_, BY_ID, 1)
        hint = f'; did you mean "{near[0]}"?' if near else "."
        raise WrongSettings(f'there is no action "{id_}"{hint}')
    return ",".join(dict.fromkeys(_key(id_, key) for key in _split(given)))


def _split(given: str) -> list[str]:
    return [","] if given.strip() == "," else [one.strip() for one in given.split(",")]


def _key(id_: str, typed: str) -> str:
    key = _character_to_key(typed) if len(typed) == 1 else typed
    key = _PRINTED.get(typed, key)
    key = key.lower() if key[:1] == "F" and key[1:].isdigit() else key
    if key in RESERVED or key.startswith(_RESERVED_WITH):
        raise WrongSettings(f'{id_}: the key "{typed}" is reserved.')
    if not (key in _NAMES or key in KEY_NAMES or key_to_character(key)):
        raise WrongSettings(f'{id_}: there is no key "{typed}".')
    return key


def _check_place(place: Place, named: Mapping[str, str]) -> None:
    for id_ in sorted(place.ids & named.keys()):
        for key in named[id_].split(","):
            if place.typing and _is_letter(key):
                shown = pressable(key)
                said = f'{id_}: "{shown}" would be typed into the field instead.'
                raise WrongSettings(said)
    for one, other in combinations(sorted(place.ids), 2):
        if one not in named and other not in named:
            continue
        if _keys(one, {}) & _keys(other, {}):
            continue  # they share a key as they are: what has the focus comes first
        for key in sorted(_keys(one, named) & _keys(other, named)):
            moved, there = (one, other) if one in named else (other, one)
            raise WrongSettings(
                f'{moved}: "{pressable(key)}" runs {there} ({BY_ID[there].title})'
                f" in {place.name} already."
            )


def _is_letter(key: str) -> bool:
    """Tell whether a field takes the key as something typed; arrows are drawn only."""
    return key == "space" or (len(pressable(key)) == 1 and key not in _ARROWS)


def _keys(id_: str, named: Mapping[str, str]) -> set[str]:
    return set(named.get(id_, BY_ID[id_].keys).split(","))


def places(app: type[App[None]]) -> Iterator[Place]:
    """Yield every place of the console with the actions that have keys there.

    What any list of any screen can do counts for every screen.
    """
    kinds = list(_kinds())
    fields = [kind for kind in kinds if issubclass(kind, Input)]
    screens = [kind for kind in kinds if issubclass(kind, Screen)]
    parts = [kind for kind in kinds if kind not in fields and kind not in screens]
    lists = _ids(app).union(*map(_ids, parts))
    for screen in screens:
        ids = _ids(screen)
        modal = issubclass(screen, ModalScreen)
        yield Place(_words(screen), ids if modal else ids | lists)
    for field in fields:
        yield Place(_words(field), _ids(field), typing=True)


def _kinds() -> Iterator[type[Widget]]:
    for folder in ("tui.screens", "tui.dialogs", "tui.widgets"):
        package = import_module(folder)
        for found in iter_modules(package.__path__, f"{folder}."):
            for one in vars(import_module(found.name)).values():
                if (
                    isinstance(one, type)
                    and issubclass(one, Widget)
                    and one.__module__ == found.name
                ):
                    yield one


def _ids(kind: type[DOMNode]) -> frozenset[str]:
    bound = kind._merged_bindings  # noqa: SLF001 - the toolkit tells it nowhere else
    if bound is None:
        return frozenset()
    found = {one.id for many in bound.key_to_bindings.values() for one in many}
    return frozenset(id_ for id_ in found if id_ in BY_ID)


def _words(kind: type[Widget]) -> str:
    name = kind.__name__.removesuffix("Screen").removesuffix("Dialog")
    return "".join(f" {c.lower()}" if c.isupper() else c for c in name).strip()
