"""Extra: fields that are kept with an object and answered, and that no rule needs."""

from collections.abc import Mapping

HIDDEN = "_"
"""How the name of a field begins that is kept, and that the API never answers."""
_MERGED = "payment_method_options"
"""The hash of which an update leaves what it does not name."""


def shown(extra: Mapping[str, object]) -> dict[str, object]:
    """Return the fields that the API answers."""
    return {name: one for name, one in extra.items() if not name.startswith(HIDDEN)}


def merged(
    there: Mapping[str, object], given: Mapping[str, object]
) -> dict[str, object]:
    """Return the fields after an update; an empty text or hash unsets one."""
    kept = dict(there)
    for name, one in given.items():
        said = _said(_deep(there.get(name), one) if name == _MERGED and one else one)
        if said == {}:
            kept.pop(name, None)
        else:
            kept[name] = said
    return kept


def _said(one: object) -> object:
    """Return what is said, without what is unset; nothing is an empty hash."""
    if isinstance(one, dict):
        return {name: said for name, it in one.items() if (said := _said(it)) != {}}
    return {} if one in ("", ()) else one


def _deep(there: object, given: object) -> object:
    if not isinstance(there, dict) or not isinstance(given, dict):
        return given
    both = {name: _deep(there.get(name), one) for name, one in given.items()}
    return {**there, **both}
