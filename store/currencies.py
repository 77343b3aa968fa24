"""Currencies: every one that the API takes, with its decimals, bounds and worth."""

from dataclasses import dataclass

_EIGHT_DIGITS = 99_999_999
_PER_DOLLAR = """
usd 1, aed 3.6725, afn 69, all 84, amd 384, ang 1.79, aoa 917, ars 1350, aud 1.52,
awg 1.79, azn 1.7, bam 1.72, bbd 2, bdt 122, bgn 1.72, bhd 0.376, bif 2950, bmd 1,
bnd 1.29, bob 6.91, brl 5.4, bsd 1, bwp 13.6, byn 3.27, bzd 2.01, cad 1.38, cdf 2850,
chf 0.8, clp 945, cny 7.15, cop 4050, crc 505, cve 97, czk 21.6, djf 177.7, dkk 6.57,
dop 61, dzd 130, egp 48.5, etb 140, eur 0.88, fjd 2.26, fkp 0.755, gbp 0.755, gel 2.7,
gip 0.755, gmd 71, gnf 8650, gtq 7.67, gyd 209, hkd 7.8, hnl 26.2, hrk 6.63, htg 131,
huf 346, idr 16400, ils 3.4, inr 87.5, isk 122, jmd 160, jod 0.709, jpy 148, kes 129,
kgs 87.4, khr 4010, kmf 433, krw 1390, kwd 0.306, kyd 0.833, kzt 535, lak 21600,
lbp 89500, lkr 302, lrd 200, lsl 17.7, mad 9.05, mdl 16.8, mga 4430, mkd 54.2,
mmk 2100, mnt 3590, mop 8.03, mur 45.6, mvr 15.4, mwk 1734, mxn 18.6, myr 4.23,
mzn 63.9, nad 17.7, ngn 1530, nio 36.8, nok 10.1, npr 140, nzd 1.7, omr 0.3845, pab 1,
pen 3.55, pgk 4.15, php 57.2, pkr 282, pln 3.75, pyg 7250, qar 3.64, ron 4.46, rsd 103,
rub 80, rwf 1447, sar 3.75, sbd 8.25, scr 14.1, sek 9.6, sgd 1.29, shp 0.755, sle 22.8,
sos 571, srd 38.5, std 21600, szl 17.7, thb 32.4, tjs 9.4, tnd 2.9, top 2.38, try 41,
ttd 6.78, twd 30, tzs 2480, uah 41.4, ugx 3560, uyu 40, uzs 12500, vnd 26200,
vuv 119.5, wst 2.75, xaf 577, xcd 2.7, xcg 1.79, xof 577, xpf 105, yer 240, zar 17.7,
zmw 23.6, btn 87.5, ghs 11.5, eek 13.77, lvl 0.618, svc 8.75, vef 248000, ltl 3.04,
sll 22800, mro 400
"""
"""Units of each for a dollar, in the order in which the API lists them.

Currencies that were withdrawn come last: the API's list has them, and so do exports.
"""
_ZERO_DECIMAL = (
    *("bif", "clp", "djf", "gnf", "jpy", "kmf", "krw", "mga", "pyg", "rwf"),
    *("vnd", "vuv", "xaf", "xof", "xpf"),
)
_THREE_DECIMAL = ("bhd", "jod", "kwd", "omr", "tnd")
_WHOLE_ONLY = ("isk", "ugx")
_LEAST = {
    **dict.fromkeys(("usd", "aud", "brl", "cad", "chf", "eur", "inr"), 50),
    **dict.fromkeys(("jpy", "nzd", "sgd"), 50),
    **dict.fromkeys(("aed", "myr", "pln", "ron"), 200),
    **dict.fromkeys(("nok", "sek"), 300),
    **dict.fromkeys(("mxn", "thb"), 1_000),
    "gbp": 30,
    "bgn": 100,
    "dkk": 250,
    "hkd": 400,
    "czk": 1_500,
    "huf": 17_500,
}
_MOST = {"idr": 999_999_999_999, "inr": 999_999_999}


@dataclass(frozen=True, slots=True)
class Currency:
    """A currency as the API takes it; amounts are in minor units."""

    code: str
    """Three letters, in lower case."""
    exponent: int
    """How many decimals its major unit has: 0, 2 or 3."""
    step: int
    """Every amount is divisible by this."""
    least: int | None
    """The smallest payment that is documented; None where none is."""
    most: int
    """The largest payment: eight digits, and what is documented without contradiction.

    Higher bounds that cards alone have (COP, HUF, JPY, LBP) are published with more
    digits than they say, so the eight digits hold for these too.
    """
    per_dollar: str
    """Units for a dollar, as an exact decimal."""


def _currency(code: str, per_dollar: str) -> Currency:
    exponent = 0 if code in _ZERO_DECIMAL else 3 if code in _THREE_DECIMAL else 2
    step = 10 if code in _THREE_DECIMAL else 100 if code in _WHOLE_ONLY else 1
    return Currency(
        code,
        exponent,
        step,
        _LEAST.get(code),
        _MOST.get(code, _EIGHT_DIGITS),
        per_dollar,
    )


CURRENCIES = {
    code: _currency(code, worth)
    for code, worth in (one.split() for one in _PER_DOLLAR.split(","))
}
"""Every currency by its code; whoever takes one looks here whether there is one."""


def code_of(given: str) -> str | None:
    """Return the code that was meant, in either case, or None where there is none."""
    code = given.strip().lower()
    return code if code in CURRENCIES else None
