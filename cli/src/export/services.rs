//! Lines for /etc/services.

use crate::arguments::Chosen;
use crate::own::Own;
use iana_ports::{REGISTRY_UPDATED, lookup_port, lookup_service};
use std::io::{self, Write};

/// What musl reads of a line at a time; what is left it takes for another line.
const LONGEST: usize = 126;

/// A line for each port and transport: ranges have none in services(5). One's own names come first.
pub fn write(chosen: &Chosen, own: &Own<'_>, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "# The IANA registry of {REGISTRY_UPDATED}, see services(5).")?;
    for port in chosen.range() {
        for proto in chosen.protos() {
            let primary = lookup_port(port, proto);
            let registered = primary.into_iter().flat_map(|record| record.same_port());
            let names = own.at(port, proto).map(|own| own.name).chain(registered.map(|record| record.name()));
            // What would end the name is in none that can be written.
            let names = names.filter(|name| !name.contains([' ', '#']));
            let names: Vec<&str> = names.take(if chosen.no_aliases { 1 } else { usize::MAX }).collect();
            let Some((name, aliases)) = names.split_first() else { continue };
            let aliases: Vec<String> =
                aliases.iter().map(|alias| (*alias).to_owned()).chain(folded(&names)).collect();
            let mut line = format!("{name:<15} {:<15} {}", format!("{port}/{proto}"), aliases.join(" "));
            let of_own = own.at(port, proto).next().map(|own| own.comment);
            let comment = of_own.or(primary.map(|record| record.description())).unwrap_or_default();
            if !comment.is_empty() {
                line = format!("{line:<47} # {comment}");
            }
            let end = (0..=line.len().min(LONGEST)).rev().find(|&end| line.is_char_boundary(end));
            writeln!(out, "{}", line[..end.unwrap_or_default()].trim_end())?;
        }
    }
    Ok(())
}

/// The names with capitals in lower case: a reader that folds what it is asked, and not what it reads, finds no
/// others. So does Go's.
fn folded(names: &[&str]) -> Vec<String> {
    let folded = names.iter().map(|name| name.to_ascii_lowercase());
    let is_new = |folded: &String| {
        !names.contains(&folded.as_str())
            && lookup_service(folded).is_none_or(|service| service.name() != folded)
    };
    folded.filter(is_new).collect()
}
