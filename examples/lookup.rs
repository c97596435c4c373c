//! Looks ports and service names up and prints what the registry has.

use iana_ports::{ParsePortRangeError, ParseProtoError, PortRange, PortStatus, Proto, Record};
use iana_ports::{lookup_service, port_status, services};
use std::io::{self, ErrorKind, Write};
use std::process::ExitCode;
use thiserror::Error;

const HELP: &str = "\
Looks up ports and service names in the IANA registry.

usage: lookup QUERY...

A QUERY is one of
  443/tcp         a port on a transport: tcp, udp, sctp or dccp
  443             a port on all four transports
  6000-6010/tcp   a range of ports, both ends included; the transport may be left out
  domain          a service name in any case

Prints name, port, transport, status and description. Of several names on one
port the primary one comes first. A name is what IANA assigned, not what is in
the packets.

Exit status: 0 if every query was answered, 1 if a name is not registered, 2 if
a query makes no sense.
";

/// One line of the table: name, port, transport, status, description.
type Line = [String; 5];

#[derive(Debug, Error)]
enum Problem {
    #[error("{query:?} is not registered; the closest names are {closest}")]
    NotRegistered { query: String, closest: String },
    #[error("{0:?}: {1}")]
    BadPorts(String, ParsePortRangeError),
    #[error("{0:?}: {1}")]
    BadProto(String, ParseProtoError),
}

fn main() -> ExitCode {
    let queries: Vec<String> = std::env::args().skip(1).collect();
    if queries.iter().any(|query| query == "--help" || query == "-h") {
        return print(HELP).map_or(ExitCode::FAILURE, |()| ExitCode::SUCCESS);
    }
    if queries.is_empty() {
        eprint!("lookup: nothing to look up\n\n{HELP}");
        return ExitCode::from(2);
    }
    let (mut lines, mut exit) = (Vec::new(), 0);
    for query in &queries {
        match answer(query) {
            Ok(found) => lines.extend(found),
            Err(problem) => {
                eprintln!("lookup: {problem}");
                exit = exit.max(if matches!(problem, Problem::NotRegistered { .. }) { 1 } else { 2 });
            }
        }
    }
    match print(&table(&lines)) {
        Ok(()) => ExitCode::from(exit),
        Err(error) => {
            eprintln!("lookup: cannot print: {error}");
            ExitCode::from(2)
        }
    }
}

fn answer(query: &str) -> Result<Vec<Line>, Problem> {
    // Names first: some have a slash in them, such as 914c/g.
    if let Some(service) = lookup_service(query) {
        return Ok(service.records().map(|record| line(record, &range(record), "Assigned")).collect());
    }
    let (ports, proto) = query.split_once('/').map_or((query, None), |(ports, proto)| (ports, Some(proto)));
    if ports.contains(|c: char| !c.is_ascii_digit() && c != '-') {
        return Err(Problem::NotRegistered { query: query.to_owned(), closest: closest(query) });
    }
    let ports: PortRange = ports.parse().map_err(|error| Problem::BadPorts(query.to_owned(), error))?;
    let protos = match proto {
        Some(proto) => vec![proto.parse().map_err(|error| Problem::BadProto(query.to_owned(), error))?],
        None => Proto::ALL.to_vec(),
    };
    let each = ports.into_iter().flat_map(|port| protos.iter().map(move |&proto| (port, proto)));
    Ok(each.flat_map(|(port, proto)| at(port, proto)).collect())
}

/// All that the registry says of a port on a transport.
fn at(port: u16, proto: Proto) -> Vec<Line> {
    let status = port_status(port, proto);
    let block = match status {
        PortStatus::Assigned(record) => {
            let lines = record.same_port().map(|record| {
                let [name, _, _, status, description] = line(record, "", &status.to_string());
                [name, port.to_string(), proto.to_string(), status, description]
            });
            return lines.collect();
        }
        PortStatus::Reserved(block) | PortStatus::Unassigned(block) => block,
        PortStatus::Dynamic => None,
    };
    #[cfg(feature = "descriptions")]
    let description = block.map_or("", |block| block.description());
    #[cfg(not(feature = "descriptions"))]
    let description = block.map_or("", |_| "");
    vec![["-".into(), port.to_string(), proto.to_string(), status.to_string(), description.into()]]
}

fn line(record: Record, port: &str, status: &str) -> Line {
    #[cfg(feature = "descriptions")]
    let description = record.description();
    #[cfg(not(feature = "descriptions"))]
    let description = "";
    let proto = record.proto().map_or("-", |proto| proto.as_str());
    [record.name(), port, proto, status, description].map(str::to_owned)
}

fn range(record: Record) -> String {
    record.ports().map_or("-".to_owned(), |ports| ports.to_string())
}

/// The names most like what was asked.
fn closest(query: &str) -> String {
    let asked = query.to_ascii_lowercase();
    let distance = |name: &str| strsim::damerau_levenshtein(&asked, &name.to_ascii_lowercase());
    let mut closest: Vec<&str> = services().map(|service| service.name()).collect();
    closest.sort_by_cached_key(|name| distance(name));
    closest[..closest.len().min(5)].join(", ")
}

/// Columns as wide as their widest cell, under a heading.
fn table(lines: &[Line]) -> String {
    let mut text = String::new();
    if lines.is_empty() {
        return text;
    }
    let heading = ["NAME", "PORT", "TRANSPORT", "STATUS", "DESCRIPTION"].map(str::to_owned);
    let widths: [usize; 5] = std::array::from_fn(|column| {
        let cells = lines.iter().chain([&heading]).map(|line| line[column].chars().count());
        cells.max().unwrap_or_default()
    });
    for line in [&heading].into_iter().chain(lines) {
        let cells: Vec<String> =
            line.iter().zip(widths).map(|(cell, width)| format!("{cell:<width$}")).collect();
        text.push_str(cells.join("  ").trim_end());
        text.push('\n');
    }
    text
}

/// A reader that has seen enough, such as `head`, is no error.
fn print(text: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        result => result,
    }
}
