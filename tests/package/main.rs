//! The package: its build script, its examples, and what programs pay that depend on it.

#[path = "../registry/oracle/mod.rs"]
mod oracle;

mod build_script;
mod examples;
mod instructions;
mod no_std;
mod programs;
mod size;
