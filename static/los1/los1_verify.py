#!/usr/bin/env python3
"""Draws the lots of a published draw (protocol los1) once more, from the published files alone.
Zieht die Lose einer veröffentlichten Auslosung noch einmal, allein aus deren Dateien."""

# ruff: noqa: B905 (zip has no strict= in Python 3.9)
from __future__ import annotations

import argparse
import collections
import functools
import hashlib
import hmac
import itertools
import re
import sys
from datetime import datetime, timezone
from pathlib import Path
from types import SimpleNamespace

HELP = """\
DEUTSCH
  Legen Sie die Dateien der Auslosung in einen eigenen Ordner: pool.txt (die Lose),
  declaration.txt (die Regeln, vorher festgelegt), seed.txt (Würfel und Zufallssignal) und,
  wenn es sie gibt, rejected.txt, lottery.txt und result.txt. Dann mit Python ab 3.9:
      python3 los1_verify.py ORDNER
  Das Programm prüft jede Zeile, zieht neu und nennt die Plätze. Die letzte Zeile ist die
  Prüfsumme des Ergebnisses: Sie muss dieselbe sein wie auf der Seite und im Protokoll. Stimmt
  etwas nicht, nennt eine Zeile Datei, Zeile und Fehler. Das Programm braucht kein Netz. Zwei
  Dinge sieht es nicht: ob das Zufallssignal echt ist (vergleichen Sie die Signatur in seed.txt
  mit api.drand.sh und drand.cloudflare.com) und ob richtig gewürfelt wurde (fragen Sie Zeugen).

ENGLISH
  Put the files of the draw into a folder of their own: pool.txt (the tickets), declaration.txt
  (the rules, fixed beforehand), seed.txt (dice and beacon) and, where they exist, rejected.txt,
  lottery.txt and result.txt. Then, with Python 3.9 or newer:
      python3 los1_verify.py FOLDER
  The program checks every line, draws again and names the seats. Its last line is the checksum
  of the result: it must be the one on the page and in the minutes. If anything is wrong, one
  line names file, line and fault. It needs no network. Two things it cannot see: whether the
  beacon is genuine (compare the signature in seed.txt with api.drand.sh and
  drand.cloudflare.com) and whether the dice were thrown properly (ask the witnesses).
"""

# The beacon "drand quicknet": a public random number every 3 seconds, numbered in rounds.
QUICKNET = "52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971"
ROUND_ONE_AT = 1692803367  # seconds since 1970
SECONDS_PER_ROUND = 3
DAY = 86400  # seconds
LARGEST_POOL = 10**7

# What may stand for each <word> of a line. Together they allow printable ASCII and single
# spaces only, so a line that fits its form has no stray byte in it.
NUMBER = r"(?:0|[1-9][0-9]{0,18})"
VALUE = r"[A-Za-z0-9+._-]+"
STRATUM = rf"{VALUE}(?:\|{VALUE})*"
WORDS = {
    "number": NUMBER,
    "numbers": rf"{NUMBER}(?: {NUMBER})*",
    "draw": r"[a-z0-9-]{1,64}",
    "hash": r"[0-9a-f]{64}",
    "ticket": r"[0-9a-f]{40}",
    "reason": r"[a-z0-9-]{1,40}",
    "value": VALUE,
    "stratum": STRATUM,
    "strata": rf"{STRATUM}(?: {STRATUM})*",
    "time": r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z",
    "date": r"[0-9]{4}-[0-9]{2}-[0-9]{2}",
    "signature": r"[0-9a-f]{96}",
    "dice": r"[1-6]{1,200}",
    "lotto": r"[0-9]{2}(?:-[0-9]{2}){5}-[0-9]",
}


class Fault(Exception):
    """Something in the files is not as los1 wants it; the text names file, line and fault."""


@functools.lru_cache(maxsize=None)
def shape(form: str) -> re.Pattern[str]:
    """The pattern of a line written as a form, such as `seats <number>`."""
    parts = re.split(r"<([a-z]+)>", form)
    words = [f"({WORDS[part]})" if i % 2 else re.escape(part) for i, part in enumerate(parts)]
    return re.compile("".join(words))


