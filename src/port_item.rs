//! One item of a list of ports: ports or a name, perhaps after an address, perhaps with transports.

use crate::port_address::{hexadecimal, is_address, is_digits, is_of_host, split_address, url};
use crate::port_query_error::Kind;
use crate::shared::pad::pad;
use crate::{ParsePortQueryError, PortQuery, PortRange, Proto, Service};
use core::fmt;

/// Transports, each a bit: `1 << proto as u8`.
pub(crate) type Mask = u8;

/// The transports of each mask.
#[rustfmt::skip]
const SETS: [&[Proto]; 16] = {
    use Proto::{Dccp as D, Sctp as S, Tcp as T, Udp as U};
    [
        &[], &[T], &[U], &[T, U], &[S], &[T, S], &[U, S], &[T, U, S],
        &[D], &[T, D], &[U, D], &[T, U, D], &[S, D], &[T, S, D], &[U, S, D], &[T, U, S, D],
    ]
};

pub(crate) const fn protos(mask: Mask) -> &'static [Proto] {
    SETS[mask as usize & 15]
}

/// Writes `tcp+udp` after a separator, or nothing for no transport.
pub(crate) fn write_protos(f: &mut dyn fmt::Write, separator: &str, mask: Mask) -> fmt::Result {
    let mut separators = core::iter::once(separator).chain(core::iter::repeat("+")).zip(protos(mask));
    separators.try_for_each(|(separator, proto)| write!(f, "{separator}{proto}"))
}

/// The kind of an error, and the part of an item that it is about.
type Fault<'t> = (Kind, &'t str);

/// Where the transports of an item are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    Prefix,
    Suffix,
    /// In a label of DNS, or nowhere.
    Other,
}

/// An item of [`PortItems`](crate::PortItems), before its name is looked up. It displays as it is written, with the
/// transports that it shares with other items: `22/tcp` in `22,80/tcp`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub struct PortItem<'t> {
    pub(crate) text: &'t str,
    pub(crate) subject: &'t str,
    pub(crate) mask: Mask,
    pub(crate) place: Place,
    pub(crate) is_shared: bool,
    pub(crate) has_address: bool,
    /// The ports, or nothing if the subject is a name.
    pub(crate) ports: Result<Option<PortRange>, Fault<'t>>,
}

