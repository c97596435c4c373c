//! Tests of the generator: exact errors for invalid input, correct tables for odd input, and the same bytes for the
//! same input.

use crate::generator;
use crate::generator::check::Checked;
use crate::generator::error::{BuildError, FileKind, InputError};
use crate::generator::error_kind::ErrorKind;
use crate::generator::filter::Filter;
use crate::generator::read::registry::Origin;
use crate::generator::read::rows;
use crate::generator::shared::hash::Words;
use crate::generator::{Columns, File, Generated, Input};
use crate::oracle;

const FILE: &str = "ports.xml";
const ALL: Columns = Columns { descriptions: true, metadata: true, contacts: true, familiar: true };
const NONE: Columns = Columns { descriptions: false, metadata: false, contacts: false, familiar: false };

/// A registry with these records, the first of which is on line 3.
fn registry(records: &str) -> String {
    format!(
        "<registry xmlns='http://www.iana.org/assignments' id='service-names-port-numbers'>\n\
         <updated>2026-09-12</updated>\n{records}</registry>"
    )
}

fn generate(name: &str, xml: &[u8], columns: Columns) -> Result<Generated, BuildError> {
    let filter = &Filter::default();
    let words = Words::NATIVE;
    generator::generate(Input {
        registry: File { name, kind: FileKind::Named, content: xml },
        overlay: None,
        familiar: None,
        columns,
        filter,
        words,
    })
}

fn source(xml: impl AsRef<[u8]>) -> String {
    generate(FILE, xml.as_ref(), ALL).unwrap_or_else(|error| panic!("{error}")).source
}

/// The source without the digest, which depends on every byte of the input.
fn without_digest(source: &str) -> String {
    source.lines().filter(|line| !line.contains("_SHA256")).collect::<Vec<_>>().join("\n")
}

/// The advice for values that a newer version may support.
const PIN: &str = ", or, if the file is IANA's, update iana-ports or pin an older file";

#[track_caller]
fn refused(xml: impl AsRef<[u8]>, text: &str) {
    let error = generate(FILE, xml.as_ref(), ALL).expect_err("the registry is broken").to_string();
    assert_eq!(error, text);
}

const HTTP: &str = "<record><name>http</name><protocol>tcp</protocol><number>80</number></record>\n";

#[test]
fn an_unreadable_file() {
    let found = "what the system says".to_owned();
    let kind = ErrorKind::Unreadable { found, variable: "IANA_PORTS_OVERLAY" };
    assert_eq!(
        BuildError::of_file("/no/such/registry.xml", kind).to_string(),
        "/no/such/registry.xml: cannot be read (what the system says); expected a file in the format of \
         IANA's service-names-port-numbers.xml, or services(5) text for your own names; put the file there, or correct IANA_PORTS_OVERLAY if it is set"
    );
}

#[test]
fn an_unwritable_folder() {
    assert_eq!(
        BuildError::of_file("/out/tables.rs", ErrorKind::Unwritable("disk full".to_owned())).to_string(),
        "/out/tables.rs: cannot be written (disk full); expected a writable OUT_DIR; give cargo's target folder \
         space and permission"
    );
}

#[test]
fn a_relative_path() {
    assert_eq!(
        BuildError::of_file("ports.xml", ErrorKind::RelativePath("IANA_PORTS_REGISTRY")).to_string(),
        "ports.xml: IANA_PORTS_REGISTRY is a relative path, but cargo chooses the folder in which a build script runs; \
         expected an absolute path; in .cargo/config.toml, `relative = true` makes it absolute"
    );
}

#[test]
fn a_path_that_cargo_cannot_watch() {
    assert_eq!(
        BuildError::of_file("IANA_PORTS_REGISTRY", ErrorKind::UnnameablePath("/a\nb.xml".into())).to_string(),
        "IANA_PORTS_REGISTRY: found the path \"/a\\nb.xml\", which cargo cannot watch for changes; expected UTF-8 text \
         without a line break or white space at its end; rename the file or its folder"
    );
}

