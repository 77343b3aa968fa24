"""The Node client: it pays, refunds, lists and is refused, where npm is at hand."""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest
from serving import KEY, serve

VERSION = "23"
"""The package's; it is kept in the folder for temporary files from run to run."""
_INSTALLS_WITHIN = 120
_RUNS_WITHIN = 60
SCRIPT = """
const Stripe = require('stripe');
const [key, port] = process.argv.slice(1);
const stripe = new Stripe(key, {
  host: '127.0.0.1', port, protocol: 'http', telemetry: false, maxNetworkRetries: 0,
});
(async () => {
  const paid = await stripe.paymentIntents.create({
    amount: 1000, currency: 'usd', confirm: true,
    payment_method: 'pm_card_bypassPending', metadata: {order: '8790'},
  });
  const refund = await stripe.refunds.create(
    {payment_intent: paid.id, amount: 300, reason: 'duplicate'},
    {idempotencyKey: 'k1'});
  const again = await stripe.refunds.create(
    {payment_intent: paid.id, amount: 300, reason: 'duplicate'},
    {idempotencyKey: 'k1'});
  const listed = [];
  for await (const one of stripe.refunds.list({payment_intent: paid.id, limit: 1}))
    listed.push(one.id);
  const error = await stripe.refunds.create({payment_intent: paid.id, amount: 800})
    .catch(found => found);
  const charge = await stripe.charges.retrieve(paid.latest_charge,
    {expand: ['refunds']});
  console.log(JSON.stringify({
    status: refund.status, same: again.id === refund.id, listed, refund: refund.id,
    kind: error.constructor.name, type: error.type, http: error.statusCode,
    message: error.message, param: error.param, refunded: charge.amount_refunded,
    expanded: charge.refunds.data.length, order: paid.metadata.order,
  }));
})().catch(error => { console.error(error); process.exit(1); });
"""


def installed() -> Path:
    """Return a folder in which the package is, or skip with what is missing."""
    npm, node = shutil.which("npm"), shutil.which("node")
    if npm is None or node is None:
        pytest.skip("The Node client was not tried: there is no npm here.")
    folder = Path(tempfile.gettempdir()) / f"refund-desk-node-{VERSION}"
    if (folder / "done").exists():
        return folder
    folder.mkdir(exist_ok=True)
    (folder / "package.json").write_text('{"private": true}')
    wanted = [npm, "install", "--no-audit", "--no-fund", "--ignore-scripts"]
    try:
        tried = subprocess.run(
            [*wanted, f"stripe@{VERSION}"],
            cwd=folder,
            capture_output=True,
            timeout=_INSTALLS_WITHIN,
            check=False,
        )
    except subprocess.TimeoutExpired:
        pytest.skip("The Node client was not tried: npm took too long to install it.")
    if tried.returncode:
        pytest.skip("The Node client was not tried: npm could not install it.")
    (folder / "done").touch()
    return folder


def test_the_node_client_pays_refunds_lists_and_is_refused(tmp_path: Path) -> None:
    """With idempotency, paging, expanding, and its own class of error."""
    folder = installed()
    with serve(tmp_path) as served:
        ran = subprocess.run(
            ["node", "-e", SCRIPT, KEY, str(served.port)],
            cwd=folder,
            capture_output=True,
            timeout=_RUNS_WITHIN,
            check=False,
            text=True,
        )
    assert ran.returncode == 0, ran.stderr
    found = json.loads(ran.stdout)
    listed = found.pop("listed")
    assert listed == [found.pop("refund")]
    assert found == {
        "status": "succeeded",
        "same": True,
        "kind": "StripeInvalidRequestError",
        "type": "StripeInvalidRequestError",
        "http": 400,
        "message": "Refund amount ($8.00) is greater than unrefunded amount on charge"
        " ($7.00)",
        "param": "amount",
        "refunded": 300,
        "expanded": 1,
        "order": "8790",
    }
