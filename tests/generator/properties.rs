//! A property of any input: the generator reads it as the oracle does, or refuses it with an error. Fuzzing checks this
//! for generated inputs, and fuzzed.rs for the inputs that fuzzing found.
//!
//! A crate that includes this file also has modules `generator` and `oracle`.

use crate::generator::check::{Checked, Record};
use crate::generator::error::{FileKind, InputError};
use crate::generator::error_kind::ErrorKind;
use crate::generator::filter::Filter;
use crate::generator::layout::candidates::find_candidates;
use crate::generator::layout::coverage::{Found, cover};
use crate::generator::read::registry::Origin;
use crate::generator::read::registry::{self, Details, Reference};
use crate::generator::read::{characters, rows, services_file};
use crate::generator::shared::hash::Words;
use crate::generator::shared::packing::Target;
use crate::generator::shared::port_range::PortRange;
use crate::generator::shared::proto::Proto;
use crate::generator::{Columns, File, Input, generate};
use crate::oracle::{self, Oracle, Row, Status};
use roxmltree::{Document, ParsingOptions};
use std::collections::{BTreeMap, BTreeSet};

const ALL: Columns = Columns { descriptions: true, metadata: true, contacts: true, familiar: true };

/// The length of the longest error for any file.
const SENTENCE: usize = 2000;

/// The input is a file. Its rows must be those of another XML parser, if that parser accepts the file too.
pub fn parse(bytes: &[u8]) {
    let registry = match characters(bytes).and_then(|text| rows::read(text, Origin::Registry)) {
        Ok(registry) => registry,
        Err(error) => return is_explained(error, bytes),
    };
    // The generator may accept what a conforming parser refuses.
    let text = std::str::from_utf8(bytes).expect("the generator takes UTF-8 only");
    let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
    let Ok(document) = Document::parse_with_options(text, options) else { return };
    let number = |row: roxmltree::Node<'_, '_>| {
        let number = row.children().find(|child| child.tag_name().name() == "number");
        number.and_then(|number| number.text()).unwrap_or_default().to_owned()
    };
    let is_number = |number: String| number.trim().split('-').all(|end| end.is_empty() || end.parse::<u32>().is_ok());
    if document.root_element().children().map(number).all(is_number) {
        let found: Vec<String> = registry.rows.iter().map(columns).collect();
        let expected: Vec<String> = Row::read_all(&document).iter().map(columns_of).collect();
        assert_eq!(found, expected, "{text}");
    }
}

/// The input is services(5) text, and after a NUL a filter. The names must be those of a simple reader, and the kept
/// rows those of another reader of filters, or an error must say what is wrong.
#[allow(dead_code, reason = "one of those who include this asks")]
pub fn services(input: &str) {
    let (text, filter) = input.split_once('\0').unwrap_or((input, ""));
    match services_file::read(text.as_bytes()) {
        Err(error) => is_explained(error, text.as_bytes()),
        Ok(registry) => {
            let is_space = |c: char| matches!(c, ' ' | '\t'..='\r');
            let lines = text.strip_prefix('\u{feff}').unwrap_or(text).split(['\n', '\r']);
            let names = lines.flat_map(|line| {
                let fields =
                    line.split('#').next().unwrap_or_default().split(is_space).filter(|field| !field.is_empty());
                let fields: Vec<&str> = fields.collect();
                let place = fields.get(1).copied().unwrap_or_default().to_ascii_lowercase();
                let on = place
                    .split(['/', ','])
                    .skip(1)
                    .filter(|word| Proto::ALL.iter().any(|proto| proto.as_str() == *word));
                let is_place =
                    |field: &str| field.split_once('/').is_some_and(|(port, _)| port.parse::<PortRange>().is_ok());
                if fields.first().is_some_and(|first| is_place(first)) {
                    return Vec::new();
                }
                let mut names: Vec<String> =
                    fields.iter().enumerate().filter(|(at, _)| *at != 1).map(|(_, name)| (*name).to_owned()).collect();
                let is_name = |name: &String| name.contains(|c: char| !c.is_ascii() || c.is_ascii_alphabetic());
                if !names.iter().all(is_name) && fields[0].eq_ignore_ascii_case("unknown") {
                    names.retain(|name| !name.eq_ignore_ascii_case("unknown"));
                }
                names.retain(is_name);
                on.flat_map(|_| names.clone()).collect::<Vec<_>>()
            });
            let found: Vec<String> = registry.rows.into_iter().filter_map(|row| Some(row.name?.text)).collect();
            assert!(names.eq(found.iter().cloned()), "{found:?} of {text:?}");
        }
    }
    match Filter::parse(filter) {
        Err(ErrorKind::BadFilter(item)) => assert!(filter.contains(&item), "{item:?} of {filter:?}"),
        Err(other) => panic!("{other:?} of {filter:?}"),
        Ok(read) => {
            let other = oracle::Filter::read(Some(filter.to_owned()));
            for port in (0..=u16::MAX).step_by(97).chain([0, 1023, 1024, 49_151, 49_152, u16::MAX]) {
                for proto in Proto::ALL {
                    assert_eq!(read.keeps(port, proto), other.has(port.into(), proto.as_str()), "{filter:?}");
                }
            }
        }
    }
}

