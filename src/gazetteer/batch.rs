//! Columns of texts in, one table of hits out.

use super::{Fuzzy, Gazetteer, HitRef, Mode, Scratch};
use crate::article::{ArticleId, EntityType};
use crate::error::{Error, Result};
use crate::guard::guarded;
use crate::pool::Control;
use crate::table::{Chunk, IdColumn, IdType};
use crate::text::{Offsets, tokenize};
use arrow::array::{ArrayRef, BooleanBuilder, Float32Builder, Int32Builder, Int64Builder, StringBuilder};
use arrow::datatypes::{DataType, Field, Schema, SchemaRef};
use arrow::record_batch::RecordBatch;
use rayon::prelude::*;
use std::sync::Arc;
use std::sync::atomic::Ordering;
