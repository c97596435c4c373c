//! Packets summed up by flow.

use super::fragments::Fragments;
use super::packet::{Dissected, Packet, PacketError};
use iana_ports::{End, Proto};
use std::collections::{BTreeMap, HashMap};
use std::net::SocketAddr;

/// A number of packets, and their bytes on the wire.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Traffic {
    /// The number of packets.
    pub packets: u64,
    /// Their length on the wire, even if the capture has less of them.
    pub bytes: u64,
}

impl Traffic {
    /// Adds a packet.
    pub(super) fn add(&mut self, length: u64) {
        self.packets += 1;
        self.bytes += length;
    }

    /// The sum of both.
    pub(super) fn plus(self, other: Self) -> Self {
        Self { packets: self.packets + other.packets, bytes: self.bytes + other.bytes }
    }
}

/// A transport and its two ends, the lower one first, so that both directions are the same flow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Flow {
    /// The transport protocol.
    pub proto: Proto,
    /// The addresses and ports of the ends.
    pub ends: [SocketAddr; 2],
}

/// The packets of a flow.
#[derive(Clone, Copy, Debug, Default)]
pub struct Counts {
    /// The packets from each end.
    pub from: [Traffic; 2],
    /// The index of the end that serves, if a packet showed it.
    pub serving: Option<usize>,
}

/// The packets of some captures, counted by flow.
#[derive(Default)]
pub struct Tally {
    /// The number of all packets, including those in no flow.
    pub packets: u64,
    /// The packets of each flow.
    pub flows: HashMap<Flow, Counts>,
    uncounted: BTreeMap<PacketError, u64>,
    fragments: Fragments,
}

impl Tally {
    /// Adds a frame, with its length on the wire.
    pub fn add(&mut self, frame: Result<Dissected, PacketError>, length: u64) {
        self.packets += 1;
        let own = Traffic { packets: 1, bytes: length };
        match frame {
            Ok(Dissected::Packet(packet)) => self.count(&packet, own),
            Ok(Dissected::First(whole, packet)) => {
                let waited = self.fragments.first(whole, packet).unwrap_or_default();
                self.count(&packet, own.plus(waited));
            }
            Ok(Dissected::Later(whole)) => {
                if let Some(packet) = self.fragments.later(whole, length) {
                    self.count(&packet, own);
                }
            }
            Err(reason) => self.skip(reason),
        }
    }

    /// Counts a frame or block in no flow.
    pub fn skip(&mut self, reason: PacketError) {
        *self.uncounted.entry(reason).or_default() += 1;
    }

    fn count(&mut self, packet: &Packet, bytes: Traffic) {
        let mut ends = [packet.source, packet.destination];
        let is_swapped = ends[1] < ends[0];
        ends.sort_unstable();
        let counts = self.flows.entry(Flow { proto: packet.proto, ends }).or_default();
        let source = usize::from(is_swapped);
        counts.from[source] = counts.from[source].plus(bytes);
        // The first packet that shows it decides. If both ends open the connection, neither asks the other one.
        let serving = packet.serving.map(|serving| match serving {
            End::Source => source,
            End::Destination => 1 - source,
        });
        counts.serving = counts.serving.or(serving);
    }

    /// The number of frames and blocks in no flow, by the reason.
    pub fn not_counted(&self) -> BTreeMap<PacketError, u64> {
        let mut all = self.uncounted.clone();
        let fragments = self.fragments.without_first();
        if fragments > 0 {
            *all.entry(PacketError::Fragment).or_default() += fragments;
        }
        all
    }
}
