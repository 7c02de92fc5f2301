"""A small reader of iCalendar files (RFC 5545) that shares no line with the writer.

It takes the offsets from the VTIMEZONE of the file, as a calendar program without a list of time
zones would, so that a wrong or missing one is noticed.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import re


@dataclasses.dataclass(frozen=True)
class Observance:
    """From each of `onsets` (local time before the change) the zone is at `offset`."""

    onsets: list[dt.datetime]
    before: dt.timedelta
    offset: dt.timedelta


class Component(dict):
    """Properties by name; `parameters` by name of the property."""

    def __init__(self, kind: str) -> None:
        super().__init__()
        self.kind = kind
        self.parameters: dict[str, dict[str, str]] = {}
        self.parts: list[Component] = []
        self.zones: dict[str, list[Observance]] = {}

    @property
    def events(self) -> list[Component]:
        return [part for part in self.parts if part.kind == "VEVENT"]

    @property
    def begins(self) -> dt.datetime:
        return self.moment("DTSTART")

    def moment(self, name: str) -> dt.datetime:
        """A date-time of the event in UTC, by the VTIMEZONE of its own file."""
        text = self[name]
        local = _local(text.rstrip("Z"))
        if text.endswith("Z"):
            return local.replace(tzinfo=dt.UTC)
        zone = self.zones[self.parameters[name]["TZID"]]
        onsets = [(onset, each) for each in zone for onset in each.onsets if onset <= local]
        _onset, found = max(onsets, key=lambda pair: pair[0])
        return (local - found.offset).replace(tzinfo=dt.UTC)


def parsed(data: bytes | str) -> Component:
    """The VCALENDAR; fails on lines that the standard forbids."""
    raw = data if isinstance(data, bytes) else data.replace("\r\n", "\n").replace(
        "\n", "\r\n").encode()  # fmt: skip
    assert raw.endswith(b"\r\n"), "lines end with CRLF"
    lines = raw.decode().split("\r\n")[:-1]
    assert all(len(line.encode()) <= 75 for line in lines), "folded at 75 octets"
    unfolded: list[str] = []
    for line in lines:
        if line[:1] in {" ", "\t"}:
            unfolded[-1] += line[1:]
        else:
            unfolded.append(line)
    root, open_ = Component(""), []
    open_.append(root)
    for line in unfolded:
        name, parameters, value = _split(line)
        if name == "BEGIN":
            part = Component(value)
            open_[-1].parts.append(part)
            open_.append(part)
        elif name == "END":
            assert open_.pop().kind == value
        else:
            open_[-1][name] = _unescape(value)
            open_[-1].parameters[name] = parameters
    assert open_ == [root]
    (calendar,) = root.parts
    zones = {
        part["TZID"]: [_observance(each) for each in part.parts]
        for part in calendar.parts
        if part.kind == "VTIMEZONE"
    }
    for event in calendar.events:
        event.zones = zones
    return calendar


def _split(line: str) -> tuple[str, dict[str, str], str]:
    found = re.match(r'([A-Z-]+)((?:;[A-Z-]+=(?:"[^"]*"|[^;:"]*))*):(.*)$', line, re.S)
    assert found, line
    parameters = dict(each.split("=", 1) for each in found[2].split(";") if each)
    return found[1], {key: value.strip('"') for key, value in parameters.items()}, found[3]


def _unescape(value: str) -> str:
    return re.sub(r"\\([nN,;\\])", lambda m: "\n" if m[1] in "nN" else m[1], value)


def _observance(part: Component) -> Observance:
    texts = [part["DTSTART"], *(part.get("RDATE") or "").split(",")]
    onsets = [_local(text) for text in texts if text]
    return Observance(onsets, _offset(part["TZOFFSETFROM"]), _offset(part["TZOFFSETTO"]))


def _offset(text: str) -> dt.timedelta:
    sign = -1 if text[0] == "-" else 1
    return sign * dt.timedelta(hours=int(text[1:3]), minutes=int(text[3:5]))


def _local(text: str) -> dt.datetime:
    """20310330T023000 as the clock on the wall shows it, without a zone."""
    numbers = [int(text[a:b]) for a, b in ((0, 4), (4, 6), (6, 8), (9, 11), (11, 13), (13, 15))]
    return dt.datetime(*numbers)  # noqa: DTZ001 - the VTIMEZONE says which zone
