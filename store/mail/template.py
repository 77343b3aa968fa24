"""Letter templates: plain text with named fields in braces; nothing else is read."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

SUBJECT = "Subject:"
_FIELD = re.compile(r"\{([^{}\n]*)\}")


class WrongTemplate(Exception):
    """A template that cannot be used: which line, and why, in one sentence."""


@dataclass(frozen=True, slots=True)
class Template:
    """The lines of a letter, its subject apart."""

    subject: str
    body: tuple[str, ...]


def read_template(text: str, source: str, known: Iterable[str]) -> Template:
    """Read a template: its first line is the subject, then the letter.

    Args:
        text: What the file holds.
        source: The file, for the sentence that says what is wrong with it.
        known: The names of fields that there are.

    Raises:
        WrongTemplate: It has no subject, or a field that there is not.
    """
    fields = tuple(known)
    lines = text.splitlines()
    if not lines or not lines[0].startswith(SUBJECT):
        raise WrongTemplate(f'{source}, line 1: must begin with "{SUBJECT}".')
    for number, line in enumerate(lines, 1):
        for found in _FIELD.finditer(line):
            if found[1] not in fields:
                raise WrongTemplate(
                    f'{source}, line {number}: there is no field "{found[1]}": use '
                    f"one of {', '.join(fields)}."
                )
    return Template(lines[0].removeprefix(SUBJECT).strip(), tuple(lines[1:]))


def fill(template: Template, fields: Mapping[str, str]) -> tuple[str, str]:
    """Return subject and body; a line with a field that is empty is left out.

    What a field holds is put in as it is: braces in it name nothing.
    """
    body = (_filled(line, fields) for line in template.body if _says(line, fields))
    text = re.sub(r"\n{3,}", "\n\n", "\n".join(body)).strip("\n")
    return _filled(template.subject, fields), f"{text}\n"


def _says(line: str, fields: Mapping[str, str]) -> bool:
    return all(fields.get(found[1]) for found in _FIELD.finditer(line))


def _filled(line: str, fields: Mapping[str, str]) -> str:
    return _FIELD.sub(lambda found: fields.get(found[1], ""), line)
