"""The settings file: what it may say, and one sentence for what it may not."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from store.lists.page import Order, Sort
from tui.files.config import read_config
from tui.files.memory import Memory
from tui.settings import Reading, Settings, WrongSettings

GOOD = """
theme = "ansi-light"
zone = "Europe/Paris"
times = "UTC"
columns = ["CUSTOMER", "ID"]
sort = "-amount"

[keys]
refund = "f6"
"""


def written(folder: Path, text: str) -> Path:
    """Write a settings file."""
    file = folder / "config.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_everything_that_may_be_said_is_read(tmp_path: Path) -> None:
    """Each word of the file is the setting that it names."""
    assert read_config(written(tmp_path, GOOD)) == Settings(
        theme="ansi-light",
        zone="Europe/Paris",
        reading=Reading.UTC,
        columns=("CUSTOMER", "ID"),
        sort=Sort(Order.AMOUNT, ascending=True),
        keys={"refund": "f6"},
    )


def test_without_a_file_nothing_is_said_unless_it_was_named(tmp_path: Path) -> None:
    """A file that was asked for must be there."""
    nowhere = tmp_path / "none.toml"
    assert read_config(nowhere) == Settings()
    with pytest.raises(WrongSettings) as wrong:
        read_config(nowhere, needed=True)
    assert str(wrong.value) == f"{nowhere} cannot be read: No such file or directory."


def test_what_never_ends_is_no_settings_file(tmp_path: Path) -> None:
    """Nor a memory of choices: the console begins without it."""
    endless = Path("/dev/zero")
    with pytest.raises(WrongSettings, match="it is longer than 1,048,576 bytes"):
        read_config(endless, needed=True)
    assert Memory(file=endless).settings == Settings()
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    assert Memory(file=pipe).settings == Settings()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('theme = "pink"', '"pink" is no theme: use one of dark, light, '),
        ('zone = "Mars"', 'there is no time zone "Mars": use a name such as '),
        ('times = "soon"', '"soon" is no way to read times: use one of '),
        ('columns = "ID"', "columns must be a list of their titles."),
        ('columns = ["NAME"]', '"NAME" is no column: use one of '),
        ('sort = "size"', '"size" is no order: use created or amount, '),
        ("keys = 1", "keys must be a table: [keys]."),
        ("[keys]\nrefund = 6", 'refund: needs its keys as text, such as "f6".'),
        ('colour = "red"', 'there is no setting "colour": use theme, zone, '),
    ],
)
def test_what_cannot_be_had_is_one_sentence(
    tmp_path: Path, text: str, said: str
) -> None:
    """It names the file, what was written, and what may be."""
    file = written(tmp_path, text)
    with pytest.raises(WrongSettings) as wrong:
        read_config(file)
    assert str(wrong.value).startswith(f"{file}: {said}")
    assert "\n" not in str(wrong.value)


@pytest.mark.parametrize("text", [b"theme =", b"\xff\xfe", b"[keys"])
def test_what_is_no_toml_is_said(tmp_path: Path, text: bytes) -> None:
    """Where in the file it is wrong is said, too."""
    file = tmp_path / "config.toml"
    file.write_bytes(text)
    with pytest.raises(WrongSettings) as wrong:
        read_config(file)
    assert str(wrong.value).startswith(f"{file} is no TOML: ")
