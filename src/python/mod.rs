//! The border to Python: classes and functions of `pullquote._native`.
//!
//! Nothing here knows how articles are parsed; [`run`] is the one way to work without the interpreter's lock, and
//! [`arrow`] the one place with `unsafe`.

#![allow(clippy::needless_pass_by_value, clippy::type_complexity, reason = "signatures that Python calls and pickles")]

mod arrow;
mod article;
mod errors;
mod gazetteer;
mod gazetteer_results;
mod gazetteer_rows;
mod input;
mod outside;
mod pipe;
mod pipeline;
mod run;
mod scan;
mod structure;
mod tables;
mod types;

use pyo3::prelude::*;

/// Articles are many small vectors and strings, made on all threads at once.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[pymodule]
#[pyo3(name = "_native")]
fn native(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add("__version__", env!("CARGO_PKG_VERSION"))?;
    module.add_class::<article::Article>()?;
    module.add_function(wrap_pyfunction!(structure::sentences, module)?)?;
    module.add_function(wrap_pyfunction!(structure::blocks, module)?)?;
    module.add_function(wrap_pyfunction!(structure::split, module)?)?;
    module.add_class::<types::Piece>()?;
    module.add_class::<types::Block>()?;
    module.add_class::<types::Sentence>()?;
    module.add_class::<types::Quote>()?;
    module.add_class::<types::Speaker>()?;
    module.add_class::<types::Mention>()?;
    module.add_class::<types::Entity>()?;
    module.add_class::<types::Dateline>()?;
    module.add_class::<gazetteer::Gazetteer>()?;
    module.add_class::<gazetteer_results::Match>()?;
    module.add_class::<gazetteer_results::GazetteerReport>()?;
    module.add_class::<gazetteer_results::GazetteerStats>()?;
    module.add_class::<tables::Table>()?;
    module.add_class::<tables::Extraction>()?;
    module.add_class::<pipe::Articles>()?;
    module.add_class::<pipeline::Pipeline>()?;
    module.add_class::<pipeline::Report>()?;
    module.add_class::<scan::Tables>()?;
    Ok(())
}
