//! The feature `serde`: round trips in three formats, the shape of the output, and the texts of errors.

#![cfg(feature = "serde")]

use crate::oracle;
use fastrand::Rng;
use iana_ports::{Column, Date, PortQuery, PortRange, PortStatus, Proto, Service, port_status, rows, services};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::fmt::Debug;

/// A table around a value, because a single value is not a TOML document.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Setting<T> {
    value: T,
}

fn round_trips<T: Serialize + DeserializeOwned + PartialEq + Debug + Copy>(value: T) {
    let text = serde_json::to_string(&value).unwrap();
    assert_eq!(serde_json::from_str::<T>(&text).unwrap(), value, "{text}");
    assert_eq!(serde_json::from_value::<T>(serde_json::to_value(value).unwrap()).unwrap(), value, "{text}");
    let setting = toml::from_str::<Setting<T>>(&format!("value = {text}")).unwrap();
    assert_eq!(setting, Setting { value });
    let bytes = postcard::to_stdvec(&value).unwrap(); // a format that does not describe itself
    assert_eq!(postcard::from_bytes::<T>(&bytes).unwrap(), value, "{text}");
}

fn refused<T: DeserializeOwned + Debug>(json: &str, error: &str) {
    assert_eq!(serde_json::from_str::<T>(json).unwrap_err().to_string(), error, "{json}");
}

/// Random numbers from a fixed seed.
fn often(seed: u64, mut attempt: impl FnMut(&mut Rng)) {
    let mut rng = Rng::with_seed(seed);
    (0..256).for_each(|_| attempt(&mut rng));
}

#[test]
fn ranges() {
    often(1, |rng| {
        let (a, b) = (rng.u16(..), rng.u16(..));
        round_trips(PortRange::new(a.min(b), a.max(b)).unwrap());
        round_trips(PortRange::from(a));
        assert_eq!(serde_json::from_value::<PortRange>(a.into()).unwrap(), PortRange::from(a));
    });
}

/// A query is a number if it is a single port alone, and otherwise text. It is read from both.
#[test]
fn queries() {
    if !oracle::is_embedded() {
        oracle::skip("the names are those of the embedded registry");
        return;
    }
    for text in ["443", "443/tcp", ":443", "80-90", "https", "https/tcp+udp"] {
        round_trips(text.parse::<PortQuery>().unwrap());
    }
    let value = json!(["ssh", 8080, "6000-6010/tcp", ":53"]);
    let queries: Vec<PortQuery> = serde_json::from_value(value.clone()).unwrap();
    assert_eq!(serde_json::to_value(queries).unwrap(), value);
    refused::<PortQuery>("\"9-3\"", "the range \"9-3\" runs backwards at line 1 column 5");
    let expected = "a port number from 0 to 65535, a range, or a service name such as https/tcp";
    refused::<PortQuery>("65536", &format!("invalid value: integer `65536`, expected {expected} at line 1 column 5"));
}

#[test]
fn dates() {
    often(2, |rng| {
        let day = Some(rng.u8(0..=28)).filter(|&day| day > 0);
        round_trips(Date::new(rng.u16(0..=9999), rng.u8(1..=12), day).unwrap());
    });
}

#[test]
fn any_value_is_read_or_refused() {
    often(3, |rng| {
        let character = |rng: &mut Rng| if rng.bool() { rng.char(' '..='~') } else { rng.char(..) };
        let text: String = (0..rng.usize(..20)).map(|_| character(rng)).collect();
        let number = if rng.bool() { rng.i64(..) } else { rng.i64(-9..=99_999) };
        let value = Value::from(text.as_str());
        let service = serde_json::from_value::<Service>(value.clone()).ok();
        assert_eq!(service, iana_ports::lookup_service(&text));
        assert_eq!(serde_json::from_value::<Proto>(value.clone()).ok(), text.parse().ok());
        assert_eq!(serde_json::from_value::<Date>(value.clone()).ok(), text.parse().ok());
        assert_eq!(serde_json::from_value::<PortRange>(value).ok(), text.parse().ok());
        let port = u16::try_from(number).ok().map(PortRange::from);
        assert_eq!(serde_json::from_value::<PortRange>(number.into()).ok(), port);
    });
}

