//! Sets of ports as bits of numbers.

#![allow(clippy::cast_possible_truncation, reason = "there are 2,048 numbers of 32 ports")]

/// The ports in one number of a set, which stands for [`PORTS`](Self::PORTS) neighbors. Ascending.
#[derive(Clone, Debug, Default)]
pub struct PortSet {
    first: u16,
    left: u32,
}

impl PortSet {
    /// How many ports a number stands for.
    pub const PORTS: u16 = 32;

    /// The number of the set that holds a port, and the bit for the port in it.
    pub const fn pack(port: u16) -> (usize, u32) {
        ((port / Self::PORTS) as usize, 1 << (port % Self::PORTS))
    }

    /// The ports in the set's number at this index.
    pub const fn unpack(index: usize, packed: u32) -> Self {
        Self { first: index as u16 * Self::PORTS, left: packed }
    }
}

const _: () = {
    let (index, bit) = PortSet::pack(443);
    let set = PortSet::unpack(index, bit);
    assert!(set.first <= 443 && set.left == 1 << (443 - set.first));
};

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
