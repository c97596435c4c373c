//! Every port, every transport, every name, against the oracle.

mod oracle;

use iana_ports::{
    Block, PortStatus, Proto, Record, blocks, lookup_port, lookup_service, port_status, records, services,
};
use oracle::{Oracle, Row, Status, TRANSPORTS};
use std::collections::HashSet;

/// The columns of a row that the crate carries.
type Columns<'a> = (Option<&'a str>, Option<(u32, u32)>, Option<&'a str>, &'a str, bool);

fn columns(row: &Row) -> Columns<'_> {
    let description = if cfg!(feature = "descriptions") { row.description.as_str() } else { "" };
    let is_alias = row.is_historic_alias() || row.is_duplicate();
    (row.name.as_deref(), row.ports, row.transport.as_deref(), description, is_alias && row.name.is_some())
}

fn record(record: Record) -> Columns<'static> {
    #[cfg(feature = "descriptions")]
    let description = record.description();
    #[cfg(not(feature = "descriptions"))]
    let description = "";
    let ports = record.ports().map(|ports| (ports.first().into(), ports.last().into()));
    (Some(record.name()), ports, record.proto().map(Proto::as_str), description, record.is_alias())
}

fn block(block: Block) -> Columns<'static> {
    #[cfg(feature = "descriptions")]
    let description = block.description();
    #[cfg(not(feature = "descriptions"))]
    let description = "";
    let ports = (block.ports().first().into(), block.ports().last().into());
    (None, Some(ports), block.proto().map(Proto::as_str), description, false)
}

/// Every (port, transport) with the rows that cover the port.
fn every_port(oracle: &Oracle, mut check: impl FnMut(u16, Proto, &[&Row])) {
    let mut checked = 0;
    for (port, here) in (0..=u16::MAX).zip(oracle.by_port()) {
        for proto in Proto::ALL {
            check(port, proto, &here);
            checked += 1;
        }
    }
    assert_eq!(checked, 65_536 * 4);
}

#[test]
fn lookup_port_and_same_port_answer_as_the_oracle_everywhere() {
    let oracle = Oracle::load();
    let mut hits = 0;
    every_port(&oracle, |port, proto, here| {
        let expected: Vec<_> =
            oracle::primary_first(here.iter().copied(), proto.as_str()).into_iter().map(columns).collect();
        let found = lookup_port(port, proto);
        assert_eq!(found.map(record), expected.first().copied(), "{port}/{proto}");
        let all: Vec<_> = found.into_iter().flat_map(Record::same_port).map(record).collect();
        assert_eq!(all, expected, "{port}/{proto}");
        // Whichever of them one asks, they are the same.
        for other in found.into_iter().flat_map(Record::same_port) {
            assert!(other.same_port().eq(found.into_iter().flat_map(Record::same_port)), "{port}/{proto}");
        }
        hits += expected.len();
    });
    assert!(hits >= oracle.named().filter(|row| row.ports.is_some()).count());
}

#[test]
fn a_row_is_one_record_however_it_is_found() {
    let all: HashSet<Record> = records().collect();
    assert_eq!(all.len(), records().len());
    for port in 0..=u16::MAX {
        for found in Proto::ALL.into_iter().filter_map(|proto| lookup_port(port, proto)) {
            assert!(found.same_port().all(|record| all.contains(&record)), "{found} at {port}");
        }
    }
    assert!(services().flat_map(|service| service.records()).all(|record| all.contains(&record)));
    assert_eq!(services().map(|service| service.records().len()).sum::<usize>(), all.len());
}

#[test]
fn port_status_answers_as_the_oracle_everywhere() {
    let oracle = Oracle::load();
    let mut seen = [0; 4];
    every_port(&oracle, |port, proto, here| {
        let (kind, expected) = match oracle::status(here, port.into(), proto.as_str()) {
            Status::Assigned(row) => (0, Some(columns(row))),
            Status::Reserved(row) => (1, row.map(columns)),
            Status::Unassigned(row) => (2, row.map(columns)),
            Status::Dynamic => (3, None),
        };
        let found = match port_status(port, proto) {
            PortStatus::Assigned(found) => (0, Some(record(found))),
            PortStatus::Reserved(found) => (1, found.map(block)),
            PortStatus::Unassigned(found) => (2, found.map(block)),
            PortStatus::Dynamic => (3, None),
        };
        assert_eq!(found, (kind, expected), "{port}/{proto}");
        seen[kind] += 1;
    });
    assert_eq!(seen.iter().sum::<u32>(), 65_536 * 4);
    assert!(seen.into_iter().all(|count| count > 0), "{seen:?}");
}

