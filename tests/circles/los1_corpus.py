"""Makes los1 draw folders (a dict of bytes) of every kind and size, with the tools to spoil one.
Written naively on purpose, as a third opinion beside the two programs under test."""

from __future__ import annotations

import hashlib
import hmac
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

Folder = dict[str, bytes]
Edits = dict[tuple[str, int], str | None]  # (file, line from 1): its new text, None to leave it out

QUICKNET = "52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971"
VECTOR_SIGNATURE = (
    "b44679b9a59af2ec876b1a6b1ad52ea9b1615fc3982b19576350f93447cb1125"
    "e342b73a8dd2bacbe47e4b6b63ed5e39"
)
VECTOR_RESULT = "1e44a02a511dd72c6a14e226a3cb6c4f3039cfb2b4ae41156bde28a1c721c567"
ROUND = 1000  # 2023-08-23T15:59:24Z
D, S, P, R, L = "declaration.txt", "seed.txt", "pool.txt", "rejected.txt", "lottery.txt"
KINDS = ("simple", "beacon", "dice", "fallback", "rejected", "quotas")

REFUSE = "refuse"  # the folder breaks a rule
OTHER = "other"  # the folder is valid and gives another result than the unspoilt one
EITHER = "either"  # a byte of the seed: refused, or another result
INPUTS = ("pool.txt", "lottery.txt", "rejected.txt", "declaration.txt", "seed.txt")


@dataclass(frozen=True)
class Mutation:
    """A spoilt folder, how it was spoilt, and what has to become of it."""

    name: str
    folder: Folder
    want: str


