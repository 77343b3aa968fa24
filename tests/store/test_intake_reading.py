"""Files of Stripe's JSON in every form, and what is said about the broken ones."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from exported import AT, charge, event, intent, lines, refund

from store.errors import ImportFailed
from store.intake.reading import Found, Problem, read


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where a test writes what it imports."""
    return tmp_path / "export.json"


def found(file: Path, content: str | bytes) -> list[tuple[str, object, int]]:
    """Return kind, id and line of everything that a file holds."""
    data = content if isinstance(content, bytes) else content.encode()
    file.write_bytes(data)
    seen = list(read(file))
    assert all(isinstance(one, Found) for one in seen), [str(one) for one in seen]
    return [
        (one.kind, one.data["id"], one.line) for one in seen if isinstance(one, Found)
    ]


def problems(file: Path, content: str | bytes) -> list[str]:
    """Return what is wrong with a file."""
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return [str(one) for one in read(file) if isinstance(one, Problem)]


CH, RE = ("charge", "ch_1"), ("refund", "re_1")


@pytest.mark.parametrize(
    "content",
    [
        lines(charge(), refund()),
        lines(charge(), refund()).replace("\n", "\r\n"),
        "\ufeff" + lines(charge(), refund()),
        "\n\n" + lines(charge()) + " \n\t\n" + lines(refund()).rstrip(),
        json.dumps([charge(), refund()]),
        json.dumps([charge(), refund()], indent=2),
        json.dumps({"object": "list", "data": [charge(), refund()], "has_more": False}),
        json.dumps({"object": "list", "data": [charge(), refund()]}, indent=2),
        json.dumps({"object": "search_result", "data": [charge(), refund()]}),
        json.dumps(charge(), indent=2) + "\n" + json.dumps(refund(), indent=4),
        "[\n" + json.dumps(charge()) + ",\n" + json.dumps(refund()) + "\n]",
        json.dumps(charge()) + json.dumps(refund()),
        lines(charge(), refund()).encode("utf-16"),
    ],
)
def test_every_form_holds_the_same_objects(file: Path, content: str | bytes) -> None:
    """Lines, arrays, lists, pretty-printed, concatenated, with or without a mark."""
    seen = [(kind, given) for kind, given, _ in found(file, content)]
    assert seen == [CH, RE]


def test_json_lines_know_their_line(file: Path) -> None:
    """Blank lines count."""
    seen = found(file, lines(charge()) + "\n" + lines(refund()))
    assert [line for _, _, line in seen] == [1, 3]


def test_a_pretty_list_knows_the_lines_of_its_members(file: Path) -> None:
    """Each object is placed where its id stands."""
    text = json.dumps({"data": [charge(), charge("2")], "object": "list"}, indent=1)
    wanted = [
        1 + text.count("\n", 0, text.index(f'"id": "{given}"'))
        for given in ("ch_1", "ch_2")
    ]
    assert [line for _, _, line in found(file, text)] == wanted


def test_nested_objects_are_found_at_any_depth(file: Path) -> None:
    """Old versions list charges and refunds inside."""
    inner = charge(refunds={"object": "list", "data": [refund()]})
    outer = intent(charges={"object": "list", "data": [inner]}, latest_charge=None)
    told = event("1", "payment_intent.succeeded", outer)
    seen = [(kind, given) for kind, given, _ in found(file, lines(told))]
    assert seen == [("event", "evt_1"), ("payment_intent", "pi_1"), CH, RE]


def test_previous_attributes_and_metadata_hold_no_objects(file: Path) -> None:
    """What was, and what merchants write, is no object."""
    before = {"refunds": {"data": [refund(status="pending")]}}
    told = event("1", "charge.refunded", charge(), previous=before)
    odd = charge("2", metadata={"object": "charge", "id": "ch_3"})
    seen = [given for _, given, _ in found(file, lines(told, odd))]
    assert seen == ["evt_1", "ch_1", "ch_2"]


def test_an_error_that_embeds_an_object_gives_it(file: Path) -> None:
    """A declined payment comes back inside the error."""
    error = {
        "error": {"message": "Your card was declined.", "payment_intent": intent()}
    }
    seen = [(kind, given) for kind, given, _ in found(file, json.dumps(error))]
    assert seen == [("payment_intent", "pi_1")]


