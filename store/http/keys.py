"""Keys: who may ask; a key is compared in constant time and never written down."""

import base64
import binascii
import hmac
from dataclasses import dataclass, field
from ipaddress import ip_address

from store.errors import Refused
from store.refusals import http as http_refusals

_NAMES = frozenset(("localhost", "127.0.0.1", "[::1]"))
ANYBODY = "api"
"""Who asks with a key that has no name."""


def is_loopback(host: str) -> bool:
    """Tell whether only programs on this machine reach an address."""
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys that are taken, by whose they are; without any, every key is."""

    known: dict[str, str] = field(default_factory=dict, repr=False)
    """Names by key."""

    def who(self, authorization: str | None) -> str:
        """Return whose key a header carries.

        Raises:
            Refused: There is none, or it is none of those that are known (401).
        """
        key = _key(authorization or "")
        if not key:
            raise Refused(http_refusals.no_key())
        if not self.known:
            return ANYBODY
        found = None
        for known, name in self.known.items():
            # Every one is compared: the time must not tell which came close.
            if hmac.compare_digest(known.encode(), key.encode()):
                found = name
        if found is None:
            raise Refused(http_refusals.bad_key(key))
        return found


def read(text: str) -> Keys:
    """Return the keys of a file: one a line, or `name: key`; `#` begins a remark."""
    known: dict[str, str] = {}
    for line in text.splitlines():
        wanted = line.partition("#")[0].strip()
        name, sign, key = wanted.rpartition(":")
        if key.strip():
            known[key.strip()] = name.strip() if sign else ANYBODY
    return Keys(known)


def _key(authorization: str) -> str:
    """Return the key of a Bearer or Basic header; a Basic's password is ignored."""
    scheme, _, rest = authorization.strip().partition(" ")
    match scheme.lower():
        case "bearer":
            return rest.strip()
        case "basic":
            try:
                both = base64.b64decode(rest.strip(), validate=True).decode()
            except (binascii.Error, ValueError):
                return ""
            return both.partition(":")[0].strip()
        case _:
            return ""


def shown(authorization: str | None) -> str:
    """Return the key of a header as it may be shown."""
    return http_refusals.masked(_key(authorization or ""))


def is_here(host: str) -> bool:
    """Tell whether a `Host` header names this machine, whatever the port."""
    name, sign, port = host.strip().lower().rpartition(":")
    return (name if sign and port.isdecimal() else host.strip().lower()) in _NAMES
