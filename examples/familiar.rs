//! Print open ports with the names that people use, as a port scanner does.

use iana_ports::{Proto, familiar_name};

fn main() {
    for (port, proto) in
        [(53, Proto::Udp), (443, Proto::Tcp), (3389, Proto::Tcp), (9092, Proto::Tcp), (50_123, Proto::Tcp)]
    {
        println!("{port}/{proto} open {}", familiar_name(port, proto).unwrap_or("unknown"));
    }
}
