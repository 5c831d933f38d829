//! What Python calls data in, chunks of columns out: a list of texts, or anything with the Arrow interface.

use super::arrow::{Imported, import};
use super::errors::{Out, named, raise, utf8, wrong_type};
use crate::corpus::{Columns, Part};
use crate::error::Error;
use crate::table::{Chunk, IdColumn, TextColumn};
use arrow::array::{Array, ArrayRef, AsArray, LargeStringBuilder, new_empty_array};
use arrow::datatypes::DataType;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict, PyString};
use std::path::PathBuf;
use std::sync::Arc;

/// Texts between two looks at signals: some megabytes.
const ROWS_A_LOOK: usize = 1 << 12;

/// The rows of `data`, and how many there are.
///
/// A table without any piece of data gives one chunk of no rows, so that the type of its ids is known.
pub fn chunks(data: &Bound<'_, PyAny>, columns: &Columns) -> Out<(Vec<Chunk>, u64)> {
    let py = data.py();
    let imported = match import(data)? {
        Some(imported) => imported,
        None => list(data)?,
    };
    let (mut chunks, mut first) = (Vec::new(), 0);
    let at = table_columns(&imported, columns).map_err(|e| raise(py, &e))?;
    let empty = [new_empty_array(imported.field.data_type())];
    for array in if imported.arrays.is_empty() { &empty[..] } else { &imported.arrays } {
        chunks.push(chunk(array, &at, first).map_err(|e| raise(py, &e))?);
        first += array.len() as i64;
    }
    Ok((chunks, first as u64))
}

/// The names and places of the columns of a table; none for a column alone.
type At = Option<Vec<Option<(usize, String)>>>;

fn table_columns(imported: &Imported, columns: &Columns) -> Result<At, Error> {
    let DataType::Struct(fields) = imported.field.data_type() else { return Ok(None) };
    let names: Vec<&str> = fields.iter().map(|f| f.name().as_str()).collect();
    let places = columns.all("the table", &names)?;
    Ok(Some(places.into_iter().map(|p| p.map(|p| (p, names[p].to_owned()))).collect()))
}

fn chunk(array: &ArrayRef, at: &At, first: i64) -> Result<Chunk, Error> {
    let Some(at) = at else {
        let texts = TextColumn::new("data", array)?;
        return Ok(Chunk { texts, ids: None, headlines: None, dates: None, first });
    };
    let table = array.as_struct();
    let column = |part: Part| {
        let (place, name) = at.iter().zip(Part::ALL).find(|(_, p)| *p == part)?.0.as_ref()?;
        Some((name.as_str(), table.column(*place)))
    };
    let texts = match column(Part::Text) {
        Some((name, texts)) => TextColumn::new(name, texts)?,
        None => TextColumn::Null(array.len()),
    };
    Ok(Chunk {
        texts,
        ids: column(Part::Id).map(|(name, ids)| IdColumn::new(name, ids)).transpose()?,
        headlines: column(Part::Headline).map(|(name, texts)| TextColumn::new(name, texts)).transpose()?,
        dates: column(Part::Date).map(|(name, dates)| TextColumn::written(name, dates)).transpose()?,
        first,
    })
}

fn list(data: &Bound<'_, PyAny>) -> Out<Imported> {
    let expected = "a list of texts, or a column or table with the Arrow interface";
    let single = data.is_instance_of::<PyString>() || data.is_instance_of::<PyBytes>();
    if single || data.is_instance_of::<PyDict>() {
        return Err(wrong_type("data", expected, data));
    }
    let rows = data.try_iter().map_err(|_| wrong_type("data", expected, data))?;
    let mut texts = LargeStringBuilder::new();
    for (i, row) in rows.enumerate() {
        let row = row?;
        if i % ROWS_A_LOOK == 0 {
            data.py().check_signals()?;
        }
        if row.is_none() {
            texts.append_null();
            continue;
        }
        let what = || format!("data, row {i}");
        let text = row.cast::<PyString>().map_err(|_| wrong_type(&what(), "a string or None", &row))?;
        texts.append_value(utf8(&what(), text)?);
    }
    let array: ArrayRef = Arc::new(texts.finish());
    let field = Arc::new(arrow::datatypes::Field::new("text", DataType::LargeUtf8, true));
    Ok(Imported { field, arrays: vec![array] })
}

/// The column names of `extract`: those of the signature's defaults are looked for, others must be there.
pub fn columns(text: Option<&str>, id: Option<&str>, headline: Option<String>, date: Option<String>) -> ExtractColumns {
    let given = |name: Option<&str>, default: &str| name.filter(|n| *n != default).map(str::to_owned);
    ExtractColumns {
        apart: (headline.is_none(), date.is_none(), id.is_none()),
        columns: Columns { text: given(text, "text"), id: given(id, "id"), headline, date },
    }
}

/// Column names, and which of headline, date and id are not to be looked for.
pub struct ExtractColumns {
    /// The names.
    pub columns: Columns,
    /// Whether headline, date and id are left out.
    pub apart: (bool, bool, bool),
}

impl ExtractColumns {
    /// Leaves out what was not asked for.
    pub fn trim(&self, chunks: &mut [Chunk]) {
        for chunk in chunks {
            if self.apart.0 {
                chunk.headlines = None;
            }
            if self.apart.1 {
                chunk.dates = None;
            }
            if self.apart.2 {
                chunk.ids = None;
            }
        }
    }
}

/// One path, or several.
pub fn paths(inputs: &Bound<'_, PyAny>) -> Out<Vec<String>> {
    let paths = match inputs.extract::<PathBuf>() {
        Ok(one) => vec![one],
        Err(_) => inputs.extract::<Vec<PathBuf>>()?,
    };
    Ok(paths.iter().map(|p| p.display().to_string()).collect())
}

/// The columns of a mapping `{"text": "body", …}`.
pub fn column_names(given: Option<&Bound<'_, PyDict>>) -> Out<Columns> {
    let mut columns = Columns::default();
    let Some(given) = given else { return Ok(columns) };
    for (key, name) in given {
        let (key, name) = (key.extract::<String>()?, name.extract::<Option<String>>()?);
        match key.as_str() {
            "text" => columns.text = name,
            "id" => columns.id = name,
            "headline" => columns.headline = name,
            "date" => columns.date = name,
            other => {
                let problem = format!("columns: expected the keys text, id, headline, date, found {other:?}");
                return Err(named(given.py(), "ConfigError", &problem));
            }
        }
    }
    Ok(columns)
}
