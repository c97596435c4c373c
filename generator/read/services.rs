//! services(5) text to rows: the form that an overlay may have as well.
//!
//! A name is a row, and so is each of its aliases, with the note by which the registry marks an alias.

use super::bounds::{MAX_LINES, MAX_ROWS};
use super::error::{Fault, Problem};
use super::schema::{Field, OfLine, Registry, Row};
use super::services_file::{ServicesFile, ServicesLine};
use super::tables::at_most;

/// Whether a file has this form: what does not begin as XML does.
pub fn is_services(file: &[u8]) -> bool {
    let text = file.strip_prefix("\u{feff}".as_bytes()).unwrap_or(file);
    !text.trim_ascii_start().starts_with(b"<")
}

/// Reads the rows of services(5) text.
pub fn parse(file: &str) -> Result<Registry, Fault> {
    let text = file.strip_prefix('\u{feff}').unwrap_or(file);
    let before = file.len() - text.len();
    at_most("lines", text.bytes().filter(|byte| matches!(byte, b'\n' | b'\r')).count(), MAX_LINES)?;
    let mut registry = Registry { is_services: true, ..Registry::default() };
    for line in ServicesFile::new(text) {
        let line = line.map_err(|error| {
            let sentence = error.to_string();
            let problem = sentence.split_once(": ").map_or("", |(_, problem)| problem);
            Fault::at(
                before + offset(text, error.line(), error.column()),
                Problem::NotServices(problem.to_owned()),
            )
        })?;
        registry.rows.push(row(file, &line, line.name(), None));
        for alias in line.aliases() {
            registry.rows.push(row(file, &line, alias, Some(line.name())));
            // A line can have any number of them.
            at_most("names", registry.rows.len(), MAX_ROWS)?;
        }
        at_most("names", registry.rows.len(), MAX_ROWS)?;
    }
    Ok(registry)
}

fn row(file: &str, line: &ServicesLine<'_>, name: &str, alias_of: Option<&str>) -> Row {
    // A part of a text is so far behind its start.
    let offset = name.as_ptr().addr().saturating_sub(file.as_ptr().addr());
    let field = |text: String| Some(Field { offset, text });
    let transport = line.proto().map_or(line.transport(), |proto| proto.as_str());
    let words: Vec<&str> = line.comment().unwrap_or_default().split_whitespace().collect();
    Row {
        offset,
        name: field(name.to_owned()),
        protocol: field(transport.to_owned()),
        number: field(line.port().to_string()),
        description: if words.is_empty() { None } else { field(words.join(" ")) },
        note: alias_of.and_then(|name| field(format!("This entry is an alias to \"{name}\"."))),
        of_line: Some(if alias_of.is_some() { OfLine::Alias } else { OfLine::Name }),
        ..Row::default()
    }
}

/// Where a line and a column are, both counted from 1, the column in characters.
fn offset(text: &str, line: usize, column: usize) -> usize {
    let mut start = 0;
    for _ in 1..line {
        let rest = &text[start..];
        let end = rest.find(['\n', '\r']).unwrap_or(rest.len());
        start += if rest[end..].starts_with("\r\n") { end + 2 } else { (end + 1).min(rest.len()) };
    }
    let within = text[start..].char_indices().nth(column - 1).map_or(text.len() - start, |(at, _)| at);
    start + within
}
