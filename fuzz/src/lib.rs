//! Code that the fuzz targets share.

pub mod capture;

// The properties expect the modules `generator` and `oracle` next to them.
use answers as oracle;
use registry_changes::generator;

#[path = "../../tests/generator/properties.rs"]
pub mod properties;
