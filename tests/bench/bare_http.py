"""The yardstick over HTTP: Starlette, and sqlite3 with the very rows of a refund.

python tests/bench/bare_http.py PORT FILE PLAN — PLAN is a JSON of what each payment's
refund writes and is answered with, and of what a charge looks like.
"""

import json
import sqlite3
import sys
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # it has store

from store.sql.sqlite import journal

_LISTED = "SELECT * FROM charge ORDER BY created DESC, seq DESC LIMIT ?"
_SHOWN = ("id", "amount", "amount_refunded", "created", "currency", "status")
"""What of a row goes into its charge; the rest of the answer is always the same."""


def opened(path: str) -> sqlite3.Connection:
    """Open the file as durably as the store does."""
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    mode, level = journal(sqlite3.sqlite_version_info)
    for pragma in (f"journal_mode={mode}", f"synchronous={level}", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")
    connection.execute("PRAGMA recursive_triggers=ON")
    return connection


def built(path: str, plan: dict[str, Any]) -> Starlette:
    """Return an application of two handlers, which check nothing."""
    database = opened(path)
    columns = [column[0] for column in database.execute(_LISTED, (1,)).description]
    shown = [(name, columns.index(name)) for name in _SHOWN]

    async def refund(request: Request) -> Response:
        form = parse_qs((await request.body()).decode())
        given = plan["refunds"][form["payment_intent"][0]]
        database.execute("BEGIN IMMEDIATE")
        for sql, values in given["rows"]:
            database.execute(sql, values)
        database.execute("COMMIT")
        return _json(given["answer"])

    async def charges(request: Request) -> Response:
        limit = int(request.query_params["limit"])
        database.execute("BEGIN")
        rows = database.execute(_LISTED, (limit + 1,)).fetchall()
        database.execute("ROLLBACK")
        data = [
            {**plan["charge"], **{name: row[place] for name, place in shown}}
            for row in rows[:limit]
        ]
        more = len(rows) > limit
        return _json({"object": "list", "data": data, "has_more": more})

    return Starlette(
        routes=[
            Route("/v1/refunds", refund, methods=["POST"]),
            Route("/v1/charges", charges),
        ]
    )


def _json(shape: object) -> Response:
    return Response(json.dumps(shape), media_type="application/json")


if __name__ == "__main__":
    port, file, told = sys.argv[1:]
    uvicorn.run(
        built(file, json.loads(Path(told).read_text())),
        port=int(port),
        access_log=False,
        log_level="warning",
    )