def sha(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def page(*lines: str) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode("ascii")


def ticket_of(draw: str, nonce: str, identity: str) -> str:
    return sha(page("los1 ticket", draw, nonce, identity))[:40]


def vector() -> Folder:
    """The folder of section 13."""
    nonces = [sha(page("los1 test nonce", str(i)))[:32] for i in range(7)]
    tickets = sorted(
        ticket_of("test-5-of-7", nonce, f"person{i}@example.org") for i, nonce in enumerate(nonces)
    )
    pool = page("los1 pool", "draw test-5-of-7", "count 7", *tickets)
    declaration = page(
        *["los1 declaration", "draw test-5-of-7", "version 1", "seats 5"],
        *["frozen 2023-08-22T12:00:00Z", f"pool {sha(pool)}", "lottery -", "rejected -"],
        *[f"drand {QUICKNET} 1000", "public dice6 20", "fallback lotto6aus49 2023-08-26"],
    )
    seed = page(
        *["los1 seed", f"declaration {sha(declaration)}", f"drand 1000 {VECTOR_SIGNATURE}"],
        *["public 16253416253416253412", "fallback -"],
    )
    return with_result({"pool.txt": pool, "declaration.txt": declaration, "seed.txt": seed})


def build(kind: str, size: int, number: int = 0) -> Folder:
    """A valid folder of one of KINDS with `size` tickets; the same arguments, the same bytes."""
    chance = random.Random(f"{kind} {size} {number}")
    draw = f"test-{kind}-{number}"
    seats = chance.randint(1, min(size, 12))
    tickets = sorted(f"{chance.getrandbits(160):040x}" for _ in range(size))
    beside = [""] * size
    folder: Folder = {}
    if kind == "quotas":
        genders, ages = "dfm"[: chance.randint(1, 3)], ["18-", "30+", "60+"][: chance.randint(1, 3)]
        all_types = [f"{gender}|{age}" for gender in genders for age in ages]
        strata = [chance.choice(all_types) for _ in tickets]
        beside = [f" {stratum}" for stratum in strata]
        folder["lottery.txt"] = lottery_page(chance, draw, seats, strata)
    if kind == "rejected":
        others = sorted(f"{chance.getrandbits(160):040x}" for _ in range(2 + size // 3))
        reasons = [chance.choice(["no-residence", "under-16", "late"]) for _ in others]
        lines = [f"{other} {reason}" for other, reason in zip(others, reasons, strict=True)]
        folder["rejected.txt"] = page(
            "los1 rejected", f"draw {draw}", f"count {len(lines)}", *lines
        )
    lines = [ticket + word for ticket, word in zip(tickets, beside, strict=True)]
    folder["pool.txt"] = page("los1 pool", f"draw {draw}", f"count {size}", *lines)
    dice = 0 if kind == "beacon" else chance.randint(20 if kind == "dice" else 1, 200)
    with_fallback = kind == "fallback" or (kind in ("simple", "quotas") and number % 2)
    folder["declaration.txt"] = page(
        *["los1 declaration", f"draw {draw}", f"version {chance.randint(1, 3)}", f"seats {seats}"],
        *["frozen 2023-08-22T12:00:00Z", f"pool {sha(folder['pool.txt'])}"],
        *[f"{name} {hash_or_dash(folder, name)}" for name in ("lottery", "rejected")],
        "drand none 0" if kind == "dice" else f"drand {QUICKNET} {ROUND}",
        f"public dice6 {dice}" if dice else "public none 0",
        "fallback lotto6aus49 2023-08-26" if with_fallback else "fallback none",
    )
    thrown = "".join(chance.choice("123456") for _ in range(dice)) or "-"
    signature = f"drand {ROUND} {chance.getrandbits(384):096x}"
    lotto = "-".join(f"{n:02d}" for n in sorted(chance.sample(range(1, 50), 6)))
    folder["seed.txt"] = page(
        *["los1 seed", f"declaration {sha(folder['declaration.txt'])}"],
        {"dice": "drand 0 -", "fallback": f"drand {ROUND} -"}.get(kind, signature),
        f"public {thrown}",
        f"fallback {lotto}-{chance.randint(0, 9)}" if kind == "fallback" else "fallback -",
    )
    return with_result(folder)


def hash_or_dash(folder: Folder, name: str) -> str:
    return sha(folder[f"{name}.txt"]) if f"{name}.txt" in folder else "-"


def lottery_page(chance: random.Random, draw: str, seats: int, strata: list[str]) -> bytes:
    """Rows that random panels have, and the quotas that all of them happen to meet."""
    types = sorted(set(strata))
    rows = set()
    for _ in range(chance.randint(2, 9)):
        panel = chance.sample(strata, seats)
        rows.add(tuple(panel.count(kind) for kind in types))
    quotas = []
    for index in (0, 1):
        for value in sorted({kind.split("|")[index] for kind in types}):
            counts = [
                sum(
                    c for c, kind in zip(row, types, strict=True) if kind.split("|")[index] == value
                )
                for row in rows
            ]
            quotas.append(f"quota {index} {value} {min(counts)} {max(counts)}")
    weights = [chance.choice([1, 2, 99, 1234]) for _ in rows]
    lines = [
        " ".join(map(str, [weight, *row]))
        for weight, row in zip(weights, sorted(rows), strict=True)
    ]
    total, named = f"total {sum(weights)}", f"types {' '.join(types)}"
    return page("los1 lottery", f"draw {draw}", total, named, *quotas, *lines)


def lot_below(key: bytes, total: int) -> int:
    """The u of section 7."""
    counter = 0
    while True:
        mac = hmac.new(key, f"los1 panel\n{counter}".encode(), "sha256").digest()
        x = int.from_bytes(mac[:8], "big")
        if x < 2**64 - 2**64 % total:
            return x % total
        counter += 1


def with_result(folder: Folder) -> Folder:
    """The folder with the result.txt that sections 6 to 8 give to its (trusted) files."""
    pool = [line.split() for line in folder["pool.txt"].decode().splitlines()[3:]]
    key = hashlib.sha256(folder["seed.txt"]).digest()
    order = sorted(
        pool, key=lambda p: (hmac.new(key, f"los1 rank\n{p[0]}".encode(), "sha256").digest(), p[0])
    )
    found = re.search(rb"^seats (.*)$", folder["declaration.txt"], re.M)
    seats = order[: int(found[1]) if found else 0]
    if "lottery.txt" in folder:
        lines = [line.split() for line in folder["lottery.txt"].decode().splitlines()]
        lot = lot_below(key, int(lines[2][1]))
        for row in (line for line in lines[4:] if line[0] != "quota"):
            lot -= int(row[0])
            if lot < 0:
                break
        left = dict(zip(lines[3][1:], map(int, row[1:]), strict=True))
        seats = []
        for ticket, kind in order:
            if left[kind] > 0:
                left[kind] -= 1
                seats.append([ticket, kind])
    places = [*seats, *(one for one in order if one not in seats)]
    lines_out = [f"{place} {one[0]}" for place, one in enumerate(places, 1)]
    return {**folder, "result.txt": page("los1 result", f"seed {key.hex()}", *lines_out)}


def reseal(original: Folder, changed: Folder) -> Folder:
    """Carry new hashes into declaration and seed, so that only the fault itself is left to find.

    An unchanged published result is taken away: it would be refused anyhow.
    """
    folder = dict(changed)
    if folder.get("result.txt") == original.get("result.txt"):
        folder.pop("result.txt", None)
    for outer, inner_names in (("declaration.txt", INPUTS[:3]), ("seed.txt", INPUTS[3:4])):
        for inner in inner_names:
            if inner in original and inner in folder:
                old, new = sha(original[inner]).encode(), sha(folder[inner]).encode()
                folder[outer] = folder[outer].replace(old, new)
    return folder


def edit(folder: Folder, edits: Edits) -> Folder:
    """The folder with some lines replaced (a text may hold several) and sealed anew."""
    changed = dict(folder)
    for name in {name for name, _ in edits}:
        lines: list[str | None] = [*folder[name].decode().splitlines()]
        for (file, number), text in edits.items():
            if file == name:
                lines[number - 1] = text
        changed[name] = page(*[line for line in lines if line is not None])
    return reseal(folder, changed)


def line_of(folder: Folder, name: str, number: int) -> str:
    return folder[name].decode().splitlines()[number - 1]


def one_line(folder: Folder, name: str, number: int, texts: dict[str, str]) -> Iterator[Mutation]:
    """One line replaced by each text, and what is wanted of that."""
    for text, want in texts.items():
        spoilt = edit(folder, {(name, number): text})
        yield Mutation(f"{name} line {number} is {text[:120]!r}", spoilt, want)


def lay_out(directory: Path, folder: Folder, there: Folder | None = None) -> None:
    """Write a folder to disk; only what changes if `there` tells what lies in the directory."""
    for name, content in (there or {}).items():
        if folder.get(name) != content:
            (directory / name).unlink()  # to write over a file is slower than to write a new one
    for name, content in folder.items():
        if there is None or there.get(name) != content:
            (directory / name).write_bytes(content)
