"""Charts that can be cited and taken away: what their pages say of it."""

from __future__ import annotations

import dataclasses
from typing import Final

#: The names of a claim's charts: the propagation line, and what the items behind its findings come from.
PROPAGATION: Final = "propagation"
ORIGINS: Final = "origins"


@dataclasses.dataclass(frozen=True, slots=True)
class Taken:
    """How a chart, or several in one picture, is cited and taken away.

    Attributes:
        id: of the chart on its page.
        how: how it is read.
        citation: in words.
        picture: address of its picture.
        data: addresses of what it was drawn from, and what they are.
    """

    id: str
    how: str
    citation: str
    picture: str
    data: tuple[tuple[str, str], ...]


def claim_picture(claim: str, chart: str) -> str:
    """Where the picture of a claim's chart stands, from the top of the site."""
    return f"charts/claim-{claim}-{chart}.svg"
