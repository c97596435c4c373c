//! Lines for /etc/services.

use crate::local_names::{CommentedName, NamesFile};
use crate::selection::Selection;
use crate::suggest::is_harmless;
use iana_ports::{REGISTRY_UPDATED, familiar_name, lookup_port, lookup_service};
use std::io::{self, Write};

/// The length of a line that musl reads. It reads the rest as another line, so a name with many aliases gets several
/// lines.
const LONGEST: usize = 126;

/// Writes a line for each port and transport, because services(5) has no ranges of ports. Local names come
/// first.
pub fn write(selection: &Selection, own: &NamesFile<'_>, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "# The IANA registry of {REGISTRY_UPDATED}, see services(5).")?;
    for port in selection.ranges().into_iter().flatten() {
        for proto in selection.protos() {
            let primary = lookup_port(port, proto);
            let registered = primary.into_iter().flat_map(|record| record.same_port_records());
            let familiar = familiar_name(port, proto).filter(|name| own.is_familiar && is_harmless(name, port, proto));
            let names =
                own.at(port, proto).map(|own| own.name).chain(familiar).chain(registered.map(|record| record.name()));
            let mut different: Vec<&str> = Vec::new();
            for name in names {
                // A name that contains one of these characters cannot be written.
                if !name.contains([' ', '#']) && !different.contains(&name) {
                    different.push(name);
                }
            }
            let names = &different[..different.len().min(if selection.no_aliases { 1 } else { usize::MAX })];
            let Some((name, aliases)) = names.split_first() else { continue };
            let aliases: Vec<String> = aliases.iter().map(|alias| (*alias).to_owned()).chain(folded(names)).collect();
            // Each line gets as many aliases as fit.
            let start = format!("{name:<15} {:<15}", format!("{port}/{proto}"));
            let mut lines = vec![start.clone()];
            for alias in aliases {
                let is_full = |line: &&mut String| line.len() + 1 + alias.len() > LONGEST && line.len() > start.len();
                if lines.last_mut().as_ref().is_some_and(is_full) {
                    lines.push(start.clone());
                }
                if let Some(line) = lines.last_mut() {
                    line.extend([" ", &alias]);
                }
            }
            let of_own = own.at(port, proto).next().map(CommentedName::description);
            let comment = of_own.or(primary.map(|record| record.description())).unwrap_or_default();
            for (number, line) in lines.into_iter().enumerate() {
                let names = line.trim_end().len();
                let line = if number > 0 || comment.is_empty() { line } else { format!("{line:<47} # {comment}") };
                // If the line is still too long, only the comment is cut.
                let end = (names..=line.len().min(LONGEST.max(names))).rev().find(|&end| line.is_char_boundary(end));
                writeln!(out, "{}", line[..end.unwrap_or(names)].trim_end())?;
            }
        }
    }
    Ok(())
}

/// The names with capitals, in lower case. Go's reader converts the name that it looks up to lower case, but not the
/// names in the file, so it would not find a name with capitals.
fn folded(names: &[&str]) -> Vec<String> {
    let folded = names.iter().map(|name| name.to_ascii_lowercase());
    let is_new = |folded: &String| {
        !names.contains(&folded.as_str()) && lookup_service(folded).is_none_or(|service| service.name() != folded)
    };
    folded.filter(is_new).collect()
}
