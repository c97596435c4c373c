//! The names in everyday use, which the feature `familiar` adds: `dns` for `domain`, `kafka` where IANA has another
//! name.

use crate::tables::{entries, familiar, ports};
use crate::{Proto, Service, lookup_service};
use core::slice;

/// The name that people use for a port on a transport; if the list of familiar names has none, the result of
/// [`service_name`](crate::service_name).
///
/// `None` if neither has a name. Some familiar names are other names of the service that IANA registered, and some say
/// what people run on the port instead. The list is [`FAMILIAR_SERVICES`](crate::FAMILIAR_SERVICES) unless the build
/// names another one. A port for which an overlay has a name of its own keeps that name.
///
/// Needs the feature `familiar`.
///
/// ```
/// use iana_ports::{Proto, familiar_name, service_name};
///
/// assert_eq!(familiar_name(53, Proto::Udp), Some("dns"));
/// assert_eq!(service_name(53, Proto::Udp), Some("domain"));
/// assert_eq!(familiar_name(9092, Proto::Tcp), Some("kafka"));
/// assert_eq!(familiar_name(264, Proto::Tcp), Some("bgmp")); // not in the list
/// assert_eq!(familiar_name(50_123, Proto::Tcp), None);
/// ```
#[inline]
pub const fn familiar_name(port: u16, proto: Proto) -> Option<&'static str> {
    let place = familiar::name_of_port(port, proto, ports::primary_entry(port, proto));
    let name = entries::name(place);
    if place == 0 { None } else { Some(name) }
}

/// The port that people mean by a name on a transport, ASCII case ignored. The name can be a familiar one (`dns`,
/// `postgres`, `wireguard`) or a service name.
///
/// `None` if the name is neither, or has no port on this transport. A name with several ports means the port where the
/// list of familiar names shows it first. If it is shown for none, it means the port that [`Service::port`] gives, or
/// else the first one of which it is an alias. Nothing is trimmed, and no number is parsed.
///
/// Needs the feature `familiar`.
///
/// ```
/// use iana_ports::{Proto, familiar_port, lookup_service};
///
/// assert_eq!(familiar_port("dns", Proto::Udp), Some(53));
/// assert_eq!(familiar_port("RDP", Proto::Tcp), Some(3389));
/// assert_eq!(lookup_service("rdp").unwrap().port(Proto::Tcp), None); // registered without a port
/// assert_eq!(familiar_port("irc", Proto::Tcp), Some(6667)); // IANA assigned 194
/// assert_eq!(familiar_port("https", Proto::Tcp), Some(443));
/// assert_eq!(familiar_port("no-such-service", Proto::Tcp), None);
/// ```
pub const fn familiar_port(name: &str, proto: Proto) -> Option<u16> {
    if let Some(port) = familiar::port(name.as_bytes(), proto) {
        return Some(port);
    }
    match lookup_service(name) {
        Some(service) => service.port(proto),
        None => None,
    }
}

impl Service {
    /// The other names that people use for the service, in the order of the list of familiar names; the one that
    /// [`familiar_name`] shows comes first. Empty if there are none.
    ///
    /// Needs the feature `familiar`.
    ///
    /// ```
    /// use iana_ports::lookup_service;
    ///
    /// assert!(lookup_service("domain").unwrap().familiar_names().eq(["dns"]));
    /// assert_eq!(lookup_service("ssh").unwrap().familiar_names().count(), 0);
    /// ```
    pub fn familiar_names(self) -> FamiliarNames {
        let inner = familiar::of_service(self.id()).iter();
        FamiliarNames { left: inner.len(), inner }
    }
}

/// The familiar names of a service; see [`Service::familiar_names`].
///
/// ```
/// use iana_ports::lookup_service;
///
/// let mut names = lookup_service("sunrpc").unwrap().familiar_names();
/// assert_eq!(names.next(), Some("rpcbind"));
/// assert_eq!(names.len(), 3); // portmap, portmapper, rpc
/// ```
#[derive(Clone, Debug)]
pub struct FamiliarNames {
    inner: slice::Iter<'static, [u16; 2]>,
    left: usize,
}

iterator!(FamiliarNames yields &'static str, |self, row| familiar::name(row[1]));
