"""Spoils the lists of a los1 draw: pool, rejected tickets, quota rows, result, and whole files.
Each spoilt folder says what the text of los1 wants of it: refusal, or another valid result."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from tests.circles.los1_corpus import (
    OTHER,
    REFUSE,
    D,
    Folder,
    L,
    Mutation,
    P,
    R,
    S,
    build,
    edit,
    line_of,
    one_line,
    page,
    reseal,
    sha,
)


def lines_of(folder: Folder, name: str) -> list[str]:
    return folder[name].decode().splitlines()


def whole(folder: Folder, name: str, lines: list[str]) -> Folder:
    return reseal(folder, {**folder, name: page(*lines)})


def list_faults(folder: Folder, name: str) -> Iterator[Mutation]:
    """Order, count and spelling of a list of tickets."""
    head, rows = lines_of(folder, name)[:2], lines_of(folder, name)[3:]
    word = f"count {len(rows)}"
    wrong = [
        "0",
        f"0{len(rows)}",
        str(len(rows) + 1),
        str(len(rows) - 1),
        "10000001",
        "1" + "0" * 19,
    ]
    for count in (*wrong, f"+{len(rows)}", f"{len(rows)}.0", "-", "", f"{len(rows)} {len(rows)}"):
        spoilt = whole(folder, name, [*head, f"count {count}", *rows])
        yield Mutation(f"{name}: count {count!r} for {len(rows)} lines", spoilt, REFUSE)
    yield Mutation(f"{name}: no tickets", whole(folder, name, [*head, "count 0"]), REFUSE)
    if len(rows) > 1:
        spoilt = whole(folder, name, [*head, word, *reversed(rows)])
        yield Mutation(f"{name}: descending", spoilt, REFUSE)
    for at in sorted({0, len(rows) // 2, len(rows) - 1}):
        ticket, rest = rows[at][:40], rows[at][40:]
        twice = [*rows[: at + 1], rows[at], *rows[at + 1 :]]
        spoilt = whole(folder, name, [*head, f"count {len(twice)}", *twice])
        yield Mutation(f"{name}: ticket {at} twice", spoilt, REFUSE)
        texts = [ticket[1:] + rest, ticket + "0" + rest, "g" + ticket[1:] + rest, rest or "-"]
        texts += [
            ticket + rest + " x",
            ticket + rest + " " + ticket,
            f"{ticket[:20]}-{ticket[20:]}",
        ]
        texts += [rest.strip() + " " + ticket, ticket + rest + "|", ticket + rest + ","]
        if any(letter in "abcdef" for letter in ticket):
            texts.append(ticket.upper() + rest)
        yield from one_line(folder, name, at + 4, dict.fromkeys(texts, REFUSE))
    # The greatest ticket that there can be still is in order at the end, the least at the start.
    yield from one_line(folder, name, len(rows) + 3, {"f" * 40 + rows[-1][40:]: OTHER})
    yield from one_line(folder, name, 4, {"0" * 40 + rows[0][40:]: OTHER})


def pool_faults(folder: Folder) -> Iterator[Mutation]:
    """The pool, and whether it has types exactly if the declaration names a lottery."""
    yield from list_faults(folder, P)
    head, rows = lines_of(folder, P)[:3], lines_of(folder, P)[3:]
    bare = [row[:40] for row in rows]
    if L in folder:
        yield Mutation("types away", whole(folder, P, [*head, *bare]), REFUSE)
        for at in sorted({0, len(rows) - 1}):
            one = [*rows[:at], bare[at], *rows[at + 1 :]]
            yield Mutation(f"type {at} away", whole(folder, P, [*head, *one]), REFUSE)
        for keep_types, want in ((True, REFUSE), (False, OTHER)):
            spoilt = whole(folder, P, [*head, *(rows if keep_types else bare)])
            del spoilt[L]
            spoilt = edit(spoilt, {(D, 7): "lottery -"})
            yield Mutation(f"no lottery, pool types kept: {keep_types}", spoilt, want)
    else:
        typed = whole(folder, P, [*head, *(f"{ticket} m|18-" for ticket in bare)])
        yield Mutation("types without a lottery", typed, REFUSE)
        yield Mutation(
            "lottery.txt unbound", {**reseal(folder, folder), L: b"los1 lottery\n"}, REFUSE
        )


def rejected_faults(folder: Folder) -> Iterator[Mutation]:
    """The rejected list: its reasons, and that no ticket is in both lists."""
    yield from list_faults(folder, R)
    rows = lines_of(folder, R)[3:]
    ticket = rows[0][:40]
    wrong = ["", " ", " Late", " under_16", " " + "x" * 41, " a.b"]
    texts = dict.fromkeys([ticket + reason for reason in wrong], REFUSE)
    right = [" " + "x" * 40, " -", " 1", " a--b"]
    yield from one_line(folder, R, 4, {**texts, **{ticket + reason: OTHER for reason in right}})
    for in_pool in lines_of(folder, P)[3:][:: max(1, len(lines_of(folder, P)) // 3)]:
        both = sorted([*rows, f"{in_pool[:40]} late"])
        lines = [*lines_of(folder, R)[:2], f"count {len(both)}", *both]
        yield Mutation(f"rejected and in the pool: {in_pool}", whole(folder, R, lines), REFUSE)
    without = reseal(folder, folder)
    del without[R]
    yield Mutation("rejected.txt bound but away", without, REFUSE)
    yield Mutation("rejected.txt away", edit(without, {(D, 8): "rejected -"}), OTHER)
    unbound = edit(folder, {(D, 8): "rejected -"})
    yield Mutation("rejected.txt there but unbound", unbound, REFUSE)


def panel(sizes: Counter[str], seats: int, first: str, count: int) -> list[int] | None:
    """Counts that sum to the seats, `count` of them for the first type; None if that cannot be."""
    left = seats - count
    counts = {first: count}
    for kind in sizes:
        if kind != first:
            counts[kind] = min(sizes[kind], left)
            left -= counts[kind]
    return [counts[kind] for kind in sorted(sizes)] if left == 0 else None


def one_row(strata: list[str], seats: int, draw: str) -> list[str]:
    """A lottery without quotas and with a single row, for any types."""
    sizes = Counter(strata)
    counts, left = [], seats
    for kind in sorted(sizes):
        counts.append(min(sizes[kind], left))
        left -= counts[-1]
    row = " ".join(map(str, [1, *counts]))
    return ["los1 lottery", draw, "total 1", f"types {' '.join(sorted(sizes))}", row]


def quota_faults(folder: Folder) -> Iterator[Mutation]:
    """Types, quotas and rows of a draw with quotas."""
    lines = lines_of(folder, L)
    head, types = lines[:2], lines[3].split()[1:]
    quotas = [line for line in lines[4:] if line.startswith("quota ")]
    rows = [line for line in lines[4:] if not line.startswith("quota ")]
    total = int(lines[2].split()[1])
    seats = int(line_of(folder, D, 4).split()[1])
    pool_rows = lines_of(folder, P)[3:]
    strata = [row.split()[1] for row in pool_rows]
    sizes = Counter(strata)

    def lottery(name: str, new: list[str], want: str) -> Mutation:
        return Mutation(f"lottery: {name}", whole(folder, L, [*head, *new]), want)

    wrong = [0, total - 1, total + 1, f"0{total}", f"+{total}", f"{total}.0", "", "-", 10**9 + 1]
    yield from one_line(folder, L, 3, {f"total {text}": REFUSE for text in wrong})
    named = " ".join(types)
    wrong = [
        named + " zz|zz",
        "!!|!! " + named,
        f"{types[0]} {named}",
        " ".join(types[1:]),
        named + "|",
    ]
    wrong += [" ".join(reversed(types))] if len(types) > 1 else []
    yield from one_line(folder, L, 4, {f"types {text}": REFUSE for text in wrong})

    for text, want in {
        **dict.fromkeys(["0 zz 0 0", "1 zz 0 9", f"0 zz 0 {'9' * 19}", "0 A+._-z 0 0"], OTHER),
        **dict.fromkeys(["0 zz 1 9", "0 zz 5 0", "2 zz 0 0", "0 d|30+ 0 9", "-1 zz 0 0"], REFUSE),
        **dict.fromkeys(["00 zz 0 0", "0 zz 0", "0 zz 0 0 0", "0 zz 0 00", "", "0 zz - 0"], REFUSE),
        **dict.fromkeys(
            [f"0 zz 0 1{'0' * 19}", "0 z,z 0 0", "0  0 0", "zz 0 0", "0 zz 0.5 1"], REFUSE
        ),
    }.items():
        new = [lines[2], lines[3], *quotas, f"quota {text}", *rows]
        yield lottery(f"quota {text}", new, want)
        yield lottery(
            f"quota {text} after", [lines[2], lines[3], *quotas, *rows, f"quota {text}"], REFUSE
        )
    first_row = [lines[2], lines[3], rows[0], *quotas, *rows[1:]]
    yield lottery("a row before the quotas", first_row, REFUSE)
    yield lottery("quotas before the types", [lines[2], *quotas, lines[3], *rows], REFUSE)
    yield lottery("the same quota twice", [lines[2], lines[3], quotas[0], *quotas, *rows], OTHER)
    yield lottery("no quotas", [lines[2], lines[3], *rows], OTHER)
    yield lottery("no rows", [lines[2], lines[3], *quotas], REFUSE)
    yield lottery("no rows, total 0", ["total 0", lines[3], *quotas], REFUSE)

    top, counts = f"types {named}", [int(count) for count in rows[0].split()[1:]]
    told = " ".join(map(str, counts))
    for weight, want in ((1, OTHER), (10**9, OTHER), (10**9 + 1, REFUSE), (0, REFUSE)):
        yield lottery(f"one row of {weight}", [f"total {weight}", top, f"{weight} {told}"], want)
    yield lottery("weight with a zero before", ["total 1", top, f"01 {told}"], REFUSE)
    yield lottery("one row twice", ["total 2", top, f"1 {told}", f"1 {told}"], REFUSE)
    if len(rows) > 1:
        pair = [line.split(" ", 1)[1] for line in rows[:2]]
        for one, other, want in ((0, 1, REFUSE), (1, 0, REFUSE), (1, 1, OTHER)):
            new = [f"total {one + other}", top, f"{one} {pair[0]}", f"{other} {pair[1]}"]
            yield lottery(f"two rows of {one} and {other}", new, want)
    for extra, new_types, row in (
        ("a type that nobody has", [*types, "zz|zz"], [*counts, 0]),
        ("a type that nobody has, seated", [*types, "zz|zz"], [*counts[:-1], 0, counts[-1]]),
        ("a type twice", [types[0], *types], [0, *counts]),
        ("the first type away", types[1:], counts[1:]),
        ("the last type away", types[:-1], counts[:-1]),
        ("types and columns backwards", types[::-1], counts[::-1]),
    ):
        words = " ".join(map(str, [1, *row]))
        spoilt = lottery(extra, ["total 1", f"types {' '.join(new_types)}", words], REFUSE)
        if new_types != types:
            yield spoilt
    yield lottery("a count missing", ["total 1", top, f"1 {told[: told.rindex(' ') + 1]}".rstrip()]
                  if " " in told else ["total 1", top, "1"], REFUSE)  # fmt: skip
    yield lottery("a count more", ["total 1", top, f"1 {told} 0"], REFUSE)
    yield lottery("a count negative", ["total 1", top, f"1 -{told}"], REFUSE)
    for at in range(len(counts)):
        for step in (-1, 1):
            new = [*counts[:at], counts[at] + step, *counts[at + 1 :]]
            row = " ".join(map(str, [1, *new]))
            yield lottery(f"count {at} {step:+d}", ["total 1", top, row], REFUSE)
        for count, want in ((sizes[types[at]], OTHER), (sizes[types[at]] + 1, REFUSE)):
            new = panel(sizes, seats, types[at], count) if count <= seats else None
            if new:
                row = " ".join(map(str, [1, *new]))
                yield lottery(f"type {at} has {count} seats", ["total 1", top, row], want)
    if len(types) > 1:
        low = panel(sizes, seats, types[0], 9) if seats >= 10 else None
        high = panel(sizes, seats, types[0], 10) if seats >= 10 else None
        if low and high and sizes[types[0]] >= 10:
            pair = [" ".join(map(str, [1, *row])) for row in (low, high)]
            yield lottery("9 before 10", ["total 2", top, *pair], OTHER)
            yield lottery("10 before 9", ["total 2", top, *reversed(pair)], REFUSE)

    half = (len(strata) + 1) // 2
    for one, other, want in (
        *[("m", "w", OTHER), ("m", "m", OTHER), ("a|b|c|d", "a|b|c|e", OTHER), ("Z", "a", OTHER)],
        *[("a-b|c", "a|b", OTHER), ("a+|1", "a|1", OTHER), ("-", "_", OTHER), ("10", "9", OTHER)],
        *[("m", "m|w", REFUSE), ("m|1", "m", REFUSE), ("m|", "w|", REFUSE), ("|m", "|w", REFUSE)],
        *[("m||1", "w||1", REFUSE), ("m,1", "w,1", REFUSE), ("m/1", "w/1", REFUSE)],
        *[("m 1", "w 1", REFUSE), ("m=1", "w=1", REFUSE), ("m|*", "w|*", REFUSE)],
    ):
        new_strata = [one] * half + [other] * (len(strata) - half)
        pool = [f"{row[:40]} {kind}" for row, kind in zip(pool_rows, new_strata, strict=True)]
        changed = {
            **folder,
            P: page(*lines_of(folder, P)[:3], *pool),
            L: page(*one_row(new_strata, seats, head[1])),
        }
        if len(strata) == 1 and one.count("|") != other.count("|"):
            want = OTHER  # a single type is never uneven
        yield Mutation(f"types {one} and {other}", reseal(folder, changed), want)


def file_faults(folder: Folder) -> Iterator[Mutation]:
    """Files that are missing, that belong to another draw, and results that were tampered with."""
    for name in (P, D, S, L):
        if name in folder:
            rest = reseal(folder, folder)
            del rest[name]
            yield Mutation(f"{name} away", rest, REFUSE)
    stranger = build("quotas" if L in folder else "rejected" if R in folder else "simple", 9, 777)
    for name in sorted(folder):
        mixed = {key: value for key, value in folder.items() if key in (name, P, D, S, L, R)}
        yield Mutation(f"{name} of another draw", {**mixed, name: stranger[name]}, REFUSE)
        for other in sorted(folder):
            if other > name:
                swapped = {**folder, name: folder[other], other: folder[name]}
                yield Mutation(f"{name} and {other} swapped", swapped, REFUSE)
    if R not in folder:
        listed = page("los1 rejected", line_of(folder, P, 2), "count 1", "0" * 40 + " late")
        added = {**reseal(folder, folder), R: listed}
        yield Mutation("rejected.txt unbound", added, REFUSE)
        yield Mutation("rejected.txt new", edit(added, {(D, 8): f"rejected {sha(listed)}"}), OTHER)

    head, places = lines_of(folder, "result.txt")[:2], lines_of(folder, "result.txt")[2:]
    swapped = [line.split()[1] for line in places]
    if len(swapped) > 1:
        for one, two in ((0, 1), (0, -1), (-2, -1)):
            new = list(swapped)
            new[one], new[two] = new[two], new[one]
            lines = [*head, *(f"{place} {ticket}" for place, ticket in enumerate(new, 1))]
            yield Mutation(
                f"places {one} and {two} swapped", whole(folder, "result.txt", lines), REFUSE
            )
        sorted_by_ticket = [f"{place} {one}" for place, one in enumerate(sorted(swapped), 1)]
        lines = [*head, *sorted_by_ticket]
        if sorted(swapped) != swapped:
            yield Mutation("result by ticket", whole(folder, "result.txt", lines), REFUSE)
    for name, new in {
        "from place 0": [f"{place} {one}" for place, one in enumerate(swapped)],
        "place 01": [f"0{line}" for line in places],
        "without places": swapped,
        "seats only": places[: int(line_of(folder, D, 4).split()[1])] if len(places) > 5 else [],
        "one more": [*places, f"{len(places) + 1} {'0' * 40}"],
        "short tickets": [line[:-1] for line in places],
        "capitals": [line.upper() if line.upper() != line else line + "A" for line in places],
    }.items():
        lines = [*head, *new]
        yield Mutation(f"result: {name}", whole(folder, "result.txt", lines), REFUSE)
