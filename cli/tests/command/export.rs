//! `iana-ports export`: the programs that use its output read it back.

use answers::Oracle;
use iana_ports::{Column, Proto, REGISTRY_SOURCE, Record, lookup_port, lookup_service, records, services};
use serde_json::Value;
use std::collections::BTreeSet;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

fn export(arguments: &[&str]) -> String {
    let (code, stdout, stderr) = crate::run(&[&["export"], arguments].concat());
    assert_eq!((code, stderr.as_str()), (0, ""), "{arguments:?}");
    stdout
}

fn csv_rows(csv: &str) -> Vec<Vec<String>> {
    let rows = csv::Reader::from_reader(csv.as_bytes()).into_deserialize();
    rows.map(|row| row.unwrap()).collect()
}

#[test]
fn csv_is_the_registry_row_by_row_in_all_columns() {
    let csv = export(&["csv"]);
    // Lines end as in IANA's file.
    assert!(csv.lines().count() == csv.matches("\r\n").count() && csv.ends_with("\r\n"));
    assert_eq!(
        csv.lines().next().unwrap(),
        "Service Name,Port Number,Transport Protocol,Description,Assignee,Contact,Registration Date,\
         Modification Date,Reference,Service Code,Unauthorized Use Reported,Assignment Notes"
    );
    let (found, oracle) = (csv_rows(&csv), Oracle::load());
    assert_eq!(found.len(), oracle.rows.len());
    for (found, row) in found.iter().zip(&oracle.rows) {
        assert_eq!(found.as_slice(), row.shown());
    }
}

#[test]
fn json_is_the_registry_row_by_row_in_all_columns() {
    let json: Vec<serde_json::Map<String, Value>> = serde_json::from_str(&export(&["json"])).unwrap();
    // The names in the schema, in its order, which is IANA's.
    let schema: Value = serde_json::from_str(include_str!("../../output.schema.json")).unwrap();
    let row = &schema["$defs"]["row"];
    let columns = row["required"].as_array().unwrap();
    assert!(Column::ALL.iter().map(|column| column.key()).eq(columns.iter().map(|column| column.as_str().unwrap())));
    // The properties are read sorted by name.
    let (properties, mut keys) = (row["properties"].as_object().unwrap(), columns.clone());
    keys.sort_unstable_by_key(ToString::to_string);
    assert!(properties.keys().map(String::as_str).eq(keys.iter().map(|key| key.as_str().unwrap())));
    let oracle = Oracle::load();
    assert_eq!(json.len(), oracle.rows.len());
    for (found, row) in json.iter().zip(&oracle.rows) {
        let text = |column: &str| match &found[column] {
            Value::Null => String::new(),
            Value::String(text) => text.clone(),
            Value::Array(all) => all.iter().map(|one| format!("[{}]", one.as_str().unwrap())).collect(),
            value => value.to_string(),
        };
        let found: Vec<String> = columns.iter().map(|column| text(column.as_str().unwrap())).collect();
        assert_eq!(found, row.shown());
    }
}

#[test]
fn options_choose_rows() {
    let rows = |options: &[&str]| csv_rows(&export(&[&["csv"], options].concat()));
    let everything = rows(&[]);
    let is_in = |row: &[String], low: u32, high: u32| {
        let mut ends = row[1].split('-').map(|end| end.parse::<u32>().unwrap());
        let first = ends.next().unwrap();
        first <= high && ends.next().unwrap_or(first) >= low
    };
    let expected = |wanted: &dyn Fn(&[String]) -> bool| -> Vec<Vec<String>> {
        everything.iter().filter(|row| wanted(row)).cloned().collect()
    };
    // A row without a transport counts on all transports if it has no name or no port, otherwise on TCP and UDP.
    let on_sctp = |row: &[String]| row[2] == "sctp" || (row[2].is_empty() && (row[0].is_empty() || row[1].is_empty()));
    assert_eq!(rows(&["--transports", "sctp"]), expected(&on_sctp));
    let on_both = |row: &[String]| ["", "tcp", "udp"].contains(&row[2].as_str());
    assert_eq!(rows(&["--transports", "udp,TCP"]), expected(&on_both));
    let system = |row: &[String]| !row[1].is_empty() && is_in(row, 0, 1023);
    assert_eq!(rows(&["--ports", "0-1023"]), expected(&system));
    let both = |row: &[String]| on_sctp(row) && !row[1].is_empty() && is_in(row, 600, 600);
    assert_eq!(rows(&["--ports=600", "--transports=sctp"]), expected(&both));

    let names =
        |options: &[&str]| -> BTreeSet<String> { rows(options).into_iter().map(|row| row[0].clone()).collect() };
    let left_out: BTreeSet<String> = names(&[]).difference(&names(&["--no-aliases"])).cloned().collect();
    let secondary = |record: &Record| match (record.port(), record.proto()) {
        (Some(port), proto) => lookup_port(port, proto.unwrap_or(Proto::Tcp)) != Some(*record),
        (None, _) => record.is_alias(),
    };
    let never_primary = |name: &String| lookup_service(name).unwrap().records().all(|record| secondary(&record));
    assert!(left_out.iter().all(never_primary), "{left_out:?}");
    let kept = names(&["--no-aliases"]);
    assert!(!kept.iter().filter(|name| !name.is_empty()).any(never_primary));
}

