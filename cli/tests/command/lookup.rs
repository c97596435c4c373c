//! `iana-ports lookup`, `search`, `list` and `status`.

use crate::{is_embedded, run};
use answers::{Oracle, TRANSPORTS};
use serde_json::Value;
use std::process::{Output, Stdio};

/// The first four cells of the lines.
fn lines(arguments: &[&str]) -> Vec<String> {
    let (code, stdout, stderr) = run(&[&["--format", "csv"], arguments].concat());
    assert_eq!((code, stderr.as_str()), (0, ""), "{arguments:?}");
    let mut csv = csv::Reader::from_reader(stdout.as_bytes());
    let shown = |cell: &str| if cell.is_empty() { "-".to_owned() } else { cell.to_owned() };
    csv.records().map(|line| line.unwrap().iter().take(4).map(shown).collect::<Vec<_>>().join(" ")).collect()
}

#[test]
fn ports_ranges_and_names() {
    if !is_embedded() {
        return;
    }
    let found = |query: &str| lines(&["lookup", query]);
    assert_eq!(found("443"), ["https 443 tcp,udp Assigned", "https 443 sctp Assigned", "- 443 dccp Reserved"]);
    let x11 = found("6000-6010/TCP");
    assert_eq!((x11.len(), x11[0].as_str(), x11[10].as_str()), (11, "x11 6000 tcp Assigned", "x11 6010 tcp Assigned"));
    assert_eq!(found("80/udp")[1..], ["www 80 udp Assigned", "www-http 80 udp Assigned"]);
    assert_eq!(found("tcp/443"), ["https 443 tcp Assigned"]);
    assert_eq!(found("22,443/tcp"), ["ssh 22 tcp Assigned", "https 443 tcp Assigned"]);
    assert_eq!(found("AirPlay"), ["airplay - tcp,udp Assigned"]);
    assert_eq!(found("914C/G")[0], "914c/g 211 tcp,udp Assigned");
    assert_eq!(found("X11")[0], "x11 6000-6063 tcp,udp Assigned");
    assert_eq!(found("https/udp"), ["https 443 udp Assigned"]);
    assert_eq!(found("UDP/https"), ["https 443 udp Assigned"]);
    assert_eq!(found("_http._tcp"), ["http 80 tcp Assigned"]);
    assert_eq!(found("flex-lm"), ["flex-lm 27000-27009 tcp,udp Assigned"]);
    assert_eq!(found("4/dccp"), ["- 4 dccp Unassigned"]);
    assert_eq!(found("65535/tcp"), ["- 65535 tcp Dynamic"]);
}

/// Every port of the registry on every transport: the names, primary first, as the oracle has them.
#[test]
fn every_port() {
    let oracle = Oracle::load();
    let (code, stdout, _) = run(&["lookup", "--format", "csv", "0-65535"]);
    assert_eq!(code, 0);
    let mut found = vec![[const { Vec::new() }; 4]; 65_536];
    for line in csv::Reader::from_reader(stdout.as_bytes()).records() {
        let line = line.unwrap();
        if !line[0].is_empty() {
            for transport in line[2].split(',') {
                let transport = TRANSPORTS.iter().position(|known| *known == transport).unwrap();
                found[line[1].parse::<usize>().unwrap()][transport].push(line[0].to_owned());
            }
        }
    }
    for (port, here) in (0..).zip(oracle.by_port()) {
        for (of, transport) in TRANSPORTS.into_iter().enumerate() {
            let expected: Vec<String> =
                oracle.answers(&here, port, transport).iter().filter_map(|row| row.name.clone()).collect();
            assert_eq!(found[port as usize][of], expected, "{port}/{transport}");
        }
    }
}

#[test]
fn names_that_are_not_registered() {
    if !is_embedded() {
        return;
    }
    let (code, stdout, stderr) = run(&["lookup", "htps"]);
    assert_eq!((code, stdout.as_str()), (1, ""));
    assert!(stderr.starts_with("iana-ports: \"htps\" is not registered; the closest names are "), "{stderr}");
    assert!(stderr.contains("https"), "{stderr}");
    let (code, stdout, _) = run(&["lookup", "no-such-name", "ssh"]);
    assert_eq!(code, 1);
    assert!(stdout.contains("ssh"), "what was found is shown all the same");
    let says = |query: &str, text: &str| {
        let (code, stdout, stderr) = run(&["lookup", query]);
        assert_eq!((code, stdout.as_str()), (1, ""));
        assert!(stderr.starts_with(&format!("iana-ports: {text}")), "{stderr}");
    };
    says(
        "DNS",
        "\"DNS\" is not registered; it is a familiar name of domain, 53/tcp and 53/udp; the closest names are ",
    );
    says(
        "kafka",
        "\"kafka\" is not registered; people use it on 9092/tcp and 9093/tcp and 9094/tcp; the closest names are ",
    );
    says("https/dccp", "https is not registered on dccp; it is on tcp, udp, sctp");
    let (code, _, stderr) = run(&["search", "kafka-connect", "9092"]);
    assert_eq!((code, stderr.as_str()), (1, "iana-ports: no row has \"kafka-connect\" and \"9092\"\n"));
    let (code, _, stderr) = run(&["search", "kafka"]);
    let expected = "no row has \"kafka\"; people use it on 9092/tcp and 9093/tcp and 9094/tcp";
    assert_eq!((code, stderr), (1, format!("iana-ports: {expected}\n")));
}

