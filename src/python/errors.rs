//! Errors of the core in, exceptions of `pullquote.errors` out.

use crate::error::Error;
use pyo3::exceptions::PyKeyboardInterrupt;
use pyo3::prelude::*;
use pyo3::types::PyString;

/// A result of the border.
pub type Out<T> = PyResult<T>;

/// The exception for an error.
pub fn raise(py: Python<'_>, error: &Error) -> PyErr {
    let class = match error {
        Error::Option { .. } => "ConfigError",
        Error::Record { .. } => "GazetteerError",
        Error::File { source, .. } if source.kind() == std::io::ErrorKind::NotFound => "MissingFileError",
        Error::File { .. } => "FileError",
        Error::TooLong { .. } | Error::Input { .. } => "InputError",
        Error::TooManyErrors { .. } => "TooManyErrors",
        Error::Panic(_) => "InternalError",
        Error::Interrupted => return PyKeyboardInterrupt::new_err(()),
    };
    named(py, class, &error.to_string())
}

/// An exception of `pullquote.errors` by its name.
pub fn named(py: Python<'_>, class: &str, message: &str) -> PyErr {
    let made = py.import("pullquote.errors").and_then(|m| m.getattr(class)).and_then(|c| c.call1((message,)));
    made.map_or_else(|error| error, PyErr::from_value)
}

/// A value of another type than was expected.
pub fn wrong_type(what: &str, expected: &str, found: &Bound<'_, PyAny>) -> PyErr {
    let class = found.get_type().name().map_or_else(|_| "?".to_owned(), |n| n.to_string());
    named(found.py(), "InputTypeError", &format!("{what}: expected {expected}, found {class}"))
}

/// The UTF-8 of a string.
pub fn utf8<'a>(what: &str, text: &'a Bound<'_, PyString>) -> Out<&'a str> {
    text.to_str().map_err(|error| {
        let py = text.py();
        let at = error.value(py).getattr("start").map_or_else(|_| String::new(), |at| format!(" at position {at}"));
        let problem = format!(
            "{what}: a lone surrogate{at} is no character; decode the bytes with errors=\"replace\", or clean the text \
             with text.encode(\"utf-16\", \"surrogatepass\").decode(\"utf-16\", \"replace\")"
        );
        named(py, "InputError", &problem)
    })
}
