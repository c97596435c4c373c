//! Fragments, whose first one has the ports of all: they may come in any order, and more than once.

use super::packet::{Packet, Whole};
use super::tally::Bytes;
use std::collections::{HashMap, VecDeque};

/// Packets in fragments that are remembered at once. The oldest is forgotten first.
const MOST: usize = 1 << 16;

/// What is known of a packet that came in fragments.
enum Known {
    Ports(Packet),
    /// What came before its ports did: how many, and how long.
    Waiting(Bytes),
}

#[derive(Default)]
pub struct Fragments {
    known: HashMap<Whole, Known>,
    /// In the order in which they were first seen.
    order: VecDeque<Whole>,
    /// What was forgotten, or never had a first fragment.
    pub lost: u64,
}

impl Fragments {
    /// A first fragment: what waited for it, if anything did.
    pub fn first(&mut self, whole: Whole, packet: Packet) -> Option<Bytes> {
        match self.remember(whole, Known::Ports(packet)) {
            Some(Known::Waiting(bytes)) => Some(bytes),
            _ => None,
        }
    }

    /// Another fragment: its packet, if the first one is known; else it waits.
    pub fn later(&mut self, whole: Whole, length: u64) -> Option<Packet> {
        match self.known.get_mut(&whole) {
            Some(Known::Ports(packet)) => Some(*packet),
            Some(Known::Waiting(bytes)) => {
                bytes.add(length);
                None
            }
            None => {
                let mut bytes = Bytes::default();
                bytes.add(length);
                self.remember(whole, Known::Waiting(bytes));
                None
            }
        }
    }

    fn remember(&mut self, whole: Whole, known: Known) -> Option<Known> {
        let before = self.known.insert(whole, known);
        if before.is_none() {
            self.order.push_back(whole);
            if self.order.len() > MOST {
                let forgotten = self.order.pop_front().and_then(|oldest| self.known.remove(&oldest));
                if let Some(Known::Waiting(bytes)) = forgotten {
                    self.lost += bytes.packets;
                }
            }
        }
        before
    }

    /// How many never had a first fragment.
    pub fn without_first(&self) -> u64 {
        let waiting = self.known.values().map(|known| match known {
            Known::Waiting(bytes) => bytes.packets,
            Known::Ports(_) => 0,
        });
        self.lost + waiting.sum::<u64>()
    }
}
