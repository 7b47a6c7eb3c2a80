"""The kinds of text that fields hold, and the common base of all records."""

from __future__ import annotations

import re
from typing import Annotated, Any, ClassVar, Final
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, StringConstraints, WithJsonSchema
from pydantic_core import PydanticCustomError

from generator.documents import Guessed

ID_PATTERN: Final = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_ID: Final = re.compile(ID_PATTERN)
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?")


class Record(BaseModel):
    """Frozen; knows all its fields; an unknown field is a problem."""

    model_config: ClassVar[ConfigDict] = ConfigDict(
        frozen=True, extra="forbid", validate_default=False, arbitrary_types_allowed=True
    )

    def __getstate__(self) -> dict[Any, Any]:
        """What is kept of a record: its values, and not a set of the fields that were given, which nobody asks for."""
        return self.__dict__

    def __setstate__(self, state: dict[Any, Any]) -> None:
        """Take what was kept."""
        fill = object.__setattr__  # a record is frozen
        fill(self, "__dict__", state)
        fill(self, "__pydantic_fields_set__", _NOTHING_SAID)
        fill(self, "__pydantic_extra__", None)
        fill(self, "__pydantic_private__", None)


_NOTHING_SAID: Final[frozenset[str]] = frozenset()


def _typed_text(value: Any) -> Any:
    if isinstance(value, Guessed):
        raise PydanticCustomError("guessed", "quote this value")
    if not isinstance(value, str):
        raise PydanticCustomError("wrong_form", "this must be one text, not a list or fields")
    return value


def _one_line(value: Any) -> Any:
    """A one-line text, its white space folded (YAML folds line ends the same way)."""
    text = _typed_text(value)
    folded = " ".join(text.split())
    return text if folded == text else folded


def _slug(value: Any) -> Any:
    if not isinstance(value, str) or not _ID.fullmatch(value):
        raise PydanticCustomError("wrong_form", "an id has only small letters a-z, digits and single hyphens")
    return str(value)


def _language(value: Any) -> Any:
    # `no` is Norwegian, and exactly what YAML programs read as False; the pattern accepts it only in quotes.
    if isinstance(value, Guessed) or not isinstance(value, str) or not _LANGUAGE.fullmatch(value):
        raise PydanticCustomError(
            "wrong_form", "not a language tag; write ar, en, fr, or ar-Latn for a transliteration"
        )
    return value


def _yes_or_no(value: Any) -> Any:
    match value:
        case "true":
            return True
        case "false":
            return False
        case bool():
            return value
        case _:
            raise PydanticCustomError("wrong_form", "write true or false")


def _number(value: Any) -> Any:
    try:
        number = float(value)
    except (TypeError, ValueError):
        raise PydanticCustomError("wrong_form", "not a number") from None
    if number != number or number in (float("inf"), float("-inf")):
        raise PydanticCustomError("wrong_form", "not a number")
    return number


def _whole_number(value: Any) -> Any:
    if isinstance(value, str) and re.fullmatch(r"\d{1,12}", value):
        return int(value)
    raise PydanticCustomError("wrong_form", "not a whole number")


def _sha256(value: Any) -> Any:
    if not isinstance(value, str) or not re.fullmatch(r"[0-9a-f]{64}", value):
        raise PydanticCustomError("wrong_form", "not a SHA-256; it has 64 digits 0-9 and a-f")
    return str(value)


def _address(value: str) -> str:
    """A web address that may be followed: http or https, a public host name, nothing hidden in it."""
    sentence = _fault_of_address(value)
    if sentence:
        raise PydanticCustomError("wrong_form", "{sentence}", {"sentence": sentence})
    return value


_TRACKING: Final = re.compile(r"[?&](utm_[a-z]+|fbclid|gclid|igsh|igshid|mc_cid|mc_eid)=", re.IGNORECASE)
_HOST: Final = re.compile(r"(?:[a-z0-9_](?:[a-z0-9_-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]", re.IGNORECASE)
SHORTENERS: Final = frozenset(
    "bit.ly tinyurl.com t.co goo.gl ow.ly is.gd buff.ly cutt.ly rb.gy shorturl.at tiny.cc rebrand.ly".split()
)


def _fault_of_address(value: str) -> str:
    if re.search(r"[\s<>\"'\\`{}|^]", value):
        return "the address holds a space, a quotation mark, a bracket or a backslash; copy it again"
    try:
        parts = urlsplit(value)
        port = parts.port
    except ValueError:
        return "not a web address; write https://…"
    if parts.scheme not in ("http", "https"):
        return "an address begins with https:// or http://"
    host = parts.hostname or ""
    if parts.username is not None or parts.password is not None or port not in (None, 80, 443):
        return "an address may not name a user or a port"
    if not _HOST.fullmatch(host):
        return "the address needs an ordinary host name, like example.org"
    if host.startswith("xn--") or ".xn--" in host:
        return "the host name is in another script (xn--…); ask a maintainer to look at it first"
    if host.lower() in SHORTENERS:
        return "a shortened address hides where it leads; write the address it leads to"
    if _TRACKING.search(value):
        return "the address carries a tracking parameter (utm_…, fbclid, igsh); delete it"
    return ""


#: Verbatim text: kept letter for letter, line ends included. Quotes are of this kind.
Verbatim = Annotated[str, BeforeValidator(_typed_text), StringConstraints(min_length=1, max_length=20_000)]
#: Text of ours, one paragraph; white space is folded.
Text = Annotated[str, BeforeValidator(_one_line), StringConstraints(min_length=1, max_length=4_000)]
#: A slug: small letters, digits, hyphens.
Id = Annotated[str, BeforeValidator(_slug), WithJsonSchema({"type": "string", "pattern": f"^{ID_PATTERN}$"})]
#: A BCP 47 language tag, such as `ar` or `ar-Latn`.
Language = Annotated[
    str, BeforeValidator(_language), WithJsonSchema({"type": "string", "pattern": f"^{_LANGUAGE.pattern}$"})
]
YesNo = Annotated[bool, BeforeValidator(_yes_or_no), WithJsonSchema({"type": "boolean"})]
Number = Annotated[float, BeforeValidator(_number), WithJsonSchema({"type": "number"})]
WholeNumber = Annotated[int, BeforeValidator(_whole_number), WithJsonSchema({"type": "integer", "minimum": 0})]
Sha256 = Annotated[str, BeforeValidator(_sha256), WithJsonSchema({"type": "string", "pattern": "^[0-9a-f]{64}$"})]
#: A web address that may be followed; what else a link must be is asked by the rules H01 and H02.
Address = Annotated[
    str,
    BeforeValidator(_typed_text),
    AfterValidator(_address),
    StringConstraints(max_length=2_000),
    WithJsonSchema({"type": "string", "pattern": "^https?://"}),
]


def one_or_more(value: Any) -> Any:
    """A list, where one value alone is allowed too."""
    return [value] if isinstance(value, str) else value


#: One id, or a list of ids.
Ids = Annotated[
    tuple[Id, ...],
    BeforeValidator(one_or_more),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string", "pattern": f"^{ID_PATTERN}$"},
                {"type": "array", "items": {"type": "string", "pattern": f"^{ID_PATTERN}$"}, "minItems": 1},
            ]
        }
    ),
]
