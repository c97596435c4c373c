//! The generator: IANA's XML in, Rust source out. Pure functions, no I/O.
//!
//! A registry passes through three stages, one file each: [`parse`] reads the XML into rows as the
//! [`schema`] has them, [`resolve`] proves what the lookups lean on and decides which record answers
//! where, [`emit`] writes the tables down. What can go wrong on the way stands in [`error`].

pub mod answers;
pub mod coverage;
pub mod emit;
pub mod error;
pub mod pages;
pub mod parse;
pub mod primary;
pub mod resolve;
pub mod schema;
pub mod tables;
pub mod text;
pub mod xml;

use error::BuildError;

/// Which columns the tables carry beside names, ports and transports.
#[derive(Clone, Copy, Debug)]
pub struct Columns {
    /// The description of every record and block.
    pub descriptions: bool,
}

/// What one run of the generator has to say.
#[derive(Debug)]
pub struct Generated {
    /// Rust source: constants and statics, nothing else.
    pub source: String,
    /// Elements the schema does not know; they were passed over.
    pub unknown_elements: Vec<String>,
}

/// Compiles a registry into Rust source. `file` is the name that errors call it by.
pub fn generate(file: &str, xml: &[u8], columns: Columns) -> Result<Generated, BuildError> {
    let text = parse::text(xml).map_err(|fault| fault.in_file(file, xml))?;
    let registry = parse::parse(text).map_err(|fault| fault.in_file(file, xml))?;
    let resolved = resolve::resolve(&registry, columns).map_err(|fault| fault.in_file(file, xml))?;
    let tables = tables::build(&resolved).map_err(|fault| fault.in_file(file, xml))?;
    Ok(Generated {
        source: emit::emit(&tables, columns),
        unknown_elements: registry.unknown_elements.into_iter().collect(),
    })
}
