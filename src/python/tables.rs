//! Tables of results as Python classes with the Arrow interface.

use super::arrow::{array_capsules, schema_capsule, stream_capsule};
use super::errors::{Out, named};
use crate::table::{self, Batches};
use arrow::compute::concat_batches;
use arrow::datatypes::{DataType, SchemaRef};
use arrow::ipc::reader::StreamReader;
use arrow::ipc::writer::StreamWriter;
use arrow::record_batch::RecordBatch;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyCapsule, PyDict};

/// A table of results: anything that knows the Arrow interface reads it without a copy.
#[pyclass(frozen, module = "pullquote")]
#[derive(Clone)]
pub struct Table {
    name: String,
    schema: SchemaRef,
    batches: Vec<RecordBatch>,
}

impl Table {
    /// The table of these batches, which have its schema.
    pub fn new(name: &str, schema: SchemaRef, batches: Vec<RecordBatch>) -> Self {
        Self { name: name.to_owned(), schema, batches }
    }

    fn arrow_error(py: Python<'_>, error: &arrow::error::ArrowError) -> PyErr {
        named(py, "InternalError", &error.to_string())
    }

    fn whole(&self, py: Python<'_>) -> Out<RecordBatch> {
        concat_batches(&self.schema, &self.batches).map_err(|e| Self::arrow_error(py, &e))
    }
}

#[pymethods]
impl Table {
    /// The table's name: "quotes".
    #[getter]
    fn name(&self) -> &str {
        &self.name
    }

    /// The columns and their Arrow types, in order.
    #[getter]
    fn schema<'py>(&self, py: Python<'py>) -> Out<Bound<'py, PyDict>> {
        let columns = PyDict::new(py);
        for field in self.schema.fields() {
            let kind = match field.data_type() {
                DataType::Utf8 => "string",
                DataType::Int32 => "int32",
                DataType::Int64 => "int64",
                DataType::Float32 => "float32",
                DataType::Boolean => "bool",
                _ => "list<struct<start: int32, end: int32>>",
            };
            columns.set_item(field.name(), kind)?;
        }
        Ok(columns)
    }

    /// As a `pyarrow.Table`.
    fn to_arrow<'py>(slf: &Bound<'py, Self>) -> Out<Bound<'py, PyAny>> {
        slf.py().import("pyarrow")?.call_method1("table", (slf,))
    }

    /// As a `pandas.DataFrame`; needs pyarrow too.
    fn to_pandas<'py>(slf: &Bound<'py, Self>) -> Out<Bound<'py, PyAny>> {
        Self::to_arrow(slf)?.call_method0("to_pandas")
    }

    /// As a `polars.DataFrame`.
    fn to_polars<'py>(slf: &Bound<'py, Self>) -> Out<Bound<'py, PyAny>> {
        slf.py().import("polars")?.call_method1("DataFrame", (slf,))
    }

    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> Out<Bound<'py, PyCapsule>> {
        // A wish that the interface allows to be ignored: consumers cast.
        let _ = requested_schema;
        stream_capsule(py, self.schema.clone(), self.batches.clone())
    }

    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> Out<Bound<'py, PyCapsule>> {
        schema_capsule(py, &self.schema)
    }

    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_array__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> Out<(Bound<'py, PyCapsule>, Bound<'py, PyCapsule>)> {
        let _ = requested_schema;
        array_capsules(py, self.whole(py)?)
    }

    fn __len__(&self) -> usize {
        self.batches.iter().map(RecordBatch::num_rows).sum()
    }

    fn __eq__(&self, other: &Bound<'_, PyAny>) -> Out<bool> {
        let py = other.py();
        let Ok(other) = other.cast::<Self>() else { return Ok(false) };
        let other = other.get();
        Ok(self.name == other.name && self.schema == other.schema && self.whole(py)? == other.whole(py)?)
    }

    fn __repr__(&self) -> String {
        let columns: Vec<&str> = self.schema.fields().iter().map(|f| f.name().as_str()).collect();
        format!("Table({}, {} rows: {})", self.name, self.__len__(), columns.join(", "))
    }

    /// The table of the bytes that `pickle` keeps: an Arrow IPC stream.
    #[staticmethod]
    fn from_ipc(py: Python<'_>, name: String, stream: &[u8]) -> Out<Self> {
        let read = || {
            let reader = StreamReader::try_new(stream, None)?;
            let schema = reader.schema();
            Ok((schema, reader.collect::<Result<Vec<_>, _>>()?))
        };
        let (schema, batches) = read().map_err(|e| Self::arrow_error(py, &e))?;
        Ok(Self { name, schema, batches })
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> Out<(Bound<'py, PyAny>, (String, Bound<'py, PyBytes>))> {
        let (py, table) = (slf.py(), slf.get());
        let write = || {
            let mut writer = StreamWriter::try_new(Vec::new(), &table.schema)?;
            table.batches.iter().try_for_each(|batch| writer.write(batch))?;
            writer.into_inner()
        };
        let stream = write().map_err(|e| Self::arrow_error(py, &e))?;
        Ok((slf.get_type().getattr("from_ipc")?, (table.name.clone(), PyBytes::new(py, &stream))))
    }
}

