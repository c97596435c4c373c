//! Fragments of packets. Only the first fragment contains the ports. Fragments may come in any order, and more than
//! once.

use super::packet::{Packet, PacketId};
use super::tally::Traffic;
use std::collections::{HashMap, VecDeque};
use std::mem;

/// How many fragmented packets are remembered at once. The oldest one is forgotten first.
const MOST: usize = 1 << 14;

#[derive(Default)]
pub struct Fragments {
    /// The packet, as soon as its first fragment is known, and the fragments that wait for the first one.
    known: HashMap<PacketId, (Option<Packet>, Traffic)>,
    /// The packets in the order in which their fragments first appeared.
    order: VecDeque<PacketId>,
    /// The fragments that were forgotten before the first fragment of their packet came.
    lost: Traffic,
}

impl Fragments {
    /// Adds a first fragment, and returns the fragments that waited for it.
    pub fn first(&mut self, whole: PacketId, packet: Packet) -> Traffic {
        let (known, waiting) = self.entry(whole);
        *known = Some(packet);
        mem::take(waiting)
    }

    /// Adds another fragment, and returns its packet if the first fragment is known. Otherwise the fragment waits.
    pub fn later(&mut self, whole: PacketId, own: Traffic) -> Option<Packet> {
        let (known, waiting) = self.entry(whole);
        if known.is_none() {
            *waiting = waiting.plus(own);
        }
        *known
    }

    fn entry(&mut self, whole: PacketId) -> &mut (Option<Packet>, Traffic) {
        if !self.known.contains_key(&whole) {
            self.order.push_back(whole);
            if self.order.len() > MOST {
                let forgotten = self.order.pop_front().and_then(|oldest| self.known.remove(&oldest));
                self.lost = self.lost.plus(forgotten.unwrap_or_default().1);
            }
        }
        self.known.entry(whole).or_default()
    }

    /// The fragments whose first fragment is missing.
    pub fn without_first(&self) -> Traffic {
        self.known.values().fold(self.lost, |sum, (_, waiting)| sum.plus(*waiting))
    }
}
