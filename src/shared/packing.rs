//! How values are packed into the numbers of the tables. Every format is written and read here.
//!
//! The generator shares this file: it writes on the build machine what the library reads on any target, so
//! each format is defined on numbers of fixed width.

#![allow(clippy::cast_possible_truncation, reason = "what is packed fits, or the generator refuses it")]

use super::{Date, PortRange, Proto};
use core::num::NonZeroU16;
use core::ops::Range;

/// The id of an entry, a service or a block.
///
/// It is kept as one more than the id, in handles and in the tables that may say "none": there 0 means
/// none, so that an `Option` of a handle takes no more room than the handle and costs nothing to make.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id(NonZeroU16);

impl Id {
    /// How many ids there can be of each kind.
    pub const MOST: usize = u16::MAX as usize - 1;

    /// This id, which is less than [`MOST`](Self::MOST).
    #[inline]
    pub const fn new(id: u16) -> Self {
        Self(NonZeroU16::MIN.saturating_add(id))
    }

    /// What a table holds for an id or for none.
    pub const fn pack(id: Option<usize>) -> usize {
        match id {
            Some(id) => id + 1,
            None => 0,
        }
    }

    /// What a number of a table means.
    #[inline]
    pub const fn unpack(packed: u16) -> Option<Self> {
        match NonZeroU16::new(packed) {
            Some(number) => Some(Self(number)),
            None => None,
        }
    }

    /// The id.
    #[inline]
    pub const fn get(self) -> u16 {
        self.0.get() - 1
    }

    /// The index in a table that has a place for none before all ids: what [`pack`](Self::pack) gives.
    #[inline]
    pub const fn packed(self) -> usize {
        self.0.get() as usize
    }
}

/// How many (port, transport) there are.
pub const PORT_INDEXES: usize = Proto::ALL.len() << 16;

/// Ports to a page of the tables that ports index. From 16 to 128 all are equally fast; smaller pages make
/// the first stage larger, larger ones leave fewer pages that are equal.
pub const PAGE: usize = 32;

/// Where a port on a transport is in a table of all of them: all ports of a transport stand together.
#[inline]
pub const fn port_index(port: u16, proto: Proto) -> usize {
    (proto as usize) << 16 | port as usize
}

/// A transport as the second key of a table of an entry's rows. None counts as the first one, for no entry
/// has rows with a transport and rows without.
pub const fn pack_transport(proto: Option<Proto>) -> usize {
    match proto {
        Some(proto) => proto as usize,
        None => 0,
    }
}

/// Two numbers in one, the lower of `bits` bits: offset and length of a string, first block and page of
/// statuses.
pub const fn pack_pair(upper: usize, lower: usize, bits: u32) -> usize {
    upper << bits | lower
}

/// The two numbers.
#[inline]
pub const fn unpack_pair(packed: u32, bits: u32) -> (usize, usize) {
    ((packed >> bits) as usize, (packed & !(u32::MAX << bits)) as usize)
}

/// The margin at both ends of the pool of names, in bytes: a word, so that there always is one to load.
pub const MARGIN: usize = 8;

/// Where a name is in its pool. The offset is stored less the margin, so that the compiler knows it is not 0, and
/// there is less to check when the name is taken out.
pub const fn pack_name(offset: usize, len: usize, length_bits: u32) -> usize {
    pack_pair(offset - MARGIN, len, length_bits)
}

/// The offset and the length.
#[inline]
pub const fn unpack_name(packed: u32, length_bits: u32) -> (usize, usize) {
    let (offset, len) = unpack_pair(packed, length_bits);
    (offset + MARGIN, len)
}

/// What a byte says of an entry.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct EntryFlags(u8);

impl EntryFlags {
    /// The entry's rows name no transport.
    pub const ANY_TRANSPORT: Self = Self(1 << 4);
    /// The entry's rows are historic aliases or duplicates.
    pub const ALIAS: Self = Self(1 << 5);
    /// There are other candidates for its port and transport.
    pub const SHARES_PORT: Self = Self(1 << 6);
    /// It is the first entry of a service that has more.
    pub const SEVERAL: Self = Self(1 << 7);
    /// Any transport at all that it is canonical on.
    pub const SOME_TRANSPORT: Self = Self(0xf);
    /// It is the canonical entry of a row on this transport. Of a row that has a port and names no
    /// transport that is the first one that it answers for.
    #[inline]
    pub const fn transport(proto: Proto) -> Self {
        Self(1 << proto as u8)
    }

    /// Flags of which a canonical entry has any if its rows answer on this transport, as far as they have a port.
    /// Computed without a branch.
    #[inline]
    pub const fn answering(proto: Proto) -> Self {
        const IF_NONE_NAMED: u8 = 1 << Proto::IF_NONE_NAMED[0] as u8 | 1 << Proto::IF_NONE_NAMED[1] as u8;
        let any = (IF_NONE_NAMED >> proto as u8 & 1) * Self::ANY_TRANSPORT.0;
        Self(1 << proto as u8 | any)
    }

