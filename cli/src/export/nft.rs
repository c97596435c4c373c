//! Definitions for nftables.

use crate::error::tell;
use crate::local_names::NamesFile;
use crate::selection::Selection;
use crate::suggest::{all_uses, is_harmless};
use iana_ports::{REGISTRY_UPDATED, Service, lookup_service, services};
use std::collections::{BTreeMap, HashMap};
use std::io::{self, Write};

/// Writes one definition for each name and transport, with all ports of the name. Local names come first.
pub fn write(selection: &Selection, own: &NamesFile<'_>, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "# The IANA registry of {REGISTRY_UPDATED}, for nftables")?;
    let mut has_example = false;
    for proto in selection.protos() {
        let mut defined = BTreeMap::new();
        let mut define = |name: &str, ports: Vec<String>| -> io::Result<()> {
            let set = match ports.as_slice() {
                [] => return Ok(()),
                [port] => port.clone(),
                _ => format!("{{ {} }}", ports.join(", ")),
            };
            // nftables allows no other characters in a name.
            let is_allowed = |c: char| c.is_ascii_alphanumeric() || "/-_.".contains(c);
            let written = name.replace(|c| !is_allowed(c), "_");
            if let Some(other) = defined.get(&written) {
                if other != name {
                    tell(&format!(
                        "left out {name}/{proto}, because its definition would have the same name as that of {other}"
                    ));
                }
                return Ok(());
            }
            if !has_example {
                writeln!(out, "# Example: {proto} dport ${proto}_{written} accept")?;
                has_example = true;
            }
            writeln!(out, "define {proto}_{written} = {set}")?;
            defined.insert(written, name.to_owned());
            Ok(())
        };
        let (mut names, mut ports_of) = (Vec::new(), HashMap::<&str, Vec<String>>::new());
        let familiar = all_uses().filter(|_| own.is_familiar);
        let familiar = familiar.map(|familiar| (familiar.name(), familiar.port(), familiar.proto()));
        let familiar = familiar.filter(|&(name, port, proto)| is_harmless(name, port, proto));
        let first = own.names.iter().map(|own| (own.name, own.port, own.proto)).chain(familiar);
        for (name, port, _) in first.filter(|&(_, port, on)| on == proto && selection.has(port, proto)) {
            let ports = ports_of.entry(name).or_insert_with(|| {
                names.push(name);
                Vec::new()
            });
            ports.push(port.to_string());
        }
        let registered = |service: Service| {
            let records = service.records().filter(|record| record.protos().contains(&proto));
            let ports = records.filter(|record| selection.has_on(*record, proto)).filter_map(|r| r.ports());
            ports.flat_map(|ports| selection.parts_of(ports)).map(|ports| ports.to_string()).collect::<Vec<_>>()
        };
        for name in names {
            let mut ports = ports_of.remove(name).unwrap_or_default();
            for port in lookup_service(name).into_iter().flat_map(registered) {
                if !ports.contains(&port) {
                    ports.push(port);
                }
            }
            define(name, ports)?;
        }
        for service in services() {
            define(service.name(), registered(service))?;
        }
    }
    Ok(())
}
