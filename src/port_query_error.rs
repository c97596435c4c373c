//! Why a text is no query for ports.

use crate::shared::excerpt::Excerpt;

pub(crate) use ParsePortQueryErrorKind as Kind;

/// Text that is no [`PortQuery`](crate::PortQuery).
///
/// ```
/// let error = |text: &str| text.parse::<iana_ports::PortQuery>().unwrap_err();
/// assert_eq!(error("90-80").to_string(), "the range \"90-80\" runs backwards");
/// assert_eq!(error("1024-").kind(), iana_ports::ParsePortQueryErrorKind::NoEnd(1024));
/// assert!(error("htps/tcp").is_unknown_name() && !error("443/icmp").is_unknown_name());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ParsePortQueryError {
    kind: Kind,
    text: Excerpt,
    is_familiar: bool,
}

/// The kind of a [`ParsePortQueryError`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ParsePortQueryErrorKind {
    /// There is no port and no name.
    Empty,
    /// There are several items, but one is expected.
    Several,
    /// The form is right, but the name is not known.
    UnknownName,
    /// Something like a number; perhaps the port that is meant.
    NotANumber(Option<u16>),
    /// A number is over 65535.
    TooLarge,
    /// The second end of the range is the lower one.
    Reversed,
    /// The range has only its first port.
    NoEnd(u16),
    /// The range has only its last port.
    NoStart(u16),
    /// The transport is none of the registry's.
    UnknownTransport,
    /// QUIC, which is no transport with ports of its own.
    Quic,
    /// A protocol that has no ports, such as ICMP.
    NoPorts,
    /// An item has two transports that contradict each other.
    TwoTransports,
    /// There are transports, but no ports.
    OnlyTransports,
    /// The list begins and ends with a transport that stands alone.
    BothEnds,
    /// An address or a host without a port.
    NoPort,
    /// Ports to leave out: `!443`.
    Exclusion,
    /// A port that is mapped to another: `8080->80`.
    Mapping,
    /// None of the forms.
    Form,
}

impl ParsePortQueryError {
    pub(crate) fn new(kind: Kind, text: &str, is_familiar: bool) -> Self {
        Self { kind, text: Excerpt::of(text), is_familiar }
    }

    /// Says what is wrong with the text.
    pub const fn kind(&self) -> ParsePortQueryErrorKind {
        self.kind
    }

    /// True if the form is right, but the name is not known.
    pub const fn is_unknown_name(&self) -> bool {
        matches!(self.kind, Kind::UnknownName)
    }
}

error!(ParsePortQueryError, |self, f| {
    let text = &self.text;
    match self.kind {
        Kind::Empty => write!(f, "there is no port; expected a form such as 443, 443/tcp or https"),
        Kind::Several => write!(f, "{text} is a list of several ports or names; expected one"),
        Kind::UnknownName => {
            let what = if self.is_familiar { "known name" } else { "service name of the IANA registry" };
            write!(f, "{text} is not a {what}; expected one, or ports in a form such as 443, 6000-6010 or 443/tcp")
        }
        Kind::NotANumber(Some(port)) => write!(f, "{text} is not a port number; expected {port}"),
        Kind::NotANumber(None) => write!(f, "{text} is not a port number or a range such as 6000-6063"),
        Kind::TooLarge => write!(f, "{text} is over 65535, the largest port number"),
        Kind::Reversed => write!(f, "the range {text} runs backwards"),
        Kind::NoEnd(port) => write!(f, "the range {text} has no end; expected {port}-65535, or {port} for one port"),
        Kind::NoStart(port) => write!(f, "the range {text} has no start; expected 0-{port}, or {port} for one port"),
        Kind::UnknownTransport => write!(f, "unknown transport protocol {text}, expected tcp, udp, sctp or dccp"),
        Kind::Quic => write!(f, "{text} is not a transport protocol; QUIC runs on udp"),
        Kind::NoPorts => write!(f, "{text} has no ports; expected tcp, udp, sctp or dccp"),
        Kind::TwoTransports => write!(f, "{text} has two transports; expected one, or a set such as 53/tcp+udp"),
        Kind::OnlyTransports => write!(f, "{text} has a transport but no port; expected a form such as 443/tcp"),
        Kind::BothEnds => {
            write!(f, "{text} begins and ends with a transport; ")?;
            write!(f, "expected each transport before its ports, or each after")
        }
        Kind::NoPort => write!(f, "{text} has no port; expected a form such as 192.0.2.1:443 or [::1]:443"),
        Kind::Exclusion => write!(f, "{text} leaves ports out, which no form does; expected the ports to include"),
        Kind::Mapping => write!(f, "{text} maps a port to another; expected one of them"),
        Kind::Form => write!(f, "{text} is not a service name; expected one, or a form such as 443 or 443/tcp"),
    }
});