/// The advice depends on whether the file is the embedded one, another registry or an overlay.
#[test]
fn a_damaged_embedded_registry() {
    let file = File { name: "embedded.xml", kind: FileKind::Embedded, content: b"\n<registry" };
    let error = InputError::at(1, ErrorKind::NoRecords).in_file(&file).to_string();
    assert_eq!(
        error,
        "embedded.xml:2:1: found no record with a service name; expected at least one; the crate's own file is damaged: \
         take a fresh copy of the crate"
    );
}

#[test]
fn more_than_the_tables_can_number() {
    let records: Vec<String> = (0..65_535).map(|n| format!("<record><name>n{n}</name></record>\n")).collect();
    refused(
        registry(&records.concat()),
        "ports.xml:1:1: found 65535 entries; expected at most 65534; use a \
         smaller file",
    );
}

#[test]
fn not_xml() {
    refused(
        "port,name\n80,http\n",
        "ports.xml:1:1: not well-formed XML: text outside the root element; expected IANA's format; correct the file, or fetch it again if it is IANA's",
    );
    refused(
        "",
        "ports.xml:1:1: not well-formed XML: no element; expected IANA's format; correct the file, or fetch it again if it is IANA's",
    );
    refused(
        registry("<record><name>http</nome></record>"),
        "ports.xml:3:19: record without name or number: not well-formed XML: ill-formed document: expected \
         `</name>`, but `</nome>` was found; expected IANA's format; correct the file, or fetch it again if it is IANA's",
    );
    refused(
        registry(HTTP) + "<registry/>",
        "ports.xml:4:12: not well-formed XML: content after the root element; expected IANA's format; correct the file, or fetch it again if it is IANA's",
    );
    refused(
        b"<registry id='service-names-port-numbers'>\n  \xff</registry>",
        "ports.xml:2:3: found bytes that are not UTF-8; expected UTF-8 text; correct the file, or fetch it again if it is IANA's",
    );
}

/// The reader refuses what could move damage to other rows: junk in a tag, a lost quote, a lost end of markup, characters
/// that XML forbids, unknown entities.
#[test]
fn text_that_is_not_well_formed() {
    let malformed = |xml: String, at: &str, what: &str| {
        let advice = "expected IANA's format; correct the file, or fetch it again if it is IANA's";
        refused(xml, &format!("ports.xml:{at}: not well-formed XML: {what}; {advice}"));
    };
    // After two lost quotes, the text between them becomes a value.
    let lost = HTTP.replace("<number>", "<xref type=\"person\" data=\"X/><number>");
    malformed(
        registry(&lost.repeat(2)),
        "3:50: record http tcp",
        "a < in the value of an attribute, where a quote may be lost",
    );
    let (label, http) = ("record without name or number", |from: &str, to: &str| registry(&HTTP.replace(from, to)));
    for (name, found) in [
        ("<name(a='b'>", "\"name(a='b'\" in place of a name"),
        ("<name a>", "in this tag, position 6: attribute key must be directly followed by `=` or space"),
        ("<name a=b>", "in this tag, position 7: attribute value must be enclosed in `\"` or `'`"),
        ("<name a='1' a='2'>", "in this tag, position 11: duplicated attribute, previous declaration at position 5"),
        ("<name a(b='1'>", "\"a(b\" in place of a name"),
        ("<name :a='1'>", "\":a\" in place of a name"),
        ("<x:name>", "the name \"x:name\", whose prefix nothing declares"),
        ("<name xmlns:x='&amp;'>", "a namespace with a reference or a line break"),
        ("<name xmlns:xml='u'>", "the namespace prefix 'xml' cannot be bound to '\"u\"'"),
    ] {
        malformed(http("<name>", name), &format!("3:9: {label}"), found);
    }
    // The error is one line, although the name is two.
    let two_lines = "ill-formed document: expected `</name>`, but `</name  <protocol>` was found";
    malformed(http("</name>", "</name\n "), &format!("3:19: {label}"), two_lines);
    let ends = |kind: &str| format!("a < in a {kind}, whose end may be lost");
    let double = "ill-formed document: forbidden string `--` was found in a comment";
    for (text, found) in [
        ("<!-- -- -->http", double),
        ("<!-- <!-- -->http", double),
        ("<![CDATA[ <![CDATA[ ]]>http", &ends("CDATA section")),
        ("<?a <name> ?>http", &ends("processing instruction")),
        ("<!DOCTYPE a <name> >http", &ends("document type")),
        ("<![cdata[http]]>", "syntax error: CDATA not closed: `]]>` not found before end of input"),
    ] {
        malformed(http("http", text), &format!("3:15: {label}"), found);
    }
    malformed(
        registry(HTTP) + "<!-- ",
        "4:12",
        "syntax error: comment not closed: `-->` not found before end of input",
    );
    malformed(
        "<!DOCTYPE registry [<!ENTITY a 'b'>]>".to_owned() + &registry(HTTP),
        "1:1",
        "a document type with declarations, which nothing here reads",
    );
    for forbidden in ["\u{1}", "\u{ffff}"] {
        refused(
            http("http", &format!("ht{forbidden}tp")),
            &format!("ports.xml:3:17: found the character {forbidden:?}, which XML forbids; expected text; correct the file, or fetch it again if it is IANA's").replace('"', "'"),
        );
    }
    refused(
        http("<record>", "<record date='&#2;'>"),
        "ports.xml:3:1: found the character '\\u{2}', which XML forbids; expected text; correct the file, or fetch it again if it is IANA's",
    );
    // The same in parts that the generator skips.
    for unknown in ["<note>&who;</note>", "<note a='&who;'/>"] {
        let found = "found the reference &who;; expected only XML's own (&amp; &lt; &gt; &quot; &apos;) or a character's number; write the text out";
        let error = generate(FILE, registry(&format!("{HTTP}{unknown}")).as_bytes(), ALL).unwrap_err().to_string();
        assert!(error.starts_with("ports.xml:4:") && error.ends_with(found), "{error}");
    }
}

