"""Tables of tags: metadata as searches find it."""

from sqlalchemy import Text
from sqlmodel import Field, SQLModel

from store.sql.tables.columns import STRICT


class TagRow(SQLModel, table=True):
    """One key of an object's metadata, in lower case."""

    __tablename__ = "tag"
    __table_args__ = (STRICT,)
    key: str = Field(primary_key=True, sa_type=Text)
    value: str = Field(primary_key=True, sa_type=Text)
    object_id: str = Field(primary_key=True, sa_type=Text, index=True)
