"""Signing: what proves to a receiver that an event is from here, and when it was."""

import hashlib
import hmac

HEADER = "Stripe-Signature"
SECRET = "whsec"  # noqa: S105 - how secrets begin, and no secret
"""The prefix of the ids that are the secrets of endpoints."""
_SCHEME = "v1"


def signature(secret: str, payload: bytes, at: int) -> str:
    """Return the header that signs exactly these bytes at a time in Unix seconds."""
    signed = b"%d." % at + payload
    digest = hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()
    return f"t={at},{_SCHEME}={digest}"
