"""The verifiable lottery los1: out of published files comes a result that anyone can recompute.
Pure and standard library only; a citizen runs `python3 circles/lottery.py DIR [--fingerprint C]`.
"""

from __future__ import annotations

import argparse
import hashlib
import hmac
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from functools import lru_cache, partial
from itertools import accumulate, count, zip_longest
from operator import le, lt, mul
from pathlib import Path
from typing import ClassVar, NamedTuple, Self

CHAIN = "52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971"  # drand quicknet
GENESIS, PERIOD, DAY, EPOCH = 1_692_803_367, 3, 86_400, datetime(1970, 1, 1, tzinfo=UTC)  # seconds
MOST_TICKETS, MOST_TOTAL = 10**7, 10**9
DRAW, TICKET, HASH, REASON = "[a-z0-9-]{1,64}", "[0-9a-f]{40}", "[0-9a-f]{64}", "[a-z0-9-]{1,40}"
POSITIVE, VALUE, DATE = "[1-9][0-9]{0,18}", "[A-Za-z0-9+._-]+", "[0-9]{4}-[0-9]{2}-[0-9]{2}"
NUMBER, STRATUM = f"0|{POSITIVE}", rf"{VALUE}(?:\|{VALUE})*"
_ALLOWED, TIME = bytes(range(0x20, 0x7F)) + b"\n", DATE + "T(?!24)[0-9]{2}:[0-9]{2}:[0-9]{2}Z"
_FLAW = re.compile(rb"[^ -~\n]|(?<![^\n])[ \n]| (?=[ \n])|[^\n]\Z|\A\Z")


class LotteryFault(Exception):
    """A file (or an input) is not what los1 demands; names the file and its 1-based line."""

    def __init__(self, file: str, line: int, message: str) -> None:
        super().__init__(f"{file}: line {line}: {message}")
        self.file, self.line, self.message = file, line, message


def demand(holds: object, file: str, line: int, message: str) -> None:
    """LotteryFault unless it holds; never `assert`, which python -O drops."""
    if not holds:
        raise LotteryFault(file, line, message)


def moment(text: str, file: str, line: int) -> datetime:
    """A date or time that the calendar has (no leap seconds), in UTC."""
    try:
        return datetime.fromisoformat(text).replace(tzinfo=UTC)
    except ValueError:
        raise LotteryFault(file, line, "no such date or time in the calendar") from None


def take(line: str, form: str, file: str, at: int) -> Sequence[str]:
    """The groups of the regex `form`, which the whole line must match."""
    match = re.fullmatch(form, line)
    if match is None:
        raise LotteryFault(file, at, f"expected: {form}")
    return match.groups()


def parse(data: bytes, file: str, *head: str) -> tuple[list[str], list[str]]:
    """The groups found in the head, one regex a line, and the lines that follow (section 0)."""
    edges = data[:1] in (b"", b" ", b"\n") or data[-1:] != b"\n"
    pairs = any(pair in data for pair in (b"  ", b" \n", b"\n ", b"\n\n"))
    if edges or pairs or data.translate(None, _ALLOWED):  # only now the slow search for where
        at = flaw.start() if (flaw := _FLAW.search(data)) else 0
        rule = "only 0x21-0x7e, single spaces between, a line feed after every line"
        raise LotteryFault(file, data.count(b"\n", 0, at) + 1, f"{data[at : at + 1]!r}: {rule}")
    lines = data[:-1].decode("ascii").split("\n")
    found: list[str] = []
    for at, form in enumerate(head, 1):
        found += take(lines[at - 1] if at <= len(lines) else "", form, file, at)
    return found, lines[len(head) :]


class File:
    """A published file; from_bytes is strict (LotteryFault), to_bytes gives those bytes again."""

    _lines: Callable[[], Iterable[str]]  # each kind of file has its own

    def to_bytes(self) -> bytes:
        """The file to publish."""
        return "\n".join((*self._lines(), "")).encode("ascii")

    @property
    def digest(self) -> str:
        """H(file), 64 hex."""
        return hashlib.sha256(self.to_bytes()).hexdigest()


