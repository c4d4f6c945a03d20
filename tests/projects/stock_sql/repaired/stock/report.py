import csv

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session, selectinload

from stock.tables import Shelf


def shelves(engine):
    with Session(engine) as session:
        found = session.scalars(select(Shelf).options(selectinload(Shelf.articles)))
        return {shelf.id: [article.name for article in shelf.articles] for shelf in found}


async def shelves_at_once(engine):
    async with AsyncSession(engine) as session:
        found = await session.scalars(select(Shelf).options(selectinload(Shelf.articles)))
        return {shelf.id: [article.name for article in shelf.articles] for shelf in found}


def export(rows, path):
    with open(path, "w", newline="") as file:
        csv.writer(file).writerows(rows)


def names_in_both(ours, theirs):
    known = set(theirs)
    return [name for name in ours if name in known]