/// A conforming parser refuses these files, but every row is right.
#[test]
fn text_that_only_a_conforming_parser_refuses() {
    let expected = without_digest(&source(registry(HTTP)));
    let http = |from: &str, to: &str| registry(&HTTP.replace(from, to));
    for xml in [
        http("<name>", "<name a='1'b='2'>"),
        http("<name>", "<name x:a='1'>"),
        http("<name>", "<name xmlns:x='u' xmlns:y='u' x:a='1' y:a='1'>"),
        http("http", "<?xml version='1.0'?>http"),
        http("http", "<!DOCTYPE a>http"),
        format!("<!DOCTYPE registry PUBLIC '{{bad}}' 'x'>{}", registry(HTTP)),
        format!("<?xml?>{}", registry(HTTP)),
    ] {
        assert_eq!(without_digest(&source(&xml)), expected, "{xml}");
    }
}

#[test]
fn cut_off() {
    let whole = registry(&HTTP.repeat(2));
    let cut = |at: &str| &whole[..whole.rfind(at).unwrap()];
    refused(
        cut("<record>"),
        "ports.xml:4:1: the file ends inside <registry>; expected </registry> as its end; correct the file, or fetch it again if it is IANA's",
    );
    refused(
        cut("<number>"),
        "ports.xml:4:50: record http tcp: the file ends inside <record>; expected </registry> as its end; correct the file, or fetch it again if it is IANA's",
    );
    refused(
        cut("0</number>"),
        "ports.xml:4:59: record http tcp: the file ends inside <number>; expected </registry> as its end; correct the file, or fetch it again if it is IANA's",
    );
    refused(
        cut("ber></record>"),
        "ports.xml:4:60: record http tcp: not well-formed XML: syntax error: tag not closed: `>` not found before end of input; expected IANA's format; correct the file, or fetch it again if it is IANA's",
    );
}