#[test]
fn transports_and_every_service() {
    Proto::ALL.into_iter().for_each(round_trips);
    services().for_each(round_trips);
}

#[test]
fn a_configuration_file_is_checked_when_it_is_read() {
    #[derive(Debug, Deserialize)]
    struct Rule {
        service: Service,
        proto: Proto,
        ports: Vec<PortRange>,
        since: Option<Date>,
    }
    if !oracle::is_embedded() {
        oracle::skip("the names are those of the embedded registry");
        return;
    }
    let read = |text: &str| toml::from_str::<Rule>(text);
    let text = "service = \"HTTPS\"\nproto = \"TCP\"\nports = [443, \"8000-8080\"]\nsince = \"2021-10-01\"\n";
    let rule = read(text).unwrap();
    assert_eq!((rule.service.name(), rule.proto), ("https", Proto::Tcp));
    assert_eq!(rule.ports, [PortRange::from(443), PortRange::new(8000, 8080).unwrap()]);
    assert_eq!(rule.since, Date::new(2021, 10, Some(1)));

    for (good, bad, error) in [
        ("\"HTTPS\"", "\"htps\"", "\"htps\" is not a service name of the IANA registry"),
        ("\"HTTPS\"", "443", "invalid type: integer `443`, expected a service name of the IANA registry"),
        ("\"TCP\"", "\"quic\"", "unknown transport protocol \"quic\", expected tcp, udp, sctp or dccp"),
        (
            "443,",
            "65536,",
            "invalid value: integer `65536`, expected a port number from 0 to 65535 or a range such as 6000-6063",
        ),
        (
            "443,",
            "-1,",
            "invalid value: integer `-1`, expected a port number from 0 to 65535 or a range such as 6000-6063",
        ),
        ("8000-8080", "8080-8000", "the range \"8080-8000\" runs backwards"),
        ("2021-10-01", "2021-13", "\"2021-13\" is not a date such as 2024-10-08 or a month such as 2024-10"),
    ] {
        let found = read(&text.replace(good, bad)).unwrap_err();
        assert_eq!(found.message(), error);
    }
}

#[test]
fn errors_name_the_value() {
    refused::<Service>(
        "\"no such service, and a long one\"",
        "\"no such service, and a l\"... is not a service name of the IANA registry at line 1 column 33",
    );
    refused::<PortRange>("\"a\"", "\"a\" is not a port number or a range such as 6000-6063 at line 1 column 3");
    refused::<PortRange>(
        "null",
        "invalid type: null, expected a port number from 0 to 65535 or a range such as 6000-6063 at line 1 column 4",
    );
    refused::<Date>(
        "2024",
        "invalid type: integer `2024`, expected a date such as 2024-10-08 or a month such as 2024-10 at line 1 column 4",
    );
}

#[test]
fn a_status_serializes_as_its_word_and_its_row() {
    if !oracle::is_embedded() {
        oracle::skip("the statuses are those of the embedded registry");
        return;
    }
    let status = |port, proto| serde_json::to_value(port_status(port, proto)).unwrap();
    assert_eq!(status(22, Proto::Tcp)["assigned"]["service_name"], "ssh");
    assert_eq!(status(993, Proto::Udp)["reserved"]["port_number"], "993");
    assert_eq!(status(443, Proto::Dccp), json!({ "reserved": null }));
    assert_eq!(status(4, Proto::Tcp)["unassigned"]["service_name"], Value::Null);
    assert_eq!(status(50_000, Proto::Tcp), json!("dynamic"));
    assert!(matches!(port_status(50_000, Proto::Tcp), PortStatus::Dynamic));
}

/// The type of each property, with which a format that does not describe itself reads a row.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Shape {
    service_name: Option<String>,
    port_number: Option<String>,
    transport_protocol: Option<Proto>,
    description: String,
    assignee: Vec<String>,
    contact: Vec<String>,
    registration_date: Option<Date>,
    modification_date: Option<Date>,
    reference: Vec<String>,
    service_code: Option<u32>,
    unauthorized_use_reported: Option<String>,
    assignment_notes: Option<String>,
}

