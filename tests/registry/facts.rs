//! Facts about the embedded registry, written by hand from IANA's pages and the RFCs that the comments name. They
//! reveal a mistake that the generator and the oracle share.

use crate::oracle;
use Proto::{Dccp, Sctp, Tcp, Udp};
use iana_ports::{
    PortStatus, Proto, Service, ServiceNameError, check_service_name, lookup_port, lookup_service, port_status, records,
};
use std::collections::HashSet;

/// The facts hold for the embedded registry only.
fn on_another_registry() -> bool {
    let other = !oracle::is_embedded();
    if other {
        oracle::skip("the facts are about the embedded registry");
    }
    other
}

fn name(port: u16, proto: Proto) -> Option<&'static str> {
    lookup_port(port, proto).map(|record| record.name())
}

fn names(port: u16, proto: Proto) -> Vec<&'static str> {
    lookup_port(port, proto).into_iter().flat_map(|record| record.same_port_records()).map(|r| r.name()).collect()
}

fn ports(service: &str) -> Vec<String> {
    lookup_service(service).unwrap().records().map(|record| record.to_string()).collect()
}

#[test]
fn primary_names() {
    if on_another_registry() {
        return;
    }
    // RFC 9110; www and www-http are marked as duplicates of http.
    assert_eq!(names(80, Tcp), ["http", "www", "www-http"]);
    assert_eq!(names(80, Sctp), ["http"]); // RFC 9260
    // RFC 8314 section 3.3 assigned 465/tcp to submissions; 465/udp is an older assignment.
    assert_eq!(names(465, Tcp), ["submissions", "urd"]);
    assert_eq!(names(465, Udp), ["igmpv3lite"]);
    // RFC 7530 section 3.1; shilp's note says "Conflict on 2049".
    assert_eq!(names(2049, Tcp), ["nfs", "shilp"]);
    assert_eq!(names(2049, Udp), ["nfs", "shilp"]);
    // whois++ is marked a historic alias of whoispp.
    assert_eq!(names(63, Tcp), ["whoispp", "whois++"]);
    // RFC 8489, RFC 8656 and RFC 5780, registered in this order.
    assert_eq!(names(3478, Udp), ["stun", "turn", "stun-behavior"]);
    assert_eq!(names(1701, Udp), ["l2f", "l2tp"]);
}

#[test]
fn transports_are_separate() {
    if on_another_registry() {
        return;
    }
    // The Unix r-commands on TCP, other services on UDP (RFC 1700).
    assert_eq!([name(512, Tcp), name(512, Udp)], [Some("exec"), Some("comsat")]);
    assert_eq!([name(513, Tcp), name(513, Udp)], [Some("login"), Some("who")]);
    assert_eq!([name(514, Tcp), name(514, Udp)], [Some("shell"), Some("syslog")]);
    // RFC 4727 reserves these for experiments on all four transports.
    for proto in Proto::ALL {
        assert_eq!(name(1021, proto), Some("exp1"));
        assert_eq!(name(1022, proto), Some("exp2"));
    }
    // RFC 4340 section 19.9.
    assert_eq!(name(9, Dccp), Some("discard"));
    assert_eq!(name(993, Tcp), Some("imaps"));
    assert_eq!(name(993, Udp), None);
}

#[test]
fn ranges() {
    if on_another_registry() {
        return;
    }
    for proto in [Tcp, Udp] {
        for port in [6000, 6031, 6063] {
            let x11 = lookup_port(port, proto).unwrap();
            assert_eq!(x11.to_string(), format!("x11 6000-6063/{proto}"));
        }
        assert_eq!(name(6064, proto), Some("ndl-ahp-svc"));
    }
    assert_eq!(name(6000, Sctp), None);
    for port in 6665..=6669 {
        assert_eq!(name(port, Tcp), Some("ircu"));
        assert_eq!(name(port, Udp), None);
    }
    // 7748-7776 is an Unassigned range.
    assert_eq!(name(7775, Tcp), Some("inetfs"));
    assert!(matches!(port_status(7774, Tcp), PortStatus::Unassigned(Some(b)) if b.ports().contains(7775)));
    assert!(matches!(port_status(7775, Udp), PortStatus::Reserved(Some(b)) if b.ports().is_single()));
}