#[test]
fn services_of_a_few_ports() {
    if !answers::is_embedded() {
        answers::skip("the lines are those of the embedded registry");
        return;
    }
    let lines = |options: &[&str]| export(&[&["services"], options].concat());
    let header = format!("# The IANA registry of {}, see services(5).\n", iana_ports::REGISTRY_UPDATED);
    assert_eq!(
        lines(&["--ports", "80", "--transports", "udp,tcp"]),
        format!(
            "{header}\
             http            80/udp          www www-http    # World Wide Web HTTP\n\
             http            80/tcp          www www-http    # World Wide Web HTTP\n"
        )
    );
    let x11 = "x11             6063/tcp                        # X Window System\n";
    assert_eq!(lines(&["--ports", "6063", "--transports", "tcp"]), format!("{header}{x11}"));
    let http = "http            80/tcp                          # World Wide Web HTTP\n";
    assert_eq!(lines(&["--ports=80", "--transports=tcp", "--no-aliases"]), format!("{header}{http}"));
}

/// musl reads lines into a buffer of 128 bytes, and a name cannot contain the characters that end it.
#[test]
fn services_are_lines_that_any_libc_reads() {
    let text = export(&["services"]);
    let mut names = BTreeSet::new();
    for line in text.lines().skip(1) {
        assert!(line.len() < 127, "{line}");
        let (entry, _comment) = line.split_once('#').unwrap_or((line, ""));
        let mut fields = entry.split_whitespace();
        let (name, place) = (fields.next().unwrap(), fields.next().unwrap());
        let (port, proto) = place.split_once('/').unwrap();
        let record = lookup_port(port.parse().unwrap(), proto.parse().unwrap()).unwrap();
        let all = [name].into_iter().chain(fields).collect::<Vec<_>>();
        let writable = |name: &&str| !name.contains([' ', '#']);
        let expected: Vec<&str> = record.same_port_records().map(|record| record.name()).filter(writable).collect();
        // A reader that converts only the name that it looks up to lower case, as Go's does, finds every name.
        let folded = expected.iter().map(|name| name.to_ascii_lowercase());
        let folded: Vec<String> = folded.filter(|folded| !expected.contains(&folded.as_str())).collect();
        assert_eq!(all, expected.iter().copied().chain(folded.iter().map(String::as_str)).collect::<Vec<_>>());
        let all = expected;
        names.extend(all);
    }
    let with_port = records().filter(|record| record.port().is_some()).map(|record| record.name());
    let expected: BTreeSet<&str> = with_port.filter(|name| !name.contains([' ', '#'])).collect();
    assert_eq!(names, expected);
}

/// A line that would be too long for a reader continues in another line with the same name. No alias is lost or cut.
#[test]
fn services_with_many_aliases() {
    let file = concat!(env!("CARGO_TARGET_TMPDIR"), "/aliases.services");
    let aliases: Vec<String> = (0..30).map(|number| format!("alias-number-{number:02}")).collect();
    std::fs::write(file, format!("billing 50000/tcp {} # invoices\n", aliases.join(" "))).unwrap();
    let text = export(&["services", "--ports", "50000", "--transports", "tcp", "--names", file]);
    let mut found = Vec::new();
    for line in text.lines().skip(1) {
        let fields: Vec<&str> = line.split('#').next().unwrap().split_whitespace().collect();
        assert_eq!((line.len() < 127, &fields[..2]), (true, &["billing", "50000/tcp"][..]), "{line}");
        found.extend(fields[2..].iter().map(|&alias| alias.to_owned()));
    }
    assert_eq!(found, aliases);
}

