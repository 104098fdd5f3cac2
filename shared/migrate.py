"""Bring the schema up to date: `python -m shared.migrate`. Forward only, one at a time, safe to run again."""

import asyncio
import hashlib
import sys
from pathlib import Path
from urllib.parse import unquote, urlsplit

from shared import db
from shared.config import migration_settings
from shared.ids import new_id
from shared.release import release

SCHEMA = Path(__file__).parent / "schema"
sql = db.queries(__file__, "migrate")


async def migrate() -> None:
    settings = migration_settings()
    async with db.direct(settings.migration_database_url) as connection:
        await connection.run(sql.one_at_a_time)
        await apply_missing(connection)
        await connection.run(sql.release, name=release(), event=new_id(), schema=max(names()))
        for url in settings.role_urls:
            await let_in(connection, url)


async def apply_missing(connection: db.Direct) -> None:
    await connection.run(sql.begin_record)
    applied = {row["name"]: row["digest"] for row in await connection.all(sql.applied)}
    files = {name: (SCHEMA / name).read_text() for name in names()}
    if unknown := sorted(applied.keys() - files.keys()):
        sys.exit(
            f"The database is newer than this release: it has {', '.join(unknown)}. Start a release that knows it."
        )
    for name, text in files.items():
        digest = hashlib.sha256(text.encode()).hexdigest()
        if name not in applied:
            async with connection.transaction():
                await connection.script(text)
                await connection.run(sql.record, name=name, digest=digest)
        elif applied[name] != digest:
            sys.exit(f"{name} is not the file that was applied here. A migration never changes; add the next one.")


def names() -> list[str]:
    return sorted(path.name for path in SCHEMA.glob("*.sql"))


async def let_in(connection: db.Direct, url: str) -> None:
    """Let the role in this URL log in with the password in this URL."""
    login = urlsplit(url)
    row = await connection.one(sql.login, role=unquote(login.username or ""), password=unquote(login.password or ""))
    await connection.script(row["statement"])


if __name__ == "__main__":
    asyncio.run(migrate())
