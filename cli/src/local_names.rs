//! The names that the command shows instead of the registry's: the user's own, from a services(5) file, and those in
//! everyday use.

use crate::capture::packet::Evidence;
use crate::capture::tally::{Counts, Flow};
use crate::error::{Error, tell};
use crate::rows::Line;
use iana_ports::{LocalName, LocalNames, PortClass, Proto, Record, ServicesFile, is_familiar, lookup_port};
use std::collections::HashMap;
use std::fs::File;
use std::io::Read;
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

/// Looks in the user's own names first, then in the familiar names if they are wanted, then in the registry.
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

    /// The index of the end of a flow that serves, and how that is known: from what its packets showed; or, in UDP, from
    /// their order if the ports say little; or else from the ports.
    pub fn serving(self, flow: &Flow, counts: &Counts) -> (usize, Evidence) {
        let (ports, proto) = (flow.ends.map(|(_, port)| port), flow.proto);
        // A port with one of the user's names, a System Port with a name, or a port in everyday use.
        let says_much = |port| {
            let is_system = PortClass::of(port) == PortClass::System && lookup_port(port, proto).is_some();
            is_system || self.own.contains_key(&(port, proto)) || is_familiar(port, proto)
        };
        match counts.serving.map(|(end, evidence)| (usize::from(end), evidence)) {
            // FTP servers open data connections from these ports (RFC 959 section 3.2, RFC 4217 section 7).
            Some((end, Evidence::Syn)) if matches!(ports[1 - end], 20 | 989) && !says_much(ports[end]) => {
                (1 - end, Evidence::Port)
            }
            Some(shown) => shown,
            None if proto == Proto::Udp && (ports[0] == ports[1] || !ports.into_iter().any(says_much)) => {
                (1 - usize::from(counts.first), Evidence::Order)
            }
            None => {
                let chosen = self.names.lookup_flow(ports[0], ports[1], proto).map(|(_, end)| end as usize);
                (chosen.unwrap_or(usize::from(ports[1] < ports[0])), Evidence::Port)
            }
        }
    }
}

/// A name or an alias, with the comment of its line.
pub struct CommentedName<'t> {
    pub name: &'t str,
    pub port: u16,
    pub proto: Proto,
    pub comment: &'t str,
}

/// The largest text that is read, in bytes.
const LARGEST: u64 = 32 << 20;

/// The text of a file.
pub fn read_file(path: &Path) -> Result<Vec<u8>, Error> {
    File::open(path).map_err(|error| Error::Unreadable(path.to_owned(), error)).and_then(|file| read_from(file, path))
}

/// All text from an input, up to a limit, because a device may never end.
pub fn read_from(input: impl Read, path: &Path) -> Result<Vec<u8>, Error> {
    let mut text = Vec::new();
    let read = input.take(LARGEST + 1).read_to_end(&mut text);
    read.map_err(|error| Error::Unreadable(path.to_owned(), error))?;
    if text.len() as u64 > LARGEST { Err(Error::TooLarge(path.to_owned(), LARGEST)) } else { Ok(text) }
}

impl<'t> NamesFile<'t> {
    /// Reads services(5) text, reports each line that cannot be read, and skips lines for other transports.
    pub fn parse(text: &'t [u8], path: &Path) -> Self {
        let mut file = Self { is_given: true, ..Self::default() };
        for line in ServicesFile::new(text) {
            let line = match line {
                Ok(line) => line,
                Err(error) => {
                    tell(&format!("{}: {error}", path.display()));
                    file.is_broken = true;
                    continue;
                }
            };
            let comment = line.comment().unwrap_or_default();
            for local @ LocalName { port, proto, name } in line.local_names() {
                file.by_place.entry((port, proto)).or_default().push(file.names.len());
                file.by_name.entry(name.to_ascii_lowercase()).or_default().push(file.names.len());
                file.names.push(CommentedName { name, port, proto, comment });
                file.sorted.push(local);
            }
        }
        file.sorted.sort_by_key(|local| (local.port, local.proto));
        file
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
        self.named(name).next().is_some()
    }

    /// The ports of a name, ASCII case ignored.
    pub fn named(&self, name: &str) -> impl Iterator<Item = &CommentedName<'t>> {
        self.by_name.get(&name.to_ascii_lowercase()).into_iter().flatten().map(|&place| &self.names[place])
    }
}

impl CommentedName<'_> {
    /// True if the registry does not have the name on this port and transport.
    pub fn is_new(&self) -> bool {
        let registered = lookup_port(self.port, self.proto).into_iter().flat_map(Record::same_port_records);
        !registered.into_iter().any(|record| record.name().eq_ignore_ascii_case(self.name))
    }
}

impl From<&CommentedName<'_>> for Line {
    fn from(own: &CommentedName<'_>) -> Self {
        let line = Self::new(Some(own.name), Some(own.port.into()), Some(own.proto), "Own");
        Self { description: own.comment.to_owned(), ..line }
    }
}
