//! Methods of services(5) lines that only the library needs. The reader itself is in `shared`.

use crate::shared::services_file::Names;
use crate::{LineProtos, LocalName, Proto, ServicesFileError, ServicesFileErrorKind, ServicesLine};
use core::iter::FusedIterator;
use core::ops::RangeInclusive;

impl<'t> ServicesLine<'t> {
    /// The name as the text spells it, also if it has no letter.
    pub const fn name(&self) -> &'t str {
        self.name
    }

    /// The other names, in their order.
    pub fn aliases(&self) -> LineAliases<'t> {
        LineAliases(self.names(true))
    }

    /// The name and the aliases, for [`LocalNames`](crate::LocalNames), on each port and transport: the name first.
    /// Empty if the registry has no rows for the transports.
    ///
    /// ```
    /// let mut lines = iana_ports::ServicesFile::new("http 80/tcp www\nrtmp 1/ddp").map(|line| line.unwrap());
    /// assert!(lines.next().unwrap().local_names().map(|local| local.name).eq(["http", "www"]));
    /// assert_eq!(lines.next().unwrap().local_names().count(), 0);
    /// ```
    pub fn local_names(&self) -> LineNames<'t> {
        LineNames { line: *self, protos: self.protos(), place: None }
    }

    /// The first field in the place of a name or an alias that has no letter, so that it is no service name (RFC 6335
    /// section 5.1): nmap's file has frequencies there. `None` if there is no such field.
    ///
    /// The aliases and the local names leave such fields out. In a line that has one, `unknown` is no name either.
    ///
    /// ```
    /// let line = |text| iana_ports::ServicesFile::new(text).next().unwrap().unwrap();
    /// assert_eq!(line("http 80/tcp 0.484143").not_a_name(), Some("0.484143"));
    /// assert_eq!(line("http 80/tcp www").not_a_name(), None);
    /// ```
    pub fn not_a_name(&self) -> Option<&'t str> {
        self.without_letter().map(|(_, field)| field)
    }

    /// The transports as the text spells them, such as `tcp` or `tcp/udp`.
    pub const fn transport(&self) -> &'t str {
        self.transport
    }

    /// The number of the line, counted from 1.
    pub const fn line(&self) -> usize {
        self.line
    }
}

/// The aliases of a line; see [`ServicesLine::aliases`].
#[derive(Clone, Debug)]
#[must_use]
pub struct LineAliases<'t>(Names<'t>);

impl<'t> Iterator for LineAliases<'t> {
    type Item = &'t str;

    fn next(&mut self) -> Option<&'t str> {
        self.0.next().map(|(_, name)| name)
    }
}

impl FusedIterator for LineAliases<'_> {}

/// The names of a line on each port and transport; see [`ServicesLine::local_names`].
#[derive(Clone, Debug)]
#[must_use]
pub struct LineNames<'t> {
    line: ServicesLine<'t>,
    protos: LineProtos<'t>,
    /// A port stays until all names were yielded for it.
    place: Option<(Proto, RangeInclusive<u16>, Names<'t>)>,
}

impl<'t> Iterator for LineNames<'t> {
    type Item = LocalName<'t>;

    fn next(&mut self) -> Option<LocalName<'t>> {
        // One loop makes smaller programs than nested iterators.
        loop {
            let Some((proto, ports, names)) = &mut self.place else {
                self.place = Some((self.protos.next()?, self.line.ports().into_iter(), self.line.names(false)));
                continue;
            };
            match (ports.clone().next(), names.next()) {
                (None, _) => self.place = None,
                (Some(port), Some((_, name))) => return Some(LocalName { port, proto: *proto, name }),
                (Some(_), None) => (_, *names) = (ports.next(), self.line.names(false)),
            }
        }
    }
}

impl FusedIterator for LineNames<'_> {}

impl ServicesFileError {
    /// The line, counted from 1.
    pub const fn line(&self) -> usize {
        self.line
    }

    /// The column in characters, counted from 1.
    pub const fn column(&self) -> usize {
        self.column
    }

    /// The kind of the error, without text.
    pub const fn kind(&self) -> ServicesFileErrorKind {
        self.kind.0
    }
}
