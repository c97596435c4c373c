//! Checks that no lookup, iterator, accessor or error allocates.

use iana_ports::{
    Date, LocalName, LocalNames, PortQueries, PortQuery, PortRange, Proto, Service, ServicesFile, blocks, blocks_in,
    check_service_name, lookup_flow, lookup_port, lookup_service, port_status, records, records_in, resolve_port,
    service_name, services,
};
use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::fmt::{self, Write};
use std::hint::black_box;

struct Counting;

thread_local! {
    /// Counts only the allocations of this thread, because the test runner has other threads.
    static ALLOCATIONS: Cell<usize> = const { Cell::new(0) };
}

fn allocations() -> usize {
    ALLOCATIONS.with(Cell::get)
}

// SAFETY: every method passes its arguments to the system's allocator unchanged.
#[allow(unsafe_code, reason = "an allocator cannot be written without")]
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        ALLOCATIONS.with(|count| count.set(count.get() + 1));
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, memory: *mut u8, layout: Layout) {
        unsafe { System.dealloc(memory, layout) }
    }
}

#[global_allocator]
static COUNTING: Counting = Counting;

/// A sink for text.
struct Nowhere;

impl Write for Nowhere {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        black_box(text);
        Ok(())
    }
}

/// Every column that a feature adds.
macro_rules! columns {
    ($row:expr) => {
        #[cfg(feature = "descriptions")]
        black_box($row.description());
        #[cfg(feature = "metadata")]
        {
            let _ =
                black_box(($row.registered(), $row.modified(), $row.unauthorized_use(), $row.note(), $row.position()));
            for reference in $row.references().rev() {
                write!(Nowhere, "{reference}").unwrap();
                reference.target().url().map(|url| write!(Nowhere, "{url}")).transpose().unwrap();
            }
            $row.service_code().map(|code| write!(Nowhere, "{code}")).transpose().unwrap();
        }
        #[cfg(feature = "contacts")]
        for p in $row.assignees().rev().chain($row.contacts()) {
            let _ =
                black_box((iana_ports::Person::find(p.id()), p.name(), p.organization(), p.uris().next(), p.updated()));
        }
    };
}

#[test]
fn nothing_allocates() {
    let before = allocations();
    black_box(Box::new(1));
    assert_eq!(allocations(), before + 1, "the allocator counts");

    let before = allocations();
    for port in 0..=u16::MAX {
        for proto in Proto::ALL {
            let _ = black_box((port_status(port, proto), service_name(port, proto), lookup_flow(port, !port, proto)));
            for record in lookup_port(port, proto).into_iter().flat_map(|record| record.same_port_records()) {
                let _ = black_box((
                    record.name(),
                    record.ports(),
                    record.proto(),
                    record.is_alias(),
                    record.service(),
                    record.alias_of(),
                ));
            }
        }
    }
    for record in records().chain(records().rev()) {
        write!(Nowhere, "{record} {record:?}").unwrap();
        columns!(record);
    }
    for service in services().chain(services().rev()) {
        write!(Nowhere, "{service} {service:?}").unwrap();
        let _ = black_box((
            lookup_service(service.name()),
            service.records().rev().count(),
            service.ports(Proto::Udp).rev().count(),
            service.port(Proto::Tcp),
        ));
    }
    for block in blocks().chain(blocks().rev()) {
        write!(Nowhere, "{block} {block:?}").unwrap();
        columns!(block);
    }
    for ports in ["6000-6100", "0-65535", "22"].map(|ports| ports.parse::<PortRange>().unwrap()) {
        let _ = black_box((records_in(ports).count(), records_in(ports).rev().count()));
        let _ = black_box((blocks_in(ports).count(), blocks_in(ports).rev().count()));
    }
    let own = [LocalName { port: 80, proto: Proto::Tcp, name: "ours" }];
    let names = LocalNames::new(&own).unwrap();
    let _ = black_box((
        names.service_name(80, Proto::Tcp),
        names.port("ours", Proto::Udp),
        names.lookup_flow(80, 443, Proto::Tcp),
    ));
    for line in ServicesFile::new("ours 80/tcp alias # comment\nbroken\r\nbroken 80\n") {
        line.map(|line| black_box(line.local_names().count()))
            .map_or_else(|error| write!(Nowhere, "{error}"), |_| Ok(()))
            .unwrap();
    }
    write!(Nowhere, "{:>40}", lookup_port(22, Proto::Tcp).unwrap()).unwrap();
    for text in [
        "",
        "syslog",
        "443/tcp",
        "443/quic",
        "no such name",
        "a name that is far too long to be one",
        "Kerberos",
        "häuser",
        "9-3",
        "70000",
    ] {
        let _ = black_box((lookup_service(text), Service::from_srv_label(text)));
        black_box(PortQueries::new(text).count());
        let (resolved, ports_of) = (resolve_port(text, Proto::Tcp).err(), text.parse::<PortQuery>().err());
        resolved.map(|e| write!(Nowhere, "{e}")).transpose().unwrap();
        ports_of.map(|e| write!(Nowhere, "{e:>40}")).transpose().unwrap();
        let name = check_service_name(text).err();
        let (proto, ports) = (text.parse::<Proto>().err(), text.parse::<PortRange>().err());
        let (date, service) = (text.parse::<Date>().err(), text.parse::<Service>().err());
        name.map(|e| write!(Nowhere, "{e}")).transpose().unwrap();
        proto.map(|e| write!(Nowhere, "{e}")).transpose().unwrap();
        ports.map(|e| write!(Nowhere, "{e}")).transpose().unwrap();
        date.map(|e| write!(Nowhere, "{e}")).transpose().unwrap();
        service.map(|e| write!(Nowhere, "{e}")).transpose().unwrap();
    }
    assert_eq!(allocations(), before);
}
