"""The vector of los1 section 13 to the byte, files that do not fit each other, the command line."""

import hmac
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from circles import lottery
from circles.drawing.tickets import short_ticket
from circles.lottery import LotteryFault, Pool, Rejected
from tests.circles.los1_vector import (
    HEX,
    POOL,
    RESULT,
    ROWS,
    TICKETS,
    TYPED_POOL,
    VECTOR_DECLARATION,
    VECTOR_POOL,
    VECTOR_SEED,
    C,
    S,
    declared,
    numbered_ticket,
)

SCRIPT = Path(lottery.__file__)
BEACON = "beacon not checked: compare with two drand relays"


def vector_folder(folder, **others):
    files = {"pool": VECTOR_POOL, "declaration": VECTOR_DECLARATION, "seed": VECTOR_SEED, **others}
    for name, record in files.items():
        (folder / f"{name}.txt").write_bytes(record.to_bytes())
    return folder


def run(folder, *arguments):
    command = [sys.executable, "-O", str(SCRIPT), str(folder), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, cwd=folder, check=False)
    return done.returncode, done.stdout.splitlines(), done.stderr.splitlines()


class TestVector:
    def test_ticket(self):
        assert numbered_ticket(0) == "c663b71b16eca3655fcc1443a7d3d7f5ddd80d57"
        assert short_ticket(numbered_ticket(0)) == "C663-B71B"
        assert short_ticket(numbered_ticket(0), groups=3) == "C663-B71B-16EC"

    def test_hashes(self):
        assert VECTOR_POOL.digest == POOL
        assert VECTOR_DECLARATION.digest == C
        assert VECTOR_SEED.digest == S

    def test_result(self):
        result = lottery.draw(VECTOR_POOL, VECTOR_DECLARATION, VECTOR_SEED)
        heads = [ticket[:8] for ticket in result.order[:5]]
        assert heads == ["e0acdf75", "ef98f978", "7dc6cca8", "010fcec1", "c663b71b"]
        assert (result.seed, result.digest) == (S, RESULT)

    def test_declaration_to_the_byte(self):
        assert VECTOR_DECLARATION.to_bytes().decode() == (
            "los1 declaration\ndraw test-5-of-7\nversion 1\nseats 5\nfrozen 2023-08-22T12:00:00Z\n"
            f"pool {POOL}\nlottery -\nrejected -\ndrand {lottery.CHAIN} 1000\npublic dice6 20\n"
            "fallback lotto6aus49 2023-08-26\n"
        )

    def test_rank_is_the_hmac_of_the_text(self):
        key = bytes.fromhex(S)
        for name in TICKETS:
            message = b"los1 rank\n" + name.encode()
            assert lottery.rank(key, name) == hmac.digest(key, message, "sha256")

    def test_files_read_back(self):
        result = lottery.draw(VECTOR_POOL, VECTOR_DECLARATION, VECTOR_SEED)
        rejected = Rejected("a", ("0" * 40,), ("no-resident",))
        records = (VECTOR_POOL, VECTOR_DECLARATION, VECTOR_SEED, TYPED_POOL, ROWS, result, rejected)
        for record in records:
            assert type(record).from_bytes(record.to_bytes()) == record


