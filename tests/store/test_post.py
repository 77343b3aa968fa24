"""The post: letters reach a mail server whole, and its answers are understood."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from mail_server import MailServer, mail_server

from conftest import MONDAY
from store.errors import StoreUnusable
from store.mail.environment import PASSWORD, SENDER, URL, from_environment
from store.mail.post import PostFailed
from store.mail.receipt import (
    Letter,
    next_try,
    number_of,
    render,
    why_not_address,
)
from store.mail.smtp import SmtpPostman
from store.method import Method
from store.money import Money
from store.payment import Charge, ChargeStatus, Customer
from store.reference import Destination, DestinationKind, ReferenceStatus, ReferenceType
from store.refund import PendingReason, Refund, RefundStatus

LETTER = Letter("ada@example.com", "Your refund of 20.00 USD", "Hello\n.\nÄ\n")
CHARGE = Charge(
    id="ch_1",
    money=Money(5_000, "usd"),
    status=ChargeStatus.SUCCEEDED,
    created=MONDAY,
    method=Method("card", "visa", "4242"),
)
REFUND = Refund("re_1", Money(2_000, "usd"), RefundStatus.SUCCEEDED, MONDAY, "ch_1")


@pytest.fixture
def server() -> Iterator[MailServer]:
    """A mail server on this machine."""
    with mail_server() as running:
        yield running


def postman(server: MailServer) -> SmtpPostman:
    """Return a postman who goes there."""
    return SmtpPostman("127.0.0.1", server.port, "desk@example.com", timeout=2)


def test_an_answer_that_never_ends_is_not_listened_to(server: MailServer) -> None:
    """It costs no memory, and the letter may be tried again."""
    server.goes_on = True
    with pytest.raises(PostFailed, match="its answer has no end") as failed:
        postman(server).send(LETTER, "mail_1")
    assert not failed.value.is_final


def test_a_letter_arrives_whole(server: MailServer) -> None:
    """Headers, text and the id that marks a second copy are all there."""
    postman(server).send(LETTER, "mail_1")
    (taken,) = server.taken
    assert taken["To"] == "ada@example.com"
    assert taken["From"] == "desk@example.com"
    assert taken["Subject"] == LETTER.subject
    assert taken["Message-ID"] == "<mail_1@example.com>"
    content = taken.get_content()  # type: ignore[attr-defined]
    assert content.replace("\r\n", "\n") == LETTER.body


@pytest.mark.parametrize(
    ("answer", "is_final"), [("451 later", False), ("554 never", True)]
)
def test_the_server_refuses(server: MailServer, answer: str, *, is_final: bool) -> None:
    """A passing trouble is tried again, a refusal is final."""
    server.answer = answer
    with pytest.raises(PostFailed) as failed:
        postman(server).send(LETTER, "mail_1")
    assert failed.value.is_final is is_final
    said = f"The mail server answered {answer[:3]}: {answer[4:]}"
    assert str(failed.value) == said


def test_nobody_lives_there(server: MailServer) -> None:
    """An unknown address is final."""
    with pytest.raises(PostFailed, match="address was refused") as failed:
        postman(server).send(replace(LETTER, to="nobody@example.com"), "mail_1")
    assert failed.value.is_final


@pytest.mark.parametrize("field", ["to", "subject"])
def test_no_header_can_be_smuggled_in(server: MailServer, field: str) -> None:
    """A line break in a header stops the letter before anything is sent."""
    hostile = replace(LETTER, **{field: "a@example.com\r\nBcc: b@example.com"})
    with pytest.raises(PostFailed) as failed:
        postman(server).send(hostile, "mail_1")
    assert failed.value.is_final
    assert not [line for line in server.seen if line.startswith(("MAIL", "RCPT"))]


def test_nobody_listens(server: MailServer) -> None:
    """No mail server there is a passing trouble."""
    gone = replace(postman(server), port=1)
    with pytest.raises(PostFailed, match="cannot be used") as failed:
        gone.send(LETTER, "mail_1")
    assert not failed.value.is_final


def test_nothing_leaves_this_machine_in_the_clear(
    server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A server elsewhere that offers no encryption gets nothing."""
    monkeypatch.setattr("store.mail.smtp._HERE", ())
    with pytest.raises(PostFailed, match="offers no encryption"):
        postman(server).send(LETTER, "mail_1")
    assert not [line for line in server.seen if line.startswith("MAIL")]


