//! People and organizations, and what the registry's directory says about them.

use crate::Date;
use crate::shared::id::Id;
use crate::tables::contacts;
use core::ops::Range;

/// A person or an organization that rows name by an id, such as `Jon_Postel`. People sort by id, and display as their
/// ids. A person has the size of two bytes, and so does `Option<Person>`.
///
/// The registry's directory says who they are. It has no entry for some ids, and another file that
/// `IANA_PORTS_REGISTRY` names may have no directory at all. Then only the id is known.
///
/// ```
/// use iana_ports::Person;
///
/// let [jon, gpp] = ["Jon_Postel", "_3GPP"].map(|id| Person::find(id).unwrap());
/// assert!(jon.name().is_none_or(|name| name == "Jon Postel")); // none if there is no directory
/// assert!(gpp.organization().is_none_or(|organization| organization == "3GPP"));
/// assert!(jon.uris().chain(gpp.uris()).all(|uri| uri.starts_with("mailto:")));
/// assert_eq!((jon.id(), Person::find("Jon Postel")), ("Jon_Postel", None));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[must_use]
pub struct Person(Id);

impl Person {
    pub(crate) const fn new(person: Id) -> Self {
        Self(person)
    }

    /// The person with this exact id, case included. `None` if neither a row nor the directory has it.
    #[must_use]
    pub fn find(id: &str) -> Option<Self> {
        contacts::find(id).map(|person| Self(Id::new(person)))
    }

    const fn number(self) -> usize {
        self.0.get() as usize
    }

    /// The id by which rows name the person.
    pub const fn id(self) -> &'static str {
        contacts::id(self.number())
    }

    /// The name, `None` if the directory gives none, as for organizations.
    pub const fn name(self) -> Option<&'static str> {
        contacts::text_of(self.number(), 0)
    }

    /// The organization, `None` if the directory gives none.
    pub const fn organization(self) -> Option<&'static str> {
        contacts::text_of(self.number(), 1)
    }

    /// The contact URIs, in the order of the registry. There are few. E-mail addresses are as IANA writes them, with
    /// `&` in place of `@`: `mailto:gary&airsoft.com`.
    pub fn uris(self) -> PersonUris {
        PersonUris { numbers: contacts::uris(self.number()) }
    }

    /// When the entry was last modified: a day or a month. `None` if the directory does not say.
    pub const fn updated(self) -> Option<Date> {
        contacts::updated(self.number())
    }
}

display!(Person, |self| self.id());
debug_as_displayed!(Person);

iterator!(
    /// The contact URIs of a person; see [`Person::uris`].
    PersonUris { numbers: Range<usize> } yields &'static str, |self, number| contacts::uri(number));
