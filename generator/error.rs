//! Errors of a build, as sentences for whoever runs it: where, what was found, what was expected, what to do.

use super::bounds::{MAX_DEPTH, MAX_NAME, MAX_TEXT};
use super::format::{FIRST_YEAR, YEARS};
use super::name::ServiceNameError;
use std::fmt;

/// A build that cannot go on: where, which record, what was found, what was expected, what to do.
#[derive(Debug)]
pub struct BuildError {
    /// `file:line:column`, or the file alone where all of it is meant.
    place: String,
    /// `record http 80/tcp: `, or nothing outside records.
    record: String,
    problem: Problem,
    kind: Kind,
}

/// Which file an error is about, and so what to do about its form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The registry that comes with the crate.
    Embedded,
    /// A registry that the user names.
    Named,
    /// An overlay, which users write themselves.
    Overlay,
    /// An overlay in the form of services(5).
    Services,
}

/// An overlay as it should be.
const SAMPLE: &str = "<registry id=\"service-names-port-numbers\">
  <record>
    <name>billing</name> <protocol>tcp</protocol> <number>8080</number>
    <description>invoices and reminders</description>
  </record>
</registry>";

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { place, record, problem, kind } = self;
        write!(f, "{place}: {record}{problem}")?;
        match kind {
            _ if !problem.is_of_form() => Ok(()),
            Kind::Embedded => write!(f, "; the crate's own file is damaged: take a fresh copy of the crate"),
            Kind::Named => write!(f, "; correct the file, or fetch it again if it is IANA's"),
            Kind::Overlay => write!(f, "; correct the file to this form:\n{SAMPLE}"),
            Kind::Services => write!(f, "; correct the file to this form:\n{SAMPLE_LINE}"),
        }
    }
}

impl std::error::Error for BuildError {}

impl BuildError {
    /// An error about the file as a whole.
    pub fn of_file(file: &str, problem: Problem) -> Self {
        Self { place: file.to_owned(), record: String::new(), problem, kind: Kind::Named }
    }

    /// The same error, about a file of this kind.
    pub fn of_kind(self, kind: Kind) -> Self {
        Self { kind, ..self }
    }
}

/// The same as services(5) text.
const SAMPLE_LINE: &str = "billing 8080/tcp invoices # invoices and reminders";

/// A [`BuildError`] in the making: it knows a byte offset, not yet a file.
#[derive(Debug)]
pub struct Fault {
    /// In bytes from the start of the file.
    pub offset: usize,
    /// What errors call the record, if the fault is in one.
    pub record: Option<String>,
    /// What is wrong.
    pub problem: Problem,
}

impl Fault {
    /// A fault outside any record.
    pub fn at(offset: usize, problem: Problem) -> Self {
        Self { offset, record: None, problem }
    }

    /// The same fault, in the record that errors call so.
    pub fn in_record(self, label: String) -> Self {
        Self { record: Some(label), ..self }
    }

    /// Turns the offset into a line and a column, both from 1, the column in characters.
    pub fn in_file(self, file: &str, xml: &[u8]) -> BuildError {
        let before = &xml[..self.offset.min(xml.len())];
        let line = before.split(|&byte| byte == b'\n').count();
        let line_start = before.iter().rposition(|&byte| byte == b'\n').map_or(0, |at| at + 1);
        let column = 1 + String::from_utf8_lossy(&before[line_start..]).chars().count();
        BuildError {
            place: format!("{file}:{line}:{column}"),
            record: self.record.map_or(String::new(), |label| format!("record {label}: ")),
            problem: self.problem,
            kind: Kind::Named,
        }
    }
}

/// The beginning of a text that an error names: enough to recognise it by.
pub fn excerpt(text: &str) -> String {
    const KEPT: usize = 120;
    if text.len() <= KEPT {
        return text.to_owned(); // nearly always, and cheaper than counting characters
    }
    match text.char_indices().nth(KEPT) {
        Some((end, _)) => format!("{}...", &text[..end]),
        None => text.to_owned(),
    }
}

