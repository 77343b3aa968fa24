"""Reason choices: why money goes back, in the words that agents use."""

from store.refund import CHOSEN_REASONS, Reason
from tui.widgets.choices import Choice, Choices
from tui.words import names

LONGEST_NOTE = 500
_LABELS = {Reason.FRAUDULENT: "Fraudulent*", Reason.OTHER: names.NOTE_NEEDED}


def reason_choices(reason: Reason) -> Choices[Reason]:
    """Return the reasons to choose from, `#reason`, with that one chosen."""
    choices = tuple(
        Choice(one, _LABELS.get(one, names.REASONS[one])) for one in CHOSEN_REASONS
    )
    return Choices(choices, reason, id="reason")
