//! Overlays: users' own files, in IANA's format or as services(5) text.

use crate::generator;
use crate::generator::check::Checked;
use crate::generator::error::{BuildError, FileKind};
use crate::generator::filter::Filter;
use crate::generator::layout::candidates::find_candidates;
use crate::generator::read;
use crate::generator::read::registry::Origin;
use crate::generator::shared::hash::Words;
use crate::generator::shared::proto::Proto;
use crate::generator::{Columns, File, Generated, Input};

const REGISTRY: &str = "<registry id='service-names-port-numbers'><updated>2026-09-12</updated>
    <record><name>http</name><protocol>tcp</protocol><number>80</number></record>
    <record><name>X11</name><protocol>tcp</protocol><number>6000-6063</number></record></registry>";

/// Generates the tables of the small registry with this overlay.
fn generate(name: &str, overlay: &str) -> Result<Generated, BuildError> {
    generate_with(name, overlay, "", &Filter::default())
}

/// The same with a list of familiar names, of what the filter keeps.
fn generate_with(name: &str, overlay: &str, familiar: &str, filter: &Filter) -> Result<Generated, BuildError> {
    generator::generate(Input {
        registry: File { name: "ports.xml", kind: FileKind::Named, content: REGISTRY.as_bytes() },
        overlay: Some(File { name, kind: FileKind::Overlay, content: overlay.as_bytes() }),
        familiar: Some(File { name: "familiar.services", kind: FileKind::Services, content: familiar.as_bytes() }),
        columns: Columns { descriptions: true, metadata: true, contacts: true, familiar: true },
        filter,
        words: Words::NATIVE,
    })
}

/// Users write overlays themselves, so the generator refuses one that has no effect, and shows how a valid one looks.
#[test]
fn overlays_are_strict() {
    let overlay = |records: &str| {
        generate("own.xml", &format!("<registry id='service-names-port-numbers'>\n{records}</registry>"))
    };
    let sample = "; correct the file to this form:\n\
        <registry id=\"service-names-port-numbers\">\n  <record>\n    <name>billing</name> <protocol>tcp</protocol> \
        <number>8080</number>\n    <description>invoices and reminders</description>\n  </record>\n</registry>";
    let refused = |records: &str, expected: &str| {
        assert_eq!(overlay(records).expect_err(records).to_string(), format!("{expected}{sample}"));
    };
    let unknown = "expected an element of IANA's format, because the build would ignore a misspelled one";
    let record = |xml: &str| format!("<record>{xml}<number>8080</number></record>\n");
    refused(&record("<nam>a</nam>"), &format!("own.xml:2:9: record without name or number: found <nam>; {unknown}"));
    refused("<recrod/>", &format!("own.xml:2:1: found <recrod>; {unknown}"));
    refused(&format!("<registry>{}</registry>", record("")), &format!("own.xml:2:1: found <registry>; {unknown}"));
    refused(
        &record("<assignee><xrf/></assignee>"),
        &format!("own.xml:2:19: record without name or number: found <xrf>; {unknown}"),
    );
    refused("<people><persn/></people>", &format!("own.xml:2:9: found <persn>; {unknown}"));
    refused("", "own.xml:1:1: found no record; expected at least one");
    refused("<!-- <record/> -->", "own.xml:1:1: found no record; expected at least one");
    refused(
        &record("billing"),
        "own.xml:2:9: record without name or number: found the text \"billing\" between elements; expected it in an \
         element",
    );
    refused(
        &record("&amp;"),
        "own.xml:2:9: record without name or number: found the text \"&\" between elements; expected it in an element",
    );
    for (name, why) in [
        ("a b", "a service name has only ASCII letters, digits and hyphens, found ' ' at byte 1"),
        ("a#b", "a service name has only ASCII letters, digits and hyphens, found '#' at byte 1"),
        ("sixteen-bytes-is", "a service name has at most 15 characters, found 16"),
        ("80", "a service name has at least one letter, found none"),
    ] {
        refused(
            &record(&format!("<name>{name}</name>")),
            &format!(
                "own.xml:2:9: record {name} 8080: found the service name {name:?}, which breaks RFC 6335 section 5.1: {why}"
            ),
        );
    }
    let broken = overlay("<record>").unwrap_err().to_string();
    assert!(broken.starts_with("own.xml:2:9: ") && broken.ends_with(sample), "{broken}");
    // The build refuses parts that it would ignore.
    for (text, expected) in [
        ("<record dtae='2024-01-01'/>", "found the attribute \"dtae\""),
        ("<record><xref tpye='rfc' data='rfc1'/></record>", "found the attribute \"tpye\""),
        (
            "<note><record><name>lost</name></record></note>",
            "found a <record> inside another element; expected it directly in <registry>",
        ),
        ("<record><description><record/></description></record>", "found a <record> inside another element"),
        ("<record><name></name><number>8080</number></record>", "found an empty <name>"),
        (
            "<record><name>a</name><protocol>none</protocol></record>",
            "expected tcp, udp, sctp or dccp, or no <protocol>",
        ),
        ("<x:record xmlns:x='u'/>", "found <x:record>; expected an element of IANA's format"),
    ] {
        let error = overlay(text).expect_err(text).to_string();
        assert!(error.contains(expected), "{error}");
    }
    // An overlay may contain only blocks. A name that the registry has need not follow the syntax.
    overlay(&record("<description>Reserved</description>")).unwrap();
    overlay(&record("<name>http</name><protocol>tcp</protocol><note>x</note><description>y</description>")).unwrap();
}

