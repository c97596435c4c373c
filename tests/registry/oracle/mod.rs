//! The oracle: a second reader of the registry that shares no code with the crate. It is simple enough to be right: it
//! uses another XML parser, keeps rows as text, and searches linearly.

#![allow(dead_code, reason = "each test file uses its part")]

mod filter;

pub use filter::Filter;
pub use roxmltree;
use roxmltree::{Document, Node};
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::{Path, PathBuf};

pub const TRANSPORTS: [&str; 4] = ["tcp", "udp", "sctp", "dccp"];

/// One `<record>`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The position in the file. The rows of an overlay follow those of the registry.
    pub index: usize,
    pub is_overlay: bool,
    /// True for an alias in services(5) text.
    pub is_alias_of_line: bool,
    /// True if the row was compiled in.
    pub is_kept: bool,
    /// The lowest port and the first transport for which it was compiled in.
    pub first_answer: Option<(u32, &'static str)>,
    pub name: Option<String>,
    pub transport: Option<String>,
    pub ports: Option<(u32, u32)>,
    /// The ports as the file writes them, empty if there are none.
    pub number: String,
    pub description: String,
    pub note: String,
    /// The attributes `date` and `updated`. Like all text below, they are empty if absent.
    pub registered: String,
    pub modified: String,
    /// The references of the row, except people: kind, data and the text that IANA shows.
    pub references: Vec<[String; 3]>,
    pub service_code: String,
    pub unauthorized_use: String,
    /// The ids in the row's own `<assignee>`.
    pub assignee: Vec<String>,
    pub contact: Vec<String>,
    /// For an alias or a duplicate, the name of the other service, if it is registered. While a file is read, the name in
    /// front of an alias in services(5) text.
    pub alias_of: Option<String>,
}

pub struct Oracle {
    pub updated: String,
    pub experts: Option<String>,
    pub rows: Vec<Row>,
    /// The number of rows of the registry, which come first.
    pub registry_rows: usize,
    /// From an id to name, organization and date, and the URIs.
    pub people: BTreeMap<String, ([String; 3], Vec<String>)>,
    /// The filter of the build.
    pub filter: Filter,
}

/// A line of the list of familiar names.
#[derive(Clone, Debug)]
pub struct FamiliarLine {
    pub names: Vec<String>,
    pub port: u32,
    pub transport: String,
}

/// The list of familiar names.
pub fn familiar_lines() -> Vec<FamiliarLine> {
    let list = std::fs::read_to_string(path("IANA_PORTS_FAMILIAR", "registry/familiar.services")).expect("the list");
    let line = |line: &str| {
        let fields: Vec<&str> = line.split('#').next()?.split_whitespace().collect();
        let [name, port, aliases @ ..] = fields.as_slice() else { return None };
        let (port, transport) = port.split_once('/')?;
        let names = std::iter::once(name).chain(aliases).map(|&name| name.to_owned()).collect();
        Some(FamiliarLine { names, port: port.parse().expect("a port"), transport: transport.to_owned() })
    };
    list.lines().filter_map(line).collect()
}

/// Prints that a test is skipped. This bypasses the test runner, which hides the output of passing tests.
pub fn skip(why: &str) {
    writeln!(std::io::stderr(), "skipped: {why}").expect("standard error can be written to");
}

/// True if the test can run cargo. An emulator of another system may not be able to.
pub fn has_cargo() -> bool {
    let has = std::process::Command::new(env!("CARGO")).arg("--version").output().is_ok_and(|run| run.status.success());
    if !has {
        skip("cargo cannot be run from here");
    }
    has
}

