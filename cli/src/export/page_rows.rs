//! The rows of the page: their cells, and facts that the page shows with them.

use crate::changes::Newer;
use crate::local_names::CommentedName;
use crate::map::unauthorized_ports;
use crate::suggest::other_names;
use iana_ports::{Column, REGISTRY_UPDATED, Reference, Row};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::collections::hash_map::Entry;

/// The indexes of a row's transport and status, and of the bits of its transports behind its cells.
const TRANSPORT: usize = 2;
pub const STATUS: usize = 3;
const ON: usize = Column::ALL.len() + 3;

/// The titles of the columns.
pub fn columns() -> Vec<&'static str> {
    let mut columns: Vec<&str> = Column::ALL.iter().map(|column| column.title()).collect();
    columns.insert(STATUS, "Status");
    columns.push("Changed");
    columns
}

/// A row of the page: its cells, the last one empty unless the row changed after IANA's file, whether it comes from an
/// overlay or is a local name, a bit for each transport, and, if there are any, the ports of an
/// unauthorized use and what people run on the ports of a block.
fn value(row: Row, newer: &Newer) -> Value {
    let assignees = row.assignees().filter(|_| !row.assignees().eq(row.contacts()));
    let on = row.protos().iter().fold(0, |bits, proto| bits | 1 << *proto as u8);
    let mut cells: Vec<Value> = (Column::ALL.iter())
        .map(|&column| match column {
            Column::Assignee => assignees.clone().map(|person| person.id()).collect(),
            Column::Contact => row.contacts().map(|person| person.id()).collect(),
            Column::Reference => row.references().map(reference).collect(),
            _ => json!(row.text(column).to_string()),
        })
        .collect();
    cells.insert(STATUS, json!(row.status().as_str()));
    let changed = if newer.has(row) { format!("by {REGISTRY_UPDATED}") } else { String::new() };
    cells.extend([json!(changed), json!(u8::from(row.is_from_overlay())), json!(on)]);
    let misuse = unauthorized_ports(row).map(|ports| {
        let is_whole = row.ports().is_some_and(|all| all.to_string() == ports);
        if is_whole { "unauthorized use".to_owned() } else { format!("unauthorized use: {ports}") }
    });
    let used = |port| other_names(port, row.protos().iter().copied());
    let of_block = row.ports().filter(|_| row.block().is_some());
    let used: Vec<String> = of_block.into_iter().flatten().flat_map(used).collect();
    let more = if used.len() > 3 { "; …" } else { "" };
    let used = used[..used.len().min(3)].join("; ") + more;
    if misuse.is_some() || !used.is_empty() {
        cells.extend([json!(misuse.unwrap_or_default()), json!(used)]);
    }
    cells.into()
}

/// The row for a local name.
fn own_row(own: &CommentedName<'_>) -> Value {
    let (empty, none) = (json!(""), json!([]));
    let start = [own.name, &own.port.to_string(), own.proto.as_str(), "Own name", own.comment].map(Value::from);
    let rest = [&none, &none, &empty, &empty, &none, &empty, &empty, &empty, &empty].map(Clone::clone);
    start.into_iter().chain(rest).chain([json!(1), json!(1 << own.proto as u8)]).collect()
}

/// The rows. A row that differs from an earlier one only in the transport has the number of the first such row, and its
/// own transport.
pub fn page_rows(own: &[&CommentedName<'_>], registered: &[Row]) -> Vec<Value> {
    let newer = Newer::new();
    let own = own.iter().map(|own| own_row(own));
    let mut rows: Vec<Value> = own.chain(registered.iter().map(|row| value(*row, &newer))).collect();
    let mut first: HashMap<String, usize> = HashMap::new();
    for (number, row) in rows.iter_mut().enumerate() {
        let mut other = row.clone();
        let (transport, on) = (other[TRANSPORT].take(), other[ON].take());
        match first.entry(other.to_string()) {
            Entry::Occupied(twin) => *row = json!([twin.get(), transport, on]),
            Entry::Vacant(place) => {
                place.insert(number);
            }
        }
    }
    rows
}

/// The text of a reference, its address if a browser can open it, and its target if the text is a label.
fn reference(reference: Reference) -> Vec<String> {
    let address = reference.target().url().map_or(String::new(), |url| url.to_string());
    let scheme = address.split(':').next().unwrap_or_default().to_ascii_lowercase();
    let is_safe = ["http", "https", "ftp"].contains(&scheme.as_str());
    let mut parts = vec![reference.to_string(), if is_safe { address } else { String::new() }];
    parts.extend(reference.label().map(|_| reference.target().to_string()));
    parts
}
