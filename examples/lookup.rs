//! Look up the ports (such as `443/tcp`) and service names on the command line.

use iana_ports::{PortQuery, Record, lookup_port};

fn main() {
    for text in std::env::args().skip(1) {
        let Ok(asked) = text.parse::<PortQuery>() else {
            println!("{text}: IANA has not assigned it");
            continue;
        };
        let of_name = asked.service().into_iter().flat_map(|service| service.records());
        let of_ports = asked.resolve().into_iter().flatten().filter(|_| asked.ports().is_some());
        let primary =
            of_ports.flat_map(|on| on.ports().into_iter().filter_map(move |port| lookup_port(port, on.proto())));
        for record in of_name.chain(primary.flat_map(Record::same_port_records)) {
            println!("{text}: {record}");
        }
    }
}
