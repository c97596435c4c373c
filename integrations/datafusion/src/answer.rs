//! What the registry says of columns of ports and protocols.

use datafusion_common::arrow::array::{
    AnyDictionaryArray, Array, AsArray, DictionaryArray, StringBuilder, UInt16Builder,
};
use datafusion_common::arrow::datatypes::{DataType, UInt8Type, UInt16Type};
use datafusion_common::arrow::error::ArrowError;
use datafusion_common::{Result, exec_err};
use iana_ports::{PortStatus, Proto, service_name};
use rustc_hash::FxHashMap;
use std::collections::hash_map::Entry;
use std::ptr;
use std::sync::Arc;

/// A question about a port on a transport.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Question {
    ServiceName,
    PortStatus,
}

impl Question {
    /// As SQL names the function that asks it.
    pub fn name(self) -> &'static str {
        match self {
            Self::ServiceName => "service_name",
            Self::PortStatus => "port_status",
        }
    }

    fn answer(self, port: u16, proto: Proto) -> Option<&'static str> {
        match self {
            Self::ServiceName => service_name(port, proto),
            Self::PortStatus => Some(match iana_ports::port_status(port, proto) {
                PortStatus::Assigned(_) => "Assigned",
                PortStatus::Reserved(_) => "Reserved",
                PortStatus::Unassigned(_) => "Unassigned",
                PortStatus::Dynamic => "Dynamic",
            }),
        }
    }

    /// The answer in every row; null where there is none, or no port or protocol to ask for.
    pub fn answers(
        self,
        ports: &[Option<u16>],
        protos: &[Option<Proto>],
    ) -> Result<DictionaryArray<UInt16Type>> {
        // A dictionary of its own for every batch: a batch has few of all the words. They live as long as the
        // program, each in one place, which is quicker to compare than what stands there.
        let mut keys = UInt16Builder::with_capacity(ports.len());
        let mut words = StringBuilder::new();
        let mut key_of: FxHashMap<*const str, u16> = FxHashMap::default();
        for (port, proto) in ports.iter().zip(protos) {
            let Some(word) = port.zip(*proto).and_then(|(port, proto)| self.answer(port, proto)) else {
                keys.append_null();
                continue;
            };
            let next = key_of.len();
            let key = match key_of.entry(ptr::from_ref(word)) {
                Entry::Occupied(key) => *key.get(),
                Entry::Vacant(place) => {
                    words.append_value(word);
                    *place.insert(u16::try_from(next).map_err(|_| ArrowError::DictionaryKeyOverflowError)?)
                }
            };
            keys.append_value(key);
        }
        Ok(DictionaryArray::try_new(keys.finish(), Arc::new(words.finish()))?)
    }
}

/// The port in every row.
pub fn ports(column: &dyn Array) -> Result<Vec<Option<u16>>> {
    let DataType::UInt16 = column.data_type() else {
        return exec_err!("a port is UInt16, not {}", column.data_type());
    };
    Ok(column.as_primitive::<UInt16Type>().iter().collect())
}

/// The transport in every row of IP protocol numbers or words in any case; `None` where it is none of the four.
pub fn protos(column: &dyn Array) -> Result<Vec<Option<Proto>>> {
    Ok(match column.data_type() {
        DataType::UInt8 => {
            let numbers = column.as_primitive::<UInt8Type>().iter();
            numbers.map(|number| Proto::from_ip_number(number?)).collect()
        }
        DataType::Utf8 => of_words(column.as_string::<i32>()),
        DataType::LargeUtf8 => of_words(column.as_string::<i64>()),
        DataType::Utf8View => of_words(column.as_string_view()),
        DataType::Dictionary(..) => of_dictionary(column.as_any_dictionary())?,
        other => return exec_err!("a protocol is UInt8 or Utf8, not {other}"),
    })
}

/// Reads every word once, however many rows have it.
fn of_dictionary(column: &dyn AnyDictionaryArray) -> Result<Vec<Option<Proto>>> {
    let words = protos(column.values())?;
    if words.is_empty() {
        return Ok(vec![None; column.len()]); // there are no keys to ask for
    }
    let keys = column.normalized_keys().into_iter().enumerate();
    Ok(keys.map(|(row, key)| if column.keys().is_null(row) { None } else { words[key] }).collect())
}

fn of_words<'a>(words: impl IntoIterator<Item = Option<&'a str>>) -> Vec<Option<Proto>> {
    words.into_iter().map(|word| word?.parse().ok()).collect()
}
