//! The public types: sizes, auto traits, and the text of every error and every display form.

use iana_ports::{
    Block, Blocks, Column, ColumnText, Date, End, LineAliases, LineNames, LineProtos, LocalName, LocalNames,
    LocalNamesError, ParseDateError, ParsePortRangeError, ParsePortRangeErrorKind, ParseProtoError, ParseServiceError,
    PortClass, PortQuery, PortRange, PortStatus, Proto, Record, Records, ResolvePortError, ResolvePortErrorKind, Row,
    Rows, SamePortRecords, Search, Service, ServiceNameError, ServicePorts, ServiceRecords, Services, ServicesFile,
    ServicesFileError, ServicesFileErrorKind, ServicesLine, TransportPorts, TryFromIpNumberError, blocks, lookup_port,
    lookup_service, port_status, records, resolve_port, rows,
};
use static_assertions::{assert_impl_all, assert_not_impl_any, const_assert_eq};
use std::error::Error;
use std::fmt::{Debug, Display};
use std::hash::Hash;
use std::iter::FusedIterator;
use std::mem::size_of;
use std::panic::{RefUnwindSafe, UnwindSafe};
use std::str::FromStr;

const_assert_eq!(size_of::<Record>(), 4);
const_assert_eq!(size_of::<Option<Record>>(), 4);
const_assert_eq!(size_of::<Service>(), 2);
const_assert_eq!(size_of::<Option<Service>>(), 2);
const_assert_eq!(size_of::<Block>(), 2);
const_assert_eq!(size_of::<Option<Block>>(), 2);
const_assert_eq!(size_of::<Proto>(), 1);
const_assert_eq!(size_of::<PortRange>(), 4);
const_assert_eq!(size_of::<Date>(), 4);
const_assert_eq!(size_of::<PortStatus>(), 6);

