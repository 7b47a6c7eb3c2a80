"""The Frictionless data package (version 2): every file with its columns, their meaning, and its hash."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from generator.exports.licence import LICENCE, LICENCE_TITLE, LICENCE_URL, NOT_OURS
from generator.exports.tables import Column, Table
from generator.parts import Size

#: What the other files of the download are: media type and description.
OTHERS: Final[Mapping[str, tuple[str, str]]] = {
    "claims.jsonl": (
        "application/jsonl",
        "Every listed claim whole, one a line; the same bytes as api/v1/claims/ID.json",
    ),
    "archive.sqlite": ("application/vnd.sqlite3", "All tables in one database, for Datasette or SQL"),
    "places.geojson": ("application/geo+json", "Places that the claims name, as rough as they are known"),
    "stix.json": ("application/stix+json;version=2.1", "Claims, facades, organisations and attributions as STIX 2.1"),
}


def datapackage(
    tables: Sequence[Table], files: Mapping[str, Size], site_name: str, site_url: str, updated: str
) -> dict[str, Any]:
    """The descriptor.

    Args:
        files: every described file by its name in the folder of the descriptor.
        updated: the day as of which the archive stands.
    """
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "facade-watch-claims",
        "title": f"{site_name}: claims of facade groups in Iraq, documented and checked",
        "description": "A row is a claim, never an attack. Read the status with every claim, and the label with every "
        f"quote. A text cell that a spreadsheet would take for a formula has an apostrophe before it. {NOT_OURS}",
        "homepage": f"{site_url}about/data/",
        "version": updated,
        "created": f"{updated}T00:00:00Z",
        "licenses": [{"name": LICENCE, "path": LICENCE_URL, "title": LICENCE_TITLE}],
        "contributors": [{"title": site_name, "path": site_url, "roles": ["author", "publisher"]}],
        "resources": [
            *(_table(table, files[f"{table.name}.csv"]) for table in tables),
            *(_other(name, files[name]) for name in OTHERS),
        ],
    }


def _table(table: Table, size: Size) -> dict[str, Any]:
    return {
        "name": table.name.replace("_", "-"),
        "type": "table",
        "path": f"{table.name}.csv",
        "description": table.description,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": size.bytes,
        "hash": f"sha256:{size.sha256}",
        "schema": {
            "fields": [_field(column) for column in table.columns],
            "primaryKey": ["id"],
            "foreignKeys": [
                {
                    "fields": [column.name],
                    "reference": {"resource": column.points_to.replace("_", "-"), "fields": ["id"]},
                }
                for column in table.columns
                if column.points_to
            ],
        },
    }


def _field(column: Column) -> dict[str, Any]:
    required = {"constraints": {"required": True}} if column.name == "id" else {}
    return {"name": column.name, "type": column.kind, "description": column.description, **required}


def _other(name: str, size: Size) -> dict[str, Any]:
    mediatype, description = OTHERS[name]
    return {
        "name": name.replace(".", "-"),
        "type": "file",
        "path": name,
        "description": description,
        "format": name.rpartition(".")[2],
        "mediatype": mediatype,
        "encoding": "utf-8",
        "bytes": size.bytes,
        "hash": f"sha256:{size.sha256}",
    }
