"""Letters: the templates an agent has, a file of their own before the program's."""

from pathlib import Path

from platformdirs import user_config_path

from store.bounded import TooLong, read_text
from store.mail.letter import FIELDS, Situation, own_template
from store.mail.template import Template, WrongTemplate, read_template

LONGEST = 20_000
"""Characters of a template file; a longer one is no letter."""


def folder() -> Path:
    """Return where an agent's own templates are: `<situation>.txt`."""
    return user_config_path("refund-desk", appauthor=False) / "letters"


def template(of: Situation) -> Template:
    """Return the agent's template for a situation, or the program's.

    Raises:
        WrongTemplate: The agent's file cannot be read, or names a field there is not.
    """
    path = folder() / f"{of.value}.txt"
    try:
        text = read_text(path)
    except FileNotFoundError:
        return own_template(of)
    except UnicodeDecodeError:
        raise WrongTemplate(f"{path} is no text in UTF-8.") from None
    except TooLong:
        raise WrongTemplate(_too_long(path)) from None
    except OSError as failed:
        raise WrongTemplate(f"{path} cannot be read: {failed.strerror}.") from failed
    if len(text) > LONGEST:
        raise WrongTemplate(_too_long(path))
    return read_template(text, str(path), FIELDS)


def _too_long(path: Path) -> str:
    return f"{path} is too long: at most {LONGEST:,} characters."
