//! Answers for columns. A table of all ports gives the number of the answer. A column of answers consists of views of
//! words, each of which is in memory once.

use crate::column::{Column, NO_PORT, NO_PROTOCOL};
use datafusion_common::Result;
use datafusion_common::arrow::array::{ArrayRef, StringViewArray, UInt16Array};
use datafusion_common::arrow::compute::take;
use iana_ports::{End, PortStatus, Proto, lookup_flow, port_status, service_name};
use std::collections::HashMap;
use std::sync::LazyLock;

/// The number of ports, and one more for values that are not ports.
const PORTS: usize = NO_PORT as usize + 1;

/// The answers for every port on every transport.
pub struct Answers {
    /// The number of the word by transport and then port, 0 for none. So the answer for a row needs no branch.
    numbers: Vec<u16>,
    /// The words. The first one is null.
    words: StringViewArray,
}

/// The names that `service_name` returns.
pub static NAMES: LazyLock<Answers> = LazyLock::new(|| Answers::new(service_name));

/// The words that `port_status` returns.
pub static STATUSES: LazyLock<Answers> = LazyLock::new(|| {
    Answers::new(|port, proto| {
        Some(match port_status(port, proto) {
            PortStatus::Assigned(_) => "Assigned",
            PortStatus::Reserved(_) => "Reserved",
            PortStatus::Unassigned(_) => "Unassigned",
            PortStatus::Dynamic => "Dynamic",
        })
    })
});

impl Answers {
    #[allow(clippy::cast_possible_truncation, reason = "there are fewer words than ids of entries, which have 16 bits")]
    fn new(answer: impl Fn(u16, Proto) -> Option<&'static str>) -> Self {
        let mut words: Vec<Option<&str>> = vec![None];
        let mut number_of: HashMap<&str, u16> = HashMap::new();
        let mut numbers = Vec::with_capacity((NO_PROTOCOL as usize + 1) * PORTS);
        for proto in Proto::ALL {
            numbers.extend((0..=u16::MAX).map(|port| {
                let Some(word) = answer(port, proto) else { return 0 };
                *number_of.entry(word).or_insert_with(|| {
                    words.push(Some(word));
                    (words.len() - 1) as u16
                })
            }));
            numbers.push(0);
        }
        numbers.resize((NO_PROTOCOL as usize + 1) * PORTS, 0);
        Self { numbers, words: words.into_iter().collect() }
    }

    #[inline]
    fn number(&self, port: u32, protocol: u32) -> u16 {
        self.numbers[protocol as usize * PORTS + port as usize]
    }

    /// The word for every row. It is null if there is none, or if the port or the protocol is null or invalid.
    pub fn of(&self, ports: &Column, protocols: &Column, rows: usize) -> Result<ArrayRef> {
        let numbers = match (ports, protocols) {
            (Column::Each(ports), Column::All(protocol)) => {
                ports.iter().map(|&port| self.number(port, *protocol)).collect()
            }
            (Column::Each(ports), Column::Each(protocols)) => {
                ports.iter().zip(protocols).map(|(&port, &protocol)| self.number(port, protocol)).collect()
            }
            (Column::All(port), _) => (0..rows).map(|row| self.number(*port, protocols.get(row))).collect::<Vec<u16>>(),
        };
        Ok(take(&self.words, &UInt16Array::from(numbers), None)?)
    }

    /// The word of the end that serves, as [`lookup_flow`] chooses it. The code calls it only if both ends have a name.
    /// The word is null if an end is null or not a port.
    #[allow(clippy::cast_possible_truncation, reason = "ports that have names have 16 bits")]
    pub fn of_flows(&self, ports: [&Column; 2], protocols: &Column, rows: usize) -> Result<ArrayRef> {
        let numbers = (0..rows).map(|row| {
            let [source, destination] = ports.map(|ports| ports.get(row));
            let protocol = protocols.get(row);
            let [of_source, of_destination] = [source, destination].map(|port| self.number(port, protocol));
            if source == NO_PORT || destination == NO_PORT {
                return 0;
            }
            let is_source = match (of_source, of_destination) {
                (0, _) => false,
                (_, 0) => true,
                // Only valid ports and transports have names.
                _ => lookup_flow(source as u16, destination as u16, Proto::ALL[protocol as usize])
                    .is_some_and(|(_, end)| end == End::Source),
            };
            if is_source { of_source } else { of_destination }
        });
        Ok(take(&self.words, &UInt16Array::from(numbers.collect::<Vec<u16>>()), None)?)
    }
}
