//! How the tables of familiar names hold ports, transports and names.

#![allow(clippy::cast_possible_truncation, reason = "packed values fit, or the generator refuses them")]

use super::packing::{PORT_INDEXES, pack_pair, port_index};
use super::proto::Proto;

/// How many familiar names there can be.
pub const MAX_FAMILIAR: usize = 1 << FAMILIAR_BITS;

/// The index of a port and transport as a bucket and as a slot, of which the bucket flips bits. No two indexes share
/// both.
#[inline]
pub const fn bucket_and_slot(index: usize) -> (usize, usize) {
    (index % BUCKETS, index / BUCKETS)
}

/// The slot after the bucket has flipped bits, among a number of slots that is a power of two.
#[inline]
pub const fn flip(slot: usize, flips: usize, slots: usize) -> usize {
    (slot ^ flips) % slots
}

/// How many buckets there are. Few ports with familiar names have the same lower bits.
pub const BUCKETS: usize = 512;

const FAMILIAR_BITS: u32 = u32::BITS - PORT_INDEXES.ilog2();

/// The index of a port and transport, and the familiar name that is shown for them.
pub const fn pack_familiar(index: usize, name: usize) -> usize {
    pack_pair(index, name, FAMILIAR_BITS)
}

/// The name, if it is shown for this index.
#[inline]
pub const fn unpack_familiar(packed: u32, index: usize) -> Option<usize> {
    // Equal indexes cancel each other out, and leave the name.
    let name = packed as usize ^ pack_familiar(index, 0);
    if name < MAX_FAMILIAR { Some(name) } else { None }
}

/// A familiar name and a transport, with the port that they mean. The port is lowest, so that these are in the order of
/// names and transports.
pub const fn pack_familiar_port(name: usize, proto: Proto, port: u16) -> usize {
    pack_pair(name, port_index(port, proto), PORT_INDEXES.ilog2())
}

/// The port, if the number is for this name and transport.
pub const fn unpack_familiar_port(packed: u32, name: usize, proto: Proto) -> Option<u16> {
    let port = packed as usize ^ pack_familiar_port(name, proto, 0);
    if port <= u16::MAX as usize { Some(port as u16) } else { None }
}

const _: () = {
    let index = port_index(443, Proto::Dccp);
    assert!(matches!(bucket_and_slot(index), (bucket, slot) if slot * BUCKETS + bucket == index));
    let packed = pack_familiar(index, MAX_FAMILIAR - 1) as u32;
    assert!(matches!(unpack_familiar(packed, index), Some(16_383)) && unpack_familiar(packed, index - 1).is_none());
    assert!(pack_familiar_port(MAX_FAMILIAR - 1, Proto::Dccp, 443) <= u32::MAX as usize);
    let packed = pack_familiar_port(7, Proto::Dccp, 443) as u32;
    assert!(matches!(unpack_familiar_port(packed, 7, Proto::Dccp), Some(443)));
    assert!(
        unpack_familiar_port(packed, 7, Proto::Tcp).is_none() && unpack_familiar_port(packed, 6, Proto::Dccp).is_none()
    );
    assert!(flip(5, 3, 4) == 2);
};
