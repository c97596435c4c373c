//! Methods of services(5) lines that only the library needs. The reader itself is in `shared`.

use crate::{LocalName, ServicesFileError, ServicesLine};

impl<'t> ServicesLine<'t> {
    /// The other names, in their order.
    ///
    /// ```
    /// let line = iana_ports::ServicesFile::new("http 80/tcp www").next().unwrap().unwrap();
    /// assert!(line.aliases().eq(["www"]));
    /// ```
    pub fn aliases(&self) -> impl Iterator<Item = &'t str> + use<'t> {
        self.names().skip(1).map(|(_, name)| name)
    }

    /// The name and the aliases, for [`LocalNames`](crate::LocalNames), on each port and transport: the name first.
    /// Empty if no transport is one of the four.
    ///
    /// ```
    /// use iana_ports::ServicesFile;
    ///
    /// let mut lines = ServicesFile::new("http 80/tcp www\nrtmp 1/ddp").map(|line| line.unwrap());
    /// assert!(lines.next().unwrap().local_names().map(|local| local.name).eq(["http", "www"]));
    /// assert_eq!(lines.next().unwrap().local_names().count(), 0);
    /// ```
    pub fn local_names(&self) -> impl Iterator<Item = LocalName<'t>> + use<'t> {
        // One loop makes smaller programs than nested iterators. A port stays in `ports` until all names were yielded
        // for it.
        let (line, mut protos) = (*self, self.protos());
        let mut place = None;
        core::iter::from_fn(move || {
            loop {
                let Some((proto, ports, names)) = &mut place else {
                    place = Some((protos.next()?, line.ports().into_iter(), line.names()));
                    continue;
                };
                match (ports.clone().next(), names.next()) {
                    (None, _) => place = None,
                    (Some(port), Some((_, name))) => return Some(LocalName { port, proto: *proto, name }),
                    (Some(_), None) => (_, *names) = (ports.next(), line.names()),
                }
            }
        })
    }

    /// The transports as the text spells them, such as `tcp` or `tcp/udp`.
    ///
    /// ```
    /// let line = iana_ports::ServicesFile::new("rtmp 1/ddp").next().unwrap().unwrap();
    /// assert_eq!(line.transport(), "ddp");
    /// ```
    pub const fn transport(&self) -> &'t str {
        self.transport
    }

    /// The number of the line, counted from 1.
    ///
    /// ```
    /// let line = iana_ports::ServicesFile::new("\n\nhttp 80/tcp").next().unwrap().unwrap();
    /// assert_eq!(line.line(), 3);
    /// ```
    pub const fn line(&self) -> usize {
        self.line
    }
}

impl ServicesFileError {
    /// The line, counted from 1.
    ///
    /// ```
    /// let error = iana_ports::ServicesFile::new("\nbilling").next().unwrap().unwrap_err();
    /// assert_eq!(error.line(), 2);
    /// ```
    pub const fn line(&self) -> usize {
        self.line
    }

    /// The column in characters, counted from 1.
    ///
    /// ```
    /// let error = iana_ports::ServicesFile::new("  billing tcp/80").next().unwrap().unwrap_err();
    /// assert_eq!(error.column(), 11);
    /// ```
    pub const fn column(&self) -> usize {
        self.column
    }
}
