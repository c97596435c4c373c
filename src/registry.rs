//! The files that were compiled in.

use crate::Date;
use crate::tables::generated;

/// The date of the registry that is compiled in, as it says itself.
///
/// ```
/// assert!(iana_ports::REGISTRY_UPDATED >= iana_ports::Date::new(2024, 9, None).unwrap());
/// assert_eq!(iana_ports::REGISTRY_SHA256.len(), 64);
/// ```
pub const REGISTRY_UPDATED: Date = Date::from_parts(generated::UPDATED.0, generated::UPDATED.1, generated::UPDATED.2);

/// The SHA-256 of the registry file, in hexadecimal digits.
pub const REGISTRY_SHA256: &str = generated::REGISTRY_SHA256;

/// The SHA-256 of the overlay, the file that `IANA_PORTS_OVERLAY` named when the crate was built, in hexadecimal
/// digits. `None` if there is none.
pub const OVERLAY_SHA256: Option<&str> = generated::OVERLAY_SHA256;

/// A sentence that says where the data of the embedded registry comes from. `None` if `IANA_PORTS_REGISTRY` named
/// another file.
pub const REGISTRY_SOURCE: Option<&str> =
    if cfg!(embedded_registry) { Some(include_str!("../registry/source.txt").trim_ascii_end()) } else { None };

/// The experts who review requests for assignments, with `; ` between the groups for different transports. `None` if
/// the registry names none.
pub const REGISTRY_EXPERTS: Option<&str> = if generated::EXPERTS.is_empty() { None } else { Some(generated::EXPERTS) };
