"""Power: what a disk holds after the current fails, by the calls a process made.

A call that was not followed by a sync of its file, or of its folder, may be lost, and
a write may be torn between sectors; what was synced stays.
"""

import os
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

SECTOR = 512
"""Bytes that a disk writes as one."""
SYNCS = frozenset({"fsync", "fdatasync"})
"""The calls after which what came before is on the disk."""
CALLS = "openat,pwrite64,write,ftruncate,unlink,fsync,fdatasync"
"""The calls that change a disk, as the kernel names them."""
_CALL = re.compile(r"(?:\d+ +)?(\w+)\((.*)\) += (-?\d+)(?:<(.*)>)?")
_TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"(\.\.\.)?')
_FILE = re.compile(r"\d+<([^>]*)>")


@dataclass(frozen=True, slots=True)
class Call:
    """One call that was carried out: its name, its file, what it was given."""

    name: str
    path: Path
    data: bytes = b""
    at: int = 0
    """Where in the file it writes, or to how many bytes it cuts."""


def calls(log: str) -> Iterator[Call]:
    """Yield the calls that succeeded, from what a tracer with `-xx -y` wrote."""
    for line in log.splitlines():
        found = _CALL.fullmatch(line)
        if found is None or int(found[3]) < 0:
            continue
        name, given = found[1], found[2]
        texts = [_bytes(text) for text, cut in _TEXT.findall(given) if not cut]
        if name == "openat":
            if "O_CREAT" in given:
                yield Call(name, Path(os.fsdecode(texts[0])))
        elif name == "unlink":
            yield Call(name, Path(os.fsdecode(texts[0])))
        elif opened := _FILE.match(given):
            path = Path(os.fsdecode(_bytes(opened[1])))
            at = 0
            if name in {"pwrite64", "ftruncate"}:
                at = int(given.rsplit(", ", 1)[1])
            yield Call(name, path, texts[0] if texts else b"", at)


def _bytes(text: str) -> bytes:
    r"""Return what `\x41B` stands for."""
    return text.encode().decode("unicode_escape").encode("latin-1")


@dataclass
class Disk:
    """The files of one folder: what is synced, and what only the system has."""

    synced: dict[Path, bytes]
    entered: set[Path] = field(default_factory=set)
    """The files whose names are synced."""
    written: dict[Path, list[Call]] = field(default_factory=dict)
    named: list[Call] = field(default_factory=list)
    """Files made and removed since the folder was synced."""

    def __post_init__(self) -> None:
        self.entered = set(self.synced)

    def take(self, call: Call) -> None:
        """Carry a call out."""
        if call.name in SYNCS:
            if call.path.is_dir():
                self.entered = self._entered(self.named)
                self.named.clear()
            else:
                self.synced[call.path] = self._content(
                    call.path, self.written.pop(call.path, [])
                )
        elif call.name in {"openat", "unlink"}:
            if call.name == "openat" and call.path in self._entered(self.named):
                return
            self.named.append(call)
            if call.name == "openat":
                self.synced[call.path] = b""
                self.written.pop(call.path, None)
        else:
            self.written.setdefault(call.path, []).append(call)

    def fail(self, chance: random.Random) -> dict[Path, bytes]:
        """Return the files that are there when the current comes back."""
        named = [call for call in self.named if chance.random() < _KEPT]
        return {
            path: self._content(path, _torn(self.written.get(path, []), chance))
            for path in self._entered(named)
        }

    def _entered(self, named: list[Call]) -> set[Path]:
        found = set(self.entered)
        for call in named:
            if call.name == "openat":
                found.add(call.path)
            else:
                found.discard(call.path)
        return found

    def _content(self, path: Path, written: list[Call]) -> bytes:
        content = bytearray(self.synced.get(path, b""))
        for call in written:
            if call.name == "ftruncate":
                content[:] = content[: call.at].ljust(call.at, b"\0")
                continue
            end = call.at + len(call.data)
            content.extend(bytes(max(0, end - len(content))))
            content[call.at : end] = call.data
        return bytes(content)


_KEPT = 0.5
"""How likely a disk has done what it was not told to sync."""


def _torn(written: list[Call], chance: random.Random) -> list[Call]:
    """Return what of some writes reached the disk: sectors, each or not."""
    found = []
    for call in written:
        if call.name == "ftruncate":
            if chance.random() < _KEPT:
                found.append(call)
            continue
        for start in range(0, len(call.data), SECTOR):
            if chance.random() < _KEPT:
                data = call.data[start : start + SECTOR]
                found.append(Call(call.name, call.path, data, call.at + start))
    return found
