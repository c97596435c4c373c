//! The directory of people, checked.

use super::details::date_of_row;
use super::error::{InputError, excerpt};
use super::error_kind::ErrorKind;
use super::order::list;
use super::schema::{Field, PersonElement};
use super::shared::date::Date;
use std::collections::BTreeMap;

/// A person or an organization that rows name by an id.
pub struct Person {
    pub id: String,
    /// Empty if the registry gives none.
    pub name: String,
    /// Empty if the registry gives none.
    pub organization: String,
    /// In the order of the registry.
    pub uris: Vec<String>,
    /// When the entry was last modified.
    pub updated: Option<Date>,
}

/// Checks a directory.
pub fn people(directory: &[PersonElement]) -> Result<Vec<Person>, InputError> {
    let text = |field: &Option<Field>| field.as_ref().map_or(String::new(), |field| field.text.clone());
    let (mut people, mut ids) = (Vec::new(), BTreeMap::new());
    for (at, PersonElement { offset, id, name, organization, uris, updated }) in directory.iter().enumerate() {
        if id.is_empty() {
            return Err(InputError::at(*offset, ErrorKind::NoId));
        }
        people.push(Person {
            id: id.clone(),
            name: text(name),
            organization: text(organization),
            uris: list(uris.len(), &|uri| uris[uri].text.clone()),
            updated: date_of_row(updated.as_ref(), "<updated>")?,
        });
        if *ids.entry(id.clone()).or_insert(at) != at {
            return Err(InputError::at(*offset, ErrorKind::DuplicatePerson(excerpt(id))));
        }
    }
    Ok(people)
}
