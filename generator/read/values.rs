//! From the text of a column to its value.

use super::registry::{Field, Origin};
use crate::generator::bounds::MAX_NAME;
use crate::generator::error::{InputError, excerpt};
use crate::generator::error_kind::{ErrorKind, LAST_YEAR};
use crate::generator::shared::date::Date;
use crate::generator::shared::packing::FIRST_YEAR;
use crate::generator::shared::port_class::PortClass;
use crate::generator::shared::port_range::{ParsePortRangeErrorKind, PortRange};
use crate::generator::shared::proto::Proto;

/// Refuses a name that the tables cannot hold.
pub fn check_name(field: &Field) -> Result<(), InputError> {
    let name = field.text.as_str();
    let unprintable = name.chars().find(|c| !matches!(c, ' '..='~')).map(ErrorKind::UnprintableName);
    let long = Some(ErrorKind::LongName(name.len())).filter(|_| name.len() > MAX_NAME);
    unprintable.or(long).map_or(Ok(()), |kind| Err(InputError::at(field.offset, kind)))
}

pub fn proto(field: &Field) -> Result<Proto, InputError> {
    let known = Proto::ALL.into_iter().find(|proto| proto.as_str() == field.text);
    known.ok_or_else(|| InputError::at(field.offset, ErrorKind::UnknownTransport(excerpt(&field.text))))
}

/// The ports of a number or a range.
pub fn ports(field: &Field, origin: Origin) -> Result<PortRange, InputError> {
    let kind: fn(String) -> ErrorKind = match PortRange::read(&decimal(&field.text)) {
        Ok(ports) if PortClass::of(ports.last()) != PortClass::Dynamic || origin == Origin::Overlay => {
            return Ok(ports);
        }
        Ok(_) => ErrorKind::DynamicPort,
        Err(ParsePortRangeErrorKind::NotANumber) => ErrorKind::BadNumber,
        Err(ParsePortRangeErrorKind::TooLarge) => ErrorKind::NumberTooLarge,
        Err(ParsePortRangeErrorKind::Reversed) => ErrorKind::ReversedRange,
    };
    Err(InputError::at(field.offset, kind(excerpt(&field.text))))
}

/// A number or a range in the form of a [`PortRange`]. IANA's grammar also allows `0x`, and spaces around a hyphen.
fn decimal(text: &str) -> String {
    let end = |end: &str| {
        let digits = end.strip_prefix("0x").filter(|digits| !digits.starts_with('+'));
        let number = digits.and_then(|digits| u64::from_str_radix(digits, 16).ok());
        number.map_or(end.to_owned(), |number| number.to_string())
    };
    match text.split_once('-') {
        Some((first, last)) => format!("{}-{}", end(first.trim_ascii()), end(last.trim_ascii())),
        None => end(text),
    }
}

/// A date that fits into a table, if there is one. `correct` is what an error asks to correct.
pub fn packed_date(field: Option<&Field>, correct: &'static str) -> Result<Option<Date>, InputError> {
    let date = date(field, correct)?;
    match field.zip(date.map(Date::year)) {
        None | Some((_, FIRST_YEAR..=LAST_YEAR)) => Ok(date),
        Some((field, found)) => Err(InputError::at(field.offset, ErrorKind::BadYear { found, correct })),
    }
}

/// A date in any year, if there is one.
pub fn date(field: Option<&Field>, correct: &'static str) -> Result<Option<Date>, InputError> {
    let Some(field) = field else { return Ok(None) };
    let text = field.text.as_str();
    // XML Schema allows a time zone, which means nothing for a day.
    let zone = text.len().saturating_sub("+00:00".len());
    let is_zone = |zone: &str| zone.starts_with(['+', '-']) && zone.as_bytes()[3] == b':';
    let day = match text.strip_suffix('Z') {
        Some(day) => day,
        None if text.get(zone..).is_some_and(|zone| zone.len() == 6 && is_zone(zone)) => &text[..zone],
        None => text,
    };
    let bad = || InputError::at(field.offset, ErrorKind::BadDate { found: excerpt(text), correct });
    day.parse().map(Some).map_err(|_| bad())
}

/// 32 bits in decimal.
pub fn service_code(field: &Field) -> Result<u32, InputError> {
    let text = field.text.strip_prefix('+').unwrap_or(&field.text);
    let code = if text.bytes().all(|byte| byte.is_ascii_digit()) { text.parse().ok() } else { None };
    code.ok_or_else(|| InputError::at(field.offset, ErrorKind::BadServiceCode(excerpt(&field.text))))
}