#[test]
fn the_wrong_root() {
    refused(
        "<!DOCTYPE html>\n<html><body>404</body></html>",
        "ports.xml:2:1: found <html> as the root; expected <registry id=\"service-names-port-numbers\">; correct the file, or fetch it again if it is IANA's",
    );
    refused(
        "<registry xmlns='http://www.iana.org/assignments' id='protocol-numbers'/>",
        "ports.xml:1:1: found <registry id=\"protocol-numbers\"> as the root; expected <registry \
         id=\"service-names-port-numbers\">; correct the file, or fetch it again if it is IANA's",
    );
}

#[test]
fn numbers() {
    let number = |number: &str| registry(&HTTP.replace("80", number));
    refused(
        number("65536"),
        "ports.xml:3:50: record http tcp: found the number \"65536\", over 65535; expected port numbers from 0 \
         to 65535; correct the <number>",
    );
    refused(
        number("9-3"),
        "ports.xml:3:50: record http tcp: found the range \"9-3\", which runs backwards; expected its lower end \
         first; swap the ends",
    );
    for dynamic in ["49152", "49151-49152", "65535"] {
        refused(
            number(dynamic),
            &format!(
                "ports.xml:3:50: record http tcp: found the number \"{dynamic}\", in the Dynamic Ports \
                 (49152-65535), which are never assigned (RFC 6335 section 6); expected at most 49151; correct the \
                 <number>{PIN}"
            ),
        );
    }
    for bad in ["eighty", "-80", "80-", "+80", "8 0", "1-2-3", "0x", "0x+50", "0xg", "80,443"] {
        refused(
            number(bad),
            &format!(
                "ports.xml:3:50: record http tcp: found the number \"{bad}\"; expected a port number or a \
                 range such as 6000-6063; correct the <number>{PIN}"
            ),
        );
    }
}

#[test]
fn transports() {
    refused(
        registry(&HTTP.replace("tcp", "quic")),
        &format!(
            "ports.xml:3:26: record http: found the transport protocol \"quic\"; expected tcp, udp, sctp or \
             dccp, or no <protocol>; correct the <protocol>{PIN}"
        ),
    );
}

#[test]
fn names() {
    let name = |name: &str| registry(&HTTP.replace("http", name));
    let long = "a".repeat(64);
    refused(
        name(&long),
        &format!(
            "ports.xml:3:9: record {long}: found a service name of 64 bytes; expected at most 63; shorten it{PIN}"
        ),
    );
    assert!(source(name(&long[1..])).contains(&long[1..]));
    for (bad, shown) in [("häuser", "'ä'"), ("a&#127;b", "'\\u{7f}'"), ("a\u{7f}c", "'\\u{7f}'")] {
        let label = bad.replace("&#127;", " ").replace('\u{7f}', " "); // an error is one line of text
        refused(
            name(bad),
            &format!(
                "ports.xml:3:9: record {label}: found {shown} in the service name; expected printable ASCII \
                 only; correct the <name>{PIN}"
            ),
        );
    }
}

#[test]
fn everything_that_ianas_grammar_allows() {
    let same = |xml: &str, plain: &str| {
        assert_eq!(without_digest(&source(registry(xml))), without_digest(&source(registry(plain))), "{xml}");
    };
    let row = |columns: &str| format!("{HTTP}<record>{columns}</record>");
    let unassigned = |number: &str| row(&format!("<description>Unassigned</description><number>{number}</number>"));
    same(&unassigned("6000 - 6063"), &unassigned("6000-6063"));
    same(&unassigned("0x1F90"), &unassigned("8080"));
    same(&unassigned("0x1F90-0x1f91"), &unassigned("8080-8081"));
    let dated = |date: &str| HTTP.replace("<record>", &format!("<record date='{date}' updated='{date}'>"));
    for zone in ["Z", "+02:00", "-11:30"] {
        same(&dated(&format!("2024-10-08{zone}")), &dated("2024-10-08"));
        same(&dated(&format!("2024-10{zone}")), &dated("2024-10"));
    }
    let noted = |notes: &str| HTTP.replace("</record>", &format!("{notes}</record>"));
    same(&noted("<note>one</note><note/><note>two</note>"), &noted("<note>one two</note>"));
    let code = |code: &str| HTTP.replace("</record>", &format!("<sc>{code}</sc></record>"));
    same(&code("+5"), &code("5"));
    same(&row("<description>Reserved</description>"), HTTP);
    let status = |text: &str| row(&format!("<description>{text}</description><number>81</number>"));
    let is_unassigned = |text: &str| {
        let mut checked = Checked::default();
        let parsed = rows::read(&registry(&status(text)), Origin::Registry).unwrap_or_else(|error| panic!("{error:?}"));
        checked.add(parsed, Origin::Registry, ALL).unwrap_or_else(|error| panic!("{error:?}"));
        checked.blocks[0].is_unassigned
    };
    for text in ["Unassigned", "unassigned", "Available", "(unassigned) Possibly assigned", "Unassigned [was netstat]"]
    {
        assert!(is_unassigned(text), "{text}");
    }
    for text in ["Reserved (previously unassigned)", "Reserved", "De-registered", "any private mail system", ""] {
        assert!(!is_unassigned(text), "{text}");
    }
    let undated = registry(&dated("2024-10-08")).replace("<updated>2026-09-12</updated>", "");
    assert!(source(undated).contains("UPDATED: (u16, u8, u8) = (2024, 10, 8);"));
}

