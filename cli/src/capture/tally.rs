//! Packets summed up by flow.

use super::fragments::Fragments;
use super::packet::{Packet, Serving, Skipped, Told};
use iana_ports::Proto;
use std::collections::{BTreeMap, HashMap};
use std::net::SocketAddr;

/// Packets, and their bytes on the wire.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Bytes {
    pub packets: u64,
    pub bytes: u64,
}

impl Bytes {
    pub fn add(&mut self, length: u64) {
        self.packets += 1;
        self.bytes += length;
    }

    pub fn plus(self, other: Self) -> Self {
        Self { packets: self.packets + other.packets, bytes: self.bytes + other.bytes }
    }
}

/// A transport and its two ends, the lower first: the same in both directions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Flow {
    pub proto: Proto,
    pub ends: [SocketAddr; 2],
}

/// What a flow had.
#[derive(Clone, Copy, Debug, Default)]
pub struct Counts {
    /// From either end.
    pub from: [Bytes; 2],
    /// Which end serves, if a packet told.
    pub serving: Option<usize>,
}

/// What was counted.
#[derive(Default)]
pub struct Tally {
    /// All packets, counted in a flow or not.
    pub packets: u64,
    pub flows: HashMap<Flow, Counts>,
    skipped: BTreeMap<Skipped, u64>,
    fragments: Fragments,
}

impl Tally {
    /// Adds what a frame told, and its length on the wire.
    pub fn add(&mut self, told: Result<Told, Skipped>, length: u64) {
        self.packets += 1;
        let own = Bytes { packets: 1, bytes: length };
        match told {
            Ok(Told::Packet(packet)) => self.count(&packet, own),
            Ok(Told::First(whole, packet)) => {
                let waited = self.fragments.first(whole, packet).unwrap_or_default();
                self.count(&packet, own.plus(waited));
            }
            Ok(Told::Later(whole)) => {
                if let Some(packet) = self.fragments.later(whole, length) {
                    self.count(&packet, own);
                }
            }
            Err(reason) => self.skip(reason),
        }
    }

    /// Counts what is in no flow.
    pub fn skip(&mut self, reason: Skipped) {
        *self.skipped.entry(reason).or_default() += 1;
    }

    fn count(&mut self, packet: &Packet, bytes: Bytes) {
        let mut ends = [packet.source, packet.destination];
        let is_swapped = ends[1] < ends[0];
        ends.sort_unstable();
        let counts = self.flows.entry(Flow { proto: packet.proto, ends }).or_default();
        let source = usize::from(is_swapped);
        counts.from[source] = counts.from[source].plus(bytes);
        // The first packet that tells is believed: where both ends open, nobody asks the other one.
        let serving = packet.serving.map(|serving| match serving {
            Serving::Source => source,
            Serving::Destination => 1 - source,
        });
        counts.serving = counts.serving.or(serving);
    }

    /// Why what was not counted was not, and how much it was.
    pub fn not_counted(&self) -> BTreeMap<Skipped, u64> {
        let mut all = self.skipped.clone();
        let fragments = self.fragments.without_first();
        if fragments > 0 {
            *all.entry(Skipped::Fragment).or_default() += fragments;
        }
        all
    }
}
