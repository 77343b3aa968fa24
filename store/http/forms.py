"""Forms: names with brackets become a tree, within limits that no client meets."""

import re
from collections.abc import Iterable
from urllib.parse import parse_qsl

from store.errors import Refused
from store.refusals import http as http_refusals

Tree = dict[str, "str | Tree"]
"""Values by name; what has brackets after its name is a tree itself."""
MOST_PAIRS = 1000
DEEPEST = 6
_NAME = re.compile(r"([^\[\]]+)((?:\[[^\[\]]*\])*)")
_BRACKET = re.compile(r"\[([^\[\]]*)\]")


def parsed(form: bytes) -> Tree:
    """Return the tree that a query or a body stands for.

    Raises:
        Refused: It is no text, or more or deeper than is taken.
    """
    try:
        pairs = parse_qsl(
            form.decode(),
            keep_blank_values=True,
            errors="strict",
            max_num_fields=MOST_PAIRS,
        )
    except UnicodeDecodeError:
        raise Refused(http_refusals.not_text("")) from None
    except ValueError:
        raise Refused(http_refusals.too_much("parameters", MOST_PAIRS)) from None
    return grown(pairs)


def grown(pairs: Iterable[tuple[str, str]]) -> Tree:
    """Return the tree of names and values; of two of one name the later counts.

    Raises:
        Refused: A name is nested too deep, or there is a NUL somewhere.
    """
    tree: Tree = {}
    for name, value in pairs:
        if "\x00" in name or "\x00" in value:
            raise Refused(http_refusals.not_text(name.replace("\x00", "")))
        _put(tree, _keys(name), value)
    return tree


def _keys(name: str) -> list[str]:
    found = _NAME.fullmatch(name)
    if found is None:
        return [name]
    keys = [found[1], *_BRACKET.findall(found[2])]
    if len(keys) > DEEPEST:
        raise Refused(http_refusals.too_deep(DEEPEST))
    return keys


def _put(tree: Tree, keys: list[str], value: str) -> None:
    for key in keys[:-1]:
        inner = tree.get(key) if key else None
        if not isinstance(inner, dict):
            inner = {}
            tree[key or str(len(tree))] = inner
        tree = inner
    tree[keys[-1] or str(len(tree))] = value


def named(outer: str, name: str) -> str:
    """Return a nested name as the API writes it: `a[b]`."""
    return f"{outer}[{name}]" if outer else name