impl<'t> PortItem<'t> {
    /// The item as it is written.
    pub const fn text(self) -> &'t str {
        self.text
    }

    /// The ports or the name, without a transport and an address.
    pub const fn subject(self) -> &'t str {
        self.subject
    }

    /// The transports of the item, also those that it shares. Empty if there are none.
    #[must_use]
    pub const fn protos(self) -> &'static [Proto] {
        protos(self.mask)
    }

    /// The query that the item means.
    ///
    /// # Errors
    ///
    /// Fails if the item has none of the forms, or if its name is not registered.
    pub fn query(self) -> Result<PortQuery, ParsePortQueryError> {
        self.with(|name| Service::find(name).map(PortQuery::from), false)
    }

    pub(crate) fn with(
        self,
        named: impl Fn(&str) -> Option<PortQuery>,
        is_familiar: bool,
    ) -> Result<PortQuery, ParsePortQueryError> {
        let error = |(kind, text)| ParsePortQueryError::new(kind, text, is_familiar);
        let unknown = error((Kind::UnknownName, self.subject));
        let query = match self.ports.map_err(error)? {
            Some(ports) => ports.into(),
            None => named(self.subject).ok_or(unknown)?,
        };
        Ok(query.with(self.mask, self.has_address))
    }

    /// An item that means nothing.
    pub(crate) const fn refused(text: &'t str, kind: Kind) -> Self {
        Self { ports: Err((kind, text)), ..Self::name(text) }
    }

    pub(crate) const fn name(text: &'t str) -> Self {
        Self {
            text,
            subject: text,
            mask: 0,
            place: Place::Other,
            is_shared: false,
            has_address: false,
            ports: Ok(None),
        }
    }

    /// Reads one item.
    pub(crate) fn read(text: &'t str) -> Self {
        let mut item = Self::name(text);
        // Names first: some have a slash, or look like a number.
        if Service::find(text).is_some() {
            return item;
        }
        // Most items are numbers.
        let (rest, mask) = suffix(text);
        if !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit()) {
            let place = if mask == 0 { Place::Other } else { Place::Suffix };
            return Self { subject: rest, mask, place, ports: subject(rest), ..item };
        }
        item.ports = item.read_parts();
        item
    }

    fn read_parts(&mut self) -> Result<Option<PortRange>, Fault<'t>> {
        let text = self.text;
        if text.contains("://") {
            let (scheme, port) = url(text).ok_or((Kind::Form, text))?;
            (self.has_address, self.subject) = (true, port.unwrap_or(scheme));
            return subject(self.subject);
        }
        if let Some((name, transport)) = dns(text) {
            self.subject = name;
            self.mask = transport.map_err(|found| (Kind::UnknownTransport, found))?;
            let is_range = name.contains('-') && !name.bytes().any(|byte| byte.is_ascii_alphabetic());
            return if is_range { Err((Kind::NotANumber(None), name)) } else { subject(name) };
        }
        if text.starts_with('!') || text.contains("->") {
            return Err((if text.starts_with('!') { Kind::Exclusion } else { Kind::Mapping }, text));
        }
        let (before, rest) = prefix(text).unwrap_or((0, text));
        let (rest, behind) = suffix(rest);
        self.subject = rest;
        if before != 0 && (behind != 0 || prefix(rest).is_some()) {
            return Err((Kind::TwoTransports, text));
        }
        (self.mask, self.place) = (before | behind, if before == 0 { Place::Suffix } else { Place::Prefix });
        if self.mask == 0 {
            self.place = Place::Other;
        }
        if let Some(port) = hexadecimal(rest) {
            return Err((Kind::NotANumber(Some(port)), rest));
        }
        if let Some((first, _)) = rest.split_once([':', '/']).filter(|(first, _)| without_ports(first).is_some()) {
            return Err((without_ports(first).unwrap_or(Kind::Form), first));
        }
        if let Some((host, port)) = split_address(rest) {
            (self.has_address, self.subject) = (true, port);
            if matches!(port, "" | "*") {
                return Err(if (host, text) == ("", ":") { (Kind::Empty, text) } else { (Kind::NoPort, text) });
            }
        } else if is_address(rest) {
            return Err((Kind::NoPort, text));
        }
        subject(self.subject)
    }
}

display!(PortItem<'_>, |self, f| {
    f.write_str(self.text)?;
    write_protos(f, "/", if self.is_shared { self.mask } else { 0 })
});

/// The transports that a text consists of: `tcp`, `udp4`, `tcp+udp`, `tcp/udp`, and other words where they count.
fn set(text: &str, other: fn(&str) -> Option<Proto>) -> Option<Mask> {
    let word = |word: &str| word.strip_suffix(['4', '6']).unwrap_or(word).parse().ok().or_else(|| other(word));
    text.split(['+', '/']).try_fold(0, |mask, text| Some(mask | 1 << word(text)? as u8))
}

/// The transports of a text that consists of transport words.
pub(crate) fn words(text: &str) -> Option<Mask> {
    set(text, |_| None)
}

/// The transports before the ports, with a colon or slashes between.
fn prefix(text: &str) -> Option<(Mask, &str)> {
    let letter = |word: &str| match word {
        "T" => Some(Proto::Tcp),
        "U" => Some(Proto::Udp),
        "S" => Some(Proto::Sctp),
        _ => None,
    };
    if let Some((mask, rest)) = text.split_once(':').and_then(|(before, rest)| Some((set(before, letter)?, rest))) {
        return Some((mask, rest));
    }
    let (mut all, mut left) = (0, text);
    while let Some((mask, rest)) = left.split_once('/').and_then(|(first, rest)| Some((words(first)?, rest))) {
        (all, left) = (all | mask, rest);
    }
    (all != 0).then_some((all, left))
}

/// The transports after the ports, as words or as the protocol numbers of IP headers.
fn suffix(text: &str) -> (&str, Mask) {
    let number = |word: &str| match word {
        "6" => Some(Proto::Tcp),
        "17" | "136" => Some(Proto::Udp),
        "33" => Some(Proto::Dccp),
        "132" => Some(Proto::Sctp),
        _ => None,
    };
    let (mut left, mut all) = (text, 0);
    while let Some((rest, mask)) = left.rsplit_once('/').and_then(|(rest, last)| Some((rest, set(last, number)?))) {
        (left, all) = (rest, all | mask);
    }
    (left, all)
}

