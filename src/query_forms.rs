//! The parts of a query: a transport, an address, a name of DNS, and what is a number.

use crate::{ParseProtoError, Proto};

/// True if a text is more like a number than like a name: only such an error helps for `0x50` or `443.`.
pub(crate) fn is_numeric(text: &str) -> bool {
    let is_hexadecimal =
        || text.strip_prefix("0x").is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_hexdigit()));
    text.bytes().all(|byte| byte.is_ascii_digit() || b"-+._".contains(&byte)) || is_hexadecimal()
}

/// Splits off a transport: `443/tcp`, `tcp/443`, `tcp:443`.
pub(crate) fn split_transport(text: &str) -> Result<(&str, Option<Proto>), ParseProtoError> {
    if let Some((first, second)) = text.rsplit_once('/') {
        return match (second.parse(), first.parse()) {
            (Ok(proto), _) => Ok((first, Some(proto))),
            (_, Ok(proto)) => Ok((second, Some(proto))),
            (Err(error), _) => Err(error),
        };
    }
    let prefixed = text.split_once(':').and_then(|(first, rest)| Some((rest, Some(first.parse().ok()?))));
    Ok(prefixed.unwrap_or((text, None)))
}

/// The text without an address: `0.0.0.0:443`, `[::1]:443`, `*:443`, `:443`, `example.org:443`.
pub(crate) fn without_address(text: &str) -> &str {
    let Some((host, port)) = text.rsplit_once(':') else { return text };
    let is_name = |host: &str| {
        let is_of_name = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_');
        host.bytes().all(is_of_name) && (host.is_empty() || !host.bytes().all(|byte| byte.is_ascii_digit()))
    };
    let is_address = matches!(host, "*" | "::") || is_name(host) || (host.starts_with('[') && host.ends_with(']'));
    if is_address && !port.is_empty() { port } else { text }
}

/// The service name, or for TLSA records the port, and the transport in a name of DNS: the label of the transport
/// follows it.
pub(crate) fn dns_sd(text: &str) -> Option<(&str, Proto)> {
    let mut labels = text.split('.').peekable();
    while let Some(label) = labels.next() {
        let proto = labels.peek().and_then(|next| next.strip_prefix('_')?.parse().ok());
        if let (Some(name), Some(proto)) = (label.strip_prefix('_'), proto) {
            return Some((name, proto));
        }
    }
    None
}
