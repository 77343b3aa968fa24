"""Refusals of lists and searches: what cannot be asked for, in the API's words."""

from collections.abc import Sequence

from store.errors import Refusal


def both_cursors() -> Refusal:
    """A page cannot follow one object and precede another."""
    return Refusal(
        "Received both starting_after and ending_before parameters. Please pass in "
        "only one."
    )


def unknown_cursor(kind: str, given: str, param: str) -> Refusal:
    """The object that a page is to follow or precede does not exist."""
    return Refusal(f"No such {kind}: '{given}'", "resource_missing", param)


def unknown_page(given: str) -> Refusal:
    """A page that no search gave."""
    return Refusal(f"Invalid page: {given}", param="page")


def unknown_parameters(names: Sequence[str]) -> Refusal:
    """Parameters that the API does not know, nested ones as `a[b]`."""
    several = "s" if len(names) > 1 else ""
    return Refusal(
        f"Received unknown parameter{several}: {', '.join(names)}",
        "parameter_unknown",
        names[0],
    )