/// An overlay in the format of /etc/services.
#[test]
fn services_as_an_overlay() {
    let overlay = |text: &str| generate("own.services", text);
    let records = |text: &str| {
        let source = overlay(text).unwrap_or_else(|error| panic!("{error}")).source;
        let records = source.lines().find_map(|line| line.strip_prefix("pub const RECORDS: u64 = "));
        records.unwrap().trim_end_matches(';').parse::<usize>().unwrap()
    };
    assert_eq!(records("billing 8080/tcp invoices # invoices and reminders"), 4);
    // If the record is already registered, in any spelling and with any range, the line adds only its aliases.
    assert_eq!(records("HTTP 80/tcp www\r\nx11 6003/tcp display\r\nHTTP 80/tcp www web"), 5);
    assert_eq!(records("\u{feff}\n http 8080/tcp\n"), 3);
    assert_eq!(records("ours 65535/dccp"), 3);
    // The files of distributions contain AppleTalk, names with underscores, a form feed, ranges, and several
    // transports.
    assert_eq!(records("rtmp 1/ddp\n\u{c}a_b 1/tcp c_d\nx11 6000-6063/tcp\ny 7000-7003/tcp,udp # caf"), 6);
    for (text, expected) in [
        ("billing", "1:8: found no port after \"billing\", expected one such as 80/tcp"),
        ("# ours\nbilling 80", "2:9: found \"80\", expected a port and a transport such as 80/tcp"),
        ("billing 70000/tcp", "1:9: found the port \"70000\", expected at most 65535"),
        ("a 1/tcp\nb 2/tpc", "2:3: found the transport \"tpc\", expected tcp, udp, sctp or dccp"),
        ("\u{feff}a 1/tcp\nbilling", "2:8: found no port after \"billing\", expected one such as 80/tcp"),
        ("", "1:1: found no record; expected at least one"),
    ] {
        let sample = "; correct the file to this form:\nbilling 8080/tcp invoices # invoices and reminders";
        assert_eq!(overlay(text).expect_err(text).to_string(), format!("own.services:{expected}{sample}"));
    }
}

/// The files of macOS have lines without a name, and nmap's file has frequencies after the transports.
#[test]
fn what_is_no_name_is_left_out_with_a_warning() {
    let generated =
        generate("own.services", "ours 8080/tcp 0.25 0.5\n 24/tcp # mail\nunknown 9/udp 0.125\n59/udp").unwrap();
    assert_eq!(
        generated.warnings,
        [
            "own.services:2:2: found \"24/tcp\", expected a name before the port; left out, with all others like it",
            "own.services:1:15: found \"0.25\", expected a name, which has a letter; left out, with all others like it",
        ]
    );
    let expected = generate("own.services", "ours 8080/tcp").unwrap();
    assert_eq!(expected.warnings, [""; 0]);
    let without_digest = |generated: Generated| {
        generated.source.lines().filter(|line| !line.contains("SHA256")).collect::<Vec<_>>().join("\n")
    };
    assert_eq!(without_digest(generated), without_digest(expected));
}

