//! The names that the command shows instead of the registry's: local names, from a services(5) file, and those in
//! everyday use.

use crate::error::{Error, MOST, tell};
use crate::rows::Line;
use iana_ports::{LocalName, LocalNames, Proto, Record, ServicesFile, ServicesFileErrorKind, lookup_port};
use std::collections::HashMap;
use std::path::Path;

/// The names of a file.
#[derive(Default)]
pub struct NamesFile<'t> {
    /// In the order of the file.
    pub names: Vec<CommentedName<'t>>,
    /// The names, sorted by port and transport for lookups.
    sorted: Vec<LocalName<'t>>,
    /// From a port and transport, and from a name in lower case, to indexes of names.
    by_place: HashMap<(u16, Proto), Vec<usize>>,
    by_name: HashMap<String, Vec<usize>>,
    /// True if the command shows familiar names in preference to the registry's.
    pub is_familiar: bool,
    /// True if a line could not be read.
    pub is_broken: bool,
    /// True if the user named a file.
    pub is_given: bool,
}

/// Looks in the local names first, then in the familiar names if they are wanted, then in the registry.
#[derive(Clone, Copy)]
pub struct Lookups<'n> {
    names: LocalNames<'n>,
    own: &'n HashMap<(u16, Proto), Vec<usize>>,
    is_familiar: bool,
}

impl<'n> Lookups<'n> {
    /// The name that is shown for a port.
    pub fn name(self, port: u16, proto: Proto) -> Option<&'n str> {
        if self.is_familiar { self.names.familiar_name(port, proto) } else { self.names.service_name(port, proto) }
    }

    /// True if the port has one of the user's names.
    pub fn is_own(self, port: u16, proto: Proto) -> bool {
        self.own.contains_key(&(port, proto))
    }

    /// The index of the end of a flow that serves, judged by its ports.
    pub fn serving(self, ports: [u16; 2], proto: Proto) -> Option<usize> {
        self.names.lookup_flow(ports[0], ports[1], proto).map(|(_, end)| end as usize)
    }
}

/// A name or an alias, with the comment of its line.
pub struct CommentedName<'t> {
    pub name: &'t str,
    pub port: u16,
    pub proto: Proto,
    pub comment: &'t str,
}

/// The most names in a file, each on one port and transport: as many as an overlay may cover.
const MOST_NAMES: usize = 4 << 16;

impl<'t> NamesFile<'t> {
    /// Reads services(5) text, reports what cannot be read, and skips lines for other transports.
    pub fn parse(text: &'t [u8], path: &Path) -> Result<Self, Error> {
        let mut file = Self { is_given: true, ..Self::default() };
        let (mut errors, mut no_name, mut not_a_name) = (0, None, None);
        for line in ServicesFile::new(text) {
            let line = match line {
                Ok(line) => line,
                Err(error) if error.kind() == ServicesFileErrorKind::NoName => {
                    no_name.get_or_insert(error);
                    continue;
                }
                Err(error) => {
                    errors += 1;
                    file.is_broken = true;
                    if errors <= MOST {
                        tell(&format!("{}: {error}", path.display()));
                    }
                    continue;
                }
            };
            not_a_name = not_a_name.or(line.not_a_name().map(|field| (line.line(), field)));
            let comment = line.comment().unwrap_or_default();
            for local @ LocalName { port, proto, name } in line.local_names() {
                if file.names.len() == MOST_NAMES {
                    return Err(Error::TooManyNames(path.to_owned(), MOST_NAMES));
                }
                file.by_place.entry((port, proto)).or_default().push(file.names.len());
                file.by_name.entry(name.to_ascii_lowercase()).or_default().push(file.names.len());
                file.names.push(CommentedName { name, port, proto, comment });
                file.sorted.push(local);
            }
        }
        if errors > MOST {
            tell(&format!("{}: {} more lines cannot be read", path.display(), errors - MOST));
        }
        if let Some(error) = no_name {
            tell(&format!("{}: {error}; left out, with all others like it", path.display()));
        }
        if let Some((line, field)) = not_a_name {
            let why = "has no letter, so it is no name; left out, with all others like it";
            tell(&format!("{}: line {line}: {field:?} {why}", path.display()));
        }
        file.sorted.sort_by_key(|local| (local.port, local.proto));
        Ok(file)
    }

    /// The lookups by port.
    pub fn lookups(&self) -> Lookups<'_> {
        let names = LocalNames::new(&self.sorted).expect("they are sorted");
        Lookups { names, own: &self.by_place, is_familiar: self.is_familiar }
    }

    /// The names of a port on a transport.
    pub fn at(&self, port: u16, proto: Proto) -> impl Iterator<Item = &CommentedName<'t>> {
        self.by_place.get(&(port, proto)).into_iter().flatten().map(|&place| &self.names[place])
    }

    /// True if the file has this name, ASCII case ignored.
    pub fn has(&self, name: &str) -> bool {
        !self.names.is_empty() && self.named(name).next().is_some()
    }

    /// The ports of a name, ASCII case ignored.
    pub fn named(&self, name: &str) -> impl Iterator<Item = &CommentedName<'t>> {
        self.by_name.get(&name.to_ascii_lowercase()).into_iter().flatten().map(|&place| &self.names[place])
    }
}

impl CommentedName<'_> {
    /// The registry's record of the name on this port and transport.
    pub fn record(&self) -> Option<Record> {
        let mut registered = lookup_port(self.port, self.proto).into_iter().flat_map(Record::same_port_records);
        registered.find(|record| record.name().eq_ignore_ascii_case(self.name))
    }

    /// True if the registry does not have the name on this port and transport.
    pub fn is_new(&self) -> bool {
        self.record().is_none()
    }

    /// The registry's description, or the comment if the registry does not have the name there.
    pub fn description(&self) -> &str {
        let registered = self.record().map(Record::description);
        registered.unwrap_or(self.comment)
    }
}

/// The registry's row, if it has the name there.
impl From<&CommentedName<'_>> for Line {
    fn from(own: &CommentedName<'_>) -> Self {
        if let Some(record) = own.record() {
            return Self::of_row(record.into(), Some(own.proto));
        }
        let line = Self::new(None, Some(own.port.into()), Some(own.proto), "Own");
        Self { service_name: Some(own.name.to_owned().into()), description: own.comment.to_owned().into(), ..line }
    }
}
