//! Familiar names: compares the answers for every port, transport and name with a simple reader of the list.

use crate::oracle::{self, FamiliarLine, Oracle, Row};
use iana_ports::{
    FamiliarName, Proto, familiar_name, familiar_names, familiar_port, is_familiar, lookup_service, service_name,
    services,
};
use static_assertions::const_assert_eq;
use std::collections::{BTreeMap, BTreeSet};
use std::mem::size_of;

const_assert_eq!(size_of::<FamiliarName>(), 2);
const_assert_eq!(size_of::<Option<FamiliarName>>(), 2);

/// A line that counts, with its registered service and the names that people use.
struct Line {
    own: FamiliarLine,
    service: Option<String>,
    names: Vec<String>,
}

/// The lines that the filter keeps, and that no overlay replaces.
fn lines(oracle: &Oracle) -> Vec<Line> {
    let by_port = oracle.by_port();
    let counts = |line: &FamiliarLine| {
        let primary = oracle.answers(&by_port[line.port as usize], line.port, &line.transport).first().copied();
        let has_its_name = |row: &Row| row.name.as_ref().is_some_and(|name| name.eq_ignore_ascii_case(&line.names[0]));
        oracle.filter.has(line.port, &line.transport) && primary.is_none_or(|row| !row.is_overlay || has_its_name(row))
    };
    let with_names = |line: FamiliarLine| {
        let rows = oracle.service(&line.names[0]);
        let service =
            rows.into_iter().find(|row| !row.is_overlay && row.covers(line.port) && row.answers_on(&line.transport));
        let service = service.and_then(|row| row.name.clone());
        let skipped = usize::from(service.is_some() && line.names.len() > 1);
        Line { names: line.names[skipped..].to_vec(), service, own: line }
    };
    oracle::familiar_lines().into_iter().filter(counts).map(with_names).collect()
}

#[test]
fn familiar_name_answers_as_the_list_everywhere() {
    let mut shown = BTreeMap::new();
    for Line { own: line, names, .. } in lines(&Oracle::load()) {
        shown.entry((line.port, line.transport)).or_insert(names[0].to_ascii_lowercase());
    }
    let mut others = 0;
    for proto in Proto::ALL {
        for port in 0..=u16::MAX {
            let registered = service_name(port, proto).map(str::to_ascii_lowercase);
            let listed = shown.remove(&(port.into(), proto.as_str().to_owned()));
            assert_eq!(is_familiar(port, proto), listed.is_some(), "{port}/{proto}");
            let expected = listed.or(registered.clone());
            assert_eq!(familiar_name(port, proto).map(str::to_ascii_lowercase), expected, "{port}/{proto}");
            others += u32::from(expected != registered);
        }
    }
    println!("{others} ports have a familiar name that is not the service name");
    assert!(others > 300 || !oracle::is_embedded(), "{others}");
}

/// Every name in each line of the list, in its order.
#[test]
fn familiar_names_are_the_names_of_the_list() {
    let lower = |name: &str| name.to_ascii_lowercase();
    let expected = lines(&Oracle::load()).into_iter().flat_map(|Line { own, service, names }| {
        let service = service.map(|service| lower(&service));
        names.into_iter().map(move |name| (lower(&name), own.port, own.transport.clone(), service.clone()))
    });
    let found = familiar_names().map(|familiar| {
        let service = familiar.service().map(|service| lower(service.name()));
        (lower(familiar.name()), familiar.port().into(), familiar.proto().to_string(), service)
    });
    assert_eq!(found.collect::<Vec<_>>(), expected.collect::<Vec<_>>());
    assert_eq!(familiar_names().len(), familiar_names().count());
    assert!(
        familiar_names().is_sorted()
            && familiar_names().rev().eq(familiar_names().collect::<Vec<_>>().into_iter().rev())
    );
}

/// All names in the list and in the registry, in any case, on every transport.
#[test]
fn familiar_port_answers_as_the_list_for_every_name() {
    let (mut shown, mut any, mut seen) = (BTreeMap::new(), BTreeMap::new(), BTreeSet::new());
    for Line { own: line, names, .. } in lines(&Oracle::load()) {
        let key = |name: &str| (name.to_ascii_lowercase(), line.transport.clone());
        if seen.insert((line.port, line.transport.clone())) {
            shown.entry(key(&names[0])).or_insert(line.port);
        }
        for name in &names {
            any.entry(key(name)).or_insert(line.port);
        }
    }
    let registered = services().map(|service| service.name().to_ascii_lowercase());
    let names: BTreeSet<String> = any.keys().map(|(name, _)| name.clone()).chain(registered).collect();
    let mut only_familiar = 0;
    for name in names {
        for proto in Proto::ALL {
            let key = (name.clone(), proto.as_str().to_owned());
            let own = lookup_service(&name).and_then(|service| service.port(proto)).map(u32::from);
            let expected = shown.get(&key).copied().or(own).or_else(|| any.get(&key).copied());
            for spelled in [&name, &name.to_ascii_uppercase()] {
                assert_eq!(familiar_port(spelled, proto).map(u32::from), expected, "{spelled} on {proto}");
            }
            only_familiar += u32::from(expected != own);
        }
        assert_eq!(familiar_port(&format!("{name}~"), Proto::Tcp), None);
    }
    println!("{only_familiar} names mean another port than the service's");
    assert!(only_familiar > 300 || !oracle::is_embedded(), "{only_familiar}");
    assert_eq!(familiar_port("", Proto::Tcp), None);
}