class Sheet:
    """One published file and a finger that moves down its lines; `at` is the line it is on."""

    def __init__(self, folder: str, name: str) -> None:
        self.name = name
        self.at = 0
        try:
            content = Path(folder, name).read_bytes()
        except (OSError, ValueError) as error:
            raise self.fault(f"cannot be read: {getattr(error, 'strerror', error)}", 1) from None
        self.hash = hashlib.sha256(content).hexdigest()
        # Latin-1 keeps one character per byte, whatever the byte is.
        self.lines = content.decode("latin-1").split("\n")
        self.require(not self.lines.pop(), "has no line feed at its end", len(self.lines) + 1)

    def fault(self, text: str, line: int = 0) -> Fault:
        """A fault on the given line, or on the line under the finger."""
        return Fault(f"{self.name} line {line or self.at}: {text}")

    def require(self, fulfilled: bool, text: str, line: int = 0) -> None:
        """Refuse the file unless a condition is fulfilled."""
        if not fulfilled:
            raise self.fault(text, line)

    def next(self, *forms: str) -> tuple[str, ...]:
        """Go to the next line; it must fit one of the forms. Returns what stands for its words."""
        self.at += 1
        wanted = " or ".join(forms)
        if self.at > len(self.lines):
            raise self.fault(f"the file ends here, expected: {wanted}")
        line = self.lines[self.at - 1]
        for form in forms:
            match = shape(form).fullmatch(line)
            if match:
                return match.groups()
        raise self.fault(f"expected: {wanted}, found{odd_bytes(line)}: {line[:100]!a}")

    def number(self, form: str, least: int, most: int) -> int:
        """Go to the next line, with one number from `least` to `most` in it."""
        number = int(self.next(form)[0])
        self.require(least <= number <= most, f"must be from {least} to {most}, not {number}")
        return number

    def seconds(self, text: str) -> int:
        """Seconds from 1970 to a date or time on this line; a fault if no calendar has it."""
        try:
            moment = datetime(*map(int, re.findall("[0-9]+", text)), tzinfo=timezone.utc)
        except ValueError:
            raise self.fault(f"{text} is not in the calendar") from None
        return int(moment.timestamp())

    def end(self) -> None:
        """There must be no further line."""
        self.require(self.at == len(self.lines), "a line too many", self.at + 1)


def odd_bytes(line: str) -> str:
    """What a text editor may have done to a line, in words; empty if nothing of that kind."""
    if line.endswith("\r") or line.startswith("\xef\xbb\xbf"):
        return " what an editor has changed (CR or BOM, please download the file again)"
    if any(not " " <= character <= "~" for character in line):
        return " a TAB or another byte that is not allowed"
    return " a space too many" if "  " in line or line != line.strip(" ") else ""


def read_declaration(sheet: Sheet) -> SimpleNamespace:
    """The rules of the draw: the header and ten lines, in this order."""
    rules = SimpleNamespace(bound={})
    sheet.next("los1 declaration")
    rules.draw = sheet.next("draw <draw>")[0]
    sheet.number("version <number>", 1, 10**19 - 1)
    rules.seats = sheet.number("seats <number>", 1, LARGEST_POOL)
    frozen_at = sheet.seconds(sheet.next("frozen <time>")[0])

    # The declaration fixes the other files by their SHA-256; "-" means that there is none.
    rules.bound["pool.txt"] = (sheet.next("pool <hash>")[0], sheet.at)
    for kind in ("lottery", "rejected"):
        words = sheet.next(f"{kind} -", f"{kind} <hash>")
        rules.bound[f"{kind}.txt"] = (words[0] if words else "-", sheet.at)

    words = sheet.next("drand none 0", "drand <hash> <number>")
    rules.round = int(words[1]) if words else 0
    round_at = ROUND_ONE_AT + SECONDS_PER_ROUND * (rules.round - 1)
    if words:
        sheet.require(words[0] == QUICKNET, "this is not the chain hash of drand quicknet")
        sheet.require(rules.round >= 1, "rounds count from 1")
        sheet.require(round_at >= frozen_at + DAY, "the round is less than 24 hours after frozen")

    words = sheet.next("public none 0", "public dice6 <number>")
    rules.dice = int(words[0]) if words else 0
    if words:
        sheet.require(1 <= rules.dice <= 200, "must be from 1 to 200 dice")
    if not rules.round:
        sheet.require(rules.dice >= 20, "without a drand round, from 20 to 200 dice are needed")

    words = sheet.next("fallback none", "fallback lotto6aus49 <date>")
    rules.fallback = bool(words)
    if rules.fallback:
        sheet.require(rules.round >= 1, "without a drand round there is no fallback")
        days = sheet.seconds(words[0]) // DAY - round_at // DAY
        sheet.require(days >= 2, "must be at least 2 days after the date of the round")
    sheet.end()
    return rules


def read_tickets(sheet: Sheet, rules: SimpleNamespace, kind: str, form: str) -> dict[str, str]:
    """A list of tickets, ascending, each with the word beside it ("" where the form has none)."""
    sheet.next(f"los1 {kind}")
    sheet.require(sheet.next("draw <draw>")[0] == rules.draw, "another draw than declared")
    count = sheet.number("count <number>", 1, LARGEST_POOL)
    beside: dict[str, str] = {}
    previous = ""
    for _ in range(count):
        ticket, *words = sheet.next(form)
        sheet.require(ticket > previous, "the tickets are not ascending")
        previous = ticket
        beside[ticket] = words[0] if words else ""
    sheet.end()
    return beside


