"""Stories of authorisations, and of every method that is not a card."""

from store.demo.story import (
    TOM,
    CancelingPayment,
    CancelingRefund,
    Capturing,
    Refunding,
    Story,
    ago,
    eur,
    jpy,
    usd,
)
from store.money import Money
from store.payment import CancellationReason

AUTHORISED = (
    Story(
        ago(1, 5),
        "Hotel Zur Post",
        "front@example.org",
        usd(50_000),
        manual=True,
        description="Hotel night",
    ),
    Story(ago(4), "Greta Lindqvist", "greta@example.com", eur(24_000), manual=True),
    Story(ago(6, 20), "Omar Haddad", "omar@example.com", usd(18_000), manual=True),
    Story(
        ago(5),
        "Tess Moreau",
        "tess@example.com",
        usd(30_000),
        "pm_card_mastercard",
        (Capturing(ago(4), 24_000),),
        manual=True,
    ),
    Story(
        ago(9),
        "Pia Berg",
        "pia@example.com",
        usd(15_000),
        deeds=(CancelingPayment(ago(8)),),
        manual=True,
    ),
    Story(
        ago(14),
        "Hugo Dahl",
        "hugo@example.com",
        usd(22_000),
        deeds=(
            CancelingPayment(
                ago(13, 4), CancellationReason.OTHER, "Guest came on another night"
            ),
        ),
        manual=True,
    ),
    Story(ago(19), "Elif Kaya", "elif@example.com", usd(9_900), manual=True),
)

ON_OTHER_METHODS = (
    Story(
        ago(24),
        "Zoë Jansen",
        "zoe@example.com",
        eur(3_500),
        "pm_ideal",
        (Refunding(ago(19)),),
    ),
    Story(
        ago(5),
        "Anders Björk",
        "anders@example.com",
        eur(2_700),
        "pm_ideal",
        (Refunding(ago(hours=4)),),
    ),
    Story(
        ago(15),
        "Bea Lehmann",
        "bea@example.com",
        eur(8_900),
        "pm_sepa_debit",
        (Refunding(ago(6), 4_000),),
    ),
    Story(
        ago(13),
        "Sofia Hansen",
        "sofia@example.com",
        eur(11_900),
        "pm_klarna",
        (Refunding(ago(7), 1_900),),
    ),
    Story(
        ago(16),
        "Quinn Torres",
        "quinn@example.com",
        usd(14_500),
        "pm_us_bank_account",
        (Refunding(ago(6), by=TOM),),
    ),
    Story(
        ago(11),
        "Rosa Castillo",
        "rosa@example.com",
        usd(5_600),
        "pm_paypal",
        (Refunding(ago(5)),),
    ),
    Story(
        ago(9),
        "Kenji Ito",
        "kenji@example.com",
        jpy(4_800),
        "pm_konbini",
        (Refunding(ago(2)),),
    ),
    Story(
        ago(10),
        "Viktor Novák",
        "viktor@example.com",
        eur(6_300),
        "pm_customer_balance",
        (Refunding(ago(2, 4)),),
    ),
    Story(
        ago(12),
        "João Costa",
        "joao@example.com",
        eur(2_200),
        "pm_multibanco",
        (Refunding(ago(8)), CancelingRefund(ago(7, 20))),
    ),
    Story(ago(7), "Lucía García", "lucia@example.com", Money(85_000, "mxn"), "pm_oxxo"),
    Story(ago(7, 2), "Femi Eze", None, Money(12_900, "brl"), "pm_boleto"),
    Story(
        ago(8),
        "Mei Wang",
        "mei@example.com",
        usd(3_800),
        "pm_alipay",
        (Refunding(ago(6, 3), 800),),
    ),
    Story(ago(8, 3), "Tariq Ahmed", "tariq@example.com", usd(2_100), "pm_cashapp"),
    Story(ago(6, 7), "Nadia Kowalski", "nadia@example.com", eur(4_100), "pm_p24"),
    Story(
        ago(6, 9), "Liam Chen", "liam@example.com", usd(9_200), "pm_afterpay_clearpay"
    ),
    Story(ago(5, 8), "Emil Vogel", "emil@example.com", eur(1_900), "pm_bancontact"),
    Story(ago(5, 2), "Wen Li", "wen.li@example.com", usd(2_600), "pm_wechat_pay"),
)
