//! Look up the ports (such as `443/tcp`) and service names on the command line.

use iana_ports::{Record, TransportPorts, lookup_port, lookup_service};

fn main() {
    for query in std::env::args().skip(1) {
        let records: Vec<Record> = match query.parse::<TransportPorts>() {
            Ok(asked) => {
                let primary = asked.ports().into_iter().filter_map(|port| lookup_port(port, asked.proto()));
                primary.flat_map(Record::same_port_records).collect()
            }
            Err(_) => lookup_service(&query).into_iter().flat_map(|service| service.records()).collect(),
        };
        if records.is_empty() {
            println!("{query}: IANA has not assigned it");
        }
        for record in records {
            println!("{query}: {record}");
        }
    }
}
