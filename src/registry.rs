//! Which files were compiled in.

use crate::{Date, columns};

/// The date of the registry that is compiled in, as it says itself.
///
/// ```
/// assert!(iana_ports::REGISTRY_UPDATED >= iana_ports::Date::new(2024, 9, None).unwrap());
/// ```
pub const REGISTRY_UPDATED: Date = columns::UPDATED;

/// The SHA-256 of the registry file that is compiled in, in hexadecimal digits.
///
/// ```
/// assert_eq!(iana_ports::REGISTRY_SHA256.len(), 64);
/// assert!(!iana_ports::REGISTRY_SHA256.contains(|c: char| !c.is_ascii_hexdigit()));
/// ```
pub const REGISTRY_SHA256: &str = columns::REGISTRY_SHA256;

/// The SHA-256 of the overlay that was compiled in, in hexadecimal digits; `None` if there is none.
///
/// An overlay is a file that `IANA_PORTS_OVERLAY` names when the crate is built.
///
/// ```
/// assert!(iana_ports::OVERLAY_SHA256.is_none_or(|digits| digits.len() == 64));
/// ```
pub const OVERLAY_SHA256: Option<&str> = columns::OVERLAY_SHA256;
