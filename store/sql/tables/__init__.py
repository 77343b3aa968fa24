"""The tables; rows do not validate and never leave store.sql.

The constraints here and the triggers of `guards` are what holds against raw SQL.
"""

from sqlalchemy import Table
from sqlmodel import SQLModel

from store.sql.tables.bulk import BulkItemRow, BulkRow
from store.sql.tables.lists import BadgeCountRow, PaymentRow
from store.sql.tables.log import (
    AnswerRow,
    DueRow,
    EventRow,
    MetaRow,
    ReplyRow,
    SetAsideRow,
)
from store.sql.tables.methods import MethodRow
from store.sql.tables.money import (
    AccountRow,
    FeeRefundRow,
    MovementRow,
    PostingRow,
    ReversalRow,
    TopupRow,
)
from store.sql.tables.payments import ChargeRow, CustomerRow, DisputeRow, IntentRow
from store.sql.tables.post import OutboxRow
from store.sql.tables.refunds import FollowUpRow, RefundRow, TransitionRow
from store.sql.tables.risk import BlockRow, ReviewRow
from store.sql.tables.tags import TagRow
from store.sql.tables.webhooks import DeliveryRow, EndpointRow


def _table(row: type[SQLModel]) -> Table:
    return SQLModel.metadata.tables[str(row.__tablename__)]


ACCOUNT = _table(AccountRow)
ANSWER = _table(AnswerRow)
BADGE_COUNT = _table(BadgeCountRow)
BLOCK = _table(BlockRow)
BULK = _table(BulkRow)
BULK_ITEM = _table(BulkItemRow)
CHARGE = _table(ChargeRow)
CUSTOMER = _table(CustomerRow)
DISPUTE = _table(DisputeRow)
DUE = _table(DueRow)
EVENT = _table(EventRow)
FEE_REFUND = _table(FeeRefundRow)
FOLLOW_UP = _table(FollowUpRow)
INTENT = _table(IntentRow)
META = _table(MetaRow)
METHOD = _table(MethodRow)
MOVEMENT = _table(MovementRow)
OUTBOX = _table(OutboxRow)
PAYMENT = _table(PaymentRow)
POSTING = _table(PostingRow)
REFUND = _table(RefundRow)
REPLY = _table(ReplyRow)
REVERSAL = _table(ReversalRow)
REVIEW = _table(ReviewRow)
SET_ASIDE = _table(SetAsideRow)
TAG = _table(TagRow)
TOPUP = _table(TopupRow)
TRANSITION = _table(TransitionRow)
WEBHOOK_DELIVERY = _table(DeliveryRow)
WEBHOOK_ENDPOINT = _table(EndpointRow)
