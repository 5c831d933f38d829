//! Tables in, files out: each part is written beside its place and takes its name when it is whole.

use super::format::Format;
use super::work::Done;
use crate::error::{Error, Result};
use crate::table::{IdType, Table};
use arrow::array::{Array, AsArray};
use arrow::datatypes::{Int64Type, SchemaRef};
use arrow::record_batch::RecordBatch;
use arrow::util::display::{ArrayFormatter, FormatOptions};
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::properties::WriterProperties;
use serde_json::{Map, Value};
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

/// A row group is closed when it holds this much, so that memory does not grow with a part: about 120,000 rows of
/// sentences or quotes, which is what engines like to read at once.
const ROW_GROUP_BYTES: usize = 8 << 20;

/// The files of one part.
pub struct Part {
    files: Vec<Output>,
}

struct Output {
    table: Option<Table>,
    target: PathBuf,
    beside: PathBuf,
    sink: Sink,
}

enum Sink {
    Parquet(Box<ArrowWriter<File>>),
    Csv(Box<csv::Writer<File>>),
    Errors(Box<BufWriter<File>>),
    Lines(Box<BufWriter<File>>),
}

impl Part {
    /// Opens the files of a part: `OUT/TABLE/NAME.parquet`.
    pub fn create(out: &Path, name: &str, format: Format, tables: &[Table], id: IdType) -> Result<Self> {
        let mut files = Vec::new();
        if format == Format::Jsonl {
            files.push(Output::create(out, "articles", name, format, None, |file| {
                Ok(Sink::Lines(Box::new(BufWriter::new(file))))
            })?);
            files.push(Output::create(out, "errors", name, format, Some(Table::Errors), |file| {
                Ok(Sink::Errors(Box::new(BufWriter::new(file))))
            })?);
            return Ok(Self { files });
        }
        for table in Table::ALL.into_iter().filter(|t| tables.contains(t)) {
            let schema = table.schema(id);
            files.push(Output::create(out, table.name(), name, format, Some(table), |file| match format {
                Format::Csv => csv_sink(file, &schema),
                _ => parquet_sink(file, schema),
            })?);
        }
        Ok(Self { files })
    }

    /// Adds what came of a batch.
    pub fn write(&mut self, done: &Done) -> Result<()> {
        for output in &mut self.files {
            let batch = done.tables.iter().find(|(t, _)| Some(*t) == output.table).map(|(_, batch)| batch);
            output.write(batch, &done.lines)?;
        }
        Ok(())
    }

    /// Closes the files and gives them their names.
    pub fn finish(self) -> Result<Vec<PathBuf>> {
        self.files.into_iter().map(Output::finish).collect()
    }

    /// Removes what was begun.
    pub fn abandon(self) {
        for output in self.files {
            drop(output.sink);
            // What cannot be removed is overwritten by the next run.
            let _ = std::fs::remove_file(&output.beside);
        }
    }
}

impl Output {
    fn create(
        out: &Path,
        folder: &str,
        name: &str,
        format: Format,
        table: Option<Table>,
        sink: impl FnOnce(File) -> std::result::Result<Sink, String>,
    ) -> Result<Self> {
        let folder = out.join(folder);
        std::fs::create_dir_all(&folder).map_err(|e| file_error(&folder, e))?;
        let target = folder.join(format!("{name}.{}", format.name()));
        let beside = folder.join(format!(".{name}.{}.part", format.name()));
        let file = File::create(&beside).map_err(|e| file_error(&beside, e))?;
        let sink = sink(file).map_err(|e| file_error(&beside, std::io::Error::other(e)))?;
        Ok(Self { table, target, beside, sink })
    }

    fn write(&mut self, batch: Option<&RecordBatch>, lines: &[u8]) -> Result<()> {
        let written = match (&mut self.sink, batch) {
            (Sink::Lines(file), _) => file.write_all(lines).map_err(|e| e.to_string()),
            (Sink::Parquet(writer), Some(batch)) => writer
                .write(batch)
                .and_then(|()| if writer.in_progress_size() > ROW_GROUP_BYTES { writer.flush() } else { Ok(()) })
                .map_err(|e| e.to_string()),
            (Sink::Csv(writer), Some(batch)) => csv_rows(writer, batch),
            (Sink::Errors(file), Some(batch)) => error_lines(file, batch),
            (_, None) => Ok(()),
        };
        written.map_err(|e| file_error(&self.beside, std::io::Error::other(e)))
    }