/// A Python program that asks the C library for each name and port on standard input, with another file in place of
/// `/etc/services`.
const ASK: &str = r"
import socket, sys
def ask(call, *arguments):
    try:
        return str(call(*arguments))
    except OSError:
        return '-'
for line in sys.stdin:
    proto, kind, value = line.rstrip('\n').split(' ')
    if kind == 'port':
        print(proto, kind, value, ask(socket.getservbyport, int(value), proto))
    else:
        print(proto, kind, value, ask(socket.getservbyname, value, proto))
";

#[test]
fn the_c_library_reads_services_and_answers_as_the_crate() {
    let file = scratch("services", &export(&["services"]));
    // The file replaces /etc/services only for this process.
    let in_place = "mount --bind \"$0\" /etc/services && exec \"$@\"";
    let command = |program: &[&str]| {
        let mut command = Command::new("unshare");
        command.args(["--mount", "--map-root-user", "sh", "-c", in_place]).arg(&file).args(program);
        command
    };
    let walked = match command(&["getent", "--service=files", "services"]).output() {
        Ok(output) if output.status.success() => String::from_utf8(output.stdout).unwrap(),
        other => {
            answers::skip(&format!(
                "/etc/services cannot be replaced here with unshare and mount, or getent is missing: {other:?}"
            ));
            return;
        }
    };
    if command(&["python3", "-c", "import socket"]).output().map_or(true, |output| !output.status.success()) {
        answers::skip("no python3 here to ask the C library");
        return;
    }

    let (tcp, udp) = (questions_on(Proto::Tcp), questions_on(Proto::Udp));
    let on_both = walked.lines().filter(|line| line.contains("/tcp") || line.contains("/udp"));
    assert_eq!(on_both.count(), tcp.1 + udp.1, "lines in the file and ports that have a name");
    std::thread::scope(|threads| {
        for (questions, _) in [&tcp, &udp] {
            let python = command(&["python3", "-c", ASK]);
            threads.spawn(|| ask(python, questions));
        }
    });
}

/// Questions about a quarter of the names and ports, with the crate's answers, and the number of ports whose name can
/// be written to the file. Not all of them, because the C library reads the file from the start for each question.
fn questions_on(proto: Proto) -> (Vec<[String; 2]>, usize) {
    let writable = |name: &str| !name.contains([' ', '#']);
    let (mut questions, mut with_name) = (Vec::new(), 0);
    for service in services().filter(|service| writable(service.name())).step_by(4) {
        // The C library returns the first line with a name, and the lines are in the order of ports.
        let port = service.ports(proto).next().map_or("-".to_owned(), |ports| ports.first().to_string());
        questions.push([format!("{proto} name {service}"), port]);
    }
    for port in 0..=u16::MAX {
        let names = lookup_port(port, proto).into_iter().flat_map(|record| record.same_port_records());
        let name = names.map(|record| record.name()).find(|name| writable(name));
        with_name += usize::from(name.is_some());
        // The count above shows that the file has no lines for other ports. Some of these are looked up too.
        if (name.is_some() && with_name % 4 == 0) || port % 61 == 0 {
            questions.push([format!("{proto} port {port}"), name.unwrap_or("-").to_owned()]);
        }
    }
    (questions, with_name)
}

fn ask(mut python: Command, questions: &[[String; 2]]) {
    let mut python = python.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let mut stdin = python.stdin.take().unwrap();
    let mut found = String::new();
    std::thread::scope(|threads| {
        threads.spawn(move || {
            for [question, _] in questions {
                writeln!(stdin, "{question}").unwrap();
            }
        });
        python.stdout.take().unwrap().read_to_string(&mut found).unwrap();
    });
    assert!(python.wait().unwrap().success());
    assert_eq!(found.lines().count(), questions.len());
    for (found, [question, answer]) in found.lines().zip(questions) {
        assert_eq!(found, format!("{question} {answer}"));
    }
}

