"""Refusals about webhook endpoints and the clock of tests, in the API's words."""

from store.errors import Refusal


def no_url() -> Refusal:
    """Something to send events to that is no URL of the web."""
    return Refusal(
        "Invalid URL: An explicit scheme (such as https) must be provided, and a host.",
        "url_invalid",
        "url",
    )


def credentials_in_url() -> Refusal:
    """A URL with a password in it, which would be shown wherever the URL is."""
    return Refusal(
        "Invalid URL: a user name or password does not belong in it.",
        "url_invalid",
        "url",
    )


def nobody_there() -> Refusal:
    """An address at which no program of anybody's listens."""
    return Refusal(
        "Invalid URL: no events are sent to link-local, multicast or unspecified"
        " addresses.",
        "url_invalid",
        "url",
    )


def no_types(most: int) -> Refusal:
    """No type of event at all, or more than there are."""
    return Refusal(
        f"Invalid enabled_events: give 1 to {most} types of events, or '*'.",
        param="enabled_events",
    )


def no_type(at: int) -> Refusal:
    """Something that is no name of a type of events."""
    return Refusal(
        f"Invalid enabled_events[{at}]: must be '*' or the name of a type of events,"
        " such as charge.refunded",
        param=f"enabled_events[{at}]",
    )


def one_time() -> Refusal:
    """A time and a span, or neither."""
    return Refusal("Give one of these parameters: to, by.")


def no_time(name: str) -> Refusal:
    """Neither a span nor a time."""
    return Refusal(
        f"Invalid {name}: use a span such as 7d, 12h or 30m for by, and a time in Unix"
        " seconds, or such as 2026-03-02T09:00, for to.",
        param=name,
    )


def past() -> Refusal:
    """A time that has been."""
    return Refusal("Invalid to: it is past; time moves forward only.", param="to")
