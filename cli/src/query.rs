//! Queries: ports or a name, perhaps on a transport.

use crate::local_names::NamesFile;
use iana_ports::{ParsePortRangeError, PortRange, Proto, Service, lookup_service};

/// A query that makes sense.
#[derive(Debug)]
pub enum Query {
    Ports(Vec<PortRange>, Vec<Proto>),
    /// A service of the registry, if it has one of this name, on one transport or any.
    Name(String, Option<Service>, Option<Proto>),
}

/// Why a query does not make sense.
#[derive(Debug, thiserror::Error)]
pub enum QueryError {
    #[error("{0:?}: {1}")]
    Ports(String, #[source] ParsePortRangeError),
    #[error("{0:?}: unknown transport protocol {1:?}, expected tcp, udp, sctp or dccp")]
    Transport(String, String),
    #[error("an empty query; expected a port such as 443/tcp, or a service name")]
    Empty,
}

impl Query {
    /// Reads `443/tcp`, `tcp/443`, `80,443`, `6000-6063/tcp`, `https`, `https/udp` and `_https._tcp`.
    pub fn parse(text: &str, own: &NamesFile<'_>) -> Result<Self, QueryError> {
        if text.is_empty() {
            return Err(QueryError::Empty);
        }
        // Names first: some have a slash or nothing but a digit and a hyphen in them, such as 914c/g.
        let name = |name: &str, proto| Self::Name(name.to_owned(), lookup_service(name), proto);
        let is_name = |text: &str| lookup_service(text).is_some() || own.named(text).next().is_some();
        if is_name(text) {
            return Ok(name(text, None));
        }
        if let Some((label, proto)) = srv(text) {
            return Ok(name(label, Some(proto)));
        }
        let Some((first, second)) = text.rsplit_once('/') else {
            return if is_ports(text) { ports(text, text, None) } else { Ok(name(text, None)) };
        };
        let (what, proto) = match (second.parse(), first.parse()) {
            (Ok(proto), _) => (first, proto),
            (_, Ok(proto)) => (second, proto),
            _ => return Err(QueryError::Transport(text.to_owned(), second.to_owned())),
        };
        if is_ports(what) { ports(text, what, Some(proto)) } else { Ok(name(what, Some(proto))) }
    }
}

/// The name and the transport of `_https._tcp`.
fn srv(text: &str) -> Option<(&str, Proto)> {
    let (name, proto) = text.strip_prefix('_')?.split_once("._")?;
    Some((name, proto.trim_end_matches('.').parse().ok()?))
}

fn is_ports(text: &str) -> bool {
    text.chars().all(|c| c.is_ascii_digit() || c == '-' || c == ',')
}

fn ports(query: &str, text: &str, proto: Option<Proto>) -> Result<Query, QueryError> {
    let ranges: Result<Vec<PortRange>, _> = text.split(',').map(str::parse).collect();
    let ranges = ranges.map_err(|error| QueryError::Ports(query.to_owned(), error))?;
    Ok(Query::Ports(ranges, proto.map_or(Proto::ALL.to_vec(), |proto| vec![proto])))
}
