"""A store is a file of this machine's own disks."""

from pathlib import Path

import pytest

from store import open_store
from store.errors import StoreUnusable
from store.sql import disk

TABLE = """\
overlay / overlay rw,relatime 0 0
tmpfs /home tmpfs rw 0 0
files:/export /home/mia/our\\040share nfs4 rw,vers=4.2 0 0
/dev/sdb1 /home/mia/our\\040share/local ext4 rw 0 0
//office/desk /office cifs rw 0 0
/dev/sdc1 /office ext4 rw 0 0
mia@far: /far fuse.sshfs rw 0 0
"""


@pytest.fixture
def mounts(tmp_path: Path) -> Path:
    """What a machine with shares has mounted."""
    table = tmp_path / "mounts"
    table.write_text(TABLE)
    return table


@pytest.mark.parametrize(
    ("place", "kind"),
    [
        ("/var/desk.db", None),
        ("/home/mia/desk.db", None),
        ("/home/mia/our share/desk.db", "nfs4"),
        ("/home/mia/our share/deep/desk.db", "nfs4"),
        ("/home/mia/our share/local/desk.db", None),
        ("/home/mia/our shares/desk.db", None),
        ("/office/desk.db", None),
        ("/far/desk.db", "fuse.sshfs"),
    ],
)
def test_which_disk_a_file_is_on(mounts: Path, place: str, kind: str | None) -> None:
    """The deepest mount counts, and of two on one place the later."""
    assert disk.remote(Path(place), mounts) == kind


def test_where_nobody_can_tell_it_is_local(tmp_path: Path) -> None:
    """A system without such a table refuses nothing."""
    assert disk.remote(tmp_path, tmp_path / "none") is None


def test_a_store_on_a_share_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One sentence says why and what to do; no file is made."""
    table = tmp_path / "mounts"
    table.write_text(f"files:/x {tmp_path} nfs rw 0 0\n")
    monkeypatch.setattr(disk.remote, "__defaults__", (table,))
    with pytest.raises(StoreUnusable) as refused:
        open_store(f"sqlite:///{tmp_path / 'desk.db'}")
    assert str(refused.value) == (
        f"The store {tmp_path / 'desk.db'} is on another machine's disk (nfs), where "
        "locks cannot be trusted: keep it on this machine, or use PostgreSQL."
    )
    assert not (tmp_path / "desk.db").exists()
