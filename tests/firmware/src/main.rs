//! A firmware that asks what its features say. ci/firmware measures its flash, and counts instructions between calls
//! of `mark`.

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
/// A place in the program that the emulator's log shows.
#[inline(never)]
fn mark() {
    black_box(());
}

/// From a port to its name, which is what many need alone.
#[cfg(feature = "names")]
fn names() {
    use iana_ports::{Proto, service_name};
    black_box(service_name(black_box(443), black_box(Proto::Tcp)));
}

/// From a name to its service.
#[cfg(feature = "services")]
fn services() {
    // The first round is what a round takes without a question.
    for is_asked in [false, true] {
        let name = black_box("https");
        mark();
        if black_box(is_asked) {
            black_box(iana_ports::lookup_service(name));
        }
        mark();
    }
}

/// From a port, from a name, and what a port is.
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

#[cortex_m_rt::entry]
fn main() -> ! {
    #[cfg(feature = "names")]
    names();
    #[cfg(feature = "services")]
    services();
    #[cfg(feature = "lookups")]
    lookups();
    debug::exit(debug::EXIT_SUCCESS);
    loop {}
}
