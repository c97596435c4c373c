//! Tests of the library: the answers for any registry, and the public types.

mod oracle;

mod allocations;
mod exhaustive;
mod facts;
#[cfg(feature = "familiar")]
mod familiar;
mod invariants;
mod local_names;
mod platform;
mod port_queries;
mod public_types;
mod random;
mod search;
#[cfg(feature = "serde")]
mod serialization;
