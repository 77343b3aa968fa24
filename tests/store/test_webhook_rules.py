"""Webhook rules: signatures, pauses, which events, which places."""

import json
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
import stripe
from hypothesis import given
from hypothesis import strategies as st

from store.event import OWN, OWN_PREFIX
from store.webhook.delivery import (
    PACES,
    SAID,
    Delivery,
    DeliveryState,
    Heard,
    Pace,
)
from store.webhook.endpoint import (
    Endpoint,
    EndpointStatus,
    may_reach,
    why_not_types,
    why_not_url,
)
from store.webhook.signing import signature

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
TYPES = st.sampled_from(
    ["charge.refunded", "charge.refund.updated", "refund.created", "desk.note.added"]
)
SECRETS = st.from_regex(r"whsec_[0-9a-zA-Z]{24}", fullmatch=True)
BODIES = st.dictionaries(st.text(), st.text() | st.integers() | st.none()).map(
    lambda found: json.dumps(found).encode()
)
WAITING = Delivery("we_1", "evt_1", 1, "re_1", DeliveryState.WAITING, NOW, attempts=1)


@given(secret=SECRETS, other=SECRETS, payload=BODIES, at=st.integers(1, 2**33))
def test_the_sdk_takes_the_signature_of_these_bytes_alone(
    secret: str, other: str, payload: bytes, at: int
) -> None:
    """Of the same bytes and secret; of any other it does not."""
    header = signature(secret, payload, at)
    check = stripe.WebhookSignature.verify_header
    body = payload.decode()
    assert check(body, header, secret)
    with pytest.raises(stripe.SignatureVerificationError):
        check(body + " ", header, secret)
    if other != secret:
        with pytest.raises(stripe.SignatureVerificationError):
            check(body, header, other)


@pytest.mark.parametrize("pace", PACES.values(), ids=list(PACES))
def test_pauses_double_up_to_the_longest_and_end(pace: Pace) -> None:
    """Until it is given up."""
    pauses = [pace.pause(n) for n in range(1, pace.tries)]
    known = [one for one in pauses if one is not None]
    assert known == pauses
    assert known[0] == pace.first
    assert max(known) == pace.longest
    assert all(b == min(2 * a, pace.longest) for a, b in pairwise(known))
    assert pace.pause(pace.tries) is None
    assert pace.lost_after.total_seconds() > pace.patience


def test_a_day_of_trying() -> None:
    """What the README says of it."""
    pauses = (PACES["real"].pause(n) or timedelta() for n in range(1, 16))
    assert timedelta(hours=20) < sum(pauses, timedelta()) < timedelta(hours=28)


@given(status=st.none() | st.integers(100, 599), said=st.text(max_size=2000))
def test_only_a_success_is_one(status: int | None, said: str) -> None:
    """What else comes back is tried again; little of it is kept, all of it visible."""
    pace = PACES["real"]
    after = WAITING.after(Heard(status, said), NOW, pace)
    assert after.has_ended is (status is not None and 200 <= status < 300)
    assert after.status == status
    kept = after.said or ""
    assert kept.isprintable()
    assert len(kept) <= 10 * SAID
    if not after.has_ended:
        assert (after.state, after.due) == (DeliveryState.WAITING, NOW + pace.first)


def test_the_last_try_gives_up() -> None:
    """And says when."""
    pace = PACES["quick"]
    delivery = WAITING.claimed(NOW, pace)
    while not delivery.has_ended:
        before, delivery = delivery, delivery.after(Heard(500), delivery.due, pace)
        if not delivery.has_ended:
            assert delivery.due > before.due - pace.lost_after
            delivery = delivery.claimed(delivery.due, pace)
    assert (delivery.attempts, delivery.state) == (pace.tries, DeliveryState.GIVEN_UP)
    assert delivery.ended is not None


def endpoint(*types: str, status: str = "enabled") -> Endpoint:
    """Return an endpoint for these types."""
    return Endpoint(
        "we_1", "http://x.example", "whsec_1", types, NOW, EndpointStatus(status)
    )


@given(asked=st.lists(TYPES, min_size=1, max_size=4), type_=TYPES)
def test_an_endpoint_gets_what_it_asked_for(asked: list[str], type_: str) -> None:
    """By name, or all with a star; disabled nothing."""
    own = type_.startswith(OWN_PREFIX)
    assert endpoint(*asked).wants(type_) is (type_ in asked and not own)
    assert endpoint(*asked, "*").wants(type_) is not own
    assert not endpoint("*", status="disabled").wants(type_)


@pytest.mark.parametrize("type_", [f"{OWN_PREFIX}note", *sorted(OWN)])
def test_what_is_the_desk_s_own_is_never_wanted(type_: str) -> None:
    """Not even by name."""
    assert not endpoint("*", type_).wants(type_)


@pytest.mark.parametrize(
    "url",
    [
        *(
            "",
            "nowhere",
            "ftp://x.example",
            "file:///etc/passwd",
            "javascript:alert(1)",
        ),
        *("http://", "http:///hook", "http://x.example:0", "http://x.example:99999"),
        *("http://user:pw@x.example", "http://x .example", "http://x.example/\r\nA: b"),
        *("http://é.example", "http://x.example/" + "a" * 3000, "//x.example"),
        *("http://169.254.169.254/latest", "http://[fe80::1]/", "http://0.0.0.0"),
        *(
            "http://[::ffff:169.254.1.1]",
            "http://224.0.0.1",
            "http://[::1",
            "http://@x",
        ),
    ],
)
def test_a_hostile_url_is_refused_in_a_sentence(url: str) -> None:
    """It names the parameter, and says nothing of what was given."""
    refusal = why_not_url(url)
    assert refusal
    assert (refusal.param, refusal.message[-1]) == ("url", ".")
    assert not url or url not in refusal.message


@pytest.mark.parametrize(
    "url",
    [
        "http://localhost:3000",
        "https://x.example/hook?a=b",
        "http://[::1]:80/",
        "HTTPS://X",
    ],
)
def test_a_url_of_the_web_is_taken(url: str) -> None:
    """On this machine or anywhere."""
    assert why_not_url(url) is None


@given(st.ip_addresses())
def test_any_address_is_told(address: object) -> None:
    """Nothing that resolves breaks the rule."""
    assert may_reach(str(address)) in (True, False)


def test_types_are_names() -> None:
    """Of the API's or to come; a star is all."""
    assert why_not_types(["*"]) is None
    assert why_not_types(["charge.refunded", "invoice.paid"]) is None
    for wrong in ([], ["charge"], ["Charge.refunded"], ["a.b\n"], ["a.b"] * 301, [""]):
        refusal = why_not_types(wrong)
        assert refusal
        assert (refusal.param or "").startswith("enabled_events")
