"""What goes over the wire: keys, headers, forms, limits, and repeated requests."""

from __future__ import annotations

import asyncio
import socket
import threading
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn
from serving import KEY, Served, serve

from store.http import app, forms
from store.http.wire import PatientProtocol


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """One server for the whole file."""
    with serve(tmp_path_factory.mktemp("served")) as one:
        yield one


def paid(served: Served, method: str = "pm_card_bypassPending") -> str:
    """Let a customer pay 10.00 USD; return the charge."""
    body = f"amount=1000&currency=usd&confirm=true&payment_method={method}"
    charge: str = served.raw("POST", "/v1/payment_intents", body).body["latest_charge"]
    return charge


def test_any_key_will_do_on_this_machine_but_there_must_be_one(served: Served) -> None:
    """Bearer and Basic are both taken; without a key the answer is a 401."""
    none = served.raw("GET", "/v1/balance", Authorization=None)
    assert none.status == 401
    assert none.error["message"] == (
        "You did not provide an API key. You need to provide your API key in the "
        "Authorization header, using Bearer auth (e.g. 'Authorization: Bearer "
        "YOUR_SECRET_KEY')."
    )
    for header in ("Bearer sk_x", "Basic " + b64encode(b"sk_x:").decode()):
        assert served.raw("GET", "/v1/balance", Authorization=header).status == 200
    for header in (
        "Basic !!",
        "Digest x",
        "Bearer",
        "Basic " + b64encode(b":").decode(),
    ):
        assert served.raw("GET", "/v1/balance", Authorization=header).status == 401


def test_every_answer_has_its_headers(served: Served) -> None:
    """An id of its own, the version, and whether to ask again."""
    fine = served.raw("GET", "/v1/balance", Stripe_Version="2024-06-20")
    assert fine.headers["request-id"].startswith("req_")
    assert fine.headers["stripe-version"] == "2024-06-20"
    assert "stripe-should-retry" not in fine.headers
    wrong = served.raw("GET", "/v1/refunds/re_X")
    assert wrong.headers["stripe-should-retry"] == "false"
    assert wrong.headers["request-id"] != fine.headers["request-id"]
    strange = served.raw("GET", "/v1/balance", Stripe_Version="yesterday")
    assert strange.error["message"] == "Invalid Stripe API version: yesterday"


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/v1/x"),
        ("GET", "/"),
        ("DELETE", "/v1/refunds"),
        ("PATCH", "/v1/refunds/re_1"),
        ("GET", "/v1/refunds/"),
        ("GET", "/v1/refunds/re_1/cancel"),
        ("POST", "/v2/refunds"),
    ],
)
def test_an_unknown_url_is_named(served: Served, method: str, path: str) -> None:
    """Method and path as they were asked for."""
    answer = served.raw(method, path)
    assert answer.status == 404
    assert answer.error["message"] == f"Unrecognized request URL ({method}: {path})."


def test_an_event_carries_the_id_of_its_request(served: Served) -> None:
    """And its idempotency key."""
    body = f"charge={paid(served)}&amount=1"
    done = served.raw("POST", "/v1/refunds", body, Idempotency_Key="order-1")
    assert done.headers["idempotency-key"] == "order-1"
    events = served.raw("GET", "/v1/events?type=refund.created&limit=1").body["data"]
    assert events[0]["request"] == {
        "id": done.headers["request-id"],
        "idempotency_key": "order-1",
    }


def test_a_repeated_request_is_answered_alike_and_done_once(served: Served) -> None:
    """The body is the first one's to the letter, though the refund has changed."""
    charge = paid(served)
    body = f"charge={charge}&amount=300"
    first = served.raw("POST", "/v1/refunds", body, Idempotency_Key="once")
    served.raw("POST", f"/v1/refunds/{first.body['id']}", "metadata[a]=b")
    again = served.raw("POST", "/v1/refunds", body, Idempotency_Key="once")
    assert again.body == first.body
    assert again.headers["idempotent-replayed"] == "true"
    assert "idempotent-replayed" not in first.headers
    told = served.raw("GET", f"/v1/charges/{charge}").body
    assert told["amount_refunded"] == 300


