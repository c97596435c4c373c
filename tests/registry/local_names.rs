//! services(5) text and local names: valid lines, errors, and which name takes precedence.

use crate::oracle::skip;
use iana_ports::{
    End, LocalName, LocalNames, Proto, ServicesFile, ServicesLine, lookup_flow, lookup_service, service_name,
};
use std::collections::BTreeMap;

fn lines(text: &str) -> Vec<ServicesLine<'_>> {
    ServicesFile::new(text).map(|line| line.unwrap_or_else(|error| panic!("{error}"))).collect()
}

/// The name, port, transport, aliases and number of a line.
type Fields<'t> = (&'t str, u16, &'t str, Vec<&'t str>, usize);

fn fields<'t>(line: &ServicesLine<'t>) -> Fields<'t> {
    (line.name(), line.ports().first(), line.transport(), line.aliases().collect(), line.line())
}

#[test]
fn lines_in_any_form() {
    let text = "# a comment\n\n  http\t80/tcp  www www-http # WWW\r\n\t\r\nhttps 443/TCP#TLS\rrtmp 1/ddp\n\u{b}x 0/udp a\u{b}b";
    let found: Vec<_> = lines(text).iter().map(fields).collect();
    let expected: [Fields<'_>; 4] = [
        ("http", 80, "tcp", vec!["www", "www-http"], 3),
        ("https", 443, "TCP", vec![], 5),
        ("rtmp", 1, "ddp", vec![], 6),
        ("x", 0, "udp", vec!["a", "b"], 7),
    ];
    assert_eq!(found, expected);
    let comments: Vec<_> = lines(text).iter().map(ServicesLine::comment).collect();
    assert_eq!(comments, [Some("WWW"), Some("TLS"), None, None]);
    let protos: Vec<Vec<Proto>> = lines(text).iter().map(|line| line.protos().collect()).collect();
    assert_eq!(protos, [vec![Proto::Tcp], vec![Proto::Tcp], vec![], vec![Proto::Udp]]);
    for nothing in ["", "\n", "\r\n\r\n", "   ", "#", "# a 1/tcp", " \t# b"] {
        assert_eq!(ServicesFile::new(nothing).count(), 0, "{nothing:?}");
    }
}

