//! `iana-ports lookup`: the rows for ports and names.

use crate::Outcome;
use crate::arguments::Lookup;
use crate::error::{Error, MOST, remark, tell};
use crate::input::lines_of;
use crate::local_names::NamesFile;
use crate::output::Output;
use crate::rows::{Line, Printer};
use crate::suggest::{familiar, familiar_uses, other_meaning, other_name, other_names, reason, suggest};
use iana_ports::{
    FamiliarName, ParsePortQueryError, PortItem, PortItems, PortQuery, PortRange, PortStatus, Proto, Record, Row,
    Service, familiar_port, port_status,
};
use std::collections::{BTreeSet, HashSet};
use std::path::Path;

/// Why a query has no answer.
#[derive(Debug, thiserror::Error)]
enum LookupError {
    #[error("{0:?}: {1}")]
    NoQuery(String, #[source] ParsePortQueryError),
    #[error("{0:?} is not registered")]
    NotRegistered(String),
    #[error("{name} is not on {asked}; it is on {others}")]
    NotOn { name: String, asked: String, others: String },
}

/// Prints every answer, and reports every query that has none. Remarks about familiar names follow a table.
pub fn run(arguments: &Lookup, can_be_command: bool, own: &NamesFile<'_>, out: &Output) -> Result<Outcome, Error> {
    let mut answers = Answers {
        own,
        out,
        printer: Printer::new(true, arguments.long, out)?,
        remarks: Vec::new(),
        errors: Vec::new(),
        more: 0,
        outcome: Outcome::Everything,
    };
    // The shell passes `443 tcp` as two arguments.
    let queries = if arguments.queries.iter().any(|query| is_transports(query)) {
        vec![arguments.queries.join(" ")]
    } else {
        arguments.queries.clone()
    };
    for query in &queries {
        if query == "-" {
            lines_of(Path::new("-"), &mut |line| answers.add(line))?;
        } else {
            answers.add(Some(query))?;
        }
    }
    if let Some(file) = &arguments.file {
        lines_of(file, &mut |line| answers.add(line))?;
    }
    let first = arguments.queries.first().filter(|_| can_be_command);
    answers.finish(first.map(String::as_str))
}

/// True for transports alone, such as `tcp` or `tcp,udp`: in a list, they count for the item before them.
fn is_transports(query: &str) -> bool {
    let list = format!("0 {query}");
    let mut items = PortItems::new(&list);
    let first = items.next().is_some_and(|item| item.text() == "0" && !item.protos().is_empty());
    first && items.next().is_none()
}

/// The answers to all queries.
struct Answers<'a> {
    own: &'a NamesFile<'a>,
    out: &'a Output,
    printer: Printer<'a>,
    remarks: Vec<String>,
    /// The first errors, and the number of further ones.
    errors: Vec<LookupError>,
    more: usize,
    outcome: Outcome,
}

