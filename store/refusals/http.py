"""Refusals of requests over HTTP, in the API's words: what was never carried out."""

from store.errors import Refusal

NO_LINE_ITEMS = "the lines of an order are not kept"
NO_TAXES = "no taxes are calculated"
NO_TOKENS = "there are no confirmation tokens, give a payment method instead"
NO_MANDATES = "no mandate is kept by an id, give mandate_data instead"
NO_V2_ACCOUNTS = "customers are no v2 accounts"
NO_WORDS_OF_ITS_OWN = "a transfer that is made with its payment has no words of its own"
NOT_KEPT_OF_DATA = "make a payment method first, which keeps it"
NOT_IN_PARTS = "a payment is confirmed whole"
NO_CASH_REFUNDS = "a refund is of a payment, not of a customer's cash balance"
NO_CHARGE_CUSTOMERS = "a charge keeps the customer of its payment"
DEPRECATED_FEE = "it is deprecated, give application_fee_amount instead"
NOT_ATTACHED_AT_ONCE = "attach the payment method to the customer afterwards"
NO_CARDS = "cards are payment methods, attach one instead"
NO_TAX_IDS = "no tax ids are kept"
NO_TEST_CLOCKS = "the clock is the server's, /v1/test_helpers/advance puts it forward"
NO_CLONES = "a payment method is made by what it is, not of another"
NO_PAYOUTS = "there are no payouts"
NOT_LISTED_BY_IT = "nothing is listed by it"
NO_SOURCES = "the bank account that it comes from is not kept"
"""Why parameters that the API documents are never taken."""
_MASKED_FROM = 4
_STARS = "****"


def no_key() -> Refusal:
    """A request without an API key."""
    return Refusal(
        "You did not provide an API key. You need to provide your API key in the "
        "Authorization header, using Bearer auth (e.g. 'Authorization: Bearer "
        "YOUR_SECRET_KEY').",
        status=401,
    )


def bad_key(given: str) -> Refusal:
    """A key that is none of those that are known; only its ends are shown."""
    return Refusal(f"Invalid API Key provided: {masked(given)}", status=401)


def masked(key: str) -> str:
    """Return a key as it may be shown: its kind and its last four characters."""
    if not key.isascii() or not key.isprintable():
        return _STARS
    kind, _, rest = key.rpartition("_")
    shown = f"{kind}_" if kind in {"sk_test", "sk_live", "rk_test", "rk_live"} else ""
    end = rest[-_MASKED_FROM:] if len(rest) > 2 * _MASKED_FROM else ""
    return f"{shown}{_STARS}{end}"


def no_http() -> Refusal:
    """Bytes that are no request, or one whose end nobody can tell."""
    return Refusal("Invalid HTTP request received.")


def no_access(key: str, account: str) -> Refusal:
    """An account that has never shared anything here."""
    shown = f" '{key}'" if key else ""
    return Refusal(
        f"The provided key{shown} does not have access to account '{account}' (or that "
        "account does not exist). Application access may have been revoked.",
        "account_invalid",
        status=403,
    )


def not_in_name_of_account(method: str, path: str) -> Refusal:
    """An endpoint that this server has for the platform alone."""
    return Refusal(
        f"{method} {path} cannot be used in the name of a connected account here: "
        "leave the header Stripe-Account out."
    )


def in_one_step() -> Refusal:
    """A payment of a connected account that would wait for a second request."""
    return Refusal(
        "A payment in the name of a connected account is made in one step here: add "
        "confirm=true.",
        param="confirm",
    )


def unknown_header(name: str) -> Refusal:
    """A header of the API's that means nothing here."""
    return Refusal(f"Received unknown header: {name}")


def said_twice(name: str) -> Refusal:
    """A header with two values, of which only one could be obeyed."""
    return Refusal(f"The header {name} was sent with two values.")


def no_live_mode() -> Refusal:
    """Live objects, which a sandbox does not have."""
    return Refusal("There is no live mode here: Stripe-Livemode must be false.")


def only_json() -> Refusal:
    """A client that does not read what is answered."""
    return Refusal("Answers are application/json only.", status=406)


def unknown_url(method: str, path: str) -> Refusal:
    """No such endpoint."""
    return Refusal(f"Unrecognized request URL ({method}: {path}).", status=404)


def not_from_a_page() -> Refusal:
    """A browser asks for another page, or under another name than this machine's."""
    return Refusal(
        "Only programs may ask this server, not pages in a browser.", status=403
    )


def too_much(what: str, most: int) -> Refusal:
    """A request that is larger than anything the API needs."""
    return Refusal(f"The request is too large: at most {most:,} {what}.", status=413)


def too_slow() -> Refusal:
    """A body that did not arrive in time."""
    return Refusal("The request took too long to arrive.", status=408)


def too_deep(most: int) -> Refusal:
    """Brackets within brackets within brackets."""
    return Refusal(f"Parameters can be nested {most} levels deep at most.")


def not_a_form() -> Refusal:
    """A body that is no form."""
    return Refusal(
        "Invalid request (check that your POST content type is "
        "application/x-www-form-urlencoded)."
    )


