//! References: what the registry says describes an assignment.

use crate::columns::Ids;
use crate::metadata::reference;
use core::fmt::{self, Write};

/// A document or a place that describes an assignment.
///
/// Displays as IANA shows it, without the brackets: `RFC9110`.
///
/// ```
/// use iana_ports::Reference;
///
/// let rfc = Reference::Rfc(9110);
/// assert_eq!(rfc.to_string(), "RFC9110");
/// assert_eq!(rfc.url().unwrap().to_string(), "https://www.rfc-editor.org/rfc/rfc9110");
/// assert!(Reference::Text("ISO/IEC 13818-6").url().is_none());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reference {
    /// A Request for Comments, by its number.
    Rfc(u32),
    /// An Internet-Draft, with a section if one is given: `draft-zubov-snif-05, Section 4.3`. One
    /// that is on its way to become an RFC reads `RFC-ietf-emailcore-rfc5321bis-43`.
    Draft(&'static str),
    /// A URI, as the registry writes it.
    Uri(&'static str),
    /// Anything else: a standard's title, a footnote of the registry by its number.
    Text(&'static str),
}

impl Reference {
    /// Where to read it: at the RFC Editor, at the IETF's Datatracker, or at the URI itself. `None`
    /// for text.
    ///
    /// White space, which the registry's line breaks have left in a few of them, is gone.
    ///
    /// ```
    /// use iana_ports::Reference;
    ///
    /// let url = |reference: Reference| reference.url().unwrap().to_string();
    /// let snif = url(Reference::Draft("draft-zubov-snif-05, Section 4.3"));
    /// assert_eq!(snif, "https://datatracker.ietf.org/doc/draft-zubov-snif-05");
    /// let bis = url(Reference::Draft("RFC-ietf-emailcore-rfc5321bis-43"));
    /// assert_eq!(bis, "https://datatracker.ietf.org/doc/draft-ietf-emailcore-rfc5321bis-43");
    /// assert_eq!(url(Reference::Uri("https://xahau.network")), "https://xahau.network");
    /// ```
    pub const fn url(self) -> Option<Url> {
        match self {
            Self::Text(_) => None,
            reference => Some(Url(reference)),
        }
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Rfc(number) => write!(f, "RFC{number}"),
            Self::Draft(text) | Self::Uri(text) | Self::Text(text) => f.write_str(text),
        }
    }
}

/// The address of a [`Reference`]; displays as such.
///
/// ```
/// use iana_ports::Reference;
///
/// let url = Reference::Rfc(6335).url().unwrap();
/// assert_eq!(url.to_string(), "https://www.rfc-editor.org/rfc/rfc6335");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Url(Reference);

impl fmt::Display for Url {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Reference::Rfc(number) => write!(f, "https://www.rfc-editor.org/rfc/rfc{number}"),
            Reference::Draft(text) => {
                let (name, _section) = text.split_once(',').unwrap_or((text, ""));
                f.write_str("https://datatracker.ietf.org/doc/")?;
                let rest = name.strip_prefix("RFC-");
                f.write_str(if rest.is_some() { "draft-" } else { "" })?;
                without_space(rest.unwrap_or(name), f)
            }
            Reference::Uri(text) => without_space(text, f),
            Reference::Text(text) => f.write_str(text),
        }
    }
}

fn without_space(text: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    text.chars().filter(|c| !c.is_whitespace()).try_for_each(|c| f.write_char(c))
}

/// What describes a record or a block; see [`Record::references`](crate::Record::references).
///
/// ```
/// use iana_ports::{Proto, Reference, lookup_port};
///
/// let references = lookup_port(993, Proto::Tcp).unwrap().references();
/// assert!(references.clone().rev().eq([9051, 8314, 3501].map(Reference::Rfc)));
/// assert!(!references.into_iter().any(|reference| reference == Reference::Rfc(1)));
/// ```
#[derive(Clone, Debug)]
pub struct References {
    inner: Ids,
    left: usize,
}

impl References {
    pub(crate) fn new(ids: Ids) -> Self {
        Self { left: ids.left(), inner: ids }
    }

    /// The same references, each with the words that the registry shows in its place, if there are any.
    ///
    /// ```
    /// use iana_ports::{Reference, lookup_service};
    ///
    /// let push = lookup_service("dns-push-tls").unwrap().records().next().unwrap();
    /// let (reference, label) = push.references().with_labels().next().unwrap();
    /// assert_eq!(reference, Reference::Rfc(8765));
    /// // IANA's own files have a label here.
    /// assert!(label.is_none_or(|label| label == "RFC8765, Section 6.1"));
    /// ```
    pub fn with_labels(self) -> LabelledReferences {
        LabelledReferences { inner: self.inner, left: self.left }
    }
}

iterator!(References, Reference, |self, id| reference(id).0);

/// References with labels; see [`References::with_labels`].
///
/// ```
/// use iana_ports::{Proto, Reference, lookup_port};
///
/// let mut references = lookup_port(443, Proto::Tcp).unwrap().references().with_labels();
/// assert_eq!(references.next(), Some((Reference::Rfc(9110), None)));
/// assert_eq!(references.next(), None);
/// ```
#[derive(Clone, Debug)]
pub struct LabelledReferences {
    inner: Ids,
    left: usize,
}

iterator!(LabelledReferences, (Reference, Option<&'static str>), |self, id| reference(id));
