//! Asks one question again and again. tests/instructions.rs counts the instructions.

use iana_ports::{Proto, Record, lookup_port, lookup_service, port_status};
use std::hint::black_box;

fn repeat<A>(times: usize, question: impl Fn() -> A) {
    for _ in 0..times {
        black_box(question());
    }
}

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let (times, text) = (arguments[2].parse().expect("a number"), arguments[3].as_str());
    let port = || (text.parse::<u16>().expect("a port"), Proto::Tcp);
    match arguments[1].as_str() {
        "nothing" => repeat(times, || black_box(text)),
        "port" => {
            let port = port();
            repeat(times, || {
                let (port, proto) = black_box(port);
                lookup_port(port, proto)
            });
        }
        "port-name" => {
            let port = port();
            repeat(times, || {
                let (port, proto) = black_box(port);
                lookup_port(port, proto).map(Record::name)
            });
        }
        "status" => {
            let port = port();
            repeat(times, || {
                let (port, proto) = black_box(port);
                port_status(port, proto)
            });
        }
        "service" => repeat(times, || lookup_service(black_box(text))),
        other => panic!("nobody asks for {other}"),
    }
}
