//! IEEE 802.11, as it is and with what monitors write before it.

use super::rest::Rest;
use super::{Layer, PacketError, Protocol, Step};

/// How a frame is written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Form {
    Plain,
    /// Its header is padded to four bytes.
    Padded,
    /// Its first two bytes are swapped, as access points of Cisco do, or not.
    Swapped,
}

/// Version 0, data, and not one of the subtypes that have none.
const DATA: u8 = 0b0000_1000;
const CONTROL: u8 = 0b0100_1111;

/// A frame of data that is not encrypted (IEEE 802.11 section 9.3.2.1). Others are not read.
pub fn frame(form: Form, rest: &mut Rest<'_>) -> Step {
    let whole = rest.0.len();
    let [a, b] = rest.array()?;
    let [kind, flags] = if form == Form::Swapped && a & CONTROL != DATA { [b, a] } else { [a, b] };
    let (to_and_from, protected, ordered) = (flags & 3 == 3, flags & 0x40 != 0, flags & 0x80 != 0);
    if kind & CONTROL != DATA || protected {
        return Err(PacketError::Other(Protocol::Wireless));
    }
    rest.take(20)?;
    let [fragment, _] = rest.array()?;
    if fragment & 15 != 0 {
        return Err(PacketError::NoPorts);
    }
    if to_and_from {
        rest.take(6)?;
    }
    let has_quality = kind & 0x80 != 0;
    let is_aggregate = has_quality && rest.array::<2>()?[0] & 0x80 != 0;
    if has_quality && ordered {
        rest.take(4)?;
    }
    if form == Form::Padded {
        let taken = whole - rest.0.len();
        rest.take(taken.next_multiple_of(4) - taken)?;
    }
    // Only the first of several packets in a frame counts. It has the addresses and the length that Ethernet has.
    Ok(if is_aggregate { Layer::Ethernet } else { Layer::Llc })
}

/// radiotap.org: the header's length, and which fields it has. One of them tells of padding.
pub fn radiotap(rest: &mut Rest<'_>) -> Step {
    let [_, _, a, b] = *rest.0.first_chunk().ok_or(PacketError::NoPorts)?;
    let mut header = Rest(rest.take(u16::from_le_bytes([a, b]).into())?);
    let whole = header.0.len();
    header.take(4)?;
    let [fields, _, _, mut last] = header.array()?;
    while last & 0x80 != 0 {
        last = header.array::<4>()?[3];
    }
    let has = |bit: u8| fields & bit != 0;
    if has(1) {
        // A time, aligned.
        let at = whole - header.0.len();
        header.take(at.next_multiple_of(8) - at + 8)?;
    }
    let is_padded = has(2) && header.array::<1>()?[0] & 0x20 != 0;
    frame(if is_padded { Form::Padded } else { Form::Plain }, rest)
}
