"""`refund-desk settings`: where the file is, what is set, what holds otherwise."""

import tomllib
from pathlib import Path

import pytest
from desk import Answer, Desk

from tui.actions import ALL
from tui.app import RefundDesk
from tui.files.config import read_config
from tui.keymap import RESERVED, checked
from tui.settings import Settings

SET = """
theme = "light"
sort = "created"
columns = ["CUSTOMER", "ID"]

[keys]
refund = "f6"
help = "!,f1"
"""


@pytest.fixture(autouse=True)
def own_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Keep the settings of whoever runs the tests out of them."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.delenv("REFUND_DESK_CONFIG", raising=False)


def asked(home: Path, text: str | bytes | None) -> tuple[Path, Answer]:
    """Write a settings file if there is to be one, and ask what is set."""
    file = home / "config" / "refund-desk" / "config.toml"
    if text is not None:
        file.parent.mkdir(parents=True)
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return file, Desk(home)("settings")


def test_without_a_file_every_line_is_a_comment(tmp_path: Path) -> None:
    """It says where the file would be; every setting and action is there."""
    file, answer = asked(tmp_path, None)
    assert (answer.code, answer.err) == (0, "")
    lines = answer.out.splitlines()
    assert lines[0] == f"# The settings file: {file} (there is none yet)"
    assert '# times = "local"' in lines
    assert '# sort = "created"' in lines
    assert "# zone: the zone of this machine" in lines
    assert '# refund = "r"' in lines
    assert tomllib.loads(answer.out) == {"keys": {}}
    named = {line.split(" = ")[0].removeprefix("# ") for line in lines}
    assert {action.id for action in ALL} <= named
    assert not file.exists()


def test_what_is_set_is_told_as_it_can_be_read_again(tmp_path: Path) -> None:
    """Also what is set to its default; the rest stays a comment."""
    file, answer = asked(tmp_path, SET)
    assert answer.code == 0
    assert answer.out.startswith(f"# The settings file: {file}\n")
    assert tomllib.loads(answer.out) == tomllib.loads(SET)
    again = tmp_path / "again.toml"
    again.write_text(answer.out)
    assert read_config(again) == read_config(file)
    assert Desk(tmp_path)("settings", "--config", str(again)).code == 0


def test_every_default_may_be_set(tmp_path: Path) -> None:
    """With the comments taken away nothing is different, reserved keys aside."""
    _, answer = asked(tmp_path, None)
    plain, _, table = answer.out.partition("[keys]\n")
    settings = [one[2:] for one in plain.splitlines() if " = " in one]
    keys = [one[2:] for one in table.splitlines()]
    kept = [one for one in keys if one.split('"')[1] not in RESERVED]
    file = tmp_path / "all.toml"
    file.write_text("\n".join((*settings, "[keys]", *kept)))
    read = read_config(file)
    assert (read.sort, read.reading) == (Settings().sort, Settings().reading)
    named = checked(read.keys, RefundDesk)
    assert named == {one.id: one.keys for one in ALL if one.id in named}
    assert len(named) > len(ALL) - 3


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('theme = "pink"', '"pink" is no theme: use one of '),
        ("theme =", "is no TOML: "),
        (b"\xff", "is no TOML: "),
        ('[keys]\nrefund = "x"', '[keys] refund: "x" runs cancel_refund '),
        ('[keys]\nrefnd = "f6"', '[keys] there is no action "refnd"; did you mean '),
    ],
)
def test_a_file_that_cannot_be_used_is_one_sentence(
    tmp_path: Path, text: str | bytes, said: str
) -> None:
    """Exit code 1, nothing on stdout, and the sentence that the console would say."""
    _, answer = asked(tmp_path, text)
    assert (answer.code, answer.out) == (1, "")
    assert said in answer.err
    assert answer.err.count("\n") == 1


def test_a_file_that_is_named_must_be_there(tmp_path: Path) -> None:
    """As when the console is opened with it."""
    answer = Desk(tmp_path)("settings", "--config", str(tmp_path / "none.toml"))
    assert answer.code == 1
    assert "cannot be read: No such file or directory." in answer.err