#[test]
fn several_experts() {
    let with = |experts: &str| source(registry(HTTP).replace("</updated>", &format!("</updated>{experts}")));
    assert!(with("<expert>A;\n B</expert><expert>C</expert>").contains(r#"EXPERTS: &str = "A; B; C";"#));
    let groups = with("<expert>TCP: A; B,\n and C\nSCTP: D\n\n</expert>");
    assert!(groups.contains(r#"EXPERTS: &str = "TCP: A; B, and C; SCTP: D";"#));
    assert!(with("<expert> </expert>").contains(r#"EXPERTS: &str = "";"#));
    assert!(with("").contains(r#"EXPERTS: &str = "";"#));
}

#[test]
fn other_namespaces() {
    let foreign = "<x:record xmlns:x='urn:other'><x:name>lost</x:name><x:number>81</x:number></x:record>\
        <record xmlns='urn:other'><name>lost</name><number>81</number></record>";
    assert_eq!(without_digest(&source(registry(&format!("{HTTP}{foreign}")))), without_digest(&source(registry(HTTP))));
    let prefixed = registry(HTTP).replace("<registry ", "<registry xmlns:i='http://www.iana.org/assignments' ");
    let prefixed = prefixed.replace("<record>", "<i:record>").replace("</record>", "</i:record>");
    assert_eq!(without_digest(&source(prefixed)), without_digest(&source(registry(HTTP))));
    let declared = |attributes: &str| registry(HTTP).replace("<registry ", &format!("<registry {attributes} "));
    assert_eq!(
        without_digest(&source(declared("xmlns:xml='http://www.w3.org/XML/1998/namespace'"))),
        without_digest(&source(registry(HTTP)))
    );
}

#[test]
fn details() {
    refused(
        registry(&HTTP.replace("<record>", "<record date='2024-02-30'>")),
        "ports.xml:3:1: record http 80/tcp: found the date \"2024-02-30\"; expected year-month-day, such as 2026-09-12; \
         correct the attribute `date`",
    );
    refused(
        registry(&HTTP.replace("<record>", "<record date='2024-02' updated='May 2025'>")),
        "ports.xml:3:1: record http 80/tcp: found the date \"May 2025\"; expected year-month-day, such as 2026-09-12; \
         correct the attribute `updated`",
    );
    for bad in ["4294967296", "DISC", "-1", "0x44"] {
        refused(
            registry(&HTTP.replace("<number>", &format!("<sc>{bad}</sc><number>"))),
            &format!(
                "ports.xml:3:50: record http tcp: found the service code \"{bad}\"; expected a number of 32 bits in \
                 decimal (RFC 4340 section 8.1.2); correct the <sc>{PIN}"
            ),
        );
    }
    let dated = |year: &str| HTTP.replace("<record>", &format!("<record date='{year}-01'>"));
    source(registry(&(dated("1950") + &dated("2077"))));
    source(registry(HTTP).replace("2026-09-12", "2099-09-12")); // the date of the file is in no table
    for year in ["0201", "1949", "2078"] {
        let found = year.trim_start_matches('0');
        refused(
            registry(&dated(year)),
            &format!(
                "ports.xml:3:1: record http 80/tcp: found the year {found}; expected one from 1950 to 2077; correct the \
                 attribute `date`"
            ),
        );
    }
}

/// An invalid value is an error, even if its column is not compiled in.
#[test]
fn a_column_that_is_off_is_still_checked() {
    let bad = [
        HTTP.replace("<record>", "<record date='soon'>"),
        HTTP.replace("<number>", "<sc>DISC</sc><number>"),
        HTTP.to_owned() + "<people><person/></people>",
    ];
    for xml in bad.map(|records| registry(&records)) {
        let with = |columns| generate(FILE, xml.as_bytes(), columns).unwrap_err().to_string();
        assert_eq!(with(ALL), with(NONE));
    }
}

#[test]
fn people() {
    let people = |people: &str| registry(&format!("{HTTP}<people>\n{people}</people>"));
    refused(
        people("<person><name>Ada</name></person>"),
        "ports.xml:5:1: found a <person> without an id; expected the id by which records name the person; add it or remove the person",
    );
    refused(
        people("<person id='A'/>\n <person id='A'/>"),
        "ports.xml:6:2: found a second <person id=\"A\">; expected one for each id; remove one",
    );
    refused(
        people("<person id='A'><updated>now</updated></person>"),
        "ports.xml:5:16: found the date \"now\"; expected year-month-day, such as 2026-09-12; correct the <updated>",
    );
    assert!(source(people("<note/><person id='Nobody'/>")).contains("Nobody"));
}

#[test]
fn records() {
    let none = "found no record with a service name; expected at least one; correct the file, or fetch it again if it is IANA's";
    refused(registry(""), &format!("ports.xml:1:1: {none}"));
    refused(registry("<record><number>4</number></record>"), &format!("ports.xml:1:1: {none}"));
    assert_eq!(
        without_digest(&source(registry(&format!("{HTTP}<record><description>Reserved</description></record>")))),
        without_digest(&source(registry(HTTP)))
    );
    refused(
        registry("  <record><name>a</name><name>b</name></record>"),
        "ports.xml:3:25: record a: found a second <name>; expected at most one; remove one",
    );
}

#[test]
fn dates() {
    let dated = |date: &str| registry(HTTP).replace("2026-09-12", date);
    for bad in [
        "yesterday",
        "2026",
        "2026-13-01",
        "2026-00",
        "2026-9-12",
        "2026-09-31",
        "2026-02-29",
        "2026-09-00",
        "2026-09-12-1",
        "12-09-2026",
    ] {
        refused(
            dated(bad),
            &format!(
                "ports.xml:2:1: found the date \"{bad}\"; expected year-month-day, such as 2026-09-12; correct the \
                 <updated>"
            ),
        );
    }
    refused(
        dated(""),
        "ports.xml:1:1: found neither <updated> nor a record with a date; expected the date of the data, such as \
         <updated>2026-09-12</updated>; add it before the first record",
    );
    assert!(source(dated("2026-09")).contains("UPDATED: (u16, u8, u8) = (2026, 9, 0);"));
}

#[test]
fn references() {
    refused(
        registry(&HTTP.replace("http", "&who;")),
        "ports.xml:3:15: record without name or number: found the reference &who;; expected only XML's own (&amp; &lt; \
         &gt; &quot; &apos;) or a character's number; write the text out",
    );
    for element in ["b", "xref"] {
        let deep = format!("<{element}>").repeat(14) + &format!("</{element}>").repeat(14);
        let error = generate(FILE, registry(&HTTP.replace("http", &deep)).as_bytes(), ALL).unwrap_err().to_string();
        let expected = "record without name or number: found elements nested more than 16 deep; expected at most 16 levels; \
            remove the nesting";
        assert!(error.starts_with("ports.xml:3:") && error.ends_with(expected), "{error}");
    }
}

#[test]
fn text_is_flattened_and_folded() {
    let text = |inside: &str| {
        let xml = registry(&format!("<record><name>a</name><description>{inside}</description></record>"));
        let mut rows = rows::read(&xml, Origin::Registry).unwrap_or_else(|error| panic!("{error:?}")).rows;
        rows.remove(0).details.description
    };
    let reads = |inside: &str, expected: &str| assert_eq!(text(inside), expected, "{inside}");
    reads(" one\r\n\t two ", "one two");
    reads("one<br/><br/>two", "one two");
    reads("one<br></br>two", "one two");
    reads("<paragraph>one</paragraph><paragraph>two</paragraph>", "one two");
    reads("see <xref type='rfc' data='rfc9483'/>.", "see [RFC9483].");
    reads("see <xref type='uri' data='https://example.org/a?b&amp;c'/>", "see [https://example.org/a?b&c]");
    reads("see <xref type='rfc' data='rfc8765'> RFC8765,\n <b>Section</b> 6.1</xref>.", "see [RFC8765, Section 6.1].");
    reads("<xref type='text'>a <xref type='rfc' data='rfc1'/></xref>", "[a [RFC1]]");
    reads("&lt;a&gt; &amp;amp; &quot;&apos; &#65;&#x42;", "<a> &amp; \"' AB");
    reads("<![CDATA[<b> & c]]> d", "<b> & c d");
    reads("one<!-- two -->three<?four five?>", "onethree");
    reads("\u{e9}\u{a0}\u{e8}", "\u{e9}\u{a0}\u{e8}");
    for nothing in ["", "  \n", "<br/>", "<!-- -->"] {
        assert_eq!(text(nothing), "", "{nothing}");
    }
}

#[test]
fn odd_forms_of_the_same_registry() {
    let plain = registry(&(HTTP.to_owned() + "<record><number>4</number></record>\n"));
    let expected = without_digest(&source(&plain));
    let same = [
        format!("\u{feff}{plain}"),
        format!("<?xml version='1.0' encoding='UTF-8'?>\n<?a b?><!-- c -->\n{plain}\n<!-- d -->\n"),
        format!("<!DOCTYPE registry PUBLIC '-//IANA//DTD' \"http://127.0.0.1:9/registry.dtd\" >{plain}"),
        plain.replace('\n', "\r\n"),
        plain.replace("<name>", "<name/><name>\n  "),
        plain.replace("<number>80</number>", "").replace("<name>", "<number>80</number><name>"),
        plain
            .replace("<registry ", "<i:registry xmlns:i='http://www.iana.org/assignments' ")
            .replace("</registry>", "</i:registry>"),
        plain.replace("</updated>", "</updated><people><group id='a'><name>A</name></group></people>"),
    ];
    for xml in same {
        assert_eq!(without_digest(&source(&xml)), expected, "{xml}");
    }
}

#[test]
fn unknown_elements_are_skipped_and_named_once() {
    let new = HTTP.replace("<number>", "<colour>red<name>b</name></colour><age/><number>");
    let generated = generate(FILE, registry(&(new.clone() + &new.replace("http", "www"))).as_bytes(), ALL).unwrap();
    assert_eq!(generated.unknown_elements, [(FILE.to_owned(), vec!["age".to_owned(), "colour".to_owned()])]);
    let plain = source(registry(&(HTTP.to_owned() + &HTTP.replace("http", "www"))));
    assert_eq!(without_digest(&generated.source), without_digest(&plain));
}

#[test]
fn a_column_that_is_off_is_not_in_the_source() {
    let xml = std::fs::read(oracle::registry_path()).unwrap();
    let with = |columns| generate(FILE, &xml, columns).unwrap().source;
    let columns = [
        (Columns { descriptions: true, ..NONE }, "DESCRIPTIONS", "World Wide Web"),
        (Columns { metadata: true, ..NONE }, "METADATA", "Defined TXT keys"),
        (Columns { contacts: true, ..NONE }, "PEOPLE", "Jon_Postel"),
    ];
    for (wanted, _, _) in columns.iter().chain([&(NONE, "", ""), &(ALL, "", "")]) {
        let source = with(*wanted);
        for (column, table, text) in &columns {
            let is_on = |columns: &Columns| [columns.descriptions, columns.metadata, columns.contacts];
            let is_wanted = is_on(wanted).iter().zip(is_on(column)).all(|(wanted, on)| *wanted || !on);
            assert_eq!(source.contains(table), is_wanted, "{table} with {wanted:?}");
            assert_eq!(source.contains(text), is_wanted, "{text} with {wanted:?}");
        }
    }
}

#[test]
fn the_source_has_a_header_and_no_paths() {
    let path = oracle::registry_path();
    let xml = std::fs::read(&path).unwrap();
    let source = generate(&path.display().to_string(), &xml, ALL).unwrap().source;
    let updated = oracle::Oracle::load().updated;
    assert!(
        source.starts_with(&format!("// Generated by build.rs of iana-ports from the IANA registry of {updated}.\n"))
    );
    assert!(!source.contains(env!("CARGO_MANIFEST_DIR")) && !source.contains(&path.display().to_string()));
    assert_eq!(source, generate("elsewhere.xml", &xml, ALL).unwrap().source);
    assert!(!source.contains("&'static str"), "tables of strings would need relocations");
}

/// The order of records does not matter, except for records that are tied on a port, a block or a name. Otherwise only
/// the positions in the registry change.
#[test]
fn shuffled_records_give_the_same_bytes() {
    let xml = std::fs::read_to_string(oracle::registry_path()).unwrap();
    let (head, rest) = xml.split_at(xml.find("<record").unwrap());
    let (body, tail) = rest.split_at(rest.rfind("</record>").unwrap() + "</record>".len());
    let between = |record: &str, tag: &str| {
        let inside = record.split_once(&format!("<{tag}>"))?.1;
        Some(inside.split_once(&format!("</{tag}>"))?.0.to_owned())
    };
    // A multiplicative hash shuffles the records. The sort is stable, so records with the same key keep their order.
    let key = |record: &&str| {
        let place = between(record, "number").or_else(|| between(record, "name")).unwrap_or_default();
        place.bytes().fold(7_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(2_654_435_761))
    };
    let records: Vec<&str> = body.split_inclusive("</record>").collect();
    let mut shuffled = records.clone();
    shuffled.sort_by_key(key);
    let moved = records.iter().zip(&shuffled).filter(|(a, b)| a != b).count();
    assert!(moved > records.len() * 9 / 10, "{moved} of {} moved", records.len());
    let without_positions = |source: &str| {
        let source = without_digest(source);
        let is_of_places = |table: &&str| table.contains("POSITION") || table.starts_with("ROWS_IN_ORDER");
        let tables = source.split("pub static ").filter(|table| !is_of_places(table));
        tables.map(str::to_owned).collect::<Vec<_>>()
    };
    let (shuffled, as_they_are) = (source(format!("{head}{}{tail}", shuffled.concat())), source(&xml));
    assert!(shuffled != as_they_are, "the places in the registry are tables too");
    assert!(without_positions(&shuffled) == without_positions(&as_they_are), "the sources differ");
}

#[test]
fn filters_that_name_nothing() {
    for (filter, bad) in [
        ("tcp,quic", "quic"),
        (" ", ""),
        ("tcp;;80", ""),
        ("80-", "80-"),
        ("9-3", "9-3"),
        ("65536", "65536"),
        ("portless", "portless"),
        ("+80", "+80"),
        ("80 443", "80 443"),
    ] {
        assert_eq!(
            Filter::parse(filter).err().map(|error| error.to_string()),
            Some(format!(
                "found {bad:?}, which is not a transport, port or range of ports; expected items separated by `,` or `;`, \
                 such as tcp,udp;0-1023,8080;+portless: tcp, udp, sctp, dccp (default: all four), ports from 0 to \
                 65535 and ranges of ports (default: all), +portless for names without a port; correct the filter"
            ))
        );
    }
}
