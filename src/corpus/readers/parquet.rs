//! Parquet files in, rows out; only the columns that are wanted are read.

use super::{Read1, Reading, Row, Source, bad, file_error};
use crate::article::ArticleId;
use crate::error::{Error, Result};
use crate::table::{IdColumn, TextColumn};
use arrow::array::ArrayRef;
use arrow::record_batch::RecordBatch;
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use std::fs::File;
use std::sync::Arc;
use std::sync::atomic::Ordering;

/// Rows are read by as many as hold about this much.
const BATCH_BYTES: u64 = 4 << 20;
const MAX_BATCH_ROWS: u64 = 512;

/// The rows of a Parquet file.
pub fn rows(source: &Source, file: Arc<str>, reading: &Reading) -> Result<impl Iterator<Item = Read1> + Send + use<>> {
    let problem = |e: &dyn std::fmt::Display| Error::Input { place: source.name(), problem: e.to_string() };
    let columns = &reading.columns;
    let opened = File::open(source.path.clone().unwrap_or_default()).map_err(|e| file_error(&file, e))?;
    let builder = ParquetRecordBatchReaderBuilder::try_new(opened).map_err(|e| problem(&e))?;
    let fields = builder.schema().fields().clone();
    let names: Vec<&str> = fields.iter().map(|f| f.name().as_str()).collect();
    let at = columns.all(&file, &names)?.map(|i| i.map(|i| names[i].to_owned()));
    let wanted = ProjectionMask::roots(builder.parquet_schema(), columns.all(&file, &names)?.into_iter().flatten());
    let total = builder.metadata().file_metadata().num_rows().max(1) as u64;
    let plain: u64 = builder.metadata().row_groups().iter().map(|g| g.total_byte_size().max(0) as u64).sum();
    let at_once = (BATCH_BYTES / (plain / total).max(1)).clamp(1, MAX_BATCH_ROWS) as usize;
    let batches = builder.with_projection(wanted).with_batch_size(at_once).build().map_err(|e| problem(&e))?;
    let (bytes, reading, mut first) = (source.bytes, reading.clone(), 0);
    Ok(batches.flat_map(move |batch| {
        let wrong = |problem: String| Error::Input { place: file.to_string(), problem };
        let read = batch.map_err(|e| wrong(e.to_string()));
        let read = read.and_then(|batch| batch_rows(&batch, &at, &file, &mut first).map_err(|e| wrong(e.to_string())));
        match read {
            Ok(rows) => {
                reading.control.bytes.fetch_add(bytes * rows.len() as u64 / total, Ordering::Relaxed);
                let too_long = |row: &Row| row.text.as_ref().is_some_and(|t| t.len() > reading.max_row_bytes);
                let checked =
                    |row: Row| if too_long(&row) { Err(bad(&file, row.row, reading.too_long())) } else { Ok(row) };
                rows.into_iter().map(|row| Ok(checked(row))).collect::<Vec<Read1>>()
            }
            Err(e) => vec![Err(e)],
        }
    }))
}

fn batch_rows(batch: &RecordBatch, at: &[Option<String>; 4], file: &Arc<str>, first: &mut i64) -> Result<Vec<Row>> {
    let column = |i: usize| -> Option<(&str, &ArrayRef)> {
        let name = at[i].as_deref()?;
        Some((name, batch.column_by_name(name)?))
    };
    let text = |i: usize| column(i).map(|(name, array)| TextColumn::new(name, array)).transpose();
    let [texts, headlines] = [text(0)?, text(2)?];
    let dates = column(3).map(|(name, array)| TextColumn::written(name, array)).transpose()?;
    let ids = column(1).map(|(name, array)| IdColumn::new(name, array)).transpose()?;
    let start = *first;
    *first += batch.num_rows() as i64;
    let value = |column: &Option<TextColumn>, row| column.as_ref().and_then(|c| c.get(row)).map(str::to_owned);
    let row = |i: usize| Row {
        text: value(&texts, i),
        id: ids.as_ref().and_then(|ids| ids.get(i)).map(ArticleId::into_owned),
        headline: value(&headlines, i),
        date: value(&dates, i),
        file: Arc::clone(file),
        row: start + i as i64,
    };
    Ok((0..batch.num_rows()).map(row).collect())
}
