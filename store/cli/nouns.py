"""Nouns: every Stripe-shaped command, declared once, by Stripe's names."""

from store.cli.nouns_bulk import BULK
from store.cli.parameters import Kind, Parameter, Verb


def _whole(name: str, help_: str, **more: str) -> Parameter:
    return Parameter(name, help_, Kind.WHOLE, metavar="N", **more)  # type: ignore[arg-type]


def _id(kind: str, prefix: str) -> Parameter:
    return Parameter(
        "id", f"the id of the {kind}", metavar=f"{prefix}_…", positional=True
    )


_CENTS = "in the currency's smallest unit"
_REFUND = _id("refund", "re")
_INTENT = _id("payment intent", "pi")
_CHARGE = _id("charge", "ch")
_AMOUNT = _whole("amount", f"how much, {_CENTS}; without it, all that is left")
_NOTE = Parameter("note", "why, in your own words; kept in the log")
_PAIRS = Parameter(
    "metadata",
    "a key and a value, as often as needed; an empty value unsets the key",
    Kind.PAIRS,
    metavar="KEY=VALUE",
)
_BY_INTENT = Parameter("payment_intent", "the payment, by its intent", metavar="pi_…")
_BY_CHARGE = Parameter("charge", "the payment, by its charge", metavar="ch_…")
_BY_CUSTOMER = Parameter("customer", "of this customer only", metavar="cus_…")
_WORDS = (
    _PAIRS,
    Parameter("description", "what is said of it; an empty text unsets it"),
    Parameter(
        "receipt_email", "where receipts go; an empty text unsets it", metavar="EMAIL"
    ),
)
_FEE = _whole("application_fee_amount", f"what the platform keeps of it, {_CENTS}")
_DESCRIPTORS = (
    Parameter("statement_descriptor", "what the statement says", kept=True),
    Parameter("statement_descriptor_suffix", "what it says after that", kept=True),
)
_LIMIT = _whole("limit", "how many at most, from 1 to 100; without it, 10")
_WINDOW = (
    _LIMIT,
    Parameter("starting_after", "those that follow this one", metavar="ID"),
    Parameter("ending_before", "those just before this one", metavar="ID"),
    *(
        Parameter(f"created_{sign}", f"created {said} this", Kind.BOUND, metavar="TIME")
        for sign, said in (
            ("gt", "after"),
            ("gte", "at or after"),
            ("lt", "before"),
            ("lte", "at or before"),
        )
    ),
)
_SEARCH = (
    Parameter(
        "query",
        """in the API's search syntax: status:"succeeded" AND amount>1000""",
        required=True,
    ),
    _LIMIT,
    Parameter("page", "the next_page that a search answered"),
)

_MOST = _whole("limit", "how many at most; without it, 100")
_PAYMENT = Parameter(
    "payment",
    "the id of the payment intent or charge",
    metavar="pi_…",
    positional=True,
)
_CURRENCY = Parameter("currency", "such as usd", metavar="CURRENCY", required=True)

