//! Prints a line for each frame of a capture, as `iana-ports capture` reads it: the transport and the ports, or why
//! there are none. ci/wireshark compares the lines with tshark.

use iana_ports_cli::capture::frames::frames;
use iana_ports_cli::capture::packet::{PacketError, dissect};
use std::fs::File;

fn main() {
    for path in std::env::args().skip(1) {
        let file = File::open(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
        println!("{path}");
        let outcome = frames(file, |frame| {
            match dissect(frame.link_type, frame.bytes, false).contents {
                Ok(packet) => println!("{} {} {}", packet.proto, packet.source.port(), packet.destination.port()),
                Err(PacketError::NoPorts) => println!("cut"),
                Err(PacketError::Fragment) => println!("fragment"),
                Err(PacketError::Block(_)) => {}
                Err(_) => println!("other"),
            }
            true
        });
        outcome.unwrap_or_else(|error| panic!("{path}: {error:?}"));
    }
}
