//! Asks questions, and calls `end_of_question` after each. tests/package/instructions.rs counts the instructions
//! between these calls.

use iana_ports::{Proto, Record, lookup_port, lookup_service, port_status, service_name, services};
use std::collections::BTreeSet;
use std::hint::black_box;

/// The end of a question.
#[inline(never)]
fn end_of_question() {
    black_box(());
}

/// Asks all questions, and the first one twice, because the first count includes the start of the program.
fn ask<Q: Copy, A>(questions: &[Q], answer: impl Fn(Q) -> A) {
    for question in [&questions[..1], questions].concat() {
        black_box(answer(black_box(question)));
        end_of_question();
    }
}

/// Every registered name.
fn registered() -> BTreeSet<String> {
    services().map(|service| service.name().to_owned()).collect()
}

/// Names that are not registered: the empty name, names of every length, and registered names with one character
/// changed.
fn unregistered() -> BTreeSet<String> {
    let mut names: BTreeSet<String> = (0..=17).map(|len| "q".repeat(len)).collect();
    for service in services() {
        let (_, rest) = service.name().split_at(1);
        names.insert(format!("~{rest}"));
    }
    names.retain(|name| lookup_service(name).is_none());
    names
}

fn main() {
    let question = std::env::args().nth(1).expect("a question");
    let ports: Vec<(u16, Proto)> =
        (0..=u16::MAX).step_by(251).flat_map(|port| [(port, Proto::Tcp), (port, Proto::Udp)]).collect();
    let names: BTreeSet<String> = match question.as_str() {
        "unregistered" => unregistered(),
        "registered, any case" => {
            registered().into_iter().flat_map(|name| [name.to_uppercase(), name.to_lowercase(), name]).collect()
        }
        _ => registered(),
    };
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    match question.as_str() {
        "nothing of a port" => ask(&ports, |_| ()),
        "port" => ask(&ports, |(port, proto)| lookup_port(port, proto)),
        "port's name" => ask(&ports, |(port, proto)| service_name(port, proto)),
        "port's record's name" => ask(&ports, |(port, proto)| lookup_port(port, proto).map(Record::name)),
        "port's status" => ask(&ports, |(port, proto)| port_status(port, proto)),
        "nothing of a name" => ask(&names[..100], |_| ()),
        "registered, any case" | "unregistered" => ask(&names, lookup_service),
        "registered, its port" => ask(&names, |name| lookup_service(name).and_then(|s| s.port(Proto::Tcp))),
        other => panic!("unknown argument {other}"),
    }
    // Only the loop above asks a question.
    if question.starts_with("port") {
        ports.iter().for_each(|(port, proto)| println!("{port}/{proto}"));
    } else {
        names.iter().for_each(|name| println!("{name:?}"));
    }
}
