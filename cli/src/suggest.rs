//! Suggestions for a name that is not registered.

use iana_ports::{FAMILIAR_SERVICES, Service, ServicesFile, lookup_service, services};

/// How many registered names a suggestion contains.
const CLOSEST: usize = 5;

/// A sentence with the meaning of the name as a familiar name, and with the registered names closest to it.
pub fn suggest(name: &str) -> String {
    let familiar = familiar(name).map_or(String::new(), |what| what + "; ");
    format!("{familiar}the closest names are {}", closest(name))
}

/// The meaning of the name as a familiar name: of registered services, and of what people run on other ports.
pub fn familiar(name: &str) -> Option<String> {
    let mut meanings: Vec<(Option<Service>, Vec<String>)> = Vec::new();
    for line in ServicesFile::new(FAMILIAR_SERVICES).filter_map(Result::ok) {
        let mut names = line.local_names();
        let Some(local) = names.find(|local| local.name.eq_ignore_ascii_case(name)) else { continue };
        let is_there = |service: &Service| service.ports(local.proto).any(|ports| ports.contains(local.port));
        let service = lookup_service(line.name()).filter(is_there);
        let place = format!("{}/{}", local.port, local.proto);
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

/// The registered names that are most similar.
fn closest(name: &str) -> String {
    let asked = name.to_ascii_lowercase();
    let mut services: Vec<Service> = services().collect();
    services.sort_by_cached_key(|service| {
        let name = service.name().to_ascii_lowercase();
        let begins = name.starts_with(&asked) || asked.starts_with(&name);
        (strsim::damerau_levenshtein(&asked, &name), !begins)
    });
    let names: Vec<&str> = services.iter().take(CLOSEST).map(|service| service.name()).collect();
    names.join(", ")
}
