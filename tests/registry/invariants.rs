//! Promises about data and iterators, for any registry.

use crate::oracle;
use iana_ports::{
    PortClass, PortRange, PortStatus, Proto, Record, blocks, blocks_in, check_service_name, lookup_port,
    lookup_service, port_status, records, records_in, services,
};
use std::cmp::Ordering;
use std::collections::HashSet;
use std::fmt::Debug;

/// Both directions agree, the length is exact, and an iterator used from both ends yields every item once.
fn walks_both_ways<I>(walk: &I)
where
    I: DoubleEndedIterator<Item: PartialEq + Debug> + ExactSizeIterator + Clone,
{
    let forward: Vec<_> = walk.clone().collect();
    let mut backward: Vec<_> = walk.clone().rev().collect();
    backward.reverse();
    assert_eq!(forward, backward);
    assert_eq!(walk.len(), forward.len());

    let (mut ends, mut front, mut back) = (walk.clone(), Vec::new(), Vec::new());
    loop {
        let left = ends.len();
        assert_eq!(ends.size_hint(), (left, Some(left)));
        let next = if left % 3 == 0 { ends.next_back() } else { ends.next() };
        match next {
            Some(item) if left % 3 == 0 => back.push(item),
            Some(item) => front.push(item),
            None => break,
        }
        assert_eq!(ends.len(), left - 1);
    }
    back.reverse();
    front.append(&mut back);
    assert_eq!(front, forward);
    assert!(ends.next().is_none() && ends.next_back().is_none());
}

#[test]
fn iterators_walk_both_ways() {
    walks_both_ways(&records());
    walks_both_ways(&services());
    walks_both_ways(&blocks());
    services().for_each(|service| {
        walks_both_ways(&service.records());
        for proto in Proto::ALL {
            walks_both_ways(&service.ports(proto));
        }
    });
    for port in 0..=u16::MAX {
        let answers = Proto::ALL.into_iter().filter_map(|proto| lookup_port(port, proto));
        answers.for_each(|record| {
            walks_both_ways(&record.same_port_records());
            assert!(record.same_port_records().all(|same| lookup_service(same.name()) == Some(same.service())));
        });
    }
    #[cfg(feature = "metadata")]
    records().for_each(|record| {
        walks_both_ways(&record.references());
    });
    #[cfg(feature = "contacts")]
    records().for_each(|record| {
        walks_both_ways(&record.assignees());
        walks_both_ways(&record.contacts());
        record.contacts().for_each(|person| walks_both_ways(&person.uris()));
    });
}

/// Records sort in the order of `records()`, no matter on which transport and port they were found.
#[test]
fn records_are_sorted() {
    let all: Vec<_> = records().collect();
    assert!(all.is_sorted_by(|a, b| a.cmp(b) == Ordering::Less && b.cmp(a) == Ordering::Greater));
    let found = (0..=u16::MAX).flat_map(|port| Proto::ALL.map(|proto| lookup_port(port, proto)));
    let found = found.flatten().flat_map(|record| record.same_port_records());
    for record in found.chain(services().flat_map(|service| service.records())) {
        let at = all.binary_search(&record).unwrap_or_else(|_| panic!("{record} is not in order"));
        assert_eq!(all[at], record);
    }
}

/// Ranges around both ends of every row's range, and random ranges, both narrow and wide.
fn ranges() -> Vec<PortRange> {
    let mut ranges = Vec::new();
    let own = records().filter_map(Record::ports).chain(blocks().map(|block| block.ports()));
    for ports in own.filter(|ports| !ports.is_single()).collect::<HashSet<_>>() {
        let (first, last) = (ports.first(), ports.last());
        let (below, above) = (first.saturating_sub(1), last.saturating_add(1));
        let around =
            [(below, below), (below, first), (first + 1, last), (first, last - 1), (last, above), (above, above)];
        ranges.extend(around.into_iter().filter_map(|(first, last)| PortRange::new(first, last)));
    }
    let rng = &mut fastrand::Rng::with_seed(5);
    for width in [2, 30, 100, 1000, 60_000] {
        for _ in 0..20_000 / width {
            let first = rng.u16(..);
            ranges.extend(PortRange::new(first, first.saturating_add(rng.u16(1..=width))));
        }
    }
    ranges.extend(
        [PortRange::new(0, u16::MAX), PortRange::new(0, 1023), PortRange::new(49_152, u16::MAX)].into_iter().flatten(),
    );
    ranges
}

