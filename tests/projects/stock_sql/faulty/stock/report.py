import csv

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session

from stock.tables import Article, Shelf


def shelves(engine):
    with Session(engine) as session:
        return {shelf.id: [article.name for article in shelf.articles] for shelf in session.scalars(select(Shelf))}


async def shelves_at_once(engine):
    async with AsyncSession(engine) as session:
        found = {}
        for shelf in await session.scalars(select(Shelf.id)):
            found[shelf] = list(await session.scalars(select(Article.name).where(Article.shelf == shelf)))
        return found


def export(rows, path):
    csv.writer(open(path, "w", newline="")).writerows(rows)


def names_in_both(ours, theirs):
    return [name for name in ours if name in theirs]
