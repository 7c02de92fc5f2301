"""The words around the drawings of goals: labels, sentences, and the values of the table."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from foundation.look.figures import curve, goals
from foundation.look.moments import day_text
from foundation.look.numbers import figure_text


def rows_of(all_goals: Iterable[goals.Goal]) -> list[dict[str, Any]]:
    """Per goal: {goal, svg, baseline, target, today, plan, course}, values as words."""
    rows = []
    for goal in all_goals:
        values = {
            "baseline": figure_text(goal.baseline),
            "target": figure_text(goal.target),
            "today": figure_text(goal.today) if goal.today is not None else "",
            "plan": figure_text(goal.plan) if goal.plan is not None else "",
        }
        words = goals.Words(
            baseline=values["baseline"],
            target=_("goal %(value)s") % {"value": values["target"]},
            today=_("today %(value)s") % {"value": values["today"]},
            plan=_("plan %(value)s") % {"value": values["plan"]},
        )
        sentence = _(
            "%(title)s: start %(baseline)s, today %(today)s, plan %(plan)s, goal %(target)s."
        ) % {
            "title": goal.title,
            **{key: value or _("not known") for key, value in values.items()},
        }
        course = [f"{figure_text(point.value)} ({day_text(point.on)})" for point in goal.course]
        if curve.is_drawable(goal):
            measured = _("Measured: %(values)s.") % {"values": "; ".join(course)}
            drawing = curve.curve(goal, _dated(goal, words), f"{sentence} {measured}")
        else:
            drawing = goals.chart(goal, words, sentence)
        rows.append({"goal": goal, "svg": drawing, "course": course, **values})
    return rows


def _dated(goal: goals.Goal, words: goals.Words) -> curve.Words:
    """The same labels for a curve, with its first and its last day."""
    newest = figure_text(goal.course[-1].value)
    first, last = curve.days_of(goal)
    return curve.Words(words.baseline, words.target, newest, day_text(first), day_text(last))
