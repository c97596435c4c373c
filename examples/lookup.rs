//! Look up the ports (such as `443/tcp`) and service names on the command line.

use iana_ports::{PortQueries, Record, lookup_port};

fn main() {
    for text in std::env::args().skip(1) {
        let mut found = Vec::new();
        for asked in PortQueries::new(&text).flatten() {
            found.extend(asked.service().into_iter().flat_map(|service| service.records()));
            let of_ports = asked.resolve().into_iter().flatten().filter(|_| asked.ports().is_some());
            let primary =
                of_ports.flat_map(|on| on.ports().into_iter().filter_map(move |port| lookup_port(port, on.proto())));
            found.extend(primary.flat_map(Record::same_port_records));
        }
        for record in &found {
            println!("{text}: {record}");
        }
        if found.is_empty() {
            println!("{text}: IANA has not assigned it");
        }
    }
}
