"""Stories of cards: every way that a card payment and its refunds can end."""

from store.demo.names import HOSTILE
from store.demo.story import TOM, CancelingRefund, Refunding, Story, ago, jpy, kwd, usd
from store.method import Method
from store.refund import Reason

ON_CARDS = (
    Story(
        ago(hours=2, minutes=22),
        "Jane Doe",
        "jane@example.com",
        usd(4_200),
        Method("card", "visa", "1881", 8, 2028, "US", "credit", "fpjane1881"),
    ),
    Story(
        ago(9, 2),
        "Bo Li",
        "bo@example.com",
        usd(8_000),
        "pm_card_mastercard",
        (
            Refunding(ago(7), 2_000, Reason.REQUESTED_BY_CUSTOMER, by=TOM),
            Refunding(ago(6, 4), 1_000, Reason.OTHER, "Parcel came a week late"),
        ),
        metadata={"order": "6735", "channel": "web"},
    ),
    Story(
        ago(20),
        "Ada Okafor",
        "ada@example.com",
        usd(12_000),
        deeds=(Refunding(ago(15), reason=Reason.DUPLICATE),),
        metadata={"order": "6011"},
    ),
    Story(
        ago(18, 5),
        "Lee Park",
        "lee@example.com",
        usd(6_450),
        "pm_card_amex",
        (Refunding(ago(14, 2), by=TOM),),
    ),
    Story(
        ago(17),
        HOSTILE[10],
        "hanako@example.org",
        jpy(9_000),
        "pm_card_jcb",
        (Refunding(ago(13, 1)),),
    ),
    Story(
        ago(16),
        "Dana Weber",
        None,
        usd(3_300),
        "pm_card_diners",
        (Refunding(ago(13)),),
    ),
    Story(
        ago(2),
        "Raj Patel",
        "raj@example.com",
        usd(5_000),
        "pm_card_discover",
        (Refunding(ago(1, 1), 2_500),),
    ),
    Story(
        ago(1, 6),
        "Noa Haddad",
        "noa@example.com",
        usd(2_990),
        deeds=(Refunding(ago(minutes=12)),),
    ),
    Story(
        ago(4, 3),
        "Max Fischer",
        "max@example.com",
        usd(7_700),
        deeds=(Refunding(ago(3, 1)), CancelingRefund(ago(3, 0, 50))),
    ),
    Story(
        ago(hours=5),
        "Lea Costa",
        "lea@example.com",
        usd(1_500),
        deeds=(Refunding(ago(hours=4, minutes=10)),),
    ),
    Story(
        ago(hours=6),
        "Sami Kaya",
        "sami@example.com",
        usd(9_600),
        "pm_card_mastercard",
        (Refunding(ago(hours=5, minutes=5), 3_200, by=TOM),),
    ),
    Story(
        ago(12),
        "Wen Chen",
        "wen@example.com",
        usd(2_500),
        "pm_card_refundFail",
        (Refunding(ago(11)),),
    ),
    Story(
        ago(9, 7),
        "Carla Dubois",
        "carla@example.com",
        usd(5_800),
        "pm_card_refundFail",
        (Refunding(ago(7, 3), 2_900, Reason.DUPLICATE, by=TOM),),
    ),
    Story(
        ago(16, 2),
        "Tomás Ribeiro",
        "tomas@example.com",
        usd(13_250),
        "pm_card_refundFail",
        (Refunding(ago(14, 5), reason=Reason.OTHER, note="Returned in the shop"),),
    ),
    Story(
        ago(3, 4),
        "Ines Rossi",
        "ines@example.com",
        usd(4_400),
        "pm_card_pendingRefund",
        (Refunding(ago(hours=3)),),
    ),
    Story(
        ago(10),
        "Yusuf Ahmed",
        "yusuf@example.com",
        kwd(12_340),
        deeds=(Refunding(ago(5), 1_230),),
    ),
    Story(ago(8), "Maya Silva", "maya@example.com", kwd(45_500), "pm_card_mastercard"),
    Story(
        ago(22),
        "Uma Smith",
        "uma@example.com",
        usd(19_900),
        "pm_card_bypassPending",
        (Refunding(ago(21), reason=Reason.FRAUDULENT, by=TOM),),
    ),
    Story(
        ago(6), "Ivan Petrov", "ivan@example.com", usd(8_800), "pm_card_chargeDeclined"
    ),
)
