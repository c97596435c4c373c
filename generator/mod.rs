//! The generator: IANA's XML in, Rust source out. Pure functions, no I/O.
//!
//! A registry passes through four stages:
//!
//! - [`parse`] reads the XML, by way of [`xml`], into rows as the [`schema`] has them, and is sure that it is XML
//!   ([`wellformed`]). An overlay goes the same way, or is services(5) text ([`services`]).
//! - [`resolve`] turns text into numbers and proves what the lookups lean on, for all [`details`] of a row and
//!   for the directory of [`people`]. [`precedence`] ranks the rows.
//! - [`layout`] lays out the tables of what the [`filter`] leaves: which records answer where ([`candidates`],
//!   in [`stages`]), what the other ports are ([`status`]), which ids names get ([`names`]), and the columns
//!   that features bring ([`metadata`], [`contacts`]). [`tables`] holds them; texts are pooled in [`text`].
//! - [`emit`] writes the tables down.
//!
//! What can go wrong on the way is an [`error`]; how much is too much stands in [`bounds`]. The generator shares with the library how a name is hashed,
//! how a value is packed, and what a transport, a port range, a date and the syntax of a name are: the modules from ../src.

pub mod bounds;
pub mod candidates;
pub mod contacts;
pub mod details;
pub mod emit;
pub mod error;
pub mod filter;
pub mod layout;
pub mod metadata;
pub mod names;
pub mod parse;
pub mod people;
pub mod positions;
pub mod precedence;
pub mod resolve;
pub mod schema;
pub mod services;
pub mod stages;
pub mod status;
pub mod tables;
pub mod text;
pub mod wellformed;
pub mod xml;

#[allow(dead_code, reason = "the library uses the rest")]
#[path = "../src/date.rs"]
pub mod date;
#[allow(dead_code, reason = "the library uses the rest")]
#[path = "../src/excerpt.rs"]
pub mod excerpt;
#[allow(dead_code, reason = "the library uses the rest")]
#[path = "../src/format.rs"]
pub mod format;
#[allow(dead_code, reason = "the library uses the rest")]
#[path = "../src/hash.rs"]
pub mod hash;
#[allow(dead_code, reason = "the library uses the rest")]
#[path = "../src/name.rs"]
pub mod name;
#[path = "../src/own_name.rs"]
pub mod own_name;
#[path = "../src/pad.rs"]
pub mod pad;
#[allow(dead_code, reason = "the library uses the rest")]
#[path = "../src/port.rs"]
pub mod port;
#[allow(dead_code, reason = "the library uses the rest")]
#[path = "../src/proto.rs"]
pub mod proto;

#[allow(dead_code, reason = "the library uses the rest")]
#[path = "../src/services_file.rs"]
pub mod services_file;

pub use date::Date;
use error::{BuildError, Fault, Kind};
use filter::Filter;
use hash::Words;
use own_name::OwnName;
pub use port::{PortClass, PortRange};
use precedence::Origin;
pub use proto::Proto;
use resolve::Resolved;
use std::thread;
use tables::Tables;

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

/// A file in IANA's form.
#[derive(Clone, Copy, Debug)]
pub struct File<'f> {
    /// What errors call it.
    pub name: &'f str,
    pub kind: Kind,
    /// Its content.
    pub xml: &'f [u8],
}

/// What to compile.
#[derive(Clone, Copy, Debug)]
pub struct Input<'f> {
    pub registry: File<'f>,
    /// Rows that come before those of the registry.
    pub overlay: Option<File<'f>>,
    pub columns: Columns,
    pub filter: &'f Filter,
    /// The words of the target.
    pub words: Words,
}

/// What one run of the generator has to say.
#[derive(Debug)]
pub struct Generated {
    /// Rust source: constants and statics, nothing else.
    pub source: String,
    /// Of each file the elements that the schema does not know; they were passed over.
    pub unknown_elements: Vec<(String, Vec<String>)>,
}

/// Compiles a registry into Rust source.
pub fn generate(input: Input<'_>) -> Result<Generated, BuildError> {
    let files = [Some(input.registry), input.overlay];
    let (compiled, digests) = thread::scope(|scope| {
        // Unoptimised they take as long as a third of the parsing, and wait for nothing.
        let digests = scope.spawn(move || files.map(|file| file.map(|file| digest(file.xml))));
        (compile(input), digests.join())
    });
    let (mut tables, unknown_elements) = compiled?;
    tables.digests = digests.unwrap_or_else(|panic| std::panic::resume_unwind(panic));
    Ok(Generated { source: emit::emit(&tables), unknown_elements })
}

type Compiled = (Tables, Vec<(String, Vec<String>)>);

fn compile(input: Input<'_>) -> Result<Compiled, BuildError> {
    let Input { registry, overlay, columns, filter, words } = input;
    let files = [Some((registry, Origin::Registry)), overlay.map(|overlay| (overlay, Origin::Overlay))];
    let (mut resolved, mut unknown_elements) = (Resolved::default(), Vec::new());
    for (file, origin) in files.into_iter().flatten() {
        let is_services = origin == Origin::Overlay && services::is_services(file.xml);
        let kind = if is_services { Kind::Services } else { file.kind };
        let told = |fault: Fault| fault.in_file(file.name, file.xml).of_kind(kind);
        let read = |text| if is_services { services::parse(text) } else { parse::parse(text, origin) };
        let parsed = parse::text(file.xml).and_then(read).map_err(told)?;
        resolved.add(&parsed, origin, columns).map_err(told)?;
        unknown_elements.push((file.name.to_owned(), parsed.unknown_elements.into_iter().collect()));
    }
    let tables = layout::lay_out(&resolved, columns, filter, words);
    let tables = tables.map_err(|fault| fault.in_file(registry.name, registry.xml).of_kind(registry.kind))?;
    Ok((tables, unknown_elements))
}

/// SHA-256 in hexadecimal digits.
fn digest(bytes: &[u8]) -> String {
    hmac_sha256::Hash::hash(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
