//! `iana-ports search`: every row that contains some texts.

use crate::Outcome;
use crate::error::{self, Error};
use crate::local_names::NamesFile;
use crate::output::Output;
use crate::rows::{Line, own_first, print};
use crate::suggest::{all_uses, familiar, familiar_uses, records};
use iana_ports::{Column, Proto, Row, rows, search};
use std::collections::HashSet;

/// Prints the rows that contain every text, and the rows of services that people call by these texts. Local
/// names come first, then the other rows in the registry's order.
pub fn run(texts: &[String], long: bool, own: &NamesFile<'_>, out: &Output) -> Result<Outcome, Error> {
    let mut found: Vec<HashSet<Row>> = texts.iter().map(|text| search(text).collect()).collect();
    let (mut remarks, is_familiar) = (Vec::new(), own.is_familiar);
    for (text, found) in texts.iter().zip(&mut found) {
        let before = found.len();
        found.extend(familiar_uses(text).flat_map(records));
        let familiar_found = found.len();
        found.extend(shown_in_brackets(text));
        if familiar_found > before {
            remarks.extend(familiar(text).map(|meaning| format!("{text:?}: {meaning}")));
        }
    }
    let rows = rows().filter(|row| found.iter().all(|found| found.contains(row)));
    let own = own.names.iter().map(Line::from).filter(|line| {
        let place = line.first_port.map_or(String::new(), |port| port.to_string());
        let proto = line.transport.map_or("", Proto::as_str);
        let cells = [line.service_name.as_deref().unwrap_or_default(), &place, proto, &line.description];
        let cells = cells.map(str::to_ascii_lowercase);
        texts.iter().all(|text| cells.iter().any(|cell| cell.contains(&text.to_ascii_lowercase())))
    });
    let called = all_uses().filter(|_| is_familiar).filter(|familiar| {
        let name = familiar.name().to_ascii_lowercase();
        texts.iter().all(|text| name.contains(&text.to_ascii_lowercase()))
    });
    let lines = own_first(own.chain(called.map(Line::from)), rows.flat_map(Line::of));
    let is_empty = lines.is_empty();
    print(lines, long, out)?;
    if is_empty {
        let familiar = if let [text] = texts { familiar(text) } else { None };
        let familiar = familiar.map_or(String::new(), |text| format!("; {text}"));
        let quoted: Vec<String> = texts.iter().map(|text| format!("{text:?}")).collect();
        error::remark(&format!("no row contains {}{familiar}", quoted.join(" and ")));
        return Ok(Outcome::NotAll);
    }
    if out.is_table() {
        for remark in &remarks {
            error::remark(remark);
        }
    }
    Ok(Outcome::Everything)
}

/// The rows in which `--long` shows the text in brackets: `[Mark_Lottor]`, also as `Mark Lottor`, and `[RFC9110]`.
fn shown_in_brackets(text: &str) -> impl Iterator<Item = Row> {
    let inside = text.strip_prefix('[').and_then(|text| text.strip_suffix(']')).unwrap_or(text);
    let shown = format!("[{}]", inside.replace(' ', "_")).to_lowercase();
    let is_other = shown[1..shown.len() - 1] != text.to_lowercase();
    let has = move |row: &Row| {
        let columns = [Column::Assignee, Column::Contact, Column::Reference];
        columns.into_iter().any(|column| row.text(column).to_string().to_lowercase().contains(&shown))
    };
    rows().filter(move |row| is_other && has(row))
}