/// The status of a port.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status<'o> {
    Assigned(&'o Row),
    Reserved(Option<&'o Row>),
    Unassigned(Option<&'o Row>),
    Dynamic,
}

/// The registry from which the crate under test was built.
pub fn registry_path() -> PathBuf {
    path("IANA_PORTS_REGISTRY", "registry/service-names-port-numbers.xml")
}

/// The file that a variable names, or otherwise the crate's own file, in the folder of the package or in a folder above
/// it.
fn path(variable: &str, own: &str) -> PathBuf {
    let embedded = || {
        let mut files = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().map(|folder| folder.join(own));
        files.find(|file| file.exists()).expect("the crate's own file")
    };
    std::env::var_os(variable).map_or_else(embedded, PathBuf::from)
}

/// True if the tests run on the repository's registry, without a filter or an overlay.
pub fn is_embedded() -> bool {
    let variables = ["IANA_PORTS_REGISTRY", "IANA_PORTS_OVERLAY", "IANA_PORTS_FAMILIAR", "IANA_PORTS_FILTER"];
    variables.iter().all(|variable| std::env::var_os(variable).is_none())
}

impl Oracle {
    /// Reads the files from which the crate under test was built.
    pub fn load() -> Self {
        let read = |path: PathBuf| std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        let overlay = std::env::var_os("IANA_PORTS_OVERLAY").map(|path| read(path.into()));
        Self::read(&read(registry_path()), overlay.as_deref(), Filter::load())
    }

    pub fn read(registry: &str, overlay: Option<&str>, filter: Filter) -> Self {
        let (mut rows, mut people, mut updated, mut experts) = (Vec::new(), BTreeMap::new(), None, None);
        let mut registry_rows = None;
        for text in [Some(registry), overlay].into_iter().flatten() {
            registry_rows = registry_rows.or(Some(rows.len()).filter(|&rows| rows > 0));
            if !text.trim_start().starts_with('<') {
                services(text, &mut rows);
                continue;
            }
            let document = Document::parse(text).expect("well-formed XML");
            let root = document.root_element();
            let is_overlay = updated.is_some();
            let (start, of_file) = (rows.len(), Row::read_all(&document).into_iter());
            rows.extend(of_file.map(|row| Row { index: start + row.index, is_overlay, ..row }));
            people.extend(children(root, "people").flat_map(|people| children(people, "person")).map(person));
            if !is_overlay {
                experts = column(root, "expert");
            }
            updated = updated.or(column(root, "updated"));
        }
        for row in &mut rows {
            let first_answer = row.answers_for().find(|(port, transport)| filter.has(*port, transport));
            row.first_answer = first_answer;
            row.is_kept = match (row.ports, &row.transport) {
                (Some(_), _) => row.first_answer.is_some(),
                (None, Some(own)) => filter.portless && filter.has_transport(own),
                (None, None) => filter.portless,
            };
        }
        let registry_rows = registry_rows.unwrap_or(rows.len());
        let updated = updated.expect("an updated date");
        let mut oracle = Self { updated, experts, rows, registry_rows, people, filter };
        let names: Vec<String> = oracle.named().filter_map(|row| row.name.clone()).collect();
        for row in &mut oracle.rows {
            let is_alias = row.note.contains("an alias to \"") || row.note.contains("a duplicate of the \"");
            let quoted = row.note.split('"').nth(1).filter(|_| is_alias && row.name.is_some());
            let current = row.alias_of.as_deref().or(quoted);
            let is_named = |own: &str| current.is_some_and(|current| own.eq_ignore_ascii_case(current));
            row.alias_of = names.iter().find(|own| is_named(own)).cloned();
            row.alias_of.take_if(|other| Some(&*other) == row.name.as_ref());
        }
        oracle
    }

    /// The rows that were compiled in.
    pub fn kept(&self) -> impl Iterator<Item = &Row> {
        self.rows.iter().filter(|row| row.is_kept)
    }

    pub fn named(&self) -> impl Iterator<Item = &Row> {
        self.kept().filter(|row| row.name.is_some())
    }

    /// The rows with a name that answer for a port and transport, primary first. All rows in `here` cover the port.
    pub fn answers<'o>(&self, here: &[&'o Row], port: u32, transport: &str) -> Vec<&'o Row> {
        if self.filter.has(port, transport) { primary_first(here, transport) } else { Vec::new() }
    }

    /// The status of a port, from all rows that cover it.
    pub fn status<'o>(&self, here: &[&'o Row], port: u32, transport: &str) -> Status<'o> {
        match status(here, port, transport) {
            status if self.filter.has(port, transport) => status,
            _ if port >= 49_152 => Status::Dynamic,
            _ => Status::Reserved(None),
        }
    }

    /// The rows that cover a port, by linear search.
    pub fn covering(&self, port: u32) -> Vec<&Row> {
        self.rows.iter().filter(|row| row.covers(port)).collect()
    }

    /// For every port the rows that cover it, found in one pass over all rows.
    pub fn by_port(&self) -> Vec<Vec<&Row>> {
        let mut ports = vec![Vec::new(); 65_536];
        for row in &self.rows {
            let (first, last) = row.ports.unwrap_or((1, 0));
            for port in first..=last {
                ports[port as usize].push(row);
            }
        }
        ports
    }

    /// The indexes of the rows in everyday use: those that are primary for a port in the list of familiar names.
    pub fn everyday(&self, by_port: &[Vec<&Row>]) -> BTreeSet<usize> {
        let on = |line: FamiliarLine| {
            let here = &by_port[line.port as usize];
            TRANSPORTS.iter().filter_map(move |transport| Some(self.answers(here, line.port, transport).first()?.index))
        };
        familiar_lines().into_iter().flat_map(on).collect()
    }

    /// The rows of a name in any case, in the order that `Service::records` documents.
    pub fn service(&self, name: &str) -> Vec<&Row> {
        let same = |row: &&Row| row.name.as_ref().is_some_and(|own| own.eq_ignore_ascii_case(name));
        let mut rows: Vec<&Row> = self.named().filter(same).collect();
        rows.sort_by_key(|row| {
            let transport = row.first_answer.map_or(row.transport_order(), |(_, transport)| order(transport));
            (row.first_answer.is_none(), row.first_answer.map(|(port, _)| port), transport, row.index)
        });
        rows
    }
}

