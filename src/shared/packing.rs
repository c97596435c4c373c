//! How values become numbers in the tables, and back. A constant assertion follows each format.
//!
//! The build machine writes what the library reads on any target, so each format is defined on numbers of fixed width.

#![allow(clippy::cast_possible_truncation, reason = "packed values fit, or the generator refuses them")]

use super::date::Date;
use super::flags::EntryFlags;
use super::id::Id;
use super::port_range::PortRange;
use super::proto::Proto;

/// The number of pairs of port and transport.
pub const PORT_INDEXES: usize = Proto::ALL.len() << 16;

/// The ports in a page of the tables that ports index. Sizes from 16 to 128 are equally fast. Smaller pages make the
/// first stage larger; of larger pages, fewer are equal.
pub const PAGE: usize = 32;

/// The index of a port and transport. All ports of one transport stand together.
#[inline]
pub const fn port_index(port: u16, proto: Proto) -> usize {
    (proto as usize) << 16 | port as usize
}

/// A transport as the second key in a table of an entry's rows. "None" counts as the first transport: no entry has both
/// rows with a transport and rows without one.
pub const fn pack_transport(proto: Option<Proto>) -> usize {
    match proto {
        Some(proto) => proto as usize,
        None => 0,
    }
}

/// Two numbers in one, the lower one `bits` bits wide: the offset and length of a string, or the first block and the
/// page of statuses.
pub const fn pack_pair(upper: usize, lower: usize, bits: u32) -> usize {
    upper << bits | lower
}

#[inline]
pub const fn unpack_pair(packed: u32, bits: u32) -> (usize, usize) {
    ((packed >> bits) as usize, (packed & !(u32::MAX << bits)) as usize)
}

const _: () = assert!(matches!(unpack_pair(pack_pair(70_000, 15, 4) as u32, 4), (70_000, 15)));

/// How many familiar names there can be.
pub const MAX_FAMILIAR: usize = 1 << FAMILIAR_BITS;

const FAMILIAR_BITS: u32 = u32::BITS - PORT_INDEXES.ilog2();

/// A port and a transport with the number of a familiar name. These numbers sort by transport, then port.
pub const fn pack_familiar(port: u16, proto: Proto, name: usize) -> usize {
    pack_pair(port_index(port, proto), name, FAMILIAR_BITS)
}

#[inline]
pub const fn unpack_familiar(packed: u32) -> (u16, Proto, usize) {
    let (index, name) = unpack_pair(packed, FAMILIAR_BITS);
    (index as u16, Proto::ALL[(index >> u16::BITS) % Proto::ALL.len()], name)
}

const _: () = {
    let packed = pack_familiar(443, Proto::Dccp, MAX_FAMILIAR - 1) as u32;
    assert!(matches!(unpack_familiar(packed), (443, Proto::Dccp, 16_383)));
};

/// The bytes at either end of the pool of names, so that a reader can load as many from the start of any name.
pub const MARGIN: usize = 20;

/// Where a name is in its pool. The number counts from the end of the margin. So the compiler knows that an offset is
/// not 0, and needs fewer checks to cut out the name.
pub const fn pack_name(offset: usize, len: usize, length_bits: u32) -> usize {
    pack_pair(offset - MARGIN, len, length_bits)
}

/// The offset and the length.
#[inline]
pub const fn unpack_name(packed: u32, length_bits: u32) -> (usize, usize) {
    let (offset, len) = unpack_pair(packed, length_bits);
    (offset + MARGIN, len)
}

const _: () = assert!(matches!(unpack_name(pack_name(MARGIN, 5, 4) as u32, 4), (MARGIN, 5)));

/// The number that stands for no port in the column of ports.
const NO_PORT: u16 = u16::MAX;

/// The number in the column of ports: the port of an entry, or the first port of its range that it answers for.
pub const fn pack_port(port: Option<u16>) -> u16 {
    match port {
        Some(port) => port,
        None => NO_PORT,
    }
}

/// True if the column of ports cannot hold these ports, so that the table of ranges does: several ports, or the one
/// whose number stands for none.
pub const fn needs_range(ports: PortRange) -> bool {
    !ports.is_single() || ports.first() == NO_PORT
}

/// The port of an entry by the column of ports. If it is `None`, the entry has no port, or it is in the table of
/// ranges.
#[inline]
pub const fn unpack_port(packed: u16) -> Option<u16> {
    if packed == NO_PORT { None } else { Some(packed) }
}

/// The port of an entry that is not in the table of ranges, if the entry answers. Computed without a branch.
#[inline]
#[allow(clippy::needless_bitwise_bool, reason = "a lazy operator is a branch")]
pub const fn unpack_port_if(packed: u16, answers: bool) -> Option<u16> {
    if answers & (packed != NO_PORT) { Some(packed) } else { None }
}

const _: () = {
    assert!(matches!(unpack_port(pack_port(Some(443))), Some(443)) && unpack_port(pack_port(None)).is_none());
    assert!(matches!(unpack_port_if(443, true), Some(443)) && unpack_port_if(443, false).is_none());
    assert!(needs_range(PortRange::from_ends(NO_PORT, NO_PORT)) && !needs_range(PortRange::from_ends(443, 443)));
};

/// This number announces a run that is not all rows of an entry: their transports follow, then the entry. No row has
/// this number.
const PART_OF_ENTRY: u16 = u16::MAX;

