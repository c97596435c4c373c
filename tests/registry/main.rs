//! The library: its answers, whatever registry it was built from, and its public types.

mod oracle;

mod allocations;
mod exhaustive;
mod facts;
#[cfg(feature = "familiar")]
mod familiar;
mod invariants;
mod local_names;
mod platform;
mod public_types;
mod random;
mod search;
#[cfg(feature = "serde")]
mod serialization;
