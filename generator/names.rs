//! Which number an entry and a service get, so that the name table needs no column of its own.
//!
//! A service's number is its slot under the perfect hash; names too long for it follow. The first
//! entry of a service has the service's number, so that a slot is an entry. All further entries
//! come behind.

use super::candidates::Answers;
use super::error::{Fault, Problem};
use super::hash::SHORT;
use super::perfect::{Perfect, perfect};

/// The numbers that the tables use.
#[derive(Debug)]
pub struct Numbering {
    /// The perfect hash of the short names.
    pub hash: Perfect,
    /// Place in the order of names to service.
    pub services: Vec<usize>,
    /// Index into [`Answers::entries`] to entry.
    pub entries: Vec<usize>,
}

/// Numbers all services and entries.
pub fn numbering(answers: &Answers) -> Result<Numbering, Fault> {
    let names: Vec<&str> = answers.services.keys().map(String::as_str).collect();
    let short: Vec<&str> = names.iter().copied().filter(|name| name.len() <= SHORT).collect();
    let hash = perfect(&short).ok_or(Fault::at(0, Problem::Collisions))?;

    let (mut slots, mut behind) = (hash.slots.iter().copied(), short.len()..);
    let number = |name: &&str| if name.len() <= SHORT { slots.next() } else { behind.next() };
    let services: Vec<usize> = names.iter().filter_map(number).collect();

    let mut entries = vec![None; answers.entries.len()];
    for (&service, of_service) in services.iter().zip(answers.services.values()) {
        entries[of_service[0]] = Some(service);
    }
    let mut further = services.len()..;
    let entries = entries.into_iter().filter_map(|number| number.or_else(|| further.next())).collect();
    Ok(Numbering { hash, services, entries })
}
