//! Starts the cluster as a user does, and checks its output and what it leaves behind.

use iana_ports::{Proto, lookup_port};
use sql::flows;
use std::io::{BufRead, BufReader};
use std::net::TcpStream;
use std::process::{Command, Output, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

fn cluster() -> Command {
    let mut cluster = Command::new(env!("CARGO_BIN_EXE_cluster"));
    cluster.env("TMPDIR", env!("CARGO_TARGET_TMPDIR")); // where what is killed leaves its files
    cluster
}

/// The lines of a run that succeeded.
fn lines(arguments: &[&str]) -> Vec<String> {
    let Output { status, stdout, stderr } = cluster().args(arguments).output().unwrap();
    assert!(status.success(), "{status}\n{}", String::from_utf8_lossy(&stderr));
    String::from_utf8(stdout).unwrap().lines().map(str::to_owned).collect()
}

/// The addresses at the ends of the lines that say where a process listens.
fn addresses<'l>(lines: impl IntoIterator<Item = &'l String>) -> Vec<&'l str> {
    let listens = |line: &&String| line.starts_with("a scheduler on ") || line.starts_with("an executor on ");
    lines.into_iter().filter(listens).map(|line| line.rsplit(' ').next().unwrap()).collect()
}

fn listens(address: &str) -> bool {
    TcpStream::connect(address).is_ok()
}

/// The cells of a line of a table.
fn cells(line: &str) -> Vec<&str> {
    line.trim_matches('|').split('|').map(str::trim).collect()
}

#[test]
fn agrees_with_the_readme_and_a_loop_on_both_executors_and_stops() {
    const COUNT: usize = 1_000_000;
    let lines = lines(&[]);
    let (_, readme) = include_str!("../README.md").split_once("$ cargo run ").unwrap();
    let (readme, _) = readme.split_once("```").unwrap();
    let readme: Vec<&str> = readme.lines().skip(1).collect();
    assert_eq!(lines.len(), readme.len(), "{lines:#?}");
    for (line, readme) in lines.iter().zip(readme) {
        // Ports and shares of the work differ in every run.
        let same = |line: &str| match line.split_once("127.0.0.1:") {
            Some((listens, rest)) => {
                (listens.to_owned(), rest.trim_start_matches(|c| c != ' ').replace(char::is_numeric, ""))
            }
            None => (line.to_owned(), String::new()),
        };
        assert_eq!(same(line), same(readme));
    }
    let started = addresses(&lines);
    assert_eq!(started.len(), 3, "{lines:#?}");
    assert!(!started.iter().any(|address| listens(address)));

    for name in ["https", "domain", "ssh", "ntp", "http"] {
        let (mut count, mut bytes) = (0, 0);
        for flow in flows::flows(COUNT) {
            let named = |(port, proto)| lookup_port(port, proto).is_some_and(|record| record.name() == name);
            if flow.port.zip(Proto::from_ip_number(flow.protocol)).is_some_and(named) {
                count += 1;
                bytes += flow.bytes;
            }
        }
        let expected = [name.to_owned(), count.to_string(), bytes.to_string()];
        assert!(lines.iter().any(|line| cells(line) == expected), "{expected:?} in {lines:#?}");
    }
}

#[test]
fn knows_every_function_and_the_partitions() {
    let lines = lines(&[
        "--flows",
        "1000",
        "--sql",
        "SELECT max(CAST(hour AS INT)) AS last, min(service_name(443, transport)) AS name,
         min(port_status(993, 'udp')) AS status, min(service_flow(50123, 443, 6)) AS flow,
         min(service_port('HTTPS', protocol)) AS port FROM flows",
    ]);
    assert!(lines.iter().any(|line| cells(line) == ["7", "https", "Reserved", "https", "443"]), "{lines:#?}");
}

#[test]
fn a_query_that_fails_is_an_error() {
    let output =
        cluster().args(["--flows", "10", "--sql", "SELECT service_name('443', 6) FROM flows"]).output().unwrap();
    assert!(!output.status.success());
    let error = String::from_utf8(output.stderr).unwrap();
    assert!(error.contains("the port is Utf8, expected an integer"), "{error}");
}

/// The processes end even if the command is killed.
#[test]
fn services_end_with_the_process_that_started_them() {
    // The command is killed long before it has an answer.
    let sql = "SELECT count(*) FROM flows a, flows b WHERE service_flow(a.port, b.port, 6) = 'nothing'";
    let mut killed = cluster().args(["--flows", "20000", "--sql", sql]).stdout(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(killed.stdout.take().unwrap()).lines().map(Result::unwrap);
    let lines: Vec<String> = lines.by_ref().take(4).collect();
    let started = addresses(&lines);
    let listened = started.iter().all(|address| listens(address));
    killed.kill().unwrap();
    killed.wait().unwrap();
    assert!(started.len() == 3 && listened, "{lines:#?}");
    let killed_at = Instant::now();
    while started.iter().any(|address| listens(address)) {
        assert!(killed_at.elapsed() < Duration::from_secs(60), "still there");
        sleep(Duration::from_millis(50));
    }
}
