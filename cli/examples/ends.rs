//! Counts how often `lookup_flow` chooses the end that serves, for connections in captures whose start shows that end.
//!
//! Connections with the same serving port and the same class of the client's port count once for each capture, because
//! a capture may repeat one kind of connection a thousand times.
//!
//! ```text
//! cargo run --package iana-ports-cli --example ends -- cli/tests/captures/*.pcap*
//! ```

use iana_ports::{End, PortClass, lookup_flow};
use iana_ports_cli::capture::frames::frames;
use iana_ports_cli::capture::packet::{Evidence, dissect};
use iana_ports_cli::capture::tally::Tally;
use std::collections::BTreeSet;
use std::fs::File;

fn main() {
    let (mut right, mut wrong, mut silent) = (0, Vec::new(), 0);
    for path in std::env::args().skip(1) {
        let file = File::open(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
        let (mut tally, mut flows) = (Tally::default(), Vec::new());
        let outcome = frames(file, |frame| {
            flows.extend(tally.add(dissect(frame.link_type, frame.bytes, false), frame.length));
            true
        });
        if let Err(error) = outcome {
            eprintln!("{path}: {error:?}; only what comes before counts");
        }
        let mut kinds = BTreeSet::new();
        // Sorted, so that the same captures always give the same figures.
        flows.extend(tally.finish().0);
        flows.sort_unstable_by_key(|(flow, _)| *flow);
        for (flow, counts) in flows {
            let Some((server, Evidence::Syn)) = counts.serving else { continue };
            let [asked, client] = [server, 1 - server].map(|end| flow.ends[usize::from(end)].1);
            if !kinds.insert((flow.proto, asked, PortClass::of(client))) {
                continue;
            }
            match lookup_flow(client, asked, flow.proto) {
                Some((_, End::Destination)) => right += 1,
                Some((record, End::Source)) => wrong.push(format!("{path}: {record} asks {asked}/{}", flow.proto)),
                None => silent += 1,
            }
        }
    }
    for connection in &wrong {
        println!("{connection}");
    }
    println!("{right} right, {} wrong, {silent} without a record at either end", wrong.len());
}
