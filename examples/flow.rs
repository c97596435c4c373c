//! Name the service of a flow, from the headers of its packets.

use iana_ports::{End, Proto, lookup_flow};

/// `https, served by the destination`.
fn describe(protocol: u8, source: u16, destination: u16) -> String {
    let Some(proto) = Proto::from_ip_number(protocol) else { return "no transport with ports".to_owned() };
    match lookup_flow(source, destination, proto) {
        Some((record, End::Source)) => format!("{}, served by the source", record.name()),
        Some((record, End::Destination)) => format!("{}, served by the destination", record.name()),
        None => format!("{proto} between two ports without a name"),
    }
}

fn main() {
    assert_eq!(describe(6, 50_123, 443), "https, served by the destination");
    assert_eq!(describe(17, 53, 50_123), "domain, served by the source");
    assert_eq!(describe(6, 50_123, 50_124), "tcp between two ports without a name");
    assert_eq!(describe(1, 0, 0), "no transport with ports"); // ICMP
    println!("{}", describe(6, 50_123, 443));
}