fn is_explained(error: InputError, bytes: &[u8]) {
    assert!(error.offset <= bytes.len(), "{error:?}");
    let sentence = error.in_file(&File { name: "ports.xml", kind: FileKind::Named, content: bytes }).to_string();
    assert!(sentence.starts_with("ports.xml:") && sentence.len() < SENTENCE, "{sentence}");
}

/// All columns of a row as text.
pub fn columns(row: &registry::Row) -> String {
    let Details {
        description,
        registered,
        modified,
        references,
        service_code,
        unauthorized_use,
        note,
        assignees,
        contacts,
    } = &row.details;
    let name = row.name.as_ref().map(|name| &name.text);
    let ports = row.ports.map(|ports| (u32::from(ports.first()), u32::from(ports.last())));
    let proto = row.proto.map(Proto::as_str);
    let shown = |reference: &Reference| match &reference.target {
        _ if !reference.label.is_empty() => reference.label.clone(),
        Target::Rfc(number) => format!("RFC{number}"),
        Target::Draft(text) | Target::Uri(text) | Target::Text(text) => text.clone(),
    };
    let references: Vec<String> = references.iter().map(shown).collect();
    let dates = [registered, modified].map(|date| date.map_or(String::new(), |date| date.to_string()));
    format!(
        "{name:?} {ports:?} {proto:?} {dates:?} {references:?} {service_code:?} {assignees:?} {contacts:?} {description:?} {unauthorized_use:?} {note:?}"
    )
}

/// The same of a row of the oracle.
fn columns_of(row: &Row) -> String {
    let Row { name, ports, transport, description, unauthorized_use, note, .. } = row;
    let rfc = |shown: &str, [kind, data, _]: &[String; 3]| {
        let number = data.to_ascii_lowercase().strip_prefix("rfc").and_then(|number| number.parse::<u32>().ok());
        let itself = number.filter(|_| kind == "rfc" && shown == data.to_ascii_uppercase());
        itself.map_or(shown.to_owned(), |number| format!("RFC{number}"))
    };
    let references: Vec<String> = row.references.iter().map(|reference| rfc(&reference[2], reference)).collect();
    let references: Vec<&String> = references.iter().filter(|shown| !shown.is_empty()).collect();
    // A time zone means nothing for a day.
    let day = |date: &String| match date.len() {
        8 | 11 => date.trim_end_matches('Z').to_owned(),
        13 | 16 => date[..date.len() - 6].to_owned(),
        _ => date.clone(),
    };
    let dates = [&row.registered, &row.modified].map(day);
    let service_code = row.service_code.trim_start_matches('+').parse::<u32>().ok();
    let ids = |ids: &[String]| ids.iter().filter(|id| !id.is_empty()).cloned().collect::<Vec<_>>();
    let (assignees, contacts) = (ids(&row.assignee), ids(&row.contact));
    format!(
        "{name:?} {ports:?} {transport:?} {dates:?} {references:?} {service_code:?} {assignees:?} {contacts:?} {description:?} {unauthorized_use:?} {note:?}"
    )
}

/// The input is the records of a registry, and after NULs those of an overlay and a filter. The answers, and the status
/// of ports without a record, must be those that the oracle finds by linear search.
pub fn resolve(input: &str) {
    let mut parts = input.split('\0');
    let registry = file(parts.next().unwrap_or_default());
    let overlay = parts.next().filter(|records| !records.is_empty()).map(file);
    let text = parts.next().map(str::to_owned);
    let filter = match text.as_deref().map_or_else(|| Ok(Filter::default()), Filter::parse) {
        Ok(filter) => filter,
        Err(ErrorKind::BadFilter(item)) => return assert!(input.contains(&item)),
        Err(other) => panic!("{other:?}"),
    };
    let generated = generate(Input {
        registry: File { name: "ports.xml", kind: FileKind::Named, content: registry.as_bytes() },
        overlay: overlay.as_ref().map(|xml| File {
            name: "overlay.xml",
            kind: FileKind::Overlay,
            content: xml.as_bytes(),
        }),
        familiar: None,
        columns: ALL,
        filter: &filter,
        words: Words::NATIVE,
    });
    if let Err(error) = generated {
        let sentence = error.to_string();
        let is_placed = ["ports.xml:", "overlay.xml:"].iter().any(|file| sentence.starts_with(file));
        return assert!(is_placed && sentence.len() < SENTENCE, "{sentence}");
    }
    let is_xml = |text: &String| Document::parse(text).is_ok();
    if is_xml(&registry) && overlay.as_ref().is_none_or(is_xml) {
        let oracle = Oracle::read(&registry, overlay.as_deref(), oracle::Filter::read(text));
        agrees(&oracle, &checked(&registry, overlay.as_deref()), &filter);
    }
}

