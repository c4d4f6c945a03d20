"""The tables, and sessions on the database."""

from sqlalchemy import ForeignKey, create_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship, sessionmaker


class Base(DeclarativeBase):
    def columns(self):
        return {column.name: getattr(self, column.name) for column in self.__table__.columns}


class Customer(Base):
    __tablename__ = "customers"
    id: Mapped[str] = mapped_column(primary_key=True)
    token: Mapped[str]
    role: Mapped[str]
    balance: Mapped[int]

    @property
    def is_staff(self):
        return self.role == "staff"


class Stock(Base):
    __tablename__ = "stock"
    sku: Mapped[str] = mapped_column(primary_key=True)
    quantity: Mapped[int]


class Till(Base):
    __tablename__ = "till"
    id: Mapped[int] = mapped_column(primary_key=True)
    balance: Mapped[int]


class Line(Base):
    __tablename__ = "lines"
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"), primary_key=True)
    sku: Mapped[str] = mapped_column(primary_key=True)
    quantity: Mapped[int]
    price: Mapped[int]


class Order(Base):
    __tablename__ = "orders"
    id: Mapped[int] = mapped_column(primary_key=True)
    customer: Mapped[str]
    state: Mapped[str]
    country: Mapped[str]
    reference: Mapped[str]
    month: Mapped[str]
    shipping: Mapped[int]
    total: Mapped[int]
    lines: Mapped[list[Line]] = relationship(order_by=Line.sku)


class Report(Base):
    __tablename__ = "reports"
    id: Mapped[int] = mapped_column(primary_key=True)
    customer: Mapped[str]
    month: Mapped[str]
    state: Mapped[str]


class Storage:
    """Sessions on the database: `with storage.session() as session: …`"""

    def __init__(self, path):
        self._engine = create_engine(f"sqlite:///{path}", connect_args={"timeout": 10})
        self.session = sessionmaker(self._engine)

    def close(self):
        self._engine.dispose()
