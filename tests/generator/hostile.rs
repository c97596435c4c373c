//! Files that are damaged, strange or malicious: the generator reads each of them correctly, or refuses it with an
//! error, in a few seconds and with memory of at most a few times the size of the file.

use crate::generator;
use crate::generator::error::FileKind;
use crate::generator::filter::Filter;
use crate::generator::shared::hash::Words;
use crate::generator::{Columns, File, Input};
use crate::oracle;
use std::time::Instant;

const START: &str = "<registry xmlns='http://www.iana.org/assignments' id='service-names-port-numbers'>\n\
                     <updated>2026-09-12</updated>\n";
const HTTP: &str = "<record><name>http</name><protocol>tcp</protocol><number>80</number></record>\n";

/// The tables without the digest, which depends on every byte, or the error.
fn generate(xml: &[u8]) -> Result<String, String> {
    let columns = Columns { descriptions: true, metadata: true, contacts: true, familiar: true };
    let (filter, registry) = (&Filter::default(), File { name: "ports.xml", kind: FileKind::Named, content: xml });
    let start = Instant::now();
    let (overlay, familiar, words) = (None, None, Words::NATIVE);
    let generated = generator::generate(Input { registry, overlay, familiar, columns, filter, words });
    println!("{} bytes in {:?}", xml.len(), start.elapsed());
    let source = generated.map(|generated| generated.source).map_err(|error| error.to_string())?;
    Ok(source.lines().filter(|line| !line.contains("_SHA256")).collect::<Vec<_>>().join("\n"))
}

fn registry(records: &str) -> String {
    format!("{START}{records}</registry>")
}

#[track_caller]
fn refused(xml: impl AsRef<[u8]>, expected: &str) {
    let error = generate(xml.as_ref()).expect_err("this is no registry");
    assert!(error.starts_with("ports.xml:") && error.contains(expected), "{}", &error[..error.len().min(1000)]);
    assert!(error.len() < 2000, "an error of {} bytes", error.len());
}

#[track_caller]
fn same(xml: impl AsRef<[u8]>) {
    let read = generate(xml.as_ref()).unwrap_or_else(|error| panic!("{error}"));
    assert!(read == generate(registry(HTTP).as_bytes()).unwrap());
}

#[test]
fn a_document_type_declares_nothing_and_nothing_is_fetched_or_expanded() {
    let with =
        |subset: &str, name: &str| format!("<!DOCTYPE registry [{subset}]>\n{}", registry(&HTTP.replace("http", name)));
    same("<!DOCTYPE registry SYSTEM 'http://127.0.0.1:9/registry.dtd'>".to_owned() + &registry(HTTP));
    let level = |level| format!("<!ENTITY l{} '{}'>", level + 1, format!("&l{level};").repeat(10));
    let laughs: String = (0..30).map(level).collect();
    for (subset, name) in [
        ("", "http"),
        ("<!ELEMENT registry ANY> <!ENTITY a 'b'> <!-- ]> -->", "http"),
        ("<!ENTITY file SYSTEM 'file:///etc/passwd'>", "&file;"),
        ("<!ENTITY % p SYSTEM 'http://127.0.0.1:9/'> %p;", "&p;"),
        (&*(laughs + "<!ENTITY l0 'ha'>"), "&l30;"),
    ] {
        refused(with(subset, name), "a document type with declarations, which nothing here reads");
    }
    for reference in ["<record>&l30;", "<record date='&l30;'>"] {
        refused(registry(&HTTP.replace("<record>", reference)), "found the reference &l30;");
    }
    refused(with("<!ENTITY a", "http"), "not well-formed XML");
}

#[test]
fn files_of_a_hundred_megabytes() {
    let long = "x ".repeat(50 << 20);
    for element in ["name", "note", "colour"] {
        let xml = registry(&format!("<record><{element}>{long}</{element}></record>"));
        refused(xml, "bytes; expected at most 33554432; use a smaller file");
    }
}

#[test]
fn texts_of_megabytes() {
    let long = "x ".repeat(1 << 20);
    let too_long = "bytes; expected at most 8191; shorten it";
    for element in ["name", "protocol", "number", "description", "note", "sc", "unauthorized"] {
        refused(registry(&format!("<record><{element}>{long}</{element}></record>")), too_long);
    }
    refused(registry(&format!("<record date='{long}'/>")), too_long);
    refused(registry(&format!("<record><xref type='text' data='{long}'/></record>")), too_long);
    refused(registry(&format!("<record><xref type='text'>{long}</xref></record>")), too_long);
    refused(registry(&format!("<people><person id='a'><name>{long}</name></person></people>")), too_long);
    refused(registry(&format!("<record><name>&{long};</name></record>")), "found the reference &x x x");
    refused(registry(&format!("<record><name>a</{long}></record>")), "not well-formed XML");
    // Text that the generator skips may have any length.
    same(registry(&format!("{HTTP}<!--{long}-->")));
    same(registry(&format!("{HTTP}<note>{long}</note>")));
    same(registry(&format!("{HTTP}{long}")));
    same(registry(&format!("{HTTP}<a{}/>", long.replace(' ', ""))));
    let longest = "x".repeat(8191);
    let described = |text: &str| HTTP.replace("<number>", &format!("<description>{text}</description><number>"));
    assert!(generate(registry(&described(&longest)).as_bytes()).is_ok());
    refused(registry(&described(&(longest + "x"))), "found a text of 8192 bytes");
}