def read_lottery(
    sheet: Sheet, rules: SimpleNamespace, pool: dict[str, str]
) -> tuple[list[str], list[list[int]]]:
    """The types of a quota draw and its rows: a weight, then the seats of each type."""
    sheet.next("los1 lottery")
    sheet.require(sheet.next("draw <draw>")[0] == rules.draw, "another draw than declared")
    total = sheet.number("total <number>", 1, 10**9)
    types = sheet.next("types <strata>")[0].split(" ")
    sizes = collections.Counter(pool.values())
    sheet.require(types == sorted(sizes), "must name the types in pool.txt, ascending")
    attributes = [kind.split("|") for kind in types]
    same = all(len(values) == len(attributes[0]) for values in attributes)
    sheet.require(same, "the types do not all have the same number of attributes")

    quotas = []
    while sheet.at < len(sheet.lines) and sheet.lines[sheet.at].startswith("quota "):
        index, value, least, most = sheet.next("quota <number> <value> <number> <number>")
        sheet.require(int(index) < len(attributes[0]), "there is no such attribute")
        counted = [kind[int(index)] == value for kind in attributes]
        quotas.append((counted, int(least), int(most)))

    rows: list[list[int]] = []
    while not rows or sheet.at < len(sheet.lines):
        row = [int(number) for number in sheet.next("<numbers>")[0].split(" ")]
        counts = row[1:]
        sheet.require(len(counts) == len(types), "expected a weight and a count for each type")
        sheet.require(row[0] >= 1, "a weight must be 1 or more")
        sheet.require(sum(counts) == rules.seats, "the counts do not add up to the seats")
        enough = all(count <= sizes[kind] for count, kind in zip(counts, types))
        sheet.require(enough, "more seats of a type than tickets of it")
        for counted, least_seats, most_seats in quotas:
            seats = sum(count for count, included in zip(counts, counted) if included)
            sheet.require(least_seats <= seats <= most_seats, "the row does not meet every quota")
        sheet.require(not rows or counts > rows[-1][1:], "the rows are not ascending by counts")
        rows.append(row)
    sheet.require(sum(row[0] for row in rows) == total, f"the weights do not add up to {total}")
    return types, rows


def read_seed(sheet: Sheet, rules: SimpleNamespace, fingerprint: str) -> list[str]:
    """Check the chance that came after the declaration; returns what is to be said about it."""
    sheet.next("los1 seed")
    same = sheet.next("declaration <hash>")[0] == fingerprint
    sheet.require(same, f"another declaration than the one at hand, {fingerprint}")

    forms = [f"drand {rules.round} <signature>", f"drand {rules.round} -"]
    if not rules.fallback:
        forms = forms[:1] if rules.round else forms[1:]
    fallback_used = not sheet.next(*forms) and rules.fallback
    dice = "".join(sheet.next("public <dice>" if rules.dice else "public -"))
    sheet.require(len(dice) == rules.dice, f"{len(dice)} dice, not {rules.dice} as declared")

    words = sheet.next("fallback <lotto>" if fallback_used else "fallback -")
    if words:
        numbers = words[0].split("-")[:6]
        sheet.require(all("01" <= n <= "49" for n in numbers), "numbers must be from 01 to 49")
        sheet.require(numbers == sorted(set(numbers)), "the numbers are not ascending")
    sheet.end()
    if fallback_used:
        return ["FALLBACK USED"]
    return ["beacon not checked: compare with two drand relays"] if rules.round else []


def ranking(seed: bytes, pool: dict[str, str]) -> list[str]:
    """The tickets in the order that the seed gives them."""

    def rank(ticket: str) -> tuple[bytes, str]:
        return hmac.digest(seed, b"los1 rank\n" + ticket.encode("ascii"), "sha256"), ticket

    return sorted(pool, key=rank)


def lot_below(seed: bytes, total: int) -> int:
    """A number from 0 to total - 1, each as likely as the other, that follows from the seed."""
    limit = 2**64 - 2**64 % total
    digests = (hmac.digest(seed, b"los1 panel\n%d" % n, "sha256") for n in itertools.count())
    numbers = (int.from_bytes(digest[:8], "big") for digest in digests)
    return next(number for number in numbers if number < limit) % total


def order_by_quota(
    lot: int, types: list[str], rows: list[list[int]], order: list[str], pool: dict[str, str]
) -> list[str]:
    """Find the row on which the lot falls and move the tickets that fill its counts to the top."""
    cumulative = itertools.accumulate(row[0] for row in rows)
    chosen = next(row for row, upto in zip(rows, cumulative) if upto > lot)
    left = dict(zip(types, chosen[1:]))
    seats, reserve = [], []
    for ticket in order:
        seated = left[pool[ticket]] > 0
        left[pool[ticket]] -= seated
        (seats if seated else reserve).append(ticket)
    return seats + reserve


