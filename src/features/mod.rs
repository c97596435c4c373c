//! Cargo features: they add columns to records and blocks, the types of their values, familiar names, and
//! serialization.

#[cfg(feature = "contacts")]
pub(crate) mod contacts;
#[cfg(feature = "descriptions")]
mod descriptions;
#[cfg(feature = "familiar")]
pub(crate) mod familiar;
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
