//! What can be wrong with a build's input, in the words that the user reads.

use super::bounds::{MAX_DEPTH, MAX_NAME, MAX_TEXT};
use super::shared::packing::{FIRST_YEAR, YEARS};
use super::shared::service_name::ServiceNameError;
use std::fmt;

/// What is wrong.
#[derive(Debug, PartialEq, Eq)]
pub enum ErrorKind {
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

impl ErrorKind {
    /// Whether the file has the wrong form. What to do then depends on the kind of file.
    pub(super) fn is_about_form(&self) -> bool {
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

// Written by hand, so that no build has to wait for a derive macro.
impl fmt::Display for ErrorKind {
    #[allow(clippy::too_many_lines, reason = "one sentence each")]
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
