"""The gallery: every screen in every size and theme, every dialog, every bad day."""

from dataclasses import replace

from elsewhere import DEED_BREAKS, FILE_GOES, SHOP_SHARES, THREE_PAY, TOM_REFUNDS

from scenes import (
    CALM,
    NARROW,
    NORMAL,
    SLOW,
    SMALL,
    WIDE,
    Scene,
    Sitting,
    found,
    sittings,
    typed,
)

SIZES = (NORMAL, WIDE, SMALL, NARROW)
THEMES = ("dark", "light", "ansi-dark", "ansi-light", "high-contrast")


def everywhere(scene: Scene) -> tuple[Scene, ...]:
    """Return a scene in every size and theme; the plain one comes first."""
    sized = [scene if size == NORMAL else scene.at(size) for size in SIZES]
    return tuple(
        one if theme == "dark" else one.looking(theme)
        for one in sized
        for theme in THEMES
    )


def bad_days(scene: Scene) -> tuple[Scene, ...]:
    """Return a scene where nothing is there, nothing has come yet, or nothing can."""
    stores = {"empty": "empty", "loading": SLOW, "error": "broken"}
    return tuple(
        replace(scene, name=f"{scene.name}-{word}", store=store)
        for word, store in stores.items()
    )


def sized(scene: Scene) -> tuple[Scene, ...]:
    """Return a dialog's scene on light ground and on each small terminal too."""
    return scene, scene.looking("light"), scene.at(SMALL), scene.at(NARROW)


LIST = Scene("payments")
NOA = found("noa@example.com")
JANE = found("jane@example.com")
BO = found("bo@example.com")
HELD = found("kim@example.org")
HOTEL = found("zur post")
REFUND = Scene("refund-payment", (*JANE, "r"))
PAYMENT = Scene("payment", (*BO, "enter"))
COMPLETION = Scene("completion", ("slash", *typed("amount>20 status:re")))
EURO_LIST = (*found("currency:eur"), CALM)
DINARS = (*found("currency:kwd amount>12"), CALM)
VIEW_KEYS = (*DINARS, "s", CALM, "f", "a", *typed("dinars"), "enter", CALM, "f")
VIEWS = Scene("views", VIEW_KEYS)
COLUMNS = Scene("columns", ("C", "j", "space", "j"))
LINE = Scene("command-line", ("colon", *typed("refund 42 ")))
MATCHES = Scene("matches", ("colon", *typed("ref 838961"), "enter", CALM))
LETTER = Scene("letter", (*BO, "enter", "enter", "m"))
HELP = Scene("help", ("question_mark",))
PENDING = Scene("pending", ("2",))
REFUND_DETAIL = Scene("refund", (*BO, "enter", "enter"))
FAILED = Scene("failed", ("3",))
RETRY = Scene("retry-refund", ("3", "a", CALM))
FINISH = Scene("finish-failed", ("3", "d", *typed("paid by wire"), CALM))
BALANCE = Scene("balance", ("4",))
COVER = Scene("cover-shortfalls", ("4", "A", CALM))
PLOT = Scene("plot", ("4", *("right_square_bracket",) * 5))
EVENTS = Scene("events", ("5",))
EVENT = Scene("event", ("5", "enter"))
EXPORT = Scene("export", (*found("status:refunded"), "e"))
NOTE = Scene("note", (*BO, "n", *typed("parcel lost, sent again")))
HISTORY = Scene("history", (*BO, "h"))
SHARED_KEYS = (SHOP_SHARES, "R", CALM, "g", CALM)
SHARED = Scene("refund-shared", (*SHARED_KEYS, "r", CALM))
REVERSED = Scene(
    "refund-shared-reversed",
    (*SHARED_KEYS, "p", *typed("30"), *("tab",) * 3, "space", "tab", "space", CALM),
)
SHARED_BULK = Scene(
    "bulk-plan-shared",
    (*SHARED_KEYS, *("space",) * 3, "B", CALM, *("shift+tab",) * 2, "space", CALM),
)
CAUTION = Scene("refund-caution", (*BO, "r"))
STALE = Scene("refund-stale", (*JANE, "r", CALM, TOM_REFUNDS))
UNCONFIRMED = Scene("unconfirmed", (CALM,) * 4, left=True)
LOOKING = "This console was opened with --read-only: nothing can be changed."
PRESSED = ("tab", "tab", "tab", "tab", CALM, "enter", CALM)
EUROS = (*EURO_LIST, "asterisk", CALM)
PLAN = (*EUROS, "B", CALM)
BEGUN = (*PLAN, *typed("REFUND 24"), CALM, "enter", CALM, "enter", CALM)
BULK_PLAN = Scene("bulk-plan", PLAN)
BULK = Scene("bulk", (*BEGUN, "j", "j"), halts=15)
BULK_DONE = Scene("bulk-done", (*BEGUN, "j"), halts=24)
BULK_LEFT = Scene("bulk-background", (*BEGUN, "escape"), halts=15)

