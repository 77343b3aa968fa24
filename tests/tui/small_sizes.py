"""Small sizes: terminals that have little room, and a name that would act on them."""

from __future__ import annotations

from store.payment import Customer

SIZES = [(80, 24), (100, 30), (60, 20)]


HOSTILE = Customer("cus_h", "[/x]\u202eeve\x1b]52;c;x\x07", None)
