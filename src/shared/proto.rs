//! Transport protocols, in the order by which everything sorts.

use super::excerpt::Excerpt;
use core::str::FromStr;

/// A transport protocol that the registry assigns ports for.
///
/// Transports sort as the registry sorts them: TCP, UDP, SCTP, DCCP. `Proto::Tcp as u8` is the rank in this order, not
/// the protocol number of IP. They parse in any case. UDP-Lite has no rows of its own: its protocol number 136 counts
/// as UDP, whose port numbers it uses (RFC 3828 section 3.1), but `udplite` is no text for a transport.
///
/// ```
/// use iana_ports::Proto;
///
/// assert_eq!((Proto::from_ip_number(17), Proto::Udp.ip_number(), Proto::Udp.as_str()), (Some(Proto::Udp), 17, "udp"));
/// assert_eq!((Proto::from_ip_number(136), Proto::from_ip_number(1)), (Some(Proto::Udp), None)); // UDP-Lite, ICMP
/// assert_eq!("SCTP".parse(), Ok(Proto::Sctp));
/// assert!("quic".parse::<Proto>().is_err());
/// ```
#[doc(alias = "transport")]
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Proto {
    /// Transmission Control Protocol, IP protocol number 6.
    #[doc(alias = "IPPROTO_TCP")]
    Tcp,
    /// User Datagram Protocol, IP protocol number 17.
    #[doc(alias = "IPPROTO_UDP")]
    Udp,
    /// Stream Control Transmission Protocol, IP protocol number 132.
    #[doc(alias = "IPPROTO_SCTP")]
    Sctp,
    /// Datagram Congestion Control Protocol, IP protocol number 33.
    #[doc(alias = "IPPROTO_DCCP")]
    Dccp,
}

impl Proto {
    /// All four, in order.
    pub const ALL: [Self; 4] = [Self::Tcp, Self::Udp, Self::Sctp, Self::Dccp];

    /// The transports of a row that has a service name and a port but names no transport: IANA used to assign TCP and
    /// UDP together (RFC 6335 section 7.1).
    pub(crate) const IF_NONE_NAMED: [Self; 2] = [Self::Tcp, Self::Udp];

    /// The transports on which a row with a service name answers: the one it names, or else these two if it has a port,
    /// or else all, because the name is for any transport.
    pub(crate) const fn of_record(named: Option<Self>, has_port: bool) -> &'static [Self] {
        if named.is_none() && has_port { &Self::IF_NONE_NAMED } else { Self::of_block(named) }
    }

    /// The transports on which a row without a service name counts: the one it names, or else all.
    pub(crate) const fn of_block(named: Option<Self>) -> &'static [Self] {
        match named {
            Some(proto) => Self::ALL.split_at(proto as usize).1.split_at(1).0,
            None => &Self::ALL,
        }
    }

    /// The registry's word for it: `tcp`, `udp`, `sctp`, `dccp`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Tcp => "tcp",
            Self::Udp => "udp",
            Self::Sctp => "sctp",
            Self::Dccp => "dccp",
        }
    }

    /// The protocol number in the IPv4 header and in IPv6's next header field.
    pub const fn ip_number(self) -> u8 {
        match self {
            Self::Tcp => 6,
            Self::Udp => 17,
            Self::Sctp => 132,
            Self::Dccp => 33,
        }
    }

    /// The transport protocol of this IP protocol number, `None` if it is none of these. UDP-Lite counts as UDP.
    #[inline]
    pub const fn from_ip_number(number: u8) -> Option<Self> {
        IP_NUMBER_TO_PROTO[number as usize]
    }
}

/// A table instead of comparisons, for which the compiler would duplicate the lookup: then the processor mispredicts
/// each packet whose transport differs from the last one's.
static IP_NUMBER_TO_PROTO: [Option<Proto>; 256] = {
    let mut table = [None; 256];
    let mut at = 0;
    while at < Proto::ALL.len() {
        table[Proto::ALL[at].ip_number() as usize] = Some(Proto::ALL[at]);
        at += 1;
    }
    table[UDP_LITE as usize] = Some(Proto::Udp);
    table
};

/// The protocol number of UDP-Lite.
const UDP_LITE: u8 = 136;

display!(Proto, |self| self.as_str());

impl FromStr for Proto {
    type Err = ParseProtoError;

    fn from_str(text: &str) -> Result<Self, ParseProtoError> {
        let mut all = Self::ALL.into_iter();
        let known = all.find(|proto| proto.as_str().eq_ignore_ascii_case(text));
        known.ok_or(ParseProtoError(Excerpt::of(text)))
    }
}

from!(u8, |proto: Proto| proto.ip_number());

impl TryFrom<u8> for Proto {
    type Error = TryFromIpNumberError;

    fn try_from(number: u8) -> Result<Self, TryFromIpNumberError> {
        Self::from_ip_number(number).ok_or(TryFromIpNumberError(number))
    }
}

/// Text that does not name a transport protocol.
///
/// ```
/// let error = "quic".parse::<iana_ports::Proto>().unwrap_err().to_string();
/// assert_eq!(error, "unknown transport protocol \"quic\", expected tcp, udp, sctp or dccp");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ParseProtoError(Excerpt);

error!(ParseProtoError, |self, f| write!(f, "unknown transport protocol {}, expected tcp, udp, sctp or dccp", self.0));

/// An IP protocol number for which [`Proto::from_ip_number`] gives `None`.
///
/// ```
/// let error = iana_ports::Proto::try_from(1).unwrap_err().to_string();
/// assert!(error.starts_with("unknown IP protocol number 1, expected 6 (tcp)"));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TryFromIpNumberError(u8);

error!(TryFromIpNumberError, |self, f| write!(
    f,
    "unknown IP protocol number {}, expected 6 (tcp), 17 (udp), 132 (sctp) or 33 (dccp)",
    self.0
));