impl Answers<'_> {
    /// Answers the queries in a list; without one, prints what is ready. If an item of a list has no meaning, the list is
    /// not what it seems, and the other items have no answers.
    fn add(&mut self, list: Option<&str>) -> Result<(), Error> {
        let Some(list) = list else { return self.printer.parts.flush() };
        if self.own.has(list) {
            let found = of_name(list, None, &[], self.own);
            return self.add_answer(list.to_owned(), found);
        }
        let is_senseless = |&(item, query): &Item<'_>| {
            let is_own = self.own.has(item.text()) || self.own.has(item.subject());
            query.is_err_and(|error| !error.is_unknown_name()) && !is_own
        };
        let items = PortItems::new(list).map(|item| (item, item.query()));
        let has_senseless = items.clone().any(|item| is_senseless(&item));
        for item in items.filter(|item| !has_senseless || is_senseless(item)) {
            let found = answer(item, self.own);
            let has_remark = found.is_ok() && self.out.is_table() && !self.own.is_familiar && self.remarks.len() < MOST;
            let query = item.1.ok().filter(|_| has_remark);
            for told in query.into_iter().flat_map(|query| remarks_on(query, self.own)) {
                if !self.remarks.contains(&told) {
                    self.remarks.push(told);
                }
            }
            self.add_answer(item.0.to_string(), found)?;
        }
        Ok(())
    }

    fn add_answer(&mut self, query: String, found: Result<Vec<Line>, LookupError>) -> Result<(), Error> {
        let error = match found {
            Ok(lines) => {
                return self
                    .printer
                    .add(lines.into_iter().map(|line| Line { query: Some(query.clone()), ..line }).collect());
            }
            Err(error) => error,
        };
        let is_senseless = matches!(error, LookupError::NoQuery(..));
        if is_senseless {
            self.outcome = Outcome::NotUnderstood;
        } else if matches!(self.outcome, Outcome::Everything) {
            self.outcome = Outcome::NotAll;
        }
        if !self.out.is_table() {
            let mut remark = error.to_string();
            if let LookupError::NotRegistered(name) = &error {
                remark.extend(familiar(name).map(|what| format!("; {what}")).into_iter().chain([reason(name)]));
            }
            let line = Line { query: Some(query), remark: Some(remark), ..Line::new(None, None, None, "unknown") };
            self.printer.add(vec![line])?;
        }
        if self.out.is_table() || is_senseless {
            if self.errors.len() < MOST { self.errors.push(error) } else { self.more += 1 }
        }
        Ok(())
    }

    /// Prints the remarks and the first errors, with suggestions for names that are not registered, and the number of
    /// further errors.
    fn finish(self, can_be_command: Option<&str>) -> Result<Outcome, Error> {
        self.printer.finish()?;
        for told in self.remarks.iter().take(MOST) {
            remark(told);
        }
        for error in &self.errors {
            match error {
                LookupError::NotRegistered(name) => {
                    remark(&format!("{error}{}", suggest(name, can_be_command == Some(name))));
                }
                error @ LookupError::NoQuery(..) => tell(error),
                error => remark(error),
            }
        }
        if self.more > 0 {
            remark(&format!("{} more queries have no answer", self.more));
        }
        Ok(self.outcome)
    }
}

/// An item of a list, and what it means.
type Item<'t> = (PortItem<'t>, Result<PortQuery, ParsePortQueryError>);

fn answer((item, query): Item<'_>, own: &NamesFile<'_>) -> Result<Vec<Line>, LookupError> {
    if own.has(item.text()) || own.has(item.subject()) {
        let (name, is_whole) = (item.subject(), item.text() == item.subject() || !own.has(item.text()));
        return if is_whole { of_name(name, None, item.protos(), own) } else { of_name(item.text(), None, &[], own) };
    }
    match query {
        Ok(query) => match query.ports() {
            Some(ports) => Ok(of_ports(ports, query.protos(), own)),
            None => of_name(item.subject(), query.service(), query.protos(), own),
        },
        Err(error) if error.is_unknown_name() => of_name(item.subject(), None, item.protos(), own),
        Err(error) => Err(LookupError::NoQuery(item.text().to_owned(), error)),
    }
}

/// Remarks on what people call the ports, or which ports they mean by the name, if the registry says otherwise.
fn remarks_on(query: PortQuery, own: &NamesFile<'_>) -> Vec<String> {
    let protos = |port| {
        let is_asked = move |proto: &Proto| query.protos().is_empty() || query.protos().contains(proto);
        Proto::ALL.into_iter().filter(move |proto| is_asked(proto) && own.at(port, *proto).next().is_none())
    };
    let of_ports = query.ports().into_iter().flatten().flat_map(|port| other_names(port, protos(port)));
    of_ports.chain(query.service().and_then(other_meaning)).take(MOST).collect()
}

