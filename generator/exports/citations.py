"""How a record is cited: as text, BibTeX, RIS and CSL-JSON, and what reference managers read from its page.

The status is part of the title, and the version stands in the place of a report's number: no citation goes without.
"""

from __future__ import annotations

import dataclasses
import datetime
import json
import re
from typing import Any, Final, Literal

from markupsafe import Markup

from generator.analysis.dating import profile_changed_on
from generator.analysis.sentences import spoken_date, spoken_day
from generator.analysis.whole import Analysis
from generator.archive import Entry
from generator.pages.environment import printed
from generator.pages.links import Links
from generator.records.claim import Claim
from generator.records.dating import changed_on
from generator.records.event import Event
from generator.records.facade import Facade
from generator.records.organisation import Organisation
from generator.records.report import Report
from generator.records.term import Term


@dataclasses.dataclass(frozen=True, slots=True)
class Citation:
    """What a citation of a record names.

    Attributes:
        title: of a claim with its status first.
        authors: who wrote it, where that is not the site as a whole.
        day: of the version; what stood on another day may have been different.
        status: the word of the status; empty where a record has none.
    """

    kind: Literal["report", "webpage"]
    id: str
    title: str
    authors: tuple[str, ...]
    site: str
    version: str
    day: datetime.date
    url: str
    status: str = ""

    @property
    def text(self) -> str:
        """The citation in words."""
        return f"{self._record}, {self.url}"

    def of_part(self, what: str, anchor: str) -> str:
        """The citation of a part of the record's page in words.

        Args:
            what: the part, such as a chart with its title.
            anchor: id of the element that its address leads to.
        """
        return f"{self._record}, {what}, {self.url}#{anchor}"

    @property
    def _record(self) -> str:
        by = f"{', '.join(self.authors)}, " if self.authors != (self.site,) else ""
        version = f"version {self.version} of {spoken_day(self.day)}"
        return f"{by}“{self.title}”, {self.site}, record {self.id}, {version}"

    @property
    def number(self) -> str:
        """What stands for a report's number: with a word before it, which keeps styles from changing its letters."""
        return f"Version {self.version}"

    @property
    def note(self) -> str:
        """What stands in the notes of a reference manager."""
        status = f"Status in this version: {self.status}. " if self.status else ""
        return f"{status}Record {self.id}, version {self.version}. What has changed since stands at the address."


def claim_citation(entry: Entry[Claim], analysis: Analysis, links: Links, version: str) -> Citation:
    """How a claim is cited."""
    own, site = analysis.claims[entry.id], links.settings.site_name
    status = "Withdrawn" if entry.record.tombstone else own.status.label
    day, url = changed_on(entry.record), links.full("claim", entry.id)
    return Citation("report", entry.id, own.headline, (site,), site, version, day, url, status)


def profile_citation(
    entry: Entry[Facade] | Entry[Organisation] | Entry[Term] | Entry[Report] | Entry[Event],
    links: Links,
    whole: datetime.date,
) -> Citation:
    """How a facade, organisation, term, report or event is cited.

    Args:
        whole: the day as of which the archive stands.
    """
    site, record = links.settings.site_name, entry.record
    form: Literal["report", "webpage"] = "webpage"
    authors: tuple[str, ...] = (site,)
    match record:
        case Report():
            kind, title, authors, form = "report", record.title, record.authors or authors, "report"
        case Term():
            kind, title = "term", record.name
        case Facade():
            kind, title = "facade", record.name.en
        case Organisation():
            kind, title = "organisation", record.name.en
        case Event():
            # Titles of events are ours and short; a citation must not read as if we had established the event.
            kind, title = "event", f"As reported: {record.title}, {spoken_date(record.date)}"
    day, url = profile_changed_on(entry, whole), links.full(kind, entry.id)
    return Citation(form, entry.id, title, authors, site, entry.version, day, url)


#: The downloadable forms: what they are called, and their files. The page fetches one when it is to be seen.
_FORMS: Final = (("BibTeX", "cite.bib"), ("RIS", "cite.ris"), ("CSL-JSON", "cite.csl.json"))


def files_of(citation: Citation) -> dict[str, bytes]:
    """The downloadable forms, by file name."""
    return {
        "cite.bib": as_bibtex(citation).encode(),
        "cite.ris": as_ris(citation).encode(),
        "cite.csl.json": as_csl_text(citation).encode(),
    }


def cite_section(citation: Citation, copies: str = "") -> Markup:
    """What the page shows under *Cite*.

    Args:
        copies: address of the machine copy of the record; empty where it has none of its own.
    """
    return printed("cite.html.j2", citation=citation, forms=_FORMS, copies=copies)


_LATEX: Final = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "&%$#_"},
}
_SIGN: Final = re.compile(r"[\\{}~^&%$#_]")
_MONTHS: Final = "jan feb mar apr may jun jul aug sep oct nov dec".split()


def _latex(text: str) -> str:
    return _SIGN.sub(lambda sign: _LATEX[sign[0]], text)


def as_bibtex(citation: Citation) -> str:
    """An entry of BibTeX; double braces keep capitals, and corporate authors whole."""
    report = citation.kind == "report"
    fields = {
        "author": " and ".join(f"{{{_latex(author)}}}" for author in citation.authors),
        "title": f"{{{_latex(citation.title)}}}",
        "institution" if report else "howpublished": _latex(citation.site),
        "number": citation.number if report else "",
        "year": str(citation.day.year),
        "url": citation.url,
        "note": _latex(citation.note),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    lines.insert(-2, f"  month = {_MONTHS[citation.day.month - 1]},")
    kind = "techreport" if report else "misc"
    return f"@{kind}{{{citation.id},\n" + "\n".join(lines) + "\n}\n"


def as_ris(citation: Citation) -> str:
    """An entry of RIS, with the line ends that its specification asks for."""
    day = citation.day
    report = citation.kind == "report"
    lines = [
        ("TY", "RPRT" if report else "ELEC"),
        ("ID", citation.id),
        *(("AU", author) for author in citation.authors),
        ("TI", citation.title),
        ("PY", str(day.year)),
        ("DA", f"{day.year}/{day.month:02}/{day.day:02}/"),
        ("PB", citation.site),
        *([("M1", citation.number)] if report else []),
        ("N1", citation.note),
        ("LA", "en"),
        ("UR", citation.url),
        ("ER", ""),
    ]
    return "".join(f"{tag}  - {value}\r\n" for tag, value in lines)


def as_csl(citation: Citation) -> dict[str, Any]:
    """An item of CSL-JSON."""
    day = citation.day
    item: dict[str, Any] = {
        "id": citation.id,
        "type": citation.kind,
        "title": citation.title,
        "author": [{"literal": author} for author in citation.authors],
        "publisher" if citation.kind == "report" else "container-title": citation.site,
        "issued": {"date-parts": [[day.year, day.month, day.day]]},
        "URL": citation.url,
        "language": "en",
        "note": citation.note,
    }
    return item | {"number": citation.number} if citation.kind == "report" else item


def as_csl_text(citation: Citation) -> str:
    """The item as the text of a file, a field a line."""
    fields = (
        f"  {json.dumps(name)}: {json.dumps(value, ensure_ascii=False)}" for name, value in as_csl(citation).items()
    )
    return "[{\n" + ",\n".join(fields) + "\n}]\n"
