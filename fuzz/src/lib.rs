//! What the targets need.

pub mod capture;

#[path = "../../generator/mod.rs"]
#[allow(dead_code, reason = "the build script uses the rest")]
mod generator;
#[path = "../../tests/oracle/mod.rs"]
mod oracle;
#[path = "../../tests/properties/mod.rs"]
pub mod properties;
