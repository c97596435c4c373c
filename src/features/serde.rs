//! The feature `serde`. Properties have the names of the registry's columns, in snake case. In every format, values are
//! text in the form that they display and parse.

#[cfg(feature = "contacts")]
use crate::Person;
use crate::column_text::Value;
use crate::{Block, Column, ColumnText, Date, PortQuery, PortRange, PortStatus, Proto, Record, Row, Service};
#[cfg(feature = "metadata")]
use crate::{Reference, ReferenceTarget, ServiceCode};
use core::fmt;
use core::str::FromStr;
use serde::de::{Deserialize, Deserializer, Error, Expected, Unexpected, Visitor};
use serde::ser::{Serialize, SerializeStruct, Serializer};

/// Writes an object with a property for each of [`Column::ALL`], in this order, with any features. A value that the row
/// lacks, or whose feature is off, is null, or an empty string or list.
impl Serialize for Row {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut row = serializer.serialize_struct("Row", Column::ALL.len())?;
        Column::ALL.iter().try_for_each(|&column| row.serialize_field(column.key(), &self.text(column)))?;
        row.end()
    }
}

/// The type depends only on the column: a list of strings for assignees, contacts and references, a string for the
/// description, and for the others a string or null. A service code is a number or null.
impl Serialize for ColumnText {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match (&self.value, self.column) {
            (Value::Nothing, Column::Description) => serializer.serialize_str(""),
            (Value::Nothing, Column::Assignee | Column::Contact | Column::Reference) => serializer.collect_seq([(); 0]),
            (Value::Nothing, _) => serializer.serialize_none(),
            (Value::Text(text), Column::Description) => serializer.serialize_str(text),
            (Value::Text(text), _) => serializer.serialize_some(text),
            (Value::Ports(ports), _) => serializer.serialize_some(ports),
            (Value::Date(date), _) => serializer.serialize_some(date),
            (Value::Number(number), _) => serializer.serialize_some(number),
            #[cfg(feature = "contacts")]
            (Value::People(people), _) => serializer.collect_seq(people.clone()),
            #[cfg(feature = "metadata")]
            (Value::References(references), _) => serializer.collect_seq(references.clone()),
        }
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

#[cfg(feature = "contacts")]
displayed!(Person: "the id, `Jon_Postel`");
#[cfg(feature = "metadata")]
displayed!(Reference: "as on IANA's page, `RFC9110`", ReferenceTarget: "as it displays, `RFC9110`");

/// A number of 32 bits.
#[cfg(feature = "metadata")]
impl Serialize for ServiceCode {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u32(self.number())
    }
}

/// Reads text by its [`FromStr`], or a port.
struct Text<T> {
    expected: &'static str,
    of_port: Option<fn(u16) -> T>,
}

impl<T> Text<T> {
    fn number<E: Error>(&self, port: Option<u16>, found: Unexpected<'_>) -> Result<T, E>
    where
        Self: Expected,
    {
        let of_port = self.of_port.ok_or_else(|| E::invalid_type(found, self))?;
        port.map(of_port).ok_or_else(|| E::invalid_value(found, self))
    }
}

impl<T: FromStr<Err: fmt::Display>> Visitor<'_> for Text<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.expected)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        text.parse().map_err(E::custom)
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<T, E> {
        self.number(number.try_into().ok(), Unexpected::Unsigned(number))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<T, E> {
        self.number(number.try_into().ok(), Unexpected::Signed(number))
    }
}

macro_rules! parsed {
    ($($name:ident: $expected:literal, $of_port:expr;)*) => {$(
        #[doc = concat!("Reads ", $expected, ", as [`FromStr`] does. Ports can be numbers in a format that tells these from text.")]
        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let visitor = Text { expected: $expected, of_port: $of_port };
                let is_any = visitor.of_port.is_some() && deserializer.is_human_readable();
                if is_any { deserializer.deserialize_any(visitor) } else { deserializer.deserialize_str(visitor) }
            }
        }
    )*};
}

parsed! {
    Service: "a service name of the IANA registry", None;
    Proto: "tcp, udp, sctp or dccp", None;
    Date: "a date such as 2024-10-08 or a month such as 2024-10", None;
    PortRange: "a port number from 0 to 65535 or a range such as 6000-6063", Some(Self::from);
    PortQuery: "a port number from 0 to 65535, a range, or a service name such as https/tcp", Some(Self::from);
}

/// A number for a single port without a transport, in a format that tells numbers from text. Otherwise the text that it
/// displays.
impl Serialize for PortQuery {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.ports() {
            Some(ports) if *self == Self::from(ports.first()) && serializer.is_human_readable() => {
                serializer.serialize_u16(ports.first())
            }
            _ => serializer.collect_str(self),
        }
    }
}