@dataclass(frozen=True)
class Pool(File):
    """Everybody who takes part: tickets ascending; with quotas each has a stratum (section 2)."""

    draw: str
    tickets: tuple[str, ...]
    notes: tuple[str, ...] = ()  # the strata
    KIND: ClassVar[str] = "pool"

    @classmethod
    def from_bytes(cls, data: bytes, name: str = "") -> Self:
        file, pool = name or f"{cls.KIND}.txt", cls.KIND == "pool"
        head = f"los1 {cls.KIND}", f"draw ({DRAW})", f"count ({NUMBER if pool else POSITIVE})"
        (draw, number), lines = parse(data, file, *head)
        size, first, last = int(number), lines[0] if lines else "", ""
        demand(size <= MOST_TICKETS, file, 3, f"more than {MOST_TICKETS}")
        demand(size == len(lines), file, 4 + min(len(lines), size), "not `count` lines")
        stratum = rf"{VALUE}(?:\|{VALUE}){{{first.count('|')}}}" if " " in first else ""
        note = stratum if pool else REASON
        fits = re.compile(f"{TICKET} {note}" if note else TICKET).fullmatch
        for at, line in enumerate(lines, 4):
            if not fits(line) or line[:40] <= last:
                raise LotteryFault(file, at, "not 40 hex, not ascending or not like the first")
            last = line[:40]
        notes = map(sys.intern, (line[41:] for line in lines))  # one string each, not one per line
        return cls(draw, tuple([line[:40] for line in lines]), tuple(notes) if note else ())

    def _lines(self) -> Iterable[str]:
        yield from (f"los1 {self.KIND}", f"draw {self.draw}", f"count {len(self.tickets)}")
        pairs = zip(self.tickets, self.notes, strict=True) if self.notes else ()
        yield from map(" ".join, pairs) if self.notes else self.tickets


@dataclass(frozen=True)
class Rejected(Pool):
    """Everybody who does not take part; the notes are the reason codes (section 4)."""

    KIND: ClassVar[str] = "rejected"


