"""What Flask, SQLAlchemy and requests do late, when they are first used: done once, before services are forked.

A small service of tables of its own does what any service does: it maps two classes, writes, reads, changes, counts and
asks for what is not there. Nothing of it is left but the modules that it has had imported.
"""

from __future__ import annotations

import contextlib
from pathlib import Path

import requests
from sqlalchemy import ForeignKey, create_engine, delete, func, insert, select, text, update
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship, sessionmaker


def use_all_of_them(folder: Path) -> None:
    """Once each; the database lies in the folder. Nothing is sent over a network."""
    _read_and_write(f"sqlite:///{folder / 'warm.db'}")
    with contextlib.suppress(requests.RequestException), requests.Session() as session:
        request = requests.Request("GET", "http://127.0.0.1:9/options", params={"grams": 1})
        session.merge_environment_settings(request.url, {}, False, None, None)
        session.send(session.prepare_request(request), timeout=1.0)


def _read_and_write(url: str) -> None:
    class Base(DeclarativeBase):
        pass

    class Line(Base):
        __tablename__ = "lines"
        order: Mapped[int] = mapped_column(ForeignKey("orders.id"), primary_key=True)
        sku: Mapped[str] = mapped_column(primary_key=True)

    class Order(Base):
        __tablename__ = "orders"
        id: Mapped[int] = mapped_column(primary_key=True)
        lines: Mapped[list[Line]] = relationship(order_by=Line.sku)

    engine = create_engine(url, connect_args={"timeout": 10})
    Base.metadata.create_all(engine)
    with sessionmaker(engine)() as session:
        session.add(Order(id=1, lines=[Line(sku="a"), Line(sku="b")]))
        session.commit()
        session.execute(insert(Line).values(order=1, sku="c"))
        session.execute(update(Line).where(Line.sku == "c", Line.order >= 1).values(sku="d"))
        session.execute(text("SELECT 1")).mappings().all()
        found = session.scalars(select(Order).order_by(Order.id.desc()).limit(5)).all()
        assert [len(one.lines) for one in found] == [3]
        assert session.scalar(select(func.count()).select_from(Line)) == 3
        assert session.get(Order, 2) is None
        session.execute(delete(Line).where(Line.sku.in_(["d"])))
        session.rollback()
    engine.dispose()
