"""`manage quota_lottery`: figures as JSON, status 2 with a way out, status 1 with one sentence."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from circles.lottery import LotteryRows

TOY = {
    "types": {"f|l": 99, "f|c": 1, "m|c": 100},
    "quotas": [[0, "f", 9, 20], [0, "m", 9, 20], [1, "l", 9, 20], [1, "c", 9, 20]],
    "seats": 20,
    "total": 1000,
    "objective": "leximin",
}


@pytest.fixture
def ask(tmp_path):
    def ask(instance, *options):
        path, out, err = tmp_path / "instance.json", StringIO(), StringIO()
        text = instance if isinstance(instance, str) else json.dumps(instance)
        path.write_text(text, "utf-8")
        try:
            call_command("quota_lottery", str(path), *options, stdout=out, stderr=err)
        except CommandError as refusal:
            return refusal.returncode, out.getvalue(), str(refusal)
        return 0, out.getvalue(), err.getvalue()

    return ask


@pytest.mark.parametrize("objective", ["leximin", "maximin"])
def test_toy_as_json(ask, objective):
    status, out, err = ask(TOY | {"objective": objective}, "--json")
    found = json.loads(out)
    assert (status, err) == (0, "")
    assert (found["min"], found["total"], found["types"]) == (0.1, 1000, ["f|c", "f|l", "m|c"])
    assert sum(row[0] for row in found["rows"]) == 1000
    assert {sum(row[1:]) for row in found["rows"]} == {20}
    assert found["seconds"] < 1
    if objective == "leximin":
        assert found["chances"] == {"f|c": "1/10", "f|l": "1/10", "m|c": "1/10"}
        assert (found["max"], found["gini"]) == (0.1, 0.0)
        assert found["geometric_mean"] == pytest.approx(0.1)


def test_defaults_are_a_million_and_leximin(ask):
    bare = {"types": {"a": 3, "b": 4}, "seats": 7}
    found = json.loads(ask(bare, "--json")[1])
    assert found["rows"] == [[1_000_000, 3, 4]]
    assert found["chances"] == {"a": "1/1", "b": "1/1"}


def test_for_reading_and_as_the_file_itself(ask):
    assert "f|c: 1/10 = 10.0000%" in ask(TOY)[1]
    rows = LotteryRows.from_bytes(ask(TOY, "--draw", "summer-1")[1].encode("ascii"))
    assert (rows.draw, rows.total) == ("summer-1", 1000)
    assert ask(TOY, "--draw", "Summer 1")[0] == 1


def test_impossible_quotas_come_with_the_smallest_change(ask):
    impossible = TOY | {"quotas": [[0, "f", 12, 20], [0, "m", 11, 20], [1, "x", 1, 2]]}
    status, out, told = ask(impossible, "--json")
    found = json.loads(out)
    assert status == 2
    assert found["feasible"] is False
    assert len(found["sentences"]) == 2
    assert "Nobody is “x (attribute 1)”: lower its minimum from 1 to 0." in told
    asked = {tuple(each["asked"]): each["possible"] for each in found["relaxation"]}
    possible = [asked.get(tuple(quota), quota) for quota in impossible["quotas"]]
    assert ask(TOY | {"quotas": possible}, "--json")[0] == 0


def test_a_quota_without_effect_is_told_and_kept(ask):
    idle = TOY | {"quotas": [*TOY["quotas"], [1, "x", 0, 2]]}
    status, _out, told = ask(idle, "--json")
    assert (status, told.strip()) == (
        0,
        "Nobody is “x (attribute 1)”, so this quota changes nothing.",
    )


@pytest.mark.parametrize(
    ("bad", "sentence"),
    [
        ("{", "not JSON"),
        ("[" * 100_000, "nested too deeply"),
        ("[]", "must hold an object"),
        ('{"seats": 1}', '"types" is missing'),
        ('{"types": {"a": 1, "a": 2}, "seats": 1}', '"a" stands there twice'),
        (TOY | {"seats": "20"}, 'A whole number is needed for "seats"'),
        (TOY | {"seats": True}, 'A whole number is needed for "seats"'),
        (TOY | {"seats": 0}, "0 seats for 200 people"),
        (TOY | {"seats": 201}, "201 seats for 200 people"),
        (TOY | {"total": 0}, "between 1 and 1000000000"),
        (TOY | {"objective": "nash"}, '"leximin" or "maximin"'),
        (TOY | {"objective": ["leximin"]}, '"leximin" or "maximin"'),
        (TOY | {"extra": 1}, 'no "extra" in an instance'),
        (TOY | {"types": {}}, "no types"),
        (TOY | {"types": []}, '"types" must be an object'),
        (TOY | {"types": {"a b": 3}, "quotas": []}, "'a b' is not made of"),
        (TOY | {"types": {"a": 0}, "quotas": []}, "leave out types without people"),
        (TOY | {"types": {"a": 30, "a|b": 3}, "quotas": []}, "differ in their number"),
        (TOY | {"types": {"a": 10**8}, "quotas": []}, "at most 10000000"),
        (TOY | {"quotas": [[0, "f", 9]]}, "Quota 1 is not"),
        (TOY | {"quotas": [[2, "f", 9, 9]]}, "names an attribute that no type has"),
        (TOY | {"quotas": [[-1, "f", 9, 9]]}, "names an attribute that no type has"),
        (TOY | {"quotas": [[0, "ü", 0, 9]]}, "other characters"),
        (TOY | {"quotas": [[0, "f", 9, 8]]}, "at least 9 and at most 8"),
        (TOY | {"quotas": [[0, "f", 1.0, 8]]}, "A whole number is needed for quota 1"),
        (TOY | {"quotas": [[0, "f", 1, 8], [0, "f", 2, 8]]}, "stands there twice"),
    ],
)
def test_bad_input_gets_one_sentence(ask, bad, sentence):
    status, out, told = ask(bad, "--json")
    assert (status, out, told.count("\n")) == (1, "", 0)
    assert sentence in told


def test_files_that_cannot_be_read(tmp_path):
    (tmp_path / "bytes.json").write_bytes(b"\xff\xfe")
    for name, sentence in (("none.json", "cannot be read"), ("bytes.json", "not UTF-8")):
        with pytest.raises(CommandError, match=sentence):
            call_command("quota_lottery", str(tmp_path / name))
