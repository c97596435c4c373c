//! Compares the answers for every port, every transport and every name with the oracle's.

use crate::oracle;
use crate::oracle::{Oracle, Row, Status, TRANSPORTS};
use iana_ports::{
    Block, End, PortStatus, Proto, Record, blocks, flow_name, lookup_flow, lookup_port, lookup_service, port_status,
    records, resolve_port, service_name, services,
};
use std::collections::HashSet;

/// IANA's twelve columns of a row, and the values that are derived from them. Columns of features that are off are
/// empty.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Columns {
    shown: [String; 12],
    is_alias: bool,
    alias_of: Option<String>,
    position: usize,
}

fn columns(row: &Row) -> Columns {
    let mut shown = row.shown();
    for (column, shown) in shown.iter_mut().enumerate() {
        let is_on = match column {
            0..3 => true,
            3 => cfg!(feature = "descriptions"),
            4..6 => cfg!(feature = "contacts"),
            _ => cfg!(feature = "metadata"),
        };
        if !is_on {
            shown.clear();
        }
    }
    let is_named = row.name.is_some();
    Columns {
        shown,
        is_alias: is_named && (row.is_historic_alias() || row.is_duplicate()),
        alias_of: row.alias_of.clone(),
        position: if cfg!(feature = "metadata") { row.index } else { 0 },
    }
}

macro_rules! shown {
    ($row:expr, $name:expr, $ports:expr) => {{
        let proto = $row.proto().map_or("", Proto::as_str);
        #[allow(unused_mut, reason = "without features nothing is added")]
        let mut shown = [$name, &$ports, proto, "", "", "", "", "", "", "", "", ""].map(str::to_owned);
        #[cfg(feature = "descriptions")]
        $row.description().clone_into(&mut shown[3]);
        #[cfg(feature = "contacts")]
        {
            shown[4] = $row.assignees().map(|id| format!("[{id}]")).collect();
            shown[5] = $row.contacts().map(|id| format!("[{id}]")).collect();
        }
        #[cfg(feature = "metadata")]
        {
            shown[6] = $row.registered().map_or(String::new(), |date| date.to_string());
            shown[7] = $row.modified().map_or(String::new(), |date| date.to_string());
            shown[8] = $row.references().map(|reference| format!("[{reference}]")).collect();
            shown[9] = $row.service_code().map_or(String::new(), |code| code.number().to_string());
            $row.unauthorized_use().unwrap_or_default().clone_into(&mut shown[10]);
            $row.note().unwrap_or_default().clone_into(&mut shown[11]);
        }
        #[cfg(feature = "metadata")]
        let position = $row.position();
        #[cfg(not(feature = "metadata"))]
        let position = 0;
        (shown, position)
    }};
}

fn record(record: Record) -> Columns {
    let ports = record.ports().map_or(String::new(), |ports| ports.to_string());
    let (shown, position) = shown!(record, record.name(), ports);
    let alias_of = record.alias_of().map(|service| service.name().to_owned());
    Columns { shown, is_alias: record.is_alias(), alias_of, position }
}

fn block(block: Block) -> Columns {
    let (shown, position) = shown!(block, "", block.ports().to_string());
    Columns { shown, is_alias: false, alias_of: None, position }
}

/// Every port and transport, with the rows that cover the port.
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
        let expected: Vec<_> = oracle.answers(here, port.into(), proto.as_str()).into_iter().map(columns).collect();
        let found = lookup_port(port, proto);
        assert_eq!(found.map(record), expected.first().cloned(), "{port}/{proto}");
        let name = expected.first().map(|columns| columns.shown[0].as_str());
        assert_eq!(service_name(port, proto), name, "{port}/{proto}");
        assert_eq!(found.map(Record::name), name, "{port}/{proto}");
        let all: Vec<_> = found.into_iter().flat_map(Record::same_port_records).map(record).collect();
        assert_eq!(all, expected, "{port}/{proto}");
        // Each of these records gives the same list.
        for other in found.into_iter().flat_map(Record::same_port_records) {
            assert!(
                other.same_port_records().eq(found.into_iter().flat_map(Record::same_port_records)),
                "{port}/{proto}"
            );
        }
        hits += expected.len();
    });
    assert!(hits >= oracle.named().filter(|row| row.ports.is_some()).count());
}