#[test]
fn rows_without_a_transport_answer_for_tcp_and_udp() {
    if on_another_registry() {
        return;
    }
    for (port, service) in [(27_000, "flex-lm"), (27_009, "flex-lm"), (6400, "boe-cms")] {
        let (tcp, udp) = (lookup_port(port, Tcp).unwrap(), lookup_port(port, Udp).unwrap());
        assert_eq!((tcp.name(), tcp.proto(), udp.proto()), (service, None, None));
        assert_eq!(tcp, udp);
        assert_eq!(lookup_port(port, Sctp), None);
        assert_eq!(tcp.service().records().count(), 1);
        assert_eq!(tcp.service().port(Udp), tcp.port());
        assert_eq!(tcp.service().port(Dccp), None);
    }
    assert_eq!(ports("flex-lm"), ["flex-lm 27000-27009"]);
    assert_eq!(name(27_010, Tcp), Some("flex-lmadmin"));
}

#[test]
fn statuses() {
    if on_another_registry() {
        return;
    }
    // RFC 6335 section 6: the edges of the ranges are reserved.
    for port in [0, 1023, 1024, 49_151] {
        for proto in Proto::ALL {
            assert!(matches!(port_status(port, proto), PortStatus::Reserved(_)), "{port}/{proto}");
        }
    }
    for (port, proto) in [(993, Udp), (6379, Udp)] {
        assert!(matches!(port_status(port, proto), PortStatus::Reserved(Some(_))));
    }
    assert_eq!(port_status(443, Dccp), PortStatus::Reserved(None)); // section 7.2
    assert_eq!(port_status(49_152, Tcp), PortStatus::Dynamic);
    assert_eq!(port_status(65_535, Dccp), PortStatus::Dynamic);
    for proto in Proto::ALL {
        assert_eq!(name(359, proto), None);
    }
    assert!(matches!(port_status(4, Tcp), PortStatus::Unassigned(Some(_))));
    assert_eq!(port_status(4, Dccp), PortStatus::Unassigned(None));
    // These ports are not available: one is set aside for any private mail system, and one was removed (RFC 6335
    // section 8.2).
    assert!(matches!(port_status(24, Tcp), PortStatus::Reserved(Some(_))));
    assert!(matches!(port_status(659, Tcp), PortStatus::Reserved(Some(_))));
}

#[test]
fn names_with_several_ports_or_none() {
    if on_another_registry() {
        return;
    }
    assert_eq!(
        ports("http-alt"),
        [
            "http-alt 591/tcp",
            "http-alt 591/udp",
            "http-alt 8008/tcp",
            "http-alt 8008/udp",
            "http-alt 8080/tcp",
            "http-alt 8080/udp"
        ]
    );
    assert_eq!(ports("https"), ["https 443/tcp", "https 443/udp", "https 443/sctp", "https tcp"]);
    assert_eq!(ports("rdp"), ["rdp", "rdp"]);
    assert_eq!(ports("airplay"), ["airplay tcp", "airplay udp"]);
    assert_eq!(lookup_service("airplay").unwrap().port(Tcp), None);
    assert_eq!(lookup_service("domain").unwrap().port(Udp), Some(53));
}

#[test]
fn names_in_any_case_and_syntax() {
    if on_another_registry() {
        return;
    }
    let odd = ["whois++", "sql*net", "z39.50", "EtherNet/IP-1", "914c/g", "edi_service", "9pfs", "3Com-nsd"];
    for name in odd {
        for asked in [name.to_owned(), name.to_ascii_lowercase(), name.to_ascii_uppercase()] {
            assert_eq!(lookup_service(&asked).unwrap().name(), name, "{asked}");
        }
    }
    let alternating = |name: &str| {
        name.chars()
            .zip([true, false].into_iter().cycle())
            .map(|(c, up)| if up { c.to_ascii_uppercase() } else { c })
            .collect::<String>()
    };
    assert_eq!(lookup_service(&alternating("kerberos-adm")).unwrap().name(), "kerberos-adm");
}

#[test]
fn texts_that_are_not_names() {
    let megabyte = "a".repeat(1 << 20);
    let misses = [
        "",
        "80",
        " http",
        "http ",
        "_http",
        "\0",
        "http\0",
        "abcdefghijklmnop",
        &megabyte,
        "hättp",
        "http\u{301}",
        "\u{212a}erberos",
        "unassigned",
        "Reserved",
        "http_alt",
        "/",
        "HTTP/1.1",
        "\u{ff}",
        "https\n",
    ];
    for miss in misses {
        assert_eq!(lookup_service(miss), None, "{miss:.40}");
    }
}

#[test]
fn srv_labels() {
    // RFC 2782, RFC 6335 section 5.2.
    assert_eq!(Service::from_srv_label("_domain"), lookup_service("domain"));
    assert_eq!(Service::from_srv_label("_DOMAIN"), lookup_service("domain"));
    for miss in ["", "_", "domain", "__domain", "_domain._tcp", " _domain", "_80"] {
        assert_eq!(Service::from_srv_label(miss), None, "{miss}");
    }
}

