//! The package: its build script, its examples, lookups in constants, and what programs pay that depend on it.

#[path = "../registry/oracle/mod.rs"]
mod oracle;

mod build_script;
mod constants;
mod examples;
mod instructions;
mod no_std;
mod programs;
mod size;
