"""Groups of first letters: even, over the whole alphabet, in the reader's order."""

import string

import pytest

from partnerships.directory import alphabet
from partnerships.directory.alphabet import even_groups, group_at


def labels(counts, language="de"):
    return [group.label for group in even_groups(counts, language)]


@pytest.mark.req("R158")
def test_equal_letters_give_the_groups_of_the_source():
    counts = dict.fromkeys(string.ascii_lowercase, 10)
    sizes = [group.count for group in even_groups(counts, "de")]
    assert sorted(sizes) == [50, 50, 50, 50, 60]
    assert labels(counts | dict.fromkeys("z", 0)) == ["A–E", "F–J", "K–O", "P–T", "U–Z"]


@pytest.mark.req("R158")
def test_groups_are_as_even_as_the_names_allow():
    counts = {"a": 5, "b": 40, "h": 90, "i": 30, "k": 60, "s": 200, "t": 30, "w": 25}
    groups = even_groups(counts, "de")
    assert [(group.label, group.count) for group in groups] == [
        ("A–G", 45), ("H", 90), ("I–R", 90), ("S", 200), ("T–Z", 55),
    ]  # fmt: skip
    assert sum(group.count for group in groups) == sum(counts.values())


def test_digits_stand_before_a_and_finnish_letters_after_z():
    finnish = even_groups({"4": 3, "a": 9, "m": 9, "z": 1, "{": 2, "}": 8}, "fi")
    assert [group.label for group in finnish] == ["0–9, A–L", "M–Y", "Z", "Å–Ä", "Ö"]
    assert finnish[0].holds("4d druck")
    assert not finnish[1].holds("4d druck")
    assert finnish[-1].holds("}ljy")


def test_few_names_make_few_groups():
    assert labels({}) == []
    assert labels({"m": 500}) == []
    assert labels({"m": 1, "n": 1}) == ["A–M", "N–Z"]


def test_addresses_lead_back_to_their_group():
    for language in ("de", "fi"):
        for group in even_groups(dict.fromkeys(alphabet.alphabet(language), 3), language):
            again = group_at(group.address, language)
            assert (again.first, again.last) == (group.first, group.last)
    for nonsense in ("", "A", "A-", "1-9", "A-E-F", "{-}", "AA-B"):
        assert group_at(nonsense, "de") is None
