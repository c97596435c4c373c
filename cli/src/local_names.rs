//! Names of one's own, from a file as in services(5).

use crate::line::Line;
use crate::problem::Problem;
use iana_ports::{Proto, ServicesFile};
use std::path::Path;

/// The names of a file, in its order.
#[derive(Default)]
pub struct Own<'t> {
    pub names: Vec<Known<'t>>,
}

/// A name or an alias on a port and transport.
pub struct Known<'t> {
    pub name: &'t str,
    pub port: u16,
    pub proto: Proto,
    pub comment: &'t str,
}

/// The text of a file.
pub fn read(path: &Path) -> Result<String, Problem> {
    std::fs::read_to_string(path).map_err(|error| Problem::Unreadable(path.to_owned(), error))
}

impl<'t> Own<'t> {
    /// Reads services(5) text. Lines of other transports say nothing here.
    pub fn parse(text: &'t str, path: Option<&Path>) -> Result<Self, Problem> {
        let mut own = Self::default();
        for line in ServicesFile::new(text.strip_prefix('\u{feff}').unwrap_or(text)) {
            let line = line.map_err(|error| {
                Problem::NotServices(path.map_or_else(Default::default, Path::to_owned), error)
            })?;
            own.names.extend(line.own_names().map(|name| Known {
                name: name.name,
                port: name.port,
                proto: name.proto,
                comment: line.comment().unwrap_or_default(),
            }));
        }
        Ok(own)
    }

    /// Those on a port and transport.
    pub fn at(&self, port: u16, proto: Proto) -> impl Iterator<Item = &Known<'t>> {
        self.names.iter().filter(move |own| own.port == port && own.proto == proto)
    }

    /// Those of a name, ASCII case ignored.
    pub fn named(&self, name: &str) -> impl Iterator<Item = &Known<'t>> {
        self.names.iter().filter(move |own| own.name.eq_ignore_ascii_case(name))
    }
}

impl From<&Known<'_>> for Line {
    fn from(own: &Known<'_>) -> Self {
        Self {
            name: Some(own.name.to_owned()),
            port: Some(own.port.to_string()),
            transports: vec![own.proto],
            status: "Own".to_owned(),
            description: own.comment.to_owned(),
        }
    }
}
