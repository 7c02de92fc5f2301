"""What the chair and the office type about a prioritisation: topics, rules, reasons, answers."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from formats.forms.localized import Asked, LocalizedForm
from formats.forms.moments import day_field, moment, time_field
from formats.models import Body, Idea, Poll, PriorityRound, PriorityTopic, Vision
from formats.weighing.priorities import Proposed
from foundation.languages import LocalizedText

MOST_TOPICS = 30


class _TitleChoices(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.title)


class _PublicTitleChoices(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.public_title)


class VisionChoice(forms.ModelChoiceField):
    """Visions by title."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.title)


class PriorityForm(LocalizedForm):
    """A prioritisation: the question, the topics, and how people vote."""

    texts: ClassVar[dict[str, Asked]] = {
        "title": Asked(gettext_lazy("Title"), 120),
        "question": Asked(
            gettext_lazy("Question to the voters"),
            300,
            hint=gettext_lazy("Such as: What should the city begin with?"),
        ),
    }
    visions = _TitleChoices(
        label=gettext_lazy("Visions to be weighed"),
        queryset=Vision.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    ideas = _PublicTitleChoices(
        label=gettext_lazy("Ideas to be weighed"),
        queryset=Idea.objects.none(),
        required=False,
        help_text=gettext_lazy("Ideas that the office has answered and shown to everybody"),
        widget=forms.CheckboxSelectMultiple,
    )
    others = forms.CharField(
        label=gettext_lazy("Further topics"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("One in each line; in English after a bar: Bäume | Trees"),
    )
    electorate = forms.ChoiceField(
        label=gettext_lazy("Who votes"),
        choices=PriorityRound.Electorate.choices,
        initial=PriorityRound.Electorate.MEMBERS,
        widget=forms.RadioSelect,
    )
    way = forms.ChoiceField(
        label=gettext_lazy("How people vote"),
        choices=Poll.Way.choices,
        initial=Poll.Way.BALLOT,
        widget=forms.RadioSelect,
    )
    method = forms.ChoiceField(
        label=gettext_lazy("What they give"),
        choices=[choice for choice in Poll.Method.choices if choice[0] != Poll.Method.CHOICE],
        initial=Poll.Method.DOTS,
        widget=forms.RadioSelect,
    )
    budget = forms.IntegerField(
        label=gettext_lazy("Points for each person"),
        min_value=1,
        max_value=100,
        initial=5,
        help_text=gettext_lazy("With a show of hands: for how many topics each may raise a hand"),
    )
    most = forms.IntegerField(
        label=gettext_lazy("Most points for one topic"),
        min_value=1,
        max_value=100,
        initial=3,
        help_text=gettext_lazy("With scores: the highest score"),
    )
    closes_day = day_field(
        gettext_lazy("Voting ends on"),
        required=False,
        hint=gettext_lazy("Leave it empty when the vote is closed in the session."),
    )
    closes_time = time_field(gettext_lazy("Voting ends at"), required=False)

    def __init__(self, body: Body, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.body = body
        self._offer("visions", Vision.objects.exclude(state=Vision.State.SET_ASIDE))
        # What the sender wrote is read by the office alone, and options stay for good.
        self._offer("ideas", Idea.objects.released())
        self.order_fields(
            ["title_de", "title_en", "question_de", "question_en", "visions", "ideas", "others"]
        )

    def _offer(self, name: str, rows: Any) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ModelMultipleChoiceField)  # noqa: S101 - for the type checker
        field.queryset = rows.order_by("pk")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self._check_topics(cleaned)
        self._check_rules(cleaned)
        self._check_end(cleaned)
        return cleaned

    def _check_topics(self, cleaned: dict[str, Any]) -> None:
        lines = [line.strip() for line in cleaned.get("others", "").splitlines() if line.strip()]
        cleaned["lines"] = lines
        number = len(cleaned.get("visions") or ()) + len(cleaned.get("ideas") or ()) + len(lines)
        if number < 2:
            self.add_error("others", _("Weighing needs at least two topics."))
        if number > MOST_TOPICS:
            self.add_error(
                "others", _("At most %(n)d topics in one vote, please.") % {"n": MOST_TOPICS}
            )
        if any(len(line) > 200 for line in lines):
            self.add_error("others", _("At most 200 characters for one topic, please."))

    def _check_rules(self, cleaned: dict[str, Any]) -> None:
        budget, most = cleaned.get("budget"), cleaned.get("most")
        is_score = cleaned.get("method") == Poll.Method.SCORE
        if is_score and most:
            cleaned["budget"] = most
        elif budget and most and most > budget:
            self.add_error("most", _("This is more than each person has altogether."))
        if cleaned.get("way") == Poll.Way.HANDS:
            cleaned["most"] = 1
            if is_score:
                self.add_error("method", _("Hands can be counted, but give no scores."))

    def _check_end(self, cleaned: dict[str, Any]) -> None:
        day, time = cleaned.get("closes_day"), cleaned.get("closes_time")
        cleaned["closes_at"] = None
        if bool(day) != bool(time) and not {"closes_day", "closes_time"} & set(self.errors):
            self.add_error("closes_time", _("Please give both the day and the time, or neither."))
        if day and time:
            try:
                cleaned["closes_at"] = moment(day, time, self.body.time_zone)
            except forms.ValidationError as error:
                self.add_error("closes_time", error)
        if day and cleaned.get("way") == Poll.Way.HANDS:
            self.add_error("closes_day", _("A show of hands is closed in the session."))

    def values(self) -> dict[str, Any]:
        """What formats.priorities.set_up takes."""
        names = ("electorate", "way", "method", "budget", "most", "closes_at")
        return {
            **self.all_texts(),
            **{name: self.cleaned_data[name] for name in names},
            "topics": self._topics(),
        }

    def _topics(self) -> list[Proposed]:
        found = [Proposed(each.title, vision=each) for each in self.cleaned_data["visions"]]
        found += [Proposed(each.public_title, idea=each) for each in self.cleaned_data["ideas"]]
        for line in self.cleaned_data["lines"]:
            german, _bar, english = (part.strip() for part in line.partition("|"))
            found.append(Proposed(LocalizedText.of("de", german, en=english)))
        return found


class ReasonForm(LocalizedForm):
    """Why a topic came out as it did."""

    texts: ClassVar[dict[str, Asked]] = {
        "reason": Asked(
            gettext_lazy("Reasons given for it"),
            2000,
            rows=4,
            hint=gettext_lazy("As they were said in the session; without names"),
        )
    }


class DissentForm(forms.Form):
    """A minority's reason."""

    for_whom = forms.CharField(
        label=gettext_lazy("For whom"),
        max_length=200,
        help_text=gettext_lazy("Department, advisory board or organisation; shown publicly"),
    )
    words = forms.CharField(
        label=gettext_lazy("Reason of the minority"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("It stands beside the result for good and cannot be changed."),
    )


class AdviceForm(LocalizedForm):
    """What the office makes of the advice about one topic."""

    texts: ClassVar[dict[str, Asked]] = {
        "answer_reason": Asked(
            gettext_lazy("Reason"), 2000, rows=4, hint=gettext_lazy("Everybody can read it.")
        )
    }
    outcome = forms.ChoiceField(
        label=gettext_lazy("Answer of the office"),
        choices=PriorityTopic.Answer.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Please choose one of the three.")},
    )
    vision = VisionChoice(
        label=gettext_lazy("Goes on as the vision"),
        queryset=Vision.objects.exclude(state=Vision.State.SET_ASIDE).order_by("pk"),
        required=False,
        empty_label=gettext_lazy("none yet"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(["outcome", "answer_reason_de", "answer_reason_en", "vision"])