#[test]
fn nftables_takes_the_definitions_and_their_use() {
    let definitions = export(&["nft"]);
    let definitions: Vec<&str> = definitions.lines().filter(|line| !line.starts_with('#')).collect();
    let on = |proto| services().filter(|service| service.port(proto).is_some()).count();
    assert_eq!(definitions.len(), Proto::ALL.map(on).iter().sum::<usize>());
    // As many at a time as the kernel accepts in one message.
    for definitions in definitions.chunks(200) {
        let use_of = |definition: &&str| {
            let name = definition.split(' ').nth(1).unwrap();
            format!("  {} dport ${name} accept\n", name.split('_').next().unwrap())
        };
        let uses: String = definitions.iter().map(use_of).collect();
        let rules = format!("{}\ntable inet test {{\n chain test {{\n{uses} }}\n}}\n", definitions.join("\n"));
        let file = scratch("rules.nft", &rules);
        // A separate network namespace, so that the check does not see the rules of this machine.
        let mut check = Command::new("unshare");
        check.args(["--net", "--map-root-user", "nft", "--check", "--file"]).arg(&file);
        match check.output() {
            Ok(output) if output.status.success() => {}
            Ok(output) if String::from_utf8_lossy(&output.stderr).contains("rules.nft:") => {
                panic!("{}", String::from_utf8_lossy(&output.stderr));
            }
            other => {
                answers::skip(&format!("nft cannot check rules here: {other:?}"));
                return;
            }
        }
    }
}