/// Adds the names and aliases in services(5) text that the rows lack. They count as an overlay's.
fn services(text: &str, rows: &mut Vec<Row>) {
    let empty = Document::parse("<record/>").unwrap();
    for line in text.lines() {
        let (fields, comment) = line.split_once('#').unwrap_or((line, ""));
        let fields: Vec<&str> = fields.split_whitespace().collect();
        let [name, port, aliases @ ..] = fields.as_slice() else { continue };
        let (port, transport) = port.split_once('/').unwrap();
        let port: u32 = port.parse().unwrap();
        for (rank, own) in std::iter::once(name).chain(aliases).enumerate() {
            let is_own = |row: &&Row| row.name.as_ref().is_some_and(|other| other.eq_ignore_ascii_case(own));
            if rows.iter().filter(is_own).any(|row| row.covers(port) && row.answers_on(transport)) {
                continue;
            }
            let spelling = rows.iter().find(is_own).and_then(|row| row.name.clone());
            rows.push(Row {
                index: rows.len(),
                is_overlay: rank == 0,
                is_alias_of_line: rank > 0,
                name: spelling.or(Some((*own).to_owned())),
                transport: Some(transport.to_owned()),
                ports: Some((port, port)),
                number: port.to_string(),
                description: folded(comment),
                alias_of: (rank > 0).then(|| (*name).to_owned()),
                ..Row::read(0, empty.root_element())
            });
        }
    }
}

/// The rows that answer on the transport. All rows in `here` cover the port.
fn primary_first<'o>(here: &[&'o Row], transport: &str) -> Vec<&'o Row> {
    let answers = |row: &&Row| row.name.is_some() && row.answers_on(transport);
    let mut rows: Vec<&Row> = here.iter().copied().filter(answers).collect();
    rows.sort_by(|a, b| a.compare_standing(b));
    rows
}

fn status<'o>(here: &[&'o Row], port: u32, transport: &str) -> Status<'o> {
    let status = |transport| match (primary_first(here, transport).first(), block(here, transport)) {
        (Some(record), _) => Some(Status::Assigned(record)),
        (None, Some(block)) if block.says_unassigned() => Some(Status::Unassigned(Some(block))),
        (None, Some(block)) => Some(Status::Reserved(Some(block))),
        (None, None) => None,
    };
    let is_taken = |other| matches!(status(other), Some(Status::Assigned(_) | Status::Reserved(_)));
    status(transport).unwrap_or_else(|| {
        if port >= 49_152 {
            Status::Dynamic
        } else if TRANSPORTS.into_iter().any(is_taken) {
            Status::Reserved(None)
        } else {
            Status::Unassigned(None)
        }
    })
}

/// The block in `here` that counts on the transport.
fn block<'o>(here: &[&'o Row], transport: &str) -> Option<&'o Row> {
    let covers = |row: &&Row| row.name.is_none() && row.transport.as_deref().is_none_or(|own| own == transport);
    here.iter().copied().filter(covers).min_by_key(|row| (!row.is_overlay, row.width(), row.index))
}

impl Row {
    /// The rows of a file. Their numbers must be valid.
    pub fn read_all(document: &Document<'_>) -> Vec<Self> {
        let own = document.root_element().tag_name().namespace();
        let records = children(document.root_element(), "record").filter(|node| node.tag_name().namespace() == own);
        // No lookup can find a row that has neither a name nor a port.
        let findable = records.map(|node| Self::read(0, node)).filter(|row| row.name.is_some() || row.ports.is_some());
        findable.enumerate().map(|(index, row)| Self { index, ..row }).collect()
    }

