"""Requests that are made up: mostly as they are taken, and now and then not at all."""

from __future__ import annotations

from urllib.parse import quote_plus

from hypothesis import strategies as st

from store.cards import CARDS
from store.http.endpoints import ROUTES
from store.http.takes import Kind, Takes

Sent = tuple[str, str, bytes, bytes, list[tuple[bytes, bytes]]]
"""Method, path, query, body, headers."""
_NASTY = ("", "0", "-1", "99999999", "9" * 18, "9" * 40, "null", "\x1b[2J", "é", "a.b")
_FITTING = {
    "currency": ("usd", "eur", "jpy", "kwd"),
    "payment_method": tuple(CARDS),
    "query": ('status:"succeeded"', "amount>5", 'metadata["a"]:"b"', "created>1"),
    "reason": ("duplicate", "fraudulent", "requested_by_customer"),
    "cancellation_reason": ("duplicate", "abandoned"),
    "type": ("card", "refund", "charge.*", "ideal"),
    "destination": ("acct_1",),
    "number": ("4242424242424242",),
    "url": ("https://example.com/hook",),
    "enabled_events": ("*",),
}
"""By the name of a parameter, values that it may have."""
_PREFIXES = {
    "refund": ("re_", "pyr_"),
    "charge": ("ch_", "py_"),
    "source_transaction": ("ch_",),
    "payment_intent": ("pi_",),
    "intent": ("pi_",),
    "customer": ("cus_",),
    "transaction": ("txn_",),
    "topup": ("tu_",),
    "event": ("evt_",),
    "method": ("pm_",),
    "given": ("tr_", "fee_"),
}
"""By the name of a parameter, or of what a path names, how its ids begin."""
_EXPANDED = ("charge", "customer", "data.charge", "latest_charge.refunds", "data.x")
texts = st.one_of(st.sampled_from(_NASTY), st.text(max_size=20), st.integers().map(str))
mostly = st.integers(0, 15).map(bool)


def _ids(name: str, ids: list[str]) -> list[str]:
    wanted = _PREFIXES.get(name)
    fitting = [one for one in ids if wanted and one.startswith(wanted)]
    return fitting or ids


@st.composite
def value(draw: st.DrawFn, one: Takes, ids: list[str]) -> str:
    """Return a parameter's value, mostly one that it may have."""
    if not draw(mostly):
        return draw(st.one_of(texts, st.sampled_from(ids)))
    if one.kind is Kind.WHOLE:
        return str(draw(st.integers(1, 2_000)))
    if one.kind is Kind.FLAG:
        return draw(st.sampled_from(("true", "false")))
    if one.choices:
        return draw(st.sampled_from(one.choices))
    if one.name in _PREFIXES:
        return draw(st.sampled_from(_ids(one.name, ids)))
    return draw(st.sampled_from(_FITTING.get(one.name, ("a", "a@example.com"))))


@st.composite
def pairs(
    draw: st.DrawFn, one: Takes, ids: list[str], outer: str = ""
) -> list[tuple[str, str]]:
    """Return a parameter with its brackets, mostly as it is taken."""
    name = f"{outer}[{one.name}]" if outer else one.name
    if not draw(mostly):
        return [(f"{name}[{draw(st.text(max_size=3))}]", draw(texts))]
    match one.kind:
        case Kind.METADATA:
            return [(f"{name}[a]", draw(texts))]
        case Kind.CREATED:
            return [(f"{name}[gte]", str(draw(st.integers(0, 2**33))))]
        case Kind.TEXTS if one.name == "expand":
            return [(f"{name}[]", draw(st.sampled_from(_EXPANDED)))]
        case Kind.TEXTS:
            return [(f"{name}[]", draw(value(one, ids)))]
        case Kind.FREE:
            return [(f"{name}[a]", draw(texts))]
        case Kind.HASH if one.inside:
            taken = [part for part in one.inside if not part.refused]
            inside = draw(st.lists(st.sampled_from(taken), max_size=3))
            return [pair for part in inside for pair in draw(pairs(part, ids, name))]
        case _:
            return [(name, draw(value(one, ids)))]


@st.composite
def requests(draw: st.DrawFn, ids: list[str]) -> Sent:
    """Return a request to an endpoint that there is."""
    endpoint = draw(st.sampled_from(ROUTES.endpoints))
    path = endpoint.path
    while "{" in path:
        before, _, rest = path.partition("{")
        name, _, rest = rest.partition("}")
        near = _ids(name, ids) if draw(mostly) else ids
        path = before + draw(st.sampled_from(near)) + rest
    needed = [one for one in endpoint.takes if one.required and draw(mostly)]
    taken = [one for one in endpoint.takes if not one.refused]
    there = taken if draw(mostly) else endpoint.known
    others = draw(st.lists(st.sampled_from(there), max_size=3)) if there else []
    given = [pair for one in (*needed, *others) for pair in draw(pairs(one, ids))]
    if not draw(mostly):
        given.append((draw(st.text(max_size=10)), draw(texts)))
    form = "&".join(f"{_quoted(name)}={_quoted(said)}" for name, said in given).encode()
    key = draw(st.sampled_from((*(None,) * 7, "k1", "k2", "é")))
    headers = [(b"idempotency-key", key.encode())] if key else []
    read = endpoint.method == "GET"
    return endpoint.method, path, form if read else b"", b"" if read else form, headers


def _quoted(text: str) -> str:
    return quote_plus(text, errors="surrogatepass")
