//! The directory of people, checked.

use super::details::date_of_row;
use super::error::{InputError, excerpt};
use super::error_kind::ErrorKind;
use super::schema::{Field, PersonElement};
use super::shared::date::Date;
use std::collections::BTreeMap;

/// A person or an organization that rows name by an id.
#[derive(Debug)]
pub struct Person {
    /// Empty if the registry gives none.
    pub name: String,
    /// Empty if the registry gives none.
    pub organization: String,
    /// In the order of the registry.
    pub uris: Vec<String>,
    /// When the entry was last modified.
    pub updated: Option<Date>,
}

/// Checks a directory, and sorts it by id.
pub fn people(directory: &[PersonElement]) -> Result<BTreeMap<String, Person>, InputError> {
    let text = |field: &Option<Field>| field.as_ref().map_or(String::new(), |field| field.text.clone());
    let mut people = BTreeMap::new();
    for PersonElement { offset, id, name, organization, uris, updated } in directory {
        if id.is_empty() {
            return Err(InputError::at(*offset, ErrorKind::NoId));
        }
        let person = Person {
            name: text(name),
            organization: text(organization),
            uris: uris.iter().map(|uri| uri.text.clone()).collect(),
            updated: date_of_row(updated.as_ref(), "<updated>")?,
        };
        if people.insert(id.clone(), person).is_some() {
            return Err(InputError::at(*offset, ErrorKind::DuplicatePerson(excerpt(id))));
        }
    }
    Ok(people)
}