#[test]
fn errors_say_where_and_what() {
    for (text, error) in [
        ("http", r#"line 1, column 5: found no port after "http", expected one such as 80/tcp"#),
        ("\nhttp # 80/tcp", r#"line 2, column 5: found no port after "http", expected one such as 80/tcp"#),
        ("http 80", r#"line 1, column 6: found "80", expected a port and a transport such as 80/tcp"#),
        ("http tcp/80", r#"line 1, column 6: found "tcp/80", expected a port and a transport such as 80/tcp"#),
        ("http 80/", r#"line 1, column 6: found "80/", expected a port and a transport such as 80/tcp"#),
        ("http /tcp", r#"line 1, column 6: found "/tcp", expected a port and a transport such as 80/tcp"#),
        ("ss 80//tcp", r#"line 1, column 4: found "80//tcp", expected a port and a transport such as 80/tcp"#),
        ("ss 80/tcp,", r#"line 1, column 4: found "80/tcp,", expected a port and a transport such as 80/tcp"#),
        ("x 63-60/tcp", r#"line 1, column 3: found "63-60/tcp", expected a port and a transport such as 80/tcp"#),
        ("hex 0x50/tcp", r#"line 1, column 5: found "0x50/tcp", expected a port and a transport such as 80/tcp"#),
        (
            "n 010/tcp",
            r#"line 1, column 3: found the port "010", which some systems read as octal; expected no zero before it"#,
        ),
        ("typo 8080/tpc", r#"line 1, column 6: found the transport "tpc", expected tcp, udp, sctp or dccp"#),
        ("typo 8080/tcp,tpc", r#"line 1, column 6: found the transport "tpc", expected tcp, udp, sctp or dccp"#),
        ("\na\0b 80/tcp", r"line 2, column 2: found a NUL, expected UTF-8 text, which is neither UTF-16 nor binary"),
        ("http -1/tcp", r#"line 1, column 6: found "-1/tcp", expected a port and a transport such as 80/tcp"#),
        ("http 8O/tcp", r#"line 1, column 6: found "8O/tcp", expected a port and a transport such as 80/tcp"#),
        ("häuser 80tcp", r#"line 1, column 8: found "80tcp", expected a port and a transport such as 80/tcp"#),
        ("\r\n\r\n http 65536/tcp", r#"line 3, column 7: found the port "65536", expected at most 65535"#),
    ] {
        let found = ServicesFile::new(text).next().unwrap().unwrap_err();
        assert_eq!(found.to_string(), error, "{text:?}");
    }
    // An error does not end the iteration.
    let all: Vec<_> = ServicesFile::new("a 1/tcp\nb\nc 70000/tcp\nd 2/tcp").collect();
    assert_eq!(all.iter().map(Result::is_ok).collect::<Vec<_>>(), [true, false, false, true]);
}

#[test]
fn several_transports_and_ports() {
    let names = |text: &str| -> Vec<String> {
        let names = lines(text)[0].local_names().map(|local| format!("{} {}/{}", local.name, local.port, local.proto));
        names.collect()
    };
    let both = ["billing 8080/tcp", "pay 8080/tcp", "billing 8080/udp", "pay 8080/udp"];
    assert_eq!(names("billing 8080/tcp/udp pay"), both);
    assert_eq!(names("billing 8080/tcp,ddp,UDP pay"), both);
    assert_eq!(names("x 80-81/tcp"), ["x 80/tcp", "x 81/tcp"]);
}

#[test]
fn bytes_that_are_not_utf8() {
    let text = b"one 1/tcp # caf\xe9\ncaf\xe9 2/tcp\nthree 3/tcp";
    let found: Vec<_> = ServicesFile::new(text).collect();
    assert_eq!(found[0].unwrap().comment(), Some("caf"));
    assert_eq!(
        found[1].unwrap_err().to_string(),
        "line 2, column 4: found a byte that is not UTF-8, expected UTF-8 text"
    );
    assert_eq!(found[2].unwrap().name(), "three");
    for utf_16 in [b"\xff\xfeo\0n\0e\0", b"\xfe\xff\0o\0n\0e"] {
        let mut lines = ServicesFile::new(utf_16);
        let error = lines.next().unwrap().unwrap_err().to_string();
        assert_eq!(error, "line 1, column 1: found UTF-16, expected UTF-8 text; convert the file");
        assert!(lines.next().is_none());
    }
    assert_eq!(lines("\u{feff}one 1/tcp")[0].name(), "one");
}

/// For any text, nothing panics, and every line is read, or refused with its place.
#[test]
fn any_text_is_read_or_refused() {
    let rng = &mut fastrand::Rng::with_seed(10);
    let pieces = ["http", "80", "/", "tcp", " ", "\t", "\n", "\r", "#", "é", "\u{b}", "+", "-", "99999", "\0"];
    for _ in 0..20_000 {
        let text: String = (0..rng.usize(..20)).map(|_| pieces[rng.usize(..pieces.len())]).collect();
        let starts = text.replace("\r\n", "\n").replace('\r', "\n");
        let count = starts.split('\n').count();
        for line in ServicesFile::new(&text) {
            match line {
                Ok(line) => assert!(line.line() <= count && !line.name().is_empty(), "{text:?}"),
                Err(error) => {
                    let line = starts.split('\n').nth(error.line() - 1).unwrap();
                    assert!((1..=line.chars().count() + 1).contains(&error.column()), "{text:?}");
                }
            }
        }
    }
}

/// The lines of this machine's file are read as glibc reads them.
#[test]
fn etc_services_is_read_as_the_c_library_reads_it() {
    if !cfg!(target_env = "gnu") {
        return skip("glibc is the judge of services(5) here, and this is another C library");
    }
    let Ok(text) = std::fs::read_to_string("/etc/services") else {
        return skip("there is no /etc/services");
    };
    let Ok(output) = std::process::Command::new("getent").arg("services").output() else {
        return skip("there is no getent to ask the C library with");
    };
    let said = String::from_utf8(output.stdout).unwrap();
    // `name  port/transport aliases`
    let theirs: Vec<Vec<&str>> = said.lines().map(|line| line.split_whitespace().collect()).collect();
    if theirs.is_empty() {
        return skip("/etc/services has no lines");
    }
    let ours: Vec<Vec<String>> = lines(&text)
        .iter()
        .map(|line| {
            let port = format!("{}/{}", line.ports(), line.transport());
            let fields = [line.name().to_owned(), port].into_iter();
            fields.chain(line.aliases().map(str::to_owned)).collect()
        })
        .collect();
    assert_eq!(ours, theirs);
}

fn local(port: u16, proto: Proto, name: &str) -> LocalName<'_> {
    LocalName { port, proto, name }
}

#[test]
fn local_names_come_before_the_registrys() {
    let sorted = [
        local(80, Proto::Tcp, "intranet"),
        local(8080, Proto::Tcp, "billing"),
        local(8080, Proto::Tcp, "invoices"),
        local(8080, Proto::Udp, "Https"),
        local(50_000, Proto::Udp, "telemetry"),
        local(65_535, Proto::Tcp, "last"),
    ];
    let names = LocalNames::new(&sorted).unwrap();
    let mut first = BTreeMap::new();
    for own in &sorted {
        first.entry((own.port, own.proto)).or_insert(own.name);
    }
    for port in 0..=u16::MAX {
        for proto in Proto::ALL {
            let expected = first.get(&(port, proto)).copied().or_else(|| service_name(port, proto));
            assert_eq!(names.service_name(port, proto), expected, "{port}/{proto}");
        }
    }
    assert_eq!(names.port("INVOICES", Proto::Tcp), Some(8080));
    assert_eq!(names.port("https", Proto::Udp), Some(8080), "the own one");
    assert_eq!(names.port("https", Proto::Tcp), Some(443), "the registry's");
    assert_eq!(names.port("billing", Proto::Udp), None);
    assert_eq!(names.port("ssh", Proto::Tcp), lookup_service("ssh").unwrap().port(Proto::Tcp));

    assert_eq!(names.lookup_flow(443, 65_535, Proto::Tcp), Some(("last", End::Destination)));
    assert_eq!(names.lookup_flow(8080, 80, Proto::Tcp), Some(("intranet", End::Destination)));
    assert_eq!(names.lookup_flow(80, 8080, Proto::Tcp), Some(("intranet", End::Source)));
    assert_eq!(names.lookup_flow(80, 80, Proto::Tcp), Some(("intranet", End::Destination)));
    let none = LocalNames::new(&[]).unwrap();
    let rng = &mut fastrand::Rng::with_seed(11);
    for _ in 0..100_000 {
        let (source, destination, proto) = (rng.u16(..), rng.u16(..), Proto::ALL[rng.usize(..4)]);
        let registrys = lookup_flow(source, destination, proto).map(|(record, end)| (record.name(), end));
        assert_eq!(none.lookup_flow(source, destination, proto), registrys);
    }
}

#[test]
fn local_names_out_of_order_are_refused() {
    let wrong = [local(80, Proto::Tcp, "a"), local(443, Proto::Udp, "b"), local(443, Proto::Tcp, "c")];
    let error = LocalNames::new(&wrong).unwrap_err().to_string();
    let expected = "the name at index 2 is for 443/tcp, which comes before the 443/udp of the name before it";
    assert_eq!(error, expected);
    assert!(LocalNames::new(&[local(80, Proto::Tcp, "b"), local(80, Proto::Tcp, "a")]).is_ok(), "names need no order");
}
