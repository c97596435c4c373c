//! Reads columns of any integer type, or of words, as small numbers.

use datafusion_common::arrow::array::{
    AnyDictionaryArray, Array, ArrowPrimitiveType, AsArray, PrimitiveArray, UInt16Array,
};
use datafusion_common::arrow::datatypes::{
    DataType, Int8Type, Int16Type, Int32Type, Int64Type, UInt8Type, UInt16Type, UInt32Type, UInt64Type,
};
use datafusion_common::{Result, exec_err};
use datafusion_expr::ColumnarValue;
use iana_ports::{Proto, lookup_service};
use std::sync::LazyLock;

/// The number that stands for null, or for a value that is not a port.
pub const NO_PORT: u32 = 1 << 16;

/// The number that stands for null, or for a protocol that is not one of the registry's transports.
pub const NO_PROTOCOL: u32 = 4;
const _: () = assert!(NO_PROTOCOL as usize == Proto::ALL.len());

/// The values of all rows.
pub enum Column {
    /// One value for all rows.
    All(u32),
    Each(Vec<u32>),
}

impl Column {
    #[inline]
    pub fn get(&self, row: usize) -> u32 {
        match self {
            Self::All(value) => *value,
            Self::Each(values) => values[row],
        }
    }

    /// Reads an argument. A scalar is read only once.
    pub fn read(argument: &ColumnarValue, read: fn(&dyn Array) -> Result<Vec<u32>>) -> Result<Self> {
        Ok(match argument {
            ColumnarValue::Array(array) => Self::Each(read(array)?),
            ColumnarValue::Scalar(scalar) => Self::All(read(&scalar.to_array()?)?[0]),
        })
    }
}

/// The port for every row.
pub fn ports(column: &dyn Array) -> Result<Vec<u32>> {
    if let DataType::Dictionary(..) = column.data_type() {
        return of_dictionary(column.as_any_dictionary(), ports, NO_PORT);
    }
    integers(column, NO_PORT, |value| value)
        .map_or_else(|| exec_err!("a port is an integer, not {}", column.data_type()), Ok)
}

/// The first number beyond the protocol numbers of IP.
const NO_NUMBER: u32 = 1 << 8;

/// From IP protocol numbers to transports, and from larger numbers to none.
static TRANSPORTS: LazyLock<Vec<u32>> = LazyLock::new(|| {
    let of = |number: u8| Proto::from_ip_number(number).map_or(NO_PROTOCOL, |proto| proto as u32);
    (0..=u8::MAX).map(of).chain([NO_PROTOCOL]).collect()
});

/// The transport for every row. A value is an IP protocol number, a number as text, or the name of a protocol in any
/// case.
pub fn protocols(column: &dyn Array) -> Result<Vec<u32>> {
    let of_number = |text: &str| Proto::from_ip_number(text.parse::<u8>().ok()?);
    let of_word = |word: Option<&str>| {
        let proto = word.and_then(|word| word.parse::<Proto>().ok().or_else(|| of_number(word)));
        proto.map_or(NO_PROTOCOL, |proto| proto as u32)
    };
    if let Some(found) = integers(column, NO_NUMBER, |number| TRANSPORTS[number as usize]) {
        return Ok(found);
    }
    Ok(match column.data_type() {
        DataType::Utf8 => column.as_string::<i32>().iter().map(of_word).collect(),
        DataType::LargeUtf8 => column.as_string::<i64>().iter().map(of_word).collect(),
        DataType::Utf8View => column.as_string_view().iter().map(of_word).collect(),
        DataType::Dictionary(..) => of_dictionary(column.as_any_dictionary(), protocols, NO_PROTOCOL)?,
        other => return exec_err!("a protocol is an integer or Utf8, not {other}"),
    })
}

/// Reads integers of any type. Null, negative values and values of at least `beyond` become `beyond`. `None` if the
/// values are not integers.
fn integers(column: &dyn Array, beyond: u32, meaning: impl Fn(u32) -> u32) -> Option<Vec<u32>> {
    /// Reads values with arithmetic only: a negative value becomes a large number.
    fn read<T: ArrowPrimitiveType<Native: Wide>>(
        column: &PrimitiveArray<T>,
        beyond: u32,
        meaning: impl Fn(u32) -> u32,
    ) -> Vec<u32> {
        #[allow(clippy::cast_possible_truncation, reason = "no more than a number of 32 bits")]
        let number = |value: &T::Native| meaning(value.wide().min(beyond.into()) as u32);
        let mut numbers: Vec<u32> = column.values().iter().map(number).collect();
        if let Some(nulls) = column.nulls().filter(|nulls| nulls.null_count() > 0) {
            for (number, is_valid) in numbers.iter_mut().zip(nulls) {
                *number = if is_valid { *number } else { meaning(beyond) };
            }
        }
        numbers
    }
    Some(match column.data_type() {
        DataType::Int8 => read(column.as_primitive::<Int8Type>(), beyond, meaning),
        DataType::Int16 => read(column.as_primitive::<Int16Type>(), beyond, meaning),
        DataType::Int32 => read(column.as_primitive::<Int32Type>(), beyond, meaning),
        DataType::Int64 => read(column.as_primitive::<Int64Type>(), beyond, meaning),
        DataType::UInt8 => read(column.as_primitive::<UInt8Type>(), beyond, meaning),
        DataType::UInt16 => read(column.as_primitive::<UInt16Type>(), beyond, meaning),
        DataType::UInt32 => read(column.as_primitive::<UInt32Type>(), beyond, meaning),
        DataType::UInt64 => read(column.as_primitive::<UInt64Type>(), beyond, meaning),
        _ => return None,
    })
}

trait Wide {
    fn wide(self) -> u64;
}

macro_rules! wide {
    ($($integer:ty)*) => {
        $(impl Wide for $integer {
            #[allow(clippy::cast_sign_loss, clippy::cast_lossless, reason = "what is negative is to be large")]
            fn wide(self) -> u64 {
                self as u64
            }
        })*
    };
}

wide!(i8 i16 i32 i64 u8 u16 u32 u64);

/// Reads every value of a dictionary once, even if many rows have it.
fn of_dictionary(
    column: &dyn AnyDictionaryArray,
    read: fn(&dyn Array) -> Result<Vec<u32>>,
    none: u32,
) -> Result<Vec<u32>> {
    let values = read(column.values())?;
    if values.is_empty() {
        return Ok(vec![none; column.len()]); // there are no keys to ask for
    }
    let keys = column.normalized_keys().into_iter().enumerate();
    Ok(keys.map(|(row, key)| if column.keys().is_null(row) { none } else { values[key] }).collect())
}

/// The port of the service for every row, on the row's transport.
pub fn service_ports(names: &ColumnarValue, protocols: &Column, rows: usize) -> Result<UInt16Array> {
    let names = names.to_array(rows)?;
    let port = |name: Option<&str>, row: usize| {
        let proto = Proto::ALL.get(protocols.get(row) as usize)?;
        lookup_service(name?)?.port(*proto)
    };
    let each = |names: &mut dyn Iterator<Item = Option<&str>>| {
        names.enumerate().map(|(row, name)| port(name, row)).collect::<UInt16Array>()
    };
    Ok(match names.data_type() {
        DataType::Utf8 => each(&mut names.as_string::<i32>().iter()),
        DataType::LargeUtf8 => each(&mut names.as_string::<i64>().iter()),
        DataType::Utf8View => each(&mut names.as_string_view().iter()),
        other => return exec_err!("a service name is Utf8, not {other}"),
    })
}