/// A million random pairs, and all pairs of ports at which a row begins or ends.
#[test]
fn lookup_flow_chooses_the_end_as_the_rule_says() {
    let oracle = Oracle::load();
    let by_port = oracle.by_port();
    let everyday = oracle.everyday(&by_port);
    // The oracle's answer for every port and transport, computed once, and whether the port is in everyday use.
    let primaries: Vec<Vec<Option<(Columns, bool)>>> = Proto::ALL
        .iter()
        .map(|proto| {
            let primary = |(port, here): (u32, &Vec<&Row>)| {
                let primary = *oracle.answers(here, port, proto.as_str()).first()?;
                Some((columns(primary), everyday.contains(&primary.index)))
            };
            (0..).zip(&by_port).map(primary).collect()
        })
        .collect();
    let mut ends = [0; 3];
    let mut check = |source: u16, destination: u16, proto: Proto| {
        let primary = |port: u16| primaries[proto as usize][usize::from(port)].as_ref();
        // The order is: a System Port, a User Port in everyday use, the lower number, the destination.
        let is_everyday = |port: u16| primary(port).is_some_and(|(_, is_everyday)| *is_everyday);
        let rank = |port: u16, end| (port > 1023, port > 1023 && !is_everyday(port), port, end == End::Source);
        let both = [(source, End::Source), (destination, End::Destination)];
        let named = both.into_iter().filter(|&(port, _)| primary(port).is_some());
        let serving = named.min_by_key(|&(port, end)| rank(port, end));
        let found = lookup_flow(source, destination, proto);
        assert_eq!(flow_name(source, destination, proto), found.map(|(record, _)| record.name()));
        assert_eq!(found.map(|(_, end)| end), serving.map(|(_, end)| end), "{source} {destination} {proto}");
        if let (Some((found, _)), Some((port, _))) = (found, serving) {
            assert_eq!(Some(found), lookup_port(port, proto));
            assert_eq!(found.name(), primary(port).unwrap().0.shown[0]);
        }
        ends[found.map_or(2, |(_, end)| end as usize)] += 1;
    };
    let rng = &mut fastrand::Rng::with_seed(8);
    for _ in 0..1_000_000 {
        check(rng.u16(..), rng.u16(..), Proto::ALL[rng.usize(..4)]);
    }
    let edges = [
        0, 1, 22, 80, 443, 1022, 1023, 1024, 1025, 3306, 5001, 5432, 6000, 6063, 6064, 6667, 8443, 49_151, 49_152,
        65_535,
    ];
    for (source, destination) in edges.into_iter().flat_map(|source| edges.map(|other| (source, other))) {
        for proto in Proto::ALL {
            check(source, destination, proto);
        }
    }
    assert!(!oracle::is_embedded() || ends.iter().all(|&count| count > 1000), "{ends:?}");
}