def test_a_key_is_bound_to_its_request(served: Served) -> None:
    """Other parameters, or another endpoint, are refused."""
    charge = paid(served)
    body = f"charge={charge}&amount=300"
    served.raw("POST", "/v1/refunds", body, Idempotency_Key="bound")
    for path, other in (
        ("/v1/refunds", f"charge={charge}&amount=301"),
        (f"/v1/charges/{charge}/refunds", "amount=300"),
    ):
        answer = served.raw("POST", path, other, Idempotency_Key="bound")
        assert (answer.status, answer.error["type"]) == (400, "idempotency_error")
        assert answer.error["message"] == (
            "Keys for idempotent requests can only be used with the same parameters "
            "they were first used with. Try using a key other than 'bound' if you "
            "meant to execute a different request."
        )


def test_what_the_rules_refused_stays_refused_and_what_was_none_may_be_mended(
    served: Served,
) -> None:
    """A key keeps an answer once it was carried out, also a 402 or a 400."""
    body = "amount=900&currency=usd&confirm=true&payment_method=pm_card_chargeDeclined"
    first = served.raw("POST", "/v1/payment_intents", body, Idempotency_Key="declined")
    again = served.raw("POST", "/v1/payment_intents", body, Idempotency_Key="declined")
    assert (first.status, again.body) == (402, first.body)
    assert again.headers["idempotent-replayed"] == "true"
    wrong = served.raw("POST", "/v1/refunds", "wat=1", Idempotency_Key="mended")
    assert wrong.error["code"] == "parameter_unknown"
    fine = f"charge={paid(served)}"
    mended = served.raw("POST", "/v1/refunds", fine, Idempotency_Key="mended")
    assert mended.status == 200


@pytest.mark.parametrize("key", ["", "k" * 256])
def test_a_key_has_its_length(served: Served, key: str) -> None:
    """From 1 to 255 characters."""
    answer = served.raw("POST", "/v1/customers", "name=a", Idempotency_Key=key)
    assert (answer.status, answer.error["type"]) == (400, "idempotency_error")


def test_the_same_key_at_once_is_done_once(served: Served) -> None:
    """Who comes while the first is under way gets its answer, or a 409."""
    charge = paid(served)
    body = f"charge={charge}&amount=1"
    answers: list[int] = []

    def ask() -> None:
        answers.append(
            served.raw("POST", "/v1/refunds", body, Idempotency_Key="race").status
        )

    clients = [threading.Thread(target=ask) for _ in range(16)]
    for one in clients:
        one.start()
    for one in clients:
        one.join()
    assert 200 in answers
    assert set(answers) <= {200, 409}
    assert served.raw("GET", f"/v1/charges/{charge}").body["amount_refunded"] == 1


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://127.0.0.1"},
        {"Sec_Fetch_Site": "cross-site"},
        {"Host": "evil.example:12111"},
    ],
)
def test_no_page_in_a_browser_may_ask(served: Served, headers: dict[str, str]) -> None:
    """Neither another site's, nor one that calls this machine by another name."""
    assert served.raw("GET", "/v1/balance", **headers).status == 403


def test_a_body_is_a_form(served: Served) -> None:
    """JSON is not taken; nor is what is no text."""
    json = {"Content_Type": "application/json"}
    assert served.raw("POST", "/v1/customers", "{}", **json).status == 400
    assert served.raw("POST", "/v1/customers", b"name=%FF").status == 400
    assert served.raw("POST", "/v1/customers", b"name=\xff").status == 400
    assert served.raw("POST", "/v1/customers", "name=a%00b").status == 400


def test_there_are_limits(served: Served) -> None:
    """On the body, the number of parameters, their depth, and the headers."""
    huge = "name=" + "x" * app.MOST_BYTES
    assert served.raw("POST", "/v1/customers", huge).status == 413
    many = "&".join(f"a{n}=1" for n in range(forms.MOST_PAIRS + 1))
    assert served.raw("POST", "/v1/customers", many).status == 413
    deep = "metadata" + "[a]" * forms.DEEPEST + "=1"
    assert served.raw("POST", "/v1/customers", deep).status == 400
    headers = {f"X_{n}": "1" for n in range(app.MOST_HEADERS + 1)}
    assert served.raw("GET", "/v1/balance", None, **headers).status == 413
    long = served.raw("POST", "/v1/customers", "name=" + "x" * 5001)
    assert long.error["param"] == "name"


