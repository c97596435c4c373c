//! Packets summed up by flow, in bounded memory.

use super::fragments::Fragments;
use super::packet::{Dissected, Packet, PacketError};
use iana_ports::{End, Proto};
use std::collections::{BTreeMap, HashMap};
use std::mem;
use std::net::IpAddr;

/// A number of packets, and their bytes on the wire.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Traffic {
    /// The number of packets.
    pub packets: u64,
    /// Their length on the wire, even if the capture contains only the start of each packet.
    pub bytes: u64,
}

impl Traffic {
    /// The sum of both.
    pub(super) fn plus(self, other: Self) -> Self {
        Self { packets: self.packets + other.packets, bytes: self.bytes + other.bytes }
    }
}

/// The most flows in each of the two generations of a tally: as many as a map of 2^16 slots holds before it grows.
const GENERATION: usize = 57_344;

/// A transport and its two ends, the lower one first, so that both directions are the same flow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Flow {
    /// The transport protocol.
    pub proto: Proto,
    /// The addresses and ports of the ends.
    pub ends: [(IpAddr, u16); 2],
}

/// The packets of a flow.
#[derive(Clone, Copy, Debug, Default)]
pub struct Counts {
    /// The packets from each end.
    pub from: [Traffic; 2],
    /// The index of the end that serves, if a packet showed it.
    pub serving: Option<usize>,
}

/// The packets of captures, counted by flow. The tally remembers the 57,344 to 114,688 flows that had packets most
/// recently. A flow that comes back later counts as another one.
#[derive(Default)]
pub struct Tally {
    /// The flows that had a packet most recently, and those whose last packet was earlier.
    flows: [HashMap<Flow, Counts>; 2],
    not_counted: BTreeMap<PacketError, Traffic>,
    fragments: Fragments,
}

impl Tally {
    /// Adds a frame with its length on the wire, and returns the flows that the tally forgets, if any.
    #[must_use]
    pub fn add(&mut self, frame: Result<Dissected, PacketError>, length: u64) -> Option<Vec<(Flow, Counts)>> {
        let own = Traffic { packets: 1, bytes: length };
        let (packet, all) = match frame {
            Ok(Dissected::Packet(packet)) => (packet, own),
            Ok(Dissected::First(whole, packet)) => (packet, own.plus(self.fragments.first(whole, packet))),
            Ok(Dissected::Later(whole)) => (self.fragments.later(whole, own)?, own),
            Err(reason) => {
                let all = self.not_counted.entry(reason).or_default();
                *all = all.plus(own);
                return None;
            }
        };
        self.count(&packet, all)
    }

    fn count(&mut self, packet: &Packet, bytes: Traffic) -> Option<Vec<(Flow, Counts)>> {
        let mut ends = [packet.source, packet.destination].map(|end| (end.ip(), end.port()));
        let source = usize::from(ends[1] < ends[0]);
        ends.sort_unstable();
        let flow = Flow { proto: packet.proto, ends };
        let [recent, before] = &mut self.flows;
        let mut forgotten = None;
        if recent.len() == GENERATION && !recent.contains_key(&flow) {
            mem::swap(recent, before);
            forgotten = Some(recent.drain().collect());
        }
        let counts = recent.entry(flow).or_insert_with(|| before.remove(&flow).unwrap_or_default());
        counts.from[source] = counts.from[source].plus(bytes);
        // The first packet that shows the serving end decides, even if both ends open the connection at the same time.
        let serving = packet.serving.map(|serving| usize::from((serving == End::Source) == (source == 1)));
        counts.serving = counts.serving.or(serving);
        forgotten
    }

    /// The remaining flows, and the frames and blocks in no flow, counted by reason.
    pub fn finish(mut self) -> (Vec<(Flow, Counts)>, BTreeMap<PacketError, Traffic>) {
        let fragments = self.fragments.without_first();
        if fragments.packets > 0 {
            let all = self.not_counted.entry(PacketError::Fragment).or_default();
            *all = all.plus(fragments);
        }
        (self.flows.into_iter().flatten().collect(), self.not_counted)
    }
}