/// What people mean and what they call a port, beside what the registry has.
#[test]
fn familiar_names() {
    if !is_embedded() {
        return;
    }
    let says = |arguments: &[&str], remark: &str| {
        let (code, _, stderr) = run(arguments);
        assert_eq!(
            (code, stderr),
            (0, remark.lines().map(|line| format!("iana-ports: {line}\n")).collect()),
            "{arguments:?}"
        );
    };
    says(
        &["lookup", "rdp", "smb"],
        "rdp: people mean 3389/tcp (ms-wbt-server) and 3389/udp (ms-wbt-server)\nsmb: people mean 445/tcp (microsoft-ds)",
    );
    says(&["lookup", "9092"], "9092/tcp: people run kafka there");
    says(&["lookup", "53"], "53/tcp and 53/udp: people call it dns");
    says(&["lookup", "9092", "--format", "csv"], "");
    says(&["lookup", "443", "https", "http"], "");
    says(&["search", "DNS"], "\"DNS\": it is a familiar name of domain, 53/tcp and 53/udp");
    says(&["search", "http"], "");
    assert!(lines(&["search", "dns"]).contains(&"domain 53 tcp,udp Assigned".to_owned()));

    assert_eq!(lines(&["lookup", "--familiar", "53/udp"]), ["dns 53 udp Familiar", "domain 53 udp Assigned"]);
    assert_eq!(lines(&["lookup", "--familiar", "kafka"]), ["kafka 9092 tcp Familiar"]);
    assert_eq!(lines(&["lookup", "--familiar", "RDP"])[..2], ["rdp 3389 tcp,udp Familiar", "rdp - - Assigned"]);
    assert_eq!(lines(&["lookup", "--names", "familiar", "9092/tcp"])[0], "kafka 9092 tcp Own");
    let (_, services, _) = run(&["export", "services", "--familiar", "--ports", "53", "--transports", "tcp"]);
    assert!(services.ends_with("dns             53/tcp          domain          # Domain Name Server\n"), "{services}");
    let (code, _, stderr) = run(&["export", "csv", "--familiar"]);
    let expected = "iana-ports: --familiar works only with `export services`; leave it out\n";
    assert_eq!((code, stderr.as_str()), (2, expected));
}

