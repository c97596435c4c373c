//! `iana-ports lookup`: what ports and names are.

use crate::Found;
use crate::line::{Line, merged};
use crate::output::Output;
use crate::own::Own;
use crate::problem::{Problem, tell};
use crate::query::{Query, QueryError};
use crate::suggest::suggest;
use iana_ports::{PortRange, PortStatus, Proto, Record, Service, port_status};
use thiserror::Error;

/// Why a query has no answer.
#[derive(Debug, Error)]
enum Unanswered {
    #[error(transparent)]
    NoQuery(#[from] QueryError),
    #[error("{0:?} is not registered; {1}")]
    NotRegistered(String, String),
    #[error("{name} is not registered on {proto}; it is on {others}")]
    NotOn { name: String, proto: Proto, others: String },
}

/// Prints every answer, and tells of every query that has none.
pub fn run(queries: &[String], own: &Own<'_>, out: &Output) -> Result<Found, Problem> {
    let (mut lines, mut unanswered) = (Vec::new(), Vec::new());
    for query in queries {
        match answer(query, own) {
            Ok(found) => lines.extend(found),
            Err(why) => unanswered.push(why),
        }
    }
    out.rows(&lines)?;
    for why in &unanswered {
        tell(why);
    }
    let is_senseless = |why: &Unanswered| matches!(why, Unanswered::NoQuery(_));
    Ok(match unanswered.as_slice() {
        [] => Found::Everything,
        some if some.iter().any(is_senseless) => Found::NotUnderstood,
        _ => Found::NotAll,
    })
}

fn answer(query: &str, own: &Own<'_>) -> Result<Vec<Line>, Unanswered> {
    match Query::parse(query, own)? {
        Query::Ports(ranges, protos) => {
            let ports = ranges.into_iter().flat_map(PortRange::into_iter);
            Ok(ports.flat_map(|port| at(port, &protos, own)).collect())
        }
        Query::Name(name, service, proto) => of_name(&name, service, proto, own),
    }
}

/// All that is known of a port, primary names first. Transports are together where they agree in everything.
fn at(port: u16, protos: &[Proto], own: &Own<'_>) -> Vec<Line> {
    let mut together: Vec<Vec<Line>> = Vec::new();
    for &proto in protos {
        let lines = on(port, proto, own);
        let agree = |others: &&mut Vec<Line>| {
            lines.len() == others.len()
                && lines.iter().zip(&**others).all(|(line, other)| line.agrees_with(other))
        };
        match together.iter_mut().find(agree) {
            Some(others) => others.iter_mut().for_each(|line| line.transports.push(proto)),
            None => together.push(lines),
        }
    }
    together.concat()
}

/// All that is known of a port on a transport.
fn on(port: u16, proto: Proto, own: &Own<'_>) -> Vec<Line> {
    let own = own.at(port, proto).map(Line::from);
    let status = port_status(port, proto);
    let records: Vec<Option<Record>> = match status {
        PortStatus::Assigned(record) => record.same_port().map(Some).collect(),
        _ => vec![None],
    };
    own.chain(records.into_iter().map(|record| Line::at(port, proto, status, record))).collect()
}

/// All records of a name.
fn of_name(
    name: &str,
    service: Option<Service>,
    proto: Option<Proto>,
    own: &Own<'_>,
) -> Result<Vec<Line>, Unanswered> {
    let records = service.into_iter().flat_map(Service::records).map(Line::from);
    let all = merged(own.named(name).map(Line::from).chain(records));
    if all.is_empty() {
        return Err(Unanswered::NotRegistered(name.to_owned(), suggest(name)));
    }
    let Some(proto) = proto else { return Ok(all) };
    let is_on = |line: &&Line| line.transports.is_empty() || line.transports.contains(&proto);
    let on: Vec<Line> =
        all.iter().filter(is_on).map(|line| Line { transports: vec![proto], ..line.clone() }).collect();
    if on.is_empty() {
        let mut others: Vec<Proto> = all.into_iter().flat_map(|line| line.transports).collect();
        others.sort_unstable();
        others.dedup();
        let others: Vec<&str> = others.into_iter().map(Proto::as_str).collect();
        let name = service.map_or(name.to_owned(), |service| service.name().to_owned());
        return Err(Unanswered::NotOn { name, proto, others: others.join(", ") });
    }
    Ok(on)
}
