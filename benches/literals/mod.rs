//! The rival that needs no generated source: phf's map, filled while the program runs.

use super::queries::key;
use iana_ports::{Proto, lookup_port};
use std::sync::LazyLock;

/// Every port and transport that has a name, with the name.
pub static PORTS: LazyLock<Vec<(u32, &'static str)>> = LazyLock::new(|| {
    let all = Proto::ALL.into_iter().flat_map(|proto| (0..=u16::MAX).map(move |port| (port, proto)));
    all.filter_map(|port| Some((key(port), lookup_port(port.0, port.1)?.name()))).collect()
});

/// The map that `phf_map!` makes from literals, but made at run time. Fields and lookup are the same.
pub fn phf_map<K: phf_shared::PhfHash + Copy, V: Copy>(entries: &[(K, V)]) -> phf::Map<K, V> {
    let keys: Vec<K> = entries.iter().map(|entry| entry.0).collect();
    let state = phf_generator::generate_hash(&keys);
    let entries: Vec<(K, V)> = state.map.iter().map(|&at| entries[at]).collect();
    phf::Map { key: state.key, disps: state.disps.leak(), entries: entries.leak() }
}
