//! The columns of the registry.

/// A column of the registry. Every column is a variant, whatever the features. Columns sort as on IANA's page, and
/// display as their [`title`](Self::title).
///
/// ```
/// let [_, ports, ..] = *iana_ports::Column::ALL else { panic!() };
/// assert_eq!((ports.to_string().as_str(), ports.key()), ("Port Number", "port_number"));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Column {
    /// The service name; a block has none.
    ServiceName,
    /// A port or a range of ports.
    PortNumber,
    /// The transport protocol.
    TransportProtocol,
    /// The description.
    Description,
    /// To whom the ports or the name are assigned.
    Assignee,
    /// Whom to ask about the assignment.
    Contact,
    /// When the assignment was made.
    RegistrationDate,
    /// When the assignment was last modified.
    ModificationDate,
    /// The documents that describe the assignment.
    Reference,
    /// The service code of DCCP, as a number.
    ServiceCode,
    /// The unauthorized use that was reported to IANA.
    UnauthorizedUseReported,
    /// The assignment notes.
    AssignmentNotes,
}

impl Column {
    /// All columns, in the order of IANA's page.
    pub const ALL: &'static [Self] = &[
        Self::ServiceName,
        Self::PortNumber,
        Self::TransportProtocol,
        Self::Description,
        Self::Assignee,
        Self::Contact,
        Self::RegistrationDate,
        Self::ModificationDate,
        Self::Reference,
        Self::ServiceCode,
        Self::UnauthorizedUseReported,
        Self::AssignmentNotes,
    ];

    /// The heading of the column on IANA's page.
    pub const fn title(self) -> &'static str {
        self.names().0
    }

    /// The name of the column in serialized rows: the title in snake case.
    pub const fn key(self) -> &'static str {
        self.names().1
    }

    const fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::ServiceName => ("Service Name", "service_name"),
            Self::PortNumber => ("Port Number", "port_number"),
            Self::TransportProtocol => ("Transport Protocol", "transport_protocol"),
            Self::Description => ("Description", "description"),
            Self::Assignee => ("Assignee", "assignee"),
            Self::Contact => ("Contact", "contact"),
            Self::RegistrationDate => ("Registration Date", "registration_date"),
            Self::ModificationDate => ("Modification Date", "modification_date"),
            Self::Reference => ("Reference", "reference"),
            Self::ServiceCode => ("Service Code", "service_code"),
            Self::UnauthorizedUseReported => ("Unauthorized Use Reported", "unauthorized_use_reported"),
            Self::AssignmentNotes => ("Assignment Notes", "assignment_notes"),
        }
    }
}

display!(Column, |self| self.title());