#[test]
fn a_row_is_one_record_wherever_it_is_found() {
    let all: HashSet<Record> = records().collect();
    assert_eq!(all.len(), records().len());
    for port in 0..=u16::MAX {
        for found in Proto::ALL.into_iter().filter_map(|proto| lookup_port(port, proto)) {
            assert!(found.same_port_records().all(|record| all.contains(&record)), "{found} at {port}");
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
        let (kind, expected) = match oracle.status(here, port.into(), proto.as_str()) {
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
        assert_eq!(*here, oracle.covering(port), "{port}");
    }
}

#[test]
fn lookup_service_answers_as_the_oracle_for_every_name_in_any_case() {
    let oracle = Oracle::load();
    let everyday = oracle.everyday(&oracle.by_port());
    let mut names: Vec<&str> = oracle.named().filter_map(|row| row.name.as_deref()).collect();
    names.sort_unstable();
    names.dedup();
    for name in names {
        let rows = oracle.service(name);
        for asked in [name.to_owned(), name.to_ascii_lowercase(), name.to_ascii_uppercase()] {
            let service = lookup_service(&asked).unwrap_or_else(|| panic!("{asked} is not found"));
            assert_eq!(Some(service.name()), rows[0].name.as_deref());
            let found: Vec<_> = service.records().map(record).collect();
            assert_eq!(found, rows.iter().map(|row| columns(row)).collect::<Vec<_>>(), "{asked}");
            assert!(service.records().all(|record| record.service() == service), "{asked}");
            for proto in Proto::ALL {
                let on_proto = |row: &&&Row| row.answers_on(proto.as_str());
                let ranked = |row: &&Row| Some((!everyday.contains(&row.index), row.ports?.0));
                let port = rows.iter().filter(on_proto).filter_map(ranked).min().map(|(_, port)| port);
                assert_eq!(service.port(proto).map(u32::from), port, "{asked} {proto}");
                assert_eq!(resolve_port(&asked, proto).ok().map(u32::from), port, "{asked} {proto}");
                let found = service.ports(proto).map(|ports| (ports.first().into(), ports.last().into()));
                let expected = rows.iter().filter(on_proto).filter_map(|row| row.ports);
                assert!(found.eq(expected), "{asked} {proto}");
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
        let Some((port, transport)) = row.first_answer else {
            let name = row.name.as_deref().unwrap_or_default().to_ascii_lowercase();
            return (u32::MAX, name, row.transport_order(), row.index);
        };
        let list = oracle.answers(&by_port[port as usize], port, transport);
        let rank = list.iter().position(|other| other == row).expect("a row answers at its own port");
        (port, String::new(), TRANSPORTS.iter().position(|known| *known == transport).unwrap(), rank)
    });
    assert_eq!(records().map(record).collect::<Vec<_>>(), rows.into_iter().map(columns).collect::<Vec<_>>());
}

#[test]
fn services_are_complete_and_in_their_documented_order() {
    let oracle = Oracle::load();
    let mut names: Vec<&str> = oracle.named().filter_map(|row| row.name.as_deref()).collect();
    names.sort_by_key(|name| name.to_ascii_lowercase());
    names.dedup_by_key(|name| name.to_ascii_lowercase());
    let names: Vec<&str> = names.into_iter().filter_map(|name| oracle.service(name)[0].name.as_deref()).collect();
    assert_eq!(services().map(|service| service.name()).collect::<Vec<_>>(), names);
}

#[test]
fn blocks_are_complete_and_in_their_documented_order() {
    let oracle = Oracle::load();
    let mut rows: Vec<&Row> = oracle.kept().filter(|row| row.name.is_none()).collect();
    let order = |row: &Row| row.transport.as_ref().map_or(TRANSPORTS.len(), |_| row.transport_order());
    rows.sort_by_key(|row| (row.ports, order(row), row.index));
    assert_eq!(blocks().map(block).collect::<Vec<_>>(), rows.into_iter().map(columns).collect::<Vec<_>>());
}

#[test]
fn the_date_and_the_experts_are_the_registrys() {
    let oracle = Oracle::load();
    assert_eq!(iana_ports::REGISTRY_UPDATED.to_string(), oracle.updated);
    assert_eq!(iana_ports::REGISTRY_EXPERTS, oracle.experts.as_deref());
}

#[test]
#[cfg(feature = "metadata")]
fn references_are_distinguished() {
    use iana_ports::ReferenceTarget;
    let oracle = Oracle::load();
    let by_position: Vec<(usize, iana_ports::References)> = records()
        .map(|record| (record.position(), record.references()))
        .chain(blocks().map(|block| (block.position(), block.references())))
        .collect();
    assert_eq!(by_position.len(), oracle.kept().count());
    let mut seen = [0; 4];
    for (position, references) in by_position {
        let row = &oracle.rows[position];
        assert_eq!(references.len(), row.references.len(), "{row:?}");
        for (reference, [kind, data, shown]) in references.zip(&row.references) {
            let (of, expected, text) = match reference.target() {
                ReferenceTarget::Rfc(number) => (0, "rfc", format!("rfc{number}")),
                ReferenceTarget::Draft(text) => (1, "draft", text.to_owned()),
                ReferenceTarget::Uri(text) => (2, "uri", text.to_owned()),
                ReferenceTarget::Text(text) => (3, "text", text.to_owned()),
                other => panic!("{other:?}"),
            };
            let is_text = ["text", "note", "rfc-errata", "registry", "unicode"].contains(&kind.as_str());
            assert!(expected == kind || (expected == "text" && is_text), "{row:?}");
            // The text may be the data or the label. The section of a draft may come from the label.
            let expected = if of == 3 || (of == 1 && shown.starts_with(data)) { shown } else { data };
            assert!(text.eq_ignore_ascii_case(expected), "{reference} for {data} of {row:?}");
            let is_target = reference.label().is_none();
            assert_eq!(reference.to_string(), *shown, "{row:?}");
            assert!(!is_target || reference.target().to_string() == *shown, "{row:?}");
            seen[of] += 1;
        }
    }
    assert!(oracle.filter.is_set || seen.into_iter().all(|count| count > 0), "{seen:?}");
}

#[test]
#[cfg(feature = "contacts")]
fn people_are_as_the_directory_says_or_only_ids() {
    use iana_ports::Person;
    let oracle = Oracle::load();
    let named: HashSet<&String> = oracle.kept().flat_map(|row| row.assignee.iter().chain(&row.contact)).collect();
    let mut found = 0;
    for id in named.iter().copied().chain(oracle.people.keys()) {
        // A filter leaves out people that no remaining row names.
        if !named.contains(id) && oracle.filter.is_set {
            assert_eq!(Person::find(id), None, "{id}");
            continue;
        }
        let person = Person::find(id).unwrap_or_else(|| panic!("{id} is not found"));
        assert_eq!((person.id(), person.to_string().as_str()), (id.as_str(), id.as_str()));
        let nothing = Default::default();
        let ([name, organization, updated], uris) = oracle.people.get(id).unwrap_or(&nothing);
        assert_eq!(person.name().unwrap_or_default(), name);
        assert_eq!(person.organization().unwrap_or_default(), organization);
        assert_eq!(person.updated().map_or(String::new(), |date| date.to_string()), *updated);
        assert!(person.uris().eq(uris.iter().map(String::as_str)), "{id}");
        assert_eq!(Person::find(&format!("{id} ")), None);
        found += 1;
    }
    assert!(found > 0 || oracle.people.is_empty() || oracle.filter.is_set);
}