/// The rows for each port, primary names first, each row once. If the query names no transport, this leaves out the
/// transports on which the port has no row and is not one of the Dynamic Ports.
pub fn of_ports(ports: PortRange, protos: &[Proto], own: &NamesFile<'_>) -> Vec<Line> {
    let (mut lines, mut seen): (Vec<Line>, HashSet<(Row, Proto)>) = (Vec::new(), HashSet::new());
    // The last ports without a row, by transport. The next port extends them if it has the same status.
    let mut without_row = [None; Proto::ALL.len()];
    for port in ports {
        let says = |proto: &&Proto| {
            let status = port_status(port, **proto);
            own.at(port, **proto).next().is_some()
                || status.block().is_some()
                || !matches!(status, PortStatus::Reserved(None) | PortStatus::Unassigned(None))
        };
        let says_nothing = protos.is_empty() && !Proto::ALL.iter().any(|proto| says(&proto));
        let asked = if protos.is_empty() { &Proto::ALL } else { protos };
        for &proto in asked.iter().filter(|proto| !protos.is_empty() || says_nothing || says(proto)) {
            for line in own.at(port, proto).map(Line::from) {
                if line.row.is_none_or(|row| seen.insert((row, proto))) {
                    lines.push(line);
                }
            }
            let familiar = if own.is_familiar { other_name(port, proto) } else { None };
            let familiar = familiar.filter(|name| !own.at(port, proto).any(|own| own.name.eq_ignore_ascii_case(name)));
            lines.extend(familiar.map(|name| Line::familiar(name, port, proto)));
            let status = port_status(port, proto);
            let is_once = ports.is_single() && seen.is_empty();
            let mut add = |row: Row| {
                if is_once || seen.insert((row, proto)) {
                    lines.push(Line::of_row(row, Some(proto)));
                }
            };
            match (status, status.block()) {
                (PortStatus::Assigned(record), _) => record.same_port_records().map(Row::from).for_each(add),
                (_, Some(block)) => add(block.into()),
                _ => {
                    let last = &mut without_row[proto as usize];
                    match last.and_then(|at: usize| lines.get_mut(at)) {
                        Some(line)
                            if line.last_port.and_then(|last| last.checked_add(1)) == Some(port)
                                && line.status == status.as_str() =>
                        {
                            line.last_port = Some(port);
                        }
                        _ => {
                            *last = Some(lines.len());
                            lines.push(Line::new(None, Some(port.into()), Some(proto), status.as_str()));
                        }
                    }
                }
            }
        }
    }
    lines
}

/// The ports that people mean by a name, if they are not those of the service of this name.
fn meant(name: &str, service: Option<Service>) -> Vec<Line> {
    let is_meant = |familiar: &FamiliarName| {
        let meant = familiar_port(name, familiar.proto());
        meant == Some(familiar.port()) && meant != service.and_then(|service| service.port(familiar.proto()))
    };
    let uses = familiar_uses(name).filter(is_meant);
    uses.map(Line::from).collect()
}

/// All rows of a name, or those on some transports.
fn of_name(
    name: &str,
    service: Option<Service>,
    protos: &[Proto],
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
    if protos.is_empty() {
        return Ok(all);
    }
    let on = all.iter().flat_map(|line| {
        let is_on = |proto: &&Proto| line.transport.is_none_or(|own| own == **proto);
        protos.iter().filter(is_on).map(|proto| Line {
            transport: Some(*proto),
            protocol: Some(proto.ip_number()),
            ..line.clone()
        })
    });
    let on: Vec<Line> = on.collect();
    if on.is_empty() {
        let join = |protos: &mut dyn Iterator<Item = Proto>| protos.map(Proto::as_str).collect::<Vec<_>>().join(", ");
        let others: BTreeSet<Proto> = all.into_iter().filter_map(|line| line.transport).collect();
        let name = service.map_or(name.to_owned(), |service| service.name().to_owned());
        return Err(LookupError::NotOn {
            name,
            asked: join(&mut protos.iter().copied()),
            others: join(&mut others.into_iter()),
        });
    }
    Ok(on)
}
