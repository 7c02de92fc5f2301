"""The script that citizens download: it draws again, refuses every spoilt folder, runs anywhere.
It runs as a separate process, except where thousands of spoilt folders are shown to it."""

import ast
import hashlib
import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.circles.los1_corpus import (
    EITHER,
    KINDS,
    REFUSE,
    VECTOR_RESULT,
    D,
    Folder,
    P,
    R,
    S,
    build,
    edit,
    lay_out,
    line_of,
    lot_below,
    sha,
    ticket_of,
    vector,
    with_result,
)
from tests.circles.los1_faults import mutations

SCRIPT = Path(__file__).parents[2] / "static" / "los1" / "los1_verify.py"
BEACON = "beacon not checked: compare with two drand relays"


def run(directory, *options, flags=(), **environment):
    command = [sys.executable, *flags, str(SCRIPT), str(directory), *options]
    return subprocess.run(
        command, capture_output=True, text=True, encoding="utf-8", env={**os.environ, **environment}
    )


def draw(tmp_path: Path, folder: Folder, *options, **environment) -> str:
    lay_out(tmp_path, folder)
    done = run(tmp_path, *options, **environment)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def refusal(tmp_path: Path, folder: Folder, *options) -> str:
    lay_out(tmp_path, folder)
    done = run(tmp_path, *options)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    return done.stderr.strip()


