"""The tables as one SQLite file, for Datasette and for everybody who asks questions in SQL."""

from __future__ import annotations

import contextlib
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import IO, Final

from generator.exports.licence import LICENCE, LICENCE_URL, NOT_OURS
from generator.exports.tables import Cell, Column, Table
from generator.parts import Parts
from generator.problems import Stopped

_TYPES: Final = {"string": "TEXT", "date": "TEXT", "integer": "INTEGER", "number": "REAL", "boolean": "INTEGER"}
#: Where the file says which SQLite wrote it last. It says this one, so that the same tables give the same bytes.
_WRITTEN_BY: Final = slice(96, 100)
_SQLITE: Final = (3_040_000).to_bytes(4, "big")
#: Bytes of a part.
_READ: Final = 1 << 20


def as_sqlite(
    tables: Sequence[Table],
    rows: Iterable[Mapping[str, Sequence[tuple[Cell, ...]]]],
    site_name: str,
    site_url: str,
    updated: str,
) -> Parts:
    """The tables, a dictionary of their columns, and what the archive is, as the bytes of a database.

    It is made in a file without a name, so that it is not in memory.

    Args:
        rows: plain rows (`plain_rows`) by the names of tables, some at a time.
        updated: the day as of which the archive stands.

    Raises:
        Stopped: there is no place for such a file.
    """
    try:
        with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as held:
            path = f"{folder}/archive.sqlite"
            connection = held.enter_context(contextlib.closing(sqlite3.connect(path)))
            # Nobody reads it before it is whole, so that nothing is to be made good when the power fails.
            connection.executescript(
                "PRAGMA page_size = 4096; PRAGMA foreign_keys = OFF; PRAGMA journal_mode = OFF; "
                "PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE"
            )
            with connection:
                _fill(connection, tables, rows)
                _dictionary(connection, tables)
                _about(connection, site_name, site_url, updated)
            # Not VACUUM: rows come nearly in the order of their keys, so it saves little for a third of the time.
            return Parts(_Written(open(path, "rb")))
    except (OSError, sqlite3.OperationalError) as error:
        raise Stopped(f"the database cannot be made in the folder for temporary files: {error}") from error


class _Written:
    """Gives what is written in a database, part by part, but for the version of SQLite."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    def __call__(self) -> Iterator[bytes]:
        self._file.seek(0)
        yield self._file.read(_WRITTEN_BY.start)
        yield _SQLITE
        self._file.seek(_WRITTEN_BY.stop)
        yield from iter(lambda: self._file.read(_READ), b"")

    def __del__(self) -> None:
        self._file.close()


def _fill(
    connection: sqlite3.Connection, tables: Sequence[Table], rows: Iterable[Mapping[str, Sequence[tuple[Cell, ...]]]]
) -> None:
    insert: dict[str, str] = {}
    for table in tables:
        columns = ", ".join(_column(column) for column in table.columns)
        connection.execute(f'CREATE TABLE "{table.name}" ({columns}) WITHOUT ROWID')
        places = ", ".join("?" * len(table.columns))
        insert[table.name] = f'INSERT INTO "{table.name}" VALUES ({places})'  # noqa: S608 (names of our own)
    for some in rows:
        for name, own in some.items():
            connection.executemany(insert[name], own)
    for table in tables:
        for column in table.columns:
            if column.points_to:
                connection.execute(f'CREATE INDEX "{table.name}_{column.name}" ON "{table.name}" ("{column.name}")')


def _column(column: Column) -> str:
    key = " PRIMARY KEY" if column.name == "id" else ""
    points = f' REFERENCES "{column.points_to}" ("id")' if column.points_to else ""
    return f'"{column.name}" {_TYPES[column.kind]}{key}{points}'


def plain_rows(table: Table) -> list[tuple[Cell, ...]]:
    """The rows; words of a vocabulary and dates are texts of their own kinds, which SQLite does not know."""
    return [tuple(str(cell) if isinstance(cell, str) else cell for cell in row) for row in table.rows]


def _dictionary(connection: sqlite3.Connection, tables: Sequence[Table]) -> None:
    connection.execute(
        "CREATE TABLE dictionary "
        "(id TEXT PRIMARY KEY, table_name TEXT, column_name TEXT, description TEXT) WITHOUT ROWID"
    )
    connection.executemany(
        "INSERT INTO dictionary VALUES (?, ?, ?, ?)",
        (
            (f"{table.name}.{column.name}", table.name, column.name, column.description)
            for table in tables
            for column in table.columns
        ),
    )


def _about(connection: sqlite3.Connection, site_name: str, site_url: str, updated: str) -> None:
    connection.execute("CREATE TABLE about (id TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID")
    about = {
        "attribution": f"{site_name}, {LICENCE}",
        "licence": LICENCE_URL,
        "licence_note": NOT_OURS,
        "site": site_url,
        "updated": updated,
    }
    connection.executemany("INSERT INTO about VALUES (?, ?)", about.items())
