//! The three classes of port numbers.

use super::port_range::PortRange;

/// The three ranges of port numbers of RFC 6335 section 6. They display as `System`, `User` and `Dynamic`.
///
/// ```
/// assert_eq!(iana_ports::PortClass::of(443).to_string(), "System");
/// assert_eq!(iana_ports::PortClass::of(1024).ports().to_string(), "1024-49151");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PortClass {
    #[doc(alias = "well-known")]
    /// System Ports, also Well Known Ports: 0-1023, assigned by IETF procedures.
    System,
    #[doc(alias = "registered")]
    /// User Ports, also Registered Ports: 1024-49151, assigned by IANA.
    User,
    #[doc(alias = "ephemeral")]
    /// Dynamic Ports, also Private or Ephemeral Ports: 49152-65535, never assigned.
    Dynamic,
}

impl PortClass {
    /// The class of a port. Every port has one.
    pub const fn of(port: u16) -> Self {
        if Self::System.ports().contains(port) {
            Self::System
        } else if Self::User.ports().contains(port) {
            Self::User
        } else {
            Self::Dynamic
        }
    }

    /// All ports of the class.
    pub const fn ports(self) -> PortRange {
        match self {
            Self::System => PortRange::from_ends(0, 1023),
            Self::User => PortRange::from_ends(1024, 49_151),
            Self::Dynamic => PortRange::from_ends(49_152, 65_535),
        }
    }
}

display!(PortClass, |self| match self {
    Self::System => "System",
    Self::User => "User",
    Self::Dynamic => "Dynamic",
});