#[test]
fn the_index_by_port_is_linear_search() {
    let oracle = Oracle::load();
    let by_port = oracle.by_port();
    for port in (0..65_536).step_by(211).chain([80, 999, 6031, 7775, 7776, 27_005]) {
        let here = &by_port[port as usize];
        for transport in TRANSPORTS {
            let indexed = oracle::primary_first(here.iter().copied(), transport);
            assert_eq!(indexed, oracle.answers(port, transport), "{port}/{transport}");
            assert_eq!(oracle::status(here, port, transport), oracle.status(port, transport));
        }
    }
}

#[test]
fn lookup_service_answers_as_the_oracle_for_every_name_in_any_case() {
    let oracle = Oracle::load();
    let mut names: Vec<&str> = oracle.named().filter_map(|row| row.name.as_deref()).collect();
    names.sort_unstable();
    names.dedup();
    for name in names {
        let rows = oracle.service(name);
        for asked in [name.to_owned(), name.to_ascii_lowercase(), name.to_ascii_uppercase()] {
            let service = lookup_service(&asked).unwrap_or_else(|| panic!("{asked} is not found"));
            assert_eq!(service.name(), name);
            let found: Vec<_> = service.records().map(record).collect();
            assert_eq!(found, rows.iter().map(|row| columns(row)).collect::<Vec<_>>(), "{asked}");
            assert!(service.records().all(|record| record.service() == service), "{asked}");
            for proto in Proto::ALL {
                let on_proto = |row: &&&Row| row.answers_on(proto.as_str()) && row.ports.is_some();
                let port = rows.iter().find(on_proto).and_then(|row| row.ports).map(|ports| ports.0);
                assert_eq!(service.port(proto).map(u32::from), port, "{asked} {proto}");
            }
        }
    }
}

#[test]
fn records_are_complete_and_in_their_documented_order() {
    let oracle = Oracle::load();
    let by_port = oracle.by_port();
    let mut rows: Vec<&Row> = oracle.named().collect();
    rows.sort_by_cached_key(|row| {
        let Some((first, _)) = row.ports else {
            let name = row.name.as_deref().unwrap_or_default().to_ascii_lowercase();
            return (u32::MAX, name, row.transport_order(), row.index);
        };
        let transport = TRANSPORTS[row.transport_order()];
        let list = oracle::primary_first(by_port[first as usize].iter().copied(), transport);
        let rank = list.iter().position(|other| other == row).expect("a row answers at its own port");
        (first, String::new(), row.transport_order(), rank)
    });
    assert_eq!(records().map(record).collect::<Vec<_>>(), rows.into_iter().map(columns).collect::<Vec<_>>());
}

#[test]
fn services_are_complete_and_in_their_documented_order() {
    let oracle = Oracle::load();
    let mut names: Vec<&str> = oracle.named().filter_map(|row| row.name.as_deref()).collect();
    names.sort_by_key(|name| name.to_ascii_lowercase());
    names.dedup();
    assert_eq!(services().map(|service| service.name()).collect::<Vec<_>>(), names);
}

#[test]
fn blocks_are_complete_and_in_their_documented_order() {
    let oracle = Oracle::load();
    let mut rows: Vec<&Row> = oracle.rows.iter().filter(|row| row.name.is_none()).collect();
    let order = |row: &Row| row.transport.as_ref().map_or(TRANSPORTS.len(), |_| row.transport_order());
    rows.sort_by_key(|row| (row.ports, order(row), row.index));
    assert_eq!(blocks().map(block).collect::<Vec<_>>(), rows.into_iter().map(columns).collect::<Vec<_>>());
}

#[test]
fn the_date_is_the_registrys() {
    assert_eq!(iana_ports::REGISTRY_UPDATED.to_string(), Oracle::load().updated);
}
