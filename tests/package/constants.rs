//! Lookups in constants, which the compiler evaluates.

use iana_ports::{
    Date, End, PortClass, PortRange, PortStatus, Proto, REGISTRY_UPDATED, Record, SamePortRecords, ServiceRecords,
    flow_name, lookup_flow, lookup_port, lookup_service, port_status, service_name,
};

const HTTPS: Record = lookup_port(443, Proto::Tcp).unwrap();
const NAME: &str = HTTPS.name();
const PORT: u16 = HTTPS.port().unwrap();
const MISS: Option<Record> = lookup_port(443, Proto::Dccp);
const SERVICE: &str = lookup_service("DOMAIN").unwrap().name();
const NO_SERVICE: bool = lookup_service("no-such-service").is_none();
const RESERVED: bool = matches!(port_status(993, Proto::Udp), PortStatus::Reserved(Some(_)));
const RANGE: PortRange = lookup_port(6031, Proto::Udp).unwrap().ports().unwrap();
const PROTO: Option<Proto> = lookup_port(6400, Proto::Udp).unwrap().proto();
const SSH: Option<&str> = service_name(22, Proto::Tcp);
const FLOW: Option<(Record, End)> = lookup_flow(50_123, 443, Proto::Tcp);
const FLOW_NAME: Option<&str> = flow_name(50_123, 443, Proto::Tcp);
const OF_NAME: Option<u16> = lookup_service("domain").unwrap().port(Proto::Udp);
const SEVERAL: Option<u16> = lookup_service("http-alt").unwrap().port(Proto::Tcp);
const BY_IP: Option<Proto> = Proto::from_ip_number(17);
const ASSIGNED: bool = port_status(22, Proto::Tcp).record().is_some();
static ALL_OF_80: SamePortRecords = lookup_port(80, Proto::Tcp).unwrap().same_port_records();
static ALL_OF_SSH: ServiceRecords = lookup_service("ssh").unwrap().records();
const ALIAS: bool = lookup_port(80, Proto::Tcp).unwrap().is_alias();
const CLASS: PortClass = PortClass::of(PORT);
const DATE: Option<Date> = Date::new(2024, 10, Some(8));
const YEAR: u16 = REGISTRY_UPDATED.year();
#[cfg(feature = "descriptions")]
const DESCRIPTION: &str = HTTPS.description();

#[cfg(feature = "familiar")]
const FAMILIAR: Option<&str> = iana_ports::familiar_name(53, Proto::Udp);
#[cfg(feature = "familiar")]
const MEANT: Option<u16> = iana_ports::familiar_port("Kafka", Proto::Tcp);

const CURRENT: bool = lookup_port(80, Proto::Tcp).unwrap().alias_of().is_none();
#[cfg(feature = "metadata")]
const NOTE: Option<&str> = lookup_port(22, Proto::Tcp).unwrap().note();
#[cfg(feature = "metadata")]
const MODIFIED: Option<Date> = HTTPS.modified();

/// A constant table contains names, so the program needs no lookup.
static WATCHED: [&str; 2] = [lookup_port(22, Proto::Tcp).unwrap().name(), lookup_port(53, Proto::Udp).unwrap().name()];

// The build itself fails if these are wrong.
const _: () = assert!(NO_SERVICE && RESERVED && !ALIAS && CURRENT && MISS.is_none() && PROTO.is_none());
const _: () = assert!(matches!(NAME.as_bytes(), b"https") && PORT == 443);

#[test]
fn constants_equal_lookups() {
    assert_eq!((NAME, PORT, SERVICE, WATCHED), ("https", 443, "domain", ["ssh", "domain"]));
    assert_eq!((RANGE.first(), RANGE.last(), CLASS), (6000, 6063, PortClass::System));
    assert_eq!((DATE.map(Date::month), YEAR), (Some(10), REGISTRY_UPDATED.year()));
    assert_eq!(lookup_port(443, Proto::Tcp), Some(HTTPS));
    assert_eq!((SSH, FLOW, BY_IP), (Some("ssh"), Some((HTTPS, End::Destination)), Some(Proto::Udp)));
    assert_eq!(FLOW_NAME, Some("https"));
    assert_eq!((OF_NAME, SEVERAL, ASSIGNED), (Some(53), Some(8080), true));
    assert!(ALL_OF_80.clone().map(|record| record.name()).eq(["http", "www", "www-http"]));
    assert!(ALL_OF_SSH.clone().eq(lookup_service("ssh").unwrap().records()));
    #[cfg(feature = "descriptions")]
    assert_eq!(DESCRIPTION, HTTPS.description());
    #[cfg(feature = "familiar")]
    assert_eq!((FAMILIAR, MEANT), (Some("dns"), Some(9092)));
    #[cfg(feature = "metadata")]
    assert_eq!((NOTE.map(str::len), MODIFIED), (Some(43), HTTPS.modified()));
}
