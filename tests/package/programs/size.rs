//! A program that calls the whole interface, except for the functions that read files. The feature `search` adds the
//! search. Without the feature `with`, the program calls nothing. tests/package/size.rs builds it with and without, and
//! compares the sizes.

#[cfg(feature = "with")]
use iana_ports::{
    Block, PortClass, PortRange, PortStatus, Proto, Record, Service, TransportPorts, blocks, blocks_in, check_service_name,
    lookup_flow, lookup_port, lookup_service, port_status, records, records_in, resolve_port, service_name, services,
};
use std::fmt::Write;

/// Every column that a feature adds.
#[cfg(feature = "with")]
macro_rules! columns {
    ($row:expr, $out:expr) => {{
        #[cfg(feature = "descriptions")]
        writeln!($out, "{}", $row.description())?;
        #[cfg(feature = "metadata")]
        {
            let (registered, modified, code) = ($row.registered(), $row.modified(), $row.service_code());
            writeln!($out, "{registered:?} {modified:?} {code:?} {}", $row.position())?;
            writeln!($out, "{:?} {:?}", $row.unauthorized_use(), $row.note())?;
            for reference in $row.references() {
                writeln!($out, "{reference} {:?} {}", reference.label(), reference.target().url().map_or(0, |url| url.to_string().len()))?;
            }
        }
        #[cfg(feature = "contacts")]
        for p in $row.assignees().chain($row.contacts()) {
            let found = iana_ports::Person::find(p.id());
            writeln!($out, "{p} {found:?} {:?}", (p.name(), p.organization(), p.uris().next(), p.updated()))?;
        }
        #[cfg(feature = "json")]
        writeln!($out, "{:?}", serde_json::to_string(&$row))?;
    }};
}

// The program's own code is not inlined, so that the difference in size is that of the crate.
#[cfg(feature = "with")]
#[inline(never)]
fn record(record: Record, out: &mut String) -> std::fmt::Result {
    let (port, proto, service) = (record.ports(), record.proto(), record.service());
    let (alias_of, is_alias) = (record.alias_of(), record.is_alias());
    columns!(record, out);
    writeln!(out, "{record} {port:?} {proto:?} {service} {alias_of:?} {is_alias}")
}

#[cfg(feature = "with")]
#[inline(never)]
fn block(block: Block, out: &mut String) -> std::fmt::Result {
    let (ports, proto) = (block.ports(), block.proto());
    columns!(block, out);
    writeln!(out, "{block} {ports} {proto:?} {}", block.is_unassigned())
}

#[cfg(feature = "with")]
fn answer(question: &str, out: &mut String) -> std::fmt::Result {
    #[cfg(feature = "json")]
    writeln!(out, "{:?}", serde_json::from_str::<(Service, PortRange, Proto, iana_ports::Date)>(question))?;
    writeln!(out, "{} {:?}", iana_ports::REGISTRY_UPDATED, check_service_name(question))?;
    for service in [lookup_service(question), Service::from_srv_label(question)].into_iter().flatten() {
        writeln!(out, "{} {:?}", service.name(), service.port(Proto::Tcp))?;
        service.ports(Proto::Udp).rev().try_for_each(|ports| writeln!(out, "{ports:>12}"))?;
        service.records().rev().try_for_each(|r| record(r, out))?;
    }
    #[cfg(feature = "familiar")]
    {
        let port = iana_ports::familiar_port(question, Proto::Tcp).unwrap_or_default();
        writeln!(out, "{port} {:?}", iana_ports::familiar_name(port, Proto::Tcp))?;
        iana_ports::familiar_names().rev().try_for_each(|familiar| writeln!(out, "{familiar} {:?}", familiar.service()))?;
    }
    match resolve_port(question, Proto::Udp) {
        Ok(port) => writeln!(out, "{port} {:?}", service_name(port, Proto::Udp))?,
        Err(error) => writeln!(out, "{error}")?,
    }
    if let Ok(ports) = question.parse::<PortRange>() {
        let ports = TransportPorts::new(ports, Proto::Tcp);
        writeln!(out, "{ports}")?;
        let (ports, proto) = (ports.ports(), Proto::from_ip_number(ports.proto().ip_number()).unwrap_or(ports.proto()));
        if let Some((serving, end)) = lookup_flow(ports.first(), ports.last(), proto) {
            writeln!(out, "{end} {ports} {proto}")?;
            record(serving, out)?;
        }
    }
    if let (Ok(ports), Ok(proto)) = (question.parse::<PortRange>(), question.parse::<Proto>()) {
        for port in ports {
            for record_of in lookup_port(port, proto).into_iter().flat_map(Record::same_port_records) {
                record(record_of, out)?;
            }
            match port_status(port, proto) {
                PortStatus::Reserved(Some(b)) | PortStatus::Unassigned(Some(b)) => block(b, out)?,
                status => writeln!(out, "{status} {status:?} {}", PortClass::of(port))?,
            }
        }
    }
    if let Ok(ports) = question.parse::<PortRange>() {
        records_in(ports).rev().try_for_each(|r| record(r, out))?;
        blocks_in(ports).try_for_each(|b| block(b, out))?;
    }
    #[cfg(feature = "search")]
    iana_ports::search(question).try_for_each(|row| writeln!(out, "{row}"))?;
    records().try_for_each(|r| record(r, out))?;
    blocks().rev().try_for_each(|b| block(b, out))?;
    services().try_for_each(|service| writeln!(out, "{service:?}"))
}

#[cfg(not(feature = "with"))]
fn answer(question: &str, out: &mut String) -> std::fmt::Result {
    writeln!(out, "{question} {:?} {:?}", question.parse::<u16>(), question.find('/'))
}

fn main() {
    let mut out = String::new();
    for question in std::env::args().skip(1) {
        answer(&question, &mut out).expect("writing to a string does not fail");
    }
    print!("{out}");
}
