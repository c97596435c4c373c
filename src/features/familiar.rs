//! The names in everyday use, which the feature `familiar` adds: `dns` for `domain`, `kafka` where IANA has another
//! name.

use crate::shared::id::Id;
use crate::shared::pad::pad;
use crate::tables::familiar::{self, USES};
use crate::tables::{entries, ports};
use crate::{Proto, Service, lookup_service};
use core::ops::Range;

/// The name that people use for a port on a transport: the one in the list of [`familiar_names`], or else the result of
/// [`service_name`](crate::service_name). `None` if neither has a name.
///
/// ```
/// use iana_ports::{Proto, familiar_name};
///
/// assert_eq!(familiar_name(53, Proto::Udp), Some("dns")); // IANA's name is domain
/// assert_eq!(familiar_name(9092, Proto::Tcp), Some("kafka")); // IANA has another service there
/// assert_eq!(familiar_name(264, Proto::Tcp), Some("bgmp")); // not in the list
/// assert_eq!(familiar_name(50_123, Proto::Tcp), None);
/// ```
#[must_use]
pub const fn familiar_name(port: u16, proto: Proto) -> Option<&'static str> {
    let (shown, primary) = (familiar::shown(port, proto), ports::primary_entry(port, proto) as usize);
    entries::name_of(if shown == 0 { primary } else { shown })
}

/// True if the list of familiar names has this port on this transport, so that [`familiar_name`] does not fall back.
///
/// IANA has names for 134 ports from 32768 to 60999 on TCP, from which Linux takes the ports of clients. A tool that
/// names all ports of its packets may want to name those for which this is true, and others only if they are ports of
/// servers.
///
/// ```
/// use iana_ports::{Proto, is_familiar};
///
/// assert!(is_familiar(53, Proto::Udp));
/// assert!(!is_familiar(264, Proto::Tcp)); // registered, but not in the list
/// ```
#[must_use]
pub const fn is_familiar(port: u16, proto: Proto) -> bool {
    familiar::shown(port, proto) != 0
}

/// The port that people mean by a name on a transport, ASCII case ignored: by a familiar name (`dns`, `postgres`) or a
/// service name. `None` if the name is neither, or has no port on this transport.
///
/// A name with several ports means the port where the list of familiar names shows it first. If it is shown for none,
/// it means the port that [`Service::port`] gives, or else the first one of which it is an alias. Nothing is trimmed,
/// and no number is parsed.
///
/// ```
/// use iana_ports::{Proto, familiar_port};
///
/// assert_eq!(familiar_port("dns", Proto::Udp), Some(53));
/// assert_eq!(familiar_port("RDP", Proto::Tcp), Some(3389)); // registered without a port
/// assert_eq!(familiar_port("irc", Proto::Tcp), Some(6667)); // IANA assigned 194
/// assert_eq!(familiar_port("no-such-service", Proto::Tcp), None);
/// ```
#[must_use]
pub const fn familiar_port(name: &str, proto: Proto) -> Option<u16> {
    let (shown, any) = familiar::ports(name.as_bytes(), proto);
    if shown.is_some() {
        return shown;
    }
    match lookup_service(name) {
        Some(service) if service.port(proto).is_some() => service.port(proto),
        _ => any,
    }
}

/// A name in everyday use on one port and transport: an item of [`familiar_names`].
///
/// It has the size of two bytes, and so does an `Option` of it. Familiar names sort in the order of the list.
///
/// ```
/// use iana_ports::{Proto, familiar_names, lookup_service};
///
/// let of = |name| familiar_names().find(|familiar| familiar.name() == name).unwrap();
/// assert_eq!((of("dns").port(), of("dns").proto(), of("dns").service()), (53, Proto::Tcp, lookup_service("domain")));
/// assert_eq!(of("kafka").service(), None); // IANA assigned the port to another service
/// assert_eq!(of("kafka").to_string(), "kafka 9092/tcp");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[must_use]
pub struct FamiliarName(Id);

impl FamiliarName {
    /// The name, as the list spells it first.
    pub const fn name(self) -> &'static str {
        familiar::of_use(self.0.get()).2
    }

    /// The port where people use the name.
    pub const fn port(self) -> u16 {
        familiar::of_use(self.0.get()).0
    }

    /// The transport protocol.
    pub const fn proto(self) -> Proto {
        familiar::of_use(self.0.get()).1
    }

    /// The registered service that people call by this name there, `None` if IANA assigned the port to another service
    /// or to none.
    pub const fn service(self) -> Option<Service> {
        map!(familiar::service(self.0.get()), |service| Service::new(service))
    }
}

display!(FamiliarName, |self, f| write!(f, "{} {}/{}", self.name(), self.port(), self.proto()));
debug_as_displayed!(FamiliarName);

/// Every name in everyday use, on every port and transport where people use it, in the order of the list: the name that
/// is shown for a port comes before its other names.
///
/// The list is registry/familiar.services, or the file that `IANA_PORTS_FAMILIAR` named when the crate was built,
/// without ports that a filter leaves out or for which an overlay has another name.
///
/// ```
/// let mut on_445 = iana_ports::familiar_names().filter(|familiar| familiar.port() == 445);
/// assert_eq!(on_445.next().unwrap().name(), "smb");
/// assert!(!iana_ports::familiar_names().any(|familiar| familiar.name() == "domain")); // people say dns
/// ```
pub fn familiar_names() -> FamiliarNames {
    FamiliarNames { uses: 0..USES }
}

iterator!(
    /// Every name in everyday use; see [`familiar_names`].
    FamiliarNames { uses: Range<u16> } yields FamiliarName, |self, number| FamiliarName(Id::new(number)));
