"""What the README says is so: keys, commands, options, files.

`python tests/test_readme.py` writes the tables of keys and tasks anew.
"""

import re
import shlex
from argparse import ArgumentParser, _SubParsersAction
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from walk import TASKS

from store.cli.command import parser
from tui.actions import ALL
from tui.theme import NAMES

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
FORM_KEYS = {"tab", "shift+tab"}
"""Keys that move between fields: the toolkit's own."""


def key_table() -> str:
    """Return the table of every key, from the declarations of the actions."""
    rows = ["| Keys | Action | What it does |", "|---|---|---|"]
    for action in ALL:
        keys = " ".join(f"`{key}`" for key in action.all_keys.split())
        rows.append(f"| {keys} | {action.title} | {action.help} |")
    return "\n".join(rows)


def task_table() -> str:
    """Return the table of the five tasks, with every key that each takes."""
    rows = ["| Task | Keys | Keystrokes |", "|---|---|---|"]
    for number, task in enumerate(TASKS, 1):
        keys = " ".join(f"`{key}`" for key in task.shown)
        rows.append(f"| {number}. {task.title} | {keys} | {len(task.pressed)} |")
    return "\n".join(rows)


TABLES = {"keys": key_table, "tasks": task_table}
"""The tables that are written from what they tell of, between marks of their name."""


@cache
def commands() -> dict[str, set[str]]:
    """Return each command's options; the empty name is `refund-desk` itself."""
    return dict(_commands(parser()))


def _commands(desk: ArgumentParser, name: str = "") -> Iterator[tuple[str, set[str]]]:
    named = [one for one in desk._actions if isinstance(one, _SubParsersAction)]
    if not name or not named:
        yield name, _options(desk)
    for one in named:
        for word, command in one.choices.items():
            yield from _commands(command, f"{name} {word}".strip())


def _name(words: list[str]) -> str:
    """Return the command that is typed: a noun takes a verb after it."""
    if not words or words[0].startswith("-"):
        return ""
    pair = " ".join(words[:2])
    return pair if pair in commands() else words[0]


def _options(command: ArgumentParser) -> set[str]:
    strings = {option for one in command._actions for option in one.option_strings}
    return {option for option in strings if option.startswith("--")}


@cache
def typed_in_readme() -> list[list[str]]:
    """Return every `refund-desk …` that stands as code in the README."""
    blocks = "\n".join(re.findall(r"```sh\n(.*?)```", README, re.DOTALL))
    inline = "\n".join(re.findall(r"(?<!`)`([^`\n]+)`(?!`)", README))
    lines = re.split(r"\n|&&", f"{blocks}\n{inline}")
    words = [shlex.split(line) for line in lines if "refund-desk" in line]
    return [line[1:] for line in words if Path(line[0]).name == "refund-desk"]


@pytest.mark.parametrize("name", TABLES)
def test_table_is_what_it_tells_of(name: str) -> None:
    """Every action and every task is in its table as it is declared, and no other."""
    stated = README.partition(f"<!-- {name} -->\n")[2]
    assert stated.partition(f"\n<!-- /{name} -->")[0] == TABLES[name]()


def test_keys_in_the_text_exist() -> None:
    """A key that a task names runs an action, or moves between fields."""
    known = {key for action in ALL for key in action.all_keys.split()} | FORM_KEYS
    named = set(re.findall(r"<kbd>(.+?)</kbd>", README))
    assert named
    assert named <= known


def test_commands_in_the_readme_exist() -> None:
    """Every command that the README types is one, with options that it takes."""
    known = commands()
    typed = typed_in_readme()
    assert typed
    for words in typed:
        name = _name(words)
        assert name in known
        options = {word.partition("=")[0] for word in words if word.startswith("--")}
        assert options <= known[name] | known[""]


@pytest.mark.parametrize("name", [name for name in commands() if name])
def test_every_command_is_in_the_readme(name: str) -> None:
    """A command that is not told of does not exist for its users."""
    assert name in {_name(words) for words in typed_in_readme()}


def test_every_option_is_in_the_readme() -> None:
    """An option that is not told of does not exist for its users."""
    options = set().union(*commands().values()) - {"--help"}
    told = set(re.findall(r"`(--[a-z-]+)", README))
    told |= set(re.findall(r" (--[a-z-]+)", README))
    assert options <= told


def test_every_theme_is_in_the_readme() -> None:
    """The themes to choose from are those that the option lists."""
    (row,) = re.findall(r"^\| `--theme NAME` \|(.*)\|$", README, re.MULTILINE)
    assert re.findall(r"`([a-z-]+)`", row) == list(NAMES)


def test_files_in_the_readme_exist() -> None:
    """A picture or a link into the repository leads somewhere."""
    links = re.findall(r"\]\((?!https?:)([^)#]+)\)", README)
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_paths_in_the_readme_exist() -> None:
    """A path named as code is there."""
    paths = re.findall(r"`(?:python )?((?:\.ci|store|tui|tests)/[\w./]*)`", README)
    assert paths
    assert [path for path in paths if not (ROOT / path).exists()] == []


def test_changelog_tells_of_this_version() -> None:
    """The version that is built has its chapter."""
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    (version,) = re.findall(r'^version = "(.+)"$', project, re.MULTILINE)
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert f"## [{version}] - " in changelog


if __name__ == "__main__":
    told = README
    for named, table in TABLES.items():
        begin, end = f"<!-- {named} -->\n", f"<!-- /{named} -->"
        before, old = told.split(begin)
        told = f"{before}{begin}{table()}\n{end}{old.split(end)[1]}"
    (ROOT / "README.md").write_text(told, encoding="utf-8", newline="\n")
