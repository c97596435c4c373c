//! Prints what `iana-ports capture` reads in each frame of a capture, a line a frame: transport and ports, or why there
//! are none. ci/wireshark compares it with tshark.

#[allow(dead_code, reason = "the command uses the rest")]
#[path = "../src/capture/blocks.rs"]
mod blocks;
#[allow(dead_code, reason = "the command uses the rest")]
#[path = "../src/capture/frames.rs"]
mod frames;
#[allow(dead_code, reason = "the command uses the rest")]
#[path = "../src/capture/packet/mod.rs"]
mod packet;
#[allow(dead_code, reason = "the command uses the rest")]
#[path = "../src/capture/pcap.rs"]
mod pcap;

use frames::Piece;
use packet::{Skipped, Told, dissect};
use std::fs::File;

fn main() {
    for path in std::env::args().skip(1) {
        let file = File::open(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
        println!("{path}");
        let outcome = frames::frames(file, |piece| match piece {
            Piece::Frame(frame) => match dissect(frame.link_type, frame.bytes, false) {
                Ok(Told::Packet(packet) | Told::First(_, packet)) => {
                    println!("{} {} {}", packet.proto, packet.source.port(), packet.destination.port());
                }
                Ok(Told::Later(_)) => println!("fragment"),
                Err(Skipped::NoPorts) => println!("cut"),
                Err(_) => println!("other"),
            },
            Piece::Unread(_) => {}
        });
        outcome.unwrap_or_else(|fault| panic!("{path}: {fault:?}"));
    }
}
