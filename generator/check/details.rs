//! The columns of a row besides its name, ports and transport, checked.

use super::Columns;
use super::error::{InputError, excerpt};
use super::error_kind::ErrorKind;
use super::schema::{Field, Row, Xref};
use super::shared::date::Date;
use super::shared::packing::{FIRST_YEAR, Target, YEARS};

/// The columns that features add. Columns that the tables do not need are empty.
#[derive(Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Details {
    pub description: String,
    pub registered: Option<Date>,
    pub modified: Option<Date>,
    pub references: Vec<Reference>,
    pub service_code: Option<u32>,
    pub unauthorized_use: String,
    pub note: String,
    /// Ids; none if the contacts stand for the assignees.
    pub assignees: Vec<String>,
    /// Ids.
    pub contacts: Vec<String>,
}

/// A reference and the text that the registry shows for it.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
pub struct Reference {
    /// A draft comes with its section if one is given: `draft-zubov-snif-05, Section 4.3`.
    pub target: Target<String>,
    /// Empty if the registry shows the target itself.
    pub label: String,
}

/// Reads and checks all columns, then keeps those that the tables need. So the features do not decide whether a
/// registry is refused.
pub fn details(row: &Row, columns: Columns) -> Result<Details, InputError> {
    let text = |field: &Option<Field>| field.as_ref().map_or(String::new(), |field| field.text.clone());
    let (mut references, mut contacts, mut assignees) = (Vec::new(), Vec::new(), Vec::new());
    for xref in &row.xrefs {
        if xref.kind == "person" {
            add_id(&mut contacts, xref);
        } else {
            references.extend(Reference::of(xref));
        }
    }
    for xref in &row.assignees {
        add_id(&mut assignees, xref);
    }
    let mut details = Details {
        description: text(&row.description),
        registered: date_of_row(row.registered.as_ref(), "attribute `date`")?,
        modified: date_of_row(row.modified.as_ref(), "attribute `updated`")?,
        references,
        service_code: row.service_code.as_ref().map(service_code).transpose()?,
        unauthorized_use: text(&row.unauthorized_use),
        note: text(&row.note),
        assignees,
        contacts,
    };
    if !columns.descriptions {
        details.description.clear();
    }
    if !columns.metadata {
        let Details { description, assignees, contacts, .. } = details;
        details = Details { description, assignees, contacts, ..Details::default() };
    }
    if !columns.contacts {
        details.assignees.clear();
        details.contacts.clear();
    }
    Ok(details)
}

/// Reads a date, if there is one. `correct` is what an error asks the user to correct.
pub fn date(field: Option<&Field>, correct: &'static str) -> Result<Option<Date>, InputError> {
    let Some(field) = field else { return Ok(None) };
    let bad = |_| InputError::at(field.offset, ErrorKind::BadDate { found: excerpt(&field.text), correct });
    let text = field.text.as_str();
    // XML Schema allows a time zone, which means nothing for a day.
    let zone = text.len().saturating_sub("+00:00".len());
    let is_zone = |zone: &str| zone.starts_with(['+', '-']) && zone.as_bytes()[3] == b':';
    let day = match text.strip_suffix('Z') {
        Some(day) => day,
        None if text.get(zone..).is_some_and(|zone| zone.len() == 6 && is_zone(zone)) => &text[..zone],
        None => text,
    };
    day.parse().map(Some).map_err(bad)
}

/// The same for a date that goes into a table, so that its year must fit into a packed date.
pub fn date_of_row(field: Option<&Field>, correct: &'static str) -> Result<Option<Date>, InputError> {
    let date = date(field, correct)?;
    match field.zip(date.map(Date::year)) {
        Some((field, found)) if !(FIRST_YEAR..FIRST_YEAR + YEARS).contains(&found) => {
            Err(InputError::at(field.offset, ErrorKind::BadYear { found, correct }))
        }
        _ => Ok(date),
    }
}

/// Adds the id of a person, unless it is empty.
fn add_id(ids: &mut Vec<String>, xref: &Xref) {
    let id = xref.shown();
    if !id.is_empty() {
        ids.push(id);
    }
}

impl Reference {
    /// `None` if it refers to nothing.
    fn of(xref: &Xref) -> Option<Self> {
        let Xref { kind, data, label } = xref;
        let rfc = || data.to_ascii_lowercase().strip_prefix("rfc").and_then(|number| number.parse().ok());
        let target = match kind.as_str() {
            "rfc" => rfc().map(Target::Rfc),
            // A label that begins with the data is the draft with its section.
            "draft" if !data.is_empty() && label.starts_with(data) => Some(Target::Draft(label.clone())),
            "draft" if !data.is_empty() => Some(Target::Draft(data.clone())),
            "uri" if !data.is_empty() => Some(Target::Uri(data.clone())),
            _ => None,
        };
        let target = target.unwrap_or_else(|| Target::Text(xref.shown()));
        let itself = match &target {
            Target::Rfc(number) => format!("RFC{number}"),
            Target::Draft(text) | Target::Uri(text) | Target::Text(text) => text.clone(),
        };
        let is_shown = *label == itself || matches!(target, Target::Text(_));
        let label = if is_shown { String::new() } else { label.clone() };
        if itself.is_empty() { None } else { Some(Self { target, label }) }
    }
}

/// 32 bits in decimal.
fn service_code(field: &Field) -> Result<u32, InputError> {
    let text = field.text.strip_prefix('+').unwrap_or(&field.text);
    let code = if text.bytes().all(|byte| byte.is_ascii_digit()) { text.parse().ok() } else { None };
    code.ok_or_else(|| InputError::at(field.offset, ErrorKind::BadServiceCode(excerpt(&field.text))))
}
