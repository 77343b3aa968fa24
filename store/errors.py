"""Errors: a refusal as a value, and the failures that carry it to whoever asked."""

from dataclasses import dataclass, field

from store.change import Change

DOCS = "https://stripe.com/docs/error-codes/"


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a request was not carried out; nothing was changed."""

    message: str
    code: str | None = None
    param: str | None = None
    status: int = 400
    type: str = "invalid_request_error"
    brief: str = field(default="", compare=False)
    """The same in two or three words, where many are counted."""

    def body(self) -> dict[str, dict[str, str]]:
        """Return Stripe's error body; empty keys are absent."""
        error = {"type": self.type, "message": self.message}
        if self.code:
            error["code"] = self.code
            error["doc_url"] = DOCS + self.code.replace("_", "-")
        if self.param:
            error["param"] = self.param
        return {"error": error}


class StoreError(Exception):
    """Anything the store says no to, in one sentence fit to be shown."""


class Refused(StoreError):
    """A request that the rules refuse."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.message)
        self.refusal = refusal


class StaleView(StoreError):
    """The object changed since the caller looked; nothing was done."""

    def __init__(self, message: str, change: Change | None = None) -> None:
        super().__init__(message)
        self.change = change
        """Who did what; None where nothing tells it."""


class StoreBusy(StoreError):
    """Another process holds the store; nothing was done."""


class WouldWait(StoreBusy):
    """Somebody would have been waited for, and was not; nothing was done."""


class StoreUnusable(StoreError):
    """The store cannot be opened, read or written."""


class NoStore(StoreUnusable):
    """There is no store at a place; nothing was made."""

    def __init__(self, place: object, why: str = "") -> None:
        makes = ": name one that there is; import, seed and serve make a new one."
        super().__init__(f"There is no store at {place}{f'. {why}' if why else makes}")
        self.place = str(place)


class ImportFailed(StoreError):
    """A file that was not imported, with every line that is wrong."""

    def __init__(self, source: str, problems: tuple[str, ...]) -> None:
        super().__init__("\n".join((*problems, f"{source}: nothing was imported.")))
        self.source = source
        self.problems = problems