assert_impl_all!(Record: Copy, Debug, Display, Ord, Hash, Send, Sync, Unpin, UnwindSafe, RefUnwindSafe);
assert_impl_all!(Service: Copy, Debug, Display, FromStr, Ord, Hash, Send, Sync, Unpin, UnwindSafe, RefUnwindSafe);
assert_impl_all!(Block: Copy, Debug, Display, Ord, Hash, Send, Sync, Unpin, UnwindSafe, RefUnwindSafe);
assert_impl_all!(Row: Copy, Debug, Display, Ord, Hash, Send, Sync, Unpin, UnwindSafe, RefUnwindSafe);
assert_impl_all!(Search<'static>: Clone, Debug, FusedIterator, Send, Sync);
assert_impl_all!(Rows: Clone, Debug, ExactSizeIterator, FusedIterator, Send, Sync);
assert_impl_all!(Column: Copy, Debug, Display, Ord, Hash, Send, Sync);
assert_impl_all!(ColumnText: Clone, Debug, Display, Send, Sync);
assert_impl_all!(LineProtos<'static>: Clone, Debug, FusedIterator, Send, Sync);
assert_impl_all!(LineAliases<'static>: Clone, Debug, FusedIterator, Send, Sync);
assert_impl_all!(LineNames<'static>: Clone, Debug, FusedIterator, Send, Sync);
assert_impl_all!(PortStatus: Copy, Debug, Display, Ord, Hash, Send, Sync, Unpin, UnwindSafe, RefUnwindSafe);
assert_impl_all!(Proto: Copy, Debug, Display, FromStr, Ord, Hash, Send, Sync, Into<u8>, TryFrom<u8>);
assert_impl_all!(PortClass: Copy, Debug, Display, Ord, Hash, Send, Sync);
assert_impl_all!(PortRange: Copy, Debug, Display, FromStr, Ord, Hash, Send, Sync, From<u16>, IntoIterator);
assert_impl_all!(Date: Copy, Debug, Display, FromStr, Ord, Hash, Send, Sync);
assert_impl_all!(Records: Clone, Debug, DoubleEndedIterator, ExactSizeIterator, FusedIterator, Send, Sync);
assert_impl_all!(Services: Clone, Debug, DoubleEndedIterator, ExactSizeIterator, FusedIterator, Send, Sync);
assert_impl_all!(Blocks: Clone, Debug, DoubleEndedIterator, ExactSizeIterator, FusedIterator, Send, Sync);
assert_impl_all!(SamePortRecords: Clone, Debug, DoubleEndedIterator, ExactSizeIterator, FusedIterator, Send, Sync);
assert_impl_all!(ServiceRecords: Clone, Debug, DoubleEndedIterator, ExactSizeIterator, FusedIterator, Send, Sync);
assert_not_impl_any!(Records: Copy); // a copied iterator that one goes on with by mistake
assert_impl_all!(ServicePorts: Clone, Debug, DoubleEndedIterator, ExactSizeIterator, FusedIterator, Send, Sync);
assert_impl_all!(ServicesFile<'static>: Clone, Debug, FusedIterator, Send, Sync);
assert_impl_all!(ServicesLine<'static>: Copy, Debug, Eq, Hash, Send, Sync);
assert_impl_all!(LocalName<'static>: Copy, Debug, Ord, Hash, Send, Sync);
assert_impl_all!(LocalNames<'static>: Copy, Debug, Send, Sync);
assert_impl_all!(ServicesFileError: Copy, Error, Eq, Send, Sync);
assert_impl_all!(LocalNamesError: Copy, Error, Eq, Send, Sync);
assert_impl_all!(End: Copy, Debug, Display, Ord, Hash, Send, Sync, Unpin, UnwindSafe, RefUnwindSafe);
assert_impl_all!(TransportPorts: Copy, Debug, Display, Ord, Hash, Send, Sync);
assert_impl_all!(ResolvePortError: Copy, Error, Eq, Send, Sync);
assert_impl_all!(ServiceNameError: Copy, Error, Eq, Send, Sync);
assert_impl_all!(ParseProtoError: Copy, Error, Eq, Send, Sync);
assert_impl_all!(ParsePortRangeError: Copy, Error, Eq, Send, Sync);
assert_impl_all!(TryFromIpNumberError: Copy, Error, Eq, Send, Sync);

assert_impl_all!(ParseDateError: Copy, Error, Eq, Send, Sync);
assert_impl_all!(ParseServiceError: Copy, Error, Eq, Send, Sync);

#[cfg(feature = "metadata")]
mod metadata {
    use super::*;
    use iana_ports::{Reference, ReferenceTarget, References, ServiceCode, Url};

    const_assert_eq!(size_of::<ServiceCode>(), 4);
    assert_impl_all!(ServiceCode: Copy, Debug, Display, Ord, Hash, Send, Sync);
    assert_impl_all!(Reference: Copy, Debug, Display, Ord, Hash, Send, Sync);
    assert_impl_all!(Url: Copy, Debug, Display, Eq, Hash, Send, Sync);
    assert_impl_all!(References: Clone, Debug, DoubleEndedIterator, ExactSizeIterator, FusedIterator, Send, Sync);
    assert_impl_all!(ReferenceTarget: Copy, Debug, Display, Ord, Hash, Send, Sync);

    #[test]
    fn service_codes_display_as_letters_or_a_number() {
        let shown = |bytes: [u8; 4]| ServiceCode::new(u32::from_be_bytes(bytes)).to_string();
        for letters in [b"DISC", b"a9 Z", b"*+-.", b"/?@_", b"    "] {
            assert_eq!(shown(*letters), format!("SC:{}", std::str::from_utf8(letters).unwrap()));
        }
        // RFC 4340 section 8.1.2 lists exactly these 73 characters.
        let allowed = (0..=u8::MAX).filter(|byte| shown([*byte, b'a', b'a', b'a']).starts_with("SC:"));
        assert_eq!(allowed.count(), 26 + 26 + 10 + 9);
        assert_eq!(shown([0; 4]), "0");
        assert_eq!(shown([0xff; 4]), "4294967295");
        assert_eq!(shown(*b"abc,"), u32::from_be_bytes(*b"abc,").to_string());
    }

    #[test]
    fn targets_display_as_iana_shows_them_and_have_urls() {
        for (target, shown, url) in [
            (ReferenceTarget::Rfc(9110), "RFC9110", Some("https://www.rfc-editor.org/rfc/rfc9110")),
            (
                ReferenceTarget::Draft("draft-a-b-01"),
                "draft-a-b-01",
                Some("https://datatracker.ietf.org/doc/draft-a-b-01"),
            ),
            (
                ReferenceTarget::Draft("draft-a-b-01, Section 4.3"),
                "draft-a-b-01, Section 4.3",
                Some("https://datatracker.ietf.org/doc/draft-a-b-01"),
            ),
            (
                ReferenceTarget::Draft("RFC-ietf- a-b-23"),
                "RFC-ietf- a-b-23",
                Some("https://datatracker.ietf.org/doc/draft-ietf-a-b-23"),
            ),
            (ReferenceTarget::Uri("https://a.org/b- c"), "https://a.org/b- c", Some("https://a.org/b-c")),
            (ReferenceTarget::Text("ISO/IEC 1"), "ISO/IEC 1", None),
        ] {
            assert_eq!(target.to_string(), shown);
            assert_eq!(target.url().map(|url| url.to_string()).as_deref(), url);
        }
    }
}

#[cfg(feature = "contacts")]
mod contacts {
    use super::*;
    use iana_ports::{People, Person, PersonUris};

    const_assert_eq!(size_of::<Option<Person>>(), 2);
    assert_impl_all!(Person: Copy, Debug, Display, Ord, Hash, Send, Sync);
    assert_impl_all!(People: Clone, Debug, DoubleEndedIterator, ExactSizeIterator, FusedIterator, Send, Sync);
    assert_impl_all!(PersonUris: Clone, Debug, DoubleEndedIterator, ExactSizeIterator, FusedIterator, Send, Sync);
}

#[test]
fn handles_display_their_rows() {
    let ssh = lookup_port(22, Proto::Tcp).unwrap();
    assert_eq!((ssh.to_string(), format!("{ssh:?}")), ("ssh 22/tcp".into(), "Record(ssh 22/tcp)".into()));
    let ssh = lookup_service("SSH").unwrap();
    assert_eq!((format!("{ssh:>5}"), format!("{ssh:?}")), ("  ssh".into(), "Service(ssh)".into()));
    let block = blocks().next().unwrap();
    assert_eq!((block.to_string(), format!("{block:?}")), ("0/tcp".into(), "Block(0/tcp)".into()));
}

/// Everything that displays is padded and cut as its text is.
#[test]
fn displays_honor_width_alignment_fill_and_precision() {
    fn agrees(value: &dyn Display) {
        let text = value.to_string();
        let text = text.as_str();
        for width in [0, 1, 7, 40] {
            assert_eq!(format!("{value:width$}|{value:<width$}|"), format!("{text:width$}|{text:<width$}|"));
            assert_eq!(format!("{value:>width$}|{value:é^width$}|"), format!("{text:>width$}|{text:é^width$}|"));
            for most in [0, 1, 3, 6, 50] {
                assert_eq!(format!("{value:.most$}|"), format!("{text:.most$}|"));
                assert_eq!(format!("{value:*^width$.most$}|"), format!("{text:*^width$.most$}|"));
            }
        }
    }
    for row in rows().step_by(97) {
        agrees(&row);
        match row {
            Row::Record(record) => [&record as &dyn Display, &record.service()].into_iter().for_each(agrees),
            Row::Block(block) => agrees(&block),
        }
        row.ports().inspect(|ports| agrees(ports));
        agrees(&row.status());
        for column in Column::ALL {
            agrees(&row.text(*column));
        }
        #[cfg(feature = "contacts")]
        row.contacts().for_each(|person| agrees(&person));
        #[cfg(feature = "metadata")]
        for reference in row.references() {
            agrees(&reference);
            agrees(&reference.target());
            reference.target().url().inspect(|url| agrees(url));
        }
    }
    #[cfg(feature = "metadata")]
    for code in [1_145_656_131, 7] {
        agrees(&iana_ports::ServiceCode::new(code));
    }
    for (column, proto) in Column::ALL.iter().zip(Proto::ALL.iter().cycle()) {
        agrees(column);
        agrees(proto);
    }
    agrees(&End::Source);
    agrees(&PortClass::System);
    agrees(&Date::new(2010, 11, None).unwrap());
    agrees(&TransportPorts::new(PortRange::new(6000, 6063).unwrap(), Proto::Tcp));
}

#[test]
fn rows_and_statuses_are_sorted() {
    let mut sorted: Vec<Row> = rows().collect();
    sorted.sort_unstable();
    assert!(sorted.into_iter().eq(records().map(Row::Record).chain(blocks().map(Row::Block))));
    let status = |port| port_status(port, Proto::Udp);
    assert!([status(22), status(443), status(993), status(4), status(50_000)].is_sorted());
    assert!(PortStatus::Reserved(None) < PortStatus::Reserved(blocks().next()));
}

/// Errors tell their kind without text.
#[test]
fn errors_have_kinds() {
    let ports = |text: &str| text.parse::<PortRange>().unwrap_err().kind();
    assert_eq!(ports("x"), ParsePortRangeErrorKind::NotANumber);
    assert_eq!(ports("65536"), ParsePortRangeErrorKind::TooLarge);
    assert_eq!(ports("9-3"), ParsePortRangeErrorKind::Reversed);
    let resolved = |text: &str| resolve_port(text, Proto::Tcp).unwrap_err().kind();
    assert_eq!(
        [resolved("65536"), resolved("htps")],
        [ResolvePortErrorKind::TooLarge, ResolvePortErrorKind::UnknownName]
    );
    assert_eq!(resolved("syslog"), ResolvePortErrorKind::NoPort(lookup_service("syslog").unwrap(), Proto::Tcp));
    for (text, kind) in [
        ("a", ServicesFileErrorKind::NoPort),
        ("a b/tcp", ServicesFileErrorKind::NotAPort),
        ("a 65536/tcp", ServicesFileErrorKind::TooLarge),
        ("a 010/tcp", ServicesFileErrorKind::LeadingZero),
        ("a 10/quic", ServicesFileErrorKind::UnknownTransport),
        ("a\0 10/tcp", ServicesFileErrorKind::Nul),
    ] {
        assert_eq!(ServicesFile::new(text).next().unwrap().unwrap_err().kind(), kind, "{text:?}");
    }
    let bytes = |text: &[u8]| ServicesFile::new(text).next().unwrap().unwrap_err().kind();
    assert_eq!(bytes(b"a\xff 1/tcp"), ServicesFileErrorKind::NotUtf8);
    assert_eq!(bytes(b"\xff\xfea"), ServicesFileErrorKind::Utf16);
}

#[test]
fn ports_with_a_transport_are_read_as_records_display_them() {
    for record in iana_ports::records() {
        let shown = record.to_string();
        let Some((_, ports)) = shown.rsplit_once(' ').filter(|_| record.ports().is_some()) else { continue };
        let read = ports.parse::<PortQuery>().unwrap().resolve().unwrap();
        let expected = record.proto().map_or(Proto::ALL.to_vec(), |proto| vec![proto]);
        let expected = expected.into_iter().map(|proto| TransportPorts::new(record.ports().unwrap(), proto));
        assert!(read.eq(expected), "{shown}");
    }
}

#[test]
fn ports_are_resolved_or_refused_with_a_reason() {
    for (text, port) in [("443", 443), ("0", 0), ("65535", 65_535), ("00443", 443), ("HTTPS", 443), ("x11", 6000)] {
        assert_eq!(resolve_port(text, Proto::Tcp), Ok(port), "{text}");
    }
    let error = |text: &str, proto| resolve_port(text, proto).unwrap_err().to_string();
    assert_eq!(error("65536", Proto::Tcp), r#""65536" is over 65535, the largest port number"#);
    assert_eq!(error("", Proto::Tcp), r#""" is not a service name of the IANA registry"#);
    for nonsense in [" 443", "443 ", "+443", "-1", "443/tcp", "0x1bb", "htps", "٤٤٣"] {
        assert_eq!(error(nonsense, Proto::Udp), format!("{nonsense:?} is not a service name of the IANA registry"));
    }
    assert_eq!(error("syslog", Proto::Tcp), "syslog has no port on tcp; it has 514/udp");
    assert_eq!(error("SSH", Proto::Dccp), "ssh has no port on dccp; it has 22/tcp, 22/udp, 22/sctp");
    for name in ["rdp", "smb"] {
        let said = format!("{name} has no port; the name is registered without one");
        assert_eq!(error(name, Proto::Tcp), said);
    }
}

#[test]
fn statuses_give_their_record_or_block() {
    for port in 0..=u16::MAX {
        let status = port_status(port, Proto::Tcp);
        assert_eq!(status.record(), lookup_port(port, Proto::Tcp));
        let block = match status {
            PortStatus::Reserved(block) | PortStatus::Unassigned(block) => block,
            PortStatus::Assigned(_) | PortStatus::Dynamic => None,
        };
        assert_eq!(status.block(), block);
    }
}

#[test]
fn statuses_display_as_in_the_rfc() {
    let shown = [22, 1023, 4, 65_535].map(|port| port_status(port, Proto::Tcp).to_string());
    assert_eq!(shown, ["Assigned", "Reserved", "Unassigned", "Dynamic"]);
    assert_eq!(format!("{:>9}|", port_status(22, Proto::Tcp)), " Assigned|");
}

#[test]
fn protos_convert_both_ways() {
    for proto in Proto::ALL {
        assert_eq!(proto.to_string().parse(), Ok(proto));
        assert_eq!(proto.as_str().to_ascii_uppercase().parse(), Ok(proto));
        assert_eq!(Proto::try_from(u8::from(proto)), Ok(proto));
    }
    assert_eq!(Proto::ALL.map(u8::from), [6, 17, 132, 33]); // IANA's Protocol Numbers
    assert_eq!(Proto::from_ip_number(136), Some(Proto::Udp)); // UDP-Lite
    let numbers = (0..=u8::MAX).filter_map(Proto::from_ip_number).count();
    assert_eq!(numbers, 5);
}

#[test]
fn proto_errors_name_the_value() {
    let error = |text: &str| text.parse::<Proto>().unwrap_err().to_string();
    assert_eq!(error("quic"), r#"unknown transport protocol "quic", expected tcp, udp, sctp or dccp"#);
    assert_eq!(error(""), r#"unknown transport protocol "", expected tcp, udp, sctp or dccp"#);
    assert_eq!(
        error("tcp and then something long é"),
        r#"unknown transport protocol "tcp and then something l"..., expected tcp, udp, sctp or dccp"#
    );
    // The text is cut between characters, never inside one.
    assert_eq!(
        error("a23456789-123456789-123é"),
        r#"unknown transport protocol "a23456789-123456789-123"..., expected tcp, udp, sctp or dccp"#
    );
    assert_eq!(
        Proto::try_from(1).unwrap_err().to_string(),
        "unknown IP protocol number 1, expected 6 (tcp), 17 (udp), 132 (sctp) or 33 (dccp)"
    );
}

#[test]
fn port_ranges_parse_what_they_display() {
    for text in ["0", "443", "65535", "0-65535", "6000-6063"] {
        assert_eq!(text.parse::<PortRange>().unwrap().to_string(), text);
    }
    assert_eq!("80-80".parse(), Ok(PortRange::from(80)));
    assert_eq!(PortRange::new(0, u16::MAX).unwrap().count(), 65_536);
    assert!(PortRange::new(9, 11).unwrap().into_iter().eq([9, 10, 11]));
    assert_eq!((PortRange::from(7).first(), PortRange::from(7).last()), (7, 7));
}

#[test]
fn port_range_errors_name_the_value() {
    let error = |text: &str| text.parse::<PortRange>().unwrap_err().to_string();
    for text in ["", "-", "1-", "-1", "+1", " 1", "1 ", "1-2-3", "x", "0x10", "١"] {
        assert_eq!(error(text), format!("{text:?} is not a port number or a range such as 6000-6063"));
    }
    assert_eq!(error("65536"), r#""65536" is over 65535, the largest port number"#);
    assert_eq!(error("1-99999999999999999999"), r#""1-99999999999999999999" is over 65535, the largest port number"#);
    assert_eq!(error("9-3"), r#"the range "9-3" runs backwards"#);
}

#[test]
fn port_classes_meet_without_gap_or_overlap() {
    let classes = [PortClass::System, PortClass::User, PortClass::Dynamic];
    for port in 0..=u16::MAX {
        assert!(classes.into_iter().all(|class| class.ports().contains(port) == (PortClass::of(port) == class)));
    }
    assert_eq!(classes.map(|class| class.to_string()), ["System", "User", "Dynamic"]);
}

#[test]
fn dates_are_real_and_sorted() {
    let date = |year, month, day| Date::new(year, month, day);
    for (year, month, day) in [(2023, 0, None), (2023, 13, None), (10_000, 1, None), (2023, 1, Some(0))] {
        assert_eq!(date(year, month, day), None);
    }
    for (year, month, days) in
        [(2023, 2, 28), (2024, 2, 29), (1900, 2, 28), (2000, 2, 29), (2026, 4, 30), (2026, 12, 31)]
    {
        assert!(date(year, month, Some(days)).is_some());
        assert_eq!(date(year, month, Some(days + 1)), None);
    }
    assert_eq!(date(2010, 11, None).unwrap().to_string(), "2010-11");
    assert_eq!(date(987, 1, Some(2)).unwrap().to_string(), "0987-01-02");
    let mut sorted = [date(2010, 12, None), date(2010, 11, Some(2)), date(2010, 11, None), date(2009, 12, Some(31))];
    sorted.sort();
    assert_eq!(sorted.map(|d| d.unwrap().to_string()), ["2009-12-31", "2010-11", "2010-11-02", "2010-12"]);
}

#[test]
fn dates_are_read_as_they_are_written() {
    for text in ["2010-11", "2024-10-08", "0987-01-02", "2024-02-29"] {
        assert_eq!(text.parse::<Date>().unwrap().to_string(), text);
    }
    for text in
        ["", "2024", "2024-1", "24-10", "2024-10-8", "2024-13", "2023-02-29", "2024-10-08-1", " 2024-10", "2024-10-"]
    {
        let error = text.parse::<Date>().unwrap_err().to_string();
        assert_eq!(error, format!("{text:?} is not a date such as 2024-10-08 or a month such as 2024-10"));
    }
    let long = "8 October of the year 2024".parse::<Date>().unwrap_err().to_string();
    assert_eq!(long, "\"8 October of the year 20\"... is not a date such as 2024-10-08 or a month such as 2024-10");
}

#[test]
fn services_are_read_as_lookup_service_finds_them() {
    assert_eq!("HTTPS".parse(), Ok(lookup_service("https").unwrap()));
    let error = |text: &str| text.parse::<Service>().unwrap_err().to_string();
    assert_eq!(error("htps"), "\"htps\" is not a service name of the IANA registry");
    assert_eq!(error(""), "\"\" is not a service name of the IANA registry");
}
