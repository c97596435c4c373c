//! The content of a file: the rows of IANA's RELAX NG grammar and the directory of people, with their values.

use crate::generator::error::excerpt;
use crate::generator::shared::date::Date;
use crate::generator::shared::packing::Target;
use crate::generator::shared::port_range::PortRange;
use crate::generator::shared::proto::Proto;
use std::collections::BTreeMap;

/// The file that a row comes from. An overlay takes precedence over the registry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Origin {
    Overlay,
    Registry,
}

/// The parts of a file that the tables are made of.
#[derive(Default)]
pub struct Registry {
    /// `<updated>`, the date of the data.
    pub updated: Option<Date>,
    /// Every `<expert>`, the people who review requests.
    pub experts: Vec<String>,
    /// Every `<record>`, or every name in each line of services(5) text, in the order of the file.
    pub rows: Vec<Row>,
    /// Every `<person>` of `<people>`, in the order of the file.
    pub people: Vec<Person>,
    /// True if the file is services(5) text.
    pub is_services: bool,
    /// How many elements of each name the generator does not know.
    pub unknown_elements: BTreeMap<String, usize>,
    /// Says what was left out of services(5) text: for each kind, the place of the first one and a sentence.
    pub warnings: Vec<(usize, String)>,
}

/// One row. A column that is absent or empty is `None`.
#[derive(Default)]
pub struct Row {
    /// Where it starts, in bytes from the start of the file.
    pub offset: usize,
    pub name: Option<Field>,
    pub ports: Option<PortRange>,
    /// True if one port is written as a range: `4748-4748`.
    pub is_range: bool,
    pub proto: Option<Proto>,
    pub details: Details,
    /// True if an RFC or a draft describes it.
    pub is_documented: bool,
    /// The current name, if the row is another name for it: the one that a note quotes, or that of the line.
    pub alias_of: Option<String>,
    /// True for an alias in a line of services(5) text, which is never primary in place of a registered name.
    pub is_alias_of_line: bool,
}

/// The text of one element, which is not empty: markup flattened, white space folded.
pub struct Field {
    /// Where the element starts, in bytes from the start of the file.
    pub offset: usize,
    pub text: String,
}

/// The columns that features add. People are ids.
#[derive(Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Details {
    pub description: String,
    pub registered: Option<Date>,
    pub modified: Option<Date>,
    pub references: Vec<Reference>,
    pub service_code: Option<u32>,
    pub unauthorized_use: String,
    pub note: String,
    /// None if the contacts stand for the assignees.
    pub assignees: Vec<String>,
    pub contacts: Vec<String>,
}

/// A reference and the text that the registry shows for it.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
pub struct Reference {
    /// A draft comes with its section if one is given: `draft-zubov-snif-05, Section 4.3`.
    pub target: Target<String>,
    /// Empty if the registry shows the target itself.
    pub label: String,
}

/// `<person>`, a person or an organization that rows name by an id such as `Jon_Postel`. Texts may be empty.
#[derive(Default)]
pub struct Person {
    pub id: String,
    pub name: String,
    pub organization: String,
    pub uris: Vec<String>,
    pub updated: Option<Date>,
}

/// `<xref type="kind" data="data">label</xref>`, white space folded, perhaps empty.
pub struct Xref {
    /// `person`, `rfc`, `rfc-errata`, `draft`, `uri`, `registry`, `unicode`, `text` or `note`.
    pub kind: String,
    /// The target, for example `rfc6335`.
    pub data: String,
    /// The text that IANA shows instead of the data: `RFC8765, Section 6.1`.
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
            "unicode" if data.starts_with("ucd") => or(format!("Unicode Character Database {}", &data[3..])),
            _ => or(data.clone()),
        }
    }
}

impl Reference {
    /// The reference for an `<xref>`, `None` if it refers to nothing.
    pub fn of(xref: &Xref) -> Option<Self> {
        let Xref { kind, data, label } = xref;
        let rfc = || data.to_ascii_lowercase().strip_prefix("rfc").and_then(|number| number.parse().ok());
        let target = match kind.as_str() {
            "rfc" => rfc().map(Target::Rfc),
            // A label that begins with the data is the draft with its section.
            "draft" if !data.is_empty() && label.starts_with(data) => Some(Target::Draft(label.clone())),
            "draft" if !data.is_empty() => Some(Target::Draft(data.clone())),
            "uri" if !data.is_empty() => Some(Target::Uri(data.clone())),
            _ => None,
        };
        let target = target.unwrap_or_else(|| Target::Text(xref.shown()));
        let itself = match &target {
            Target::Rfc(number) => format!("RFC{number}"),
            Target::Draft(text) | Target::Uri(text) | Target::Text(text) => text.clone(),
        };
        let is_shown = *label == itself || matches!(target, Target::Text(_));
        let label = if is_shown { String::new() } else { label.clone() };
        if itself.is_empty() { None } else { Some(Self { target, label }) }
    }
}

impl Row {
    /// The name of this row in an error: `http 80/tcp`, `80/tcp`, `http`.
    pub fn label(&self) -> String {
        let name = self.name.as_ref().map_or(String::new(), |name| excerpt(&name.text));
        let ports = self.ports.map_or(String::new(), |ports| ports.to_string());
        let proto = self.proto.map_or("", Proto::as_str);
        let slash = if ports.is_empty() || proto.is_empty() { "" } else { "/" };
        match format!("{name} {ports}{slash}{proto}").trim() {
            "" => "without name or number".to_owned(),
            label => label.to_owned(),
        }
    }
}
