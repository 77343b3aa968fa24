"""Endpoints: the one table of everything that can be asked for."""

from store.http import (
    account,
    charges,
    connect,
    customers,
    passing,
    payment_intents,
    payment_methods,
    refunds,
    risk,
    test_helpers,
    webhooks,
)
from store.http.routes import Routes

_NOUNS = (
    refunds,
    payment_intents,
    charges,
    customers,
    payment_methods,
    account,
    risk,
    connect,
    test_helpers,
    passing,
    webhooks,
)
ROUTES = Routes(one for noun in _NOUNS for one in noun.ENDPOINTS)
"""Routing, the answer to unknown URLs and the tests are made from it."""
