"""Metadata: the API's limits, and how an update merges."""

from collections.abc import Mapping

from store.errors import Refusal, Refused
from store.refusals import metadata as metadata_refusals

UNSET = ""
"""For a key: drop it; for the whole: drop all."""

MOST_KEYS = 50
LONGEST_KEY = 40
LONGEST_VALUE = 500


def why_not(metadata: Mapping[str, str]) -> Refusal | None:
    """Return which limit of the API the metadata breaks, or None."""
    for key, value in metadata.items():
        if len(key) > LONGEST_KEY:
            return metadata_refusals.key_too_long(len(key), key)
        if len(value) > LONGEST_VALUE:
            return metadata_refusals.value_too_long(len(value), value)
    return (
        metadata_refusals.too_many(len(metadata)) if len(metadata) > MOST_KEYS else None
    )


def checked(metadata: Mapping[str, str] | None) -> dict[str, str]:
    """Return metadata that keeps to the limits.

    Raises:
        Refused: It does not.
    """
    given = dict(metadata or {})
    if refusal := why_not(given):
        raise Refused(refusal)
    return given


def merged(
    there: Mapping[str, str], given: Mapping[str, str] | str | None
) -> dict[str, str]:
    """Return metadata after an update: keys are added, replaced or unset.

    Raises:
        Refused: What is given, or what comes of it, breaks a limit.
    """
    if given is None:
        return dict(there)
    if isinstance(given, str):
        if given == UNSET:
            return {}
        raise Refused(metadata_refusals.no_object())
    if refusal := why_not({key: value for key, value in given.items() if value}):
        raise Refused(refusal)
    kept = {key: value for key, value in {**there, **given}.items() if value != UNSET}
    return checked(kept)