@dataclass(frozen=True)
class Declaration(File):
    """What is promised before anybody can know; its digest is the fingerprint C (section 4)."""

    draw: str
    version: int
    seats: int
    frozen: datetime
    pool: str
    lottery: str  # a hash or `-`, likewise `rejected`
    rejected: str
    round: int  # 0: dice only
    dice: int  # 0: no public value
    fallback: date | None

    @classmethod
    def from_bytes(cls, data: bytes, name: str = "declaration.txt") -> Self:
        (draw, version, seats, time, pool, rows, refused, drand, public, end), rest = parse(
            data, name, "los1 declaration", f"draw ({DRAW})", f"version ({POSITIVE})",
            f"seats ({POSITIVE})", f"frozen ({TIME})", f"pool ({HASH})", f"lottery ({HASH}|-)",
            f"rejected ({HASH}|-)", f"drand ({CHAIN} {POSITIVE}|none 0)",
            f"public (dice6 {POSITIVE}|none 0)", f"fallback (none|lotto6aus49 {DATE})")  # fmt: skip
        demand(not rest, name, 12, "nothing may follow")
        frozen, drawn, dice = moment(time, name, 5), int(drand.split(" ")[1]), int(public[5:])
        out, ready = GENESIS + PERIOD * (drawn - 1), (frozen - EPOCH) // timedelta(seconds=1) + DAY
        demand(not drawn or out >= ready, name, 9, "the round comes before `frozen` + 86400 s")
        fits = dice <= 200 if drawn else 20 <= dice <= 200
        demand(fits, name, 10, "1 to 200 dice, without a round 20 to 200")
        last = None if end == "none" else moment(end[12:], name, 11).date()
        later = not last or (drawn and (last - EPOCH.date()).days >= out // DAY + 2)
        demand(later, name, 11, "a fallback needs a round and a date at least 2 days after it")
        return cls(draw, int(version), int(seats), frozen, pool, rows, refused, drawn, dice, last)

    def _lines(self) -> Iterable[str]:
        frozen = self.frozen.astimezone(UTC).isoformat()[:19]
        yield from ("los1 declaration", f"draw {self.draw}", f"version {self.version}")
        yield from (f"seats {self.seats}", f"frozen {frozen}Z", f"pool {self.pool}")
        yield from (f"lottery {self.lottery}", f"rejected {self.rejected}")
        yield f"drand {CHAIN} {self.round}" if self.round else "drand none 0"
        yield f"public dice6 {self.dice}" if self.dice else "public none 0"
        yield f"fallback lotto6aus49 {self.fallback}" if self.fallback else "fallback none"


@dataclass(frozen=True)
class Seed(File):
    """What nobody could know before; `-` for what is absent (section 5)."""

    declaration: str
    round: int
    signature: str
    public: str
    fallback: str

    @classmethod
    def from_bytes(cls, data: bytes, name: str = "seed.txt") -> Self:
        (declaration, number, signature, public, fallback), rest = parse(
            data, name, "los1 seed", f"declaration ({HASH})",
            f"drand ({NUMBER}) ([0-9a-f]{{96}}|-)", "public ([1-6]{1,200}|-)",
            "fallback ((?:[0-4][0-9]-){6}[0-9]|-)")  # fmt: skip
        demand(not rest, name, 6, "nothing may follow")
        chance = (signature != "-") + (fallback != "-")
        demand(chance == (number != "0"), name, 3, "a round takes a signature or a fallback value")
        numbers = ["00", *fallback.split("-")[:6]] if fallback != "-" else []
        demand(all(map(lt, numbers, numbers[1:])), name, 5, "01 to 49 ascending strictly")
        return cls(declaration, int(number), signature, public, fallback)

    def _lines(self) -> Iterable[str]:
        yield from ("los1 seed", f"declaration {self.declaration}")
        yield from (f"drand {self.round} {self.signature}", f"public {self.public}")
        yield f"fallback {self.fallback}"


class Quota(NamedTuple):
    """Of those whose stratum has `value` in place `attribute`, `least` to `most` are seated."""

    attribute: int
    value: str
    least: int
    most: int

    def met(self, seated: Iterable[tuple[str, int]]) -> bool:
        """Whether so many seated people of each stratum keep this quota."""
        has = sum(n for stratum, n in seated if stratum.split("|")[self.attribute] == self.value)
        return self.least <= has <= self.most


@dataclass(frozen=True)
class LotteryRows(File):
    """With quotas: the circles of which one is drawn, as (weight, people per type) (section 3)."""

    draw: str
    total: int
    types: tuple[str, ...]
    quotas: tuple[Quota, ...]
    rows: tuple[tuple[int, tuple[int, ...]], ...]

    @classmethod
    def from_bytes(cls, data: bytes, name: str = "lottery.txt") -> Self:
        head = f"draw ({DRAW})", f"total ({POSITIVE})", f"types ({STRATUM}(?: {STRATUM})*)"
        (draw, total, strata), lines = parse(data, name, "los1 lottery", *head)
        types, quotas, rows = tuple(strata.split(" ")), list[Quota](), [(0, tuple[int, ...]())]
        even = len({stratum.count("|") for stratum in types}) == 1
        demand(even and all(map(lt, types, types[1:])), name, 4, "even types, ascending strictly")
        quota = f"quota ({NUMBER}) ({VALUE}) ({NUMBER}) ({NUMBER})"
        for at, line in enumerate(lines, 5):
            if line.startswith("quota ") and len(rows) == 1:
                index, value, *limits = take(line, quota, name, at)
                demand(int(index) <= types[0].count("|"), name, at, "no such attribute")
                quotas.append(Quota(int(index), value, *map(int, limits)))
                continue
            take(line, f"{POSITIVE}(?: (?:{NUMBER})){{{len(types)}}}", name, at)
            weight, *counts = map(int, line.split(" "))
            demand(rows[-1][1] < tuple(counts), name, at, "count vectors must ascend strictly")
            seated = list(zip(types, counts, strict=True))
            demand(all(quota.met(seated) for quota in quotas), name, at, "breaks a quota")
            rows.append((weight, tuple(counts)))
        fits = sum(weight for weight, _ in rows) == int(total) <= MOST_TOTAL
        demand(fits, name, 3, f"weights must sum to the total, at most {MOST_TOTAL}")
        return cls(draw, int(total), types, tuple(quotas), tuple(rows[1:]))

    def _lines(self) -> Iterable[str]:
        yield from ("los1 lottery", f"draw {self.draw}", f"total {self.total}")
        yield f"types {' '.join(self.types)}"
        yield from (f"quota {' '.join(map(str, quota))}" for quota in self.quotas)
        yield from (" ".join(map(str, (weight, *counts))) for weight, counts in self.rows)


@dataclass(frozen=True)
class Result(File):
    """The whole pool in drawn order: seats first, then the reserve list (section 8)."""

    seed: str
    order: tuple[str, ...]

    @classmethod
    def from_bytes(cls, data: bytes, name: str = "result.txt") -> Self:
        (seed,), lines = parse(data, name, "los1 result", f"seed ({HASH})")
        places: dict[str, int] = {}
        for place, line in enumerate(lines, 1):
            number, ticket = take(line, f"({NUMBER}) ({TICKET})", name, place + 2)
            fits = int(number) == place == places.setdefault(ticket, place)
            demand(fits, name, place + 2, "places count from 1, and each ticket has one")
        return cls(seed, tuple(places))

    def _lines(self) -> Iterable[str]:
        yield from ("los1 result", f"seed {self.seed}")
        yield from (f"{place} {ticket}" for place, ticket in enumerate(self.order, 1))


@lru_cache(maxsize=1)
def _keyed(seed_key: bytes) -> hmac.HMAC:
    return hmac.new(seed_key, b"los1 rank\n", "sha256")


def rank(seed_key: bytes, ticket: str) -> bytes:
    """A ticket's rank under S, 32 bytes; the smallest comes first (section 6)."""
    mac = _keyed(seed_key).copy()  # keying it anew for each of a million takes twice as long
    mac.update(ticket.encode("ascii"))
    return mac.digest()


def panel(seed_key: bytes, rows: LotteryRows) -> tuple[int, ...]:
    """How many people of each type this seed draws (section 7)."""
    limit = 2**64 - 2**64 % rows.total  # from here on the remainders would be uneven
    macs = (hmac.digest(seed_key, b"los1 panel\n%d" % n, "sha256") for n in count())
    drawn = next(x for mac in macs if (x := int.from_bytes(mac[:8], "big")) < limit)
    tops = zip(accumulate(weight for weight, _ in rows.rows), rows.rows, strict=True)
    return next(counts for top, (_, counts) in tops if top > drawn % rows.total)


def chances(pool: Pool, rows: LotteryRows) -> dict[str, Fraction]:
    """By stratum, the exact chance of each of its tickets; over all tickets they sum to k."""
    sizes, weights = Counter(pool.notes), [weight for weight, _ in rows.rows]
    columns = zip(rows.types, zip(*(counts for _, counts in rows.rows), strict=True), strict=True)
    return {t: Fraction(sum(map(mul, weights, c)), rows.total * sizes[t]) for t, c in columns}


def check(pool: Pool, declaration: Declaration, rows: LotteryRows | None = None,
          rejected: Rejected | None = None) -> None:  # fmt: skip
    """LotteryFault unless the files that freeze together fit each other (sections 2 to 4)."""
    told, sizes, seats = "declaration.txt", Counter(pool.notes), declaration.seats
    Declaration.from_bytes(declaration.to_bytes())  # it may have been made by hand
    hashes = (pool, declaration.pool), (rows, declaration.lottery), (rejected, declaration.rejected)
    for at, (file, digest) in enumerate(hashes, 6):
        demand(not file or file.digest == digest, told, at, "not the SHA-256 of that file")
        demand(not file or file.draw == declaration.draw, told, 2, "other files name another draw")
    quotas = bool(rows) == (declaration.lottery != "-") == bool(sizes)
    demand(quotas, told, 7, "lottery.txt, its hash and strata in the pool: all or none")
    demand(seats <= len(pool.tickets), told, 4, "more seats than tickets")
    taken = set(pool.tickets) if rejected else set[str]()
    for at, ticket in enumerate(rejected.tickets if rejected else (), 4):
        demand(ticket not in taken, "rejected.txt", at, "this ticket is also in the pool")
    if rows:
        demand(rows.types == tuple(sorted(sizes)), "lottery.txt", 4, "not the pool's strata")
        for at, (_, counts) in enumerate(rows.rows, 5 + len(rows.quotas)):
            fits = sum(counts) == seats and all(map(le, counts, map(sizes.__getitem__, rows.types)))
            demand(fits, "lottery.txt", at, "not as many people as seats, or as a type has")


def draw(pool: Pool, declaration: Declaration, seed: Seed, rows: LotteryRows | None = None,
         rejected: Rejected | None = None) -> Result:  # fmt: skip
    """The one result of these files; LotteryFault if they do not fit (sections 5 to 8)."""
    check(pool, declaration, rows, rejected)
    Seed.from_bytes(seed.to_bytes())
    file, digits = "seed.txt", 0 if seed.public == "-" else len(seed.public)
    demand(seed.declaration == declaration.digest, file, 2, "not the SHA-256 of declaration.txt")
    demand(seed.round == declaration.round, file, 3, "not the declared round")
    demand(digits == declaration.dice, file, 4, "not the declared number of dice")
    demand(declaration.fallback or seed.fallback == "-", file, 5, "no fallback was declared")
    key = bytes.fromhex(seed.digest)  # S
    order = sorted(pool.tickets, key=partial(rank, key))  # stable, so ties ascend by ticket
    if rows:
        left = dict(zip(rows.types, panel(key, rows), strict=True))
        strata = dict(zip(pool.tickets, pool.notes, strict=True))
        lists: tuple[list[str], list[str]] = ([], [])  # seats, reserve
        for ticket in order:
            left[strata[ticket]] -= 1
            lists[left[strata[ticket]] < 0].append(ticket)
        order = lists[0] + lists[1]
    return Result(seed.digest, tuple(order))


def verdict(folder: Path, fingerprint: str | None) -> list[str]:
    """What the files in a folder come to, line by line; LotteryFault if anything is amiss."""

    def read(file: str) -> bytes:
        try:
            return (folder / file).read_bytes()
        except OSError as error:
            raise LotteryFault(file, 1, error.strerror or "cannot be read") from None

    declaration = Declaration.from_bytes(read("declaration.txt"))
    there = {path.name for path in folder.glob("*.txt")}
    demand(declaration.rejected == "-" or "rejected.txt" in there, "rejected.txt", 1, "is missing")
    rows = LotteryRows.from_bytes(read("lottery.txt")) if "lottery.txt" in there else None
    rejected = Rejected.from_bytes(read("rejected.txt")) if "rejected.txt" in there else None
    seed, pool = Seed.from_bytes(read("seed.txt")), Pool.from_bytes(read("pool.txt"))
    demand(fingerprint in (None, declaration.digest), "declaration.txt", 1, "not your fingerprint")
    result = draw(pool, declaration, seed, rows, rejected)
    ours = result.to_bytes()
    if "result.txt" in there and (theirs := read("result.txt")) != ours:
        Result.from_bytes(theirs)
        pairs = zip_longest(theirs.split(b"\n"), ours.split(b"\n"))
        at = next(n for n, (their, our) in enumerate(pairs, 1) if their != our)
        raise LotteryFault("result.txt", at, "not what the other files come to")
    lines = [f"seat {n} {t}" for n, t in enumerate(result.order[: declaration.seats], 1)]
    lines += ["beacon not checked: compare with two drand relays"] * (seed.signature != "-")
    lines += ["FALLBACK USED"] * (seed.fallback != "-")
    return [*lines, f"result sha256 {result.digest}"]


def main(argv: Sequence[str]) -> int:
    """Print the verdict; 0, or 1 after one line that names file, line and fault."""
    parser = argparse.ArgumentParser(description="Recompute a los1 draw from its published files.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--fingerprint", help="C, as it stood in your mail")
    options = parser.parse_args(argv)
    try:
        print("\n".join(verdict(options.folder, options.fingerprint)))
    except LotteryFault as fault:
        print(fault, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