def test_a_request_that_is_no_http_ends_the_connection(served: Served) -> None:
    """And the next one is served."""
    with socket.create_connection(("127.0.0.1", served.port), 10) as plain:
        plain.sendall(b"\x16\x03\x01 hello\r\n\r\n")
        assert plain.recv(100).startswith(b"HTTP/1.1 400")
    assert served.raw("GET", "/v1/balance").status == 200


def test_nothing_is_printed_of_keys_or_customers(served: Served) -> None:
    """The server says where it is, and no more."""
    served.raw("POST", "/v1/customers", "name=Jane+Doe&email=jane@example.com")
    served.raw("POST", "/v1/customers", "wat=1")
    printed = served.printed.read_text()
    made, serving = printed.splitlines()
    assert made == f"Made a new store at {served.file}."
    assert serving.startswith("Serving at http://127.0.0.1:")
    assert KEY not in printed


def test_only_the_keys_that_are_known(tmp_path: Path) -> None:
    """The refusal shows the ends of the key; the actor is whose key it was."""
    keys = tmp_path / "keys.txt"
    keys.write_text("# ours\nshop: sk_test_abcdefgh1234\nrk_test_other5678\n")
    with serve(tmp_path, "--keys", str(keys)) as served:
        fine = served.raw(
            "POST",
            "/v1/customers",
            "name=a",
            Authorization="Bearer sk_test_abcdefgh1234",
        )
        wrong = served.raw(
            "GET", "/v1/balance", Authorization="Bearer sk_test_zzzzzzzz9999"
        )
        with served.store() as store:
            told = store.events.newest(object_id=fine.body["id"])[0]
    assert (fine.status, told.actor) == (200, "shop")
    assert wrong.status == 401
    assert wrong.error["message"] == "Invalid API Key provided: sk_test_****9999"


def test_a_new_store_begins_with_a_balance_and_an_old_one_is_left(
    tmp_path: Path,
) -> None:
    """So that the first refund goes out; with 0 it is held."""
    with serve(tmp_path, "--opening-balance", "0") as served:
        charge = paid(served, "pm_card_visa")
        held = served.raw("POST", "/v1/refunds", f"charge={charge}").body
    assert (held["status"], held["pending_reason"]) == ("pending", "insufficient_funds")
    with serve(tmp_path) as served:
        assert served.raw("GET", "/v1/topups").body["data"] == []
    rich = tmp_path / "rich"
    rich.mkdir()
    with serve(rich, "--currency", "eur") as served:
        topups = served.raw("GET", "/v1/topups").body["data"]
        assert [(one["amount"], one["currency"]) for one in topups] == [
            (100_000_000, "eur")
        ]
        charge = paid(served, "pm_card_visa")
        done = served.raw("POST", "/v1/refunds", f"charge={charge}").body
    assert done["status"] == "succeeded"


async def test_a_head_that_does_not_arrive_is_not_waited_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The connection is closed, whether something was said or nothing."""
    monkeypatch.setattr(PatientProtocol, "patience", 0.05)
    config = uvicorn.Config(_nobody, lifespan="off")
    config.load()
    state = uvicorn.server.ServerState()
    listening = await asyncio.get_running_loop().create_server(
        lambda: PatientProtocol(config, state, {}), "127.0.0.1", 0
    )
    port = listening.sockets[0].getsockname()[1]
    for said in (b"", b"GET / HTTP/1.1\r\nHost: x"):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(said)
        assert await asyncio.wait_for(reader.read(), 10) == b""
        writer.close()
    listening.close()
    await listening.wait_closed()


async def _nobody(scope: object, receive: object, send: object) -> None:
    raise AssertionError((scope, receive, send))
