"""Webhook shape: endpoints as Stripe's API writes them; the secret is told once."""

from store.clock import to_unix
from store.shape.account import API_VERSION
from store.shape.objects import Json
from store.webhook.endpoint import Endpoint

KIND = "webhook_endpoint"


def endpoint_shape(endpoint: Endpoint) -> Json:
    """Return an endpoint as the API does, without its secret."""
    return {
        "id": endpoint.id,
        "object": KIND,
        "api_version": API_VERSION,
        "application": None,
        "created": to_unix(endpoint.created),
        "description": endpoint.description,
        "enabled_events": list(endpoint.enabled_events),
        "livemode": False,
        "metadata": dict(endpoint.metadata),
        "status": endpoint.status.value,
        "url": endpoint.url,
    }


def created_shape(endpoint: Endpoint) -> Json:
    """Return an endpoint that was just made, with the secret to check events by."""
    return {**endpoint_shape(endpoint), "secret": endpoint.secret}


def deleted_shape(endpoint_id: str) -> Json:
    """Return what is left of an endpoint."""
    return {"id": endpoint_id, "object": KIND, "deleted": True}