    fn read(index: usize, node: Node<'_, '_>) -> Self {
        let ports = column(node, "number").map(|number| {
            let mut ends = number.split('-').map(|end| end.trim().parse::<u32>().expect("a number"));
            let first = ends.next().expect("a first port");
            (first, ends.next().unwrap_or(first))
        });
        let attribute = |name| folded(attribute(node, name));
        let (persons, references): (Vec<_>, Vec<_>) =
            children(node, "xref").map(reference).partition(|[kind, ..]| kind == "person");
        let shown = |xrefs: Vec<[String; 3]>| xrefs.into_iter().map(|[_, _, shown]| shown).collect();
        let assignees = children(node, "assignee").flat_map(|node| children(node, "xref"));
        Self {
            index,
            is_overlay: false,
            is_alias_of_line: false,
            is_kept: true,
            first_answer: None,
            name: column(node, "name"),
            transport: column(node, "protocol"),
            ports,
            number: column(node, "number").unwrap_or_default(),
            description: column(node, "description").unwrap_or_default(),
            note: column(node, "note").unwrap_or_default(),
            registered: attribute("date"),
            modified: attribute("updated"),
            references,
            service_code: column(node, "sc").unwrap_or_default(),
            unauthorized_use: column(node, "unauthorized").unwrap_or_default(),
            assignee: shown(assignees.map(reference).collect()),
            contact: shown(persons),
            alias_of: None,
        }
    }

    fn has_rfc_or_draft(&self) -> bool {
        self.references.iter().any(|[kind, ..]| kind == "rfc" || kind == "draft")
    }

    /// IANA's twelve columns as its page shows them. If there is no assignee, the contact is shown.
    pub fn shown(&self) -> [String; 12] {
        let brackets = |all: &[String]| all.iter().map(|one| format!("[{one}]")).collect::<String>();
        let references: Vec<String> = self.references.iter().map(|[_, _, shown]| shown.clone()).collect();
        let assignee = if self.assignee.is_empty() { &self.contact } else { &self.assignee };
        let ports =
            self.ports.map_or(
                String::new(),
                |(first, last)| {
                    if first == last { first.to_string() } else { format!("{first}-{last}") }
                },
            );
        [
            self.name.clone().unwrap_or_default(),
            ports,
            self.transport.clone().unwrap_or_default(),
            self.description.clone(),
            brackets(assignee),
            brackets(&self.contact),
            self.registered.clone(),
            self.modified.clone(),
            brackets(&references),
            self.service_code.clone(),
            self.unauthorized_use.clone(),
            self.note.clone(),
        ]
    }

    /// The texts in which a search looks, in lower case: each column except the dates, each contact, and for each
    /// reference the text that IANA shows and the address, which a label may hide. `has` says whether there are
    /// descriptions, contacts and metadata.
    pub fn searched(&self, has: [bool; 3]) -> Vec<String> {
        let [descriptions, contacts, metadata] = has;
        let mut texts = vec![self.name.clone().unwrap_or_default(), self.number.clone()];
        texts.extend(self.transport.clone());
        if descriptions {
            texts.push(self.description.clone());
        }
        if contacts {
            texts.extend(self.assignee.iter().chain(&self.contact).cloned());
        }
        if metadata {
            for [kind, data, shown] in &self.references {
                texts.push(shown.clone());
                texts.extend(Some(data).filter(|_| ["rfc", "draft", "uri"].contains(&kind.as_str())).cloned());
            }
            texts.extend([&self.service_code, &self.unauthorized_use, &self.note].map(String::clone));
        }
        texts.iter().map(|text| text.to_ascii_lowercase()).collect()
    }

    pub fn covers(&self, port: u32) -> bool {
        self.ports.is_some_and(|(first, last)| first <= port && port <= last)
    }

    /// The ports and transports for which the row answers, or which a block covers, by port, then transport.
    fn answers_for(&self) -> impl Iterator<Item = (u32, &'static str)> {
        let (first, last) = self.ports.unwrap_or((1, 0));
        let covers_all = self.name.is_none() && self.transport.is_none();
        let covers = move |transport: &str| covers_all || self.answers_on(transport);
        (first..=last).flat_map(|port| TRANSPORTS.map(|transport| (port, transport))).filter(move |p| covers(p.1))
    }

    /// Rows with a name and a port but without a transport answer for TCP and UDP.
    pub fn answers_on(&self, transport: &str) -> bool {
        match &self.transport {
            Some(own) => own == transport,
            None => transport == "tcp" || transport == "udp",
        }
    }

    fn notes(&self, words: &str) -> bool {
        self.note.to_ascii_lowercase().contains(words)
    }

