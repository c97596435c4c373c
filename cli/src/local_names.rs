//! The names that are shown instead of the registry's: the user's own, from a file in the form of services(5), and those in
//! everyday use.

use crate::error::Error;
use crate::printed::PrintedRow;
use iana_ports::{End, FAMILIAR_SERVICES, LocalName, LocalNames, Proto, ServicesFile};
use std::path::Path;

/// The names of a file.
#[derive(Default)]
pub struct NamesFile<'t> {
    /// In the order of the file.
    pub names: Vec<CommentedName<'t>>,
    /// The names, sorted by port and transport for lookups.
    sorted: Vec<LocalName<'t>>,
    /// True if familiar names are shown in preference to the registry's.
    pub is_familiar: bool,
}

/// Looks in the user's own names first, then in the familiar ones if they are wanted, then in the registry.
#[derive(Clone, Copy)]
pub struct Lookups<'n> {
    names: LocalNames<'n>,
    is_familiar: bool,
}

impl<'n> Lookups<'n> {
    /// The name that is shown for a port.
    pub fn name(self, port: u16, proto: Proto) -> Option<&'n str> {
        if self.is_familiar { self.names.familiar_name(port, proto) } else { self.names.service_name(port, proto) }
    }

    /// The end of a flow that serves.
    pub fn serving(self, ports: [u16; 2], proto: Proto) -> Option<End> {
        self.names.lookup_flow(ports[0], ports[1], proto).map(|(_, end)| end)
    }
}

/// A name or an alias, with the comment of its line.
pub struct CommentedName<'t> {
    pub name: &'t str,
    pub port: u16,
    pub proto: Proto,
    pub comment: &'t str,
}

/// The word that stands for the list of familiar names.
const FAMILIAR: &str = "familiar";

/// The text of a file.
pub fn read(path: &Path) -> Result<String, Error> {
    if path.as_os_str() == FAMILIAR {
        return Ok(FAMILIAR_SERVICES.to_owned());
    }
    std::fs::read_to_string(path).map_err(|error| Error::Unreadable(path.to_owned(), error))
}

impl<'t> NamesFile<'t> {
    /// Reads services(5) text. Lines for other transports are skipped.
    pub fn parse(text: &'t str, path: Option<&Path>) -> Result<Self, Error> {
        let mut file = Self::default();
        for line in ServicesFile::new(text.strip_prefix('\u{feff}').unwrap_or(text)) {
            let line =
                line.map_err(|error| Error::NotServices(path.map_or_else(Default::default, Path::to_owned), error))?;
            let comment = line.comment().unwrap_or_default();
            for local @ LocalName { port, proto, name } in line.local_names() {
                file.names.push(CommentedName { name, port, proto, comment });
                file.sorted.push(local);
            }
        }
        file.sorted.sort_by_key(|local| (local.port, local.proto));
        Ok(file)
    }

    /// The lookups by port.
    pub fn lookups(&self) -> Lookups<'_> {
        Lookups { names: LocalNames::new(&self.sorted).expect("they are sorted"), is_familiar: self.is_familiar }
    }

    /// The names of a port on a transport.
    pub fn at(&self, port: u16, proto: Proto) -> impl Iterator<Item = &CommentedName<'t>> {
        self.names.iter().filter(move |own| own.port == port && own.proto == proto)
    }

    /// The ports of a name, ASCII case ignored.
    pub fn named(&self, name: &str) -> impl Iterator<Item = &CommentedName<'t>> {
        self.names.iter().filter(move |own| own.name.eq_ignore_ascii_case(name))
    }
}

impl From<&CommentedName<'_>> for PrintedRow {
    fn from(own: &CommentedName<'_>) -> Self {
        Self {
            name: Some(own.name.to_owned()),
            port: Some(own.port.to_string()),
            transports: vec![own.proto],
            status: "Own".to_owned(),
            description: own.comment.to_owned(),
        }
    }
}
