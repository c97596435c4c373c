//! The tables of assignees, contacts and the directory of people.
//!
//! People are numbered in the order of their ids. A row names nobody, one person or a group of people.

use super::tables::{Keyed, Tables};
use crate::generator::bounds::at_most;
use crate::generator::error_kind::ErrorKind;
use crate::generator::filter::Filter;
use crate::generator::numbers::{Numbers, different, index};
use crate::generator::read::registry::{Details, Person};
use crate::generator::shared::packing::{Named, pack_date, pack_named};

/// Lays out the people whom rows name, and the directory. Rows are numbered as in [`metadata`](super::metadata).
pub fn lay_out_contacts(
    tables: &mut Tables,
    rows: &[&Details],
    directory: &[Person],
    filter: &Filter,
) -> Result<(), ErrorKind> {
    let mut people: Vec<&str> = Vec::new();
    for row in rows {
        people.extend(row.assignees.iter().chain(&row.contacts).map(String::as_str));
    }
    // A filter leaves out people whom no remaining row names. Without a filter, all people stay.
    if *filter == Filter::default() {
        people.extend(directory.iter().map(|person| person.id.as_str()));
    }
    let people = different(&people);
    tables.text(["PEOPLE", "PERSON_LENGTH_BITS", "PERSON_TO_ID"], &people)?;

    // The assignees of each row and its contacts.
    let mut lists: Vec<Vec<usize>> = Vec::new();
    for row in rows {
        for ids in [&row.assignees, &row.contacts] {
            lists.push(ids.iter().map(|id| index(&people, id)).collect());
        }
    }
    let numbers = Numbers::sorted(lists.len(), &|a, b| {
        let is_group = |list: usize| lists[list].len() > 1;
        is_group(b).cmp(&is_group(a)).then_with(|| lists[a].cmp(&lists[b]))
    });
    let groups = numbers.firsts.partition_point(|&list| lists[list].len() > 1);
    at_most("people and groups of people", people.len() + groups, u16::MAX.into())?;
    let named = |list: usize| {
        let named = match lists[list].as_slice() {
            [] => Named::Nobody,
            [person] => Named::Person(*person),
            _ => Named::Group(numbers.of[list]),
        };
        pack_named(named, people.len())
    };
    tables.column("ROW_TO_CONTACT", 2, &mut (0..rows.len()).map(|row| named(2 * row + 1)));
    let assignee = |row: usize| if lists[2 * row].is_empty() { None } else { Some(named(2 * row)) };
    tables.sparse("ROW_TO_ASSIGNEE", 2, rows.len(), &assignee);
    let groups = numbers.firsts[..groups].iter().enumerate();
    let members: Vec<Keyed> = groups.map(|(group, &first)| (vec![group], lists[first].clone())).collect();
    tables.lists(["GROUP_TO_PEOPLE", "PEOPLE_OF_GROUPS"], &members)?;

    lay_out_directory(tables, &people, directory)
}

/// Lays out the directory. Its tables are empty if the registry has none.
fn lay_out_directory(tables: &mut Tables, ids: &[&str], directory: &[Person]) -> Result<(), ErrorKind> {
    let nobody = Person::default();
    let mut people = vec![&nobody; if directory.is_empty() { 0 } else { ids.len() }];
    for person in directory {
        let id = index(ids, &person.id);
        if ids.get(id) == Some(&person.id.as_str()) {
            people[id] = person; // a later person replaces an earlier one of the same id
        }
    }
    tables.column("PERSON_TO_UPDATED", 2, &mut people.iter().map(|person| pack_date(person.updated).into()));

    let (mut names, mut organizations, mut uris, mut starts) = (Vec::new(), Vec::new(), Vec::new(), vec![0]);
    for person in people {
        names.push(person.name.as_str());
        organizations.push(person.organization.as_str());
        uris.extend(person.uris.iter().map(String::as_str));
        starts.push(uris.len());
    }
    at_most("URIs of people", uris.len(), u16::MAX.into())?;
    tables.array("PERSON_TO_URIS", 2, starts);
    let names_of_tables = ["DIRECTORY_TEXT", "DIRECTORY_LENGTH_BITS", "DIRECTORY_TEXTS"];
    tables.text(names_of_tables, &[names, organizations, uris].concat())
}
