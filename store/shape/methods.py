"""Shape of payment methods, as Stripe's API writes them."""

from store.clock import to_unix
from store.extra import shown
from store.payment_method import PaymentMethod
from store.shape.objects import Json, method_shape


def payment_method_shape(method: PaymentMethod) -> Json:
    """Return a payment method as the API does."""
    own = method_shape(method.method)
    kept = method.extra.get(method.method.type)
    known = own[method.method.type]
    if isinstance(kept, dict) and isinstance(known, dict):
        own[method.method.type] = {**kept, **known}
    return {
        "billing_details": {},
        **shown(method.extra),
        **own,
        "id": method.id,
        "object": "payment_method",
        "created": to_unix(method.created),
        "customer": method.customer,
        "livemode": False,
        "metadata": dict(method.metadata),
    }