/// A run of rows that follow one another in the registry: all rows of an entry, some of them, or a block.
pub const fn pack_run(row: usize, some: Option<EntryFlags>) -> [Option<usize>; 3] {
    match some {
        Some(flags) => [Some(PART_OF_ENTRY as usize), Some(flags.pack() as usize), Some(row)],
        None => [Some(row), None, None],
    }
}

/// The first run of a table, with the transports of its rows, and the rest of the table.
pub const fn unpack_run(numbers: &[u16]) -> Option<(u16, EntryFlags, &[u16])> {
    match numbers {
        [PART_OF_ENTRY, transports, row, rest @ ..] => Some((*row, EntryFlags::unpack(*transports as u8), rest)),
        [row, rest @ ..] => Some((*row, EntryFlags::SOME_TRANSPORT, rest)),
        [] => None,
    }
}

const _: () = {
    let [Some(mark), Some(flags), Some(row)] = pack_run(7, Some(EntryFlags::transport(Proto::Udp))) else { panic!() };
    assert!(matches!(unpack_run(&[mark as u16, flags as u16, row as u16, 8]), Some((7, udp, [8])) if udp.rows() == 1));
    assert!(matches!(unpack_run(&[7]), Some((7, EntryFlags::SOME_TRANSPORT, []))));
};

/// The status of a port without a record. Bit 0: unassigned. Bit 1: Dynamic. The bits above: where the covering block
/// is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Status(u32);

impl Status {
    /// Reserved, without a block that says so.
    pub const RESERVED: Self = Self(0);
    /// Unassigned, without a block that says so.
    pub const UNASSIGNED: Self = Self(1);
    /// One of the Dynamic Ports.
    pub const DYNAMIC: Self = Self(2);

    /// Covered by the block that comes this many places after the page's first one.
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

    /// The covering block, as [`Id::unpack`] reads it; `first` is the page's first block. Computed without a branch.
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

const _: () = {
    let block = Status::unpack(Status::of_block(3, true).pack());
    assert!(block.is_unassigned() && !block.is_dynamic());
    assert!(matches!(Id::unpack(block.block(10)), Some(id) if id.get() == 13));
    assert!(Status::DYNAMIC.is_dynamic() && Status::UNASSIGNED.is_unassigned() && Status::RESERVED.block(10) == 0);
};

/// The first year of a packed date, before there was a registry.
pub const FIRST_YEAR: u16 = 1950;

/// How many years a packed date can tell apart.
pub const YEARS: u16 = 1 << 7;

/// A date in 16 bits: years since the first year, month, day (0 for none). No date is 0.
pub const fn pack_date(date: Option<Date>) -> u16 {
    let Some(date) = date else { return 0 };
    let (year, month, day) = date.to_parts();
    (year - FIRST_YEAR) << 9 | (month as u16) << 5 | day as u16
}

pub const fn unpack_date(packed: u16) -> Option<Date> {
    if packed == 0 {
        return None;
    }
    Some(Date::from_parts(FIRST_YEAR + (packed >> 9), (packed >> 5 & 0xf) as u8, (packed & 0x1f) as u8))
}

const _: () = {
    let last = Date::from_parts(FIRST_YEAR + YEARS - 1, 12, 31);
    let Some(date) = unpack_date(pack_date(Some(last))) else { panic!() };
    assert!(date.year() == last.year() && date.month() == 12 && matches!(date.day(), Some(31)));
    assert!(unpack_date(pack_date(None)).is_none());
};

/// The target of a reference: an RFC by its number, or a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Target<T> {
    Rfc(u32),
    Draft(T),
    Uri(T),
    Text(T),
}

/// A target as two numbers: its kind, and the RFC or the id of the text.
pub const fn pack_target(target: &Target<usize>) -> [usize; 2] {
    match *target {
        Target::Rfc(number) => [0, number as usize],
        Target::Draft(text) => [1, text],
        Target::Uri(text) => [2, text],
        Target::Text(text) => [3, text],
    }
}

pub const fn unpack_target([kind, which]: [u32; 2]) -> Target<usize> {
    match kind {
        0 => Target::Rfc(which),
        1 => Target::Draft(which as usize),
        2 => Target::Uri(which as usize),
        _ => Target::Text(which as usize),
    }
}

const _: () = {
    let [kind, which] = pack_target(&Target::Uri(9));
    assert!(matches!(unpack_target([kind as u32, which as u32]), Target::Uri(9)));
};

/// The assignee or the contact that a row names. Almost always it is one person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Named {
    Nobody,
    Person(usize),
    Group(usize),
}

/// The assignee or the contact as one number: 0 for nobody, then all people, then the groups.
pub const fn pack_named(named: Named, people: usize) -> usize {
    match named {
        Named::Nobody => 0,
        Named::Person(person) => 1 + person,
        Named::Group(group) => 1 + people + group,
    }
}

pub const fn unpack_named(packed: usize, people: usize) -> Named {
    match packed {
        0 => Named::Nobody,
        _ if packed <= people => Named::Person(packed - 1),
        _ => Named::Group(packed - 1 - people),
    }
}

const _: () = {
    assert!(matches!(unpack_named(pack_named(Named::Nobody, 5), 5), Named::Nobody));
    assert!(matches!(unpack_named(pack_named(Named::Person(4), 5), 5), Named::Person(4)));
    assert!(matches!(unpack_named(pack_named(Named::Group(0), 5), 5), Named::Group(0)));
};
