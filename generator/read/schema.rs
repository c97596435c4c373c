//! The elements of a registry as IANA's RELAX NG grammar defines them. They have no meaning yet: every column is text.

use super::error::excerpt;
use std::collections::BTreeMap;

/// The parts of a registry file that the tables are made of.
#[derive(Default)]
pub struct Registry {
    /// `<updated>`, the date of the data.
    pub updated: Option<Field>,
    /// Every `<expert>`, the people who review requests.
    pub experts: Vec<String>,
    /// Every `<record>`, in the order of the file.
    pub rows: Vec<Row>,
    /// Every `<person>` of `<people>`, in the order of the file.
    pub people: Vec<PersonElement>,
    /// True if the file is services(5) text.
    pub is_services: bool,
    /// True if the file is an overlay, in which every element must be known.
    pub is_strict: bool,
    /// Names of elements that the schema does not know, each with how many of them there are.
    pub unknown_elements: BTreeMap<String, usize>,
}

/// One `<record>`. A column that is absent or empty is `None`.
#[derive(Default)]
pub struct Row {
    /// Where `<record` starts, in bytes from the start of the file.
    pub offset: usize,
    /// `<name>`, the service name.
    pub name: Option<Field>,
    /// `<protocol>`, the transport protocol.
    pub protocol: Option<Field>,
    /// `<number>`, a port number or a range `first-last`.
    pub number: Option<Field>,
    /// `<description>`.
    pub description: Option<Field>,
    /// The attribute `date`, when the assignment was made.
    pub registered: Option<Field>,
    /// The attribute `updated`, when it was last modified.
    pub modified: Option<Field>,
    /// `<assignee>`, which holds its own `<xref>`s.
    pub assignees: Vec<Xref>,
    /// The record's own `<xref>`s: contacts and references.
    pub xrefs: Vec<Xref>,
    /// `<sc>`, the service code of DCCP.
    pub service_code: Option<Field>,
    /// `<unauthorized>`, what unauthorized use was reported.
    pub unauthorized_use: Option<Field>,
    /// `<note>`, the assignment notes.
    pub note: Option<Field>,
    /// The part of a line that the row comes from, if the file is services(5) text.
    pub of_line: Option<OfLine>,
}

/// A part of a line in services(5) text.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum OfLine {
    Name,
    /// It gives its line's name another spelling, and never becomes primary in place of a registered name.
    Alias,
}

/// `<person>`, the person or organization that an id such as `Jon_Postel` stands for.
#[derive(Default)]
pub struct PersonElement {
    /// Where `<person` starts, in bytes from the start of the file.
    pub offset: usize,
    /// The attribute `id`.
    pub id: String,
    /// `<name>`.
    pub name: Option<Field>,
    /// `<org>`, the organization.
    pub organization: Option<Field>,
    /// `<uri>`, at times more than one.
    pub uris: Vec<Field>,
    /// `<updated>`.
    pub updated: Option<Field>,
}

/// The text of one element: markup flattened, white space folded.
pub struct Field {
    /// Where the element starts, in bytes from the start of the file.
    pub offset: usize,
    /// Never empty.
    pub text: String,
}

/// `<xref type="kind" data="data">label</xref>`.
#[derive(Default)]
pub struct Xref {
    /// `person`, `rfc`, `rfc-errata`, `draft`, `uri`, `registry`, `unicode`, `text` or `note`.
    pub kind: String,
    /// The target, for example `rfc6335`. White space folded, perhaps empty.
    pub data: String,
    /// The text that IANA shows instead of the data: `RFC8765, Section 6.1`. White space folded, perhaps empty.
    pub label: String,
}

impl Xref {
    /// The text on IANA's page, without the brackets: `RFC9483`.
    pub fn shown(&self) -> String {
        let Self { kind, data, label } = self;
        let or = |itself: String| if label.is_empty() { itself } else { label.clone() };
        match kind.as_str() {
            "person" | "note" if !data.is_empty() => data.clone(),
            "rfc" => or(data.to_ascii_uppercase()),
            "rfc-errata" => format!("RFC Errata {}", or(data.to_ascii_uppercase())),
            "registry" => or(format!("IANA registry {data}")),
            "unicode" => match data.strip_prefix("ucd") {
                Some(file) => or(format!("Unicode Character Database {file}")),
                None => or(data.clone()),
            },
            _ => or(data.clone()),
        }
    }
}

impl Row {
    /// The name of this record in an error: `http 80/tcp`, `80/tcp`, `http`.
    pub fn label(&self) -> String {
        let text = |field: &Option<Field>| field.as_ref().map_or(String::new(), |field| excerpt(&field.text));
        let (name, number, protocol) = (text(&self.name), text(&self.number), text(&self.protocol));
        let port = match (number.as_str(), protocol.as_str()) {
            (only, "") | ("", only) => only.to_owned(),
            (number, protocol) => format!("{number}/{protocol}"),
        };
        let label = format!("{name} {port}").trim().to_owned();
        if label.is_empty() { "without name or number".to_owned() } else { label }
    }
}
