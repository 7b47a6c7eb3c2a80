"""What every copy says about its use."""

from __future__ import annotations

from typing import Final

LICENCE: Final = "CC-BY-4.0"
LICENCE_URL: Final = "https://creativecommons.org/licenses/by/4.0/"
LICENCE_TITLE: Final = "Creative Commons Attribution 4.0 International"
#: What the licence does not cover.
NOT_OURS: Final = "Quoted statements, titles of sources and translations by others are not ours to license."
