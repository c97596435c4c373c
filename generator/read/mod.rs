//! Reading: a file becomes rows, in the form of the [`registry`].
//!
//! [`rows`] reads IANA's XML with the cursor of [`xml`] and its opening [`tag`]s, and [`values`] turns [`text`] into
//! numbers, dates and transports. [`services_file`] reads services(5) text.

pub mod registry;
pub mod rows;
pub mod services_file;
pub mod tag;
pub mod text;
pub mod values;
pub mod xml;

use super::File;
use super::bounds::{MAX_FILE, at_most};
use super::error::{FileKind, InputError};
use super::error_kind::ErrorKind;
use registry::{Origin, Registry};
use services_file::FamiliarLine;

/// The kind of a file, for which the form of an overlay's content counts.
pub fn kind(file: &File<'_>) -> FileKind {
    match file.kind {
        FileKind::Overlay if services_file::is_services(file.content) => FileKind::Services,
        kind => kind,
    }
}

/// Reads a file into rows.
pub fn read(file: &File<'_>, origin: Origin) -> Result<Registry, InputError> {
    at_most("bytes", file.content.len(), MAX_FILE)?;
    match file.kind {
        FileKind::Services => services_file::read(file.content),
        _ => rows::read(characters(file.content)?, origin),
    }
}

/// Reads the list of familiar names.
pub fn read_familiar(file: &File<'_>) -> Result<Vec<FamiliarLine>, InputError> {
    at_most("bytes", file.content.len(), MAX_FILE)?;
    services_file::read_familiar(file.content)
}

/// The bytes of a file as characters.
pub fn characters(content: &[u8]) -> Result<&str, InputError> {
    if content.contains(&0) {
        let at = content.iter().position(|&byte| byte == 0).unwrap_or_default();
        return Err(InputError::at(at, ErrorKind::Nul));
    }
    let text = std::str::from_utf8(content).map_err(|error| InputError::at(error.valid_up_to(), ErrorKind::NotUtf8))?;
    match text::forbidden(text) {
        Some((at, found)) => Err(InputError::at(at, ErrorKind::ForbiddenCharacter(found))),
        None => Ok(text),
    }
}
