//! Lists of ports in every notation: what they mean, and why others mean nothing.

use crate::oracle;
use iana_ports::{
    ParsePortQueryError, PortItem, PortItems, PortQueries, PortQuery, PortRange, Proto, QueryNumbers, QueryPorts,
    ResolveQueryError,
};
use static_assertions::assert_impl_all;
use std::error::Error;
use std::fmt::{Debug, Display};
use std::hash::Hash;
use std::iter::FusedIterator;
use std::str::FromStr;

assert_impl_all!(PortQuery: Copy, Debug, Display, Eq, FromStr, Hash, From<u16>, From<PortRange>, Send, Sync);
assert_impl_all!(PortItem<'static>: Copy, Debug, Display, Eq, Send, Sync);
assert_impl_all!(PortQueries<'static>: Clone, Debug, FusedIterator, Send, Sync);
assert_impl_all!(PortItems<'static>: Clone, Debug, FusedIterator, Send, Sync);
assert_impl_all!(QueryPorts: Clone, Debug, FusedIterator, Send, Sync);
assert_impl_all!(QueryNumbers: Clone, Debug, FusedIterator, Send, Sync);
assert_impl_all!(ParsePortQueryError: Copy, Error, Eq, Send, Sync);
assert_impl_all!(ResolveQueryError: Copy, Error, Eq, Send, Sync);

/// The queries of a list, as they display, and its errors after `!`.
fn read(list: &str) -> String {
    let shown = |query: Result<PortQuery, ParsePortQueryError>| match query {
        Ok(query) => {
            assert_eq!(query.to_string().parse(), Ok(query), "{list:?}");
            query.to_string()
        }
        Err(error) => format!("!{:?}", error.kind()),
    };
    PortQueries::new(list).map(shown).collect::<Vec<_>>().join(" ")
}

/// A list, a bar, and its meaning. A colon before a port says that there was an address.
const LISTS: &str = r"
443 = 443
 00443  = 443
6000-6010 = 6000-6010
6000:6010 = 6000-6010
HTTPS = https
443/TCP = 443/tcp
53/tcp+udp = 53/tcp+udp
53/udp/tcp = 53/tcp+udp
53/tcp,udp = 53/tcp+udp
53/tcp,udp,80 = 53/tcp+udp 80
22,53/tcp,udp = 22/tcp+udp 53/tcp+udp
53/tcp,udp,sctp/161 = 53/tcp+udp 161/sctp
tcp/22 = 22/tcp
udp:6000:6010 = 6000-6010/udp
tcp/udp:53 = 53/tcp+udp
tcp/udp/53 = 53/tcp+udp
tcp+udp:53 = 53/tcp+udp
tcp,udp/53 = 53/tcp+udp
tcp,udp:53,80 = 53/tcp+udp 80/tcp+udp
443/6 = 443/tcp
443/17 = 443/udp
2000/33 = 2000/dccp
2905/132 = 2905/sctp
53/136 = 53/udp
tcp/17 = 17/tcp
6/17 = 6/udp
443/tcp6 = 443/tcp
UDP4:53 = 53/udp
T:80 = 80/tcp
S:2905 = 2905/sctp
T:21-25,80,U:53,T:22 = 21-25/tcp 80/tcp 53/udp 22/tcp
T:22,53/udp,80 = 22/tcp 53/udp 80
22,80/tcp = 22/tcp 80/tcp
22,80/6 = 22/tcp 80/tcp
22/tcp,80 = 22/tcp 80
22/udp,80,443/tcp = 22/udp 80 443/tcp
22,,80/tcp = 22 80/tcp
22, 80/tcp = 22 80/tcp
22;80/tcp = 22 80/tcp
22|80/tcp = 22 80/tcp
80/udp 4000 = 80/udp 4000
22,80/tcp 443 = 22/tcp 80/tcp 443
22,_http._tcp = 22 http/tcp
22 tcp = 22/tcp
22 80 tcp = 22/tcp 80/tcp
22,80,tcp = 22/tcp 80/tcp
udp	53 = 53/udp
tcp 80, 443 = 80/tcp 443/tcp
tcp 22 udp 53 = 22/tcp 53/udp
tcp,22,udp,53 = 22/tcp 53/udp
22 tcp 53 udp = 22/tcp 53/udp
22 tcp 53 udp 80 = 22/tcp 53/udp 80
53 tcp udp = 53/tcp+udp
53 tcp/udp = 53/tcp+udp
22 tcp,80/udp 443 = 22/tcp 80/udp 443
80/tcp 443 tcp = 80/tcp 443/tcp
tcp = tcp
[80, 443] = 80 443
(80/tcp) = 80/tcp
[::1]:80,[::1]:81 = :80 :81
:443 = :443
*:443/tcp = :443/tcp
0.0.0.0:443 = :443
tcp:0.0.0.0:443 = :443/tcp
0.0.0.0:8000-8010/tcp = :8000-8010/tcp
[::1]:443 = :443
[fe80::1%eth0]:546 = :546
[fe80::1]%eth0:546/udp = :546/udp
fe80::1%eth0:546 = :546
127.0.0.53%lo:53 = :53
::1:631 = :631
:::22 = :22
::ffff:192.0.2.5:443 = :443
*.53 = :53
127.0.0.1.631/tcp = :631/tcp
db:5432 = :5432
my_db-1.local:postgresql = :postgresql
https://example.com:8443/login = :8443
https://user@example.com = :https
postgresql://u:secret@[::1]:5433/db = :5433
postgresql://[::1]/app?x=1:2 = :postgresql
914C/G = 914c/g
914c/g/udp = 914c/g/udp
udp:914c/g = 914c/g/udp
0.0.0.0:914c/g = :914c/g
_http._tcp = http/tcp
_printer._sub._http._tcp.local = http/tcp
My Printer._ipp._tcp.local. = ipp/tcp
A: 1/2 v1.0._ipp._tcp.local. = ipp/tcp
57719, My-Printer._ipp._tcp.local = 57719 ipp/tcp
127.0.0.1.z39.50/tcp = :z39.50/tcp
127.0.0.1.53:103 = :103
_sip._x:56 = :56
*.80:80 = !Form
tcp/22,tcp,17 = 22/tcp 17
22,tcp,80/udp = 22/tcp 80/udp
0x+50 = !UnknownName
_00443._tcp  6  My-Printer._ipp._tcp = 443/tcp 6 ipp/tcp
https://10..1/ = !Form
tcp://x:billing = !Form
fe80::1%lo0.123 = :123
::1.53/udp = :53/udp
10.0.0.0/8 = !Form
80/443 = !Form
0100007F:0016/tcp = !NotANumber(Some(22))
9090-9091:8080-8081 = !Form
T:22,P:1 = 22/tcp !NoPorts
(80 = !Form
(80 (443) = !Form !Form
https://1:/x = :https
_443._tcp.example.org = 443/tcp
_http._tcp.local _ipp._tcp.local = http/tcp ipp/tcp
udp:tcp = udp:tcp
htps 443 = !UnknownName 443
sql_net/tcp = !UnknownName
 = !Empty
, ; = !Empty
: = !Empty
tcp: = !Empty
/tcp = !Empty
icmp:8 = !NoPorts
gre:47 = !NoPorts
443/icmp = !NoPorts
443/quic = !Quic
443/tpc = !UnknownTransport
443/ = !UnknownTransport
_sip._tls.example.org = !UnknownTransport
!443 = !Exclusion
a:1->b:2 = !Mapping
0.0.0.0:8080->80/tcp = !Mapping
1024: = !NoEnd(1024)
1024-/tcp = !NoEnd(1024)
:1024- = !NoEnd(1024)
-1024 = !NoStart(1024)
udp:tcp:53 = !TwoTransports
tcp/22/udp = !TwoTransports
53/tcp, udp = !TwoTransports
22,80/tcp udp = !TwoTransports !TwoTransports
tcp 22 53/udp = 22/tcp !TwoTransports
tcp 22 udp = !BothEnds
tcp,udp = !OnlyTransports
udp4 = !OnlyTransports
90-80 = !Reversed
90:80/tcp = !Reversed
70000 = !TooLarge
70000- = !TooLarge
+8080 = !NotANumber(Some(8080))
443. = !NotANumber(Some(443))
0x50 = !NotANumber(Some(80))
1-2-3 = !NotANumber(None)
127.0.0.1 = !NoPort
2001:db8::1 = !NoPort
[::1] = !NoPort
[::1]/tcp = !NoPort
0.0.0.0:* = !NoPort
https: = !NoPort
http:80:90 = !Form
[x]:80 = !Form
h{tt}p = !Form
é = !Form
";

#[test]
fn lists() {
    if !oracle::is_embedded() {
        oracle::skip("the names are those of the embedded registry");
        return;
    }
    for line in LISTS.lines().skip(1) {
        let (list, expected) = line.split_once(" = ").unwrap();
        assert_eq!(read(list), expected, "{list:?}");
        let one = list.parse::<PortQuery>().map_err(|error| error.kind());
        assert_eq!(one.is_ok(), !expected.contains([' ', '!']), "{list:?}: {one:?}");
    }
    assert_eq!(read("\u{feff}22\u{a0}80"), "22 80");
}

#[test]
fn sentences() {
    let error = |text: &str| text.parse::<PortQuery>().unwrap_err().to_string();
    for (text, expected) in [
        ("", "there is no port; expected a form such as 443, 443/tcp or https"),
        ("80 443", "\"80 443\" is a list of several ports or names; expected one"),
        ("80:", "the range \"80:\" has no end; expected 80-65535, or 80 for one port"),
        ("-80", "the range \"-80\" has no start; expected 0-80, or 80 for one port"),
        ("+8080", "\"+8080\" is not a port number; expected 8080"),
        ("1-2-3", "\"1-2-3\" is not a port number or a range such as 6000-6063"),
        ("65536", "\"65536\" is over 65535, the largest port number"),
        ("9-3/tcp", "the range \"9-3\" runs backwards"),
        ("443/", "unknown transport protocol \"\", expected tcp, udp, sctp or dccp"),
        ("443/quic", "\"quic\" is not a transport protocol; QUIC runs on udp"),
        ("icmp:8", "\"icmp\" has no ports; expected tcp, udp, sctp or dccp"),
        ("udp:tcp:53", "\"udp:tcp:53\" has two transports; expected one, or a set such as 53/tcp+udp"),
        ("udp4", "\"udp4\" has a transport but no port; expected a form such as 443/tcp"),
        (
            "tcp 1 udp",
            "\"tcp 1 udp\" begins and ends with a transport; expected each transport before its ports, or each after",
        ),
        ("::1", "\"::1\" has no port; expected a form such as 192.0.2.1:443 or [::1]:443"),
        ("!443", "\"!443\" leaves ports out, which no form does; expected the ports to include"),
        ("80->8080", "\"80->8080\" maps a port to another; expected one of them"),
        ("(", "\"(\" is not a service name; expected one, or a form such as 443 or 443/tcp"),
    ] {
        assert_eq!(error(text), expected, "{text:?}");
        assert!(!text.parse::<PortQuery>().unwrap_err().is_unknown_name());
    }
    let expected = "\"_http\" is not a service name of the IANA registry; expected one, or ports in a form such as \
                    443, 6000-6010 or 443/tcp";
    assert_eq!(error("tcp:_http"), expected);
}

#[test]
fn ports_of_queries() {
    if !oracle::is_embedded() {
        oracle::skip("the ports are those of the embedded registry");
        return;
    }
    let query = |text: &str| text.parse::<PortQuery>().unwrap();
    let all = |text: &str| query(text).resolve().unwrap().map(|ports| ports.to_string()).collect::<Vec<_>>().join(" ");
    assert_eq!(all("0"), "0/tcp 0/udp 0/sctp 0/dccp");
    assert_eq!(all("https/tcp+udp"), "443/tcp 443/udp");
    assert_eq!(all("http-alt/tcp"), "591/tcp 8008/tcp 8080/tcp");
    let on = |text: &str, proto| query(text).resolve_on(proto).map(|mut ports| ports.next().unwrap().to_string());
    assert_eq!(on("443", Proto::Sctp).unwrap(), "443/sctp");
    let refused = |text: &str, proto| on(text, proto).unwrap_err().to_string();
    assert_eq!(refused("443/tcp+udp", Proto::Sctp), "443/tcp+udp has no port on sctp; it has 443/tcp, 443/udp");
    assert_eq!(refused("https/tcp", Proto::Udp), "https/tcp has no port on udp; it has 443/tcp");
    assert_eq!(refused("syslog", Proto::Tcp), "syslog has no port on tcp; it has 514/udp");
    let numbers = |text: &str| query(text).numbers().unwrap().map(|ports| ports.to_string()).collect::<Vec<_>>();
    assert_eq!(numbers("443"), ["443"]);
    assert_eq!(numbers("http-alt"), ["591", "8008", "8080"]);
    assert_eq!(numbers("0-65535"), ["0-65535"]);
    assert_eq!(query("rdp").numbers().unwrap_err().to_string(), "rdp has no port; the name is registered without one");
    for service in iana_ports::services() {
        let query = PortQuery::from(service);
        assert_eq!(query.to_string().parse(), Ok(query));
        let mut expected: Vec<u16> = Proto::ALL.into_iter().flat_map(|proto| service.ports(proto)).flatten().collect();
        expected.sort_unstable();
        expected.dedup();
        assert!(query.numbers().into_iter().flatten().flatten().eq(expected), "{service}");
    }
}

/// With familiar names, a registered name means what people mean by it.
#[cfg(feature = "familiar")]
#[test]
fn familiar_names() {
    let query = |text: &str| PortQuery::from_familiar(text).unwrap();
    let meant =
        |text: &str| query(text).resolve().unwrap().map(|ports| ports.to_string()).collect::<Vec<_>>().join(" ");
    assert_eq!(meant("dns"), "53/tcp 53/udp");
    assert_eq!(meant("RDP/tcp"), "3389/tcp");
    assert_eq!(meant("irc/tcp"), "6667/tcp");
    assert_eq!(meant("http-alt"), "8080/tcp 8080/udp");
    assert_eq!(meant("x11/tcp"), "6000-6063/tcp");
    assert_eq!(meant("443/tcp"), "443/tcp");
    let error = query("kafka/udp").resolve().map(Iterator::count).unwrap_err();
    assert_eq!(error.to_string(), "kafka has no port on udp; it has 9092/tcp");
    let unknown = PortQuery::from_familiar("no-such-name").unwrap_err();
    assert!(unknown.is_unknown_name() && unknown.to_string().starts_with("\"no-such-name\" is not a known name; "));
    assert!("postgres".parse::<PortQuery>().is_err());
    let names = iana_ports::familiar_names().map(|familiar| familiar.name());
    for name in names.chain(iana_ports::services().map(|service| service.name())) {
        assert_eq!(PortQuery::from_familiar(&query(name).to_string()), Ok(query(name)));
        for proto in Proto::ALL {
            let first = query(name).resolve_on(proto).ok().and_then(|mut ports| ports.next());
            assert_eq!(first.map(|ports| ports.ports().first()), iana_ports::familiar_port(name, proto), "{name}");
        }
    }
}

/// Any list is read, and each query displays in a form that means the same.
#[test]
fn any_list() {
    let parts: Vec<&str> = LISTS.lines().filter_map(|line| line.split(" = ").next()).collect();
    let mut rng = fastrand::Rng::with_seed(6335);
    for _ in 0..20_000 {
        let mut list = String::new();
        for _ in 0..rng.usize(..5) {
            list.push_str(rng.choice(&parts).unwrap());
            list.push(rng.choice([',', ' ', ';', '|', '/', ':', '.', '[', '_', '\u{2003}', '%']).unwrap());
        }
        read(&list);
        assert_eq!(PortItems::new(&list).count(), PortQueries::new(&list).count());
    }
}
