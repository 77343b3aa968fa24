"""Endpoints: where events are sent, which of them, and which places are none."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from ipaddress import ip_address
from urllib.parse import urlsplit

from store.errors import Refusal
from store.event import OWN_PREFIX, is_own
from store.refusals import webhooks as webhook_refusals

EVERYTHING = "*"
CREATED = OWN_PREFIX + "webhook_endpoint.created"
UPDATED = OWN_PREFIX + "webhook_endpoint.updated"
DELETED = OWN_PREFIX + "webhook_endpoint.deleted"
MOST_TYPES = 300
LONGEST_URL = 2048
_SCHEMES = ("http", "https")
_PRINTABLE = re.compile(r"[!-~]+", re.ASCII)
_TYPE = re.compile(r"[a-z0-9_]+(\.[a-z0-9_]+)+", re.ASCII)
_LONGEST_TYPE = 100


class EndpointStatus(StrEnum):
    """Whether an endpoint is sent anything."""

    ENABLED = "enabled"
    DISABLED = "disabled"


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A URL that is told of events, and the secret that they are signed with."""

    id: str
    url: str
    secret: str = field(repr=False)
    enabled_events: tuple[str, ...]
    created: datetime
    status: EndpointStatus = EndpointStatus.ENABLED
    description: str | None = None
    metadata: Mapping[str, str] = field(default_factory=dict)
    seen: int = 0
    """The place in the log up to which its events are on their way, or were none."""

    @property
    def is_enabled(self) -> bool:
        """Tell whether it is sent anything."""
        return self.status is EndpointStatus.ENABLED

    def wants(self, type_: str) -> bool:
        """Tell whether it is sent events of a type."""
        return self.is_enabled and is_wanted(type_, self.enabled_events)


def is_wanted(type_: str, types: Sequence[str]) -> bool:
    """Tell whether a type is one of those asked for; the desk's own never are."""
    return not is_own(type_) and (EVERYTHING in types or type_ in types)


def why_not_types(types: Sequence[str]) -> Refusal | None:
    """Return why these are no types of events to be sent, or None."""
    if not types or len(types) > MOST_TYPES:
        return webhook_refusals.no_types(MOST_TYPES)
    for at, one in enumerate(types):
        known = one == EVERYTHING or (_TYPE.fullmatch(one) and len(one) < _LONGEST_TYPE)
        if not known:
            return webhook_refusals.no_type(at)
    return None


def why_not_url(url: str) -> Refusal | None:
    """Return why events cannot be sent to a URL, or None."""
    if len(url) > LONGEST_URL or not _PRINTABLE.fullmatch(url):
        return webhook_refusals.no_url()
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return webhook_refusals.no_url()
    if parts.scheme not in _SCHEMES or not parts.hostname or port == 0:
        return webhook_refusals.no_url()
    if "@" in parts.netloc:
        return webhook_refusals.credentials_in_url()
    return None if may_reach(parts.hostname) else webhook_refusals.nobody_there()


def may_reach(host: str) -> bool:
    """Tell whether an address may be some program's; a name may be until it is found.

    What configures a machine in the cloud answers at a link-local address.
    """
    try:
        address = ip_address(host.partition("%")[0])
    except ValueError:
        return True
    if mapped := getattr(address, "ipv4_mapped", None):
        address = mapped
    return not (address.is_link_local or address.is_multicast or address.is_unspecified)
