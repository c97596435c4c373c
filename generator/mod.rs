//! The generator turns IANA's XML into Rust source. It consists of pure functions, without I/O.
//!
//! A registry passes through four stages:
//!
//! - [`read`] turns XML or services(5) text into rows.
//! - [`check`] proves what the lookups rely on, and ranks the rows.
//! - [`layout`] turns the checked rows that the [`filter`] keeps into tables.
//! - [`emit`] writes the tables down as source.
//!
//! Every stage fails with an [`error`], and [`bounds`] limits the amount of everything. [`numbers`] numbers equal
//! things. [`shared`] is the code that the library uses too.

pub mod bounds;
pub mod check;
pub mod emit;
pub mod error;
pub mod error_kind;
pub mod filter;
pub mod layout;
pub mod numbers;
pub mod read;

#[path = "../src/shared/mod.rs"]
pub mod shared;

use check::Checked;
use error::{BuildError, FileKind, InputError, place};
use filter::Filter;
use read::registry::Origin;
use shared::hash::Words;
use std::io::{self, Read};
use std::path::Path;

/// The columns that the tables have besides names, ports and transports: those of the features.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(clippy::struct_excessive_bools, reason = "a set of features")]
pub struct Columns {
    pub descriptions: bool,
    pub metadata: bool,
    pub contacts: bool,
    pub familiar: bool,
}

/// A file to read.
#[derive(Clone, Copy)]
pub struct File<'f> {
    /// Its name in errors.
    pub name: &'f str,
    pub kind: FileKind,
    pub content: &'f [u8],
}

/// The files to compile, and what to keep of them.
#[derive(Clone, Copy)]
pub struct Input<'f> {
    pub registry: File<'f>,
    /// A file whose rows come before those of the registry.
    pub overlay: Option<File<'f>>,
    /// A file in the form of services(5) with the names and ports in everyday use.
    pub familiar: Option<File<'f>>,
    pub columns: Columns,
    pub filter: &'f Filter,
    pub words: Words,
}

/// The result of one run.
#[derive(Debug)]
pub struct Generated {
    /// Rust source: constants and statics, nothing else.
    pub source: String,
    /// For each file, the elements that the generator does not know and skipped.
    pub unknown_elements: Vec<(String, Vec<String>)>,
    /// Says what the generator left out of a services(5) overlay: a sentence with a place for each kind.
    pub warnings: Vec<String>,
}

/// Compiles a registry into Rust source.
pub fn generate(input: Input<'_>) -> Result<Generated, BuildError> {
    let Input { registry, overlay, familiar, columns, filter, words } = input;
    let files = [Some((registry, Origin::Registry)), overlay.map(|overlay| (overlay, Origin::Overlay))];
    let (mut checked, mut unknown_elements, mut warnings) = (Checked::default(), Vec::new(), Vec::new());
    for (file, origin) in files.into_iter().flatten() {
        let file = File { kind: read::kind(&file), ..file };
        let parsed = read::read(&file, origin).map_err(|error| error.in_file(&file))?;
        warnings.extend(parsed.warnings.iter().map(|(offset, why)| format!("{}: {why}", place(*offset, &file))));
        unknown_elements.push((file.name.to_owned(), parsed.unknown_elements.keys().cloned().collect()));
        checked.add(parsed, origin, columns).map_err(|error| error.in_file(&file))?;
    }
    let lines = familiar.map(|file| read::read_familiar(&file).map_err(|error| error.in_file(&file)));
    let lines = lines.transpose()?.unwrap_or_default();
    let mut tables = layout::lay_out(&checked, columns, filter, &lines, words).map_err(|kind| {
        // The file to correct is the one without which there are tables.
        let overlays = overlay.filter(|_| generate(Input { overlay: None, ..input }).is_ok());
        let familiars = familiar.filter(|_| generate(Input { familiar: None, ..input }).is_ok());
        InputError::from(kind).in_file(&overlays.or(familiars).unwrap_or(registry))
    })?;
    tables.digests = [Some(digest(registry.content)), overlay.map(|overlay| digest(overlay.content))];
    Ok(Generated { source: emit::emit(&tables), unknown_elements, warnings })
}

/// Reads a file, but at most one byte more than the limit, because a device may never end.
pub fn read_file(path: &Path) -> io::Result<Vec<u8>> {
    let mut content = Vec::new();
    let file = std::fs::File::open(path)?;
    file.take(bounds::MAX_FILE as u64 + 1).read_to_end(&mut content).map(|_| content)
}

fn digest(bytes: &[u8]) -> String {
    hmac_sha256::Hash::hash(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
