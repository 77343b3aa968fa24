"""Payment intents: the parameters of every endpoint, and why some are never taken."""

from dataclasses import replace

from store.http.customers import ADDRESS
from store.http.payment_methods import BILLING, CARD, DETAILS, RADAR
from store.http.takes import (
    METADATA,
    WINDOW,
    Kind,
    Takes,
    flag,
    hidden,
    kept,
    refused,
    whole,
)
from store.method import TYPES
from store.refusals import http as why

LONGEST_DESCRIPTOR = 22
CAPTURE_METHOD = Takes(
    "capture_method", choices=("automatic", "automatic_async", "manual")
)
WORDS = (
    METADATA,
    Takes("description", unsets=True),
    Takes("receipt_email", unsets=True),
)
SHIPPING = kept(
    "shipping",
    Kind.HASH,
    unsets=True,
    inside=(
        Takes("address", Kind.HASH, inside=ADDRESS),
        *(Takes(one, unsets=True) for one in ("carrier", "name", "phone")),
        Takes("tracking_number", unsets=True),
    ),
)
DESCRIPTORS = tuple(
    kept(name, unsets=True, longest=LONGEST_DESCRIPTOR)
    for name in ("statement_descriptor", "statement_descriptor_suffix")
)
TRANSFER_GROUP = kept("transfer_group", unsets=True)
FEE = whole("application_fee_amount")
TRANSFERRED = Takes(
    "transfer_data",
    Kind.HASH,
    inside=(
        whole("amount"),
        *refused(why.NO_WORDS_OF_ITS_OWN, "description", "metadata", "payment_data"),
    ),
)
TRANSFER = replace(TRANSFERRED, inside=(Takes("destination"), *TRANSFERRED.inside))
_AMOUNTS = kept(
    "amount_details",
    Kind.HASH,
    unsets=True,
    inside=(
        whole("discount_amount"),
        Takes(
            "shipping",
            Kind.HASH,
            unsets=True,
            inside=(
                whole("amount"),
                Takes("from_postal_code", unsets=True),
                Takes("to_postal_code", unsets=True),
            ),
        ),
        Takes("tax", Kind.HASH, unsets=True, inside=(whole("total_tax_amount"),)),
        *refused(why.NO_LINE_ITEMS, "line_items", "enforce_arithmetic_validation"),
    ),
)
ORDERED = (
    _AMOUNTS,
    kept(
        "payment_details",
        Kind.HASH,
        unsets=True,
        inside=(
            Takes("customer_reference", unsets=True),
            Takes("order_reference", unsets=True),
        ),
    ),
    *refused(why.NO_TAXES, "hooks"),
)
"""What the industry is told of an order."""
_DATA = Takes(
    "payment_method_data",
    Kind.HASH,
    inside=(
        Takes("type", required=True),
        Takes("card", Kind.HASH, inside=CARD),
        Takes("billing_details", Kind.HASH, inside=BILLING),
        *DETAILS,
        *refused(why.NOT_KEPT_OF_DATA, "allow_redisplay", "metadata"),
        RADAR,
    ),
)
_OPTIONS = kept(
    "payment_method_options",
    Kind.HASH,
    inside=tuple(Takes(name, Kind.FREE, unsets=True) for name in TYPES),
)
_HOW = (
    _DATA,
    Takes("payment_method"),
    _OPTIONS,
    kept("setup_future_usage", choices=("", "off_session", "on_session"), unsets=True),
    kept("allowed_payment_method_types", Kind.TEXTS),
    kept("excluded_payment_method_types", Kind.TEXTS, unsets=True),
    SHIPPING,
    *ORDERED,
)
"""With what it is paid, and how: wherever it is not paid yet."""
_AT_CONFIRMATION = (
    hidden("off_session", choices=("true", "false", "one_off", "recurring")),
    hidden("error_on_requires_action", Kind.FLAG),
    hidden("return_url"),
    hidden("use_stripe_sdk", Kind.FLAG),
    hidden("mandate_data", Kind.FREE, unsets=True),
    hidden(
        "radar_options",
        Kind.HASH,
        inside=(Takes("session"), Takes("referrer", unsets=True)),
    ),
    *refused(why.NO_TOKENS, "confirmation_token"),
    *refused(why.NO_MANDATES, "mandate"),
)
_CONFIGURATION = kept("payment_method_configuration")
_NO_ACCOUNTS = refused(why.NO_V2_ACCOUNTS, "customer_account")
CREATE = (
    whole("amount", required=True),
    Takes("currency", required=True),
    Takes("payment_method_types", Kind.TEXTS, "method_types"),
    kept(
        "automatic_payment_methods",
        Kind.HASH,
        inside=(
            Takes("enabled", Kind.FLAG, required=True),
            Takes("allow_redirects", choices=("always", "never")),
        ),
    ),
    kept("confirmation_method", choices=("automatic", "manual")),
    CAPTURE_METHOD,
    flag("confirm"),
    Takes("customer"),
    *WORDS,
    TRANSFER,
    FEE,
    Takes("on_behalf_of"),
    TRANSFER_GROUP,
    *DESCRIPTORS,
    *_HOW,
    *_AT_CONFIRMATION,
    _CONFIGURATION,
    *_NO_ACCOUNTS,
)
CONFIRM = (
    CAPTURE_METHOD,
    Takes("receipt_email"),
    *_HOW,
    *_AT_CONFIRMATION,
    *refused(why.NOT_IN_PARTS, "amount_to_confirm"),
)
UPDATE = (
    *WORDS,
    whole("amount"),
    Takes("currency"),
    Takes("payment_method_types", Kind.TEXTS, "method_types"),
    CAPTURE_METHOD,
    Takes("customer"),
    TRANSFERRED,
    FEE,
    TRANSFER_GROUP,
    *DESCRIPTORS,
    *_HOW,
    _CONFIGURATION,
    *_NO_ACCOUNTS,
)
CAPTURE = (
    whole("amount_to_capture", "amount"),
    flag("final_capture"),
    METADATA,
    FEE,
    TRANSFERRED,
    *DESCRIPTORS,
    *ORDERED,
)
LIST = (Takes("customer"), *_NO_ACCOUNTS, *WINDOW)
