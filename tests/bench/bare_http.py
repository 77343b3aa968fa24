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

_LISTED = (
    "SELECT id, amount, amount_refunded, created, currency, status, payment_intent"
    " FROM charge ORDER BY created DESC, seq DESC LIMIT ?"
)


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
        data = [
            {
                **plan["charge"],
                "id": id_,
                "amount": amount,
                "amount_refunded": refunded,
                "created": created,
                "currency": currency,
                "status": status,
                "payment_intent": intent,
            }
            for id_, amount, refunded, created, currency, status, intent in (
                database.execute(_LISTED, (limit,))
            )
        ]
        return _json({"object": "list", "data": data, "has_more": True})

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