/// What can be wrong.
#[derive(Debug, PartialEq, Eq)]
pub enum Problem {
    Unreadable { found: String, variable: &'static str },
    Unwritable(String),
    RelativePath(&'static str),
    BadFilter(String),
    NothingLeft,
    NotUtf8,
    Nul,
    ForbiddenCharacter(char),
    LongText(usize),
    NotXml(String),
    CutOff(String),
    WrongRoot(String),
    TooDeep(usize),
    UnknownReference(String),
    DuplicateElement(String),
    UnknownElement(String),
    StrayText(String),
    NoRows,
    NotServices(String),
    InvalidName { found: String, why: ServiceNameError },
    NoDate,
    BadYear { found: u16, correct: &'static str },
    BadDate { found: String, correct: &'static str },
    NoRecords,
    Nothing,
    BadNumber(String),
    NumberTooLarge(String),
    ReversedRange(String),
    DynamicPort(String),
    UnknownTransport(String),
    BadServiceCode(String),
    NoId,
    DuplicatePerson(String),
    LongName(usize),
    UnprintableName(char),
    CaseCollision(String),
    Collisions,
    Misplaced { name: String, slot: usize, found: Option<usize> },
    TooMany { what: &'static str, found: usize, limit: usize },
}

impl Problem {
    /// Whether the file is not of the form that it should have. What to do then depends on whose it is.
    fn is_of_form(&self) -> bool {
        matches!(
            self,
            Self::NotUtf8
                | Self::Nul
                | Self::ForbiddenCharacter(_)
                | Self::NotXml(_)
                | Self::CutOff(_)
                | Self::WrongRoot(_)
                | Self::NoRecords
                | Self::NoRows
                | Self::NotServices(_)
                | Self::UnknownElement(_)
                | Self::StrayText(_)
                | Self::InvalidName { .. }
        )
    }
}

// Written by hand, so that the generator need not wait for a derive to be built.
impl fmt::Display for Problem {
    #[allow(clippy::too_many_lines, reason = "a sentence each")]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable { found, variable } => write!(
                f,
                "cannot be read ({found}); expected a file in the form of IANA's service-names-port-numbers.xml; \
                 put the file there, or correct {variable} if it is set"
            ),
            Self::Unwritable(found) => write!(
                f,
                "cannot be written ({found}); expected a writable OUT_DIR; give cargo's target folder space and permission"
            ),
            Self::RelativePath(found) => write!(
                f,
                "{found} is a relative path, and a build script runs in a folder of cargo's choosing; \
                 expected an absolute path; in .cargo/config.toml, `relative = true` makes it one"
            ),
            Self::BadFilter(found) => write!(
                f,
                "found {found:?}, which is no transport, port or range of ports; expected items with `,` or `;` between them, \
                 such as tcp,udp;0-1023,8080;+portless: tcp, udp, sctp, dccp (without any: all four), ports from 0 to 65535 \
                 and ranges of them (without any: all), +portless for names without a port; correct the filter"
            ),
            Self::NothingLeft => write!(
                f,
                "the filter leaves no record with a service name; expected at least one; widen IANA_PORTS_FILTER"
            ),
            Self::NotUtf8 => write!(f, "found bytes that are not UTF-8; expected UTF-8 text"),
            Self::Nul => {
                write!(f, "found a NUL byte; expected UTF-8 text, which is neither UTF-16 nor binary")
            }
            Self::ForbiddenCharacter(found) => {
                write!(f, "found the character {found:?}, which XML forbids; expected text")
            }
            Self::LongText(found) => {
                write!(f, "found a text of {found} bytes; expected at most {MAX_TEXT}; shorten it")
            }
            Self::NotXml(found) => write!(f, "not well-formed XML: {found}; expected IANA's form"),
            Self::CutOff(found) => {
                write!(f, "the file ends inside <{found}>; expected </registry> as its end")
            }
            Self::WrongRoot(found) => write!(
                f,
                "found <{found}> as the root; expected <registry id=\"service-names-port-numbers\">"
            ),
            Self::TooDeep(found) => write!(
                f,
                "found elements nested {found} deep; expected at most {MAX_DEPTH} levels; remove the nesting"
            ),
            Self::UnknownReference(found) => write!(
                f,
                "found the reference &{found};; expected only XML's own (&amp; &lt; &gt; &quot; &apos;) or a character's number; write the text out"
            ),
            Self::DuplicateElement(found) => {
                write!(f, "found a second <{found}>; expected at most one; remove one")
            }
            Self::UnknownElement(found) => {
                write!(
                    f,
                    "found <{found}>; expected an element of IANA's form, for a misspelt one would say nothing"
                )
            }
            Self::StrayText(found) => {
                write!(f, "found the text {found:?} between elements; expected it in an element")
            }
            Self::NotServices(sentence) => f.write_str(sentence),
            Self::NoRows => write!(f, "found no record; expected at least one"),
            Self::InvalidName { found, why } => {
                write!(f, "found the service name {found:?}, against RFC 6335 section 5.1: {why}")
            }
            Self::BadYear { found, correct } => write!(
                f,
                "found the year {found}; expected one from {FIRST_YEAR} to {}; correct the {correct}",
                FIRST_YEAR + YEARS - 1
            ),
            Self::NoDate => write!(
                f,
                "found no <updated>; expected the date of the data, such as <updated>2026-09-12</updated>; add it before the first record"
            ),
            Self::BadDate { found, correct } => write!(
                f,
                "found the date {found:?}; expected year-month-day, such as 2026-09-12; correct the {correct}"
            ),
            Self::NoRecords => {
                write!(f, "found no record with a service name; expected at least one")
            }
            Self::Nothing => write!(
                f,
                "found neither a service name nor a port number; expected at least one of them; add one or remove the record"
            ),
            Self::BadNumber(found) => write!(
                f,
                "found the number {found:?}; expected a port number or a range such as 6000-6063; correct the <number>"
            ),
            Self::NumberTooLarge(found) => write!(
                f,
                "found the number {found:?}, over 65535; expected port numbers from 0 to 65535; correct the <number>"
            ),
            Self::ReversedRange(found) => write!(
                f,
                "found the range {found:?}, which runs backwards; expected its lower end first; swap the ends"
            ),
            Self::DynamicPort(found) => write!(
                f,
                "found the number {found:?}, in the Dynamic Ports (49152-65535), which are never assigned (RFC 6335 section 6); \
                 expected at most 49151; correct the <number>"
            ),
            Self::UnknownTransport(found) => write!(
                f,
                "found the transport protocol {found:?}; expected tcp, udp, sctp, dccp or none; correct the <protocol>"
            ),
            Self::BadServiceCode(found) => write!(
                f,
                "found the service code {found:?}; expected a number of 32 bits in decimal (RFC 4340 section 8.1.2); correct the <sc>"
            ),
            Self::NoId => write!(
                f,
                "found a <person> without an id; expected the id that records name; add it or remove the person"
            ),
            Self::DuplicatePerson(found) => {
                write!(f, "found a second <person id={found:?}>; expected one for each id; remove one")
            }
            Self::LongName(found) => {
                write!(f, "found a service name of {found} bytes; expected at most {MAX_NAME}; shorten it")
            }
            Self::UnprintableName(found) => write!(
                f,
                "found {found:?} in the service name; expected printable ASCII only; correct the <name>"
            ),
            Self::CaseCollision(found) => write!(
                f,
                "the service name differs from {found:?} only by case, and names ignore case (RFC 6335 section 5.1); expected one spelling; settle on one"
            ),
            Self::Collisions => write!(
                f,
                "found service names that collide under a hundred hashes; expected names not made to; rename some"
            ),
            Self::Misplaced { name, slot, found } => {
                write!(f, "found the service name {name:?} placed on slot {slot} by phf_generator, ")?;
                match found {
                    Some(found) => write!(f, "and looked for on slot {found}")?,
                    None => write!(f, "where no lookup looks")?,
                }
                write!(
                    f,
                    "; expected the placement of phf_generator 0.14; run `cargo update -p phf_generator --precise 0.14.0`"
                )
            }
            Self::TooMany { what, found, limit } => {
                write!(f, "found {found} {what}; expected at most {limit}; use a smaller file")
            }
        }
    }
}
