//! `iana-ports lookup`: the rows for ports and names.

use crate::Outcome;
use crate::arguments::Lookup;
use crate::error::{Error, tell};
use crate::local_names::{NamesFile, read_file, read_from};
use crate::output::Output;
use crate::rows::{Line, print};
use crate::suggest::{familiar_uses, other_meaning, other_name, other_names, suggest};
use iana_ports::{
    FamiliarName, ParsePortQueryError, PortQuery, PortRange, PortStatus, Proto, Record, Row, Service, familiar_port,
    port_status,
};
use std::collections::{BTreeSet, HashSet};
use std::io;
use std::path::Path;

/// The most remarks about familiar names, and the most errors, that a run prints.
const MOST: usize = 10;

/// Why a query has no answer.
#[derive(Debug, thiserror::Error)]
enum LookupError {
    #[error("{0:?}: {1}")]
    NoQuery(String, #[source] ParsePortQueryError),
    #[error("{0:?} is not registered")]
    NotRegistered(String),
    #[error("{name} is not registered on {proto}; it is on {others}")]
    NotOn { name: String, proto: Proto, others: String },
}

/// Prints every answer, and reports every query that has none. Remarks about familiar names follow a table.
pub fn run(arguments: &Lookup, own: &NamesFile<'_>, out: &Output) -> Result<Outcome, Error> {
    let (mut lines, mut errors, mut remarks) = (Vec::new(), Vec::new(), Vec::new());
    for query in queries(arguments, own)? {
        match answer(&query, own) {
            Ok(found) => {
                lines.extend(found);
                if out.is_table() && !own.is_familiar && remarks.len() < MOST {
                    remarks.extend(remarks_on(&query, own));
                }
            }
            Err(error) => {
                if !out.is_table() {
                    lines.push(Line { query: Some(query), ..Line::new(None, None, None, "unknown") });
                }
                errors.push(error);
            }
        }
    }
    print(lines, arguments.long, out)?;
    for remark in remarks.iter().take(MOST) {
        tell(remark);
    }
    let is_senseless = |error: &LookupError| matches!(error, LookupError::NoQuery(..));
    report(errors.iter().filter(|error| out.is_table() || is_senseless(error)));
    Ok(match errors.as_slice() {
        [] => Outcome::Everything,
        some if some.iter().any(is_senseless) => Outcome::NotUnderstood,
        _ => Outcome::NotAll,
    })
}

/// Reports the first errors, with suggestions for names that are not registered, and the number of further errors.
fn report<'e>(errors: impl Iterator<Item = &'e LookupError>) {
    let mut more = 0;
    for (number, error) in errors.enumerate() {
        match error {
            _ if number >= MOST => more += 1,
            LookupError::NotRegistered(name) => tell(&format!("{error}{}", suggest(name))),
            error => tell(error),
        }
    }
    if more > 0 {
        tell(&format!("{more} more queries have no answer"));
    }
}

/// The queries on the command line or in a file. A list is split into its queries.
fn queries(arguments: &Lookup, own: &NamesFile<'_>) -> Result<Vec<String>, Error> {
    let mut queries = Vec::new();
    for query in &arguments.queries {
        if query == "-" {
            queries.extend(lines_of(Path::new("-"))?);
        } else {
            queries.push(query.clone());
        }
    }
    if let Some(file) = &arguments.file {
        queries.extend(lines_of(file)?);
    }
    Ok(queries.iter().flat_map(|query| apart(query, own)).collect())
}

/// The lines of a file, or of standard input, that are not empty.
fn lines_of(file: &Path) -> Result<Vec<String>, Error> {
    let bytes = if file.as_os_str() == "-" { read_from(io::stdin().lock(), file) } else { read_file(file) }?;
    let text = String::from_utf8_lossy(&bytes);
    Ok(text.lines().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect())
}

/// The items of a list such as `22,443/tcp` or `443, 80`. If only the first or the last item names a transport, the
/// transport applies to all items.
fn apart(text: &str, own: &NamesFile<'_>) -> Vec<String> {
    let is_separator = |c: char| c == ',' || c.is_whitespace();
    let items: Vec<&str> = text.split(is_separator).filter(|item| !item.is_empty()).collect();
    if !text.contains(is_separator) || own.has(text) || text.parse::<PortQuery>().is_ok() {
        return vec![text.to_owned()];
    }
    if items.is_empty() {
        return vec![String::new()];
    }
    let proto = |item: &str| PortQuery::split(item).ok().and_then(|(_, proto)| proto);
    let one = items.iter().filter(|item| proto(item).is_some()).count() == 1;
    let of_all = proto(items[0]).or(proto(items[items.len() - 1])).filter(|_| one);
    let item = |item: &str| match of_all.filter(|_| proto(item).is_none()) {
        Some(proto) => format!("{item}/{proto}"),
        None => item.to_owned(),
    };
    items.into_iter().map(item).collect()
}

fn answer(query: &str, own: &NamesFile<'_>) -> Result<Vec<Line>, LookupError> {
    let (subject, proto) =
        if own.has(query) { (query, None) } else { PortQuery::split(query).unwrap_or((query, None)) };
    let parsed = query.parse::<PortQuery>();
    let lines = match parsed {
        _ if own.has(subject) => of_name(subject, None, proto, own)?,
        Ok(parsed) => match (parsed.ports(), parsed.service()) {
            (Some(ports), _) => of_ports(ports, parsed.proto(), own),
            (None, service) => of_name(subject, service, parsed.proto(), own)?,
        },
        Err(error) if error.is_unknown_name() => of_name(subject, None, proto, own)?,
        Err(error) => return Err(LookupError::NoQuery(query.to_owned(), error)),
    };
    Ok(lines.into_iter().map(|line| Line { query: Some(query.to_owned()), ..line }).collect())
}

