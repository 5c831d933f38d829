//! Arrow tables and Parquet files in, records out.

use super::{COLUMNS, Checked, Rows, entity_type, find_columns, parts};
use crate::error::{Error, Result};
use crate::gazetteer::Record;
use crate::table::TextColumn;
use arrow::array::{Array, ArrayRef, AsArray, Float32Array};
use arrow::compute::cast;
use arrow::datatypes::{DataType, Float32Type};
use arrow::record_batch::RecordBatch;

/// Reads the rows of a batch; `first` is the number of its first row.
pub(super) fn read(batch: &RecordBatch, first: u64, rows: &mut Rows<'_>) -> Result<()> {
    let columns = Columns::new(batch).map_err(|problem| rows.error(first, problem))?;
    for row in 0..batch.num_rows() {
        rows.add(first + row as u64, columns.record(row))?;
    }
    Ok(())
}

/// Reads a Parquet file, those columns alone that a record has.
#[cfg(feature = "corpus")]
pub(super) fn read_parquet(path: &std::path::Path, rows: &mut Rows<'_>) -> Result<()> {
    use super::{file_error, input_error};
    use parquet::arrow::ProjectionMask;
    use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
    let problem = |error: &dyn std::fmt::Display| input_error(path, &error);
    let file = std::fs::File::open(path).map_err(|error| file_error(path, error))?;
    let builder = ParquetRecordBatchReaderBuilder::try_new(file).map_err(|e| problem(&e))?;
    let names: Vec<String> = builder.schema().fields().iter().map(|field| field.name().to_ascii_lowercase()).collect();
    let at = find_columns(&names).map_err(|e| problem(&e))?;
    let wanted = ProjectionMask::roots(builder.parquet_schema(), at.into_iter().flatten());
    let mut first = 1;
    for batch in builder.with_projection(wanted).build().map_err(|e| problem(&e))? {
        let batch = batch.map_err(|e| problem(&e))?;
        read(&batch, first, rows)?;
        first += batch.num_rows() as u64;
    }
    Ok(())
}

/// A column whose cells hold several texts.
enum Many {
    /// With `|` between them.
    One(TextColumn),
    /// A list each: where the lists begin and end, and all of their texts.
    Lists(ArrayRef, TextColumn),
}

struct Columns {
    texts: [Option<TextColumn>; 5],
    several: [Option<Many>; 3],
    priors: Option<Float32Array>,
}

impl Columns {
    fn new(batch: &RecordBatch) -> Checked<Self> {
        let names: Vec<String> = batch.schema().fields().iter().map(|f| f.name().to_ascii_lowercase()).collect();
        let [id, name, aliases, weak, kind, country, roles, gender, prior] = find_columns(&names)?;
        let column = |at: Option<usize>| at.map(|at| (names[at].as_str(), batch.column(at)));
        let said = |error: Error| error.to_string();
        let text = |at| column(at).map(|(name, array)| TextColumn::written(name, array)).transpose().map_err(said);
        let many = |at| column(at).map(|(name, array)| Many::new(name, array)).transpose().map_err(said);
        let priors = column(prior).map(|(_, array)| cast(array, &DataType::Float32)).transpose();
        Ok(Self {
            texts: [text(id)?, text(name)?, text(kind)?, text(country)?, text(gender)?],
            several: [many(aliases)?, many(weak)?, many(roles)?],
            priors: priors
                .map_err(|e| format!("column {:?}: {e}", COLUMNS[8]))?
                .map(|p| p.as_primitive::<Float32Type>().clone()),
        })
    }

    fn record(&self, row: usize) -> Checked<Record> {
        let [id, name, kind, country, gender] = self.texts.each_ref().map(|c| c.as_ref().and_then(|c| c.get(row)));
        let [aliases, weak_aliases, roles] =
            self.several.each_ref().map(|c| c.as_ref().map_or_else(Vec::new, |c| c.get(row)));
        let some = |text: Option<&str>| text.map(str::trim).filter(|t| !t.is_empty()).map(str::to_owned);
        let prior = self.priors.as_ref().filter(|p| p.is_valid(row)).map(|p| p.value(row));
        if prior.is_some_and(|p| !p.is_finite()) {
            return Err(format!("prior {prior:?}: expected a number"));
        }
        Ok(Record {
            id: some(id).unwrap_or_default(),
            name: some(name).unwrap_or_default(),
            aliases,
            weak_aliases,
            kind: entity_type(kind.unwrap_or_default())?,
            country: some(country),
            roles,
            gender: some(gender),
            prior,
        })
    }
}

impl Many {
    fn new(name: &str, array: &ArrayRef) -> Result<Self> {
        let list = match array.data_type() {
            DataType::List(_) => array.clone(),
            DataType::LargeList(item)
            | DataType::ListView(item)
            | DataType::LargeListView(item)
            | DataType::FixedSizeList(item, _) => cast(array, &DataType::List(item.clone()))
                .map_err(|e| Error::Input { place: format!("column {name:?}"), problem: e.to_string() })?,
            _ => return TextColumn::new(name, array).map(Self::One),
        };
        let texts = TextColumn::new(name, list.as_list::<i32>().values())?;
        Ok(Self::Lists(list, texts))
    }

    fn get(&self, row: usize) -> Vec<String> {
        match self {
            Self::One(texts) => texts.get(row).map_or_else(Vec::new, parts),
            Self::Lists(lists, _) if lists.is_null(row) => Vec::new(),
            Self::Lists(lists, texts) => {
                let ends = lists.as_list::<i32>().value_offsets();
                (ends[row]..ends[row + 1]).filter_map(|i| texts.get(i as usize)).map(str::to_owned).collect()
            }
        }
    }
}
