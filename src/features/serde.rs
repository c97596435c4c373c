//! The feature `serde`. Properties have the names of the registry's columns, in snake case. In every format, values are
//! text in the form that they display and parse. Columns of features that are off are absent.

use crate::{Block, Date, PortRange, PortStatus, Proto, Record, Row, Service};
#[cfg(feature = "metadata")]
use crate::{Reference, ReferenceTarget, ServiceCode};
use core::fmt;
use core::marker::PhantomData;
use core::str::FromStr;
use serde::de::{Deserialize, Deserializer, Error, Unexpected, Visitor};
use serde::ser::{Serialize, SerializeStruct, Serializer};

/// The number of properties of a row with the features that are on.
const COLUMNS: usize = 3
    + cfg!(feature = "descriptions") as usize
    + 2 * cfg!(feature = "contacts") as usize
    + 6 * cfg!(feature = "metadata") as usize;

/// Writes an object with a property for each of IANA's columns that is compiled in, in IANA's order. A value that
/// the row lacks is null, or an empty string or list.
impl Serialize for Row {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut row = serializer.serialize_struct("Row", COLUMNS)?;
        row.serialize_field("service_name", &self.record().map(Record::name))?;
        row.serialize_field("port_number", &self.ports())?;
        row.serialize_field("transport_protocol", &self.proto())?;
        #[cfg(feature = "descriptions")]
        row.serialize_field("description", &self.description())?;
        #[cfg(feature = "contacts")]
        {
            row.serialize_field("assignee", &List(self.assignees()))?;
            row.serialize_field("contact", &List(self.contacts()))?;
        }
        #[cfg(feature = "metadata")]
        {
            row.serialize_field("registration_date", &self.registered())?;
            row.serialize_field("modification_date", &self.modified())?;
            row.serialize_field("reference", &List(self.references()))?;
            let service_code = self.service_code().map(|code| code.number());
            row.serialize_field("service_code", &service_code)?;
            row.serialize_field("unauthorized_use_reported", &self.unauthorized_use())?;
            row.serialize_field("assignment_notes", &self.note())?;
        }
        row.end()
    }
}

macro_rules! as_row {
    ($($name:ident),*) => {$(
        /// Writes the same object as a [`Row`].
        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                Row::from(*self).serialize(serializer)
            }
        }
    )*};
}

as_row!(Record, Block);

#[cfg(any(feature = "contacts", feature = "metadata"))]
struct List<I>(I);

#[cfg(any(feature = "contacts", feature = "metadata"))]
impl<I: Iterator<Item: Serialize> + Clone> Serialize for List<I> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.clone())
    }
}

/// `{"assigned": record}`, `{"reserved": block or null}`, `{"unassigned": block or null}`, `"dynamic"`.
impl Serialize for PortStatus {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        const NAME: &str = "PortStatus";
        match self {
            Self::Assigned(record) => serializer.serialize_newtype_variant(NAME, 0, "assigned", record),
            Self::Reserved(block) => serializer.serialize_newtype_variant(NAME, 1, "reserved", block),
            Self::Unassigned(block) => serializer.serialize_newtype_variant(NAME, 2, "unassigned", block),
            Self::Dynamic => serializer.serialize_unit_variant(NAME, 3, "dynamic"),
        }
    }
}

macro_rules! displayed {
    ($($name:ident: $what:literal),*) => {$(
        #[doc = concat!("A string: ", $what, ".")]
        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }
    )*};
}

displayed! {
    Service: "the name as the registry spells it",
    Proto: "the registry's word, in lower case",
    PortRange: "`443` or `6000-6063`",
    Date: "`2024-10-08` or `2024-10`"
}

#[cfg(feature = "metadata")]
displayed!(Reference: "as on IANA's page, `RFC9110`", ReferenceTarget: "as it displays, `RFC9110`");

/// A number of 32 bits.
#[cfg(feature = "metadata")]
impl Serialize for ServiceCode {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u32(self.number())
    }
}

/// Reads text by its [`FromStr`].
struct Text<T> {
    expected: &'static str,
    value: PhantomData<T>,
}

impl<T: FromStr<Err: fmt::Display>> Visitor<'_> for Text<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.expected)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        text.parse().map_err(E::custom)
    }
}

macro_rules! parsed {
    ($($name:ident: $expected:literal),*) => {$(
        #[doc = concat!("Reads ", $expected, ", as [`FromStr`] does, and says what else it found.")]
        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserializer.deserialize_str(Text { expected: $expected, value: PhantomData })
            }
        }
    )*};
}

parsed! {
    Service: "a service name of the IANA registry",
    Proto: "tcp, udp, sctp or dccp",
    Date: "a date such as 2024-10-08 or a month such as 2024-10"
}

/// Reads a port number or a range such as `6000-6063`, as [`FromStr`] does. In a format that tells
/// numbers from text, a number is a port.
impl<'de> Deserialize<'de> for PortRange {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() {
            deserializer.deserialize_any(TextOrNumber)
        } else {
            deserializer.deserialize_str(TextOrNumber)
        }
    }
}

struct TextOrNumber;

impl Visitor<'_> for TextOrNumber {
    type Value = PortRange;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a port number from 0 to 65535 or a range such as 6000-6063")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<PortRange, E> {
        text.parse().map_err(E::custom)
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<PortRange, E> {
        let port = u16::try_from(number);
        port.map(PortRange::from).map_err(|_| E::invalid_value(Unexpected::Unsigned(number), &self))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<PortRange, E> {
        let port = u16::try_from(number);
        port.map(PortRange::from).map_err(|_| E::invalid_value(Unexpected::Signed(number), &self))
    }
}
