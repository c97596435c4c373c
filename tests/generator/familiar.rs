//! The list of familiar names: the errors in a list, and which of its lines count.

use crate::generator::error::{BuildError, FileKind};
use crate::generator::filter::Filter;
use crate::generator::shared::hash::Words;
use crate::generator::{self, Columns, File, Input};

const REGISTRY: &str = "<registry id='service-names-port-numbers'><updated>2026-09-12</updated>
    <record><name>domain</name><protocol>tcp</protocol><number>53</number></record></registry>";

/// The tables of the small registry with this list.
fn generate(list: &str, filter: &Filter) -> Result<String, BuildError> {
    let columns = Columns { descriptions: false, metadata: false, contacts: false, familiar: true };
    let generated = generator::generate(Input {
        registry: File { name: "ports.xml", kind: FileKind::Named, content: REGISTRY.as_bytes() },
        overlay: None,
        familiar: Some(File { name: "own.services", kind: FileKind::Services, content: list.as_bytes() }),
        columns,
        filter,
        words: Words::NATIVE,
    });
    generated.map(|generated| generated.source)
}

#[test]
fn a_range_is_refused() {
    let error = generate("domain 53-54/tcp dns", &Filter::default()).unwrap_err().to_string();
    let expected = "own.services:1:1: found the ports 53-54; expected one port; write a line for each port";
    assert_eq!(error, expected);
}

/// The number of numbers or rows in a table.
fn size(source: &str, table: &str) -> usize {
    let (_, declaration) = source.split_once(&format!("pub static {table}: ")).unwrap();
    let (kind, _) = declaration.split_once(" = ").unwrap();
    kind.rsplit(|c: char| !c.is_ascii_digit()).find(|number| !number.is_empty()).unwrap().parse().unwrap()
}

#[test]
fn lists_that_cannot_be_read_are_refused() {
    let refused = |list: &str, expected: &str| {
        let error = generate(list, &Filter::default()).expect_err(list).to_string();
        assert!(error.starts_with(expected), "{error}");
    };
    refused(
        "domain 53/tcp dns\nkafka 9092\n",
        "own.services:2:7: found \"9092\", expected a port and a transport such as 80/tcp",
    );
    refused(
        &format!("{} 53/tcp\n", "x".repeat(64)),
        "own.services:1:1: found a service name of 64 bytes; expected at most 63",
    );
    refused(
        "domain 53/tcp d\u{f6}ns\n",
        "own.services:1:15: found 'ö' in the service name; expected printable ASCII only",
    );
}

/// The generator ignores lines for other transports, and lines for ports that the filter leaves out.
#[test]
fn lines_that_do_not_count() {
    let list = "domain 53/tcp dns\nother 53/tcp\nrtmp 1/ddp\nkafka 9092/tcp\n";
    let all = generate(list, &Filter::default()).unwrap();
    assert!(all.contains("FAMILIAR_NAMES: u64 = 3;") && size(&all, "PORT_TO_FAMILIAR") == 3, "{all}");
    let system = generate(list, &Filter::parse("tcp;0-1023").unwrap()).unwrap();
    assert!(system.contains("FAMILIAR_NAMES: u64 = 2;") && size(&system, "PORT_TO_FAMILIAR") == 2, "{system}");
    let empty = generate("# nothing\n", &Filter::default()).unwrap();
    assert!(empty.contains("FAMILIAR_NAMES: u64 = 0;"), "{empty}");
}