NOUNS: dict[str, dict[str, Verb]] = {
    "refunds": {
        "create": Verb(
            "Refund a payment, or a part of it.",
            (
                _BY_INTENT,
                _BY_CHARGE,
                _AMOUNT,
                Parameter(
                    "reason",
                    "duplicate, fraudulent or requested_by_customer; or other, which"
                    " needs a note",
                ),
                _NOTE,
                _PAIRS,
                Parameter(
                    "instructions_email",
                    "where the customer is asked for bank details",
                    metavar="EMAIL",
                ),
                Parameter(
                    "reverse_transfer",
                    "pull the transfer back in proportion",
                    Kind.FLAG,
                ),
                Parameter(
                    "refund_application_fee",
                    "give the application fee back in proportion",
                    Kind.FLAG,
                ),
            ),
            writes=True,
        ),
        "retrieve": Verb("Show a refund.", (_REFUND,)),
        "update": Verb("Change a refund's metadata.", (_REFUND, _PAIRS), writes=True),
        "list": Verb("List refunds, newest first.", (_BY_INTENT, _BY_CHARGE, *_WINDOW)),
        "cancel": Verb("Call a refund back.", (_REFUND,), writes=True),
        "failed": Verb(
            "List refunds that failed, with what to do next.",
            (
                Parameter("done", "those that were dealt with instead", Kind.FLAG),
                _MOST,
            ),
        ),
        "retry": Verb(
            "Try a refund that failed again: a new one of the same amount.",
            (_REFUND,),
            writes=True,
        ),
        "close_failed": Verb(
            "Say that a refund that failed was dealt with.",
            (_REFUND, Parameter("note", "what was done about it", required=True)),
            writes=True,
        ),
    },
    "bulk": BULK,
    "payment_intents": {
        "retrieve": Verb("Show a payment intent.", (_INTENT,)),
        "update": Verb(
            "Change what is said of a payment intent.",
            (_INTENT, *_WORDS, _FEE, *_DESCRIPTORS),
            writes=True,
        ),
        "list": Verb("List payment intents, newest first.", (_BY_CUSTOMER, *_WINDOW)),
        "search": Verb("Search payment intents.", _SEARCH),
        "cancel": Verb(
            "Cancel a payment that was not captured.",
            (
                _INTENT,
                Parameter(
                    "cancellation_reason",
                    "duplicate, fraudulent, requested_by_customer or abandoned",
                    argument="reason",
                ),
                _NOTE,
            ),
            writes=True,
        ),
        "capture": Verb(
            "Take an authorised payment.",
            (
                _INTENT,
                _whole(
                    "amount_to_capture",
                    f"how much, {_CENTS}; the rest is released",
                    argument="amount",
                ),
                Parameter(
                    "final_capture",
                    "false keeps the rest, to be captured later",
                    Kind.CHOICE,
                    metavar="true|false",
                ),
                _FEE,
                _PAIRS,
                *_DESCRIPTORS,
            ),
            writes=True,
        ),
    },
    "charges": {
        "retrieve": Verb("Show a charge.", (_CHARGE,)),
        "update": Verb(
            "Change what is said of a charge.", (_CHARGE, *_WORDS), writes=True
        ),
        "list": Verb(
            "List charges, newest first.", (_BY_CUSTOMER, _BY_INTENT, *_WINDOW)
        ),
        "search": Verb("Search charges.", _SEARCH),
    },
    "balance": {"": Verb("Show what is available and pending in each currency.")},
    "balance_transactions": {
        "retrieve": Verb(
            "Show a balance transaction.", (_id("balance transaction", "txn"),)
        ),
        "list": Verb(
            "List balance transactions, newest first.",
            (
                Parameter("source", "of this object only", metavar="ID"),
                Parameter("type", "of this type only, such as refund"),
                Parameter("currency", "in this currency only", metavar="CURRENCY"),
                Parameter("holder", "of this connected account only", metavar="acct_…"),
                *_WINDOW,
            ),
        ),
        "movements": Verb(
            "List what moved on your balance, with what was left after each.",
            (
                _CURRENCY,
                Parameter("kind", "of this reporting category only, such as refund"),
                _MOST,
            ),
        ),
        "flows": Verb(
            "Show what refunds took and brought back, day by day (UTC).",
            (_CURRENCY, _whole("days", "how many days back; without it, 30")),
        ),
    },
    "notes": {
        "add": Verb(
            "Write something down about a payment.",
            (_PAYMENT, Parameter("text", "in your own words", required=True)),
            writes=True,
        ),
        "of": Verb("Show the notes of a payment, newest first.", (_PAYMENT,)),
    },
    "topups": {
        "retrieve": Verb("Show a top-up.", (_id("top-up", "tu"),)),
        "list": Verb(
            "List top-ups, newest first.",
            (Parameter("status", "in this status only, such as succeeded"), *_WINDOW),
        ),
        "create": Verb(
            "Add your own money to the balance.",
            (
                Parameter(
                    "amount",
                    f"how much, {_CENTS}",
                    Kind.WHOLE,
                    None,
                    "N",
                    required=True,
                ),
                _CURRENCY,
            ),
            writes=True,
        ),
    },
    "events": {
        "retrieve": Verb("Show an event.", (_id("event", "evt"),)),
        "list": Verb(
            "List events, newest first.",
            (
                Parameter("type", "of this type only, such as refund.created"),
                Parameter("object_id", "about this object only", metavar="ID"),
                *_WINDOW,
            ),
        ),
        "log": Verb(
            "List everything that happened, what only a desk does as well.",
            (
                Parameter("type", "of this type, or of those that begin so: refund."),
                Parameter(
                    "object", "about this object, or a payment's objects", metavar="ID"
                ),
                Parameter("actor", "by this one only", metavar="NAME"),
                _MOST,
            ),
        ),
    },
}
"""By noun and verb; a noun that needs no verb has one without a name."""

TOLD = {
    "refunds": "Create, show, list, change and cancel refunds; see those that failed.",
    "bulk": "Refund many payments in full: plan, start, pause, resume, retry.",
    "payment_intents": "Show, list, search, change, cancel and capture payments.",
    "charges": "Show, list, search and change charges.",
    "balance": NOUNS["balance"][""].help,
    "balance_transactions": "Show what moved on the balance.",
    "notes": "Write and read what agents say about a payment.",
    "topups": "Add your own money to the balance, and list what was added.",
    "events": "Show and list what happened.",
}
"""What a noun is for, in one sentence."""
