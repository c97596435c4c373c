//! The addresses, hosts and URLs before a port.

use core::net::Ipv6Addr;

/// The scheme and the port of a URL.
pub(crate) fn url(text: &str) -> Option<(&str, Option<&str>)> {
    let (scheme, rest) = text.split_once("://")?;
    let is_of_scheme = |byte: u8| byte.is_ascii_alphanumeric() || b"+.-".contains(&byte);
    let authority = rest.split(['/', '?', '#']).next()?;
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    let (host, port) = host
        .rsplit_once(':')
        .filter(|(_, port)| !port.ends_with(']'))
        .map_or((host, None), |(host, port)| (host, Some(port)));
    let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic()) && scheme.bytes().all(is_of_scheme);
    let is_host = is_host(host) || (host.starts_with('[') && is_address(host));
    let is_port = port.is_none_or(|port| port.bytes().all(|byte| byte.is_ascii_digit()));
    (is_scheme && is_host && is_port).then_some((scheme, port.filter(|port| !port.is_empty())))
}

/// Splits an address or a host from a port: `0.0.0.0:443`, `[::1]:443`, `*:443`, `:443`, `db:443`, `*.53`.
pub(crate) fn split_address(text: &str) -> Option<(&str, &str)> {
    // Digits are ports.
    let is_name = |host: &str| is_host(host) && !host.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    let is_before = |host: &str| host.is_empty() || is_name(host) || without_zone(host) == "*" || is_address(host);
    let is_ipv6 = |host: &str| without_zone(host).parse::<Ipv6Addr>().is_ok();
    let bsd_ipv6 = || text.rsplit_once('.').filter(|(host, port)| is_ipv6(host) && is_digits(port));
    let bsd = || {
        let end = if text.starts_with('*') { Some(1) } else { text.match_indices('.').nth(3).map(|(at, _)| at) };
        let (host, port) = text.split_at(end?);
        Some((host, port.strip_prefix('.')?))
            .filter(|(host, port)| (*host == "*" || is_ipv4(host)) && !port.contains(':'))
    };
    bsd_ipv6().or_else(|| text.rsplit_once(':').filter(|(host, _)| is_before(host))).or_else(bsd)
}

/// True for the name of a host.
fn is_host(name: &str) -> bool {
    let labels = name.strip_suffix('.').unwrap_or(name);
    labels.split('.').all(|label| !label.is_empty() && label.bytes().all(is_of_host))
}

/// True for digits alone.
pub(crate) fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The port of an address as Linux writes it in /proc/net/tcp: `0100007F:0016`.
pub(crate) fn hexadecimal(text: &str) -> Option<u16> {
    let is_of = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'A'..=b'F'));
    let (_, port) =
        text.split_once(':').filter(|(a, port)| (a.len(), port.len()) == (8, 4) && is_of(a) && is_of(port))?;
    u16::from_str_radix(port, 16).ok()
}

pub(crate) fn is_of_host(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_')
}

/// True for an IPv4 address, also with leading zeros.
fn is_ipv4(text: &str) -> bool {
    let is_octet = |text: &str| !text.starts_with('+') && text.len() <= 3 && text.parse::<u8>().is_ok();
    text.split('.').count() == 4 && text.split('.').all(is_octet)
}

/// True for an IP address, with or without a zone, and for IPv6 with or without brackets.
pub(crate) fn is_address(text: &str) -> bool {
    let text = without_zone(text);
    let inside = text.strip_prefix('[').and_then(|text| text.strip_suffix(']')).map(without_zone);
    is_ipv4(text) || inside.unwrap_or(text).parse::<Ipv6Addr>().is_ok()
}

fn without_zone(text: &str) -> &str {
    let is_zone =
        |zone: &str| !zone.is_empty() && zone.bytes().all(|b| b.is_ascii_alphanumeric() || b".-_@".contains(&b));
    text.rsplit_once('%').filter(|(_, zone)| is_zone(zone)).map_or(text, |(text, _)| text)
}
