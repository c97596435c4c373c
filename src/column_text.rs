//! The text that a row has in a column.

use crate::shared::pad::pad;
use crate::{Column, Date, PortRange, Proto, Row};

impl Row {
    /// The row's text in a column, as IANA's page shows it. Empty if there is none, or if the column's feature is off.
    ///
    /// ```
    /// let x11 = iana_ports::search("x11").next().unwrap();
    /// assert_eq!(x11.text(iana_ports::Column::PortNumber).to_string(), "6000-6063");
    /// assert!(x11.text(iana_ports::Column::ServiceCode).is_empty());
    /// ```
    pub fn text(self, column: Column) -> ColumnText {
        ColumnText { column, value: self.value(column) }
    }

    #[inline(always)]
    #[allow(clippy::inline_always, reason = "a tenth of the time of a search")]
    pub(crate) fn value(self, column: Column) -> Value {
        fn value<T>(found: Option<T>, value: fn(T) -> Value) -> Value {
            found.map_or(Value::Nothing, value)
        }
        match column {
            Column::ServiceName => value(self.name(), Value::Text),
            Column::PortNumber => value(self.ports(), Value::Ports),
            Column::TransportProtocol => value(self.proto().map(Proto::as_str), Value::Text),
            #[cfg(feature = "descriptions")]
            Column::Description => value(Some(self.description()).filter(|text| !text.is_empty()), Value::Text),
            #[cfg(feature = "contacts")]
            Column::Assignee => value(Some(self.assignees()).filter(|people| people.len() > 0), Value::People),
            #[cfg(feature = "contacts")]
            Column::Contact => value(Some(self.contacts()).filter(|people| people.len() > 0), Value::People),
            #[cfg(feature = "metadata")]
            Column::RegistrationDate => value(self.registered(), Value::Date),
            #[cfg(feature = "metadata")]
            Column::ModificationDate => value(self.modified(), Value::Date),
            #[cfg(feature = "metadata")]
            Column::Reference => value(Some(self.references()).filter(|all| all.len() > 0), Value::References),
            #[cfg(feature = "metadata")]
            Column::ServiceCode => value(self.service_code().map(|code| code.number()), Value::Number),
            #[cfg(feature = "metadata")]
            Column::UnauthorizedUseReported => value(self.unauthorized_use(), Value::Text),
            #[cfg(feature = "metadata")]
            Column::AssignmentNotes => value(self.note(), Value::Text),
            #[cfg(not(all(feature = "descriptions", feature = "contacts", feature = "metadata")))]
            _ => Value::Nothing,
        }
    }
}

/// The text of a row in a column; see [`Row::text`]. It displays as on IANA's page, a list as `[RFC3501][RFC8314]`.
/// With the feature `serde`, it serializes as the row's property of this column.
#[derive(Clone, Debug)]
#[must_use]
pub struct ColumnText {
    #[cfg_attr(not(feature = "serde"), allow(dead_code, reason = "the type of a serialized value depends on it"))]
    pub(crate) column: Column,
    pub(crate) value: Value,
}

/// The values of all columns. Texts and lists are never empty.
#[derive(Clone, Debug)]
#[cfg_attr(not(feature = "metadata"), allow(dead_code, reason = "other columns have no date and no number"))]
pub(crate) enum Value {
    Nothing,
    Text(&'static str),
    Ports(PortRange),
    Date(Date),
    Number(u32),
    #[cfg(feature = "contacts")]
    People(crate::People),
    #[cfg(feature = "metadata")]
    References(crate::References),
}

impl ColumnText {
    /// True if the page shows nothing.
    pub const fn is_empty(&self) -> bool {
        matches!(self.value, Value::Nothing)
    }
}

display!(ColumnText, |self, f| match &self.value {
    Value::Nothing => Ok(()),
    Value::Text(text) => f.write_str(text),
    Value::Ports(ports) => write!(f, "{ports}"),
    Value::Date(date) => write!(f, "{date}"),
    Value::Number(number) => write!(f, "{number}"),
    #[cfg(feature = "contacts")]
    Value::People(people) => people.clone().try_for_each(|person| write!(f, "[{person}]")),
    #[cfg(feature = "metadata")]
    Value::References(references) => references.clone().try_for_each(|reference| write!(f, "[{reference}]")),
});
