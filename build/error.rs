//! What can be wrong with a registry file, as sentences for whoever runs the build.

use super::schema::Row;
use thiserror::Error;

/// A build that cannot go on: where, which record, what was found, what was expected, what to do.
#[derive(Debug, Error)]
#[error("{file}{position}: {record}{problem}")]
pub struct BuildError {
    file: String,
    /// `:line:column`, or nothing where the whole file is meant.
    position: String,
    /// `record http 80/tcp: `, or nothing outside records.
    record: String,
    problem: Problem,
}

impl BuildError {
    /// An error about the file as a whole.
    pub fn of_file(file: &str, problem: Problem) -> Self {
        Self { file: file.to_owned(), position: String::new(), record: String::new(), problem }
    }
}

/// A [`BuildError`] in the making: it knows a byte offset, not yet a file.
#[derive(Debug)]
pub struct Fault {
    /// In bytes from the start of the file.
    pub offset: usize,
    /// The [label](Row::label) of the record, if the fault is in one.
    pub record: Option<String>,
    /// What is wrong.
    pub problem: Problem,
}

impl Fault {
    /// A fault outside any record.
    pub fn at(offset: usize, problem: Problem) -> Self {
        Self { offset, record: None, problem }
    }

    /// The same fault, in a record.
    pub fn in_record(self, row: &Row) -> Self {
        Self { record: Some(row.label()), ..self }
    }

    /// Turns the offset into a line and a column, both from 1, the column in characters.
    pub fn in_file(self, file: &str, xml: &[u8]) -> BuildError {
        let before = &xml[..self.offset.min(xml.len())];
        let line = before.split(|&byte| byte == b'\n').count();
        let line_start = before.iter().rposition(|&byte| byte == b'\n').map_or(0, |at| at + 1);
        let column = 1 + String::from_utf8_lossy(&before[line_start..]).chars().count();
        BuildError {
            file: file.to_owned(),
            position: format!(":{line}:{column}"),
            record: self.record.map_or(String::new(), |label| format!("record {label}: ")),
            problem: self.problem,
        }
    }
}

/// What is wrong: found, expected, to do.
#[derive(Debug, Error)]
pub enum Problem {
    #[error(
        "cannot be read ({found}); expected a file in the form of IANA's service-names-port-numbers.xml; \
         put the file there, or correct {variable} if it is set"
    )]
    Unreadable { found: String, variable: &'static str },
    #[error(
        "cannot be written ({0}); expected a writable OUT_DIR; give cargo's target folder space and permission"
    )]
    Unwritable(String),
    #[error(
        "{0} is a relative path, and a build script runs in a folder of cargo's choosing; \
         expected an absolute path; in .cargo/config.toml, `relative = true` makes it one"
    )]
    RelativePath(&'static str),
    #[error(
        "found {0:?}, which is no transport, port or range of ports; expected items with `,` or `;` between them, \
         such as tcp,udp;0-1023,8080;+portless: tcp, udp, sctp, dccp (without any: all four), ports from 0 to 65535 \
         and ranges of them (without any: all), +portless for names without a port; correct the filter"
    )]
    BadFilter(String),
    #[error(
        "the filter leaves no record with a service name; expected at least one; widen IANA_PORTS_FILTER"
    )]
    NothingLeft,
    #[error("found bytes that are not UTF-8; expected UTF-8 text; convert the file or fetch it again")]
    NotUtf8,
    #[error("not well-formed XML: {0}; expected IANA's registry in XML; fetch the file again")]
    NotXml(String),
    #[error("the file ends inside <{0}>; expected </registry> as its end; it was cut off: fetch it again")]
    CutOff(String),
    #[error(
        "found <{0}> as the root; expected <registry id=\"service-names-port-numbers\">; name IANA's port registry"
    )]
    WrongRoot(String),
    #[error("found elements nested {0} deep; expected at most {max} levels; remove the nesting", max = super::xml::MAX_DEPTH)]
    TooDeep(usize),
    #[error(
        "found the reference &{0};; expected only XML's own (&amp; &lt; &gt; &quot; &apos;) or a character's number; write the text out"
    )]
    UnknownReference(String),
    #[error("found a second <{0}>; expected at most one in a record; remove one")]
    DuplicateElement(String),
    #[error(
        "found no <updated>; expected the date of the data, such as <updated>2026-09-12</updated>; add it before the first record"
    )]
    NoDate,
    #[error("found the date {found:?}; expected year-month-day, such as 2026-09-12; correct the {place}")]
    BadDate { found: String, place: &'static str },
    #[error("found no record with a service name; expected at least one; fetch the file again")]
    NoRecords,
    #[error(
        "found neither a service name nor a port number; expected at least one of them; add one or remove the record"
    )]
    Nothing,
    #[error(
        "found the number {0:?}; expected a port number or a range such as 6000-6063; correct the <number>"
    )]
    BadNumber(String),
    #[error(
        "found the number {0:?}, over 65535; expected port numbers from 0 to 65535; correct the <number>"
    )]
    NumberTooLarge(String),
    #[error("found the range {0:?}, which runs backwards; expected its lower end first; swap the ends")]
    ReversedRange(String),
    #[error(
        "found the number {0:?}, in the Dynamic Ports (49152-65535), which are never assigned (RFC 6335 section 6); \
         expected at most 49151; correct the <number>"
    )]
    DynamicPort(String),
    #[error(
        "found the transport protocol {0:?}; expected tcp, udp, sctp, dccp or none; correct the <protocol>"
    )]
    UnknownTransport(String),
    #[error(
        "found the service code {0:?}; expected a number of 32 bits in decimal (RFC 4340 section 8.1.2); correct the <sc>"
    )]
    BadServiceCode(String),
    #[error("found a <person> without an id; expected the id that records name; add it or remove the person")]
    NoId,
    #[error("found a second <person id={0:?}>; expected one for each id; remove one")]
    DuplicatePerson(String),
    #[error("found a service name of {0} bytes; expected at most {max}; shorten it", max = super::resolve::MAX_NAME)]
    LongName(usize),
    #[error("found {0:?} in the service name; expected printable ASCII only; correct the <name>")]
    UnprintableName(char),
    #[error(
        "the service name differs from {0:?} only by case, and names ignore case (RFC 6335 section 5.1); expected one spelling; settle on one"
    )]
    CaseCollision(String),
    #[error(
        "found service names that collide under a thousand hashes; expected names not made to; rename some"
    )]
    Collisions,
    #[error(
        "found {found} {what}; expected at most {limit}, which is what the tables can number; use a smaller registry"
    )]
    TooMany { what: &'static str, found: usize, limit: usize },
}
