"""Print what is on record of a circle's decision, for people or as JSON; without names."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from circles.deciding import records
from circles.models import Decision


class Command(BaseCommand):
    help = "Print decision NUMBER (such as IZ-2026-01/03) of a circle: procedure, rounds, figures."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("number")
        parser.add_argument("--json", action="store_true", help="for programs")

    def handle(self, *args: Any, **options: Any) -> None:
        number = options["number"]
        found = Decision.objects.select_related("circle", "version").filter(number=number).first()
        if found is None:
            raise CommandError(f"There is no decision {number}.", returncode=2)
        record = records.record_of(found)
        if options["json"]:
            text = json.dumps(records.as_json(record), ensure_ascii=False, indent=2)
        else:
            text = "\n".join(_lines(record))
        self.stdout.write(text)


def _lines(record: records.DecisionRecord) -> list[str]:
    by = f" by {record.procedure}" if record.procedure else ""
    lines = [f"{record.number}  {record.title}", f"outcome: {record.outcome}{by}"]
    for each in record.rounds:
        about = f", version {each.version}" if each.version else ""
        figures = (
            f"{each.consent} consent, {each.concern} with a concern, "
            f"{each.objection} serious objection, {each.absent} absent"
            if each.is_counted
            else "not counted"
        )
        lines.append(f"round {each.n} ({each.phase}{about}): {figures}")
        if each.integration:
            lines.append(f"  changed: {each.integration}")
    lines += [
        f"vote {each.n} ({each.state}): {each.yes} yes, {each.no} no, {each.abstain} abstentions"
        for each in record.votes
        if each.is_counted
    ]
    if record.quorum:
        lines.append(f"quorum: {record.quorum[1]} of {record.quorum[0]} needed")
    lines += [f"minority: {each.text}" for each in record.statements]
    return [*lines, record.label]
