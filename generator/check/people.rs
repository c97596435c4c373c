//! The directory of people, checked.

use super::Date;
use super::details::date_of_row;
use super::error::{Fault, Problem, excerpt};
use super::schema::{self, Field};
use std::collections::BTreeMap;

/// One of the people whom records name by their ids.
#[derive(Debug)]
pub struct Person {
    /// Empty where the registry gives none.
    pub name: String,
    /// Empty where the registry gives none.
    pub organization: String,
    /// In the order of the registry.
    pub uris: Vec<String>,
    /// When the entry was last modified.
    pub updated: Option<Date>,
}

/// Checks a directory, and sorts it by id.
pub fn people(directory: &[schema::Person]) -> Result<BTreeMap<String, Person>, Fault> {
    let text = |field: &Option<Field>| field.as_ref().map_or(String::new(), |field| field.text.clone());
    let mut people = BTreeMap::new();
    for schema::Person { offset, id, name, organization, uris, updated } in directory {
        if id.is_empty() {
            return Err(Fault::at(*offset, Problem::NoId));
        }
        let person = Person {
            name: text(name),
            organization: text(organization),
            uris: uris.iter().map(|uri| uri.text.clone()).collect(),
            updated: date_of_row(updated.as_ref(), "<updated>")?,
        };
        if people.insert(id.clone(), person).is_some() {
            return Err(Fault::at(*offset, Problem::DuplicatePerson(excerpt(id))));
        }
    }
    Ok(people)
}
