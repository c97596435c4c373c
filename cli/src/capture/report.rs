//! Flows, summed up by port or by service, or listed one by one.

use super::packet::{Evidence, PacketError};
use super::serving::serving;
use super::tally::{Counts, Flow, Flows, Traffic};
use crate::arguments::By;
use crate::error::Error;
use crate::local_names::{Lookups, NamesFile};
use crate::output::{Output, Parts, cell};
use humantime::format_rfc3339_micros;
use iana_ports::Proto;
use indexmap::{IndexMap, indexmap};
use indicatif::HumanCount;
use serde_json::{Value, json};
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fmt;
use std::mem;
use std::net::SocketAddr;
use std::time::{Duration, UNIX_EPOCH};

/// The most rows in a table. Nobody reads more, and the other formats contain all rows.
const MOST: usize = 1000;

/// The columns with numbers, and those of packets in no flow.
const NUMBERS: [&str; 7] = ["flows", "packets", "bytes", "packets_to", "bytes_to", "packets_from", "bytes_from"];
const NOT_COUNTED: [&str; 4] = ["not_counted", "share", "packets", "bytes"];

/// All evidence, in the order of its numbers.
const EVIDENCE: [Evidence; 4] = [Evidence::Syn, Evidence::Multicast, Evidence::Order, Evidence::Port];

/// The value of each column.
type Row = IndexMap<&'static str, Value>;

/// The sums of flows that a port serves.
#[derive(Clone, Copy, Default)]
struct Served {
    /// The number of flows with each evidence.
    flows: [u64; EVIDENCE.len()],
    /// The traffic to the server, and from it.
    ways: [Traffic; 2],
}

impl Served {
    /// The index of the end that serves, and the sums of the flow.
    fn of(flow: &Flow, counts: &Counts, names: Lookups<'_>) -> (usize, Self) {
        let (server, evidence) = serving(flow, counts, names);
        let flows = EVIDENCE.map(|other| u64::from(other == evidence));
        (server, Self { flows, ways: [counts.from[1 - server], counts.from[server]] })
    }

    fn add(&mut self, other: &Self) {
        self.flows = [0, 1, 2, 3].map(|evidence| self.flows[evidence] + other.flows[evidence]);
        self.ways = [0, 1].map(|way| self.ways[way].plus(other.ways[way]));
    }

    fn all(&self) -> Traffic {
        self.ways[0].plus(self.ways[1])
    }
}

/// The choices that all rows of a report have in common.
#[derive(Clone, Copy)]
struct Style<'r> {
    by: By,
    is_table: bool,
    names: Lookups<'r>,
    /// The bytes of all frames.
    bytes: u64,
}

impl<'r> Style<'r> {
    /// A row with a name, other cells, and sums. A table marks a guess.
    fn row(self, name: Option<&str>, mut row: Row, sums: &Served) -> Row {
        let ([to, from], all) = (sums.ways, sums.all());
        let evidence = EVIDENCE.into_iter().max_by_key(|&evidence| sums.flows[evidence as usize]);
        let mark = if self.is_table && matches!(evidence, Some(Evidence::Order | Evidence::Port)) { "?" } else { "" };
        row.shift_insert(0, "service", json!(name.map(|name| format!("{name}{mark}"))));
        row.insert("known_by", json!(evidence));
        row.extend(self.share(all.bytes));
        let numbers = [sums.flows.iter().sum(), all.packets, all.bytes, to.packets, to.bytes, from.packets, from.bytes];
        let numbers = NUMBERS.into_iter().zip(numbers).skip(usize::from(self.by == By::Flow));
        row.extend(numbers.map(|(column, number)| (column, self.number(number))));
        row
    }

    fn flow(self, (flow, counts): &(Flow, Counts)) -> Row {
        let (server, sums) = Served::of(flow, counts, self.names);
        let [client, server] = [1 - server, server].map(|end| flow.ends[end]);
        let mut row = indexmap! { "transport" => json!(flow.proto) };
        if self.is_table {
            row.extend([("client", client), ("server", server)].map(|(end, at)| (end, json!(SocketAddr::from(at)))));
        } else {
            row.insert("protocol", json!(flow.proto.ip_number()));
            row.extend([("client_address", json!(client.0)), ("client_port", json!(client.1))]);
            row.extend([("server_address", json!(server.0)), ("server_port", json!(server.1))]);
        }
        self.row(self.names.name(server.1, flow.proto), row, &sums)
    }

