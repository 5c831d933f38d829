//! Parquet files in, rows out; only the columns that are wanted are read.

use super::{Read1, Row, Source, file_error};
use crate::article::ArticleId;
use crate::corpus::columns::Columns;
use crate::error::{Error, Result};
use crate::pool::Control;
use crate::table::{IdColumn, TextColumn};
use arrow::array::ArrayRef;
use arrow::record_batch::RecordBatch;
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use std::fs::File;
use std::sync::Arc;
use std::sync::atomic::Ordering;

const BATCH_ROWS: usize = 512;

/// The rows of a Parquet file.
pub fn rows(
    source: &Source,
    file: Arc<str>,
    columns: &Columns,
    control: &Arc<Control>,
) -> Result<impl Iterator<Item = Read1> + Send + use<>> {
    let problem = |e: &dyn std::fmt::Display| Error::Input { place: source.name(), problem: e.to_string() };
    let opened = File::open(source.path.clone().unwrap_or_default()).map_err(|e| file_error(&file, e))?;
    let builder = ParquetRecordBatchReaderBuilder::try_new(opened).map_err(|e| problem(&e))?;
    let fields = builder.schema().fields().clone();
    let names: Vec<&str> = fields.iter().map(|f| f.name().as_str()).collect();
    let at = columns.all(&file, &names)?.map(|i| i.map(|i| names[i].to_owned()));
    let wanted = ProjectionMask::roots(builder.parquet_schema(), columns.all(&file, &names)?.into_iter().flatten());
    let total = builder.metadata().file_metadata().num_rows().max(1) as u64;
    let batches = builder.with_projection(wanted).with_batch_size(BATCH_ROWS).build().map_err(|e| problem(&e))?;
    let (bytes, control, mut first) = (source.bytes, Arc::clone(control), 0);
    Ok(batches.flat_map(move |batch| {
        let place = file.to_string();
        let read = batch.map_err(|e| Error::Input { place, problem: e.to_string() });
        let read = read.and_then(|batch| batch_rows(&batch, &at, &file, &mut first));
        match read {
            Ok(rows) => {
                control.bytes.fetch_add(bytes * rows.len() as u64 / total, Ordering::Relaxed);
                rows.into_iter().map(|row| Ok(Ok(row))).collect::<Vec<Read1>>()
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
