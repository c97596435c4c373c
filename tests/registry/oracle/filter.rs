//! A simple reader of IANA_PORTS_FILTER, which says which ports and transports were compiled in.

use super::TRANSPORTS;

pub struct Filter {
    transports: Vec<String>,
    ranges: Vec<(u32, u32)>,
    pub portless: bool,
    /// True if there is a filter.
    pub is_set: bool,
}

impl Filter {
    pub fn load() -> Self {
        Self::read(std::env::var("IANA_PORTS_FILTER").ok())
    }

    pub fn read(text: Option<String>) -> Self {
        let mut filter =
            Self { transports: Vec::new(), ranges: Vec::new(), portless: text.is_none(), is_set: text.is_some() };
        for item in text.unwrap_or_default().split([',', ';']).map(|item| item.trim().to_lowercase()) {
            match item.split_once('-') {
                _ if item.is_empty() => {}
                _ if item == "+portless" => filter.portless = true,
                _ if TRANSPORTS.contains(&item.as_str()) => filter.transports.push(item),
                Some((first, last)) => filter.ranges.push((first.parse().unwrap(), last.parse().unwrap())),
                None => filter.ranges.push((item.parse().unwrap(), item.parse().unwrap())),
            }
        }
        filter
    }

    pub fn has_transport(&self, transport: &str) -> bool {
        self.transports.is_empty() || self.transports.iter().any(|own| own == transport)
    }

    pub fn has(&self, port: u32, transport: &str) -> bool {
        let in_range = |(first, last): &(u32, u32)| *first <= port && port <= *last;
        self.has_transport(transport) && (self.ranges.is_empty() || self.ranges.iter().any(in_range))
    }
}