def below_nothing(name: str) -> Refusal:
    """A whole number that no amount can be."""
    return Refusal("Invalid non-negative integer", param=name)


def group_of_intent(intent: str) -> Refusal:
    """What is said of the whole payment is not said of its charge."""
    return Refusal(
        f"This Charge was created by a PaymentIntent ({intent}). You must update the "
        "`transfer_group` on the PaymentIntent instead of updating the Charge "
        "directly. See https://stripe.com/docs/api#update_payment_intent"
    )


def body_not_read() -> Refusal:
    """Parameters where nobody looks for them."""
    return Refusal("A GET request has no body: give its parameters in the query.")


def not_text(name: str) -> Refusal:
    """Bytes that are no text, or a text that holds a NUL."""
    return Refusal("Invalid UTF-8 sequence in the request.", param=name or None)


def bad_version(given: str) -> Refusal:
    """A version of the API that nobody ever named so."""
    return Refusal(f"Invalid Stripe API version: {given}")


def missing_param(name: str) -> Refusal:
    """A parameter without which nothing can be done."""
    return Refusal(f"Missing required param: {name}.", "parameter_missing", name)


def empty_param(name: str) -> Refusal:
    """An empty text for what cannot be unset."""
    return Refusal(
        f"You passed an empty string for '{name}'. We assume empty values are an "
        f"attempt to unset a parameter; however '{name}' cannot be unset. You should "
        f"remove '{name}' from your request or supply a non-empty value.",
        "parameter_invalid_empty",
        name,
    )


def not_taken(name: str, why: str) -> Refusal:
    """A parameter that the API documents, and that nothing here could obey."""
    return Refusal(f"The parameter {name} is not taken here: {why}.", param=name)


def bad_client_secret() -> Refusal:
    """The secret of another payment intent, or of none."""
    return Refusal(
        "The client_secret provided does not match the client_secret associated with "
        "the PaymentIntent.",
        "payment_intent_invalid_parameter",
        "client_secret",
    )


def text_too_long(name: str, most: int) -> Refusal:
    """A text that is longer than any field holds."""
    return Refusal(
        f"Invalid string: {name}; must be at most {most} characters", param=name
    )


def not_a_flag(name: str, given: str) -> Refusal:
    """Neither true nor false."""
    return Refusal(f"Invalid boolean: {given}", param=name)


def not_a_text(name: str) -> Refusal:
    """Brackets after the name of a plain parameter."""
    return Refusal(f"Invalid string: {name} takes one value", param=name)


def not_a_hash(name: str) -> Refusal:
    """A plain value for a parameter that takes keys."""
    return Refusal("Invalid object", param=name)


def not_an_array(name: str) -> Refusal:
    """A plain value for a parameter that takes several."""
    return Refusal("Invalid array", param=name)


def none_of(name: str, choices: tuple[str, ...]) -> Refusal:
    """A word that is none of those that are known."""
    listed = (
        ", ".join(choices[:-1]) + f" or {choices[-1]}" if choices[1:] else choices[0]
    )
    return Refusal(f"Invalid {name}: must be one of {listed}", param=name)


def type_and_types() -> Refusal:
    """Two ways to say which events are wanted."""
    return Refusal("You may only specify one of these parameters: type, types.")


def not_expandable(path: str) -> Refusal:
    """A property that holds no other object's id."""
    return Refusal(
        f"This property cannot be expanded ({path.rpartition('.')[2]}).",
        param="expand",
    )


def expands_too_deep(path: str, most: int) -> Refusal:
    """An object in an object in an object."""
    return Refusal(
        f"You cannot expand more than {most} levels of a property. Property: {path}",
        param="expand",
    )


def key_in_use(key: str) -> Refusal:
    """The same idempotency key is being carried out this moment."""
    return Refusal(
        "There is currently another in-progress request using this Idempotent Key "
        "(that probably means you submitted twice, and the other request is still "
        f"going through): {key}.",
        "idempotency_key_in_use",
        status=409,
        type="idempotency_error",
    )


def key_too_long(most: int) -> Refusal:
    """An idempotency key that nobody keeps."""
    return Refusal(
        f"Keys for idempotent requests can have 1 to {most} characters.",
        type="idempotency_error",
    )


def too_many_requests() -> Refusal:
    """More at once than this server takes."""
    return Refusal(
        "Request rate limit exceeded. Retry in a moment.", "rate_limit", status=429
    )


def failed() -> Refusal:
    """Something broke that should not have; the log on the server says what."""
    return Refusal(
        "An unknown error occurred. The server's own output says more.",
        status=500,
        type="api_error",
    )


def no_dispute(charge: str) -> Refusal:
    """Nobody disputes the charge."""
    return Refusal(f"No dispute for charge: {charge}", status=404)


def charge_not_capturable(charge: str, status: str) -> Refusal:
    """The charge that was named is not the one that its payment has authorised."""
    return Refusal(
        f"This Charge ({charge}) could not be captured because it has a status of "
        f"{status}."
    )