    pub fn is_historic_alias(&self) -> bool {
        self.is_alias_of_line || self.notes("is an alias to") || self.notes("is now historic")
    }

    pub fn is_duplicate(&self) -> bool {
        self.notes("is a duplicate of")
    }

    fn says_unassigned(&self) -> bool {
        let text = self.description.to_lowercase();
        text.starts_with("available") || (text.contains("unassigned") && !text.starts_with("reserved"))
    }

    fn width(&self) -> u32 {
        self.ports.map_or(0, |(first, last)| last - first)
    }

    fn compare_standing(&self, other: &Self) -> Ordering {
        let unassigned_use = |row: &Row| row.notes("unassigned but widespread use");
        let conflict = |row: &Row| row.notes("conflict");
        (!self.is_overlay, self.is_alias_of_line, self.width())
            .cmp(&(!other.is_overlay, other.is_alias_of_line, other.width()))
            .then(self.is_historic_alias().cmp(&other.is_historic_alias()))
            .then(self.is_duplicate().cmp(&other.is_duplicate()))
            .then(unassigned_use(self).cmp(&unassigned_use(other)))
            .then(conflict(self).cmp(&conflict(other)))
            .then(other.has_rfc_or_draft().cmp(&self.has_rfc_or_draft()))
            .then(self.index.cmp(&other.index))
    }

    /// The rank of a transport: TCP, UDP, SCTP, DCCP, none.
    pub fn transport_order(&self) -> usize {
        self.transport.as_deref().map_or(TRANSPORTS.len(), order)
    }
}

fn order(transport: &str) -> usize {
    TRANSPORTS.iter().position(|known| *known == transport).expect("a known transport")
}

/// An attribute without a prefix. roxmltree's own search also finds attributes with a prefix.
fn attribute<'d>(node: Node<'d, '_>, name: &str) -> &'d str {
    let own = node.attributes().find(|own| own.namespace().is_none() && own.name() == name);
    own.map_or("", |own| own.value())
}

/// A `<person>`, with its id.
fn person(node: Node<'_, '_>) -> (String, ([String; 3], Vec<String>)) {
    let one = |name| column(node, name).unwrap_or_default();
    let uris = children(node, "uri").filter_map(|uri| Some(folded(uri.text()?))).collect();
    (attribute(node, "id").to_owned(), ([one("name"), one("org"), one("updated")], uris))
}

fn children<'a, 'i: 'a>(node: Node<'a, 'i>, name: &'static str) -> impl Iterator<Item = Node<'a, 'i>> {
    node.children().filter(move |child| child.is_element() && child.tag_name().name() == name)
}

/// The text of a column on one line, `None` if there is none.
fn column(node: Node<'_, '_>, name: &'static str) -> Option<String> {
    let mut text = String::new();
    for child in children(node, name) {
        flatten(child, &mut text);
        text.push(' ');
    }
    let text = folded(&text);
    (!text.is_empty()).then_some(text)
}

fn folded(text: &str) -> String {
    text.split_ascii_whitespace().collect::<Vec<_>>().join(" ")
}

/// An `<xref>`: its kind, its data, and the text that IANA shows, which is the label if there is one.
fn reference(node: Node<'_, '_>) -> [String; 3] {
    let kind = attribute(node, "type");
    let data = folded(attribute(node, "data"));
    let mut text = String::new();
    flatten(node, &mut text);
    let text = folded(&text);
    let has_text = !text.is_empty();
    let shown = match (kind, data.strip_prefix("ucd")) {
        ("person" | "note", _) if !data.is_empty() => data.clone(),
        ("rfc-errata", _) if has_text => format!("RFC Errata {text}"),
        ("rfc-errata", _) => format!("RFC Errata {}", data.to_ascii_uppercase()),
        _ if has_text => text,
        ("rfc", _) => data.to_ascii_uppercase(),
        ("registry", _) => format!("IANA registry {data}"),
        ("unicode", Some(file)) => format!("Unicode Character Database {file}"),
        _ => data.clone(),
    };
    [kind.to_owned(), data, shown]
}

fn flatten(node: Node<'_, '_>, text: &mut String) {
    for child in node.children() {
        if let (true, Some(plain)) = (child.is_text(), child.text()) {
            text.push_str(plain);
        } else if child.tag_name().name() == "xref" {
            let [_, _, shown] = reference(child);
            text.extend(["[", &shown, "]"]);
        } else if child.is_element() {
            text.push(' ');
            flatten(child, text);
            text.push(' ');
        }
    }
}