    /// Both together.
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Those of these flags that the other ones are too.
    pub const fn among(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// These flags if the condition holds, and none otherwise.
    pub const fn when(self, holds: bool) -> Self {
        if holds { self } else { Self(0) }
    }

    /// Whether any of the other flags is set.
    #[inline]
    pub const fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// How many rows the entry is canonical for: one a transport, or one without.
    pub const fn rows(self) -> usize {
        let transports = (self.0 & Self::SOME_TRANSPORT.0).count_ones() as usize;
        if transports == 0 { 1 } else { transports }
    }

    /// The lowest transport of [`transport`](Self::transport)'s, if there is one.
    pub const fn first_transport(self) -> Option<Proto> {
        let mut at = 0;
        while at < Proto::ALL.len() {
            if self.has(Self::transport(Proto::ALL[at])) {
                return Some(Proto::ALL[at]);
            }
            at += 1;
        }
        None
    }

    pub const fn pack(self) -> u8 {
        self.0
    }

    #[inline]
    pub const fn unpack(packed: u8) -> Self {
        Self(packed)
    }
}

/// What the column of ports has for an entry without a port.
const NO_PORT: u16 = u16::MAX;

/// What the column of ports has for an entry: its port, or the first port of its range that it answers for.
pub const fn pack_port(port: Option<u16>) -> u16 {
    match port {
        Some(port) => port,
        None => NO_PORT,
    }
}

/// Whether the column of ports does not say all of these ports, so that the table of ranges must: several
/// ports, or the one that stands for none.
pub const fn needs_range(ports: PortRange) -> bool {
    !ports.is_single() || ports.first() == NO_PORT
}

/// The port of an entry by the column of ports. `None` leaves two possibilities: the entry has no port, or
/// it has the last one, and then the table of ranges has the entry.
#[inline]
pub const fn unpack_port(packed: u16) -> Option<u16> {
    if packed == NO_PORT { None } else { Some(packed) }
}

/// The port of an entry by the column of ports, where that says all, if the entry is the one to answer.
/// Computed without a branch.
#[inline]
#[allow(clippy::needless_bitwise_bool, reason = "a lazy operator is a branch")]
pub const fn unpack_port_if(packed: u16, answers: bool) -> Option<u16> {
    if answers & (packed != NO_PORT) { Some(packed) } else { None }
}

/// What is to know of a block besides its ports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BlockFlags {
    /// `None` for all transports.
    pub proto: Option<Proto>,
    pub is_unassigned: bool,
    /// Whether one port is written as a range: `4748-4748`.
    pub is_range: bool,
}

impl BlockFlags {
    pub const fn pack(self) -> u8 {
        let transport = match self.proto {
            Some(proto) => proto as u8,
            None => Proto::ALL.len() as u8,
        };
        transport | (self.is_unassigned as u8) << 3 | (self.is_range as u8) << 4
    }

    pub const fn unpack(packed: u8) -> Self {
        let transport = (packed & 7) as usize;
        Self {
            proto: if transport < Proto::ALL.len() { Some(Proto::ALL[transport]) } else { None },
            is_unassigned: packed & 1 << 3 != 0,
            is_range: packed & 1 << 4 != 0,
        }
    }
}

/// Stands in the table of the registry's order before a run of rows that is not all of an entry: behind it comes which
/// rows it is, and then the entry. No row has this number.
const PART_OF_ENTRY: u16 = u16::MAX;

/// A run of rows that follow one another in the registry: all rows of an entry, these ones of them, or a block.
pub fn pack_run(row: usize, some: Option<EntryFlags>) -> impl Iterator<Item = usize> {
    let which = some.map(|flags| [PART_OF_ENTRY.into(), flags.0.into()]);
    which.into_iter().flatten().chain([row])
}

/// The first run of a table, with the transports of its rows, and the rest of the table.
pub const fn unpack_run(numbers: &[u16]) -> Option<(u16, EntryFlags, &[u16])> {
    match numbers {
        [PART_OF_ENTRY, transports, row, rest @ ..] => Some((*row, EntryFlags(*transports as u8), rest)),
        [row, rest @ ..] => Some((*row, EntryFlags::SOME_TRANSPORT, rest)),
        [] => None,
    }
}

/// What a port without a record is. Bit 0: unassigned. Bit 1: Dynamic. Above: where the covering block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Status(u32);

impl Status {
    /// Reserved, without a block that says so.
    pub const RESERVED: Self = Self(0);
    /// Unassigned, without a block that says so.
    pub const UNASSIGNED: Self = Self(1);
    /// One of the Dynamic Ports.
    pub const DYNAMIC: Self = Self(2);