def load_script():
    spec = importlib.util.spec_from_file_location("los1_verify", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def expected_output(folder: Folder, *notices: str) -> str:
    seats = int(line_of(folder, D, 4).split()[1])
    places = folder["result.txt"].decode().splitlines()[2:]
    lines = [f"seat {place}" for place in places[:seats]]
    return "\n".join([*lines, *notices, f"result sha256 {sha(folder['result.txt'])}", ""])


# --- the vector


def test_vector_files_have_the_published_hashes():
    folder = vector()
    nonce = hashlib.sha256(b"los1 test nonce\n0\n").hexdigest()[:32]
    assert ticket_of("test-5-of-7", nonce, "person0@example.org") == (
        "c663b71b16eca3655fcc1443a7d3d7f5ddd80d57"
    )
    assert sha(folder[P]) == "6421a97523db5b430d9f2de540e7978ee7eb33c2f647e20c146f96357247c318"
    assert sha(folder[D]) == "781b4e5b44f9173378fddc57468fa3b06fd5ca2fb1a0df0f4d7c085be391660d"
    assert sha(folder[S]) == "1ef2e0f43c8fa4ee19db219973926d5ed44f1e3a98e739989f9d73758df7f596"
    assert sha(folder["result.txt"]) == VECTOR_RESULT


def test_vector_comes_out_to_the_byte(tmp_path):
    lines = draw(tmp_path, vector()).splitlines()
    starts = ["e0acdf75", "ef98f978", "7dc6cca8", "010fcec1", "c663b71b"]
    assert [line[:15] for line in lines[:5]] == [f"seat {i} {t}" for i, t in enumerate(starts, 1)]
    assert lines[5:] == [BEACON, f"result sha256 {VECTOR_RESULT}"]


# --- every kind of draw


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("size", [1, 40])
def test_draws_what_the_naive_third_opinion_draws(tmp_path, kind, size):
    folder = build(kind, size)
    notices = {"dice": [], "fallback": ["FALLBACK USED"]}.get(kind, [BEACON])
    assert draw(tmp_path, folder) == expected_output(folder, *notices)


def test_a_published_result_is_not_needed(tmp_path):
    folder = vector()
    without = {name: content for name, content in folder.items() if name != "result.txt"}
    assert draw(tmp_path, without) == expected_output(folder, BEACON)


def test_same_bytes_in_any_locale_hash_seed_folder_and_without_asserts(tmp_path, monkeypatch):
    folder = build("quotas", 40, 3)
    (tmp_path / "elsewhere äöü").mkdir()
    monkeypatch.chdir(tmp_path)
    usual = draw(tmp_path / "elsewhere äöü", folder)
    environment = {"PYTHONHASHSEED": "7", "LC_ALL": "C", "PYTHONUTF8": "0", "TZ": "Asia/Tokyo"}
    done = run("elsewhere äöü", flags=["-O", "-S", "-E"], **environment)
    assert (done.stdout, done.stderr) == (usual, "")


def test_lots_are_drawn_again_until_they_are_fair():
    """With a total above 2^63 about every second number is thrown away, as it must be."""
    script, total = load_script(), 2**63 + 1
    for number in range(40):
        seed = hashlib.sha256(b"%d" % number).digest()
        assert script.lot_below(seed, total) == lot_below(seed, total)
        assert script.lot_below(seed, 1) == 0


def test_without_one_ticket_everyone_else_keeps_the_order():
    script, seed = load_script(), hashlib.sha256(b"seed").digest()
    pool = dict.fromkeys(build("simple", 30)[P].decode().splitlines()[3:], "")
    order = script.ranking(seed, pool)
    assert sorted(order) == sorted(pool)
    for gone in pool:
        rest = {ticket: word for ticket, word in pool.items() if ticket != gone}
        assert script.ranking(seed, rest) == [ticket for ticket in order if ticket != gone]


# --- refusals


@pytest.mark.parametrize(
    ("edits", "start"),
    [
        (
            {(P, 5): "E0acdf75997e9ef2a5da8287a037ef0afaca8591"},
            "pool.txt line 5: expected: <ticket>",
        ),
        ({(P, 3): "count 8"}, "pool.txt line 11: the file ends here"),
        ({(P, 3): "count 6"}, "pool.txt line 10: a line too many"),
        ({(P, 2): "draw another"}, "pool.txt line 2: another draw"),
        ({(P, 4): "f" * 40}, "pool.txt line 5: the tickets are not ascending"),
        ({(D, 4): "seats 8"}, "declaration.txt line 4: more seats than tickets"),
        (
            {(D, 5): "frozen 2023-02-29T12:00:00Z"},
            "declaration.txt line 5: 2023-02-29T12:00:00Z is",
        ),
        ({(D, 5): "frozen 2023-08-22T15:59:25Z"}, "declaration.txt line 9: the round is less than"),
        ({(D, 7): f"lottery {'0' * 64}"}, "lottery.txt line 1: cannot be read"),
        ({(D, 11): "fallback lotto6aus49 2023-08-24"}, "declaration.txt line 11: must be at least"),
        (
            {(S, 4): "public 16253416253416253417"},
            "seed.txt line 4: expected: public <dice>, found",
        ),
        ({(S, 4): "public 1625341625341625341"}, "seed.txt line 4: 19 dice, not 20"),
        ({(S, 2): f"declaration {'0' * 64}"}, "seed.txt line 2: another declaration"),
        ({(S, 5): "fallback 01-02-03-04-05-06-0"}, "seed.txt line 5: expected: fallback -, found"),
    ],
)
def test_one_line_names_file_line_and_fault(tmp_path, edits, start):
    assert refusal(tmp_path, edit(vector(), edits)).startswith(start)


@pytest.mark.parametrize(
    ("change", "start"),
    [
        (
            lambda b: b.replace(b"\n", b"\r\n"),
            "pool.txt line 1: expected: los1 pool, found what an",
        ),
        (
            lambda b: b"\xef\xbb\xbf" + b,
            "pool.txt line 1: expected: los1 pool, found what an editor",
        ),
        (
            lambda b: b.replace(b"t 7", b"t  7"),
            "pool.txt line 3: expected: count <number>, found a sp",
        ),
        (
            lambda b: b.replace(b"t 7", b"t\t7"),
            "pool.txt line 3: expected: count <number>, found a TAB",
        ),
        (lambda b: b[:-1], "pool.txt line 10: has no line feed at its end"),
        (lambda b: b"", "pool.txt line 1: the file ends here"),
        (lambda b: b.replace(b"\ne0", b"\ne1"), "declaration.txt line 6: the pool.txt at hand has"),
    ],
)
def test_bytes_that_were_changed_on_the_way(tmp_path, change, start):
    folder = vector()
    assert refusal(tmp_path, {**folder, P: change(folder[P])}).startswith(start)


def test_a_tampered_result_is_named_with_its_line(tmp_path):
    folder = vector()
    lines = folder["result.txt"].split(b"\n")
    lines[2], lines[3] = b"1" + lines[3][1:], b"2" + lines[2][1:]
    text = refusal(tmp_path, {**folder, "result.txt": b"\n".join(lines)})
    assert text.startswith("result.txt line 3: computed: 1 e0acdf75")
    assert text.endswith("found: '1 ef98f9787ed31b2fdcef0234ea3ab949a84a09f1'")


def test_no_folder_is_one_line_too(tmp_path):
    done = run(tmp_path / "nowhere")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "declaration.txt line 1: cannot be read: No such file or directory\n"


CORPUS = {
    "vector": vector(),
    **{kind: build(kind, 7) for kind in KINDS},
    "large quotas": build("quotas", 30, 1),
}


@pytest.mark.parametrize("folder", CORPUS.values(), ids=CORPUS)
@pytest.mark.usefixtures("plain_console")
def test_every_spoilt_folder_is_refused_or_gives_the_other_result(tmp_path, capsys, folder):
    """What the text wants of each: a refusal of one line, or another result, computed naively."""
    script, there, told = load_script(), {}, []
    for mutation in mutations(folder):
        lay_out(tmp_path, mutation.folder, there)
        there = mutation.folder
        code = script.main([str(tmp_path)])
        out, err = capsys.readouterr()
        if code:
            right = mutation.want in (REFUSE, EITHER) and (out, err.count("\n")) == ("", 1)
        else:
            last = f"result sha256 {sha(with_result(mutation.folder)['result.txt'])}\n"
            right = mutation.want != REFUSE and err == "" and out.endswith(last)
            right = right and sha(folder["result.txt"]) not in out
        if not right:
            told.append(f"{mutation.name}: {mutation.want}, got {out[-80:]}{err}")
    assert told == []


# --- options


def test_fingerprint_from_the_mail(tmp_path):
    folder = vector()
    given = sha(folder[D])
    for text in (given, given.upper(), f"{given[:32]} {given[32:]}"):
        assert draw(tmp_path, folder, "--fingerprint", text) == expected_output(folder, BEACON)
    for text in (sha(b"another"), given[:-1], "", "-"):
        told = refusal(tmp_path, folder, f"--fingerprint={text}")
        assert told.startswith(f"declaration.txt line 1: has the fingerprint {given}, not")


def test_where_is_my_ticket(tmp_path):
    folder = build("rejected", 40)
    places = [line.split() for line in folder["result.txt"].decode().splitlines()[2:]]
    seats = int(line_of(folder, D, 4).split()[1])
    ticket = places[1][1]
    for text in (ticket, ticket[:8], f"{ticket[:4]}-{ticket[4:8]}".upper(), ticket.upper()):
        lines = draw(tmp_path, folder, "--ticket", text).splitlines()
        assert lines[-3] == f"ticket {ticket}: in the pool, place 2 of 40, seat"
        assert lines[-2] == BEACON
    last = places[-1][1]
    lines = draw(tmp_path, folder, "--ticket", last[:9]).splitlines()
    assert seats < 40
    assert lines[-3] == f"ticket {last}: in the pool, place 40 of 40, reserve list"
    refused, reason = line_of(folder, R, 4).split()
    lines = draw(tmp_path, folder, "--ticket", refused[:8]).splitlines()
    assert lines[-3] == f"ticket {refused}: not in the pool, rejected with reason {reason}"
    lines = draw(tmp_path, folder, "--ticket", "0123-4567").splitlines()
    assert lines[-3] == "ticket 01234567: not in the pool"
    for text in ("977f", "0" * 41, "977g3020"):
        assert refusal(tmp_path, folder, "--ticket", text).startswith("--ticket: ")


def test_help_is_german_and_english_even_without_umlauts():
    for encoding, word in (("utf-8", "Prüfsumme"), ("ascii", "Pr?fsumme")):
        done = run("--help", PYTHONIOENCODING=encoding)
        assert (done.returncode, done.stderr) == (0, "")
        assert f"  {word} des Ergebnisses" in done.stdout
        assert "  The program checks every line, draws again and names the seats." in done.stdout


# --- the file itself


def test_one_short_file_of_the_standard_library_for_python_3_9():
    text = SCRIPT.read_text(encoding="utf-8")
    tree = ast.parse(text, feature_version=(3, 9))
    imported = set()
    for node in ast.walk(tree):
        assert not isinstance(node, ast.Assert)
        if isinstance(node, ast.Import):
            imported |= {alias.name for alias in node.names}
        if isinstance(node, ast.ImportFrom):
            imported.add(node.module)
    assert imported <= sys.stdlib_module_names
    assert "circles" not in text and "verified" not in text.lower()
    assert len(text.splitlines()) <= 400


def test_a_hundred_thousand_tickets_come_out_whole(tmp_path):
    folder = build("rejected", 100_000)
    lay_out(tmp_path, folder)
    done = run(tmp_path)
    assert done.stdout.endswith(f"result sha256 {sha(folder['result.txt'])}\n")
