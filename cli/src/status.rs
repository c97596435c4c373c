//! `iana-ports status`: what is compiled in.

use crate::Outcome;
use crate::error::Error;
use crate::local_names::NamesFile;
use crate::output::Output;
use crate::rows::text_or_null;
use iana_ports::{
    OVERLAY_SHA256, Proto, REGISTRY_SHA256, REGISTRY_SOURCE, REGISTRY_UPDATED, blocks, port_status, records, services,
};
use serde::Serialize;
use std::collections::BTreeMap;

#[derive(Serialize)]
struct Fact {
    what: String,
    #[serde(serialize_with = "text_or_null")]
    value: String,
}

/// Prints the date and source of the registry, how much it contains, and how many ports of each transport have each
/// status.
pub fn run(own: &NamesFile<'_>, out: &Output) -> Result<Outcome, Error> {
    let fact = |what: &str, value: &dyn ToString| Fact { what: what.to_owned(), value: value.to_string() };
    let mut facts = vec![
        fact("registry", &REGISTRY_UPDATED),
        fact("source", &REGISTRY_SOURCE.unwrap_or_default()),
        fact("sha256", &REGISTRY_SHA256),
        fact("overlay sha256", &OVERLAY_SHA256.unwrap_or_default()),
        fact("rows", &(records().len() + blocks().len())),
        fact("records", &records().len()),
        fact("blocks", &blocks().len()),
        fact("service names", &services().len()),
        fact("local names", &own.names.len()),
    ];
    for proto in Proto::ALL {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        (0..=u16::MAX).for_each(|port| *counts.entry(port_status(port, proto).as_str()).or_default() += 1);
        for (status, count) in counts {
            facts.push(fact(&format!("{proto} ports {}", status.to_lowercase()), &count));
        }
    }
    out.rows(&["what", "value"], &facts)?;
    Ok(Outcome::Everything)
}
