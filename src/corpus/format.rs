//! What a job writes: the name of a format in, the format out.

use crate::error::Error;
use std::str::FromStr;

/// What is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// A folder of Parquet files for each table.
    #[default]
    Parquet,
    /// A folder of CSV files for each table.
    Csv,
    /// Articles as lines of JSON, and the errors.
    Jsonl,
}

impl Format {
    /// The name in options; the ending of the files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Parquet => "parquet",
            Self::Csv => "csv",
            Self::Jsonl => "jsonl",
        }
    }
}

impl FromStr for Format {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self, Error> {
        [Self::Parquet, Self::Csv, Self::Jsonl].into_iter().find(|f| f.name() == name).ok_or_else(|| Error::Option {
            option: "format",
            expected: "parquet, csv or jsonl",
            found: name.to_owned(),
        })
    }
}
