//! Fragments of packets. The first fragment has the ports of all. They may come in any order, and more than once.

use super::packet::{Packet, PacketId};
use super::tally::Traffic;
use std::collections::{HashMap, VecDeque};

/// How many fragmented packets are remembered at once. The oldest one is forgotten first.
const MOST: usize = 1 << 16;

/// The state of a packet that came in fragments.
enum Seen {
    Ports(Packet),
    /// The fragments that came before the ports.
    Waiting(Traffic),
}

#[derive(Default)]
pub struct Fragments {
    known: HashMap<PacketId, Seen>,
    /// In the order of their first fragments in the capture.
    order: VecDeque<PacketId>,
    /// The number of fragments that were forgotten before their first one came.
    pub lost: u64,
}

impl Fragments {
    /// Adds a first fragment. Gives the fragments that waited for it, if there are any.
    pub fn first(&mut self, whole: PacketId, packet: Packet) -> Option<Traffic> {
        match self.remember(whole, Seen::Ports(packet)) {
            Some(Seen::Waiting(bytes)) => Some(bytes),
            _ => None,
        }
    }

    /// Adds another fragment. Gives its packet if the first fragment is known; otherwise the fragment waits.
    pub fn later(&mut self, whole: PacketId, length: u64) -> Option<Packet> {
        match self.known.get_mut(&whole) {
            Some(Seen::Ports(packet)) => Some(*packet),
            Some(Seen::Waiting(bytes)) => {
                bytes.add(length);
                None
            }
            None => {
                let mut bytes = Traffic::default();
                bytes.add(length);
                self.remember(whole, Seen::Waiting(bytes));
                None
            }
        }
    }

    fn remember(&mut self, whole: PacketId, known: Seen) -> Option<Seen> {
        let before = self.known.insert(whole, known);
        if before.is_none() {
            self.order.push_back(whole);
            if self.order.len() > MOST {
                let forgotten = self.order.pop_front().and_then(|oldest| self.known.remove(&oldest));
                if let Some(Seen::Waiting(bytes)) = forgotten {
                    self.lost += bytes.packets;
                }
            }
        }
        before
    }

    /// The number of fragments without a first one.
    pub fn without_first(&self) -> u64 {
        let waiting = self.known.values().map(|known| match known {
            Seen::Waiting(bytes) => bytes.packets,
            Seen::Ports(_) => 0,
        });
        self.lost + waiting.sum::<u64>()
    }
}
