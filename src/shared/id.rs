//! The numbers by which the tables know entries, services and blocks.

use core::num::NonZeroU16;

/// The id of an entry, a service or a block.
///
/// Handles and tables store the id plus one, so that a table has 0 for "none", and an `Option` of a handle is no larger
/// than the handle and costs nothing to make.
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

    /// The number that a table holds for an id or for none.
    pub const fn pack(id: Option<usize>) -> usize {
        match id {
            Some(id) => id + 1,
            None => 0,
        }
    }

    /// The id that a number in a table stands for.
    #[inline]
    pub const fn unpack(packed: u16) -> Option<Self> {
        map!(NonZeroU16::new(packed), |number| Self(number))
    }

    #[inline]
    pub const fn get(self) -> u16 {
        self.0.get() - 1
    }

    /// The index in a table that has a place for "none" before all ids: what [`pack`](Self::pack) gives.
    #[inline]
    pub const fn packed(self) -> usize {
        self.0.get() as usize
    }
}

#[allow(clippy::cast_possible_truncation, reason = "the most ids fit in two bytes")]
const _: () = {
    let last = Id::new(Id::MOST as u16 - 1);
    assert!(last.packed() == Id::pack(Some(Id::MOST - 1)) && last.get() as usize == Id::MOST - 1);
    assert!(matches!(Id::unpack(last.packed() as u16), Some(id) if id.get() == last.get()));
    assert!(Id::unpack(Id::pack(None) as u16).is_none());
};