def test_line_separators_inside_texts_end_no_line(file: Path) -> None:
    """Only a line feed ends a line."""
    text = json.dumps(charge(description="a\u2028b\x85c"), ensure_ascii=False)
    assert [given for _, given, _ in found(file, text)] == ["ch_1"]
    assert found(file, (text + "\n").encode("utf-16"))[0][1] == "ch_1"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("nonsense\n", "line 1: it is not JSON: Expecting value."),
        ("42\n", "line 1: it is no JSON object."),
        ('"text"\n', "line 1: it is no JSON object."),
        ("{}\n", 'line 1: it has no "object" that names its kind.'),
        ('{"object": 7}\n', 'line 1: it has no "object" that names its kind.'),
        (
            '{"error": {"message": "No such charge: \'ch_9\'"}}',
            "line 1: it is an error that the API answered: No such charge: 'ch_9'",
        ),
        ('{"object": "charge", "amount": NaN}\n', "line 1: NaN is no JSON number."),
        ('{"object": "x", "a": -Infinity}', "line 1: -Infinity is no JSON number."),
        ('{"object": "x", "a": 1e309}\n', "line 1: the number 1e309 is too large."),
        ('{"object": "x", "a": ' + "9" * 5000 + "}", "has too many digits."),
        ("[" * 200_000, "line 1: it is nested too deeply."),
        ('{"object":"x","a":' + "[" * 300 + "]" * 300 + "}", "nested too deeply."),
        (b'{"object": "x", "a": "\xff"}\n', "line 1: it is not UTF-8 text."),
        (lines(charge()).rstrip()[:-5], "the JSON value that begins here never ends."),
    ],
)
def test_what_is_wrong_is_said_with_its_line(
    file: Path, content: str | bytes, said: str
) -> None:
    """One sentence each, never a traceback."""
    (problem,) = problems(file, content)
    assert problem.startswith("export.json, line 1: ")
    assert problem.endswith(said)


def test_a_broken_line_hides_no_other(file: Path) -> None:
    """Every broken line is told, the whole ones are read."""
    whole = json.dumps(charge())
    text = f"{whole}\n{whole[:40]}\n{whole}\n{{]\n{whole[:-3]}\n"
    assert [one.split(":")[0] for one in problems(file, text)] == [
        "export.json, line 2",
        "export.json, line 4",
        "export.json, line 5",
    ]


def test_a_broken_document_is_told_once_where_it_breaks(file: Path) -> None:
    """Its other lines are no problems of their own."""
    text = json.dumps(charge(), indent=2).replace(
        '"captured": true,', '"captured" true,'
    )
    line = 1 + text.count("\n", 0, text.index('"captured" true'))
    (problem,) = problems(file, text)
    assert (
        problem == f"export.json, line {line}: it is not JSON: Expecting ':' delimiter."
    )


def test_a_document_that_never_ends_is_told_where_it_begins(file: Path) -> None:
    """A download that was cut off."""
    text = "\n" + json.dumps([charge()], indent=2).rstrip("]")
    (problem,) = problems(file, text)
    said = "export.json, line 2: the JSON value that begins here never ends."
    assert problem == said


def test_a_file_that_cannot_be_read_is_no_traceback(tmp_path: Path) -> None:
    """Missing files and folders are refused in a sentence."""
    with pytest.raises(ImportFailed, match=r"gone\.json: No such file or directory\."):
        list(read(tmp_path / "gone.json"))
    with pytest.raises(ImportFailed, match="Is a directory"):
        list(read(tmp_path))


def test_an_empty_file_holds_nothing(file: Path) -> None:
    """Nothing is no mistake."""
    assert found(file, "") == []


def test_the_watcher_hears_how_many_bytes_were_read(file: Path) -> None:
    """Now and then, and at the end."""
    text = lines(*(charge(str(n), created=AT + n) for n in range(2500)))
    file.write_text(text)
    heard: list[int] = []
    assert len(list(read(file, watch=heard.append))) == 2500
    assert heard == sorted(heard)
    assert heard[-1] == len(text)
    assert len(heard) > 2