SCENES: tuple[Scene, ...] = (
    *everywhere(LIST),
    replace(LIST, name="payments-no-color", no_color=True),
    replace(LIST, name="payments-ascii", ascii_only=True),
    replace(LIST, name="payments-empty", store="empty"),
    replace(LIST, name="payments-empty-80x24", store="empty", size=SMALL),
    replace(LIST, name="payments-error", store="broken"),
    replace(LIST, name="payments-loading", store=SLOW),
    replace(LIST, name="too-small", size=(50, 12)),
    Scene("payments-filter", ("slash", *typed("status:refunded amount>20"))),
    Scene(
        "payments-bad-filter", ("slash", *typed("card"), CALM, *typed(":visa amount>"))
    ),
    Scene("payments-nothing-found", found("nobody at all")),
    Scene("payments-marked", ("space", "space", "j", "space")),
    Scene("payments-refunded-tab", ("right_square_bracket",) * 2),
    Scene("payments-by-amount", ("s",)),
    Scene("hostile-names", found("guest")),
    Scene("menu", (*BO, "full_stop")),
    Scene("menu-80x24", (*BO, "full_stop"), SMALL),
    Scene("copy", (*BO, "Y")),
    HELP,
    HELP.at(NARROW),
    *sized(COMPLETION),
    *sized(VIEWS),
    *sized(COLUMNS),
    *sized(LINE),
    *sized(MATCHES),
    Scene("command-refused", ("colon", *typed("ref 12345"), "enter", CALM)),
    *sized(LETTER),
    Scene("letter-held", (*HELD, "m"), SMALL),
    Scene("help-80x24", ("question_mark", *typed("cancel ref")), SMALL),
    Scene("palette", ("ctrl+p",)),
    REFUND,
    REFUND.at(SMALL),
    REFUND.at(NARROW),
    REFUND.looking("light"),
    replace(REFUND, name="refund-payment-no-color", no_color=True),
    *sized(SHARED),
    *sized(REVERSED),
    Scene("partial-refund", (*JANE, "p", *typed("12.50"))),
    Scene("partial-refund-bad", (*JANE, "p", *typed("1.505"), "tab"), SMALL),
    Scene("refund-sent", (*JANE, "r", *PRESSED)),
    Scene("refund-held", (*found("currency:eur status:succeeded"), "r")),
    Scene("refund-inquiry", (*found("status:dispute_needs_response"), "r")),
    Scene("refund-refused", (*found("status:dispute_lost"), "r")),
    Scene("cancel-refund", (*NOA, "x")),
    Scene("cancel-refund-80x24", (*NOA, "x"), SMALL),
    Scene("cancel-payment", (*HOTEL, "c")),
    Scene("cancel-payment-80x24", (*HOTEL, "c"), SMALL),
    Scene("look-up", (*BO, "l")),
    *everywhere(PAYMENT),
    Scene("payment-hostile", (*found("guest"), "enter")),
    *everywhere(REFUND_DETAIL),
    Scene("refund-reference-pending", (*NOA, "enter", "enter")),
    Scene("refund-reversal", (*found("lea@example.com"), "enter", "enter")),
    Scene("refund-failed", (*found("status:refund_failed"), "enter", "enter")),
    Scene("refund-waiting", (*HELD, "enter", "enter")),
    *everywhere(PENDING),
    replace(PENDING, name="pending-empty", store="empty"),
    replace(PENDING, name="pending-loading", store=SLOW),
    replace(PENDING, name="pending-error", store="broken"),
    Scene("top-up", ("2", "t")),
    *everywhere(FAILED),
    *bad_days(FAILED),
    Scene("failed-done", ("3", "D")),
    RETRY,
    RETRY.at(SMALL),
    RETRY.at(NARROW),
    FINISH,
    FINISH.at(SMALL),
    FINISH.at(NARROW),
    *sized(SHARED_BULK),
    BULK_PLAN,
    BULK_PLAN.looking("light"),
    BULK_PLAN.looking("high-contrast"),
    BULK_PLAN.at(SMALL),
    BULK_PLAN.at(NARROW),
    *everywhere(BULK),
    replace(BULK, name="bulk-no-color", no_color=True),
    replace(BULK, name="bulk-ascii", ascii_only=True),
    Scene("bulk-paused", (*BEGUN, "p"), halts=15),
    Scene("bulk-stop", (*BEGUN, "s"), SMALL, halts=15),
    BULK_DONE,
    BULK_DONE.looking("light"),
    BULK_DONE.at(SMALL),
    BULK_DONE.at(NARROW),
    BULK_LEFT,
    BULK_LEFT.at(SMALL),
    Scene("mark-all", ("asterisk",), SMALL),
    *everywhere(BALANCE),
    *bad_days(BALANCE),
    Scene("movement-kinds", ("4", "slash")),
    Scene("movements-of-refunds", ("4", "slash", "j", "j", "enter")),
    COVER,
    COVER.at(SMALL),
    COVER.at(NARROW),
    PLOT,
    PLOT.looking("light"),
    PLOT.looking("high-contrast"),
    replace(PLOT, name="plot-no-color", no_color=True),
    replace(PLOT, name="plot-ascii", ascii_only=True),
    replace(PLOT, keys=(*PLOT.keys, "p")).at(SMALL),
    replace(PLOT, keys=(*PLOT.keys, "p")).at(NARROW),
    *everywhere(EVENTS),
    *bad_days(EVENTS),
    Scene("events-filter", ("5", "slash", *typed("type:refund."))),
    Scene("events-bad-filter", ("5", "slash", *typed("kind:refund")), SMALL),
    Scene("events-nothing-found", ("5", *found("actor:nobody"))),
    EVENT,
    EVENT.looking("light"),
    EVENT.looking("high-contrast"),
    EVENT.at(SMALL),
    EVENT.at(NARROW),
    EXPORT,
    EXPORT.looking("light"),
    EXPORT.at(SMALL),
    EXPORT.at(NARROW),
    *sized(NOTE),
    *sized(HISTORY),
    *sized(CAUTION),
    *sized(STALE),
    *sized(UNCONFIRMED),
    Scene("payments-news", (THREE_PAY,)),
    Scene("payments-news-80x24", (THREE_PAY,), SMALL),
    Scene("store-gone", (FILE_GOES,)),
    Scene("store-gone-80x24", (FILE_GOES,), SMALL),
    *(Scene("set-aside", (CALM, DEED_BREAKS, CALM)).at(one) for one in (SMALL, NARROW)),
    Scene("set-aside", (CALM, DEED_BREAKS, CALM)),
    Scene("read-only", ("r",), read_only=LOOKING),
    Scene("read-only-80x24", ("r",), SMALL, read_only=LOOKING),
    Scene("export-no-path", ("e", "shift+tab", "ctrl+u")),
)
"""Every scene there is."""
SITTINGS: tuple[Sitting, ...] = sittings(SCENES)
"""The same, put together by what is played."""
