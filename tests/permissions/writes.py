"""What a request writes, told by its statements; what every request may leave behind is not counted."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

STATEMENT = re.compile(r'(INSERT INTO|UPDATE|DELETE FROM) "(\w+)"(?: SET "(\w+)" = )?')

MARKS = {
    "INSERT accounts_auditevent": "that somebody did it",
    "INSERT partnerships_teamevent": "that somebody did it, in the history of the team",
    "INSERT django_session": "of the visit",
    "UPDATE django_session.session_data": "of the visit",
    "DELETE django_session": "of the visit",
    "UPDATE accounts_user.seen_work_at": "until when the person has seen My work",
    "UPDATE accounts_user.last_login": "of the visit",
}
"""What is no text, no right and no state of anything."""


@contextmanager
def written() -> Iterator[list[str]]:
    """Fills with `INSERT table`, `UPDATE table.first_column`, `DELETE table`, marks left out, and what the database
    refused."""
    found: list[str] = []

    def note(execute, sql, params, many, context):
        answer = execute(sql, params, many, context)
        match = STATEMENT.match(sql)
        if match:
            verb, table, column = match.groups()
            statement = f"{verb.split()[0]} {table}" + (f".{column}" if column else "")
            if statement not in MARKS:
                found.append(statement)
        return answer

    with connection.execute_wrapper(note):
        yield found


def rows_made(statements: list[str]) -> set[str]:
    return {statement for statement in statements if statement.startswith("INSERT")}


def rows_changed(statements: list[str]) -> set[str]:
    return {statement for statement in statements if not statement.startswith("INSERT")}