@pytest.mark.parametrize(
    ("environ", "found"),
    [
        ({}, None),
        ({URL: ""}, None),
        (
            {URL: "smtp://desk%40shop.example@mail.example:2525", PASSWORD: "s3"},
            SmtpPostman(
                "mail.example", 2525, "desk@shop.example", "desk@shop.example", "s3"
            ),
        ),
        (
            {URL: "smtps://u@mail.example", SENDER: "a@b.example"},
            SmtpPostman("mail.example", 465, "a@b.example", "u", from_the_start=True),
        ),
        (
            {URL: "smtp://mail.example"},
            SmtpPostman("mail.example", 587, "refunds@mail.example"),
        ),
    ],
)
def test_the_environment(environ: dict[str, str], found: SmtpPostman | None) -> None:
    """Where letters go is told by variables; the password never shows."""
    assert from_environment(environ) == found
    assert "s3" not in repr(found)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("mail.example", "names no mail server"),
        ("http://mail.example", "names no mail server"),
        ("smtp://", "names no mail server"),
        ("smtp://mail.example:port", "names no mail server"),
        ("smtp://u:secret@mail.example", "must not hold the password"),
    ],
)
def test_a_bad_environment(given: str, said: str) -> None:
    """A mistake is told, without what it must not hold."""
    with pytest.raises(StoreUnusable, match=said) as unusable:
        from_environment({URL: given})
    assert "secret" not in str(unusable.value)


def test_the_words() -> None:
    """Amounts, card, meaning and number are all said, plainly."""
    ada = Customer("", "Ada", "ada@example.com")
    letter = render(REFUND, CHARGE, (), "1234-5678", ada)
    assert letter.subject == f"Your refund of {REFUND.money}"
    assert letter.body.startswith("Hello Ada,\n\n")
    assert f"refunded {REFUND.money} of your payment of {CHARGE.money}" in letter.body
    assert "02 March 2026, to your Visa card ending in 4242." in letter.body
    assert "within 5 to 10 business days" in letter.body
    assert "Receipt number: 1234-5678" in letter.body
    assert "ARN" not in letter.body


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (
            {"destination": Destination("card", DestinationKind.REVERSAL)},
            "without a separate credit",
        ),
        (
            {
                "status": RefundStatus.PENDING,
                "pending_reason": PendingReason.PROCESSING,
            },
            "Your bank is working on it",
        ),
        (
            {
                "destination": Destination(
                    "card",
                    DestinationKind.REFUND,
                    "74000000000000000000001",
                    ReferenceStatus.AVAILABLE,
                    ReferenceType.ARN,
                )
            },
            "ARN 74000000000000000000001",
        ),
    ],
)
def test_what_it_means(changes: dict[str, object], said: str) -> None:
    """A reversal, a bank at work and a reference are each told in their words."""
    refund = replace(REFUND, **changes)  # type: ignore[arg-type]
    assert said in render(refund, CHARGE, (), "1-2", Customer("", None, "a@b")).body


def test_hostile_words_stay_words() -> None:
    """What a customer wrote is shown on one line, with nothing that acts."""
    charge = replace(CHARGE, description="x\r\n\r\nY: \x1b[31m\u202e")
    eve = Customer("", "Eve\nBcc: all@example.com", "a@b")
    letter = render(REFUND, charge, (), "1-2", eve)
    assert "Hello Eve Bcc: all@example.com," in letter.body
    assert "Payment: x    Y: \\x1b[31m\\u202e" in letter.body
    assert "\n" not in letter.subject


@pytest.mark.parametrize("email", ["a@b", "x.y+z@example.com", "jürgen@example.com"])
def test_addresses(email: str) -> None:
    """What could be an address is taken."""
    assert why_not_address(email) is None


@pytest.mark.parametrize(
    "email",
    ["", "a", "@b", "a@", "a b@c", "a@b,c@d", "a@b\x00", "a" * 250 + "@b.example"],
)
def test_no_addresses(email: str) -> None:
    """What could be two, or a header, is not."""
    assert why_not_address(email)


def test_numbers() -> None:
    """A number has its shape and follows from its seed."""
    assert re.fullmatch(r"\d{4}-\d{4}", number_of("re_1"))
    assert number_of("re_1") == number_of("re_1") != number_of("re_2")


def test_pauses_grow() -> None:
    """Each try waits longer than the one before; the fifth is the last."""
    waits = [next_try(tries, MONDAY) for tries in range(1, 6)]
    minutes = [5, 20, 45, 80]
    assert waits == [*(MONDAY + timedelta(minutes=m) for m in minutes), None]