    /// Covered by the block that is so far behind the first one of the page.
    pub const fn of_block(behind: usize, is_unassigned: bool) -> Self {
        Self((Id::pack(Some(behind)) as u32) << 2 | is_unassigned as u32)
    }

    #[inline]
    pub const fn is_unassigned(self) -> bool {
        self.0 & 1 != 0
    }

    #[inline]
    pub const fn is_dynamic(self) -> bool {
        self.0 & 2 != 0
    }

    /// The covering block, as [`Id::unpack`] takes it, if this is the page's first block. Computed without
    /// a branch.
    #[inline]
    pub const fn block(self, first: usize) -> u16 {
        let behind = (self.0 >> 2) as usize;
        ((first + behind) * (behind != 0) as usize) as u16
    }

    pub const fn pack(self) -> u32 {
        self.0
    }

    #[inline]
    pub const fn unpack(packed: u32) -> Self {
        Self(packed)
    }
}

/// Ports of a set, 32 neighbours to a number. Ascending.
#[derive(Clone, Debug, Default)]
pub struct PortSet {
    first: u16,
    left: u32,
}

impl PortSet {
    /// Which number of a set has a port, and what the port adds to it.
    pub const fn pack(port: u16) -> (usize, u32) {
        (port as usize / 32, 1 << (port % 32))
    }

    /// The ports that the set's number at this index has.
    pub const fn unpack(index: usize, packed: u32) -> Self {
        Self { first: index as u16 * 32, left: packed }
    }

    /// Only the ports that are in a range, the end excluded.
    pub fn within(self, ports: &Range<u32>) -> Self {
        let below = |end: u32| (1_u64 << end.saturating_sub(self.first.into()).min(32)) - 1;
        Self { left: self.left & (below(ports.end) & !below(ports.start)) as u32, ..self }
    }
}

impl Iterator for PortSet {
    type Item = u16;

    fn next(&mut self) -> Option<u16> {
        let lowest = self.left.trailing_zeros();
        self.left &= self.left.checked_sub(1)?;
        Some(self.first + lowest as u16)
    }
}

impl DoubleEndedIterator for PortSet {
    fn next_back(&mut self) -> Option<u16> {
        let highest = 31_u32.checked_sub(self.left.leading_zeros())?;
        self.left &= !(1 << highest);
        Some(self.first + highest as u16)
    }
}

/// The first year of a packed date, before there was a registry.
pub const FIRST_YEAR: u16 = 1950;

/// How many years a packed date can be of.
pub const YEARS: u16 = 1 << 7;

/// A date in 16 bits: years since the first year, month, day (0 for none). No date is 0.
pub const fn pack_date(date: Option<Date>) -> u16 {
    let Some(date) = date else { return 0 };
    let (year, month, day) = date.to_parts();
    (year - FIRST_YEAR) << 9 | (month as u16) << 5 | day as u16
}

/// The date, if it is one.
pub const fn unpack_date(packed: u16) -> Option<Date> {
    if packed == 0 {
        return None;
    }
    Some(Date::from_parts(FIRST_YEAR + (packed >> 9), (packed >> 5 & 0xf) as u8, (packed & 0x1f) as u8))
}

/// What a reference refers to: an RFC by its number, or a text by its id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    Rfc(u32),
    Draft(usize),
    Uri(usize),
    Text(usize),
}

/// A reference's target as two numbers: what it is, and which.
pub const fn pack_target(target: Target) -> [u32; 2] {
    match target {
        Target::Rfc(number) => [0, number],
        Target::Draft(text) => [1, text as u32],
        Target::Uri(text) => [2, text as u32],
        Target::Text(text) => [3, text as u32],
    }
}

/// The target.
pub const fn unpack_target([kind, which]: [u32; 2]) -> Target {
    match kind {
        0 => Target::Rfc(which),
        1 => Target::Draft(which as usize),
        2 => Target::Uri(which as usize),
        _ => Target::Text(which as usize),
    }
}

/// Whom a row names as assignee or contact. Almost always it is one person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Named {
    Nobody,
    Person(usize),
    Group(usize),
}

/// Whom a row names as one number: 0 for nobody, then all people, then the groups.
pub const fn pack_named(named: Named, people: usize) -> usize {
    match named {
        Named::Nobody => 0,
        Named::Person(person) => 1 + person,
        Named::Group(group) => 1 + people + group,
    }
}

/// Whom the number names.
pub const fn unpack_named(packed: usize, people: usize) -> Named {
    match packed {
        0 => Named::Nobody,
        _ if packed <= people => Named::Person(packed - 1),
        _ => Named::Group(packed - 1 - people),
    }
}
