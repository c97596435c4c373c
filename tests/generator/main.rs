//! Tests of the generator, which turns files into tables or errors.

#[path = "../../generator/mod.rs"]
mod generator;
#[path = "../registry/oracle/mod.rs"]
mod oracle;

mod damaged;
mod familiar;
mod fuzzed;
mod hostile;
mod names;
mod overlays;
mod packing;
mod properties;
mod reading;
mod table_sizes;
