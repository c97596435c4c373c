//! Packets summed up by flow, in bounded memory.

use super::packet::{Dissected, Evidence, Packet, PacketError, PacketId};
use iana_ports::{End, Proto};
use std::collections::{BTreeMap, HashMap, VecDeque};
use std::mem;
use std::net::IpAddr;

/// A number of packets, and their bytes on the wire, even if the capture contains only the start of each packet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Traffic {
    pub packets: u64,
    pub bytes: u64,
}

impl Traffic {
    pub(super) fn plus(self, other: Self) -> Self {
        Self { packets: self.packets + other.packets, bytes: self.bytes + other.bytes }
    }

    pub(super) fn add(&mut self, other: Self) {
        *self = self.plus(other);
    }
}

/// The most flows in each of the two generations of a tally: as many as a map of 2^16 slots holds before it grows.
const GENERATION: usize = 57_344;

/// A transport and its two ends, the lower one first, so that both directions are the same flow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Flow {
    pub proto: Proto,
    pub ends: [(IpAddr, u16); 2],
}

/// The packets of a flow, from each end.
#[derive(Clone, Copy, Debug)]
pub struct Counts {
    pub from: [Traffic; 2],
    /// The index of the end that serves, if a packet showed it.
    pub serving: Option<(u8, Evidence)>,
    /// The index of the end that sent the first packet.
    pub first: u8,
}

pub type Flows = Vec<(Flow, Counts)>;

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
    /// Adds a frame with its length on the wire, and returns the flows that the tally forgets.
    #[must_use]
    pub fn add(&mut self, frame: Dissected, length: u64) -> Flows {
        self.fragments.add(frame, Traffic { packets: 1, bytes: length });
        self.count()
    }

    /// The remaining flows, and the frames and blocks in no flow, counted by reason.
    pub fn finish(mut self) -> (Flows, BTreeMap<PacketError, Traffic>) {
        self.fragments.forget(0);
        let mut flows = self.count();
        flows.extend(self.flows.into_iter().flatten());
        (flows, self.not_counted)
    }

    /// Counts what is ready, and returns the flows that the tally forgets.
    fn count(&mut self) -> Flows {
        let mut forgotten = Vec::new();
        while let Some((contents, own)) = self.fragments.ready.pop_front() {
            let packet = match contents {
                Ok(packet) => packet,
                Err(reason) => {
                    self.not_counted.entry(reason).or_default().add(own);
                    continue;
                }
            };
            let mut ends = [packet.source, packet.destination].map(|end| (end.ip(), end.port()));
            let source = u8::from(ends[1] < ends[0]);
            ends.sort_unstable();
            let flow = Flow { proto: packet.proto, ends };
            let [recent, before] = &mut self.flows;
            if recent.len() == GENERATION && !recent.contains_key(&flow) {
                mem::swap(recent, before);
                forgotten.extend(recent.drain());
            }
            let new = Counts { from: [Traffic::default(); 2], serving: None, first: source };
            let counts = recent.entry(flow).or_insert_with(|| before.remove(&flow).unwrap_or(new));
            counts.from[usize::from(source)].add(own);
            // The first packet that shows the serving end decides, even if both ends open the connection at the same time.
            let serving = |(end, evidence)| (u8::from((end == End::Source) == (source == 1)), evidence);
            counts.serving = counts.serving.or(packet.serving.map(serving));
        }
        forgotten
    }
}

/// How many fragmented packets are remembered at once. The oldest one is forgotten first.
const MOST: usize = 1 << 14;

/// Only the first fragment of a packet contains the ports. Fragments may come in any order, and more than once.
#[derive(Default)]
struct Fragments {
    known: HashMap<PacketId, Whole>,
    /// The packets in the order in which their fragments first appeared.
    order: VecDeque<PacketId>,
    /// The contents and the traffic that can be counted now.
    ready: VecDeque<(Result<Packet, PacketError>, Traffic)>,
}

struct Whole {
    /// The contents of its first fragment or, until that comes, of the tunnel around another one.
    contents: Result<Packet, PacketError>,
    has_first: bool,
    /// The fragments that wait for the first one. Without it, they count for the tunnel.
    waiting: Traffic,
    /// The packet for whose first fragment the contents of this one wait.
    inner: Option<PacketId>,
}

impl Fragments {
    fn add(&mut self, frame: Dissected, mut own: Traffic) {
        let later = frame.later.map(|id| self.known.get(&id).and_then(|whole| whole.inner).unwrap_or(id));
        let first = later.and_then(|id| self.known.get(&id)).filter(|whole| whole.has_first);
        let contents = first.map_or(frame.contents, |whole| whole.contents);
        let waits_for = later.filter(|_| first.is_none());
        for id in frame.firsts {
            let whole = self.whole(id, contents);
            (whole.contents, whole.has_first, whole.inner) = (contents, true, waits_for);
            own.add(mem::take(&mut whole.waiting));
        }
        if let Some(id) = waits_for {
            self.whole(id, contents).waiting.add(own);
        } else {
            self.ready.push_back((contents, own));
        }
    }

    fn whole(&mut self, id: PacketId, contents: Result<Packet, PacketError>) -> &mut Whole {
        if !self.known.contains_key(&id) {
            self.order.push_back(id);
            self.forget(MOST);
        }
        let new = Whole { contents, has_first: false, waiting: Traffic::default(), inner: None };
        self.known.entry(id).or_insert(new)
    }

    /// Forgets the oldest packets and keeps this many.
    fn forget(&mut self, kept: usize) {
        while self.order.len() > kept {
            let whole = self.order.pop_front().and_then(|oldest| self.known.remove(&oldest));
            let waits = whole.filter(|whole| whole.waiting.packets > 0);
            self.ready.extend(waits.map(|whole| (whole.contents, whole.waiting)));
        }
    }
}