/// If the rows of both files together are too many, or a text is too long, the error names the file that the user wrote.
#[test]
fn errors_name_the_overlay() {
    let comment = |bytes| format!("# ours\nbilling 8080/tcp # {}\n", "x".repeat(bytes));
    assert!(generate("own.services", &comment(8191)).is_ok());
    for bytes in [8192, 16_384] {
        let error = generate("own.services", &comment(bytes)).unwrap_err().to_string();
        let expected = format!("own.services:2:1: found a text of {bytes} bytes; expected at most 8191; shorten it");
        assert_eq!(error, expected);
    }
    let lines: String = (0..65_600).map(|n| format!("n{n} {}/tcp\n", n % 60_000 + 1)).collect();
    let error = generate("own.services", &lines).unwrap_err().to_string();
    assert!(error.starts_with("own.services:1:1: found 65665 entries; expected at most"), "{error}");
    let names: String = (0..66_000).map(|n| format!("n{n} {}/tcp\n", n % 60_000 + 1)).collect();
    let line = "billing 8080/tcp\n";
    for (familiar, filter, expected) in [
        (names.as_str(), Filter::default(), "familiar.services:1:1: found 65999 familiar names; expected at most"),
        ("", Filter::parse("dccp").unwrap(), "ports.xml:1:1: the filter leaves no record"),
    ] {
        let error = generate_with("own.services", line, familiar, &filter).unwrap_err().to_string();
        assert!(error.starts_with(expected), "{error}");
    }
}

/// Each part of a file takes time, so a file with too many parts is refused. The allowed number takes no noticeable
/// time.
#[test]
fn many_lines_and_names() {
    let refused = |text: &str, expected: &str| {
        let error = generate("own.services", text).unwrap_err().to_string();
        assert!(error.starts_with("own.services:") && error.contains(expected), "{error}");
    };
    refused(
        &format!("a 1/tcp{}", " b".repeat(200_000)),
        "found 131069 names; expected at most 131068; use a smaller file",
    );
    refused(&"a 1/tcp\n".repeat(131_069), "found 131069 names; expected at most 131068");
    refused(
        &format!("a 1/tcp{}", "\n".repeat(1_572_865)),
        "found 1572865 lines; expected at most 1572864; use a smaller file",
    );
    // When each line was compared with all lines before it, this took minutes.
    let source = generate("own.services", &"a 1/tcp\n".repeat(131_068)).unwrap().source;
    assert!(source.contains("pub const RECORDS: u64 = 3;"));
}

/// The name in a line takes precedence over the registry's names, even over a narrower range. An alias comes after all
/// of them.
#[test]
fn an_alias_of_a_line_is_never_primary() {
    let columns = Columns { descriptions: true, metadata: true, contacts: true, familiar: true };
    let mut checked = Checked::default();
    let lines = "X11 6001/tcp display\nours 6002/tcp theirs\n";
    for (text, kind, origin) in
        [(REGISTRY, FileKind::Named, Origin::Registry), (lines, FileKind::Services, Origin::Overlay)]
    {
        let file = File { name: "file", kind, content: text.as_bytes() };
        checked.add(read::read(&file, origin).unwrap(), origin, columns).unwrap();
    }
    let candidates = find_candidates(&checked, &Filter::default(), &[]);
    let primary = |port| {
        let place = candidates.primaries.iter().find(|&&(own, proto, _)| (own, proto) == (port, Proto::Tcp)).unwrap();
        checked.records[candidates.entries[place.2].record].name()
    };
    assert_eq!([6000, 6001, 6002].map(primary), ["X11", "X11", "ours"]);
}
