//! Flows as a collector would store them, generated from a fixed seed.

use datafusion::arrow::array::{RecordBatch, StringArray, UInt8Array, UInt16Array, UInt64Array};
use datafusion::arrow::datatypes::{DataType, Field, Schema};
use datafusion::error::Result;
use datafusion::parquet::arrow::ArrowWriter;
use fastrand::Rng;
use std::fs::File;
use std::path::Path;
use std::sync::Arc;

/// The number of rows to write at a time.
const BATCH: usize = 1 << 16;

/// The ports with the most traffic: HTTPS, DNS, QUIC, HTTP, SSH, NTP.
const HOT: [(u16, u8); 6] = [(443, 6), (53, 17), (443, 17), (80, 6), (22, 6), (123, 17)];

/// TCP, UDP, SCTP, DCCP, and UDP-Lite, which uses UDP's ports.
const PROTOCOLS: [u8; 5] = [6, 17, 132, 33, 136];

/// A flow, or a part of one.
#[derive(Clone, Copy)]
pub struct Flow {
    /// `None` for ICMP, and for all fragments of a packet except the first.
    pub port: Option<u16>,
    /// The protocol number in the IP header.
    pub protocol: u8,
    /// The length in bytes.
    pub bytes: u64,
}

impl Flow {
    fn any(rng: &mut Rng) -> Self {
        let (port, protocol) = match rng.u8(..100) {
            0..60 => HOT[rng.usize(..HOT.len())],
            60..75 => (rng.u16(..1024), PROTOCOLS[rng.usize(..2)]),
            75..95 => (rng.u16(..), PROTOCOLS[rng.usize(..2)]),
            95..97 => (rng.u16(..), PROTOCOLS[rng.usize(..5)]),
            97..99 => return Self { port: None, protocol: 1, bytes: 84 },
            _ => return Self { port: None, protocol: 17, bytes: rng.u64(..1 << 20) },
        };
        Self { port: Some(port), protocol, bytes: rng.u64(..1 << 20) }
    }

    /// The name of the protocol. Some names are not in lower case, and some are not in the registry.
    pub fn transport(&self) -> &'static str {
        match self.protocol {
            1 => "icmp",
            6 => "tcp",
            17 => "UDP",
            33 => "dccp",
            132 => "sctp",
            _ => "udp", // UDP-Lite counts as UDP
        }
    }
}

/// Generates this many flows, which are the same every time.
pub fn flows(count: usize) -> impl Iterator<Item = Flow> {
    let mut rng = Rng::with_seed(1);
    (0..count).map(move |_| Flow::any(&mut rng))
}

/// Writes flows to a Parquet file with the columns `port`, `protocol`, `transport` and `bytes`.
///
/// # Errors
///
/// Fails if the file cannot be written.
pub fn write(path: &Path, mut flows: impl Iterator<Item = Flow>) -> Result<()> {
    let schema = Arc::new(Schema::new(vec![
        Field::new("port", DataType::UInt16, true),
        Field::new("protocol", DataType::UInt8, false),
        Field::new("transport", DataType::Utf8, false),
        Field::new("bytes", DataType::UInt64, false),
    ]));
    let mut file = ArrowWriter::try_new(File::create(path)?, schema.clone(), None)?;
    loop {
        let flows: Vec<Flow> = flows.by_ref().take(BATCH).collect();
        if flows.is_empty() {
            break;
        }
        let columns: Vec<datafusion::arrow::array::ArrayRef> = vec![
            Arc::new(flows.iter().map(|flow| flow.port).collect::<UInt16Array>()),
            Arc::new(UInt8Array::from_iter_values(flows.iter().map(|flow| flow.protocol))),
            Arc::new(StringArray::from_iter_values(flows.iter().map(Flow::transport))),
            Arc::new(UInt64Array::from_iter_values(flows.iter().map(|flow| flow.bytes))),
        ];
        file.write(&RecordBatch::try_new(schema.clone(), columns)?)?;
    }
    file.close()?;
    Ok(())
}
