//! Looks up the names of ten million flows with the function, and with a join with the registry as a table.
//!
//! The program reads the table from standard input, in the format of `iana-ports export services`.

use datafusion::arrow::array::{ArrayRef, RecordBatch, StringArray, UInt8Array, UInt16Array};
use datafusion::arrow::util::pretty::pretty_format_batches;
use datafusion::error::Result;
use datafusion::prelude::{ParquetReadOptions, SessionContext};
use iana_ports::Proto;
use sql::flows;
use std::io::{self, Read};
use std::sync::Arc;
use std::time::{Duration, Instant};

const FLOWS: u32 = 10_000_000;
const ROUNDS: usize = 5;

/// The queries to compare. The first four have the same answer. The others show how much of the time the lookups of
/// names take.
const QUERIES: [(&str, &str); 7] = [
    (
        "function",
        "SELECT service_name(port, protocol) AS service, count(*) AS flows, sum(bytes) AS bytes
         FROM flows GROUP BY service",
    ),
    (
        "JOIN",
        "SELECT services.name AS service, count(*) AS flows, sum(bytes) AS bytes
         FROM flows LEFT JOIN services
         ON flows.port = services.port AND flows.protocol = services.protocol
         GROUP BY service",
    ),
    (
        "function of ports",
        "SELECT service_name(port, protocol) AS service, sum(flows) AS flows, sum(bytes) AS bytes
         FROM (SELECT port, protocol, count(*) AS flows, sum(bytes) AS bytes FROM flows GROUP BY port, protocol)
         GROUP BY service",
    ),
    (
        "JOIN of ports",
        "SELECT services.name AS service, sum(flows) AS flows, sum(bytes) AS bytes
         FROM (SELECT port, protocol, count(*) AS flows, sum(bytes) AS bytes FROM flows GROUP BY port, protocol)
         AS ports LEFT JOIN services
         ON ports.port = services.port AND ports.protocol = services.protocol
         GROUP BY service",
    ),
    ("function, no groups", "SELECT count(service_name(port, protocol)) AS flows, sum(bytes) FROM flows"),
    (
        "JOIN, no groups",
        "SELECT count(services.name) AS flows, sum(bytes) FROM flows LEFT JOIN services
         ON flows.port = services.port AND flows.protocol = services.protocol",
    ),
    ("no names", "SELECT sum(port), sum(protocol), sum(bytes) FROM flows"),
];
/// The number of queries that look up a name for every flow and sum up by name.
const GROUPED: usize = 4;

/// The lines of /etc/services as a table: a name, a port, an IP protocol number.
fn services(text: &str) -> Result<RecordBatch> {
    let (mut names, mut ports, mut protocols) = (vec![], vec![], vec![]);
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let mut words = line.split_whitespace();
        let (name, number) = words.next().zip(words.next()).expect("a name and a number");
        let (port, proto) = number.split_once('/').expect("a port and a protocol");
        names.push(name);
        ports.push(port.parse::<u16>().expect("a port"));
        protocols.push(proto.parse::<Proto>().expect("a protocol").ip_number());
    }
    let columns: [(&str, ArrayRef); 3] = [
        ("name", Arc::new(StringArray::from(names))),
        ("port", Arc::new(UInt16Array::from(ports))),
        ("protocol", Arc::new(UInt8Array::from(protocols))),
    ];
    Ok(RecordBatch::try_from_iter(columns)?)
}

#[tokio::main]
async fn main() -> Result<()> {
    let mut text = String::new();
    io::stdin().read_to_string(&mut text)?;
    let mut context = SessionContext::new();
    iana_ports_datafusion::register(&mut context)?;
    let services = services(&text)?;
    println!("the table has {} rows", services.num_rows());
    context.register_batch("services", services)?;
    let path = std::env::temp_dir().join("iana-ports-flows.parquet");
    flows::write(&path, flows::flows(FLOWS as usize))?;
    context.register_parquet("flows", path.to_str().expect("UTF-8"), ParquetReadOptions::new()).await?;

    let mut said = Vec::new();
    for (_, query) in &QUERIES[..GROUPED] {
        let sorted = format!("{query} ORDER BY flows DESC, service");
        said.push(pretty_format_batches(&context.sql(&sorted).await?.collect().await?)?.to_string());
    }
    assert!(said.windows(2).all(|two| two[0] == two[1]), "they do not say the same");

    // The queries run in turn, so that a disturbance of the machine affects all of them.
    let mut best = [Duration::MAX; QUERIES.len()];
    for _ in 0..ROUNDS {
        for ((_, query), best) in QUERIES.iter().zip(&mut best) {
            let start = Instant::now();
            context.sql(query).await?.collect().await?;
            *best = start.elapsed().min(*best);
        }
    }
    for ((name, _), time) in QUERIES.iter().zip(best) {
        let million = f64::from(FLOWS) / 1e6 / time.as_secs_f64();
        let times = time.as_secs_f64() / best[0].as_secs_f64();
        println!("{name:<19} {million:6.1} million rows a second, {times:.2} times as long");
    }
    std::fs::remove_file(path)?;
    Ok(())
}