#[test]
fn valid_service_names() {
    // RFC 6335 section 5.1 has the first four as examples of valid names, in another case.
    for valid in ["http", "HTTP", "a", "x11", "1-a", "a-1-b", "123456789012a-z"] {
        assert_eq!(check_service_name(valid), Ok(()), "{valid}");
        assert_eq!(check_service_name(valid), Ok(()));
    }
    let wrong = [
        ("", ServiceNameError::Empty, "a service name has at least 1 character, found none"),
        (
            "a_b",
            ServiceNameError::InvalidCharacter { found: '_', index: 1 },
            "a service name has only ASCII letters, digits and hyphens, found '_' at byte 1",
        ),
        (
            "häuser",
            ServiceNameError::InvalidCharacter { found: 'ä', index: 1 },
            "a service name has only ASCII letters, digits and hyphens, found 'ä' at byte 1",
        ),
        (
            "abcdefghijklmnop",
            ServiceNameError::TooLong { len: 16 },
            "a service name has at most 15 characters, found 16",
        ),
        ("80", ServiceNameError::NoLetter, "a service name has at least one letter, found none"),
        ("-", ServiceNameError::NoLetter, "a service name has at least one letter, found none"),
        ("-a", ServiceNameError::HyphenAtEnd, "a service name neither begins nor ends with a hyphen"),
        ("a-", ServiceNameError::HyphenAtEnd, "a service name neither begins nor ends with a hyphen"),
        (
            "a--b",
            ServiceNameError::AdjacentHyphens { index: 1 },
            "a service name has no adjacent hyphens, found two at byte 1",
        ),
    ];
    for (name, error, text) in wrong {
        assert_eq!(check_service_name(name), Err(error), "{name}");
        assert_eq!(error.to_string(), text);
    }
}

#[test]
#[cfg(feature = "descriptions")]
fn descriptions() {
    if on_another_registry() {
        return;
    }
    let description = |port, proto| lookup_port(port, proto).unwrap().description();
    assert_eq!(description(80, Tcp), "World Wide Web HTTP");
    assert_eq!(description(443, Sctp), "HTTPS");
    assert_eq!(
        description(63, Tcp),
        r#"whois++ IANA assigned this well-formed service name as a replacement for "whois++"."#
    );
    assert_eq!(description(4413, Tcp), "FORTÉ Vision Monitoring platform"); // not ASCII
}

#[test]
fn aliases_name_what_replaced_them() {
    if on_another_registry() {
        return;
    }
    let alias_of = |name| {
        let mut names = lookup_service(name).unwrap().records().map(|record| record.alias_of().map(|s| s.name()));
        let first = names.next().unwrap();
        assert!(names.all(|other| other == first), "{name}");
        first
    };
    // RFC 6335 section 10.1 has the first three of these.
    for (alias, current) in [
        ("914c/g", "914c-g"),
        ("acmaint_dbd", "acmaint-dbd"),
        ("whois++", "whoispp"),
        ("sql*net", "sql-net"),
        ("EtherNet/IP-1", "EtherNet-IP-1"), // after another sentence in its note
        ("www", "http"),
        ("www-http", "http"),
    ] {
        assert_eq!(alias_of(alias), Some(current), "{alias}");
        assert_eq!(alias_of(current), None, "{current}");
    }
    // Its note quotes a former name, so the record is not an alias.
    assert_eq!(alias_of("kca-service"), None);
    assert_eq!(alias_of("https"), None);
    let aliases: Vec<_> = records().filter(|record| record.is_alias()).collect();
    assert!(aliases.iter().all(|record| record.alias_of().is_some() && record.is_alias()));
    assert!(records().all(|record| record.alias_of().is_none() || record.is_alias()));
    assert_eq!(aliases.len(), 188); // 184 with "alias" in the note, 4 with "duplicate"
}

