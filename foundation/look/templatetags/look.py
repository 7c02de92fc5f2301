"""`{% load look %}`: signs, states, form fields, moments, sections and lists for the templates.

Thin: each tag hands plain values to a component in templates/components/.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django import forms, template
from django.conf import settings
from django.core.paginator import Page
from django.forms.boundfield import BoundField
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import slugify
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from foundation.look import glyphs, mistakes, moments
from foundation.look.fields import FieldView, view_of

register = template.Library()
Context = dict[str, Any]


# Signs and states


@register.simple_tag
def glyph(name: str, tone: str | None = None, label: str = "") -> SafeString:
    """{% glyph "done" %}; decoration unless `label` says what it means."""
    return glyphs.glyph(name, tone, label)


@register.simple_tag
def state(name: str, text: str) -> SafeString:
    """{% state "half" _("offered") %}: a sign and its word; sign and word never part."""
    late = " sb-state--late" if name == "late" else ""
    return format_html('<span class="sb-state{}">{}{}</span>', late, glyphs.glyph(name), text)


@register.simple_tag
def logo(paper: bool = False) -> SafeString:
    """{% logo %} on screen, {% logo paper=True %} in print."""
    return glyphs.printed_logo() if paper else glyphs.LOGO


@register.simple_tag
def demo(text: str = "") -> SafeString:
    """{% demo %} or {% demo "MUSTER" %}: marks what is invented."""
    return format_html('<span class="sb-demo">{}</span>', text or _("Demo"))


@register.simple_tag
def hash_groups(digest: str) -> SafeString:
    """{% hash_groups "9f3a…" %}: a digest in groups of eight; copies without spaces in between."""
    groups = ((digest[start : start + 8],) for start in range(0, len(digest), 8))
    inner = format_html_join("", "<span>{}</span>", groups)
    return format_html('<span class="sb-finger">{}</span>', inner)


# Moments


def _told(context: template.Context, value: date, text: str) -> str:
    """For machines too on pages; as plain words in mails, whose base turns escaping off."""
    return moments.time_tag(value, text) if context.autoescape else text


@register.simple_tag(takes_context=True)
def moment(context: template.Context, value: datetime, zone: str = "") -> str:
    """{% moment call.closes_at %}: 13 December 2026, 23:59."""
    return _told(context, value, moments.moment_text(value, zone))


@register.simple_tag
def short_moment(value: datetime) -> SafeString:
    """{% short_moment mail.created_at %}: 13 Dec, 23:59, for the rows of a list."""
    return moments.time_tag(value, moments.short_moment_text(value))


@register.simple_tag(takes_context=True)
def day(context: template.Context, value: date, style: str = "") -> str:
    """{% day meeting.date %}, {% day value "weekday" %}, {% day value "short" %}."""
    if isinstance(value, datetime):
        value = moments.local(value).date()
    writers = {"weekday": moments.weekday_text, "short": moments.short_day_text}
    return _told(context, value, writers.get(style, moments.day_text)(value))


@register.simple_tag(takes_context=True)
def clock(context: template.Context, value: datetime, zone: str = "") -> str:
    """{% clock meeting.starts_at %}: 17:30."""
    return _told(context, value, moments.clock_text(moments.local(value, zone)))


@register.simple_tag
def clock_with_seconds(value: datetime, zone: str = "") -> SafeString:
    """{% clock_with_seconds now %}: 19:42:07, for pages that follow by themselves."""
    return moments.time_tag(value, f"{moments.local(value, zone):%H:%M:%S}")


@register.simple_tag
def two_zones(value: datetime, city: str, zone: str, other: str, other_zone: str) -> SafeString:
    """{% two_zones t "Bielefeld" "Europe/Berlin" "Tampere" "Europe/Helsinki" %}."""
    return moments.time_tag(value, moments.two_zones_text(value, city, zone, other, other_zone))


# Forms


@register.inclusion_tag("components/field.html")
def field(
    bound: BoundField,
    label: str = "",
    hint: str = "",
    autocomplete: str = "",
    mark_optional: bool = True,
    **attrs: Any,
) -> dict[str, FieldView]:
    """{% field form.email autocomplete="email" hint=_("We send your ticket here.") %}.

    Further keywords become attributes of the control (rows=4, maxlength=200, inputmode="numeric").
    """
    return {
        "f": view_of(
            bound,
            label=label,
            hint=hint,
            autocomplete=autocomplete,
            mark_optional=mark_optional,
            attrs=attrs,
        )
    }


@register.inclusion_tag("components/fields.html")
def form_fields(form: forms.BaseForm, names: str = "", mark_optional: bool = True) -> Context:
    """{% form_fields form %} or {% form_fields form "name email" %}: fields in this order."""
    bound = [form[name] for name in names.split()] if names else list(form)
    return {"views": [view_of(each, mark_optional=mark_optional) for each in bound]}


@register.inclusion_tag("components/fields.html")
def field_group(form: forms.BaseForm, legend: str, names: str, note: str = "") -> Context:
    """{% field_group form _("1 How do we reach you?") "name email" %}: a fieldset of fields."""
    views = [view_of(form[name]) for name in names.split()]
    return {"views": views, "legend": legend, "note": note}


@register.inclusion_tag("components/error_summary.html")
def error_summary(*forms_on_page: forms.BaseForm | None, note: str = "") -> Context:
    """{% error_summary form %}: nothing, or the box that gets the focus. Accepts several forms."""
    bad = [form for form in forms_on_page if form is not None and form.is_bound and form.errors]
    return {
        "mistakes": mistakes.mistakes_in(bad),
        "headline": mistakes.headline_of(bad) if bad else "",
        "note": note or _("Everything else that you entered is kept. Nothing has been sent yet."),
    }


@register.inclusion_tag("components/form.html", takes_context=True)
def whole_form(
    context: Context,
    form: forms.BaseForm,
    submit: str,
    action: str = "",
    cancel_url: str = "",
    cancel: str = "",
) -> Context:
    """{% whole_form form submit=_("Save") %}: POST form with key, token, fields and button."""
    return {
        "form": form,
        "submit": submit,
        "action": action,
        "cancel_url": cancel_url,
        "cancel": cancel or _("Cancel"),
        "request": context.get("request"),
        "csrf_token": context.get("csrf_token", ""),
    }


@register.inclusion_tag("components/post_button.html", takes_context=True)
def post_button(
    context: Context,
    label: str,
    action: str = "",
    kind: str = "secondary",
    about: str = "",
    **hidden: Any,
) -> Context:
    """{% post_button _("Accept the place") url kind="primary" digest=d %}: a form of one button.

    `kind` is primary, secondary or link; `about` says to ears only which of many such buttons it
    is; further keywords travel as hidden fields.
    """
    return {
        "label": label,
        "action": action,
        "kind": kind,
        "about": about,
        "hidden": hidden,
        "request": context.get("request"),
        "csrf_token": context.get("csrf_token", ""),
    }


# Page furniture


@register.simple_tag
def next_step(url: str, label: str, hint: str = "") -> SafeString:
    """{% next_step url _("Apply now") _("takes five minutes") %}: the one filled button."""
    note = format_html('<span class="sb-small sb-muted">{}</span>', hint) if hint else ""
    return format_html(
        '<p class="sb-next"><a class="kern-btn kern-btn--primary" href="{}">'
        '<span class="kern-label">{}</span></a>{}</p>',
        url,
        label,
        note,
    )


@register.simple_tag
def submit_button(label: str, name: str = "", value: str = "") -> SafeString:
    """{% submit_button _("Send application") %} inside a form."""
    extra = format_html(' name="{}" value="{}"', name, value) if name else ""
    return format_html(
        '<button class="kern-btn kern-btn--primary" type="submit"{}>'
        '<span class="kern-label">{}</span></button>',
        extra,
        label,
    )


@register.simple_block_tag
def section(content: str, title: str, note: str = "", id: str = "", kind: str = "") -> SafeString:
    """{% section _("Goals") note=_("Three proposals.") kind="wide" %}…{% endsection %}.

    `kind`: empty (heading in 3, content in 9 columns), wide, dense, plain.
    """
    return render_to_string(
        "components/section.html",
        {
            "title": title,
            "note": note,
            "anchor": id or slugify(title) or "section",
            "kind": kind,
            "content": content,
        },
    )


@register.simple_block_tag
def table(content: str, caption: str, hide_caption: bool = False) -> SafeString:
    """{% table _("Applications") %}<thead>…</tbody>{% endtable %}: scrolls in its own region."""
    return render_to_string(
        "components/table.html",
        {"caption": caption, "hide_caption": hide_caption, "content": content},
    )


@register.inclusion_tag("components/pagination.html", takes_context=True)
def pagination(context: Context, page: Page[Any], label: str = "") -> Context:
    """{% pagination page_obj %}: keeps all other query parameters."""
    return {
        "page": page,
        "request": context.get("request"),
        "label": label or _("Pages"),
        "numbers": page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1),
    }


@register.inclusion_tag("components/language_switch.html", takes_context=True)
def language_switch(context: Context) -> Context:
    """The languages of this page: `page_languages` of the view, else German and English."""
    request = context.get("request")
    codes: Iterable[str] = context.get("page_languages") or ("de", "en")
    return {
        "languages": [get_language_info(code) for code in codes],
        "current": context.get("LANGUAGE_CODE") or settings.LANGUAGE_CODE,
        "next": request.get_full_path() if request is not None else "/",
        "csrf_token": context.get("csrf_token", ""),
    }


@register.simple_tag
def maybe_url(name: str) -> str:
    """The address of a named page, or nothing while that page does not exist."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
