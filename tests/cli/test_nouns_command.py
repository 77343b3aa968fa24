"""The other nouns: each verb is the store's, each answer fits its reader."""

import csv
import inspect
import json
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from till import Till, opened

from store import open_store
from store.cli.nouns import NOUNS
from store.cli.parameters import EXTRA, Kind
from store.event import Actor
from store.lists.window import Window
from store.verbs.amend import Changes

HOSTILE = "=HYPERLINK(1)\x1b]52;c;eA==\x07\u202e[bold]\x7f"


@pytest.fixture
def till(tmp_path: Path) -> Till:
    """Return a till with one payment."""
    return opened(tmp_path)


@pytest.mark.parametrize(
    ("noun", "name"),
    [(noun, name) for noun, verbs in NOUNS.items() for name in verbs if name],
)
def test_every_parameter_is_one_of_the_verbs(till: Till, noun: str, name: str) -> None:
    """What a command takes, the store's verb takes under the same name."""
    with open_store(f"sqlite:///{till.file}") as store:
        verb = getattr(getattr(store, noun), name)
    known = set(inspect.signature(verb).parameters)
    if (noun, name) == ("bulk", "start"):
        # What is started is a plan, which alone is its dry run.
        known |= {"preview", *inspect.signature(store.bulk.plan).parameters}
    if "window" in known:
        known |= set(Window.__annotations__)
    if "terms" in known:
        known |= set(Changes.__annotations__)
    for one in NOUNS[noun][name].takes:
        if not one.positional:
            bound = one.kind is Kind.BOUND
            kept = EXTRA if one.kept else one.argument or one.name
            assert ("created" if bound else kept) in known
    if NOUNS[noun][name].writes:
        once = {"key", "preview"} if NOUNS[noun][name].once else set()
        assert {"actor", *once} <= known


def test_payment_is_captured_in_part(tmp_path: Path) -> None:
    """Stripe's own name for the amount; the rest is released."""
    till = opened(tmp_path, capture_method="manual")
    took = ("payment_intents", "capture", till.intent)
    assert till.refused(*took, "--amount-to-capture=9999")["code"] == "amount_too_large"
    captured = till.asked(*took, "--amount-to-capture", "2000")
    assert captured["status"] == "succeeded"
    assert captured["amount_received"] == 2000


def test_payment_is_canceled(tmp_path: Path) -> None:
    """The API's reason is kept."""
    till = opened(tmp_path, capture_method="manual")
    gone = till.asked(
        *("payment_intents", "cancel", till.intent),
        *("--cancellation-reason", "abandoned"),
    )
    assert (gone["status"], gone["cancellation_reason"]) == ("canceled", "abandoned")
    assert till.asked("payment_intents", "retrieve", till.intent) == gone


def test_charges_are_listed_searched_and_changed(till: Till) -> None:
    """A search answers in the API's own shape."""
    changed = till.asked("charges", "update", till.charge, "--metadata", "a=b")
    found = till.asked("charges", "search", "--query", 'metadata["a"]:"b"')
    assert found == {
        "object": "search_result",
        "data": [changed],
        "has_more": False,
        "next_page": None,
        "url": "/v1/charges/search",
    }
    assert till.asked("charges", "retrieve", till.charge) == changed
    assert till.asked("charges", "list", "--customer=cus_1")["data"] == [changed]
    assert till.refused("charges", "search", "--query=huh")["param"] == "query"


def test_top_up_shows_in_balance_and_events(till: Till) -> None:
    """The answer is the top-up that the log tells of; so is that of a replay."""
    words = ("topups", "create", "--amount=700", "--currency", "EUR")
    made = till.asked(*words, "--idempotency-key=t1")
    assert (made["object"], made["amount"]) == ("topup", 700)
    assert till.asked(*words, "--idempotency-key=t1") == made
    funds = till.asked("balance")["available"]
    assert {"amount": 700, "currency": "eur"} in funds
    (event,) = till.asked("events", "list", "--type=topup.succeeded")["data"]
    assert event["data"]["object"] == made
    assert till.asked("events", "retrieve", event["id"]) == event
    about = ("--object-id", made["id"])
    assert len(till.asked("events", "list", *about)["data"]) == 2


def test_events_tell_how_many_endpoints_wait_for_them(till: Till) -> None:
    """In every list and alone, as over HTTP; own events are on their way to nobody."""
    with open_store(f"sqlite:///{till.file}") as store:
        store.webhook_endpoints.create(
            url="http://127.0.0.1:1/hook",
            enabled_events=["topup.created", "topup.succeeded"],
            actor=Actor("kim"),
        )
    till.asked("topups", "create", "--amount=700", "--currency", "EUR")
    (event,) = till.asked("events", "list", "--type=topup.succeeded")["data"]
    assert event["pending_webhooks"] == 1
    assert till.asked("events", "retrieve", event["id"])["pending_webhooks"] == 1
    log = till.asked("events", "log", "--limit=100")["data"]
    waits = {one["type"]: one["pending_webhooks"] for one in log}
    assert waits["topup.succeeded"] == waits["topup.created"] == 1
    assert waits["payment_intent.succeeded"] == 0
    assert {one["actor"] for one in log} > {"kim"}


def test_table_of_the_balance(till: Till) -> None:
    """A person reads amounts as money."""
    answer = till("balance", "--format", "table")
    lines = [line.split() for line in answer.out.splitlines()]
    assert lines[0] == ["currency", "available", "pending"]
    assert lines[1][0] == "usd"
    assert lines[1][-2:] == ["0.00", "USD"]


def test_csv_of_refunds(till: Till) -> None:
    """One line an object, amounts as the API has them."""
    made = till.asked("refunds", "create", "--charge", till.charge, "--amount=12")
    answer = till("refunds", "list", "--format=csv")
    (row,) = csv.DictReader(StringIO(answer.out))
    assert (row["id"], row["amount"], row["reason"]) == (made["id"], "12", "")


@pytest.mark.parametrize("form", ["json", "table", "csv"])
@pytest.mark.parametrize("verb", ["list", "retrieve"])
def test_hostile_text_never_acts(tmp_path: Path, form: str, verb: str) -> None:
    """No control or direction character is printed; JSON still carries the text."""
    till = opened(tmp_path, name=HOSTILE, metadata={f"k{HOSTILE}"[:40]: HOSTILE})
    about = (till.intent,) if verb == "retrieve" else ()
    answer = till("payment_intents", verb, *about, "--format", form)
    assert answer.code == 0
    assert answer.out.replace("\n", "").isprintable()
    if form == "json":
        shape = json.loads(answer.out)
        one = shape["data"][0] if verb == "list" else shape
        assert one["description"] == HOSTILE
    if form == "csv":
        (row,) = csv.DictReader(StringIO(answer.out))
        assert row["description"].startswith("'=HYPERLINK")


def test_commands_load_no_screens(till: Till) -> None:
    """An answer needs neither the screens nor their library, nor what migrates."""
    script = (
        "import sys\n"
        "from store.cli import main\n"
        f"sys.argv = ['refund-desk', 'balance', '--store', {str(till.file)!r}]\n"
        "try:\n    main()\nexcept SystemExit as end:\n    assert not end.code\n"
        "print(sorted({'alembic', 'rich', 'textual', 'tui'} & set(sys.modules)))\n"
    )
    done = subprocess.run(
        (sys.executable, "-c", script), capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "[]"
