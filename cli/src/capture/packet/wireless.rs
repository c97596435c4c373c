//! IEEE 802.11, plain and with the headers that monitors write before it.

use super::rest::Rest;
use super::{Layer, PacketError, Protocol, Step};

/// How the frame is encoded.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Form {
    Plain,
    /// The header is padded to four bytes.
    Padded,
    /// The first two bytes may be swapped, as Cisco's access points send them.
    Swapped,
}

/// In the control field: version 0, the type of data frames, and a subtype that has data.
const DATA: u8 = 0b0000_1000;
const CONTROL: u8 = 0b0100_1111;

/// Reads a data frame that is not encrypted (IEEE 802.11 section 9.3.2.1). No other frames are supported.
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
    // If a frame contains several packets, only the first one counts. It has the header of an Ethernet frame.
    Ok(if is_aggregate { Layer::Ethernet } else { Layer::Llc })
}

/// radiotap.org: the length of the header, and which fields it has. One field says whether there is padding.
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
