"""The database: SQLModel and SQLAlchemy live here and nowhere else."""

from sqlalchemy import Connection

__all__ = ["Connection"]