/// The tables of an extraction, by name: `tables.quotes` or `tables["quotes"]`.
#[pyclass(frozen, eq, module = "pullquote")]
#[derive(Clone)]
pub struct Extraction {
    tables: Vec<Table>,
}

impl PartialEq for Extraction {
    fn eq(&self, other: &Self) -> bool {
        self.tables.len() == other.tables.len()
            && self.tables.iter().zip(&other.tables).all(|(a, b)| {
                let whole = |t: &Table| concat_batches(&t.schema, &t.batches).ok();
                a.name == b.name && whole(a) == whole(b)
            })
    }
}

impl Extraction {
    /// The tables of the pieces.
    pub fn new(wanted: &[table::Table], id: table::IdType, pieces: Vec<Batches>) -> Self {
        let empty = |t: table::Table| Table { name: t.name().to_owned(), schema: t.schema(id), batches: Vec::new() };
        let mut tables: Vec<(table::Table, Table)> =
            table::Table::ALL.into_iter().filter(|t| wanted.contains(t)).map(|t| (t, empty(t))).collect();
        for (name, batch) in pieces.into_iter().flatten() {
            if let Some((_, table)) = tables.iter_mut().find(|(t, _)| *t == name) {
                table.batches.push(batch);
            }
        }
        Self { tables: tables.into_iter().map(|(_, t)| t).collect() }
    }
}

impl Extraction {
    /// The table of this name.
    pub fn table(&self, py: Python<'_>, name: &str) -> Out<Table> {
        self.tables.iter().find(|t| t.name == name).cloned().ok_or_else(|| {
            let problem = format!("table {name:?}: expected one of {}", self.keys().join(", "));
            named(py, "MissingTableError", &problem)
        })
    }
}

#[pymethods]
impl Extraction {
    fn __getitem__(&self, py: Python<'_>, name: &str) -> Out<Table> {
        self.table(py, name)
    }

    fn __getattr__(&self, py: Python<'_>, name: &str) -> Out<Table> {
        self.table(py, name)
    }

    /// The names of the tables.
    fn keys(&self) -> Vec<String> {
        self.tables.iter().map(|t| t.name.clone()).collect()
    }

    fn __len__(&self) -> usize {
        self.tables.len()
    }

    fn __repr__(&self) -> String {
        let tables: Vec<String> = self.tables.iter().map(|t| format!("{}={}", t.name, t.__len__())).collect();
        format!("Extraction({})", tables.join(", "))
    }

    /// The extraction of its tables, for `pickle`.
    #[staticmethod]
    fn from_tables(tables: Vec<Bound<'_, Table>>) -> Self {
        Self { tables: tables.iter().map(|t| t.get().clone()).collect() }
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> Out<(Bound<'py, PyAny>, (Vec<Table>,))> {
        Ok((slf.get_type().getattr("from_tables")?, (slf.get().tables.clone(),)))
    }
}
