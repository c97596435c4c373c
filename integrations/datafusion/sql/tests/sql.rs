//! The functions in SQL: planning, and queries on a Parquet file.

use datafusion::arrow::array::{Array, AsArray, RecordBatch};
use datafusion::arrow::compute::cast;
use datafusion::arrow::datatypes::{DataType, Int64Type, UInt64Type};
use datafusion::arrow::util::display::{ArrayFormatter, FormatOptions};
use datafusion::error::Result;
use datafusion::prelude::{ParquetReadOptions, SessionContext};
use iana_ports::{Proto, lookup_port, port_status};
use sql::flows::{self, flows};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

fn context() -> SessionContext {
    let mut context = SessionContext::new();
    iana_ports_datafusion::register(&mut context).unwrap();
    context.register_udtf("iana_ports", Arc::new(iana_ports_datafusion::IanaPorts));
    context
}

/// The single value of a query as text, empty if null.
async fn value(sql: &str) -> Result<String> {
    let batches = context().sql(sql).await?.collect().await?;
    let shown = ArrayFormatter::try_new(batches[0].column(0), &FormatOptions::default())?;
    Ok(shown.value(0).to_string())
}

#[tokio::test]
async fn constants() -> Result<()> {
    let cases = [
        ("service_name(CAST(443 AS SMALLINT UNSIGNED), 'tcp')", "https"),
        ("service_name(CAST(465 AS SMALLINT UNSIGNED), 'UDP')", "igmpv3lite"),
        ("service_name(CAST(465 AS SMALLINT UNSIGNED), CAST(6 AS TINYINT UNSIGNED))", "submissions"),
        ("service_name(CAST(465 AS SMALLINT UNSIGNED), CAST(132 AS TINYINT UNSIGNED))", ""),
        ("service_name(CAST(443 AS SMALLINT UNSIGNED), 'icmp')", ""),
        ("service_name(CAST(443 AS SMALLINT UNSIGNED), NULL)", ""),
        ("service_name(NULL, 'tcp')", ""),
        ("port_status(CAST(22 AS SMALLINT UNSIGNED), 'tcp')", "Assigned"),
        ("port_status(CAST(993 AS SMALLINT UNSIGNED), 'udp')", "Reserved"),
        ("port_status(CAST(4 AS SMALLINT UNSIGNED), 'tcp')", "Unassigned"),
        ("port_status(CAST(50000 AS SMALLINT UNSIGNED), 'tcp')", "Dynamic"),
        ("port_status(CAST(22 AS SMALLINT UNSIGNED), 'icmp')", ""),
        ("service_name(443, 6)", "https"),
        ("service_name(443, 'tcp')", "https"),
        ("service_name(-1, 6)", ""),
        ("service_name(65536, 'tcp')", ""),
        ("service_name(CAST(443 AS INT), CAST(6 AS SMALLINT))", "https"),
        ("service_flow(50123, 443, 6)", "https"),
        ("service_flow(53, 50123, 'udp')", "domain"),
        ("service_flow(60001, 60000, 17)", ""),
        ("service_flow(CAST(NULL AS INT), 443, 6)", ""),
        ("service_flow(443, NULL, 6)", ""),
        ("service_flow(443, 50123, NULL)", ""),
        ("service_name(443, '6')", "https"),
        ("service_name(443, '1')", ""),
        ("service_name(CAST(443 AS DECIMAL(38,0)), 6)", "https"),
        ("service_name(arrow_cast(443, 'Dictionary(Int8, UInt16)'), 6)", "https"),
        ("service_port('HTTPS', 'tcp')", "443"),
        ("service_port('https', 33)", ""),
        ("service_port(NULL, 6)", ""),
        ("arrow_typeof(service_name(443, 'tcp'))", "Utf8View"),
        ("arrow_typeof(port_status(NULL, NULL))", "Utf8View"),
        ("arrow_typeof(service_port('https', 6))", "UInt16"),
    ];
    for (expression, expected) in cases {
        assert_eq!(value(&format!("SELECT {expression}")).await?, expected, "{expression}");
    }
    Ok(())
}

/// Planning must report these errors, before any row is read. `EXPLAIN` only plans.
#[tokio::test]
async fn invalid_arguments_are_refused_in_planning() {
    let cases = [
        ("'443', 'tcp'", "the port is Utf8, expected an integer, as in 443"),
        ("443.0, 'tcp'", "the port is Float64, expected an integer"),
        ("true, 'tcp'", "the port is Boolean, expected an integer"),
        ("443, true", "the protocol is Boolean, expected Utf8, as in 'tcp', or an integer, as in 6"),
        ("443, 6.0", "the protocol is Float64, expected Utf8"),
        ("443", "takes 2 arguments, not 1"),
        ("443, 'tcp', 'udp'", "takes 2 arguments, not 3"),
    ];
    for name in ["service_name", "port_status"] {
        for (arguments, reason) in cases {
            let error = context().sql(&format!("EXPLAIN SELECT {name}({arguments})")).await.unwrap_err();
            let error = error.strip_backtrace();
            assert!(error.contains(reason) && error.contains(name), "{name}({arguments}): {error}");
        }
    }
}

/// A Parquet file with this many flows.
fn file(name: &str, count: usize) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    flows::write(&path, flows(count)).unwrap();
    path
}

async fn query(path: &Path, sql: &str) -> Result<Vec<RecordBatch>> {
    let context = context();
    context.register_parquet("flows", path.to_str().unwrap(), ParquetReadOptions::new()).await?;
    context.sql(sql).await?.collect().await
}

