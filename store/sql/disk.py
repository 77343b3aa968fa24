"""Disk: where a file may lie so that SQLite's locks and syncs mean what they say."""

import re
from pathlib import Path

MOUNTS = Path("/proc/self/mounts")
"""What is mounted where, on Linux; elsewhere nobody can tell."""
_REMOTE = re.compile(
    "nfs|nfs4|cifs|smb3?|smbfs|afs|ncpfs|coda|ceph|glusterfs|lustre|beegfs|davfs"
    r"|fuse\.(?:sshfs|glusterfs|ceph|s3fs|rclone|davfs2?|nfs\w*|smbnetfs)"
)
"""File systems of other machines, whose locks cannot be trusted (store-guards §8)."""
_OCTAL = re.compile(r"\\(\d{3})")


def remote(path: Path, mounts: Path = MOUNTS) -> str | None:
    """Return the network file system that a path is on, None where it is local."""
    try:
        table = mounts.read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return None
    place = path.resolve()
    found, kind = -1, ""
    for line in table.splitlines():
        _, point, name, *_ = line.split(" ")
        root = Path(_OCTAL.sub(_letter, point))
        # Of what is mounted on the same place, the last is seen.
        if place.is_relative_to(root) and len(root.parts) >= found:
            found, kind = len(root.parts), name
    return kind if _REMOTE.fullmatch(kind) else None


def _letter(octal: re.Match[str]) -> str:
    return chr(int(octal[1], 8))
