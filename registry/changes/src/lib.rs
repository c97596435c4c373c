//! Compares registry files, row by row.

pub mod changes;
#[allow(missing_docs, clippy::pedantic, reason = "a part of the build script, where it is linted")]
#[path = "../../../generator/mod.rs"]
pub mod generator;