    fn not_counted(self, why: PacketError, all: Traffic) -> Row {
        let mut row = indexmap! { "not_counted" => json!(why.to_string()) };
        row.extend(self.share(all.bytes));
        row.extend([("packets", self.number(all.packets)), ("bytes", self.number(all.bytes))]);
        row
    }

    /// A number, in a table with separators.
    fn number(self, number: u64) -> Value {
        if self.is_table { json!(HumanCount(number).to_string()) } else { json!(number) }
    }

    /// The percentage of all bytes. CSV and JSON print flows before all bytes are known.
    fn share(self, bytes: u64) -> Option<(&'static str, Value)> {
        #[allow(clippy::cast_precision_loss, reason = "three digits are printed")]
        let share = (1000.0 * bytes as f64 / self.bytes.max(1) as f64).round() / 10.0;
        let share = if self.is_table { json!(format!("{share:.1}%")) } else { json!(share) };
        (self.is_table || self.by != By::Flow).then_some(("share", share))
    }

    fn parts(self, out: &'r Output) -> Result<Parts<'r>, Error> {
        let columns = match (self.by, self.is_table) {
            (By::Port, _) => "service port transport known_by share flows",
            (By::Service, _) => "service ports transport known_by share flows",
            (By::Flow, true) => "service transport client server known_by share",
            (By::Flow, false) => {
                "service transport protocol client_address client_port server_address server_port known_by"
            }
        };
        // In a table, packets in no flow have a part of their own.
        let last = NOT_COUNTED.into_iter().take(usize::from(!self.is_table));
        out.parts(&columns.split(' ').chain(NUMBERS.into_iter().skip(1)).chain(last).collect::<Vec<_>>())
    }
}

/// Prints flows as the tally forgets them, or keeps their sums by port.
pub struct Report<'r> {
    style: Style<'r>,
    out: &'r Output,
    /// The sums of each port of a transport, if ports or services are to be printed.
    ports: BTreeMap<Proto, Vec<Served>>,
    /// The largest flows, if they are to be printed as a table.
    largest: Flows,
    /// The number of rows that the table leaves out.
    left_out: usize,
    parts: Parts<'r>,
}

impl<'r> Report<'r> {
    pub fn new(by: By, own: &'r NamesFile<'_>, out: &'r Output) -> Result<Self, Error> {
        let style = Style { by, is_table: out.is_table(), names: own.lookups(), bytes: 0 };
        let columns = style.parts(out)?;
        Ok(Self { style, out, ports: BTreeMap::new(), largest: Vec::new(), left_out: 0, parts: columns })
    }

    /// Adds flows, and prints them if they have rows of their own in CSV or JSON.
    pub fn add(&mut self, mut flows: Flows) -> Result<(), Error> {
        if self.style.by != By::Flow {
            for (flow, counts) in &flows {
                let (server, own) = Served::of(flow, counts, self.style.names);
                let ports = self.ports.entry(flow.proto).or_insert_with(|| vec![Served::default(); 1 << 16]);
                ports[usize::from(flow.ends[server].1)].add(&own);
            }
            return Ok(());
        }
        flows.append(&mut self.largest);
        flows.sort_unstable_by_key(|(flow, counts)| (Reverse(counts.from[0].plus(counts.from[1]).bytes), *flow));
        if !self.style.is_table {
            let (style, columns) = (self.style, self.parts.columns.clone());
            self.parts.collect(flows.iter().map(|flow| style.flow(flow)), |row| {
                columns.iter().map(|column| row.get(column).map_or("".into(), cell)).collect()
            })?;
            return self.parts.flush();
        }
        self.left_out += flows.len().saturating_sub(MOST);
        flows.truncate(MOST);
        self.largest = flows;
        Ok(())
    }

