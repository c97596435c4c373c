//! One name of one's own.

use super::Proto;

/// A name of one's own for a port on a transport.
///
/// Sorted by port, then transport, then name. For [`OwnNames`](crate::OwnNames) only port and transport count.
///
/// ```
/// use iana_ports::{OwnName, Proto};
///
/// let billing = OwnName { port: 8080, proto: Proto::Tcp, name: "billing" };
/// assert!(billing < OwnName { port: 8081, ..billing });
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OwnName<'a> {
    /// The port.
    pub port: u16,
    /// The transport protocol.
    pub proto: Proto,
    /// The name.
    pub name: &'a str,
}