#[test]
fn a_range_has_the_records_that_answer_in_it() {
    let answers: Vec<Vec<Record>> = (0..=u16::MAX)
        .map(|port| {
            let primaries = Proto::ALL.into_iter().filter_map(|proto| lookup_port(port, proto));
            primaries.flat_map(Record::same_port_records).collect()
        })
        .collect();
    for ports in (0..=u16::MAX).map(PortRange::from).chain(ranges()) {
        let mut seen = HashSet::new();
        let there = ports.into_iter().flat_map(|port| &answers[usize::from(port)]).copied();
        let expected: Vec<Record> = there.filter(|record| seen.insert(*record)).collect();
        let found = records_in(ports);
        assert_eq!(found.len(), expected.len(), "{ports}");
        assert!(found.clone().eq(expected.iter().copied()), "{ports}");
        assert!(found.rev().eq(expected.iter().rev().copied()), "{ports}");
    }
    let all = records_in(PortRange::new(0, u16::MAX).unwrap());
    assert!(all.clone().eq(records().filter(|record| record.port().is_some())));
    walks_both_ways(&all);
    walks_both_ways(&records_in(PortRange::new(6000, 6100).unwrap()));
    // A handle equals the one that `records()` yields.
    assert!(all.zip(records()).all(|(own, other)| own.same_port_records().eq(other.same_port_records())));
}

#[test]
fn a_range_has_the_blocks_that_have_a_port_in_it() {
    let filter = oracle::Filter::load();
    let is_kept = |port: u16| Proto::ALL.iter().any(|proto| filter.has(port.into(), proto.as_str()));
    let singles = (0..=u16::MAX).step_by(101).map(PortRange::from);
    for ports in singles.chain(ranges()) {
        let both = |own: PortRange| PortRange::new(own.first().max(ports.first()), own.last().min(ports.last()));
        let is_there = |own: PortRange| both(own).is_some_and(|both| both.into_iter().any(is_kept));
        let expected: Vec<_> = blocks().filter(|block| is_there(block.ports())).collect();
        let found = blocks_in(ports);
        assert_eq!(found.len(), expected.len(), "{ports}");
        assert!(found.clone().eq(expected.iter().copied()), "{ports}");
        assert!(found.rev().eq(expected.iter().rev().copied()), "{ports}");
    }
    assert!(blocks_in(PortRange::new(0, u16::MAX).unwrap()).eq(blocks()));
    walks_both_ways(&blocks_in(PortRange::new(0, 5000).unwrap()));
}

#[test]
fn every_name_finds_itself() {
    for service in services() {
        assert_eq!(lookup_service(service.name()), Some(service));
        assert!(service.records().len() > 0);
        assert!(service.records().all(|record| record.service() == service));
    }
}

#[test]
fn names_are_printable_ascii_and_differ_by_more_than_case() {
    let names: Vec<String> = services().map(|service| service.name().to_ascii_lowercase()).collect();
    assert!(names.is_sorted_by(|a, b| a < b));
    for name in &names {
        assert!((1..=63).contains(&name.len()), "{name}");
        assert!(name.bytes().all(|byte| (b' '..=b'~').contains(&byte)), "{name}");
    }
}

#[test]
fn every_record_with_a_port_answers_for_it() {
    for record in records() {
        let Some(ports) = record.ports() else { continue };
        let protos = record.proto().map_or(vec![Proto::Tcp, Proto::Udp], |proto| vec![proto]);
        let keys = ports.into_iter().flat_map(|port| protos.iter().map(move |&proto| (port, proto)));
        let answers = |&(port, proto): &(u16, Proto)| {
            let all = lookup_port(port, proto).into_iter().flat_map(|primary| primary.same_port_records());
            all.into_iter().any(|other| other == record)
        };
        // A filter may keep only one port of a range.
        let is_cut = std::env::var_os("IANA_PORTS_FILTER").is_some();
        let count = keys.clone().filter(answers).count();
        assert!(count == keys.count() || (is_cut && count > 0), "{record} answers for {count} of them");
    }
}

