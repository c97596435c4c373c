//! When rows of the registry changed.

use iana_ports::{Date, PortQueries, PortQuery, REGISTRY_SOURCE, REGISTRY_UPDATED, Record, Row};

/// The rows that changed after IANA's file, as the sentence about the source lists them. The registry has no dates for
/// these changes.
pub struct Newer(Vec<PortQuery>);

impl Newer {
    pub fn new() -> Self {
        let list = REGISTRY_SOURCE.and_then(|source| source.split_once(" afterwards: ")?.1.split_once(';'));
        Self(list.map_or_else(Vec::new, |(list, _)| PortQueries::new(list).flatten().collect()))
    }

    /// True if the list has the row, by its ports or its name.
    pub fn has(&self, row: Row) -> bool {
        self.0.iter().any(|query| match query.ports() {
            Some(ports) => {
                let protos = query.protos();
                row.ports() == Some(ports) && (protos.is_empty() || row.proto().is_none_or(|on| protos.contains(&on)))
            }
            None => row.record().map(Record::service) == query.service(),
        })
    }

    /// True if the row is from this day or month, or later. A row of the list changed at the latest with the registry, and
    /// a month may mean its last day. Other rows without a date count as old.
    pub fn is_since(&self, row: Row, since: Date) -> bool {
        let date = if self.has(row) { Some(REGISTRY_UPDATED) } else { row.registered().max(row.modified()) };
        date.is_some_and(|date| {
            let (date, since) = (date.to_string(), since.to_string());
            let precision = date.len().min(since.len());
            date[..precision] >= since[..precision]
        })
    }
}