#[test]
fn nonsense() {
    for (query, text) in [
        ("70000", r#""70000": "70000" is over 65535, the largest port number"#),
        ("443/foo", r#""443/foo": unknown transport protocol "foo", expected tcp, udp, sctp or dccp"#),
        ("9-3", r#""9-3": the range "9-3" runs backwards"#),
        ("80,,81", r#""80,,81": "" is not a port number or a range such as 6000-6063"#),
        ("", "an empty query; expected a port such as 443/tcp, or a service name"),
        ("/tcp", r#""/tcp": "" is not a port number or a range such as 6000-6063"#),
        ("443/", r#""443/": unknown transport protocol "", expected tcp, udp, sctp or dccp"#),
        ("-5", r#""-5": "-5" is not a port number or a range such as 6000-6063"#),
    ] {
        assert_eq!(run(&["lookup", query]), (2, String::new(), format!("iana-ports: {text}\n")), "{query}");
    }
    for arguments in [&["lookup"][..], &["look"], &["list", "--ports", "70000"], &["list", "--transports", "quic"]] {
        let (code, stdout, stderr) = run(arguments);
        assert_eq!((code, stdout.as_str()), (2, ""), "{arguments:?}");
        assert!(stderr.starts_with("error: "), "{stderr}");
    }
    let missing = run(&["lookup", "443", "--names", "/no/such/file"]);
    let why = std::fs::read("/no/such/file").unwrap_err();
    let expected = format!("iana-ports: /no/such/file: cannot be read ({why})\n");
    assert_eq!(missing, (2, String::new(), expected));
}

/// The questions that people ask `whatportis`: a port, a name, a pattern, as JSON, with the transports together.
#[test]
fn one_query_as_json() {
    if !is_embedded() {
        return;
    }
    let (code, stdout, _) = run(&["lookup", "--format", "json", "5432"]);
    let found: Value = serde_json::from_str(&stdout).unwrap();
    let first = serde_json::json!({
        "name": "postgresql", "port": "5432", "transports": ["tcp", "udp"], "status": "Assigned",
        "description": "PostgreSQL Database",
    });
    assert_eq!((code, &found[0]), (0, &first));
    let (_, stdout, _) = run(&["search", "--format", "json", "postgresql"]);
    let found: Value = serde_json::from_str(&stdout).unwrap();
    assert!(found.as_array().unwrap().iter().all(|line| line.to_string().to_lowercase().contains("postgresql")));
    let (code, stdout, _) = run(&["lookup", "--format", "json", "no-such-name"]);
    assert_eq!((code, stdout.as_str()), (1, "[]\n"));
}

#[test]
fn local_names() {
    let file = concat!(env!("CARGO_TARGET_TMPDIR"), "/own.services");
    std::fs::write(file, "billing 8080/tcp invoices # invoices and reminders\nrtmp 1/ddp\n").unwrap();
    let with = |arguments: &[&str]| lines(&[&["--names", file], arguments].concat());
    assert_eq!(with(&["lookup", "8080/tcp"])[..2], ["billing 8080 tcp Own", "invoices 8080 tcp Own"]);
    assert_eq!(with(&["lookup", "Invoices"]), ["invoices 8080 tcp Own"]);
    assert_eq!(with(&["search", "REMINDERS"])[0], "billing 8080 tcp Own");
    assert_eq!(with(&["list", "--ports", "8080"])[0], "billing 8080 tcp Own");
    std::fs::write(file, "billing 80\n").unwrap();
    let (code, _, stderr) = run(&["lookup", "1", "--names", file]);
    let expected = "line 1, column 9: found \"80\", expected a port and a transport such as 80/tcp";
    assert_eq!((code, stderr), (2, format!("iana-ports: {file}: {expected}\n")));
}

#[test]
fn searches_find_what_the_library_finds() {
    for texts in [&["http"][..], &["HTTP", "8080"], &["any private"], &["rfc9110"]] {
        let (code, stdout, _) = run(&[&["--format", "csv", "search"], texts].concat());
        let mut csv = csv::Reader::from_reader(stdout.as_bytes());
        let transports = csv.records().map(|line| line.unwrap()[2].split(',').count());
        let rows = iana_ports::search(texts[0])
            .filter(|row| texts[1..].iter().all(|text| iana_ports::search(text).any(|other| other == *row)));
        let of_row = |row: iana_ports::Row| match (row.proto(), row.ports(), row.record()) {
            (Some(_), ..) | (None, None, _) => 1,
            (None, Some(_), Some(_)) => 2,
            (None, Some(_), None) => 4,
        };
        let expected: usize = rows.map(of_row).sum();
        assert_eq!((code, transports.sum::<usize>()), (i32::from(expected == 0), expected), "{texts:?}");
    }
}

#[test]
fn the_status_adds_up() {
    let (_, stdout, _) = run(&["status", "--format", "json"]);
    let facts: Vec<Value> = serde_json::from_str(&stdout).unwrap();
    let value =
        |what: &str| facts.iter().find(|fact| fact["what"] == what).unwrap()["value"].as_str().unwrap().to_owned();
    let number = |what: &str| value(what).parse::<usize>().unwrap();
    assert_eq!(value("registry"), iana_ports::REGISTRY_UPDATED.to_string());
    assert_eq!(number("rows"), number("records") + number("blocks"));
    for transport in TRANSPORTS {
        let statuses = ["assigned", "reserved", "unassigned", "dynamic"];
        let ports: usize = statuses.iter().map(|status| number(&format!("{transport} ports {status}"))).sum();
        assert_eq!(ports, 65_536);
    }
}

#[test]
fn a_reader_that_leaves() {
    let mut child =
        crate::command().args(["lookup", "0-65535"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let Output { status, stderr, .. } = child.wait_with_output().unwrap();
    assert_eq!((status.code(), String::from_utf8(stderr).unwrap().as_str()), (Some(0), ""));
}

#[test]
fn colours_are_for_terminals() {
    let (_, plain, _) = run(&["lookup", "443/tcp"]);
    assert!(!plain.contains('\x1b'));
    let (_, forced, _) = run(&["--color", "always", "lookup", "443/tcp"]);
    assert!(forced.starts_with("\x1b[1mNAME"), "{forced:?}");
    let output = crate::command().env("NO_COLOR", "1").args(["lookup", "443/tcp"]).output().unwrap();
    assert!(!output.stdout.contains(&0x1b));
}
