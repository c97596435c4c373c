//! Reading: a file becomes rows of text, in the form of the [`schema`].
//!
//! [`rows`] reads IANA's XML with the cursor of [`xml`], and [`wellformed`] makes sure that it is XML, by the rules of
//! [`syntax`]. [`text`] resolves references and folds white space. [`services`] reads services(5) text.

pub mod rows;
pub mod schema;
pub mod services;
pub mod syntax;
pub mod text;
pub mod wellformed;
pub mod xml;

use super::File;
use super::bounds::{self, MAX_FILE, at_most};
use super::check::precedence::Origin;
use super::error::{self, FileKind, InputError};
use super::error_kind::{self, ErrorKind};
use super::shared;
use schema::Registry;

/// The kind of a file, for which the form of an overlay's content counts.
pub fn kind(file: &File<'_>) -> FileKind {
    match file.kind {
        FileKind::Overlay if services::is_services(file.content) => FileKind::Services,
        kind => kind,
    }
}

/// Reads a file into rows.
pub fn read(file: &File<'_>, origin: Origin) -> Result<Registry, InputError> {
    at_most("bytes", file.content.len(), MAX_FILE)?;
    if file.kind == FileKind::Services {
        return services::read(file.content);
    }
    rows::read(characters(file.content)?, origin)
}

/// The bytes of a file as characters.
pub fn characters(content: &[u8]) -> Result<&str, InputError> {
    if content.contains(&0) {
        let at = content.iter().position(|&byte| byte == 0).unwrap_or_default();
        return Err(InputError::at(at, ErrorKind::Nul));
    }
    let text = std::str::from_utf8(content).map_err(|error| InputError::at(error.valid_up_to(), ErrorKind::NotUtf8))?;
    match syntax::forbidden(text) {
        Some((at, found)) => Err(InputError::at(at, ErrorKind::ForbiddenCharacter(found))),
        None => Ok(text),
    }
}
