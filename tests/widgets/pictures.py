"""The pictures that were stored in a view's HTML, for tests to look into."""

from __future__ import annotations

import base64
import re
import xml.etree.ElementTree as ElementTree


def stored_pictures(html: str) -> list[str]:
    """The SVG of every image in the HTML, each of which must be sound."""
    encoded = re.findall(r'src="data:image/svg\+xml;base64,([^"]+)"', html)
    pictures = [base64.b64decode(one).decode() for one in encoded]
    for one in pictures:
        ElementTree.fromstring(one)
    return pictures
