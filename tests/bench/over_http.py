"""Print how many refunds and lists a second are answered over HTTP, against others.

python tests/bench/over_http.py [ROUNDS [PAYMENTS]] — refunds, and lists of ten charges,
in an account of PAYMENTS (1,000), by one client and by sixteen, in ROUNDS (8) turns: of
`refund-desk serve`; of a bare Starlette handler that writes the very same rows with
sqlite3 and reads the same charges; and of localstripe, where LOCALSTRIPE names its
command or it is on the path. Every refund has an idempotency key, as the clients of
the API send one.
"""

import json
import os
import shutil
import socket
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # first: it has store

from asking import Line, Took, ask_all, request
from durable import filled, rows_of

HERE = Path(__file__).resolve()
LISTED = "/v1/charges?limit=10"
CLIENTS = (1, 16)
SLOW = "localstripe"
"""Writes its whole memory down with every change: it is asked for less."""
ACCOUNT = int(sys.argv[2]) if len(sys.argv) > 2 else 1_000
"""So many payments are in every account: localstripe is slower the more there are."""
_STARTS_WITHIN = 30
Measured = dict[tuple[str, int], list[Took]]


def free_port() -> int:
    """Return a port that nobody listens at."""
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


@contextmanager
def serving(*command: str, port: int) -> Iterator[int]:
    """Run a server until the block ends."""
    process = subprocess.Popen(
        command,
        env={**os.environ, "PYTHONPATH": str(HERE.parents[2])},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        end = time.monotonic() + _STARTS_WITHIN
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                if process.poll() is not None or time.monotonic() > end:
                    raise SystemExit(f"{command[0]} did not start.") from None
                time.sleep(0.05)
        yield port
    finally:
        process.terminate()
        process.wait()


def refunds(payments: list[str]) -> list[bytes]:
    """Return a request to refund each payment, under its own key."""
    return [
        request("POST", "/v1/refunds", f"payment_intent={one}&amount=1000", one)
        for one in payments
    ]


def measured(port: int, payments: list[str], clients: int) -> tuple[Took, Took]:
    """Refund every payment, and list charges as often."""
    refunded = ask_all(port, refunds(payments), clients)
    lists = [request("GET", LISTED)] * len(payments)
    return refunded, ask_all(port, lists, clients)


@contextmanager
def ours(file: Path) -> Iterator[int]:
    """Run `refund-desk serve`."""
    port = free_port()
    command = (sys.executable, "-m", "store.cli", "serve", "--store", str(file))
    with serving(*command, "--port", str(port), port=port):
        yield port


@contextmanager
def bare(file: Path, told: Path) -> Iterator[int]:
    """Run the bare handlers."""
    port = free_port()
    command = (sys.executable, str(HERE.with_name("bare_http.py")), str(port))
    with serving(*command, str(file), str(told), port=port):
        yield port


@contextmanager
def localstripe(command: str) -> Iterator[tuple[int, list[str]]]:
    """Run localstripe, with as many payments of its own."""
    port = free_port()
    with serving(command, "--from-scratch", "--port", str(port), port=port):
        line = Line(port)
        card = "card[number]=4242424242424242&card[exp_month]=1&card[exp_year]=2031"
        card += "&card[cvc]=123&type=card"
        made = json.loads(line.ask(request("POST", "/v1/payment_methods", card)))
        pay = f"amount=5000&currency=usd&confirm=true&payment_method={made['id']}"
        asked = request("POST", "/v1/payment_intents", pay)
        payments = [json.loads(line.ask(asked))["id"] for _ in range(ACCOUNT)]
        line.close()
        yield port, payments


def planned(file: Path, payments: list[str]) -> dict[str, Any]:
    """Refund every payment; return what each wrote, and was answered with."""
    with ours(file) as port:
        ask_all(port, refunds(payments), 1)
        line = Line(port)
        listed = json.loads(line.ask(request("GET", LISTED)))
        line.close()
    with sqlite3.connect(file) as connection:
        bodies = dict(connection.execute("SELECT key, body FROM reply"))
    written = zip(payments, rows_of(file, payments), strict=True)
    return {
        "refunds": {
            one: {"rows": rows, "answer": json.loads(bodies[one])}
            for one, rows in written
        },
        "charge": listed["data"][0],
    }


def in_turn(
    sides: dict[str, tuple[int, list[str]]], rounds: int
) -> dict[str, Measured]:
    """Ask all sides in turn, in parts: what else the machine does meets them all."""
    part = ACCOUNT // (2 * rounds + 1)
    found: dict[str, Measured] = {name: {} for name in sides}
    for turn in range(2 * rounds + 1):
        clients = CLIENTS[turn % 2]
        for name, (port, payments) in sides.items():
            chosen = payments[turn * part : (turn + 1) * part]
            if name == SLOW:
                chosen = chosen[: len(chosen) // 4]
            took = measured(port, chosen, clients)
            if turn:  # the first is to warm up
                for what, one in zip(("refunds", "lists"), took, strict=True):
                    found[name].setdefault((what, clients), []).append(one)
    return found


def main() -> None:
    """Measure all sides, print medians and their ratios."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 8
    other = os.environ.get("LOCALSTRIPE") or shutil.which("localstripe")
    with (
        tempfile.TemporaryDirectory(dir=os.environ.get("BENCH_DIR")) as folder,
        ExitStack() as running,
    ):
        first, a, b = (Path(folder) / name for name in ("first.db", "a.db", "b.db"))
        payments = filled(f"sqlite:///{first}", ACCOUNT)
        shutil.copy(first, a)
        shutil.copy(first, b)
        told = Path(folder) / "plan.json"
        told.write_text(json.dumps(planned(first, payments)))
        sides = {
            "refund-desk": (running.enter_context(ours(a)), payments),
            "bare": (running.enter_context(bare(b, told)), payments),
        }
        if other:
            sides[SLOW] = running.enter_context(localstripe(other))
        else:
            print("localstripe was not measured: LOCALSTRIPE names no command.")
        found = in_turn(sides, rounds)
        running.close()
        done = 1 + 2 * rounds
        if not same_refunds(first, b, payments[: done * (ACCOUNT // done)]):
            sys.exit("The two sides did not write the same rows.")
    print(f"{ACCOUNT:,} payments, {rounds} rounds, medians ({os.cpu_count()} CPUs)")
    for what, clients in found["bare"]:
        print(f"{what}, {clients} client{'s' if clients > 1 else ''}:")
        for side, took in found.items():
            tell(side, took[what, clients], found["refund-desk"][what, clients])


def same_refunds(one: Path, other: Path, payments: list[str]) -> bool:
    """Tell whether two files hold the same refunds of these payments."""
    return rows_of(one, payments) == rows_of(other, payments)


def tell(side: str, took: list[Took], own: list[Took]) -> None:
    """Print a side's rate and its slowest answers, and how many times ours is quicker.

    The ratio is the median over the rounds: each compares what was asked in turn.
    """
    rate = statistics.median(one.rate for one in took)
    slowest = Took(1, tuple(each for one in took for each in one.each)).p99
    pairs = zip(own, took, strict=True)
    ratio = statistics.median(mine.rate / theirs.rate for mine, theirs in pairs)
    print(f"  {side:<12} {rate:7,.0f}/s  p99 {slowest:6.1f} ms  ours × {ratio:.2f}")


if __name__ == "__main__":
    main()