#[test]
fn deep_nesting() {
    let deep = |element: &str| {
        format!("{}{}", format!("<{element}>").repeat(1 << 19), format!("</{element}>").repeat(1 << 19))
    };
    for element in ["a", "xref", "name", "paragraph"] {
        let in_text = HTTP.replace("http", &deep(element));
        refused(registry(&in_text), "found elements nested more than 16 deep; expected at most 16 levels");
    }
    // The same in parts that the generator skips.
    refused(registry(&format!("{HTTP}{}", deep("colour"))), "found elements nested more than 16 deep");
    let nested = |count| format!("{}{}", "<colour>".repeat(count), "</colour>".repeat(count));
    same(registry(&format!("{HTTP}{}", nested(15))));
}

#[test]
fn many_rows_and_wide_ones() {
    let rows = |count: usize| -> String {
        (0..count).map(|row| format!("<record><number>{}</number></record>", row % 49_152)).collect()
    };
    refused(registry(&rows(131_069)), "found 131069 records; expected at most 131068");
    refused(registry(&format!("{HTTP}{}", rows(65_535))), "found 65535 blocks; expected at most 65534");
    let wide = |name: &str| format!("<record>{name}<number>0-49151</number></record>");
    refused(registry(&wide("").repeat(6)), "found 294912 ports covered by all records; expected at most 262144");
    refused(registry(&wide("<name>a</name>").repeat(6)), "found 294912 ports covered by all records");
    assert!(generate(registry(&wide("<name>a</name>").repeat(5)).as_bytes()).is_ok());
}

/// Each part of a file takes time, so a file with too many parts is refused.
#[test]
fn many_of_anything() {
    let refused_of = |records: String, found: &str, most: &str| {
        refused(registry(&records), &format!("found {found}; expected at most {most}; use a smaller file"));
    };
    let pieces = "1572865 pieces of markup and text";
    for piece in ["<a/>", "<!---->", "<?a?>"] {
        refused_of(HTTP.to_owned() + &piece.repeat(1_600_000), pieces, "1572864");
    }
    refused_of(format!("{HTTP}<note>{}</note>", "&amp;".repeat(1_600_000)), pieces, "1572864");
    refused_of(HTTP.to_owned() + &"<a b=''/>".repeat(400_000), "1572868 pieces of markup and text", "1572864");
    let attributes = |count| (0..count).map(|n| format!(" a{n}=''")).collect::<String>();
    same(registry(&format!("{HTTP}<a{}/>", attributes(100))));
    refused_of(format!("{HTTP}<a{}/>", attributes(101)), "101 attributes of an element", "100");
    let prefixes = |count| (0..count).map(|n| format!(" xmlns:x{n}='u'")).collect::<String>();
    same(registry(&format!("{HTTP}<a{}/>", prefixes(10))));
    refused(registry(&format!("{HTTP}<a{}/>", prefixes(11))), "start tag declares more than 10 namespace bindings");
    let contacts = "<xref type='person' data='A'/>".repeat(1001);
    refused_of(HTTP.replace("<name>", &format!("{contacts}<name>")), "1001 references of a record", "1000");
    let assignees = format!("<assignee>{contacts}</assignee><name>");
    refused_of(HTTP.replace("<name>", &assignees), "1001 assignees of a record", "1000");
    refused_of(
        format!("{HTTP}<people>{}</people>", (0..65_536).map(|n| format!("<person id='{n}'/>")).collect::<String>()),
        "65536 people",
        "65535",
    );
    let long = |n: usize| {
        format!("<record><name>n{n}</name><description>{n} {}</description></record>", "x y".repeat(300 + n % 7))
    };
    let column: String = (0..20_000).map(long).collect();
    refused(registry(&column), "bytes of text in one column; expected at most");
}

