//! Cargo features: they add columns to records and blocks, the types of their values, and serialization.

#[cfg(feature = "contacts")]
pub(crate) mod contacts;
#[cfg(feature = "metadata")]
pub(crate) mod metadata;
#[cfg(feature = "contacts")]
pub(crate) mod person;
#[cfg(feature = "metadata")]
pub(crate) mod reference;
#[cfg(feature = "serde")]
mod serde;
#[cfg(feature = "metadata")]
pub(crate) mod service_code;