fn file(records: &str) -> String {
    format!("<registry id='service-names-port-numbers'><updated>2026-09-12</updated>{records}</registry>")
}

fn checked(registry: &str, overlay: Option<&str>) -> Checked {
    let mut checked = Checked::default();
    let files = [Some((registry, Origin::Registry)), overlay.map(|overlay| (overlay, Origin::Overlay))];
    for (text, origin) in files.into_iter().flatten() {
        let parsed = rows::read(text, origin).expect("it has been parsed before");
        checked.add(parsed, origin, ALL).expect("it has been checked before");
    }
    checked
}

fn agrees(oracle: &Oracle, checked: &Checked, filter: &Filter) {
    let (candidates, coverage) = (find_candidates(checked, filter, &[]), cover(checked, filter));
    assert_eq!(candidates.canonical.iter().flatten().count(), oracle.named().count());
    assert_eq!(coverage.blocks.len(), oracle.kept().count() - oracle.named().count());
    let names: BTreeSet<String> =
        oracle.named().filter_map(|row| Some(row.name.as_ref()?.to_ascii_lowercase())).collect();
    let found: Vec<&String> = candidates.services.iter().map(|service| &service.name).collect();
    assert!(names.iter().eq(found.iter().copied()), "{found:?} {names:?}");
    let groups = candidates.groups();
    let primaries: BTreeMap<_, _> =
        candidates.primaries.iter().map(|&(port, proto, primary)| ((port, proto), primary)).collect();
    for port in edges(oracle) {
        let here = oracle.covering(port.into());
        for proto in Proto::ALL {
            let transport = proto.as_str();
            let primary = primaries.get(&(port, proto));
            let group = primary.and_then(|primary| groups.iter().find(|group| group.start == *primary)).cloned();
            let found: Vec<_> =
                group.unwrap_or_default().map(|e| of_record(&checked.records[candidates.entries[e].record])).collect();
            let expected: Vec<_> = oracle.answers(&here, port.into(), transport).into_iter().map(of_row).collect();
            assert_eq!(found, expected, "{port}/{proto}");
            let status = coverage.ports[usize::from(port)][proto as usize];
            let is_same = match (oracle.status(&here, port.into(), transport), status) {
                (Status::Assigned(_), _) => true, // whatever stands there is never asked for
                (Status::Reserved(Some(row)), Found::Block(n)) => is_block(checked, coverage.blocks[n], row, false),
                (Status::Unassigned(Some(row)), Found::Block(n)) => is_block(checked, coverage.blocks[n], row, true),
                (Status::Reserved(None), found) => matches!(found, Found::TakenElsewhere | Found::LeftOut),
                (Status::Unassigned(None), found) => found == Found::Nothing,
                (Status::Dynamic, found) => found == Found::Dynamic,
                _ => false,
            };
            assert!(is_same, "{port}/{proto} {status:?}");
        }
    }
}

/// Ports at which a range may begin or end.
fn edges(oracle: &Oracle) -> BTreeSet<u16> {
    let ends = oracle.rows.iter().filter_map(|row| row.ports);
    let around = ends.flat_map(|(first, last)| [first.saturating_sub(1), first, last, last + 1]);
    around.chain([0, 49_151, 49_152, 65_535]).filter_map(|port| port.try_into().ok()).collect()
}

/// All properties that the rows of one entry share.
fn of_record(record: &Record) -> (&str, u32, u32, &str, &str) {
    let ports = record.row.ports.expect("a row that answers for a port has one");
    let details = &record.row.details;
    (record.name(), ports.first().into(), ports.last().into(), &details.description, &details.note)
}

fn of_row(row: &Row) -> (&str, u32, u32, &str, &str) {
    let (first, last) = row.ports.expect("a row that answers for a port has one");
    (row.name.as_deref().unwrap_or_default(), first, last, &row.description, &row.note)
}

fn is_block(checked: &Checked, block: usize, row: &Row, unassigned: bool) -> bool {
    let block = &checked.blocks[block];
    (block.precedence.position, block.is_unassigned) == (row.index, unassigned)
}
