"""The mail server that the environment names."""

from collections.abc import Mapping
from urllib.parse import unquote, urlsplit

from store.errors import StoreUnusable
from store.mail.post import Postman

URL = "REFUND_DESK_SMTP_URL"
PASSWORD = "REFUND_DESK_SMTP_PASSWORD"  # noqa: S105 - the name of a variable
SENDER = "REFUND_DESK_SMTP_FROM"
_PORTS = {"smtp": 587, "smtps": 465}


def from_environment(environ: Mapping[str, str]) -> Postman | None:
    """Return the mail server that the environment names, or None.

    Raises:
        StoreUnusable: What it names is no mail server.
    """
    given = environ.get(URL)
    if not given:
        return None
    try:
        parts = urlsplit(given)
        port = parts.port or _PORTS.get(parts.scheme)
    except ValueError:
        port = None
    if port is None or not parts.hostname or parts.scheme not in _PORTS:
        raise StoreUnusable(f"{URL} names no mail server: write smtp://user@host:port.")
    if parts.password is not None:
        raise StoreUnusable(f"{URL} must not hold the password: set {PASSWORD}.")
    # Mail libraries take a while to load; most stores have no mail server.
    from store.mail.smtp import SmtpPostman  # noqa: PLC0415 - see above

    user = unquote(parts.username) if parts.username else None
    own = user if user and "@" in user else f"refunds@{parts.hostname}"
    return SmtpPostman(
        host=parts.hostname,
        port=port,
        sender=environ.get(SENDER) or own,
        user=user,
        password=environ.get(PASSWORD),
        from_the_start=parts.scheme == "smtps",
    )
