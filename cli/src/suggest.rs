//! Suggestions for a name that is not registered.

use iana_ports::{FAMILIAR_SERVICES, Service, ServicesFile, ServicesLine, lookup_service, services};

/// How many registered names a suggestion contains.
const CLOSEST: usize = 5;

/// A sentence with the meaning of the name as a familiar name, and with the registered names closest to it.
pub fn suggest(name: &str) -> String {
    let familiar = familiar(name).map_or(String::new(), |what| what + "; ");
    format!("{familiar}the closest names are {}", closest(name))
}

/// The meaning of the name as a familiar name.
pub fn familiar(name: &str) -> Option<String> {
    let lines: Vec<ServicesLine<'static>> = ServicesFile::new(FAMILIAR_SERVICES)
        .filter_map(Result::ok)
        .filter(|line| line.local_names().any(|local| local.name.eq_ignore_ascii_case(name)))
        .collect();
    let places: Vec<String> = lines.iter().map(|line| format!("{}/{}", line.port(), line.transport())).collect();
    let places = places.join(" and ");
    match lookup_service(lines.first()?.name()) {
        Some(service) => Some(format!("it is a familiar name of {service}, {places}")),
        None => Some(format!("people use it on {places}")),
    }
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