/// The kind of error for a word that people write like a transport.
fn without_ports(word: &str) -> Option<Kind> {
    const PROTOCOLS: [&str; 12] =
        ["icmp", "icmp4", "icmp6", "icmpv6", "ipv6-icmp", "igmp", "gre", "esp", "ah", "ospf", "pim", "vrrp"];
    let is = |other: &&str| word.eq_ignore_ascii_case(other);
    if word == "P" {
        return Some(Kind::NoPorts); // IP protocols in nmap's lists
    }
    if is(&"quic") { Some(Kind::Quic) } else { PROTOCOLS.iter().any(is).then_some(Kind::NoPorts) }
}

/// The service name, or for TLSA records the port, in a name of DNS, and the transport whose label follows it, or the
/// text of that label if it is none.
pub(crate) fn dns(text: &str) -> Option<(&str, Result<Mask, &str>)> {
    let (mut labels, mut found) = (text.split('.').peekable(), None);
    while let Some(label) = labels.next() {
        let next = labels.peek().and_then(|next| next.strip_prefix('_'));
        let Some((name, next)) = label.strip_prefix('_').zip(next) else { continue };
        let is_of = |more: &[u8]| labels.clone().all(|label| label.bytes().all(|b| is_of_host(b) || more.contains(&b)));
        if is_of(b"+*") && name.bytes().all(|byte| is_of_host(byte) || b"+*".contains(&byte)) {
            let proto = next.parse::<Proto>().ok().filter(|_| is_of(b""));
            found = Some((name, proto.map(|proto| 1 << proto as u8).ok_or(next)));
        }
        if matches!(found, Some((_, Ok(_)))) {
            break;
        }
    }
    found
}

/// Reads ports, and tells a name from other texts.
fn subject(text: &str) -> Result<Option<PortRange>, Fault<'_>> {
    let number = |digits: &str| PortRange::read(digits).map(PortRange::first).map_err(|_| (Kind::TooLarge, text));
    if is_digits(text) {
        return number(text).map(|port| Some(port.into()));
    }
    let (first, last) = text.split_once(['-', ':']).unwrap_or((text, ""));
    match (is_digits(first), is_digits(last)) {
        (true, true) => return PortRange::new(number(first)?, number(last)?).map(Some).ok_or((Kind::Reversed, text)),
        (true, false) if last.is_empty() => return Err((Kind::NoEnd(number(first)?), text)),
        (false, true) if first.is_empty() => return Err((Kind::NoStart(number(last)?), text)),
        _ if text.is_empty() => return Err((Kind::Empty, text)),
        _ if Service::find(text).is_some() => return Ok(None),
        _ => {}
    }
    let is_of = |more: &[u8]| text.bytes().all(|byte| byte.is_ascii_alphanumeric() || more.contains(&byte));
    let has_letter = text.bytes().any(|byte| byte.is_ascii_alphabetic());
    let hexadecimal = text.strip_prefix("0x").filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()));
    if hexadecimal.is_some() || (!has_letter && is_of(b"-+._")) {
        let digits = text.trim_matches(|c: char| !c.is_ascii_digit());
        let meant = match hexadecimal {
            Some(digits) => u16::from_str_radix(digits, 16).ok(),
            None if is_digits(digits) => number(digits).ok(),
            None => None,
        };
        return Err((Kind::NotANumber(meant), text));
    }
    if let Some((first, last)) = text.rsplit_once('/') {
        let found = if is_digits(last) { first } else { last };
        let is_word = found.bytes().all(|byte| byte.is_ascii_alphanumeric()) && !is_digits(found);
        let kind = without_ports(found).unwrap_or(Kind::UnknownTransport);
        return Err(if is_word { (kind, found) } else { (Kind::Form, text) });
    }
    if has_letter && is_of(b"-_.+*") && dns(text).is_none() { Ok(None) } else { Err((Kind::Form, text)) }
}
