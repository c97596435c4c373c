//! The generator: IANA's XML in, Rust source out. Pure functions, no I/O.
//!
//! A registry passes through four stages:
//!
//! - [`parse`] reads the XML, by way of [`xml`], into rows as the [`schema`] has them.
//! - [`resolve`] turns text into numbers and proves what the lookups lean on: [`date`]s and all other
//!   [`details`] of a row; [`primary`] ranks.
//! - [`layout`] decides what stands in which of the [`tables`]: which record answers where
//!   ([`answers`], [`pages`]), what ports without a record are ([`coverage`], [`status`]), which number
//!   a name gets ([`numbering`], [`perfect`], `hash`), where its [`text`] lies. Columns that a feature
//!   brings are in [`metadata`] and [`contacts`].
//! - [`emit`] writes the tables down.
//!
//! What can go wrong on the way stands in [`error`].

pub mod answers;
pub mod contacts;
pub mod coverage;
pub mod date;
pub mod details;
pub mod emit;
pub mod error;
#[allow(dead_code, reason = "the library compares names, the generator does not")]
#[path = "../src/hash.rs"]
pub mod hash;
pub mod layout;
pub mod metadata;
pub mod numbering;
pub mod pages;
pub mod parse;
pub mod perfect;
pub mod primary;
pub mod resolve;
pub mod schema;
pub mod status;
pub mod tables;
pub mod text;
pub mod xml;

use error::BuildError;

/// Which columns the tables carry beside names, ports and transports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Columns {
    /// The description of every record and block.
    pub descriptions: bool,
    /// Dates, references, service codes, unauthorized uses and notes.
    pub metadata: bool,
    /// The ids of assignees and contacts, and the directory of people.
    pub contacts: bool,
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
    let tables = layout::layout(&resolved, columns).map_err(|fault| fault.in_file(file, xml))?;
    Ok(Generated {
        source: emit::emit(&tables),
        unknown_elements: registry.unknown_elements.into_iter().collect(),
    })
}
