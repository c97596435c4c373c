//! `iana-ports lookup`, `search`, `list` and `status`.

use crate::{is_embedded, run};
use answers::{Oracle, TRANSPORTS};
use serde_json::Value;
use std::io::{BufRead, BufReader, Write};
use std::process::{Output, Stdio};

/// The first four cells of the lines.
fn lines(arguments: &[&str]) -> Vec<String> {
    let (code, stdout, stderr) = run(arguments);
    let is_remark = |line: &str| line.contains("people ") || line.contains("familiar name");
    assert!(code == 0 && stderr.lines().all(is_remark), "{arguments:?}: {stderr}");
    let cells = |line: &str| line.split_whitespace().take(4).collect::<Vec<_>>().join(" ");
    stdout.lines().skip(1).map(cells).collect()
}

#[test]
fn ports_ranges_and_names() {
    if !is_embedded() {
        return;
    }
    let found = |query: &str| lines(&["lookup", query]);
    assert_eq!(found("443"), ["https 443 tcp,udp Assigned", "https 443 sctp Assigned"]);
    assert_eq!(found("6000-6010/TCP"), ["x11 6000-6063 tcp Assigned"]);
    assert_eq!(found("65534-65535/tcp"), ["- 65534-65535 tcp Dynamic"]);
    assert_eq!(found("999")[2..], ["applix 999 udp Assigned", "puprouter 999 udp Assigned"]);
    assert_eq!(found("443, 80"), [found("443"), found("80")].concat());
    for one in [":443/tcp", "tcp:443", "0.0.0.0:443/tcp", "[::1]:443/tcp", "_443._tcp.example.org", "443/tcp,"] {
        assert_eq!(found(one), ["https 443 tcp Assigned"], "{one}");
    }
    assert_eq!(lines(&["443/tcp"]), found("443/tcp"));
    // The shell passes a list without quotes as several arguments.
    assert_eq!(lines(&["443", "tcp"]), found("443/tcp"));
    assert_eq!(lines(&["tcp", "22", "udp", "53"]), found("22/tcp 53/udp"));
    for printer in ["My Printer._ipp._tcp.local.", "_universal._sub._ipp._tcp.local"] {
        assert_eq!(found(printer), ["ipp 631 tcp Assigned"], "{printer}");
    }
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

/// The names of every port on every transport, primary first, are those of the oracle.
#[test]
fn every_port() {
    let oracle = Oracle::load();
    let (code, stdout, _) = run(&["lookup", "--format", "csv", "0-65535"]);
    assert_eq!(code, 0);
    let mut found = vec![[const { Vec::new() }; 4]; 65_536];
    for line in csv::Reader::from_reader(stdout.as_bytes()).records() {
        let line = line.unwrap();
        if !line[1].is_empty() {
            let transport = TRANSPORTS.iter().position(|known| *known == &line[4]).unwrap();
            let ports = line[2].parse::<usize>().unwrap()..=line[3].parse().unwrap();
            found[ports].iter_mut().for_each(|port| port[transport].push(line[1].to_owned()));
        }
    }
    for (port, here) in (0..).zip(oracle.by_port()) {
        for (of, transport) in TRANSPORTS.into_iter().enumerate() {
            // A range that begins before the port and covers it comes first here.
            let mut expected: Vec<&str> =
                oracle.answers(&here, port, transport).iter().filter_map(|row| row.name.as_deref()).collect();
            expected.sort_unstable();
            found[port as usize][of].sort_unstable();
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
    says("https/dccp", "https is not on dccp; it is on tcp, udp, sctp");
    let (code, _, stderr) = run(&["search", "kafka-connect", "9092"]);
    assert_eq!((code, stderr.as_str()), (1, "iana-ports: no row contains \"kafka-connect\" and \"9092\"\n"));
    let (code, _, stderr) = run(&["search", "kafka"]);
    let expected = "no row contains \"kafka\"; people use it on 9092/tcp and 9093/tcp and 9094/tcp";
    assert_eq!((code, stderr), (1, format!("iana-ports: {expected}\n")));
}

/// Familiar names in remarks, in searches and with `--familiar`.
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
    let (_, services, _) = run(&["export", "services", "--familiar", "--ports", "53", "--transports", "tcp"]);
    assert!(services.ends_with("dns             53/tcp          domain          # Domain Name Server\n"), "{services}");
    let (code, _, stderr) = run(&["export", "csv", "--familiar"]);
    let expected = "iana-ports: --familiar works only with `export services`, `export ports` and `export nft`\n";
    assert_eq!((code, stderr.as_str()), (2, expected));
    // Familiar names have a column of their own, because IANA did not assign them.
    let on = ["--ports", "9092,9094", "--transports", "tcp", "--familiar"];
    let (_, ports, _) = run(&[&["export", "ports"], &on[..]].concat());
    let expected = "port,protocol,transport,service_name,status,description,familiar_name\n\
                    9092,6,tcp,XmlIpcRegSvc,Assigned,Xml-Ipc Server Reg,kafka\n9094,6,tcp,,Unassigned,,kafka\n";
    assert_eq!(ports, expected);
    let (_, definitions, _) = run(&[&["export", "nft"], &on[..]].concat());
    assert!(definitions.contains("\ndefine tcp_kafka = { 9092, 9094 }\n"), "{definitions}");
    // A registered name keeps its registered ports.
    let (_, definitions, _) = run(&["export", "nft", "--familiar", "--transports", "tcp"]);
    assert!(definitions.contains("\ndefine tcp_ssh = 22\n") && definitions.contains("\ndefine tcp_nfs = 2049\n"));
    let (_, services, _) = run(&["export", "services", "--familiar", "--transports", "tcp"]);
    assert_eq!(
        services.lines().find(|line| line.starts_with("nfs ")).unwrap()[16..].split(' ').next(),
        Some("2049/tcp")
    );
    assert_eq!(lines(&[&["list"], &on[..]].concat())[..2], ["kafka 9092 tcp Familiar", "kafka 9094 tcp Familiar"]);
    assert_eq!(lines(&["search", "KAFKA-TLS", "--familiar"]), ["kafka-tls 9093 tcp Familiar"]);
    // A name of the user's file replaces the familiar one.
    let file = concat!(env!("CARGO_TARGET_TMPDIR"), "/familiar.services");
    std::fs::write(file, "kafka 9092/tcp\n").unwrap();
    let both = lines(&["lookup", "9092/tcp", "--familiar", "--names", file]);
    assert_eq!(both, ["kafka 9092 tcp Own", "XmlIpcRegSvc 9092 tcp Assigned"]);
    // One remark for each meaning, none of which contradicts another.
    says(&["irc", "irc/tcp"], "irc: people mean 6667/tcp (ircu)");
}

/// Ports that IANA has not assigned, with and without those on which people run something.
#[test]
fn free_ports() {
    if !is_embedded() {
        return;
    }
    let (code, stdout, stderr) = run(&["list", "9090-9097", "--status", "UNASSIGNED", "--transports", "tcp"]);
    assert!(code == 0 && stdout.contains("9094-9099"), "{stdout}");
    assert_eq!(stderr, "iana-ports: 9094/tcp: people run kafka there\niana-ports: 9098/tcp: people run xinetd there\n");
    assert_eq!(
        lines(&["list", "9090-9100", "--free", "--transports", "tcp"]),
        ["- 9095-9097 tcp Unassigned", "- 9099 tcp Unassigned"]
    );
    assert_eq!(lines(&["list", "9094", "--free"]), ["- 9094 udp,sctp,dccp Unassigned"]);
    let (code, stdout, stderr) = run(&["list", "9092,9094", "--free", "--transports", "tcp"]);
    assert_eq!((code, stdout.as_str(), stderr.as_str()), (1, "", "iana-ports: no port is free\n"));
}

#[test]
fn options_of_the_output() {
    let (code, stdout, _) = run(&["lookup", "443/tcp", "--format", "csv", "--columns", "Status, query"]);
    assert_eq!((code, stdout.as_str()), (0, "status,query\nAssigned,443/tcp\n"));
    let (code, _, stderr) = run(&["lookup", "443", "--format", "csv", "--columns", "name"]);
    assert!(code == 2 && stderr.contains("unknown column \"name\"; expected query, service_name"), "{stderr}");
    // --quiet leaves out remarks, but a text that is no query is an error.
    let (code, _, stderr) = run(&["lookup", "--quiet", "9-3", "no-such-name"]);
    assert_eq!((code, stderr.as_str()), (2, "iana-ports: \"9-3\": the range \"9-3\" runs backwards\n"));
    for option in ["--json", "--no-header"] {
        let (code, _, stderr) = run(&["export", "csv", option]);
        let expected = format!("iana-ports: {option} works only with lookup, search, list, status and capture\n");
        assert_eq!((code, stderr), (2, expected));
    }
}

#[test]
fn invalid_queries() {
    for (query, text) in [
        ("70000", r#""70000": "70000" is over 65535, the largest port number"#),
        ("443/foo", r#""443/foo": unknown transport protocol "foo", expected tcp, udp, sctp or dccp"#),
        ("9-3", r#""9-3": the range "9-3" runs backwards"#),
        ("0x50", r#""0x50": "0x50" is not a port number; expected 80"#),
        ("127.0.0.1", r#""127.0.0.1": "127.0.0.1" has no port; expected a form such as 192.0.2.1:443 or [::1]:443"#),
        ("", r#""": there is no port; expected a form such as 443, 443/tcp or https"#),
        (", ", r#""": there is no port; expected a form such as 443, 443/tcp or https"#),
        ("/tcp", r#""/tcp": there is no port; expected a form such as 443, 443/tcp or https"#),
        ("443/", r#""443/": unknown transport protocol "", expected tcp, udp, sctp or dccp"#),
        ("-5", r#""-5": the range "-5" has no start; expected 0-5, or 5 for one port"#),
        ("443 9-3", r#""9-3": the range "9-3" runs backwards"#), // not a list of ports, so 443 has no answer either
    ] {
        assert_eq!(run(&["lookup", query]), (2, String::new(), format!("iana-ports: {text}\n")), "{query}");
    }
    for arguments in [&["lookup"][..], &["list", "--ports", "70000"], &["list", "--transports", "quic"]] {
        let (code, stdout, stderr) = run(arguments);
        assert_eq!((code, stdout.as_str()), (2, ""), "{arguments:?}");
        assert!(stderr.starts_with("error: "), "{stderr}");
    }
    let missing = run(&["lookup", "443", "--names", "/no/such/file"]);
    let why = std::fs::read("/no/such/file").unwrap_err();
    let expected = format!("iana-ports: /no/such/file: cannot be read ({why})\n");
    assert_eq!(missing, (2, String::new(), expected));
}

/// Queries that people use with `whatportis`: a port, a name, a pattern, JSON, and a table that merges transports.
#[test]
fn one_query_as_json() {
    if !is_embedded() {
        return;
    }
    let (code, stdout, _) = run(&["lookup", "--format", "json", "5432"]);
    let found: Value = serde_json::from_str(&stdout).unwrap();
    let first = serde_json::json!({
        "query": "5432", "service_name": "postgresql", "first_port": 5432, "last_port": 5432, "transport": "tcp",
        "protocol": 6, "status": "Assigned", "description": "PostgreSQL Database",
    });
    assert_eq!((code, &found[0]), (0, &first));
    let (_, stdout, _) = run(&["search", "--format", "json", "postgresql"]);
    let found: Value = serde_json::from_str(&stdout).unwrap();
    assert!(found.as_array().unwrap().iter().all(|line| line.to_string().to_lowercase().contains("postgresql")));
    let (code, stdout, stderr) = run(&["lookup", "--json", "no-such-name"]);
    let found: Value = serde_json::from_str(&stdout).unwrap();
    assert_eq!((code, found[0]["status"].as_str(), stderr.as_str()), (1, Some("unknown"), ""));
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
    // Every line that cannot be read is reported, and the others count. A name that is also in the registry appears
    // once.
    std::fs::write(file, "billing 80\nhttp 80/tcp\nintranet 80/tcp\nwiki\n").unwrap();
    let (code, stdout, stderr) = run(&["lookup", "80/tcp", "--names", file]);
    let expected = format!(
        "iana-ports: {file}: line 1, column 9: found \"80\", expected a port and a transport such as 80/tcp\n\
         iana-ports: {file}: line 4, column 5: found no port after \"wiki\", expected one such as 80/tcp\n"
    );
    assert_eq!((code, stderr), (2, expected));
    let names: Vec<&str> = stdout.lines().skip(1).filter_map(|line| line.split_whitespace().next()).collect();
    assert_eq!(names, ["http", "intranet", "www", "www-http"]);
    // The first name of a line comes first, and the registry's row says what a registered name is.
    std::fs::write(file, "https 443/tcp secureweb\nwww 80/tcp http # ours\n").unwrap();
    let expected = ["https 443 tcp Assigned", "secureweb 443 tcp Own"];
    assert_eq!(with(&["lookup", "443/tcp"]), expected);
    assert_eq!(with(&["list", "--ports", "443", "--transports", "tcp"]), expected);
    assert_eq!(with(&["lookup", "80/tcp"])[..2], ["www 80 tcp Assigned", "http 80 tcp Assigned"]);
    let (_, ports, _) = run(&["export", "ports", "--ports", "80", "--transports", "tcp", "--names", file]);
    assert_eq!(ports.lines().last(), Some("80,6,tcp,www,Assigned,World Wide Web HTTP"));
    // nmap's file has frequencies, and macOS's has lines without a name.
    std::fs::write(file, "ours 7/dccp 0.484143\nunknown 8/dccp 0.001995\n 24/dccp # mail\n").unwrap();
    let (code, stdout, stderr) = run(&["list", "--transports", "dccp", "--ports", "7-24", "--names", file]);
    assert_eq!((code, stdout.lines().filter(|line| line.contains("Own")).count()), (0, 1), "{stdout}");
    let expected = format!(
        "iana-ports: {file}: line 3, column 2: found \"24/dccp\", expected a name before the port; left out, with all \
         others like it\n\
         iana-ports: {file}: line 1: \"0.484143\" has no letter, so it is no name; left out, with all others like it\n"
    );
    assert_eq!(stderr, expected);
    // As many names as an overlay can have, and as many errors as people read.
    let aliases: Vec<String> = (0..1000).map(|number| format!("a{number}")).collect();
    std::fs::write(file, format!("x 0-65535/tcp,udp,sctp,dccp {}", aliases.join(" "))).unwrap();
    let (code, _, stderr) = run(&["443", "--names", file]);
    let expected = format!("iana-ports: {file}: names more than 262144 ports; use a smaller file\n");
    assert_eq!((code, stderr), (2, expected));
    std::fs::write(file, "x\n".repeat(12)).unwrap();
    let (code, _, stderr) = run(&["443", "--names", file]);
    let last = format!("iana-ports: {file}: 2 more lines cannot be read");
    assert_eq!((code, stderr.lines().count(), stderr.lines().last()), (2, 11, Some(last.as_str())));
    // A byte that is not UTF-8 makes only its own line unreadable, and in a comment it does no harm.
    std::fs::write(file, b"one 50001/tcp # caf\xe9\ncaf\xe9 50002/tcp\nboth 50003/tcp/udp\ntypo 50004/tpc\n").unwrap();
    let (code, stdout, stderr) = run(&["lookup", "50001-50004/tcp", "--names", file]);
    let expected = format!(
        "iana-ports: {file}: line 2, column 4: found a byte that is not UTF-8, expected UTF-8 text\n\
         iana-ports: {file}: line 4, column 6: found the transport \"tpc\", expected tcp, udp, sctp or dccp\n"
    );
    assert_eq!((code, stderr), (2, expected));
    let rows: Vec<Vec<&str>> = stdout.lines().map(|line| line.split_whitespace().take(3).collect()).collect();
    assert!(rows.contains(&vec!["one", "50001", "tcp"]) && rows.contains(&vec!["both", "50003", "tcp"]), "{stdout}");
    if cfg!(unix) {
        for endless in [["443", "--names", "/dev/zero"], ["443", "--file", "/dev/zero"]] {
            let (code, _, stderr) = run(&[&["lookup"], &endless[..]].concat());
            let expected = "iana-ports: /dev/zero: has more than 33554432 bytes; expected a shorter list\n";
            assert_eq!((code, stderr.as_str()), (2, expected));
        }
    }
}

/// Queries from a file and from standard input, one in each line, including some without an answer.
#[test]
fn many_queries() {
    let file = concat!(env!("CARGO_TARGET_TMPDIR"), "/queries");
    let unknown: Vec<String> = (0..1000).map(|n| format!("no-such-name-{n}")).collect();
    std::fs::write(file, format!("\u{feff}# first\n443/tcp # https\n\n  https/udp \r\n9-3\n{}\n", unknown.join("\n")))
        .unwrap();
    let (code, stdout, stderr) = run(&["lookup", "--csv", "--file", file]);
    assert_eq!((code, stdout.as_str()), (2, ""), "{stderr}");
    let (code, stdout, stderr) = run(&["lookup", "--format", "csv", "--file", file]);
    assert_eq!((code, stderr.as_str()), (2, "iana-ports: \"9-3\": the range \"9-3\" runs backwards\n"));
    let mut csv = csv::Reader::from_reader(stdout.as_bytes());
    let heading: Vec<String> = csv.headers().unwrap().iter().map(str::to_owned).collect();
    let expected = "query service_name first_port last_port transport protocol status description remark";
    assert_eq!(heading.join(" "), expected);
    let rows: Vec<csv::StringRecord> = csv.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 3 + unknown.len());
    assert_eq!((&rows[0][0], &rows[0][2], &rows[0][5]), ("443/tcp", "443", "6"));
    assert_eq!((&rows[1][0], &rows[1][4]), ("https/udp", "udp"));
    assert_eq!((&rows[2][0], &rows[2][6], &rows[3][6]), ("9-3", "unknown", "unknown"));
    assert_eq!(
        (&rows[2][8], &rows[3][8]),
        ("\"9-3\": the range \"9-3\" runs backwards", "\"no-such-name-0\" is not registered")
    );
    let (_, stdout, _) = run(&["--format", "jsonl", "--file", file]);
    assert!(stdout.lines().all(|line| serde_json::from_str::<Value>(line).is_ok_and(|line| line["query"].is_string())));
    assert_eq!(stdout.lines().count(), rows.len());

    let (_, table, stderr) = run(&["lookup", "--file", file]);
    assert_eq!(table.lines().count(), 3 - usize::from(table.contains("tcp,udp")), "{table}");
    assert_eq!(
        (stderr.lines().count(), stderr.lines().last()),
        (11, Some("iana-ports: 991 more queries have no answer"))
    );
    let outcome =
        assert_cmd::Command::from_std(crate::command()).args(["lookup", "-"]).write_stdin("443/tcp\nssh/tcp").assert();
    let stdout = String::from_utf8(outcome.get_output().stdout.clone()).unwrap();
    assert_eq!(stdout.lines().count(), 4, "{stdout}");
}

/// All columns, as on IANA's page and as serialized.
#[test]
fn long() {
    if !is_embedded() {
        return;
    }
    let (_, table, _) = run(&["lookup", "--long", "22/tcp"]);
    assert!(table.contains("reference                 [RFC4251]\n"), "{table}");
    let (_, text, _) = run(&["lookup", "--long", "--json", "443/tcp"]);
    let found: Value = serde_json::from_str(&text).unwrap();
    let record = iana_ports::lookup_port(443, iana_ports::Proto::Tcp).unwrap();
    let Value::Object(columns) = serde_json::to_value(record).unwrap() else { panic!("no object") };
    assert!(columns.iter().all(|(column, value)| found[0][column] == *value), "{found}");
    let (_, text, _) = run(&["list", "--long", "--format", "csv", "443", "--transports", "tcp"]);
    let (_, exported, _) = run(&["export", "csv", "--ports", "443", "--transports", "tcp"]);
    let row = |text: &str| csv::Reader::from_reader(text.as_bytes()).records().next().unwrap().unwrap();
    let (own, iana) = (row(&text), row(&exported));
    assert_eq!((&own[7], &own[9], &own[10], &own[13]), (&iana[1], &iana[4], &iana[5], &iana[8]));
}

/// Options that would have no effect are errors.
#[test]
fn options_without_effect_are_refused() {
    let file = concat!(env!("CARGO_TARGET_TMPDIR"), "/unused.services");
    std::fs::write(file, "billing 8080/tcp\n").unwrap();
    for arguments in [
        &["export", "csv", "--format", "json"][..],
        &["map", "tcp", "/no/such/file.svg", "--json"],
        &["man", "--format", "csv"],
        &["export", "csv", "--color", "never"],
        &["--color=always", "map", "tcp", "/no/such/file.svg"],
        &["export", "csv", "--names", file],
        &["export", "ports", "--no-aliases"],
        &["map", "tcp", "/no/such/file.svg", "--names", file],
        &["443", "lookup", "80"],
        &["--long", "list"],
    ] {
        let (code, stdout, stderr) = run(arguments);
        assert_eq!((code, stdout.as_str()), (2, ""), "{arguments:?}");
        assert!(stderr.contains("works only with") || stderr.contains("before the command"), "{stderr}");
    }
}

/// Where a table shows a hyphen, JSON has null.
#[test]
fn an_empty_description_is_null() {
    let file = concat!(env!("CARGO_TARGET_TMPDIR"), "/no-comment.services");
    std::fs::write(file, "billing 50000/tcp\n").unwrap();
    let (code, stdout, _) = run(&["lookup", "--json", "--names", file, "50000/tcp", "no-such-name", "50001/tcp"]);
    let rows: Vec<serde_json::Value> = serde_json::from_str(&stdout).unwrap();
    assert_eq!((code, rows.len()), (1, 4)); // 50000 is also dynamic
    assert!(rows.iter().all(|row| row["description"].is_null()), "{stdout}");
    let facts: Vec<serde_json::Value> = serde_json::from_str(&run(&["status", "--json"]).1).unwrap();
    let overlay = facts.iter().find(|fact| fact["what"] == "overlay sha256").unwrap();
    assert_eq!(overlay["value"].as_str(), iana_ports::OVERLAY_SHA256);
}

#[test]
fn searches_find_what_the_library_finds() {
    for texts in [&["http"][..], &["HTTP", "8080"], &["any private"], &["rfc9110"]] {
        let (code, stdout, _) = run(&[&["--format", "csv", "search"], texts].concat());
        let mut csv = csv::Reader::from_reader(stdout.as_bytes());
        let rows_found = csv.records().map(Result::unwrap).count();
        let rows = iana_ports::search(texts[0])
            .filter(|row| texts[1..].iter().all(|text| iana_ports::search(text).any(|other| other == *row)));
        let of_row = |row: iana_ports::Row| match (row.proto(), row.ports(), row.record()) {
            (Some(_), ..) | (None, None, _) => 1,
            (None, Some(_), Some(_)) => 2,
            (None, Some(_), None) => 4,
        };
        let expected: usize = rows.map(of_row).sum();
        assert_eq!((code, rows_found), (i32::from(expected == 0), expected), "{texts:?}");
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
fn a_closed_pipe_is_not_an_error() {
    let mut child =
        crate::command().args(["lookup", "0-65535"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let Output { status, stderr, .. } = child.wait_with_output().unwrap();
    assert_eq!((status.code(), String::from_utf8(stderr).unwrap().as_str()), (Some(0), ""));
}

#[test]
fn colors_are_for_terminals() {
    let (_, plain, _) = run(&["lookup", "443/tcp"]);
    assert!(!plain.contains('\x1b'));
    let (_, forced, _) = run(&["--color", "always", "lookup", "443/tcp"]);
    assert!(forced.starts_with("\x1b[1mNAME"), "{forced:?}");
    let output = crate::command().env("NO_COLOR", "1").args(["lookup", "443/tcp"]).output().unwrap();
    assert!(!output.stdout.contains(&0x1b));
}

/// The answers to a line are there before the next line comes.
#[test]
fn answers_come_at_once() {
    let mut child = crate::command()
        .args(["lookup", "-", "--format", "csv", "--no-header", "--columns", "service_name,query"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let (mut input, mut output) = (child.stdin.take().unwrap(), BufReader::new(child.stdout.take().unwrap()));
    for (line, expected) in [("22/tcp\n", "ssh,22/tcp\n"), ("#\n53/udp,443\n", "domain,53/udp\n")] {
        let mut answer = String::new();
        input.write_all(line.as_bytes()).unwrap();
        output.read_line(&mut answer).unwrap();
        assert!(!is_embedded() || answer == expected, "{answer}");
    }
    drop((input, output));
    child.wait().unwrap();
}

/// A word that is nearly a command, as the first query, is one; other words are names.
#[test]
fn mistyped_commands() {
    let says = |arguments: &[&str], expected: &str| {
        let (code, _, stderr) = run(arguments);
        assert!(code == 1 && stderr.contains(expected), "{arguments:?}: {stderr}");
        assert_eq!(run(&[&["--quiet"], arguments].concat()).2, "");
    };
    for (typed, meant) in
        [("completion", "completions"), ("exprot", "export"), ("statsu", "status"), ("serach", "search")]
    {
        says(
            &[typed, "http"],
            &format!("{typed:?} is not registered; did you mean the command \"iana-ports {meant}\"?"),
        );
        says(&["lookup", typed], "; the closest names are ");
        says(&["http", typed], "; the closest names are ");
    }
}

/// Small habits: short options, columns of CSV, ranges that are none, people, ports that are never assigned.
#[test]
fn habits() {
    if !is_embedded() {
        return;
    }
    let (_, stdout, _) = run(&["-j", "kafka"]);
    let remark = &serde_json::from_str::<Value>(&stdout).unwrap()[0]["remark"];
    assert!(
        remark.as_str().unwrap().ends_with("is not registered; people use it on 9092/tcp and 9093/tcp and 9094/tcp")
    );
    for (arguments, expected) in [
        (&["list", "443/tcp"][..], "to look it up, use `iana-ports lookup 443/tcp`"),
        (&["443", "--columns", "port", "--format", "csv"], "unknown column \"port\"; expected query, service_name, "),
        (&["443", "--no-header"], "--no-header works only with --format csv"),
        (&[], "write `iana-ports -`"),
    ] {
        let (code, _, stderr) = run(arguments);
        assert!(code == 2 && stderr.contains(expected), "{arguments:?}: {stderr}");
    }
    assert!(lines(&["list", "--status", "dynamic"]).contains(&"- 49152-65535 tcp,udp,sctp,dccp Dynamic".to_owned()));
    assert!(lines(&["search", "[Mark_Lottor]"]).contains(&"tcpmux 1 tcp,udp Assigned".to_owned()));
    assert!(lines(&["search", "jon postel"]).iter().any(|line| line.starts_with("discard 9 ")));
    for command in ["export", "map", "completions", "man"] {
        assert!(!run(&[command, "--help"]).1.contains("--format"), "{command}");
    }
}

/// A query in a list is printed as the user typed it, with the transports that it shares.
#[test]
fn queries_of_a_list() {
    let queries = |text: &str| {
        let (_, stdout, _) = run(&["lookup", "--format", "csv", text]);
        let mut queries: Vec<String> =
            csv::Reader::from_reader(stdout.as_bytes()).records().map(|row| row.unwrap()[0].to_owned()).collect();
        queries.dedup();
        queries
    };
    assert_eq!(queries("22,443/tcp"), ["22/tcp", "443/tcp"]);
    assert_eq!(queries("tcp:22, 443"), ["tcp:22", "443"]);
    assert_eq!(queries("tcp 22, 53/tcp,udp"), ["53/tcp,udp"]);
    assert_eq!(queries("22 80 tcp"), ["22/tcp", "80/tcp"]);
    assert_eq!(queries("22/tcp 53/udp 443"), ["22/tcp", "53/udp", "443"]);
    assert_eq!(queries("0.0.0.0:22/tcp,[::1]:53/udp"), ["0.0.0.0:22/tcp", "[::1]:53/udp"]);
}

/// An argument can have any bytes, as file names do.
#[cfg(unix)]
#[test]
fn arguments_that_are_not_text() {
    use std::os::unix::ffi::OsStrExt;
    let name = std::ffi::OsStr::from_bytes(b"/no/such/\xff");
    let output = crate::command().args(["lookup", "443", "--names"]).arg(name).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).starts_with("iana-ports: /no/such/"), "{output:?}");
}