/// The result of a query: words with their numbers of flows and bytes.
type Sums = BTreeMap<Option<String>, (u64, u64)>;

fn sums(batches: &[RecordBatch]) -> Sums {
    let mut sums = Sums::new();
    for batch in batches {
        let words = cast(batch.column(0), &DataType::Utf8).unwrap();
        let words = words.as_string::<i32>();
        let (flows, bytes) =
            (batch.column(1).as_primitive::<Int64Type>(), batch.column(2).as_primitive::<UInt64Type>());
        for row in 0..batch.num_rows() {
            let word = words.is_valid(row).then(|| words.value(row).to_owned());
            let flows = u64::try_from(flows.value(row)).unwrap();
            assert!(sums.insert(word, (flows, bytes.value(row))).is_none(), "a word has two groups");
        }
    }
    sums
}

type Answer = fn(u16, Proto) -> Option<String>;

/// The same sums, computed by a loop over the flows.
fn counted(count: usize, answer: Answer) -> Sums {
    let mut sums = Sums::new();
    for flow in flows(count) {
        let proto = Proto::from_ip_number(flow.protocol);
        let word = flow.port.zip(proto).and_then(|(port, proto)| answer(port, proto));
        let (flows, bytes) = sums.entry(word).or_default();
        *flows += 1;
        *bytes += flow.bytes;
    }
    sums
}

fn name(port: u16, proto: Proto) -> Option<String> {
    lookup_port(port, proto).map(|record| record.name().to_owned())
}

#[tokio::test(flavor = "multi_thread")]
async fn ten_million_flows_by_service() -> Result<()> {
    const COUNT: usize = 10_000_000;
    let path = file("ten_million.parquet", COUNT);
    // The query in the README.
    let (_, query_on) = include_str!("../../README.md").split_once("```sql\n").unwrap();
    let (by_service, _) = query_on.split_once("```").unwrap();
    let found = sums(&query(&path, by_service).await?);
    assert_eq!(found.values().map(|(flows, _)| flows).sum::<u64>(), COUNT as u64);
    assert!(found.len() > 6_000 && found.contains_key(&None), "{} services", found.len());
    assert_eq!(found, counted(COUNT, name));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn words_instead_of_numbers_and_statuses_instead_of_names() -> Result<()> {
    const COUNT: usize = 300_000;
    let path = file("words.parquet", COUNT);
    for protocol in ["protocol", "transport", "arrow_cast(transport, 'Dictionary(Int8, Utf8)')"] {
        let status = |port, proto| Some(port_status(port, proto).to_string());
        for (function, answer, least) in [("service_name", name as Answer, 3_000), ("port_status", status, 5)] {
            let sql =
                format!("SELECT {function}(port, {protocol}) AS word, count(*), sum(bytes) FROM flows GROUP BY word");
            let found = sums(&query(&path, &sql).await?);
            assert!(found.len() >= least, "{} words", found.len());
            assert_eq!(found, counted(COUNT, answer), "{function} by {protocol}");
        }
    }
    Ok(())
}

/// Joins with the registry as a table, and searches in it.
#[tokio::test]
async fn the_registry_is_a_table() -> Result<()> {
    let cases = [
        ("SELECT count(*) FROM iana_ports()", iana_ports::rows().count().to_string()),
        ("SELECT assignment_notes FROM iana_ports() WHERE service_name = 'www' AND protocol = 6", String::new()),
        (
            "SELECT string_agg(service_name, ',' ORDER BY service_name) FROM iana_ports()
             WHERE first_port = 80 AND protocol = 6",
            "http,www,www-http".to_owned(),
        ),
        (
            "SELECT count(*) FROM iana_ports() WHERE first_port = last_port AND protocol = 17
             AND service_name IS NOT NULL AND service_name <> service_name(first_port, protocol)
             AND port_status(first_port, protocol) <> 'Assigned'",
            "0".to_owned(),
        ),
    ];
    for (sql, expected) in cases {
        let found = value(sql).await?;
        assert!(found == expected || (expected.is_empty() && found.contains("duplicate")), "{sql}: {found}");
    }
    // A cluster does not know the table function, so it reads the table from a file.
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join("registry.parquet");
    let copy = format!("COPY (SELECT * FROM iana_ports()) TO '{}'", file.display());
    assert_eq!(value(&copy).await?, iana_ports::rows().count().to_string());
    let copied = query(&file, "SELECT * FROM flows").await?;
    assert_eq!(copied[0].schema().fields().len(), iana_ports_datafusion::table()?.num_columns());

    let error = context().sql("SELECT * FROM iana_ports(1)").await.unwrap_err().strip_backtrace();
    assert!(error.contains("iana_ports takes no arguments, found 1"), "{error}");
    Ok(())
}

#[tokio::test]
async fn conditions_on_names() -> Result<()> {
    const COUNT: usize = 100_000;
    let path = file("where.parquet", COUNT);
    let sql = "SELECT count(*) FROM flows WHERE service_name(port, protocol) IN ('https', 'domain')";
    let found = query(&path, sql).await?[0].column(0).as_primitive::<Int64Type>().value(0);
    let asked = |flow: &flows::Flow| {
        matches!((flow.port, flow.protocol), (Some(443), 6 | 17 | 132 | 136) | (Some(53), 6 | 17 | 136))
    };
    assert_eq!(usize::try_from(found).unwrap(), flows(COUNT).filter(asked).count());
    Ok(())
}
