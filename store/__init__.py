"""The refund system's rules and the store that keeps them; the door for every face.

Names resolve on first use, so that importing this package loads no database library.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from store.sql.unmaking import unmake
    from store.store import Mode, Store, migrate, open_store, restore

__all__ = ["Mode", "Store", "migrate", "open_store", "restore", "unmake"]


def __getattr__(name: str) -> object:
    """Resolve a public name (PEP 562)."""
    if name not in __all__:
        raise AttributeError(f"module 'store' has no attribute '{name}'")
    place = "store.sql.unmaking" if name == "unmake" else "store.store"
    return getattr(import_module(place), name)