/// Remarks on what people call the ports, or which ports they mean by the name, if the registry says otherwise.
fn remarks_on(query: &str, own: &NamesFile<'_>) -> Vec<String> {
    let Ok(query) = query.parse::<PortQuery>() else { return Vec::new() };
    let protos = |port| {
        let is_asked = move |proto: &Proto| query.proto().is_none_or(|asked| asked == *proto);
        Proto::ALL.into_iter().filter(move |proto| is_asked(proto) && own.at(port, *proto).next().is_none())
    };
    let of_ports = query.ports().into_iter().flatten().flat_map(|port| other_names(port, protos(port)));
    of_ports.chain(query.service().and_then(other_meaning)).take(MOST).collect()
}

/// The rows for each port, primary names first, each row once. If the query names no transport, this leaves out the
/// transports on which the port has no row and is not one of the Dynamic Ports.
fn of_ports(ports: PortRange, proto: Option<Proto>, own: &NamesFile<'_>) -> Vec<Line> {
    let (mut lines, mut seen): (Vec<Line>, HashSet<(Row, Proto)>) = (Vec::new(), HashSet::new());
    for port in ports {
        let asked = proto.map_or(Proto::ALL.to_vec(), |proto| vec![proto]);
        let says = |proto: &Proto| {
            let status = port_status(port, *proto);
            own.at(port, *proto).next().is_some()
                || status.block().is_some()
                || !matches!(status, PortStatus::Reserved(None) | PortStatus::Unassigned(None))
        };
        let telling: Vec<Proto> = asked.iter().copied().filter(says).collect();
        for proto in if proto.is_some() || telling.is_empty() { asked } else { telling } {
            lines.extend(own.at(port, proto).filter(|own| own.is_new()).map(Line::from));
            let familiar = other_name(port, proto);
            lines.extend(familiar.filter(|_| own.is_familiar).map(|name| Line::familiar(name, port, proto)));
            let status = port_status(port, proto);
            let rows: Vec<Row> = match status {
                PortStatus::Assigned(record) => record.same_port_records().map(Row::from).collect(),
                _ => status.block().map(Row::from).into_iter().collect(),
            };
            if rows.is_empty() {
                add_without_row(&mut lines, Line::new(None, Some(port.into()), Some(proto), status.as_str()));
            }
            let new = rows.into_iter().filter(|row| seen.insert((*row, proto)));
            lines.extend(new.map(|row| Line::of_row(row, Some(proto))));
        }
    }
    lines
}

/// Adds a port without a row. It extends the previous range if that has the same status.
fn add_without_row(lines: &mut Vec<Line>, line: Line) {
    /// The number of lines for one port: one for each transport.
    const NEAR: usize = 4;
    let near = lines.len().saturating_sub(NEAR);
    let before = line.first_port.and_then(|port| port.checked_sub(1));
    let is_before = |other: &&mut Line| {
        other.row.is_none()
            && other.service_name.is_none()
            && other.last_port == before
            && (other.transport, &other.status) == (line.transport, &line.status)
    };
    match lines[near..].iter_mut().find(is_before) {
        Some(other) if before.is_some() => other.last_port = line.last_port,
        _ => lines.push(line),
    }
}

/// The ports that people mean by a name, if they are not those of the service of this name.
fn meant(name: &str, service: Option<Service>) -> Vec<Line> {
    let is_meant = |familiar: &FamiliarName| {
        let meant = familiar_port(name, familiar.proto());
        meant == Some(familiar.port()) && meant != service.and_then(|service| service.port(familiar.proto()))
    };
    let uses = familiar_uses(name).filter(is_meant);
    uses.map(|familiar| Line::familiar(familiar.name(), familiar.port(), familiar.proto())).collect()
}

/// All rows of a name.
fn of_name(
    name: &str,
    service: Option<Service>,
    proto: Option<Proto>,
    own: &NamesFile<'_>,
) -> Result<Vec<Line>, LookupError> {
    let service = service.or_else(|| name.parse().ok());
    let familiar = if own.is_familiar { meant(name, service) } else { Vec::new() };
    let records = service.into_iter().flat_map(Service::records);
    let records = records.flat_map(|record: Record| Line::of(record.into()));
    let all: Vec<Line> =
        own.named(name).filter(|own| own.is_new()).map(Line::from).chain(familiar).chain(records).collect();
    if all.is_empty() {
        return Err(LookupError::NotRegistered(name.to_owned()));
    }
    let Some(proto) = proto else { return Ok(all) };
    let on = all.iter().filter(|line| line.transport.is_none_or(|own| own == proto));
    let on: Vec<Line> =
        on.map(|line| Line { transport: Some(proto), protocol: Some(proto.ip_number()), ..line.clone() }).collect();
    if on.is_empty() {
        let others: BTreeSet<Proto> = all.into_iter().filter_map(|line| line.transport).collect();
        let others: Vec<&str> = others.into_iter().map(Proto::as_str).collect();
        let name = service.map_or(name.to_owned(), |service| service.name().to_owned());
        return Err(LookupError::NotOn { name, proto, others: others.join(", ") });
    }
    Ok(on)
}