    /// Prints the remaining rows, and the packets in no flow. A table ends with the total.
    pub fn finish(mut self, not_counted: BTreeMap<PacketError, Traffic>, total: &Total) -> Result<(), Error> {
        self.style.bytes = total.traffic.bytes;
        let style = self.style;
        self.parts.add(self.largest.iter().map(|flow| style.flow(flow)))?;
        self.print_sums()?;
        let mut not_counted: Vec<_> = not_counted.into_iter().collect();
        not_counted.sort_by_key(|(_, traffic)| Reverse(traffic.packets));
        if style.is_table {
            if self.left_out > 0 {
                let left_out = format!("{} smaller rows left out; CSV and JSON have them all\n", self.left_out);
                self.out.text(left_out.as_bytes())?;
            }
            let sums = mem::replace(&mut self.parts, self.out.parts(&NOT_COUNTED)?);
            self.out.text(if sums.is_begun && !not_counted.is_empty() { b"\n" } else { b"" })?;
        }
        self.parts.add(not_counted.into_iter().map(|(why, traffic)| style.not_counted(why, traffic)))?;
        self.parts.finish()?;
        let hint = if style.by == By::Flow { "" } else { "; --by flow lists the addresses" };
        let notes = format!("\n{total}\n? is a guess, from the port or from the order of packets{hint}\n");
        self.out.text(if style.is_table { notes.as_bytes() } else { b"" })
    }

    /// Prints a row for each port or service, most bytes first. A port without a name always has a row of its own.
    fn print_sums(&mut self) -> Result<(), Error> {
        let (sums, style, by_service) = (mem::take(&mut self.ports), self.style, self.style.by == By::Service);
        let key = |&(proto, port): &(Proto, u16)| {
            let name = style.names.name(port, proto);
            (name, Some(port).filter(|_| !by_service || name.is_none()), proto)
        };
        let ports = sums.keys().flat_map(|&proto| (0..=u16::MAX).map(move |port| (proto, port)));
        let mut ports: Vec<_> = ports.filter(|(proto, port)| sums[proto][usize::from(*port)].flows != [0; 4]).collect();
        ports.sort_by_cached_key(key);
        let sum = |group: &[(Proto, u16)]| {
            let mut sum = Served::default();
            for (proto, port) in group {
                sum.add(&sums[proto][usize::from(*port)]);
            }
            sum
        };
        let mut groups: Vec<_> = ports.chunk_by(|a, b| key(a) == key(b)).collect();
        // A stable sort, so that rows with equal sums keep their order.
        groups.sort_by_cached_key(|group| Reverse(sum(group).all().bytes));
        if style.is_table {
            self.left_out += groups.len().saturating_sub(MOST);
            groups.truncate(MOST);
        }
        self.parts.add(groups.into_iter().map(|group| {
            let (name, port, transport) = key(&group[0]);
            let ports: Vec<u16> = group.iter().map(|(_, port)| *port).collect();
            let (column, ports) = if by_service { ("ports", json!(ports)) } else { ("port", json!(port)) };
            style.row(name, indexmap! { column => ports, "transport" => json!(transport) }, &sum(group))
        }))
    }
}

/// The frames of all files: how many, and from when to when.
#[derive(Default)]
pub struct Total {
    pub files: u64,
    pub traffic: Traffic,
    /// The times of the first and the last frame, in nanoseconds since 1970.
    times: Option<[u64; 2]>,
}

impl Total {
    pub fn add(&mut self, length: u64, time: Option<u64>) {
        self.traffic.add(Traffic { packets: 1, bytes: length });
        if let Some(time) = time {
            let [first, last] = self.times.unwrap_or([time; 2]);
            self.times = Some([first.min(time), last.max(time)]);
        }
    }
}

impl fmt::Display for Total {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = |number, what| format!("{} {what}{}", HumanCount(number), if number == 1 { "" } else { "s" });
        let Self { files, traffic: Traffic { packets, bytes }, times } = *self;
        write!(f, "Total: {}, {}, {}", count(packets, "packet"), count(bytes, "byte"), count(files, "file"))?;
        let Some([first, last]) = times else { return Ok(()) };
        let [from, to] = [first, last].map(|time| format_rfc3339_micros(UNIX_EPOCH + Duration::from_nanos(time)));
        write!(f, ", {from} to {to} ({:.6} s)", Duration::from_nanos(last - first).as_secs_f64())
    }
}
