"""A store that is closed while somebody asks lets go of that connection too."""

from store import Store


def test_what_is_in_use_is_closed_after_it(store: Store) -> None:
    """The answer still comes; nothing is left open behind it."""
    with store._database.read() as connection:
        driver = connection.connection.driver_connection
        store.close()
        assert connection.exec_driver_sql("SELECT 1").scalar() == 1
    assert driver is not None
    assert not is_open(driver)


def is_open(driver: object) -> bool:
    """Tell whether a driver's connection answers still."""
    try:
        driver.execute("SELECT 1")  # type: ignore[attr-defined]  # any driver's
    except Exception:  # noqa: BLE001 - each driver has errors of its own
        return False
    return True
