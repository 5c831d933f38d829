"""The exceptions of pullquote: one tree, each with the built-in class that people expect beside it."""


class PullquoteError(Exception):
    """Something went wrong; the message says what was expected, what was found, and where."""


class ConfigError(PullquoteError, ValueError):
    """An option has a value that it cannot have."""


class MissingTableError(ConfigError, KeyError, AttributeError):
    """A table that there is not, or that was not asked for."""

    __str__ = Exception.__str__


class InputError(PullquoteError, ValueError):
    """A text, a row or a column that cannot be used."""


class InputTypeError(InputError, TypeError):
    """A value of another type than was expected."""


class GazetteerError(PullquoteError, ValueError):
    """A record of a gazetteer that cannot be used."""


class FileError(PullquoteError, OSError):
    """A file that cannot be read or written."""


class MissingExtraError(PullquoteError, ImportError):
    """A library that an optional feature needs is not installed; the message says which extra brings it."""


class MissingFileError(FileError, FileNotFoundError):
    """A file that is not there."""


class TooManyErrors(PullquoteError):
    """More bad articles than `max_errors` allows."""


class InternalError(PullquoteError, RuntimeError):
    """A defect of this library: please report it with the text."""