#[test]
fn other_encodings() {
    let text = registry(HTTP);
    let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let nul = "found a NUL byte; expected UTF-8 text, which is neither UTF-16 nor binary";
    for bytes in [&little, &big] {
        refused(bytes, nul);
    }
    refused([b"\xff\xfe".as_slice(), &little].concat(), nul);
    refused(registry(&HTTP.replace("http", "ht\0tp")), nul);
    refused(registry(&HTTP.replace("http", "ht&#0;tp")), "found the reference &#0;");
    let latin: Vec<u8> =
        registry(&HTTP.replace("http", "h?")).bytes().map(|b| if b == b'?' { 0xe9 } else { b }).collect();
    refused(latin, "ports.xml:3:16: found bytes that are not UTF-8");
    same(format!("\u{feff}{text}"));
    same(text.replace('\n', "\r\n"));
    same(text.replace('\n', "\r"));
    same(format!("<?xml version='1.0' encoding='us-ascii'?>{text}"));
    same(format!("<?xml version='1.0' encoding='utf-8'?>{text}"));
    let declared = |encoding: &str, text: &str| format!("<?xml version='1.0' encoding='{encoding}'?>{text}");
    for encoding in ["ISO-8859-1", "UTF-16", "utf8", "x-none"] {
        refused(declared(encoding, &text), &format!("found the declared encoding {encoding:?}"));
    }
    let accented = text.replace("<record>", "<record><description>é</description>");
    refused(declared("US-ASCII", &accented), "found the declared encoding \"US-ASCII\"");
}

#[test]
fn comments_instructions_and_cdata_anywhere() {
    same(registry(&HTTP.replace("80", "8<!-- no -->0").replace("http", "<![CDATA[ht]]>t<?a b?>p")));
    let everywhere = registry(HTTP).replace('>', "><!-- < > & -->");
    same(format!("<!-- before -->{everywhere}<?after?>"));
    refused(registry(&HTTP.replace("80", "8<!-- -->0")).replace("<!-- -->", "<!-- "), "comment not closed");
}

#[test]
fn duplicates() {
    let second = |element: &str| format!("found a second <{element}>; expected at most one; remove one");
    for (element, value) in [("name", "a"), ("protocol", "tcp"), ("number", "1")] {
        let twice = format!("<{element}>{value}</{element}><{element}>");
        refused(registry(&HTTP.replace(&format!("<{element}>"), &twice)), &second(element));
    }
    for element in ["description", "sc", "unauthorized"] {
        let twice = format!("<{element}>1</{element}>").repeat(2);
        refused(registry(&HTTP.replace("<name>", &format!("{twice}<name>"))), &second(element));
    }
    refused(registry(&format!("<updated>2026-09-13</updated>{HTTP}")), &second("updated"));
    refused(registry(&HTTP.replace("<record>", "<record date='2001-01' date='2001-01'>")), "not well-formed XML");
    same(registry(&HTTP.replace("<name>", "<name/><name> </name><name>")));
    same(registry(&format!("{HTTP}<people/><people></people>")));
}

#[test]
fn unknown_elements_are_named_once_wherever_they_are() {
    let long = "long".repeat(100);
    let xml = registry(&format!(
        "<shade/>{}<people><shade/><group/><person id='a'><pet/></person></people><{long}/>",
        HTTP.replace("<name>", "<colour><name>no</name></colour><shade/><name>")
    ));
    let columns = Columns { descriptions: true, metadata: true, contacts: true, familiar: true };
    let (filter, registry) =
        (&Filter::default(), File { name: "ports.xml", kind: FileKind::Named, content: xml.as_bytes() });
    let (overlay, familiar, words) = (None, None, Words::NATIVE);
    let generated = generator::generate(Input { registry, overlay, familiar, columns, filter, words }).unwrap();
    let [(_, unknown)] = generated.unknown_elements.as_slice() else { panic!() };
    let cut = format!("{}...", &long[..120]);
    assert_eq!(unknown, &["colour", "group", &cut, "pet", "shade"]);
}

/// Each of IANA's files, cut at a few hundred places, is an error. There is never a panic or an incomplete table.
#[test]
fn files_cut_anywhere() {
    let xml = std::fs::read(oracle::registry_path()).unwrap();
    let head = &xml[..xml.len().min(20_000)];
    for at in (0..head.len()).step_by(97) {
        assert!(generate(&head[..at]).is_err(), "cut at {at}");
    }
    let end = xml.iter().rposition(|&byte| byte == b'<').unwrap();
    assert!(generate(&xml[..end]).unwrap_err().contains("the file ends inside <registry>"));
}

/// A device may never end. The generator reads only as many bytes as it needs to refuse them.
#[test]
fn a_file_that_never_ends() {
    let read = |file: &str| crate::generator::read_file(file.as_ref()).unwrap();
    assert_eq!(read("Cargo.toml"), std::fs::read("Cargo.toml").unwrap());
    if cfg!(unix) {
        refused(read("/dev/zero"), "found 33554433 bytes; expected at most 33554432");
    }
}

/// Long namespaces and many elements that use them take no noticeable time.
#[test]
fn long_namespaces() {
    let long = "n".repeat(8000);
    let declared: String = (0..9).map(|number| format!(" xmlns:p{number}='{long}{number}'")).collect();
    let used: String = (0..9).map(|number| format!(" p{number}:a=''")).collect();
    let rows = HTTP.replace("<record>", &format!("<record{used}>"));
    let again = format!("<record{used}><number>81</number></record>").repeat(5000);
    assert!(
        generate(registry(&(rows + &again)).replace("<registry ", &format!("<registry{declared} ")).as_bytes()).is_ok()
    );
}