#[test]
fn nft_of_a_few_services() {
    if !answers::is_embedded() {
        answers::skip("the definitions are those of the embedded registry");
        return;
    }
    let nft = export(&["nft", "--transports", "tcp"]);
    let defined = |name: &str| {
        let start = format!("define {name} = ");
        nft.lines().find_map(|line| line.strip_prefix(&start)).map(str::to_owned)
    };
    assert_eq!(defined("tcp_https").unwrap(), "443");
    assert_eq!(defined("tcp_http-alt").unwrap(), "{ 591, 8008, 8080 }");
    assert_eq!(defined("tcp_x11").unwrap(), "6000-6063");
    assert_eq!(defined("tcp_sql_net").unwrap(), "66"); // sql*net
    assert_eq!(defined("tcp_airplay"), None);
    let own = scratch("page.services", "https 443/tcp secureweb\n");
    let page = export(&["html", "--ports", "443", "--names", own.to_str().unwrap()]);
    assert!(page.contains(r#"["secureweb","443","tcp","Own name""#));
    assert!(!page.contains(r#"["https","443","tcp","Own name""#), "IANA has a row for this name");
    let own = scratch("nft.services", "https 8443/tcp\n");
    let with = export(&["nft", "--transports", "tcp", "--names", own.to_str().unwrap()]);
    assert!(with.contains("\ndefine tcp_https = { 8443, 443 }\n"), "the user's port is not instead of IANA's");
    assert!(export(&["nft", "--ports", "6010-6020"]).contains("define tcp_x11 = 6010-6020\n"));
}

#[test]
fn the_page_says_where_the_data_comes_from() {
    let unnamed = "The data comes from a file that the build of this program named.";
    let page = export(&["html"]);
    assert!(page.contains(REGISTRY_SOURCE.unwrap_or(unnamed)));
    assert_eq!(page.contains(unnamed), REGISTRY_SOURCE.is_none());
}

#[test]
fn a_reader_that_stops_early_is_not_an_error() {
    for format in ["services", "csv", "json", "nft", "html"] {
        let mut child =
            crate::command().args(["export", format]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        child.stdout.take().unwrap().read_exact(&mut [0; 10]).unwrap();
        let output = child.wait_with_output().unwrap();
        assert_eq!((output.status.code(), output.stderr.len()), (Some(0), 0), "{format}");
    }
    let Ok(full) = std::fs::File::create("/dev/full") else {
        answers::skip("there is no /dev/full here");
        return;
    };
    let output = crate::command().args(["export", "csv"]).stdout(full).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).starts_with("iana-ports: cannot print ("));
}

#[test]
fn a_file_has_the_same_content_as_standard_output() {
    let path = scratch("export.csv", "what was there before");
    let path = path.to_str().unwrap();
    assert_eq!(export(&["csv", "--ports", "0-99", "--output", path]), "");
    assert_eq!(std::fs::read_to_string(path).unwrap(), export(&["csv", "--ports", "0-99"]));
}

/// Symbolic links, pipes and devices stay what they are; mode and owner stay; a hyphen is standard output.
#[cfg(unix)]
#[test]
fn links_pipes_and_devices_are_kept() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let arguments = ["export", "csv", "--ports", "0-9", "--output"];
    let to = |path: &str| crate::run(&[&arguments[..], &[path]].concat());
    let (_, expected, _) = to("-");
    assert!(expected.contains("tcpmux,1,tcp"), "{expected}");
    assert_eq!(to("/dev/stdout").1, expected);
    assert_eq!(to("/dev/null"), (0, String::new(), String::new()));
    assert!(!std::fs::metadata("/dev/null").unwrap().is_file());

    let (target, link) = (scratch("target.csv", "before"), scratch("link.csv", ""));
    std::fs::set_permissions(&target, std::fs::Permissions::from_mode(0o640)).unwrap();
    std::fs::remove_file(&link).unwrap();
    symlink(&target, &link).unwrap();
    assert_eq!(to(link.to_str().unwrap()), (0, String::new(), String::new()));
    assert!(link.symlink_metadata().unwrap().is_symlink());
    assert_eq!(std::fs::read_to_string(&target).unwrap(), expected);
    assert_eq!(std::fs::metadata(&target).unwrap().permissions().mode() & 0o777, 0o640);

    // Writing to a dangling link makes its target.
    std::fs::remove_file(&target).unwrap();
    assert_eq!(to(link.to_str().unwrap()).0, 0);
    assert_eq!(std::fs::read_to_string(&target).unwrap(), expected);
    assert!(link.symlink_metadata().unwrap().is_symlink());

    let pipe = Path::new(env!("CARGO_TARGET_TMPDIR")).join("pipe");
    let _ = std::fs::remove_file(&pipe);
    if std::process::Command::new("mkfifo").arg(&pipe).status().is_ok_and(|status| status.success()) {
        let reader = std::process::Command::new("cat").arg(&pipe).stdout(std::process::Stdio::piped()).spawn().unwrap();
        assert_eq!(to(pipe.to_str().unwrap()).0, 0);
        assert_eq!(String::from_utf8(reader.wait_with_output().unwrap().stdout).unwrap(), expected);
        assert!(!std::fs::metadata(&pipe).unwrap().is_file());
    }
}

/// The table has the name that the command shows for each port and transport, and no other row.
#[test]
fn ports_are_a_table_to_join_with() {
    let csv = export(&["ports"]);
    let mut found = csv::Reader::from_reader(csv.as_bytes());
    let heading: Vec<&str> = found.headers().unwrap().iter().collect();
    assert_eq!(heading, ["port", "protocol", "transport", "service_name", "status", "description"]);
    let rows = found.records().map(|row| {
        let row = row.unwrap();
        let number = |column: usize| row[column].parse::<u16>().unwrap();
        let proto = Proto::from_ip_number(number(1).try_into().unwrap()).unwrap();
        assert_eq!((row[2].parse(), &row[4]), (Ok(proto), "Assigned"));
        (number(0), proto, row[3].to_owned(), row[5].to_owned())
    });
    let places = (0..=u16::MAX).flat_map(|port| Proto::ALL.map(|proto| (port, proto)));
    let expected = places.filter_map(|(port, proto)| {
        let record = iana_ports::lookup_port(port, proto)?;
        Some((port, proto, record.name().to_owned(), record.description().to_owned()))
    });
    assert!(rows.eq(expected));
    let own = scratch("join.services", "billing 80/tcp # ours\n");
    let shown = export(&["ports", "--ports", "80", "--transports", "tcp", "--names", own.to_str().unwrap()]);
    assert!(shown.ends_with("\n80,6,tcp,billing,Own,ours\n"), "{shown}");
}

#[test]
fn invalid_arguments() {
    for (arguments, message) in [
        (&["export"][..], "<KIND>"),
        (&["export", "xml"], "'xml'"),
        (&["export", "csv", "json"], "'json'"),
        (&["export", "csv", "--colour"], "'--colour'"),
        (&["export", "csv", "--ports", "9-3"], "the range \"9-3\" runs backwards"),
        (&["export", "csv", "--ports", "65536"], "\"65536\" is over 65535, the largest port number"),
        (&["export", "csv", "--transports", "tcp,quic"], "invalid value 'quic'"),
    ] {
        let (code, stdout, stderr) = crate::run(arguments);
        assert_eq!((code, stdout.as_str()), (2, ""));
        assert!(stderr.starts_with("error: ") && stderr.contains(message), "{stderr}");
    }
}

/// Writes a file for another program to read.
fn scratch(name: &str, text: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&path, text).unwrap();
    path
}
