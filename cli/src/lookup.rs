//! `iana-ports lookup`: what ports and names are.

use crate::Outcome;
use crate::error::{Error, tell};
use crate::local_names::NamesFile;
use crate::output::Output;
use crate::printed::{PrintedRow, merged};
use crate::query::{Query, QueryError};
use crate::suggest::{familiar_uses, other_meaning, other_names, suggest};
use iana_ports::{
    LocalName, PortRange, PortStatus, Proto, Record, Row, Service, familiar_name, familiar_port, port_status,
    service_name,
};

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

/// The most remarks about familiar names that a run makes.
const MAX_REMARKS: usize = 10;

/// Prints every answer, and reports every query that has none. Under a table stand remarks about familiar names.
pub fn run(queries: &[String], own: &NamesFile<'_>, out: &Output) -> Result<Outcome, Error> {
    let (mut lines, mut errors, mut remarks) = (Vec::new(), Vec::new(), Vec::new());
    for query in queries {
        let query = Query::parse(query, own).map_err(LookupError::from);
        match query.and_then(|query| Ok((answer(&query, own)?, query))) {
            Ok((found, query)) => {
                lines.extend(found);
                if out.is_table() && !own.is_familiar {
                    let left = MAX_REMARKS - remarks.len();
                    remarks.extend(remarks_on(&query, own).take(left));
                }
            }
            Err(error) => errors.push(error),
        }
    }
    out.rows(&lines)?;
    for remark in &remarks {
        tell(remark);
    }
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

fn answer(query: &Query, own: &NamesFile<'_>) -> Result<Vec<PrintedRow>, LookupError> {
    match query {
        Query::Ports(ranges, protos) => {
            let ports = ranges.iter().copied().flat_map(PortRange::into_iter);
            Ok(ports.flat_map(|port| at(port, protos, own)).collect())
        }
        Query::Name(name, service, proto) => of_name(name, *service, *proto, own),
    }
}

/// What people call the ports, or mean by the name, if the registry says otherwise.
fn remarks_on<'q>(query: &'q Query, own: &'q NamesFile<'_>) -> Box<dyn Iterator<Item = String> + 'q> {
    match query {
        Query::Ports(ranges, protos) => {
            Box::new(ranges.iter().copied().flat_map(PortRange::into_iter).flat_map(move |port| {
                let protos = protos.iter().copied().filter(move |&proto| own.at(port, proto).next().is_none());
                other_names(port, protos)
            }))
        }
        Query::Name(_, service, _) => Box::new(service.and_then(other_meaning).into_iter()),
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
    let familiar =
        familiar_name(port, proto).filter(|&name| own.is_familiar && Some(name) != service_name(port, proto));
    let familiar = familiar.map(|name| PrintedRow::familiar(name, port, proto));
    let own = own.at(port, proto).map(PrintedRow::from).chain(familiar);
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
    let is_meant = |local: &LocalName<'_>| {
        let meant = familiar_port(name, local.proto);
        meant == Some(local.port) && meant != service.and_then(|service| service.port(local.proto))
    };
    let familiar = familiar_uses(name).map(|(_, local)| local).filter(|local| own.is_familiar && is_meant(local));
    let familiar = familiar.map(|local| PrintedRow::familiar(local.name, local.port, local.proto));
    let all = merged(own.named(name).map(PrintedRow::from).chain(familiar).chain(records));
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
