"""Raw SQL against the inbox of failed refunds; `re_done` was dealt with."""

from attack_rows import Attack, refund


def _failed(id_: str) -> str:
    return refund(
        id=f"'{id_}'", status="'failed'", failure_reason="'unknown'", imported="1"
    )


_FOLLOWED_UP = (
    "UPDATE follow_up SET done_at = 1, done_by = 'mia', retried_as = 're_new'"
    " WHERE id = 're_done'"
)
FOLLOWED = (_failed("re_open"), _failed("re_done"), _FOLLOWED_UP)
"""What the attacked store needs besides: a failed refund of each kind."""
_DONE = "WHERE id = 're_done'"
ON_FOLLOW_UPS = (
    Attack(
        "follow up what was sent",
        "INSERT INTO follow_up (id) VALUES ('REFUND')",
        "follow_up_bi",
    ),
    Attack(
        "open a follow-up again by replacing it",
        "INSERT OR REPLACE INTO follow_up (id) VALUES ('re_done')",
        "follow_up_bi",
    ),
    Attack(
        "turn to another refund",
        "UPDATE follow_up SET id = 'REFUND' WHERE id = 're_open'",
        "follow_up_bu",
    ),
    Attack(
        "say that another did it",
        f"UPDATE follow_up SET done_by = 'tom' {_DONE}",
        "follow_up_bu",
    ),
    Attack(
        "try again twice",
        f"UPDATE follow_up SET retried_as = 're_other' {_DONE}",
        "follow_up_bu",
    ),
    Attack(
        "be done by nobody",
        "UPDATE follow_up SET done_at = 1 WHERE id = 're_open'",
    ),
    Attack("forget what failed", "DELETE FROM follow_up", "follow_up_bd"),
)
