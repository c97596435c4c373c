//! `iana-ports status`: what is compiled in.

use crate::Found;
use crate::output::{self, Output};
use crate::own::Own;
use crate::problem::Problem;
use iana_ports::{
    OVERLAY_SHA256, PortStatus, Proto, REGISTRY_SHA256, REGISTRY_UPDATED, blocks, port_status, records,
    services,
};
use serde::Serialize;

#[derive(Serialize)]
struct Fact {
    what: String,
    value: String,
}

impl output::Row for Fact {
    const COLUMNS: &'static [&'static str] = &["what", "value"];

    fn cells(&self) -> Vec<String> {
        vec![self.what.clone(), self.value.clone()]
    }
}

/// Prints which registry it is, how much it has, and what the ports of each transport are.
pub fn run(own: &Own<'_>, out: &Output) -> Result<Found, Problem> {
    let fact = |what: &str, value: &dyn ToString| Fact { what: what.to_owned(), value: value.to_string() };
    let mut facts = vec![
        fact("registry", &REGISTRY_UPDATED),
        fact("sha256", &REGISTRY_SHA256),
        fact("overlay sha256", &OVERLAY_SHA256.unwrap_or("-")),
        fact("rows", &(records().len() + blocks().len())),
        fact("records", &records().len()),
        fact("blocks", &blocks().len()),
        fact("service names", &services().len()),
        fact("own names", &own.names.len()),
    ];
    for proto in Proto::ALL {
        let mut counts = [0; 4];
        for port in 0..=u16::MAX {
            counts[match port_status(port, proto) {
                PortStatus::Assigned(_) => 0,
                PortStatus::Reserved(_) => 1,
                PortStatus::Unassigned(_) => 2,
                PortStatus::Dynamic => 3,
            }] += 1;
        }
        for (count, status) in counts.iter().zip(["assigned", "reserved", "unassigned", "dynamic"]) {
            facts.push(fact(&format!("{proto} ports {status}"), count));
        }
    }
    out.rows(&facts)?;
    Ok(Found::Everything)
}
