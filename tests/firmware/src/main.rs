//! Firmware whose features select the lookups that it calls. ci/firmware measures its flash, and counts the
//! instructions between calls of `mark`.

#![no_std]
#![no_main]

use core::hint::black_box;
use core::panic::PanicInfo;
use cortex_m_semihosting::debug;

#[panic_handler]
fn panic(_: &PanicInfo<'_>) -> ! {
    loop {}
}

#[cfg(feature = "services")]
/// A function whose calls appear in the emulator's log.
#[inline(never)]
fn mark() {
    black_box(());
}

/// Only lookups from a port to its name, which is all that many programs need.
#[cfg(feature = "names")]
fn names() {
    use iana_ports::{Proto, service_name};
    black_box(service_name(black_box(443), black_box(Proto::Tcp)));
}

/// Lookups from a name to its service.
#[cfg(feature = "services")]
fn services() {
    // The first round measures a round without a lookup.
    for is_asked in [false, true] {
        let name = black_box("https");
        mark();
        if black_box(is_asked) {
            black_box(iana_ports::lookup_service(name));
        }
        mark();
    }
}

/// All lookups: from a port, from a name, and the status of a port.
#[cfg(feature = "lookups")]
fn lookups() {
    use iana_ports::{PortStatus, Proto, lookup_port, lookup_service, port_status};
    let (port, proto) = (black_box(443), black_box(Proto::Tcp));
    let record = lookup_port(port, proto);
    black_box(record.map(|record| (record.name(), record.ports(), record.is_alias())));
    #[cfg(feature = "descriptions")]
    black_box(record.map(|record| record.description()));
    black_box(lookup_service(black_box("https")).map(|service| (service.name(), service.port(proto))));
    match port_status(port, proto) {
        PortStatus::Reserved(Some(block)) | PortStatus::Unassigned(Some(block)) => {
            black_box(block.ports());
            #[cfg(feature = "descriptions")]
            black_box(block.description());
        }
        status => {
            black_box(status);
        }
    }
}

/// Reads a port or a name from a configuration, and prints a line about it.
#[cfg(feature = "log")]
fn log(configuration: &str) -> Option<()> {
    use core::fmt::Write;
    use iana_ports::{Proto, service_name};
    #[cfg(feature = "queries")]
    let port =
        configuration.parse::<iana_ports::PortQuery>().ok()?.resolve_on(Proto::Tcp).ok()?.next()?.ports().first();
    #[cfg(not(feature = "queries"))]
    let port = iana_ports::resolve_port(configuration, Proto::Tcp).ok()?;
    let mut log = cortex_m_semihosting::hio::hstdout().ok()?;
    writeln!(log, "opens {port} for {}", service_name(port, Proto::Tcp).unwrap_or("unknown")).ok()
}

#[cortex_m_rt::entry]
fn main() -> ! {
    #[cfg(feature = "names")]
    names();
    #[cfg(feature = "services")]
    services();
    #[cfg(feature = "lookups")]
    lookups();
    #[cfg(feature = "log")]
    log(black_box("https"));
    debug::exit(debug::EXIT_SUCCESS);
    loop {}
}
