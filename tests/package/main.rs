//! Tests of the package as its users see it: the build script, the examples, lookups in constants, and the size and
//! speed of programs.

#[path = "../registry/oracle/mod.rs"]
mod oracle;

mod build_script;
mod constants;
mod documents;
mod examples;
mod instructions;
mod layers;
mod no_std;
mod programs;
mod size;
