"""Refusals of metadata: which limit it breaks, in the API's words."""

from store.errors import Refusal


def value_too_long(length: int, value: str) -> Refusal:
    """A metadata value above 500 characters."""
    return Refusal(
        "Metadata values can have up to 500 characters, but you passed in a value "
        f"that is {length} characters. Invalid value: {value}"
    )


def key_too_long(length: int, key: str) -> Refusal:
    """A metadata key above 40 characters."""
    return Refusal(
        "Metadata keys can have up to 40 characters, but you passed in a key that "
        f"is {length} characters. Invalid key: {key}"
    )


def too_many(count: int) -> Refusal:
    """More than 50 metadata keys."""
    return Refusal(f"Metadata can have up to 50 keys, but you've set {count}")


def no_object() -> Refusal:
    """Metadata that is neither keys with values nor the empty text."""
    return Refusal("Invalid object", param="metadata")
