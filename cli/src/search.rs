//! `iana-ports search`: every row that contains some texts.

use crate::Outcome;
use crate::error::{Error, tell};
use crate::local_names::NamesFile;
use crate::output::{Output, Printable};
use crate::printed::{PrintedRow, merged};
use crate::suggest::familiar;
use iana_ports::{Row, search};
use std::collections::HashSet;

/// Prints the rows that contain every text: the user's own names first, then the others in the registry's order.
pub fn run(texts: &[String], own: &NamesFile<'_>, out: &Output) -> Result<Outcome, Error> {
    let (first, others) = texts.split_first().map_or(("", &[][..]), |(first, others)| (first.as_str(), others));
    let others: Vec<HashSet<Row>> = others.iter().map(|text| search(text).collect()).collect();
    let rows = search(first).filter(|row| others.iter().all(|found| found.contains(row)));
    let own = own.names.iter().map(PrintedRow::from).filter(|line| {
        let cells: Vec<String> = line.cells().iter().map(|cell| cell.to_ascii_lowercase()).collect();
        texts.iter().all(|text| cells.iter().any(|cell| cell.contains(&text.to_ascii_lowercase())))
    });
    let lines = merged(own.chain(rows.map(PrintedRow::from)));
    out.rows(&lines)?;
    if lines.is_empty() {
        let familiar = texts.iter().find_map(|text| familiar(text)).map_or(String::new(), |text| format!("; {text}"));
        tell(&format!("no row has {}{familiar}", quoted(texts)));
        return Ok(Outcome::NotAll);
    }
    Ok(Outcome::Everything)
}

fn quoted(texts: &[String]) -> String {
    let quoted: Vec<String> = texts.iter().map(|text| format!("{text:?}")).collect();
    quoted.join(" and ")
}