class TestCommand:
    def test_says_seats_notice_and_hash(self, tmp_path):
        code, out, err = run(vector_folder(tmp_path), "--fingerprint", C)
        order = lottery.draw(VECTOR_POOL, VECTOR_DECLARATION, VECTOR_SEED).order
        seats = [f"seat {place} {name}" for place, name in enumerate(order[:5], 1)]
        assert (code, out, err) == (0, [*seats, BEACON, f"result sha256 {RESULT}"], [])

    def test_says_fallback(self, tmp_path):
        seed = replace(VECTOR_SEED, signature="-", fallback="01-02-03-04-05-49-0")
        code, out, err = run(vector_folder(tmp_path, seed=seed))
        assert (code, out[5], err) == (0, "FALLBACK USED", [])
        assert (len(out), out[6][:14]) == (7, "result sha256 ")

    def test_compares_the_result(self, tmp_path):
        result = lottery.draw(VECTOR_POOL, VECTOR_DECLARATION, VECTOR_SEED)
        assert run(vector_folder(tmp_path, result=result))[0] == 0
        swapped = replace(result, order=(*result.order[:5], result.order[6], result.order[5]))
        told = run(vector_folder(tmp_path, result=swapped))
        assert told == (1, [], ["result.txt: line 8: not what the other files come to"])

    def test_one_line_for_another_fingerprint(self, tmp_path):
        told = run(vector_folder(tmp_path), "--fingerprint", HEX)
        assert told == (1, [], ["declaration.txt: line 1: not your fingerprint"])

    def test_one_line_for_a_missing_file(self, tmp_path):
        (vector_folder(tmp_path) / "seed.txt").unlink()
        assert run(tmp_path) == (1, [], ["seed.txt: line 1: No such file or directory"])

    def test_a_rejected_list_is_declared_and_there_or_neither(self, tmp_path):
        rejected = Rejected("test-5-of-7", ("0" * 40,), ("age",))
        told = run(vector_folder(tmp_path, rejected=rejected))
        assert told == (1, [], ["declaration.txt: line 8: not the SHA-256 of that file"])
        declaration = replace(VECTOR_DECLARATION, rejected=rejected.digest)
        seed = replace(VECTOR_SEED, declaration=declaration.digest)
        (tmp_path / "rejected.txt").unlink()
        told = run(vector_folder(tmp_path, declaration=declaration, seed=seed))
        assert told == (1, [], ["rejected.txt: line 1: is missing"])
        folder = vector_folder(tmp_path, declaration=declaration, seed=seed, rejected=rejected)
        assert run(folder)[0] == 0

    def test_quotas(self, tmp_path):
        declaration, seed = declared(TYPED_POOL, 3, lottery=ROWS.digest)
        files = {"pool": TYPED_POOL, "declaration": declaration, "seed": seed, "lottery": ROWS}
        code, out, err = run(vector_folder(tmp_path, **files))
        assert (code, len(out), err) == (0, 4, [])  # no beacon, so no notice about one

    def test_no_neighbour_bears_a_name_of_the_standard_library(self):
        names = {path.stem for path in SCRIPT.parent.iterdir()}
        assert names & set(sys.stdlib_module_names) == set()


def unfit(file, line, *files):
    with pytest.raises(LotteryFault) as caught:
        lottery.draw(*files)
    assert (caught.value.file, caught.value.line) == (file, line)


class TestFit:
    def test_of_the_seed(self):
        files = (VECTOR_POOL, VECTOR_DECLARATION)
        lotto = {"signature": "-", "fallback": "01-02-03-04-05-49-0"}
        unfit("seed.txt", 2, *files, replace(VECTOR_SEED, declaration=HEX))
        unfit("seed.txt", 3, *files, replace(VECTOR_SEED, round=1001))
        unfit("seed.txt", 3, *files, replace(VECTOR_SEED, signature="-"))
        unfit("seed.txt", 4, *files, replace(VECTOR_SEED, public="1"))
        unfit("seed.txt", 4, *files, replace(VECTOR_SEED, public="-"))
        told = replace(VECTOR_DECLARATION, fallback=None)
        seed = replace(VECTOR_SEED, declaration=told.digest, **lotto)
        unfit("seed.txt", 5, VECTOR_POOL, told, seed)

    def test_of_the_pool(self):
        other = Pool("test-5-of-7", TICKETS[1:])
        unfit("declaration.txt", 6, other, VECTOR_DECLARATION, VECTOR_SEED)
        unfit("declaration.txt", 4, VECTOR_POOL, *declared(VECTOR_POOL, 8))
        unfit("declaration.txt", 2, VECTOR_POOL, *declared(VECTOR_POOL, 5, draw="another"))
        unfit("declaration.txt", 7, TYPED_POOL, *declared(TYPED_POOL, 3))

    def test_of_the_lottery(self):
        told, seed = declared(TYPED_POOL, 3, lottery=ROWS.digest)
        unfit("declaration.txt", 7, TYPED_POOL, told, seed)
        unfit("declaration.txt", 7, VECTOR_POOL, VECTOR_DECLARATION, VECTOR_SEED, ROWS)
        for rows, line in (
            (replace(ROWS, types=("f|1", "f|3", "m|1")), 4),
            (replace(ROWS, rows=((10, (0, 0, 3)),)), 6),
            (replace(ROWS, rows=((5, (1, 1, 1)), (5, (1, 1, 2)))), 7),
        ):
            told, seed = declared(TYPED_POOL, 3, lottery=rows.digest)
            unfit("lottery.txt", line, TYPED_POOL, told, seed, rows)

    def test_of_the_rejected(self):
        for tickets, line in ((("0" * 40, TICKETS[0]), 5), ((TICKETS[3],), 4)):
            rejected = Rejected("test-5-of-7", tickets, ("age",) * len(tickets))
            told, seed = declared(VECTOR_POOL, 5, rejected=rejected.digest)
            unfit("rejected.txt", line, VECTOR_POOL, told, seed, None, rejected)

    def test_of_a_declaration_made_by_hand(self):
        late = replace(VECTOR_DECLARATION, frozen=datetime(2023, 8, 22, 16, tzinfo=UTC))
        unfit("declaration.txt", 9, VECTOR_POOL, late, VECTOR_SEED)
