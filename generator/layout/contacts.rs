//! The tables of assignees, contacts and the directory of people.
//!
//! People are numbered in the order of their ids. A row names nobody, one person or a group of people.

use super::bounds::at_most;
use super::details::Details;
use super::error_kind::ErrorKind;
use super::filter::Filter;
use super::people::Person;
use super::shared::packing::{Named, pack_date, pack_named};
use super::tables::Tables;
use std::collections::{BTreeMap, BTreeSet};

/// Lays out the people whom rows name, and the directory. Rows are numbered as in [`metadata`](super::metadata).
pub fn lay_out_contacts(
    tables: &mut Tables,
    rows: &[&Details],
    directory: &BTreeMap<String, Person>,
    filter: &Filter,
) -> Result<(), ErrorKind> {
    let named = rows.iter().flat_map(|row| row.assignees.iter().chain(&row.contacts));
    // A filter leaves out people whom no remaining row names. Without a filter, all people stay.
    let others = if *filter == Filter::default() { Some(directory.keys()) } else { None };
    let people: BTreeSet<&str> = named.chain(others.into_iter().flatten()).map(String::as_str).collect();
    let people: Vec<&str> = people.into_iter().collect();
    tables.text(["PEOPLE", "PERSON_LENGTH_BITS", "PERSON_TO_ID"], people.iter().copied())?;

    let lists = rows.iter().flat_map(|row| [&row.assignees, &row.contacts]);
    let groups: BTreeSet<&Vec<String>> = lists.filter(|list| list.len() > 1).collect();
    let groups: Vec<&Vec<String>> = groups.into_iter().collect();
    at_most("people and groups of people", people.len() + groups.len(), u16::MAX.into())?;
    let person = |id: &String| people.partition_point(|&other| other < id.as_str());
    let named = |list: &Vec<String>| {
        let named = match list.as_slice() {
            [] => Named::Nobody,
            [id] => Named::Person(person(id)),
            _ => Named::Group(groups.partition_point(|&other| other < list)),
        };
        pack_named(named, people.len())
    };
    tables.array("ROW_TO_CONTACT", 2, rows.iter().map(|row| named(&row.contacts)));
    let assignees = rows.iter().map(|row| Some(&row.assignees).filter(|list| !list.is_empty()).map(named));
    tables.sparse("ROW_TO_ASSIGNEE", 2, assignees);
    let members = groups.iter().map(|group| group.iter().map(person).collect());
    let members = members.enumerate().map(|(group, people)| (vec![group], people));
    tables.lists(["GROUP_TO_PEOPLE", "PEOPLE_OF_GROUPS"], members)?;

    lay_out_directory(tables, &people, directory)
}

/// Lays out the directory. Its tables are empty if the registry has none.
fn lay_out_directory(
    tables: &mut Tables,
    people: &[&str],
    directory: &BTreeMap<String, Person>,
) -> Result<(), ErrorKind> {
    let people: Vec<Option<&Person>> = match directory.len() {
        0 => Vec::new(),
        _ => people.iter().map(|&id| directory.get(id)).collect(),
    };
    let updated = people.iter().map(|person| person.and_then(|person| person.updated));
    tables.array("PERSON_TO_UPDATED", 2, updated.map(|date| pack_date(date).into()));

    let starts = people.iter().scan(0, |start, person| {
        *start += person.map_or(0, |person| person.uris.len());
        Some(*start)
    });
    let starts: Vec<usize> = [0].into_iter().chain(starts).collect();
    at_most("URIs of people", starts[starts.len() - 1], u16::MAX.into())?;
    tables.array("PERSON_TO_URIS", 2, starts);
    let names = people.iter().map(|person| person.map_or("", |person| &person.name));
    let organizations = people.iter().map(|person| person.map_or("", |person| &person.organization));
    let uris = people.iter().copied().flatten().flat_map(|person| &person.uris).map(String::as_str);
    let names_of_tables = ["DIRECTORY_TEXT", "DIRECTORY_LENGTH_BITS", "DIRECTORY_TEXTS"];
    tables.text(names_of_tables, names.chain(organizations).chain(uris))
}
