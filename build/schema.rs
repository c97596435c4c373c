//! What IANA's RELAX NG grammar says a record is. No meaning yet: every column is text.

use std::collections::BTreeSet;

/// The columns of the registry file that the tables are made of.
#[derive(Debug, Default)]
pub struct Registry {
    /// `<updated>`, the date of the data.
    pub updated: Option<Field>,
    /// Every `<record>`, in the order of the file.
    pub rows: Vec<Row>,
    /// Names of elements inside records that the schema does not know.
    pub unknown_elements: BTreeSet<String>,
}

/// One `<record>`. A column that is absent or empty is `None`.
#[derive(Debug, Default)]
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
    /// `<note>`, the assignment notes.
    pub note: Option<Field>,
    /// The record's own `<xref>`s: contacts and references.
    pub xrefs: Vec<Xref>,
}

/// The text of one element: markup flattened, white space folded.
#[derive(Debug)]
pub struct Field {
    /// Where the element starts, in bytes from the start of the file.
    pub offset: usize,
    /// Never empty.
    pub text: String,
}

/// `<xref type="kind" data="data"/>`.
#[derive(Debug, Default)]
pub struct Xref {
    /// `person`, `rfc`, `draft`, `uri`, `text` or `note`.
    pub kind: String,
    /// What is referred to, for example `rfc6335`.
    pub data: String,
}

impl Xref {
    /// How IANA's pages show it within text: `[RFC9483]`.
    pub fn bracketed(&self) -> String {
        match self.kind.as_str() {
            "rfc" => format!("[{}]", self.data.to_ascii_uppercase()),
            _ => format!("[{}]", self.data),
        }
    }
}

impl Row {
    /// What an error calls this record: `http 80/tcp`, `80/tcp`, `http`.
    pub fn label(&self) -> String {
        let text = |field: &Option<Field>| field.as_ref().map_or("", |f| &f.text).to_owned();
        let (name, number, protocol) = (text(&self.name), text(&self.number), text(&self.protocol));
        let place = match (number.as_str(), protocol.as_str()) {
            (place, "") | ("", place) => place.to_owned(),
            (number, protocol) => format!("{number}/{protocol}"),
        };
        let label = format!("{name} {place}").trim().to_owned();
        if label.is_empty() { "without name or number".to_owned() } else { label }
    }
}
