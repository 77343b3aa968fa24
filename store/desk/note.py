"""Notes: what agents write down about a payment; kept as events, never changed."""

from dataclasses import dataclass
from datetime import datetime

from store.errors import Refused
from store.event import OWN_PREFIX, Event
from store.refusals import desk as desk_refusals
from store.shape.objects import Json

ADDED = f"{OWN_PREFIX}note.created"
"""The type of the event that is a note."""
LONGEST = 2000
"""Characters of a note."""


@dataclass(frozen=True, slots=True)
class Note:
    """What somebody wrote about a payment, in their own words."""

    id: str
    payment: str
    text: str
    actor: str
    created: datetime


def worded(text: str) -> str:
    """Return a note's text without the space around it.

    Raises:
        Refused: It says nothing, or is longer than a note may be.
    """
    said = text.strip()
    if not said:
        raise Refused(desk_refusals.note_is_empty())
    if len(said) > LONGEST:
        raise Refused(desk_refusals.note_too_long(len(said), LONGEST))
    return said


def note_shape(given: str, payment: str, text: str) -> Json:
    """Return a note as its event keeps it."""
    return {"id": given, "object": "note", "payment": payment, "text": text}


def note_of(event: Event) -> Note:
    """Return the note that an event of the type ADDED keeps."""
    return Note(
        id=event.object_id,
        payment=event.payment or str(event.data.get("payment")),
        text=str(event.data.get("text")),
        actor=event.actor,
        created=event.created,
    )
