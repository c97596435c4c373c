//! The kinds of errors in a build's input, each with the text that the user reads.

use super::bounds::{MAX_DEPTH, MAX_NAME, MAX_TEXT};
use super::error::excerpt;
use super::shared::packing::{FIRST_YEAR, YEARS};
use super::shared::service_name::ServiceNameError;
use std::fmt;
use std::path::PathBuf;

/// The last year of a packed date.
pub const LAST_YEAR: u16 = FIRST_YEAR + YEARS - 1;

/// The subject of an error. It decides which advice follows the text.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum About {
    /// The file has the wrong format. The advice depends on the kind of file.
    Form,
    /// A column has a value that IANA's grammar allows, but that the crate does not support.
    Value,
    /// The text itself says what to do.
    Other,
}

/// Defines [`ErrorKind`]: each kind with its text, after what it is about, if it needs further advice. A derive macro
/// would have to be compiled in every user's build.
macro_rules! error_kinds {
    ($($(#[$about:ident])? $kind:ident $(($found:ident: $type:ty))? $({ $($field:ident: $field_type:ty),* })?
        = $sentence:literal $(, $argument:expr)*;)*) => {
        /// The kind of an error.
        #[derive(Debug, PartialEq, Eq)]
        pub enum ErrorKind {
            $($kind $(($type))? $({ $($field: $field_type),* })?,)*
        }

        impl fmt::Display for ErrorKind {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                match self {
                    $(Self::$kind $(($found))? $({ $($field),* })? => write!(f, $sentence $(, $argument)*),)*
                }
            }
        }

        impl ErrorKind {
            /// Text that is no XML, with what is wrong with it.
            pub fn not_xml(what: &dyn ToString) -> Self {
                Self::NotXml(excerpt(&what.to_string()))
            }

            pub fn about(&self) -> About {
                match self {
                    // The first one of two elements counts.
                    $(Self::$kind { .. } => [$(About::$about,)? About::Other][0],)*
                }
            }
        }
    };
}

