"""Two ellipses that meet: what only one city has, and what both share.

Decoration behind three lists; stretched to their height by the style sheet.
"""

from typing import Final

_RIM: Final = 'cy="210" rx="349" ry="207" vector-effect="non-scaling-stroke"/>'

ELLIPSES: Final = (
    '<svg class="sb-fig" viewBox="0 0 900 420" preserveAspectRatio="none" '
    'aria-hidden="true" focusable="false">'
    '<defs><clipPath id="ov"><ellipse cx="352" cy="210" rx="349" ry="207"/></clipPath></defs>'
    '<ellipse class="soft" cx="548" cy="210" rx="349" ry="207" clip-path="url(#ov)"/>'
    f'<ellipse class="round-a" cx="352" {_RIM}<ellipse class="round-b" cx="548" {_RIM}</svg>'
)