#[test]
fn dynamic_ports_have_no_rows() {
    if std::env::var_os("IANA_PORTS_OVERLAY").is_some() {
        oracle::skip("an overlay may have Dynamic Ports");
        return;
    }
    for port in PortClass::Dynamic.ports() {
        for proto in Proto::ALL {
            assert_eq!(lookup_port(port, proto), None);
            assert_eq!(port_status(port, proto), PortStatus::Dynamic);
        }
    }
    assert!(blocks().all(|block| PortClass::of(block.ports().last()) != PortClass::Dynamic));
}

#[test]
fn a_status_names_a_block_that_covers_the_port() {
    for port in 0..=49_151 {
        for proto in Proto::ALL {
            let (block, unassigned) = match port_status(port, proto) {
                PortStatus::Reserved(Some(block)) => (block, false),
                PortStatus::Unassigned(Some(block)) => (block, true),
                _ => continue,
            };
            assert!(block.ports().contains(port), "{block:?} at {port}");
            assert!(block.proto().is_none_or(|own| own == proto));
            assert_eq!(block.is_unassigned(), unassigned);
        }
    }
}

/// The sentence is about the embedded file, so it is absent from a program with another file.
#[test]
fn only_the_embedded_registry_has_a_source() {
    assert_eq!(iana_ports::REGISTRY_SOURCE.is_some(), std::env::var_os("IANA_PORTS_REGISTRY").is_none());
}

#[test]
fn the_embedded_registry_is_as_documented() {
    if !oracle::is_embedded() {
        oracle::skip("the counts are those of the embedded registry");
        return;
    }
    let oracle = oracle::Oracle::load();
    let invalid = services().filter(|service| check_service_name(service.name()).is_err()).count();
    assert_eq!(invalid, 97, "check_service_name's page says how many names break the syntax");
    let readme = include_str!("../../registry/README.md");
    let thousands = |n: usize| format!("{},{:03}", n / 1000, n % 1000);
    let (rows, named) = (thousands(oracle.rows.len()), thousands(records().len()));
    assert!(readme.contains(&format!("| date | {} |", oracle.updated)));
    assert!(readme.contains(&format!("| rows | {rows}, of them {named} with a service name |")));
    assert!(readme.contains(&format!("| distinct service names | {} |", thousands(services().len()))));
    let checksum = sha256(&std::fs::read(oracle::registry_path()).unwrap());
    assert!(readme.contains(&format!("| SHA-256 | `{checksum}` |")), "{checksum}");
    let (source, front) = (iana_ports::REGISTRY_SOURCE.unwrap(), include_str!("../../README.md"));
    assert!(
        front.contains(&format!(" (`REGISTRY_UPDATED`): {rows} rows, {} service names.", thousands(services().len())))
    );
    for page in [readme, front] {
        assert!(page.lines().any(|line| line == source), "{source}");
    }
}

fn sha256(bytes: &[u8]) -> String {
    use sha2::{Digest, Sha256};
    format!("{:x}", Sha256::digest(bytes))
}

/// The oracle's parser conforms to XML, and so does expat, which shares no code with it or with the generator.
#[test]
fn conforming_parsers_accept_the_registry() {
    const EXPAT: &str = "import sys; from xml.parsers import expat; \
        expat.ParserCreate(namespace_separator='\\f').ParseFile(open(sys.argv[1], 'rb'))";
    let path = oracle::registry_path();
    let options = oracle::roxmltree::ParsingOptions { allow_dtd: true, ..Default::default() };
    let text = std::fs::read_to_string(&path).unwrap();
    oracle::roxmltree::Document::parse_with_options(&text, options).unwrap_or_else(|error| panic!("{error}"));
    match std::process::Command::new("python3").args(["-c", EXPAT]).arg(&path).output() {
        Ok(expat) => assert!(expat.status.success(), "{}", String::from_utf8_lossy(&expat.stderr)),
        Err(_) => oracle::skip("no python3, which has expat"),
    }
}
