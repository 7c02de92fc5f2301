"""The few signs of the portal: states, lamps, timeline marks, the logo.

Inlined as SVG: no sprite request, visible in print, coloured by the style sheet.
"""

from typing import Final

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

_ROUND: Final = '<circle cx="11" cy="11" r="9" fill="none" stroke="currentColor" stroke-width="2"'

_SHAPES: Final[dict[str, str]] = {
    "done": '<circle cx="11" cy="11" r="10" fill="currentColor"/>'
    '<path d="M6 11.5l3.5 3.5L16 7.5" fill="none" stroke="var(--sb-paper)" stroke-width="2.4"/>',
    "half": f'{_ROUND}/><path d="M11 2a9 9 0 0 1 0 18z" fill="currentColor"/>',
    "open": f"{_ROUND}/>",
    "free": f'{_ROUND} stroke-dasharray="3 3.3"/>',
    "late": '<path d="M11 1.5L21 20H1z" fill="currentColor"/>'
    '<path d="M11 8v6" stroke="var(--sb-paper)" stroke-width="2.4"/>'
    '<circle cx="11" cy="17" r="1.4" fill="var(--sb-paper)"/>',
    "no": f'{_ROUND}/><path d="M7 7l8 8M15 7l-8 8" stroke="currentColor" stroke-width="2"/>',
    "light": f'{_ROUND}/><path d="M6 11c1.7-2.6 3.3-2.6 5 0s3.3 2.6 5 0" fill="none" '
    'stroke="currentColor" stroke-width="2"/>',
    "day": '<circle cx="22" cy="11" r="6" fill="currentColor"/>',
    "month": '<rect x="12" y="5" width="20" height="12" rx="6" fill="currentColor"/>',
    "season": '<rect x="3" y="6" width="38" height="10" rx="5" fill="none" stroke="currentColor" '
    'stroke-width="2" stroke-dasharray="4 3"/>',
    "not": '<path d="M16 5l12 12M28 5L16 17" stroke="currentColor" stroke-width="2.4"/>',
}
_WIDE: Final = frozenset({"day", "month", "season", "not"})
NAMES: Final = frozenset(_SHAPES)
TONES: Final = frozenset({"", "alert", "muted", "ink"})
_OWN_TONE: Final = {"late": "alert", "no": "muted", "free": "muted"}

LOGO: Final = mark_safe(
    '<svg viewBox="0 0 60 34" aria-hidden="true" focusable="false">'
    '<path d="M5 27C14 3 46 3 55 27" fill="none" stroke="var(--sb-bridge)" stroke-width="3.5"/>'
    '<path d="M5 27H55" stroke="var(--sb-bridge)" stroke-width="2"/>'
    '<path d="M17.5 14.5V27M30 9V27M42.5 14.5V27" stroke="var(--sb-bridge)" stroke-width="1.5"/>'
    '<circle cx="5" cy="27" r="5" fill="var(--sb-city-a)"/>'
    '<circle cx="55" cy="27" r="5" fill="var(--sb-city-b)"/></svg>'
)


_PAPER: Final = {
    "var(--sb-bridge)": "#00566b",
    "var(--sb-city-a)": "#a84a00",
    "var(--sb-city-b)": "#5a4a9f",
}


def printed_logo() -> SafeString:
    """The logo with plain colours: the PDF engine knows no variables inside SVG."""
    drawing = str(LOGO)
    for variable, colour in _PAPER.items():
        drawing = drawing.replace(variable, colour)
    return mark_safe(drawing)  # noqa: S308 - the same constant drawing


def glyph(name: str, tone: str | None = None, label: str = "") -> SafeString:
    """The sign `name` as inline SVG; without `label` it is decoration beside a word.

    `tone` is one of TONES; by default the sign's own. Raises KeyError for an unknown sign.
    """
    tone = _OWN_TONE.get(name, "") if tone is None else tone
    return format_html(
        '<svg class="sb-g{}" viewBox="0 0 {} 22" {} focusable="false">{}</svg>',
        f" sb-g--{tone}" if tone else "",
        44 if name in _WIDE else 22,
        format_html('role="img" aria-label="{}"', label)
        if label
        else mark_safe('aria-hidden="true"'),
        mark_safe(_SHAPES[name]),  # noqa: S308 - constants above
    )