error_kinds! {
    Unreadable { found: String, variable: &'static str } = "\
        cannot be read ({found}); expected a file in the format of IANA's service-names-port-numbers.xml, or services(5) \
        text for your own names; put the file there, or correct {variable} if it is set";
    Unwritable(found: String) =
        "cannot be written ({found}); expected a writable OUT_DIR; give cargo's target folder space and permission";
    RelativePath(found: &'static str) = "\
        {found} is a relative path, but cargo chooses the folder in which a build script runs; expected an absolute \
        path; in .cargo/config.toml, `relative = true` makes it absolute";
    UnnameablePath(found: PathBuf) = "\
        found the path {found:?}, which cargo cannot watch for changes; expected UTF-8 text without a line break or white \
        space at its end; rename the file or its folder";
    BadFilter(found: String) = "\
        found {found:?}, which is not a transport, port or range of ports; expected items separated by `,` or `;`, \
        such as tcp,udp;0-1023,8080;+portless: tcp, udp, sctp, dccp (default: all four), ports from 0 to 65535 \
        and ranges of ports (default: all), +portless for names without a port; correct the filter";
    NothingLeft = "the filter leaves no record with a service name; expected at least one; widen IANA_PORTS_FILTER";
    #[Form] NotUtf8 = "found bytes that are not UTF-8; expected UTF-8 text";
    #[Form] Nul = "found a NUL byte; expected UTF-8 text, which is neither UTF-16 nor binary";
    #[Form] ForbiddenCharacter(found: char) = "found the character {found:?}, which XML forbids; expected text";
    #[Form] OtherEncoding(found: String) = "\
        found the declared encoding {found:?}; expected UTF-8, the only encoding that the build reads; convert the text and \
        declare UTF-8";
    LongText(found: usize) = "found a text of {found} bytes; expected at most {MAX_TEXT}; shorten it";
    #[Form] NotXml(found: String) = "not well-formed XML: {found}; expected IANA's format";
    #[Form] CutOff(found: String) = "the file ends inside <{found}>; expected </registry> as its end";
    #[Form] WrongRoot(found: String) = "found <{found}> as the root; expected <registry id=\"service-names-port-numbers\">";
    TooDeep = "found elements nested more than {MAX_DEPTH} deep; expected at most {MAX_DEPTH} levels; remove the nesting";
    UnknownReference(found: String) = "\
        found the reference &{found};; expected only XML's own (&amp; &lt; &gt; &quot; &apos;) or a character's \
        number; write the text out";
    DuplicateElement(found: String) = "found a second <{found}>; expected at most one; remove one";
    #[Form] UnknownElement(found: String) =
        "found <{found}>; expected an element of IANA's format, because the build would ignore a misspelled one";
    #[Form] UnknownAttribute(found: String) =
        "found the attribute {found:?}; expected an attribute of IANA's format; correct its name or remove it";
    #[Form] LostRecord = "found a <record> inside another element; expected it directly in <registry>, because the build ignores others";
    #[Form] EmptyName = "found an empty <name>; expected a service name, or no <name>";
    #[Form] StrayText(found: String) = "found the text {found:?} between elements; expected it in an element";
    #[Form] NotServices(found: String) = "{found}";
    FamiliarRange(found: String) = "found the ports {found}; expected one port; write a line for each port";
    #[Form] NoRows = "found no record; expected at least one";
    #[Form] InvalidName { found: String, why: ServiceNameError } =
        "found the service name {found:?}, which breaks RFC 6335 section 5.1: {why}";
    BadYear { found: u16, correct: &'static str } =
        "found the year {found}; expected one from {FIRST_YEAR} to {LAST_YEAR}; correct the {correct}";
    NoDate = "\
        found neither <updated> nor a record with a date; expected the date of the data, such as \
        <updated>2026-09-12</updated>; add it before the first record";
    BadDate { found: String, correct: &'static str } =
        "found the date {found:?}; expected year-month-day, such as 2026-09-12; correct the {correct}";
    #[Form] NoRecords = "found no record with a service name; expected at least one";
    Nothing =
        "found neither a service name nor a port number; expected at least one of them; add one or remove the record";
    #[Value] BadNumber(found: String) =
        "found the number {found:?}; expected a port number or a range such as 6000-6063; correct the <number>";
    NumberTooLarge(found: String) =
        "found the number {found:?}, over 65535; expected port numbers from 0 to 65535; correct the <number>";
    ReversedRange(found: String) =
        "found the range {found:?}, which runs backwards; expected its lower end first; swap the ends";
    #[Value] DynamicPort(found: String) = "\
        found the number {found:?}, in the Dynamic Ports (49152-65535), which are never assigned (RFC 6335 section \
        6); expected at most 49151; correct the <number>";
    #[Value] UnknownTransport(found: String) =
        "found the transport protocol {found:?}; expected tcp, udp, sctp or dccp, or no <protocol>; correct the <protocol>";
    #[Value] BadServiceCode(found: String) = "\
        found the service code {found:?}; expected a number of 32 bits in decimal (RFC 4340 section 8.1.2); correct \
        the <sc>";
    NoId = "found a <person> without an id; expected the id by which records name the person; add it or remove the person";
    DuplicatePerson(found: String) = "found a second <person id={found:?}>; expected one for each id; remove one";
    #[Value] LongName(found: usize) = "found a service name of {found} bytes; expected at most {MAX_NAME}; shorten it";
    #[Value] UnprintableName(found: char) =
        "found {found:?} in the service name; expected printable ASCII only; correct the <name>";
    Collisions = "found service names that collide under a hundred hashes; expected names that were not made to collide; rename some";
    Misplaced { name: String, slot: usize, found: Option<usize> } = "\
        found the service name {name:?} placed on slot {slot} by phf_generator, {}; expected the placement of \
        phf_generator 0.14; run `cargo update -p phf_generator --precise 0.14.0`",
        found.map_or("where no lookup looks".to_owned(), |found| format!("and looked for on slot {found}"));
    TooMany { what: &'static str, found: usize, limit: usize } =
        "found {found} {what}; expected at most {limit}; use a smaller file";
}
