//! The text that raw XML stands for: references resolved, white space folded.

use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::BytesRef;

/// The value of an attribute, with its references resolved.
pub fn attribute_value(raw: &str) -> String {
    // Any white space reads as a space, and an end of line is one character (XML 1.0 sections 2.11 and 3.3.3).
    let has_others = b"\t\n\r".iter().any(|byte| raw.as_bytes().contains(byte));
    let spaced = has_others.then(|| raw.replace("\r\n", "\n").replace(['\t', '\n', '\r'], " "));
    let mut pieces = spaced.as_deref().unwrap_or(raw).split('&');
    let mut value = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let (name, after) = piece.split_once(';').unwrap_or_default();
        value.extend(referred(name));
        value.push_str(after);
    }
    value
}

/// The character that a reference stands for. The reference has been checked.
pub fn referred(name: &str) -> Option<char> {
    BytesRef::new(name).resolve_char_ref().ok().flatten().or_else(|| resolve_predefined_entity(name)?.chars().next())
}

/// A text on one line: without white space at its ends, and with single spaces elsewhere. A non-breaking space is none.
pub fn folded(text: &str) -> String {
    let text = text.trim_ascii();
    // Nearly always. Without optimization, a loop over the characters takes ten times as long as these searches.
    let has = |byte: &u8| text.as_bytes().contains(byte);
    if text.is_ascii() && !text.contains("  ") && !b"\t\n\x0b\x0c\r".iter().any(has) {
        return text.to_owned();
    }
    let mut folded = String::with_capacity(text.len());
    for word in text.split(|c: char| matches!(c, ' ' | '\t'..='\r')).filter(|word| !word.is_empty()) {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.push_str(word);
    }
    folded
}
