//! `iana-ports lookup`: what ports and names are.

use crate::Outcome;
use crate::error::{Error, tell};
use crate::local_names::NamesFile;
use crate::output::Output;
use crate::printed::{PrintedRow, merged};
use crate::query::{Query, QueryError};
use crate::suggest::suggest;
use iana_ports::{PortRange, PortStatus, Proto, Record, Row, Service, port_status};

/// Why a query has no answer.
#[derive(Debug, thiserror::Error)]
enum LookupError {
    #[error(transparent)]
    NoQuery(#[from] QueryError),
    #[error("{0:?} is not registered; {1}")]
    NotRegistered(String, String),
    #[error("{name} is not registered on {proto}; it is on {others}")]
    NotOn { name: String, proto: Proto, others: String },
}

/// Prints every answer, and reports every query that has none.
pub fn run(queries: &[String], own: &NamesFile<'_>, out: &Output) -> Result<Outcome, Error> {
    let (mut lines, mut errors) = (Vec::new(), Vec::new());
    for query in queries {
        match answer(query, own) {
            Ok(found) => lines.extend(found),
            Err(error) => errors.push(error),
        }
    }
    out.rows(&lines)?;
    for error in &errors {
        tell(error);
    }
    let is_senseless = |error: &LookupError| matches!(error, LookupError::NoQuery(_));
    Ok(match errors.as_slice() {
        [] => Outcome::Everything,
        some if some.iter().any(is_senseless) => Outcome::NotUnderstood,
        _ => Outcome::NotAll,
    })
}

fn answer(query: &str, own: &NamesFile<'_>) -> Result<Vec<PrintedRow>, LookupError> {
    match Query::parse(query, own)? {
        Query::Ports(ranges, protos) => {
            let ports = ranges.into_iter().flat_map(PortRange::into_iter);
            Ok(ports.flat_map(|port| at(port, &protos, own)).collect())
        }
        Query::Name(name, service, proto) => of_name(&name, service, proto, own),
    }
}

/// Everything about a port, primary names first. Transports are together where all their rows agree.
fn at(port: u16, protos: &[Proto], own: &NamesFile<'_>) -> Vec<PrintedRow> {
    let mut together: Vec<Vec<PrintedRow>> = Vec::new();
    for &proto in protos {
        let rows = on(port, proto, own);
        let agree = |others: &&mut Vec<PrintedRow>| {
            rows.len() == others.len() && rows.iter().zip(&**others).all(|(row, other)| row.agrees_with(other))
        };
        match together.iter_mut().find(agree) {
            Some(others) => others.iter_mut().for_each(|row| row.transports.push(proto)),
            None => together.push(rows),
        }
    }
    together.concat()
}

/// Everything about a port on a transport.
fn on(port: u16, proto: Proto, own: &NamesFile<'_>) -> Vec<PrintedRow> {
    let own = own.at(port, proto).map(PrintedRow::from);
    let status = port_status(port, proto);
    let records: Vec<Option<Record>> = match status {
        PortStatus::Assigned(record) => record.same_port_records().map(Some).collect(),
        _ => vec![None],
    };
    own.chain(records.into_iter().map(|record| PrintedRow::at(port, proto, status, record))).collect()
}

/// All records of a name.
fn of_name(
    name: &str,
    service: Option<Service>,
    proto: Option<Proto>,
    own: &NamesFile<'_>,
) -> Result<Vec<PrintedRow>, LookupError> {
    let records = service.into_iter().flat_map(Service::records).map(|record| Row::from(record).into());
    let all = merged(own.named(name).map(PrintedRow::from).chain(records));
    if all.is_empty() {
        return Err(LookupError::NotRegistered(name.to_owned(), suggest(name)));
    }
    let Some(proto) = proto else { return Ok(all) };
    let is_on = |line: &&PrintedRow| line.transports.is_empty() || line.transports.contains(&proto);
    let on: Vec<PrintedRow> =
        all.iter().filter(is_on).map(|line| PrintedRow { transports: vec![proto], ..line.clone() }).collect();
    if on.is_empty() {
        let mut others: Vec<Proto> = all.into_iter().flat_map(|line| line.transports).collect();
        others.sort_unstable();
        others.dedup();
        let others: Vec<&str> = others.into_iter().map(Proto::as_str).collect();
        let name = service.map_or(name.to_owned(), |service| service.name().to_owned());
        return Err(LookupError::NotOn { name, proto, others: others.join(", ") });
    }
    Ok(on)
}
