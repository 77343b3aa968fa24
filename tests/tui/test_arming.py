"""When a press may act: every condition alone is not enough."""

from __future__ import annotations

from tui.dialogs.arming import Arming


def ready() -> Arming[str, str]:
    """Return an arming on which a press acts."""
    arming: Arming[str, str] = Arming(calm=True)
    arming.foresee("42", "sent now")
    return arming


def test_ready_when_calm_and_foreseen() -> None:
    """Calm, with the dry run back, a press acts."""
    assert ready().ready


def test_a_key_disarms() -> None:
    """Within 400 ms after a key nothing acts."""
    arming = ready()
    arming.calm = False
    assert not arming.ready


def test_typing_disarms_until_it_is_foreseen() -> None:
    """Another amount needs another dry run."""
    arming = ready()
    arming.type()
    assert not arming.ready
    arming.foresee("43", "sent now")
    assert arming.ready


def test_the_first_press_is_the_last() -> None:
    """The button dies on its first press."""
    arming = ready()
    assert arming.spend()
    assert not arming.spend()
    assert not arming.ready
