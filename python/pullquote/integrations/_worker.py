"""What every engine needs: a pipeline that travels and is opened once a process, and the schema of what comes out."""

from __future__ import annotations

import hashlib
import pickle
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, Any

from pullquote import InputError, Pipeline, Table

if TYPE_CHECKING:
    from pullquote._native import _TableName

#: The pipelines that this process has opened, by the hash of their bytes.
_opened: dict[str, Pipeline] = {}
_opening = Lock()


@dataclass(frozen=True)
class Worker:
    """A pipeline as bytes, the table that is wanted, and the columns that are read. It is sent with every task."""

    pickled: bytes
    key: str
    table: _TableName
    text: str
    id: str | None
    headline: str | None
    date: str | None

    @classmethod
    def new(
        cls,
        pipeline: Pipeline | None,
        table: _TableName,
        text: str,
        id: str | None,
        headline: str | None = None,
        date: str | None = None,
    ) -> Worker:
        """A worker of one thread, since engines start a task for each core; an `n_threads` that was given stays."""
        pipeline = pipeline or Pipeline()
        pickled = pickle.dumps(pipeline if pipeline.n_threads else pipeline.with_threads(1))
        return cls(pickled, hashlib.sha256(pickled).hexdigest(), table, text, id, headline, date)

    @property
    def columns(self) -> list[str]:
        """The columns that are read."""
        return [name for name in (self.text, self.id, self.headline, self.date) if name is not None]

    def check(self, names: list[str]) -> None:
        """Raise `InputError` for a column that is not there."""
        for name in self.columns:
            if name not in names:
                raise InputError(f"no column {name!r}; there are {', '.join(names)}")

    def pipeline(self) -> Pipeline:
        """The pipeline, opened at its first use in this process, and its gazetteer with it."""
        with _opening:
            if self.key not in _opened:
                _opened[self.key] = pickle.loads(self.pickled)
            return _opened[self.key]

    def __call__(self, batch: Any) -> Table:
        """The table of a batch: of anything with the Arrow interface."""
        return self.pipeline().map_batch(
            batch, table=self.table, text=self.text, id=self.id, headline=self.headline, date=self.date
        )


def schema(table: _TableName, id_type: str) -> dict[str, str]:
    """The columns of a table and their Arrow types; `id_type` is "string" or "int64"."""
    return {**Pipeline().map_batch([], table=table).schema, "article_id": id_type}
