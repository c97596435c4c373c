//! An opening tag: its name and its attributes.

use super::text::{forbidden, is_name};
use crate::generator::bounds::{MAX_ATTRIBUTES, at_most, check_length};
use crate::generator::error::excerpt;
use crate::generator::error_kind::ErrorKind;
use quick_xml::escape::EscapeError;
use quick_xml::events::BytesStart;
use quick_xml::events::attributes::Attribute;
use quick_xml::name::{NamespaceResolver, ResolveResult};
use quick_xml::{Error, XmlVersion};

/// An opening tag.
pub struct Tag<'x> {
    /// The name, perhaps with a prefix.
    name: &'x str,
    /// True if it is in another namespace than the root.
    is_foreign: bool,
    /// `false` for `<br/>`.
    pub has_content: bool,
    pub attributes: Vec<(String, String)>,
}

impl<'x> Tag<'x> {
    /// Reads a tag whose text is `markup`. The first tag of a file sets the namespace of the root, which may be empty.
    pub fn read(
        tag: &BytesStart<'_>,
        markup: &'x str,
        has_content: bool,
        namespaces: &NamespaceResolver,
        root: &mut Option<Vec<u8>>,
    ) -> Result<Self, ErrorKind> {
        let name = markup.get(1..=tag.name().as_ref().len()).unwrap_or_default();
        let namespace = match namespaces.resolve_element(tag.name()).0 {
            ResolveResult::Bound(namespace) => namespace.0,
            ResolveResult::Unbound => b"",
            ResolveResult::Unknown(_) => {
                let what = format!("the name {:?}, whose prefix nothing declares", excerpt(name));
                return Err(ErrorKind::not_xml(&what));
            }
        };
        let is_foreign = root.get_or_insert_with(|| namespace.to_vec()) != namespace;
        let mut attributes = Vec::new();
        for attribute in tag.attributes() {
            let attribute = attribute.map_err(|error| ErrorKind::not_xml(&format!("in this tag, {error}")))?;
            attributes.push(read_attribute(&attribute)?);
            at_most("attributes of an element", attributes.len(), MAX_ATTRIBUTES)?;
        }
        Ok(Self { name, is_foreign, has_content, attributes })
    }

    /// The name without a prefix. Empty for an element of another namespace, which no reader knows.
    pub fn local_name(&self) -> &'x str {
        match self.name.split_once(':') {
            _ if self.is_foreign => "",
            Some((_, name)) => name,
            None => self.name,
        }
    }

    pub fn name(&self) -> String {
        excerpt(self.name)
    }

    /// Refuses a name that contains parts of markup. A reader knows that other names are right.
    pub fn check_name(&self) -> Result<(), ErrorKind> {
        check_name(self.name)
    }

    /// The value of an attribute. A name with a prefix is another attribute.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    /// The first attribute that IANA's form does not have there.
    pub fn unknown_attribute(&self) -> Option<&str> {
        let known: &[&str] = match self.local_name() {
            "record" => &["date", "updated"],
            "xref" => &["type", "data", "lastupdated"],
            "registry" | "person" => &["id"],
            "note" => &["title", "format"],
            "footnote" => &["anchor"],
            _ => &[],
        };
        let mut names = self.attributes.iter().map(|(name, _)| name.as_str());
        names.find(|name| !name.contains(':') && *name != "xmlns" && !known.contains(name))
    }
}

fn read_attribute(attribute: &Attribute<'_>) -> Result<(String, String), ErrorKind> {
    let name = String::from_utf8_lossy(attribute.key.as_ref()).into_owned();
    check_name(&name)?;
    if attribute.value.contains(&b'<') {
        return Err(ErrorKind::not_xml(&"a < in the value of an attribute, where a quote may be lost"));
    }
    if name.starts_with("xmlns") && attribute.value.iter().any(|byte| b"&\t\r\n".contains(byte)) {
        return Err(ErrorKind::not_xml(&"a namespace with a reference or a line break"));
    }
    check_length(attribute.value.len())?;
    let value = attribute.normalized_value(XmlVersion::Explicit1_0).map_err(|error| match error {
        Error::Escape(EscapeError::UnrecognizedEntity(_, name)) => ErrorKind::UnknownReference(excerpt(&name)),
        error => ErrorKind::not_xml(&error),
    })?;
    // The file has no such character, but a reference to one may be there.
    match if attribute.value.contains(&b'&') { forbidden(&value) } else { None } {
        Some((_, character)) => Err(ErrorKind::ForbiddenCharacter(character)),
        None => Ok((name, value.into_owned())),
    }
}

fn check_name(name: &str) -> Result<(), ErrorKind> {
    if is_name(name) { Ok(()) } else { Err(ErrorKind::not_xml(&format!("{name:?} in place of a name"))) }
}
