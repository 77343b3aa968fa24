"""Nouns: `bulk`, which refunds many payments in full."""

from store.cli.parameters import Kind, Parameter, Verb

_JOB = Parameter("id", "the id of the bulk refund", metavar="blk_…", positional=True)
_PAYMENTS = (
    Parameter(
        "payments",
        "payments by the ids of their intents or charges; - reads them from the"
        " standard input",
        Kind.MANY,
        metavar="ID",
        positional=True,
    ),
    Parameter(
        "query",
        "every payment that the console's search finds: status:succeeded amount<20",
        argument="filter",
    ),
    Parameter(
        "reason",
        "duplicate, fraudulent or requested_by_customer; or other, which needs a note",
    ),
    Parameter("note", "why, in your own words; kept with every refund"),
    Parameter(
        "reverse_transfer",
        "pull the transfers of those that are shared back",
        Kind.FLAG,
    ),
    Parameter(
        "refund_application_fee",
        "give the application fees of those that are shared back",
        Kind.FLAG,
    ),
)


def _moves(said: str) -> Verb:
    return Verb(said, (_JOB,), writes=True, once=False)


BULK: dict[str, Verb] = {
    "plan": Verb(
        "Show what a bulk refund would do, payment by payment; change nothing.",
        _PAYMENTS,
    ),
    "start": Verb(
        "Refund payments in full, all that can be; interrupted, it can be resumed.",
        _PAYMENTS,
        writes=True,
    ),
    "resume": _moves("Go on with a bulk refund to its end."),
    "pause": _moves("Let a bulk refund wait, whoever runs it."),
    "stop": _moves("End a bulk refund before its time."),
    "retry": _moves("Try failures again that may end otherwise, and go on."),
    "retrieve": Verb("Show a bulk refund.", (_JOB,)),
    "items": Verb(
        "Show what became of each payment of a bulk refund.",
        (
            _JOB,
            Parameter(
                "state",
                "in this state only: queued, sent, held, failed, stale or skipped",
                argument="states",
            ),
        ),
    ),
    "list": Verb(
        "List bulk refunds, newest first.",
        (
            Parameter(
                "limit", "how many at most; without it, 10", Kind.WHOLE, metavar="N"
            ),
        ),
    ),
}
