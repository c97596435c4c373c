//! Look up the ports (such as `443/tcp`) and service names on the command line.

use iana_ports::{PortQuery, Record, lookup_port};

fn main() {
    for text in std::env::args().skip(1) {
        let mut records: Vec<Record> = Vec::new();
        if let Ok(asked) = text.parse::<PortQuery>() {
            records.extend(asked.service().into_iter().flat_map(|service| service.records()));
            for on in asked.resolve().into_iter().flatten().filter(|_| asked.ports().is_some()) {
                let primary = on.ports().into_iter().filter_map(|port| lookup_port(port, on.proto()));
                records.extend(primary.flat_map(Record::same_port_records));
            }
        }
        if records.is_empty() {
            println!("{text}: IANA has not assigned it");
        }
        for record in records {
            println!("{text}: {record}");
        }
    }
}