def compare_result(folder: str, result: list[str]) -> None:
    """A published result must be the same to the byte."""
    sheet = Sheet(folder, "result.txt")
    for line, found in zip(result, sheet.lines):
        sheet.at += 1
        if found != line:
            raise sheet.fault(f"computed: {line}, found{odd_bytes(found)}: {found[:100]!a}")
    sheet.require(len(sheet.lines) >= len(result), "the file ends here, lines are missing")
    sheet.end()


def find_ticket(start: str, order: list[str], seats: int, rejected: dict[str, str]) -> str:
    """One line on what became of a ticket, given by its first digits."""
    found = [one for one in [*order, *rejected] if one.startswith(start)]
    if not re.fullmatch("[0-9a-f]{8,40}", start) or len(found) > 1:
        raise Fault(f"--ticket: {start!a} is too short, too long or not in hex digits")
    if not found:
        return f"ticket {start}: not in the pool"
    ticket = found[0]
    if ticket in rejected:
        return f"ticket {ticket}: not in the pool, rejected with reason {rejected[ticket]}"
    kind = "seat" if ticket in order[:seats] else "reserve list"
    return f"ticket {ticket}: in the pool, place {order.index(ticket) + 1} of {len(order)}, {kind}"


def draw_again(folder: str, fingerprint: str | None, ticket: str | None) -> list[str]:
    """Check every file, draw again, and return the lines to print; raises Fault."""
    declaration = Sheet(folder, "declaration.txt")
    rules = read_declaration(declaration)
    same = fingerprint in (None, declaration.hash)
    declaration.require(same, f"has the fingerprint {declaration.hash}, not the one given", 1)
    sheets = {}
    for name, (promised, line) in rules.bound.items():
        if promised != "-":
            sheets[name] = Sheet(folder, name)
        elif Path(folder, name).exists():
            raise declaration.fault(f'says "-", yet there is a file {name}', line)

    quotas = "lottery.txt" in sheets
    form = "<ticket> <stratum>" if quotas else "<ticket>"
    pool = read_tickets(sheets["pool.txt"], rules, "pool", form)
    declaration.require(rules.seats <= len(pool), "more seats than tickets", 4)
    types, rows = read_lottery(sheets["lottery.txt"], rules, pool) if quotas else ([], [])
    rejected = {}
    if "rejected.txt" in sheets:
        rejected = read_tickets(sheets["rejected.txt"], rules, "rejected", "<ticket> <reason>")
        for line, one in enumerate(rejected, 4):
            sheets["rejected.txt"].require(one not in pool, "this ticket is in the pool too", line)
    for name, sheet in sheets.items():
        promised, line = rules.bound[name]
        text = f"the {name} at hand has another SHA-256, {sheet.hash}"
        declaration.require(sheet.hash == promised, text, line)

    seed_sheet = Sheet(folder, "seed.txt")
    notices = read_seed(seed_sheet, rules, declaration.hash)
    seed = bytes.fromhex(seed_sheet.hash)

    order = ranking(seed, pool)
    if rows:
        lot = lot_below(seed, sum(row[0] for row in rows))
        order = order_by_quota(lot, types, rows, order, pool)
    places = [f"{place} {one}" for place, one in enumerate(order, 1)]
    result = ["los1 result", f"seed {seed.hex()}", *places]
    if Path(folder, "result.txt").exists():
        compare_result(folder, result)

    lines = [f"seat {place}" for place in places[: rules.seats]]
    if ticket is not None:
        lines.append(find_ticket(ticket, order, rules.seats, rejected))
    content = "".join(f"{line}\n" for line in result).encode("ascii")
    return [*lines, *notices, f"result sha256 {hashlib.sha256(content).hexdigest()}"]


def bare(text: str) -> str:
    """Hex digits as people copy them: capitals, spaces and hyphens do not matter."""
    return re.sub(r"[\s-]", "", text).lower()


def main(arguments: list[str] | None = None) -> int:
    """Read the command line, print the draw; 0, or 1 with one line on what is wrong."""
    parser = argparse.ArgumentParser(description=HELP)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    add = parser.add_argument
    add("folder", metavar="DIR", help="Ordner mit den Dateien / folder with the files")
    add("--fingerprint", metavar="C", type=bare, help="aus Ihrer E-Mail / from your own mail")
    add("--ticket", metavar="T", type=bare, help="Ihr Los / your ticket, or in short 977F-3020")
    try:
        print("\n".join(draw_again(**vars(parser.parse_args(arguments)))))
    except Fault as fault:
        print(fault, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a terminal without umlauts shall not matter
    sys.exit(main())
