"""Names of customers: plain ones for trade, hostile ones to keep screens honest."""

FIRST = (  # noqa: SIM905 - names read best as text
    "Ada Aino Amara Anders Bea Bo Carmen Chidi Dana Elif Emil Farah Femi Greta Hugo"
    " Ines Ivan Jane João Kamal Kim Lea Leyla Liam Lucía Malik Maya Mei Nadia Noa Olga"
    " Omar Pia Priya Quinn Rosa Sami Sofia Søren Tariq Tess Uma Viktor Wen Yara Zoë"
).split()
LAST = (  # noqa: SIM905 - names read best as text
    "Abara Ahmed Becker Berg Björk Castillo Chen Costa Dahl Doe Eze Fischer García"
    " Haddad Hansen Ito Jansen Kaya Kowalski Lehmann Li Lindqvist Meyer Moreau Ng"
    " Novák Okafor Park Patel Petrov Rossi Sato Silva Smith Tanaka Torres Vogel Wang"
    " Weber Yilmaz Zhang"
).split()
DOMAINS = ("example.com", "example.net", "example.org", "mail.example.com")
GOODS = (
    "Annual plan",
    "Concert ticket",
    "Cotton shirt",
    "Desk lamp",
    "Gift card",
    "Hotel night",
    "Language course",
    "Monthly plan",
    "Phone case",
    "Running shoes",
    "Tea sampler",
    "Train ticket",
    "Used bicycle",
)
HOSTILE = (
    "[/x]",
    "[bold red]Bo[/] [",
    "[@click=app.bell]x[/]",
    "\x1b]52;c;cm0gLXJmIC8=\x07",
    "\x1b]0;owned\x07\x1b[2J\x1b[31mred",
    "\x9b31mC1\x9d52;c;eA==\x9c",
    "r\u202eeve\u2066xx\u2069",
    "zero\u200bwidth\u200d\ufeffjoin",
    "line\nbreak\r\tand tab",
    "Zalgo " + "e\u0301\u0302\u0303\u0304\u0305\u0306\u0307\u0308" * 3,
    "佐藤 花子",
    "محمد بن علي",
    "שרה כהן",
    "김민준",
    "👩\u200d👩\u200d👧 Family",
    '=HYPERLINK("http://example.com";"x")',
    "'; DROP TABLE charge; --",
    "$name ${HOME} {0} %s",
    "x" * 600,
    "DEL\x7fBEL\x07BS\x08",
    "a\u2028b\u2029c",
    "   ",
)
"""What real customers and attackers type into name fields; all of it is data."""


def name_of(number: int) -> str:
    """Return the name of a customer by their number: the same number, the same name."""
    first = FIRST[number % len(FIRST)]
    return f"{first} {LAST[number // len(FIRST) % len(LAST)]}"


def email_of(number: int) -> str:
    """Return an email address that only this customer number has."""
    first = FIRST[number % len(FIRST)].lower()
    plain = first.encode("ascii", "ignore").decode()
    return f"{plain}.{number}@{DOMAINS[number % len(DOMAINS)]}"
