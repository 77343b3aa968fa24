"""Shape of payment methods, as Stripe's API writes them."""

from store.clock import to_unix
from store.payment_method import PaymentMethod
from store.shape.objects import Json, method_shape


def payment_method_shape(method: PaymentMethod) -> Json:
    """Return a payment method as the API does."""
    return {
        "billing_details": {},
        **method.extra,
        **method_shape(method.method),
        "id": method.id,
        "object": "payment_method",
        "created": to_unix(method.created),
        "customer": method.customer,
        "livemode": False,
        "metadata": dict(method.metadata),
    }
