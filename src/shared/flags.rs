//! The flags of an entry or a block, in one byte.

use super::proto::Proto;

/// Facts about an entry. The low bits are transports: bit `proto as u8` is set if the entry is the canonical one of its
/// row on that transport.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct EntryFlags(u8);

impl EntryFlags {
    /// Its rows name no transport.
    pub const ANY_TRANSPORT: Self = Self(1 << 4);
    /// Its rows are historic aliases or duplicates.
    pub const ALIAS: Self = Self(1 << 5);
    /// It is the first of several entries of a service, or one of several candidates: a table of lists has the others.
    pub const LISTED: Self = Self(1 << 6);
    /// A port for which it is primary is in everyday use.
    pub const EVERYDAY: Self = Self(1 << 7);
    /// The bits of all transports.
    pub const SOME_TRANSPORT: Self = Self(0xf);

    /// The bit of a transport. A row that has a port and names no transport has the bit of the first transport on which
    /// it answers.
    #[inline]
    pub const fn transport(proto: Proto) -> Self {
        Self(1 << proto as u8)
    }

    /// The flags of which a canonical entry has at least one if its rows can answer on this transport. Computed without
    /// a branch.
    #[inline]
    pub const fn answering(proto: Proto) -> Self {
        const IF_NONE_NAMED: u8 = 1 << Proto::IF_NONE_NAMED[0] as u8 | 1 << Proto::IF_NONE_NAMED[1] as u8;
        let any = (IF_NONE_NAMED >> proto as u8 & 1) * Self::ANY_TRANSPORT.0;
        Self(1 << proto as u8 | any)
    }

    pub const fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// These flags if the condition holds, otherwise none.
    pub const fn when(self, holds: bool) -> Self {
        if holds { self } else { Self(0) }
    }

    /// True if they have a flag in common.
    #[inline]
    pub const fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// How many rows the entry is canonical for: one for each transport, or one without a transport.
    pub const fn rows(self) -> usize {
        let transports = (self.0 & Self::SOME_TRANSPORT.0).count_ones() as usize;
        if transports == 0 { 1 } else { transports }
    }

    /// The first transport on which the entry is canonical, if there is one.
    pub const fn first_transport(self) -> Option<Proto> {
        let rank = self.0.trailing_zeros() as usize;
        if rank < Proto::ALL.len() { Some(Proto::ALL[rank]) } else { None }
    }

    pub const fn pack(self) -> u8 {
        self.0
    }

    #[inline]
    pub const fn unpack(packed: u8) -> Self {
        Self(packed)
    }
}

const _: () = {
    let both = EntryFlags::transport(Proto::Udp).union(EntryFlags::transport(Proto::Sctp));
    let alias = both.union(EntryFlags::ALIAS.when(true)).union(EntryFlags::EVERYDAY.when(false));
    let read = EntryFlags::unpack(alias.pack());
    assert!(read.rows() == 2 && matches!(read.first_transport(), Some(Proto::Udp)));
    assert!(read.has(EntryFlags::ALIAS) && !read.has(EntryFlags::EVERYDAY.union(EntryFlags::LISTED)));
    assert!(EntryFlags::ANY_TRANSPORT.has(EntryFlags::answering(Proto::Udp)));
    assert!(!EntryFlags::ANY_TRANSPORT.has(EntryFlags::answering(Proto::Sctp)));
};

/// Facts about a block besides its ports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BlockFlags {
    /// `None` for all transports.
    pub proto: Option<Proto>,
    pub is_unassigned: bool,
    /// True if the registry writes one port as a range: `4748-4748`.
    pub is_range: bool,
}

impl BlockFlags {
    pub const fn pack(self) -> u8 {
        let transport = match self.proto {
            Some(proto) => proto as u8,
            None => NO_TRANSPORT,
        };
        transport | (self.is_unassigned as u8) << 3 | (self.is_range as u8) << 4
    }

    pub const fn unpack(packed: u8) -> Self {
        let transport = packed & 7;
        Self {
            proto: if transport < NO_TRANSPORT { Some(Proto::ALL[transport as usize]) } else { None },
            is_unassigned: packed & 1 << 3 != 0,
            is_range: packed & 1 << 4 != 0,
        }
    }
}

/// The number that stands for no transport in the flags of a block.
#[allow(clippy::cast_possible_truncation, reason = "there are four transports")]
const NO_TRANSPORT: u8 = Proto::ALL.len() as u8;

const _: () = {
    let flags = BlockFlags { proto: Some(Proto::Dccp), is_unassigned: true, is_range: false };
    let read = BlockFlags::unpack(flags.pack());
    assert!(matches!(read.proto, Some(Proto::Dccp)) && read.is_unassigned && !read.is_range);
};