/// With any features, rows have the same properties, in the same order and of the same types. The value of each is that
/// of the row's text in the column.
#[test]
fn a_row_has_all_columns_with_any_features() {
    let keys: Vec<&str> = Column::ALL.iter().map(|column| column.key()).collect();
    for row in rows() {
        let bytes = postcard::to_stdvec(&row).unwrap();
        let (shape, rest): (Shape, _) = postcard::take_from_bytes(&bytes).unwrap();
        assert!(rest.is_empty());
        let Shape { port_number, transport_protocol, registration_date, modification_date, .. } = &shape;
        assert_eq!((shape.service_name.as_deref(), *transport_protocol), (row.name(), row.proto()));
        assert_eq!(*port_number, row.ports().map(|ports| ports.to_string()));
        assert_eq!(registration_date.is_some(), !row.text(Column::RegistrationDate).is_empty());
        assert_eq!(modification_date.is_some(), !row.text(Column::ModificationDate).is_empty());
        assert_eq!(shape.description, row.text(Column::Description).to_string());
        for (values, column) in
            [(shape.assignee, Column::Assignee), (shape.contact, Column::Contact), (shape.reference, Column::Reference)]
        {
            let shown: String = values.iter().map(|value| format!("[{value}]")).collect();
            assert_eq!(shown, row.text(column).to_string());
        }
        for (value, column) in [
            (shape.service_code.map(|code| code.to_string()), Column::ServiceCode),
            (shape.unauthorized_use_reported, Column::UnauthorizedUseReported),
            (shape.assignment_notes, Column::AssignmentNotes),
        ] {
            assert_eq!(value.unwrap_or_default(), row.text(column).to_string());
        }
    }
    for row in rows().step_by(50) {
        let json = serde_json::to_string(&row).unwrap();
        let places: Vec<_> = keys.iter().map(|key| json.find(&format!("\"{key}\":")).unwrap()).collect();
        assert!(places.is_sorted(), "{json}");
        let mut object: serde_json::Map<String, Value> = serde_json::from_str(&json).unwrap();
        for column in Column::ALL {
            assert_eq!(object.remove(column.key()), Some(serde_json::to_value(row.text(*column)).unwrap()));
        }
        assert_eq!(object.len(), 0);
    }
}

#[test]
#[cfg(all(feature = "descriptions", feature = "metadata", feature = "contacts"))]
fn whole_rows() {
    use iana_ports::{ReferenceTarget, ServiceCode, blocks, lookup_port};
    if !oracle::is_embedded() {
        oracle::skip("the rows are those of the embedded registry");
        return;
    }
    let discard = lookup_port(9, Proto::Dccp).unwrap();
    assert_eq!(
        serde_json::to_value(discard).unwrap(),
        json!({
            "service_name": "discard", "port_number": "9", "transport_protocol": "dccp", "description": "Discard",
            "assignee": ["Eddie_Kohler"], "contact": ["Eddie_Kohler"], "registration_date": null,
            "modification_date": null, "reference": ["RFC4340"], "service_code": 1_145_656_131,
            "unauthorized_use_reported": null, "assignment_notes": null,
        })
    );
    let block = blocks().find(|block| block.ports().contains(788)).unwrap();
    assert_eq!(
        serde_json::to_value(block).unwrap(),
        json!({
            "service_name": null, "port_number": "788-799", "transport_protocol": null, "description": "Unassigned",
            "assignee": [], "contact": [], "registration_date": null, "modification_date": null, "reference": [],
            "service_code": null, "unauthorized_use_reported": "Unauthorized Use Known on port 796",
            "assignment_notes": null,
        })
    );
    let references = [
        ReferenceTarget::Rfc(9110),
        ReferenceTarget::Draft("draft-a"),
        ReferenceTarget::Uri("u:"),
        ReferenceTarget::Text("t"),
    ];
    assert_eq!(serde_json::to_value(references).unwrap(), json!(["RFC9110", "draft-a", "u:", "t"]));
    assert_eq!(serde_json::to_value(ServiceCode::new(u32::MAX)).unwrap(), json!(u32::MAX));
}
