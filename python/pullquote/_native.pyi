"""The Rust side. Offsets are code points of the text as given, half-open."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from os import PathLike
from typing import Any, Final, Literal, Protocol, final

import pandas
import polars
import pyarrow
from typing_extensions import CapsuleType, Self

__version__: Final[str]

class _ArrowStream(Protocol):
    def __arrow_c_stream__(self, requested_schema: Any = None) -> Any: ...

class _ArrowArray(Protocol):
    def __arrow_c_array__(self, requested_schema: Any = None) -> Any: ...

type _Data = Iterable[str | None] | _ArrowStream | _ArrowArray
