"""Lists are windows by key; a count that stopped early says so."""

from store.lists.page import Count, Order, Sort


def test_a_count_says_when_it_stopped() -> None:
    """Up to the cap a count is exact; past it a plus sign says that there are more."""
    assert str(Count(0)) == "0"
    assert str(Count(1_000)) == "1,000"
    assert str(Count(1_001, capped=True)) == "1,000+"


def test_the_newest_come_first() -> None:
    """Without a wish, a list begins with the newest payment."""
    assert Sort() == Sort(Order.CREATED, ascending=False)