#[test]
#[cfg(feature = "metadata")]
fn metadata_of_records() {
    use iana_ports::ReferenceTarget::{Draft, Rfc, Text};
    use iana_ports::{Date, Reference, ServiceCode};
    if on_another_registry() {
        return;
    }
    let record = |port, proto| lookup_port(port, proto).unwrap();
    assert_eq!(record(465, Tcp).registered(), Date::new(2017, 12, Some(12)));
    assert_eq!(record(4556, Udp).registered(), Date::new(2006, 11, None));
    assert_eq!(record(443, Tcp).modified(), Date::new(2021, 10, Some(1)));
    assert_eq!((record(80, Udp).registered(), record(22, Tcp).modified()), (None, None));
    let references = |port, proto| record(port, proto).references().map(Reference::target).collect::<Vec<_>>();
    assert_eq!(references(993, Tcp), [3501, 8314, 9051].map(Rfc));
    assert_eq!(references(1021, Tcp), [Text("1"), Rfc(4727), Rfc(6335)]);
    assert_eq!(references(104, Tcp), []);
    let by_name =
        |name| lookup_service(name).unwrap().records().next().unwrap().references().next().map(Reference::target);
    assert_eq!(by_name("snif-srv"), Some(Draft("draft-zubov-snif-05, Section 4.3")));
    // These are all four.
    let code = |port| record(port, Dccp).service_code().map(|code| (code, code.to_string()));
    let expected = |number: u32, shown: &str| Some((ServiceCode::new(number), shown.to_owned()));
    assert_eq!(code(9), expected(1_145_656_131, "SC:DISC"));
    assert_eq!(code(1113), expected(7_107_696, "7107696"));
    assert_eq!(code(4556), expected(1_685_351_985, "SC:dtn1"));
    let ping = lookup_service("dccp-ping").unwrap().records().next().unwrap();
    assert_eq!(ping.service_code().unwrap().to_string(), "SC:ping");
    assert_eq!(record(9, Tcp).service_code(), None);
    assert_eq!(records().filter(|record| record.service_code().is_some()).count(), 4);
    assert!(record(80, Tcp).note().unwrap().starts_with("Defined TXT keys: u=<username> p=<password>"));
    assert_eq!((record(104, Tcp).note(), record(104, Tcp).unauthorized_use()), (None, None));
}

/// docs/ARCHITECTURE.md uses these counts to explain why the crate does not extract the keys from the notes.
#[test]
#[cfg(feature = "metadata")]
fn notes_on_txt_keys() {
    if on_another_registry() {
        return;
    }
    let notes: Vec<&str> = records().filter_map(|record| record.note()).collect();
    let count = |text: &str| notes.iter().filter(|note| **note == text).count();
    assert_eq!(notes.iter().filter(|note| note.contains("Defined TXT keys:")).count(), 1015);
    let counts = ["None", "none", "Proprietary"].map(|keys| count(&format!("Defined TXT keys: {keys}")));
    assert_eq!(counts, [532, 15, 59]);
}

#[test]
#[cfg(feature = "metadata")]
fn metadata_of_blocks() {
    if on_another_registry() {
        return;
    }
    let block = |port| match port_status(port, Tcp) {
        PortStatus::Reserved(Some(block)) | PortStatus::Unassigned(Some(block)) => block,
        status => panic!("{status}"),
    };
    assert_eq!(block(100).unauthorized_use(), Some("Known Unauthorized Use on 100"));
    assert_eq!(block(796).unauthorized_use(), Some("Unauthorized Use Known on port 796"));
    assert_eq!(block(799).unauthorized_use(), block(788).unauthorized_use());
    assert_eq!(block(7785).unauthorized_use(), Some("Known Unauthorized Use on port 7785"));
    assert_eq!(block(100).modified().unwrap().to_string(), "2012-03-21");
    assert_eq!(block(585).note(), Some("Use of 585 is not recommended, use 993 instead"));
    assert_eq!((block(4).unauthorized_use(), block(4).note(), block(4).references().len()), (None, None, 0));
}

#[test]
#[cfg(feature = "contacts")]
fn contacts() {
    use iana_ports::Date;
    if on_another_registry() {
        return;
    }
    let ids = |port, proto| {
        let record = lookup_port(port, proto).unwrap();
        let ids = |people: iana_ports::People| people.map(|person| person.id()).collect::<Vec<_>>();
        (ids(record.assignees()), ids(record.contacts()))
    };
    assert_eq!(ids(443, Tcp), (vec!["IESG"], vec!["IETF_Chair"]));
    assert_eq!(ids(9, Dccp), (vec!["Eddie_Kohler"], vec!["Eddie_Kohler"])); // the contact stands for the assignee
    assert_eq!(ids(22, Tcp), (vec![], vec![]));
    let two = records().find(|record| record.contacts().len() == 2).unwrap();
    assert!(two.contacts().ne(two.contacts().rev()));
    let person = |id| iana_ports::Person::find(id).unwrap();
    let facts = |id| (person(id).name(), person(id).organization(), person(id).uris().next(), person(id).updated());
    assert_eq!(facts("Jon_Postel"), (Some("Jon Postel"), None, Some("mailto:postel&isi.edu"), None));
    let updated = Date::new(2026, 1, Some(23));
    assert_eq!(facts("_3GPP"), (None, Some("3GPP"), Some("mailto:dongwook.kim&etsi.org"), updated));
    assert_eq!(person("sn_w_of_renegade_lab").updated(), Date::new(2003, 11, None));
    assert_eq!(iana_ports::Person::find("Jon Postel"), None);
}

