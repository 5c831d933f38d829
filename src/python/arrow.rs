//! Arrow in and out of Python through the `PyCapsule` interface, without a copy of the data.

#![allow(unsafe_code, reason = "the C data interface is made of raw pointers; each use says why it holds")]

use super::errors::named;
use arrow::array::ArrayReader;
use arrow::array::{Array, ArrayRef, StructArray, make_array};
use arrow::datatypes::Field;
use arrow::datatypes::{FieldRef, Schema, SchemaRef};
use arrow::error::ArrowError;
use arrow::ffi::{FFI_ArrowArray, FFI_ArrowSchema, from_ffi};
use arrow::ffi_stream::{ArrayStreamReader, FFI_ArrowArrayStream};
use arrow::record_batch::{RecordBatch, RecordBatchIterator};
use pyo3::ffi::c_str;
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyCapsuleMethods};
use std::ffi::CStr;
use std::sync::Arc;

const SCHEMA: &CStr = c_str!("arrow_schema");
const ARRAY: &CStr = c_str!("arrow_array");
const STREAM: &CStr = c_str!("arrow_array_stream");

/// A column or a table: arrays of one type; of structs where it is a table.
pub struct Imported {
    /// The type of the arrays.
    pub field: FieldRef,
    /// The data, in pieces.
    pub arrays: Vec<ArrayRef>,
}

/// The data of an object that has the Arrow interface; none where it has not.
pub fn import(data: &Bound<'_, PyAny>) -> PyResult<Option<Imported>> {
    let py = data.py();
    let problem = |e: ArrowError| named(py, "InputError", &format!("Arrow data: {e}"));
    if data.hasattr("__arrow_c_stream__")? {
        let capsule = data.call_method0("__arrow_c_stream__")?.cast_into::<PyCapsule>()?;
        let pointer = capsule.pointer_checked(Some(STREAM))?.cast::<FFI_ArrowArrayStream>();
        // SAFETY: a capsule of this name holds a stream, by the interface; `from_raw` takes it and leaves a released
        // one behind for the capsule's destructor.
        let stream = unsafe { FFI_ArrowArrayStream::from_raw(pointer.as_ptr()) };
        // A producer may need the interpreter's lock on a thread of its own.
        let read = py.detach(|| {
            let reader = ArrayStreamReader::try_new(stream)?;
            let field = Arc::clone(reader.field());
            Ok(Imported { field, arrays: reader.collect::<Result<_, ArrowError>>()? })
        });
        return read.map(Some).map_err(problem);
    }
    if data.hasattr("__arrow_c_array__")? {
        let (schema, array) =
            data.call_method0("__arrow_c_array__")?.extract::<(Bound<'_, PyCapsule>, Bound<'_, PyCapsule>)>()?;
        let schema = schema.pointer_checked(Some(SCHEMA))?.cast::<FFI_ArrowSchema>();
        let array = array.pointer_checked(Some(ARRAY))?.cast::<FFI_ArrowArray>();
        // SAFETY: capsules of these names hold an array and its schema, by the interface. The array is taken, a
        // released one is left; the schema is read while its capsule lives.
        let (data, field) = unsafe {
            let array = FFI_ArrowArray::from_raw(array.as_ptr());
            (from_ffi(array, schema.as_ref()), Field::try_from(schema.as_ref()))
        };
        let imported = data.and_then(|d| Ok(Imported { field: Arc::new(field?), arrays: vec![make_array(d)] }));
        return imported.map(Some).map_err(problem);
    }
    Ok(None)
}

/// The schema as a capsule.
pub fn schema_capsule<'py>(py: Python<'py>, schema: &Schema) -> PyResult<Bound<'py, PyCapsule>> {
    let exported = FFI_ArrowSchema::try_from(schema).map_err(|e| named(py, "InternalError", &e.to_string()))?;
    PyCapsule::new_with_value(py, exported, SCHEMA)
}

/// The batches as a stream in a capsule.
pub fn stream_capsule(py: Python<'_>, schema: SchemaRef, batches: Vec<RecordBatch>) -> PyResult<Bound<'_, PyCapsule>> {
    let reader = RecordBatchIterator::new(batches.into_iter().map(Ok), schema);
    PyCapsule::new_with_value(py, FFI_ArrowArrayStream::new(Box::new(reader)), STREAM)
}

/// A batch as schema and array in capsules.
pub fn array_capsules(py: Python<'_>, batch: RecordBatch) -> PyResult<(Bound<'_, PyCapsule>, Bound<'_, PyCapsule>)> {
    let schema = schema_capsule(py, &batch.schema())?;
    let array = FFI_ArrowArray::new(&StructArray::from(batch).to_data());
    Ok((schema, PyCapsule::new_with_value(py, array, ARRAY)?))
}
