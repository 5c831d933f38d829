//! Arrow columns of any string or integer type in, one value at a time out.

use super::schema::IdType;
use crate::article::ArticleId;
use crate::error::{Error, Result};
use arrow::array::{Array, ArrayRef, AsArray, Int64Array, LargeStringArray, StringArray, StringViewArray};
use arrow::compute::{CastOptions, cast_with_options};
use arrow::datatypes::{DataType, Int64Type};
use std::borrow::Cow;

/// A column of strings: plain, large, views or dictionary-encoded.
pub enum TextColumn {
    /// `string`.
    Plain(StringArray),
    /// `large_string`.
    Large(LargeStringArray),
    /// `string_view`.
    View(StringViewArray),
    /// Numbers that point to strings.
    Dictionary(Vec<Option<usize>>, Box<TextColumn>),
    /// Nothing but nulls.
    Null(usize),
}

impl TextColumn {
    /// Reads a column; `name` is for the error.
    ///
    /// # Errors
    /// Another type than strings.
    pub fn new(name: &str, array: &ArrayRef) -> Result<Self> {
        if let Some(dictionary) = array.as_any_dictionary_opt() {
            let keys = dictionary.normalized_keys();
            let keys = keys.into_iter().enumerate().map(|(i, key)| array.is_valid(i).then_some(key)).collect();
            return Ok(Self::Dictionary(keys, Box::new(Self::new(name, dictionary.values())?)));
        }
        match array.data_type() {
            DataType::Utf8 => Ok(Self::Plain(array.as_string().clone())),
            DataType::LargeUtf8 => Ok(Self::Large(array.as_string().clone())),
            DataType::Utf8View => Ok(Self::View(array.as_string_view().clone())),
            DataType::Null => Ok(Self::Null(array.len())),
            other => Err(Error::Input {
                place: format!("column {name:?}"),
                problem: format!("expected strings, found {other}"),
            }),
        }
    }

    /// Reads a column of strings, or of dates and other values that have a plain written form.
    ///
    /// # Errors
    /// A type that cannot be written.
    pub fn written(name: &str, array: &ArrayRef) -> Result<Self> {
        Self::new(name, array).or_else(|error| {
            let strings = cast_with_options(array, &DataType::Utf8, &CastOptions::default()).map_err(|_| error)?;
            Self::new(name, &strings)
        })
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        match self {
            Self::Plain(a) => a.len(),
            Self::Large(a) => a.len(),
            Self::View(a) => a.len(),
            Self::Dictionary(keys, _) => keys.len(),
            Self::Null(len) => *len,
        }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The string of a row, unless it is null.
    pub fn get(&self, row: usize) -> Option<&str> {
        match self {
            Self::Plain(a) => a.is_valid(row).then(|| a.value(row)),
            Self::Large(a) => a.is_valid(row).then(|| a.value(row)),
            Self::View(a) => a.is_valid(row).then(|| a.value(row)),
            Self::Dictionary(keys, values) => values.get((*keys.get(row)?)?),
            Self::Null(_) => None,
        }
    }
}

/// A column of ids: strings or integers.
pub enum IdColumn {
    /// Integers.
    Int(Int64Array),
    /// Strings.
    Str(TextColumn),
}

impl IdColumn {
    /// Reads a column; `name` is for the error.
    ///
    /// # Errors
    /// Another type than integers and strings, or integers beyond `int64`.
    pub fn new(name: &str, array: &ArrayRef) -> Result<Self> {
        if !array.data_type().is_integer() {
            return TextColumn::new(name, array).map(Self::Str).map_err(|_| Error::Input {
                place: format!("column {name:?}"),
                problem: format!("expected strings or integers, found {}", array.data_type()),
            });
        }
        let exact = CastOptions { safe: false, ..CastOptions::default() };
        let integers = cast_with_options(array, &DataType::Int64, &exact)
            .map_err(|e| Error::Input { place: format!("column {name:?}"), problem: e.to_string() })?;
        Ok(Self::Int(integers.as_primitive::<Int64Type>().clone()))
    }

    /// The type of `article_id` that takes them.
    pub fn id_type(&self) -> IdType {
        match self {
            Self::Int(_) => IdType::Int,
            Self::Str(_) => IdType::Str,
        }
    }

    /// The id of a row, unless it is null.
    pub fn get(&self, row: usize) -> Option<ArticleId<'_>> {
        match self {
            Self::Int(a) => a.is_valid(row).then(|| ArticleId::Int(a.value(row))),
            Self::Str(a) => a.get(row).map(|s| ArticleId::Str(Cow::Borrowed(s))),
        }
    }
}