/// The documentation of `is_familiar` says how many ports of clients have a name.
#[test]
fn ports_of_clients_have_names() {
    if !oracle::is_embedded() {
        oracle::skip("the number is that of the embedded registry");
        return;
    }
    let named = (32_768..61_000).filter(|&port| lookup_port(port, Proto::Tcp).is_some()).count();
    assert!(
        include_str!("../../src/features/familiar.rs")
            .contains(&format!("names for {named} ports from 32768 to 60999 on TCP"))
    );
}

/// registry/familiar.services agrees with the registry.
#[test]
fn familiar_names_are_as_the_file_says() {
    if !oracle::is_embedded() {
        oracle::skip("the file is about the embedded registry");
        return;
    }
    let text = include_str!("../../registry/familiar.services");
    let (aliases, own) = text.split_once("# Part two").unwrap();
    let answers = |port, proto, name: &str| {
        let here = lookup_port(port, proto).into_iter().flat_map(|record| record.same_port_records());
        here.into_iter().any(|record| record.name().eq_ignore_ascii_case(name))
    };
    let mut found = HashSet::new();
    for line in iana_ports::ServicesFile::new(aliases) {
        let line = line.unwrap();
        let (port, proto) = (line.ports().first(), line.protos().next().unwrap());
        assert!(answers(port, proto, line.name()) && line.comment().is_some(), "{line:?}");
        let mut aliases = line.aliases();
        let everyday = aliases.next().unwrap();
        // In IANA's registry, l2tp is a second name on the port of l2f.
        assert!(!answers(port, proto, everyday) || everyday == line.name() || everyday == "l2tp", "{everyday}");
        for alias in aliases.chain([everyday]) {
            assert!(alias == everyday || !answers(port, proto, alias), "{alias}");
            assert!(check_service_name(alias).is_ok() || alias == line.name(), "{alias}");
            assert!(found.insert((alias, port, proto)), "{alias} {port}/{proto} stands twice");
        }
    }
    for line in iana_ports::ServicesFile::new(own.split_once('\n').unwrap().1) {
        let line = line.unwrap();
        let (port, proto) = (line.ports().first(), line.protos().next().unwrap());
        let iana = line.comment().unwrap().split_once("IANA: ").map(|(_, name)| name);
        assert_eq!(lookup_port(port, proto).is_some(), iana.is_some(), "{line:?}");
        assert!(iana.is_none_or(|name| answers(port, proto, name)), "{line:?}");
        for name in std::iter::once(line.name()).chain(line.aliases()) {
            assert!(check_service_name(name).is_ok() && !answers(port, proto, name), "{name}");
            assert!(found.insert((name, port, proto)), "{name} {port}/{proto} stands twice");
        }
    }
    let places: HashSet<(u16, Proto)> = found.iter().map(|&(_, port, proto)| (port, proto)).collect();
    assert!((400..=600).contains(&places.len()), "{}", places.len());
}

/// registry/source.txt says that 17 rows were added or changed, and registry/README.md lists them.
#[test]
fn the_data_is_ianas_except_for_seventeen_rows() {
    let official = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/official/2026-08-17.xml");
    let Ok(official) = std::fs::read_to_string(official) else {
        return oracle::skip("IANA's file of 2026-08-17 is not in ../shared/official");
    };
    if on_another_registry() {
        return;
    }
    let embedded = std::fs::read_to_string(oracle::registry_path()).unwrap();
    let rows = |xml: &str| {
        let rows: Vec<String> =
            xml.split("<record").skip(1).map(|row| row.split("</record>").next().unwrap().to_owned()).collect();
        rows
    };
    let published: HashSet<String> = rows(&official).into_iter().collect();
    let (same, changed): (Vec<String>, Vec<String>) =
        rows(&embedded).into_iter().partition(|row| published.contains(row));
    assert_eq!((same.len(), changed.len()), (14_525, 17));
    let directory = |xml: &str| xml.split_once("<people>").unwrap().1.to_owned();
    assert_eq!(directory(&embedded), directory(&official));
}
