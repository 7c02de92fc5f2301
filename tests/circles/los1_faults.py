"""Spoils los1 draw folders in some hundred named ways: bytes, lines, numbers, dates, whole files.
Each spoilt folder says what the text of los1 wants of it: refusal, or another valid result."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

from tests.circles.los1_corpus import (
    EITHER,
    INPUTS,
    OTHER,
    QUICKNET,
    REFUSE,
    ROUND,
    D,
    Edits,
    Folder,
    L,
    Mutation,
    P,
    R,
    S,
    edit,
    line_of,
    one_line,
    reseal,
    sha,
)
from tests.circles.los1_list_faults import file_faults, pool_faults, quota_faults, rejected_faults


def mutations(folder: Folder) -> Iterator[Mutation]:
    """All spoilt folders that make sense for this one."""
    unspoilt = reseal(folder, folder)
    makers = [byte_faults, declaration_faults, chance_faults, pool_faults, file_faults]
    if "rejected.txt" in folder:
        makers.append(rejected_faults)
    if "lottery.txt" in folder:
        makers.append(quota_faults)
    for maker in makers:
        for mutation in maker(folder):
            if mutation.folder not in (folder, unspoilt):
                yield mutation


def byte_faults(folder: Folder) -> Iterator[Mutation]:
    """What editors, mail programs and vandals do to bytes, at three lines of every file."""
    every_line: dict[str, Callable[[bytes], bytes]] = {
        "CR": lambda line: line + b"\r",
        "TAB for space": lambda line: line.replace(b" ", b"\t") if b" " in line else line + b"\t",
        "double space": lambda line: line.replace(b" ", b"  ", 1) if b" " in line else b"  " + line,
        "leading space": lambda line: b" " + line,
        "trailing space": lambda line: line + b" ",
        "no space": lambda line: line.replace(b" ", b"") if b" " in line else line[1:],
        "NUL": lambda line: line + b"\0",
        "DEL": lambda line: line + b"\x7f",
        "vertical tab": lambda line: line + b"\x0b",
        "form feed": lambda line: b"\x0c" + line,
        "file separator": lambda line: line + b"\x1c",
        "next line (latin-1)": lambda line: line + b"\x85",
        "line separator (utf-8)": lambda line: line + "\u2028".encode(),
        "no-break space": lambda line: line + b"\xc2\xa0",
        "zero width space": lambda line: line[:3] + "\u200b".encode() + line[3:],
        "empty line before": lambda line: b"\n" + line,
        "empty line after": lambda line: line + b"\n",
        "comment": lambda line: line + b" #",
        "upper case": lambda line: line.upper() if line.upper() != line else line + b"A",
    }
    whole_file: dict[str, Callable[[bytes], bytes]] = {
        "empty": lambda content: b"",
        "only a line feed": lambda content: b"\n",
        "BOM": lambda content: b"\xef\xbb\xbf" + content,
        "utf-16": lambda content: content.decode().encode("utf-16"),
        "CRLF": lambda content: content.replace(b"\n", b"\r\n"),
        "CR for LF": lambda content: content.replace(b"\n", b"\r"),
        "no final LF": lambda content: content[:-1],
        "two final LF": lambda content: content + b"\n",
        "final space": lambda content: content + b" ",
        "final CR LF": lambda content: content + b"\r\n",
        "final NUL": lambda content: content + b"\0",
        "doubled": lambda content: content * 2,
        "first line away": lambda content: content.split(b"\n", 1)[1],
        "last line away": lambda content: content[: content[:-1].rindex(b"\n") + 1],
        "last line twice": lambda content: content + content[content[:-1].rindex(b"\n") + 1 :],
        "los2": lambda content: content.replace(b"los1 ", b"los2 ", 1),
        "Los1": lambda content: content.replace(b"los1 ", b"Los1 ", 1),
        "another kind": lambda content: content.replace(b"los1 ", b"los1 re", 1),
        "first two lines swapped": lambda content: swap_lines(content, 0, 1),
        "lines 2 and 3 swapped": lambda content: swap_lines(content, 1, 2),
        "last two lines swapped": lambda content: swap_lines(content, -1, -2),
    }
    for name, content in sorted(folder.items()):
        lines = content.split(b"\n")[:-1]
        for at in sorted({0, 1, len(lines) // 2, len(lines) - 1}):
            for fault, change in every_line.items():
                new = [*lines[:at], change(lines[at]), *lines[at + 1 :]]
                changed = b"".join(line + b"\n" for line in new)
                spoilt = reseal(folder, {**folder, name: changed})
                yield Mutation(f"{name} line {at + 1}: {fault}", spoilt, REFUSE)
            if not lines[at].startswith(b"quota "):
                changed = b"".join(line + b"\n" for line in [*lines[:at], *lines[at + 1 :]])
                spoilt = reseal(folder, {**folder, name: changed})
                yield Mutation(f"{name} line {at + 1}: left out", spoilt, REFUSE)
        for fault, change in whole_file.items():
            spoilt = reseal(folder, {**folder, name: change(content)})
            yield Mutation(f"{name}: {fault}", spoilt, REFUSE)
        yield from single_bytes(folder, name)


def single_bytes(folder: Folder, name: str) -> Iterator[Mutation]:
    """One byte changed, inserted or left out, with nothing sealed anew (invariant 5)."""
    content = folder[name]
    chance = random.Random(content)
    rest = {key: value for key, value in folder.items() if key in (name, *INPUTS)}
    want = EITHER if name == "seed.txt" else REFUSE
    for _ in range(12):
        at = chance.randrange(len(content))
        new = bytes([chance.choice(b"0123456789abcdef -\n\r\t\x00\xff")])
        for kind, changed in (
            ("changed", content[:at] + new + content[at + 1 :]),
            ("inserted", content[:at] + new + content[at:]),
            ("left out", content[:at] + content[at + 1 :]),
        ):
            if changed != content:
                yield Mutation(f"{name} byte {at} {kind} {new!r}", {**rest, name: changed}, want)


def swap_lines(content: bytes, one: int, other: int) -> bytes:
    lines = content.split(b"\n")[:-1]
    lines[one], lines[other] = lines[other], lines[one]
    return b"".join(line + b"\n" for line in lines)


NOT_A_NUMBER = ("", "-1", "+1", "1.0", "1e0", "0x1", "1_0", "01", "00", "a", "1" + "0" * 19, "-")
NO_DATES = ("2023-02-29", "1900-02-29", "2023-04-31", "2023-13-01", "2023-00-10", "2023-08-00")
ODD_DATES = ("0000-08-22", "23-08-22", "02023-08-22", "2023-8-22", "2023/08/22", "2023-08-32", "")
NO_TIMES = ("24:00:00", "23:60:00", "23:59:60", "12:00", "12:00:00.5", "1:00:00", "12:00:61", "")


def declaration_faults(folder: Folder) -> Iterator[Mutation]:
    """The lines of the declaration that say who, how many and when."""
    with_round, quotas = "drand none" not in line_of(folder, D, 9), L in folder
    size = int(line_of(folder, P, 3).split()[1])
    for number, word in ((3, "version"), (4, "seats")):
        texts = dict.fromkeys([f"{word} {text}" for text in (*NOT_A_NUMBER, "0", "1 1")], REFUSE)
        yield from one_line(folder, D, number, texts)
    texts = {"version 4": OTHER, "version 9999999999999999999": OTHER, "Version 1": REFUSE}
    yield from one_line(folder, D, 3, texts)
    fits = REFUSE if quotas else OTHER
    texts = {f"seats {size}": fits, "seats 1": fits, f"seats {size + 1}": REFUSE}
    yield from one_line(folder, D, 4, {"seats 10000001": REFUSE, **texts})

    wrong = [f"frozen {date}T12:00:00Z" for date in (*NO_DATES, *ODD_DATES)]
    wrong += [f"frozen 2023-08-21T{time}Z" for time in NO_TIMES]
    wrong += ["frozen 2023-08-21", "frozen 2023-08-21T12:00:00", "frozen 2023-08-21T12:00:00z"]
    wrong += ["frozen 2023-08-21t12:00:00Z", "frozen 2023-08-21 12:00:00Z", "frozen -"]
    wrong += ["frozen 2023-08-21T12:00:00+00:00", "frozen 20230821T120000Z", "frozen 1692000000"]
    late = REFUSE if with_round else OTHER
    texts = {
        **dict.fromkeys(wrong, REFUSE),
        "frozen 2023-08-22T15:59:24Z": OTHER,  # to the second 24 hours before round 1000
        "frozen 2023-08-22T15:59:25Z": late,
        "frozen 9999-12-31T23:59:59Z": late,
        "frozen 0001-01-01T00:00:00Z": OTHER,
        "frozen 2000-02-29T23:59:59Z": OTHER,
        "frozen 1969-12-31T23:59:59Z": OTHER,
    }
    yield from one_line(folder, D, 5, texts)

    for number, word in ((6, "pool"), (7, "lottery"), (8, "rejected")):
        told = line_of(folder, D, number).split()[1]
        digits = told if told != "-" else sha(b"nothing")
        wrong = [digits.upper(), digits[:-1], digits + "0", sha(b"else"), "0" * 64, "", "--", "- -"]
        wrong += ["-"] if told != "-" else []
        texts = dict.fromkeys([f"{word} {text}" for text in wrong], REFUSE)
        yield from one_line(folder, D, number, texts)
    for name in sorted(folder):
        if name in (D, P, R, L):
            old = line_of(folder, name, 2)
            for draw in ("draw another", "draw ", "draw A", "draw a_b", "draw a b"):
                spoilt = edit(folder, {(name, 2): draw})
                yield Mutation(f"{name} {old} becomes {draw}", spoilt, REFUSE)
    names = [name for name in sorted(folder) if name in (D, P, R, L)]
    for draw, want in (
        *[("x" * 64, OTHER), ("-", OTHER), ("007", OTHER), ("x" * 65, REFUSE), ("A", REFUSE)],
        *[("a.b", REFUSE), ("a_b", REFUSE), ("a b", REFUSE), ("", REFUSE)],
    ):
        spoilt = edit(folder, {(name, 2): f"draw {draw}" for name in names})
        yield Mutation(f"draw {draw!r} in every file", spoilt, want)


Q = f"drand {QUICKNET}"
SIGNED = "0b" * 48
DICE = "16253416253416253412"
ENDLESS = "9999999999999999999"  # the largest number: a round in the year 950,000,000,000
LOTTO = "03-11-19-27-35-49-0"


def chance_faults(folder: Folder) -> Iterator[Mutation]:
    """The sources of chance: three lines in the declaration and three in the seed."""
    for declared, given, want in chance_table():
        edits: Edits = dict(zip([(D, 9), (D, 10), (D, 11)], declared.split(" / "), strict=True))
        edits |= dict(zip([(S, 3), (S, 4), (S, 5)], given.split(" / "), strict=True))
        short = f"{declared} | {given}".replace(QUICKNET, "quicknet")
        yield Mutation(short.replace(SIGNED, "signed")[:300], edit(folder, edits), want)
    told = line_of(folder, S, 2).split()[1]
    wrong = [told.upper(), told[1:], told + "0", sha(b""), "", "-", f"{told} {told}"]
    yield from one_line(
        folder, S, 2, dict.fromkeys([f"declaration {text}" for text in wrong], REFUSE)
    )


def chance_table() -> Iterator[tuple[str, str, str]]:
    signed, dice6, none = f"drand {ROUND} {SIGNED}", "public dice6 20", "fallback none"
    lotto = "fallback lotto6aus49 2023-08-26"
    usual = f"{Q} {ROUND} / {dice6}"

    # How many dice, with and without a beacon.
    for count, want in ((1, OTHER), (19, OTHER), (20, OTHER), (200, OTHER), (201, REFUSE)):
        given = f"public {('123456' * 40)[:count]} / fallback -"
        yield f"{Q} {ROUND} / public dice6 {count} / {none}", f"{signed} / {given}", want
        want = REFUSE if count < 20 else want
        yield f"drand none 0 / public dice6 {count} / {none}", f"drand 0 - / {given}", want
    yield f"{Q} {ROUND} / public none 0 / {none}", f"{signed} / public - / fallback -", OTHER
    yield f"{Q} {ROUND} / public none 0 / {none}", f"{signed} / public 1 / fallback -", REFUSE
    yield f"{Q} {ROUND} / public dice6 0 / {none}", f"{signed} / public - / fallback -", REFUSE
    yield f"drand none 0 / public none 0 / {none}", "drand 0 - / public - / fallback -", REFUSE
    for public in ("dice6 020", "dice8 20", "none 20", "dice6", "dice6 20 20", "DICE6 20", "- 0"):
        given = f"{signed} / public {DICE} / fallback -"
        yield f"{Q} {ROUND} / public {public} / {none}", given, REFUSE
    for thrown in (
        *[DICE[1:], DICE + "1", "7" + DICE[1:], "0" + DICE[1:], DICE[1:] + "a", "-", "", "?"],
        *[DICE[:10] + " " + DICE[10:], DICE[:-1], DICE[:-1] + "-", "dice6 20", DICE[:10]],
    ):
        yield f"{usual} / {none}", f"{signed} / public {thrown} / fallback -", REFUSE

    # Which beacon, which round.
    for declared, seen, want in (
        *[(f"{Q} 1", "1", OTHER), (f"{Q} {ENDLESS}", ENDLESS, OTHER), (f"{Q} 1001", "1001", OTHER)],
        *[(f"{Q} 0", "0", REFUSE), (f"{Q} 1{ENDLESS}", f"1{ENDLESS}", REFUSE)],
        *[(f"{Q} 01000", "01000", REFUSE), (f"{Q} 1000", "01000", REFUSE)],
        *[(f"{Q} 1000", "1001", REFUSE), (f"{Q} 1001", "1000", REFUSE), (f"{Q} -1", "-1", REFUSE)],
        *[("drand none 0", "0", REFUSE), ("drand none 1000", "1000", REFUSE), (Q, "1000", REFUSE)],
        *[(f"drand {'0' * 64} 1000", "1000", REFUSE), (f"{Q.upper()} 1000", "1000", REFUSE)],
        *[(f"drand {QUICKNET.upper()} 1000", "1000", REFUSE), ("drand - 0", "0", REFUSE)],
        *[(f"drand {QUICKNET[:-1]} 1000", "1000", REFUSE), ("drand quicknet 1000", "1000", REFUSE)],
        *[(f"{Q} 1000 1000", "1000", REFUSE), (f"{Q} 1000.0", "1000", REFUSE)],
    ):
        yield (
            f"{declared} / {dice6} / {none}",
            f"drand {seen} {SIGNED} / public {DICE} / fallback -",
            want,
        )
        unsigned = f"drand {seen} - / public {DICE} / fallback -"
        yield (
            f"{declared} / {dice6} / {none}",
            unsigned,
            OTHER if declared == "drand none 0" else REFUSE,
        )
    for signature in (
        *[SIGNED[1:], SIGNED + "0", SIGNED.upper(), "g" + SIGNED[1:], SIGNED[:64], "", "--", "0x"],
        *[SIGNED[:48] + " " + SIGNED[48:], f"{SIGNED} -", f"- {SIGNED}"],
    ):
        for fallback in (none, lotto):
            given = f"drand {ROUND} {signature} / public {DICE} / fallback -"
            yield f"{usual} / {fallback}", given, REFUSE

    # When the fallback may come, and whether it was used.
    unsigned = f"drand {ROUND} - / public {DICE}"
    for date, number, want in (
        *[("2023-08-24", 1000, REFUSE), ("2023-08-25", 1000, OTHER), ("9999-12-31", 1000, OTHER)],
        *[("2023-08-25", 10611, OTHER), ("2023-08-25", 10612, REFUSE)],  # 10612 is midnight
        *[("2023-08-26", 10612, OTHER), ("9999-12-31", int(ENDLESS), REFUSE)],
        *[
            ("2024-02-29", 1000, OTHER),
            ("2025-02-29", 1000, REFUSE),
            ("2023-08-24", 1, REFUSE),
            ("2023-08-25", 1, OTHER),
        ],
        *[(date.replace("2023", "2031"), 1000, REFUSE) for date in (*NO_DATES, *ODD_DATES)],
    ):
        declared = f"{Q} {number} / {dice6} / fallback lotto6aus49 {date}"
        seen = f"drand {number} {SIGNED} / public {DICE} / fallback -"
        yield declared, seen, want
        yield declared, f"drand {number} - / public {DICE} / fallback {LOTTO}", want
    for text in ("", "-", "none 0", "none 2023-08-26", "lotto6aus49", "lotto 2023-08-26", "None"):
        yield f"{usual} / fallback {text}", f"{signed} / public {DICE} / fallback -", REFUSE
        yield f"{usual} / fallback {text}", f"{unsigned} / fallback {LOTTO}", REFUSE
    yield f"{usual} / {lotto}", f"{unsigned} / fallback -", REFUSE
    yield f"{usual} / {lotto}", f"{signed} / public {DICE} / fallback {LOTTO}", REFUSE
    yield f"{usual} / {none}", f"{unsigned} / fallback {LOTTO}", REFUSE
    for seen in ("drand 0 -", f"drand 0 {SIGNED}"):
        for fallback in ("fallback -", f"fallback {LOTTO}"):
            given = f"{seen} / public {DICE} / {fallback}"
            yield f"drand none 0 / {dice6} / {lotto}", given, REFUSE
    for public, thrown in (("dice6 20", DICE), ("none 0", "-"), ("dice6 1", "6")):
        declared = f"{Q} {ROUND} / public {public} / {lotto}"
        yield declared, f"drand {ROUND} - / public {thrown} / fallback {LOTTO}", OTHER
    for value, want in (
        *[("01-02-03-04-05-06-0", OTHER), ("44-45-46-47-48-49-9", OTHER)],
        *[("00-02-03-04-05-06-0", REFUSE), ("01-02-03-04-05-50-0", REFUSE)],
        *[("01-02-03-04-05-05-0", REFUSE), ("02-01-03-04-05-06-0", REFUSE)],
        *[("01-02-03-04-06-05-0", REFUSE), ("01-02-03-04-05-06-10", REFUSE)],
        *[("01-02-03-04-05-06", REFUSE), ("1-2-3-4-5-6-0", REFUSE), ("01-02-03-04-05-06-", REFUSE)],
        *[("01-02-03-04-05-06-07-0", REFUSE), ("01-02-03-04-05-0", REFUSE)],
        *[
            ("01 02 03 04 05 06 0", REFUSE),
            ("010203040506-0", REFUSE),
            ("01-02-03-04-05-06-a", REFUSE),
        ],
        *[("01-02-03-04-05-99-0", REFUSE), ("01_02_03_04_05_06_0", REFUSE), ("", REFUSE)],
    ):
        yield f"{usual} / {lotto}", f"{unsigned} / fallback {value}", want
