//! References: the documents that describe an assignment.

use crate::shared::packing::Target;
use crate::shared::pad::pad;
use crate::tables::ids::Ids;
use crate::tables::metadata::{reference, text_of};
use core::fmt::{self, Write};

/// A reference to a document or a place that describes an assignment.
///
/// It displays as on IANA's page, without the brackets: the label if the registry gives one, otherwise the target.
///
/// ```
/// let reference = iana_ports::lookup_port(443, iana_ports::Proto::Tcp).unwrap().references().next().unwrap();
/// assert_eq!((reference.target(), reference.label()), (iana_ports::ReferenceTarget::Rfc(9110), None));
/// assert_eq!(reference.to_string(), "RFC9110");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Reference {
    target: ReferenceTarget,
    /// Empty if the registry gives none.
    label: &'static str,
}

impl Reference {
    /// The reference with this id in the tables.
    pub(crate) fn new(id: u16) -> Self {
        let (target, label) = reference(id);
        let target = match target {
            Target::Rfc(number) => ReferenceTarget::Rfc(number),
            Target::Draft(id) => ReferenceTarget::Draft(text_of(id)),
            Target::Uri(id) => ReferenceTarget::Uri(text_of(id)),
            Target::Text(id) => ReferenceTarget::Text(text_of(id)),
        };
        Self { target, label: text_of(label) }
    }

    /// The document or place that the reference names.
    pub const fn target(self) -> ReferenceTarget {
        self.target
    }

    /// The words that the registry shows instead of the target, such as `RFC8765, Section 6.1`. `None` if it shows the
    /// target itself.
    pub const fn label(self) -> Option<&'static str> {
        if self.label.is_empty() { None } else { Some(self.label) }
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.label() {
            Some(label) => f.pad(label),
            None => self.target.fmt(f),
        }
    }
}

/// The document or place that a [`Reference`] names. It displays as IANA shows a reference without a label: `RFC9110`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum ReferenceTarget {
    /// A Request for Comments, by its number.
    Rfc(u32),
    /// An Internet-Draft, with a section if the registry gives one: `draft-zubov-snif-05, Section 4.3`. A draft that is
    /// about to become an RFC reads `RFC-ietf-emailcore-rfc5321bis-43`.
    Draft(&'static str),
    /// A URI, as the registry writes it.
    Uri(&'static str),
    /// Anything else, such as the title of a standard or the number of a footnote.
    Text(&'static str),
}

impl ReferenceTarget {
    /// The address of the document: at the RFC Editor, at the IETF's Datatracker, or the URI itself, without white
    /// space, which line breaks in the registry left in a few. `None` for text.
    ///
    /// ```
    /// use iana_ports::ReferenceTarget::{Draft, Rfc, Text};
    ///
    /// assert_eq!(Rfc(6335).url().unwrap().to_string(), "https://www.rfc-editor.org/rfc/rfc6335");
    /// let snif = Draft("draft-zubov-snif-05, Section 4.3").url().unwrap().to_string();
    /// assert_eq!(snif, "https://datatracker.ietf.org/doc/draft-zubov-snif-05");
    /// assert_eq!(Text("ISO/IEC 13818-6").url(), None);
    /// ```
    pub const fn url(self) -> Option<Url> {
        match self {
            Self::Text(_) => None,
            target => Some(Url(target)),
        }
    }
}

impl fmt::Display for ReferenceTarget {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Rfc(number) => pad(f, &|f| write!(f, "RFC{number}")),
            Self::Draft(text) | Self::Uri(text) | Self::Text(text) => f.pad(text),
        }
    }
}

/// The address of a [`ReferenceTarget`]; it displays as the address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Url(ReferenceTarget);

display!(Url, |self, f| match self.0 {
    ReferenceTarget::Rfc(number) => write!(f, "https://www.rfc-editor.org/rfc/rfc{number}"),
    ReferenceTarget::Draft(text) => {
        let (name, _section) = text.split_once(',').unwrap_or((text, ""));
        f.write_str("https://datatracker.ietf.org/doc/")?;
        let rest = name.strip_prefix("RFC-");
        f.write_str(if rest.is_some() { "draft-" } else { "" })?;
        write_without_space(rest.unwrap_or(name), f)
    }
    ReferenceTarget::Uri(text) | ReferenceTarget::Text(text) => write_without_space(text, f),
});

fn write_without_space(text: &str, f: &mut dyn Write) -> fmt::Result {
    text.chars().filter(|c| !c.is_whitespace()).try_for_each(|c| f.write_char(c))
}

iterator!(
    /// The references of a row; see [`Record::references`](crate::Record::references).
    References { ids: Ids } yields Reference, |self, id| Reference::new(id));
