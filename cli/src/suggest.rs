//! Remarks about familiar names, and suggestions for a name that is not registered.

use crate::help;
use iana_ports::{
    FamiliarName, Proto, Record, Row, Service, check_service_name, familiar_name, familiar_names, familiar_port,
    lookup_service, service_name, services,
};
use strsim::damerau_levenshtein;

/// How many registered names a suggestion contains.
const CLOSEST: usize = 5;

/// A suggested name is at most this many characters longer or shorter. Other names are not similar, and to compare them
/// would take a long time.
const MOST_LONGER: usize = 4;

/// The end of a sentence about an unknown name: the command that it nearly is, or its meaning as a familiar name and the
/// closest registered names.
pub fn suggest(name: &str, can_be_command: bool) -> String {
    let asked = name.to_ascii_lowercase();
    let commands = help::command();
    let distance = |command: &&clap::Command| damerau_levenshtein(&asked, command.get_name());
    let command = commands.get_subcommands().min_by_key(distance).filter(|command| distance(command) <= name.len() / 3);
    if let Some(command) = command.filter(|_| can_be_command) {
        return format!("; did you mean the command {:?}?", format!("iana-ports {}", command.get_name()));
    }
    let familiar = familiar(name).map_or(String::new(), |what| format!("; {what}"));
    let closest = closest(name);
    let closest = if closest.is_empty() { closest } else { format!("; the closest names are {closest}") };
    familiar + &closest + &reason(name)
}

/// The end of a sentence about a name that nobody could register, or nothing.
pub fn reason(name: &str) -> String {
    check_service_name(name).map_or_else(|error| format!("; {error}"), |()| String::new())
}

/// The meanings of the name as a familiar name: registered services, and services that people run on other ports.
pub fn familiar(name: &str) -> Option<String> {
    // Among many names, most are not familiar.
    Proto::ALL.into_iter().find_map(|proto| familiar_port(name, proto))?;
    meaning(familiar_uses(name).collect())
}

/// The meanings of one familiar name. A registered name is not also the name of another service.
pub fn meaning(uses: Vec<FamiliarName>) -> Option<String> {
    let mut meanings: Vec<(Option<Service>, Vec<String>)> = Vec::new();
    for familiar in uses {
        let service = familiar.service().filter(|_| lookup_service(familiar.name()).is_none());
        let place = format!("{}/{}", familiar.port(), familiar.proto());
        match meanings.iter_mut().find(|(other, _)| *other == service) {
            Some((_, places)) => places.push(place),
            None => meanings.push((service, vec![place])),
        }
    }
    let sentence = |(service, places): &(Option<Service>, Vec<String>)| match service {
        Some(service) => format!("it is a familiar name of {service}, {}", places.join(" and ")),
        None => format!("people use it on {}", places.join(" and ")),
    };
    let sentences: Vec<String> = meanings.iter().map(sentence).collect();
    (!sentences.is_empty()).then(|| sentences.join("; "))
}

/// Every familiar name, except the registry's own name for a service.
pub fn all_uses() -> impl Iterator<Item = FamiliarName> {
    let is_own = |familiar: &FamiliarName| {
        familiar.service().is_some_and(|service| service.name().eq_ignore_ascii_case(familiar.name()))
    };
    familiar_names().filter(move |familiar| !is_own(familiar))
}

/// True if a file may say that the familiar name is on this port: its service, if it is registered with a port on the
/// transport, is there. Otherwise readers of the file would lose the registered port.
pub fn is_harmless(name: &str, port: u16, proto: Proto) -> bool {
    let has_port = |service: Service| {
        let mut ports = service.ports(proto).peekable();
        ports.peek().is_none() || ports.any(|ports| ports.contains(port))
    };
    lookup_service(name).is_none_or(has_port)
}

/// Where people use this name.
pub fn familiar_uses(name: &str) -> impl Iterator<Item = FamiliarName> {
    all_uses().filter(move |familiar| familiar.name().eq_ignore_ascii_case(name))
}

/// The records of the name's service, if it has one, on the port with the familiar name.
pub fn records(familiar: FamiliarName) -> impl Iterator<Item = Row> {
    let place = (Some(familiar.port()), Some(familiar.proto()));
    let records = familiar.service().into_iter().flat_map(Service::records);
    records.filter(move |record: &Record| (record.port(), record.proto()) == place).map(Row::from)
}

/// A remark on which ports people mean by a registered name, if the registry says otherwise.
pub fn other_meaning(service: Service) -> Option<String> {
    let name = service.name();
    let place = |proto: Proto| {
        let port = familiar_port(name, proto).filter(|&port| Some(port) != service.port(proto))?;
        let registered = service_name(port, proto).map_or(String::new(), |name| format!(" ({name})"));
        Some(format!("{port}/{proto}{registered}"))
    };
    let places: Vec<String> = Proto::ALL.into_iter().filter_map(place).collect();
    (!places.is_empty()).then(|| format!("{name}: people mean {}", places.join(" and ")))
}

/// The name that people use for a port, if it is not the registry's.
pub fn other_name(port: u16, proto: Proto) -> Option<&'static str> {
    familiar_name(port, proto).filter(|&name| Some(name) != service_name(port, proto))
}

/// Remarks on what people call a port on some transports, if the registry has another name for it, or none.
pub fn other_names(port: u16, protos: impl Iterator<Item = Proto>) -> Vec<String> {
    let mut all: Vec<(&str, bool, Vec<String>)> = Vec::new();
    for proto in protos {
        let Some(name) = other_name(port, proto) else { continue };
        let mut uses = familiar_uses(name).filter(|familiar| (familiar.port(), familiar.proto()) == (port, proto));
        let is_of_service = uses.any(|familiar| familiar.service().is_some());
        let place = format!("{port}/{proto}");
        match all.iter_mut().find(|(other, is_of, _)| (*other, *is_of) == (name, is_of_service)) {
            Some((.., places)) => places.push(place),
            None => all.push((name, is_of_service, vec![place])),
        }
    }
    let remark = |(name, is_of_service, places): (&str, bool, Vec<String>)| {
        let what = if is_of_service { format!("people call it {name}") } else { format!("people run {name} there") };
        format!("{}: {what}", places.join(" and "))
    };
    all.into_iter().map(remark).collect()
}

/// The registered names that are most similar.
fn closest(name: &str) -> String {
    let asked = name.to_ascii_lowercase();
    let is_near = |service: &Service| service.name().len().abs_diff(name.len()) <= MOST_LONGER;
    let mut services: Vec<Service> = services().filter(is_near).collect();
    services.sort_by_cached_key(|service| {
        let name = service.name().to_ascii_lowercase();
        let begins = name.starts_with(&asked) || asked.starts_with(&name);
        (damerau_levenshtein(&asked, &name), !begins)
    });
    let names: Vec<&str> = services.iter().take(CLOSEST).map(|service| service.name()).collect();
    names.join(", ")
}