    fn finish(self) -> Result<PathBuf> {
        let problem = |e: String| file_error(&self.target, std::io::Error::other(e));
        let file = match self.sink {
            Sink::Parquet(writer) => writer.into_inner().map_err(|e| problem(e.to_string()))?,
            Sink::Csv(writer) => writer.into_inner().map_err(|e| problem(e.error().to_string()))?,
            Sink::Errors(file) | Sink::Lines(file) => file.into_inner().map_err(|e| problem(e.error().to_string()))?,
        };
        // A part that has its name is on the disk, whatever happens to the machine.
        file.sync_data().map_err(|e| file_error(&self.target, e))?;
        std::fs::rename(&self.beside, &self.target).map_err(|e| file_error(&self.target, e))?;
        Ok(self.target)
    }
}

/// Removes the parts of a job that begins anew; those of other shards stay.
pub fn clear(out: &Path, prefix: &str) -> Result<()> {
    for folder in Table::ALL.map(|table| out.join(table.name())).iter().filter(|f| f.is_dir()) {
        let problem = |e| file_error(folder, e);
        for entry in std::fs::read_dir(folder).map_err(problem)? {
            let path = entry.map_err(problem)?.path();
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            let number = name.trim_start_matches('.').strip_prefix(prefix).and_then(|rest| rest.split('.').next());
            if number.is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit())) {
                std::fs::remove_file(&path).map_err(|e| file_error(&path, e))?;
            }
        }
    }
    Ok(())
}

fn parquet_sink(file: File, schema: SchemaRef) -> std::result::Result<Sink, String> {
    let zstd = ZstdLevel::try_new(1).map_err(|e| e.to_string())?;
    let properties = WriterProperties::builder().set_compression(Compression::ZSTD(zstd)).build();
    let writer = ArrowWriter::try_new(file, schema, Some(properties)).map_err(|e| e.to_string())?;
    Ok(Sink::Parquet(Box::new(writer)))
}

fn csv_sink(file: File, schema: &SchemaRef) -> std::result::Result<Sink, String> {
    let mut writer = csv::Writer::from_writer(file);
    writer.write_record(schema.fields().iter().map(|f| f.name())).map_err(|e| e.to_string())?;
    Ok(Sink::Csv(Box::new(writer)))
}

fn csv_rows(writer: &mut csv::Writer<File>, batch: &RecordBatch) -> std::result::Result<(), String> {
    let columns = formatters(batch)?;
    for row in 0..batch.num_rows() {
        let fields = columns.iter().map(|column| column.value(row).to_string());
        writer.write_record(fields).map_err(|e| e.to_string())?;
    }
    Ok(())
}

fn error_lines(file: &mut impl Write, batch: &RecordBatch) -> std::result::Result<(), String> {
    let written = formatters(batch)?;
    let schema = batch.schema();
    for row in 0..batch.num_rows() {
        let value = |i: usize| -> Value {
            let column = batch.column(i);
            match column.as_primitive_opt::<Int64Type>() {
                _ if column.is_null(row) => Value::Null,
                Some(numbers) => numbers.value(row).into(),
                None => written[i].value(row).to_string().into(),
            }
        };
        let line: Map<String, Value> =
            schema.fields().iter().enumerate().map(|(i, field)| (field.name().clone(), value(i))).collect();
        serde_json::to_writer(&mut *file, &line).map_err(|e| e.to_string())?;
        file.write_all(b"\n").map_err(|e| e.to_string())?;
    }
    Ok(())
}

fn formatters(batch: &RecordBatch) -> std::result::Result<Vec<ArrayFormatter<'_>>, String> {
    const OPTIONS: FormatOptions<'static> = FormatOptions::new();
    let columns = batch.columns().iter().map(|column| ArrayFormatter::try_new(column, &OPTIONS));
    columns.collect::<std::result::Result<_, _>>().map_err(|e| e.to_string())
}

fn file_error(path: &Path, source: std::io::Error) -> Error {
    Error::File { path: path.display().to_string(), source }
}
