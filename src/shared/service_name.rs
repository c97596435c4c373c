//! The syntax of service names (RFC 6335 section 5.1).

/// Checks a service name against the syntax of RFC 6335 section 5.1, which names must have today.
/// Older names break it; [`lookup_service`](crate::lookup_service) finds them all the same.
///
/// # Errors
///
/// The first rule that is broken, in the order of [`ServiceNameError`]'s variants.
///
/// ```
/// assert_eq!(iana_ports::check_service_name("http"), Ok(()));
/// let plus = iana_ports::ServiceNameError::InvalidCharacter { found: '+', index: 5 };
/// assert_eq!(iana_ports::check_service_name("whois++"), Err(plus));
/// ```
pub fn check_service_name(name: &str) -> Result<(), ServiceNameError> {
    if name.is_empty() {
        return Err(ServiceNameError::Empty);
    }
    if let Some((index, found)) = name.char_indices().find(|(_, c)| !c.is_ascii_alphanumeric() && *c != '-') {
        return Err(ServiceNameError::InvalidCharacter { found, index });
    }
    if name.len() > 15 {
        return Err(ServiceNameError::TooLong { len: name.len() });
    }
    if !name.bytes().any(|byte| byte.is_ascii_alphabetic()) {
        return Err(ServiceNameError::NoLetter);
    }
    if name.starts_with('-') || name.ends_with('-') {
        return Err(ServiceNameError::HyphenAtEnd);
    }
    name.find("--").map_or(Ok(()), |index| Err(ServiceNameError::AdjacentHyphens { index }))
}

/// How a text breaks the syntax of service names.
///
/// ```
/// let error = iana_ports::check_service_name("-http").unwrap_err();
/// assert_eq!(error.to_string(), "a service name neither begins nor ends with a hyphen");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ServiceNameError {
    /// There is nothing.
    Empty,
    /// A character other than an ASCII letter, a digit or a hyphen.
    InvalidCharacter {
        /// The first such character.
        found: char,
        /// Where it starts, in bytes.
        index: usize,
    },
    /// More than 15 characters.
    TooLong {
        /// The number of characters.
        len: usize,
    },
    /// Digits and hyphens only.
    NoLetter,
    /// A hyphen at the beginning or the end.
    HyphenAtEnd,
    /// Two hyphens next to each other.
    AdjacentHyphens {
        /// Where the first of them is, in bytes.
        index: usize,
    },
}

error!(ServiceNameError, |self, f| {
    f.write_str("a service name ")?;
    match *self {
        Self::Empty => f.write_str("has at least 1 character, found none"),
        Self::InvalidCharacter { found, index } => {
            write!(f, "has only ASCII letters, digits and hyphens, found {found:?} at byte {index}")
        }
        Self::TooLong { len } => write!(f, "has at most 15 characters, found {len}"),
        Self::NoLetter => f.write_str("has at least one letter, found none"),
        Self::HyphenAtEnd => f.write_str("neither begins nor ends with a hyphen"),
        Self::AdjacentHyphens { index } => write!(f, "has no adjacent hyphens, found two at byte {index}"),
    }
});
