//! The registry behind a C interface. The header iana_ports.h has the same documentation.

#![no_std]
// The documentation of a function says what its pointers may be, in the words of C.
#![allow(clippy::missing_safety_doc)]

#[cfg(unix)]
mod servent;
mod text;

use core::ffi::{c_char, c_int, c_void};
use iana_ports::{
    PortStatus, Proto, REGISTRY_SHA256, REGISTRY_UPDATED, lookup_flow, port_status, search, service_name,
};
#[cfg(unix)]
pub use servent::{iana_getservbyname_r, iana_getservbyport_r};

/// No lookup panics. If one did, the program would stop here. The handler of std would take 260 KB, to print backtraces.
#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    loop {}
}

/// The status of a port (RFC 6335 section 6).
#[repr(C)]
#[derive(Clone, Copy)]
pub enum Status {
    /// The number is not that of a transport protocol with ports.
    NoTransport = 0,
    /// The port is assigned to a service.
    Assigned = 1,
    /// The port is not available.
    Reserved = 2,
    /// The port is available for assignment.
    Unassigned = 3,
    /// The port is one of the Dynamic Ports, 49152 to 65535, which are never assigned.
    Dynamic = 4,
}

impl Status {
    const fn of(status: PortStatus) -> Self {
        match status {
            PortStatus::Assigned(_) => Self::Assigned,
            PortStatus::Reserved(_) => Self::Reserved,
            PortStatus::Unassigned(_) => Self::Unassigned,
            PortStatus::Dynamic => Self::Dynamic,
        }
    }
}

/// An end of a flow.
#[repr(C)]
#[derive(Clone, Copy)]
pub enum End {
    /// Neither end has a name.
    Neither = 0,
    /// The end that sends the packet.
    Source = 1,
    /// The end that receives the packet.
    Destination = 2,
}

/// A row of the registry. The texts are in the library, so they stay valid, but have no NUL behind them.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Row {
    /// The service name. Rows without a name are those that reserve ports, or say that they are unassigned.
    pub name: *const c_char,
    /// The length of the name in bytes: 0 if there is none.
    pub name_length: usize,
    /// The description, which a library without the feature `descriptions` does not have.
    pub description: *const c_char,
    /// The length of the description in bytes: 0 if there is none.
    pub description_length: usize,
    /// The first and the last port, both included: -1 if the row has no ports.
    pub first_port: i32,
    /// See `first_port`.
    pub last_port: i32,
    /// The IP protocol number of the transport: 0 if the row has none.
    pub protocol: u8,
    /// The status that the row gives its ports.
    pub status: Status,
}

/// Writes the name of a port into `buffer`, with a NUL behind it.
///
/// The name is IANA's primary one. Returns its length without the NUL, or 0 if the port has no name. If the length is not less than
/// `size`, the text is cut to `size - 1` bytes, as `snprintf` does. A name has at most 63 bytes.
///
/// `buffer` has `size` bytes, or it is null, and nothing is written. If there is no name, it gets an empty string.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn iana_ports_name(port: u16, protocol: u8, buffer: *mut c_char, size: usize) -> usize {
    let name = Proto::from_ip_number(protocol).and_then(|proto| service_name(port, proto)).unwrap_or_default();
    // SAFETY: the caller promises it.
    unsafe { text::write(name, buffer, size) }
}

/// The port of a service, or -1 if the name has no port on the transport.
///
/// `name` is NUL-terminated, in any case; null has no port. Of several ports, the one in everyday use counts, then the lowest.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn iana_ports_port(name: *const c_char, protocol: u8) -> i32 {
    // SAFETY: the caller promises it.
    let name = unsafe { text::read(name) };
    let service = name.and_then(iana_ports::lookup_service);
    let port = service.and_then(|service| service.port(Proto::from_ip_number(protocol)?));
    port.map_or(-1, i32::from)
}

/// The status of a port.
#[unsafe(no_mangle)]
pub extern "C" fn iana_ports_port_status(port: u16, protocol: u8) -> Status {
    Proto::from_ip_number(protocol).map_or(Status::NoTransport, |proto| Status::of(port_status(port, proto)))
}

/// The end of a flow that serves, by its ports.
///
/// If one end has a name, it serves. If both do, the System Port serves; of two User Ports the one in everyday use; and otherwise
/// the lower port. If the ports are equal, the destination serves.
#[unsafe(no_mangle)]
pub extern "C" fn iana_ports_serving_end(source: u16, destination: u16, protocol: u8) -> End {
    match Proto::from_ip_number(protocol).and_then(|proto| lookup_flow(source, destination, proto)) {
        None => End::Neither,
        Some((_, iana_ports::End::Source)) => End::Source,
        Some((_, iana_ports::End::Destination)) => End::Destination,
    }
}

/// Calls `each` for every row of the registry that contains a text, in the order of IANA's page, until `each` returns something
/// other than 0. Returns the number of calls.
///
/// The search ignores case, and looks into all columns that the library is built with. The empty text is in every row. Null is in
/// none. `context` is given to each call as it is; it may be null. The row is valid during the call only, its texts always.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn iana_ports_search(
    text: *const c_char,
    each: Option<unsafe extern "C" fn(row: *const Row, context: *mut c_void) -> c_int>,
    context: *mut c_void,
) -> usize {
    // SAFETY: the caller promises it.
    let (Some(text), Some(each)) = (unsafe { text::read(text) }, each) else { return 0 };
    let mut calls = 0;
    for row in search(text) {
        let name = row.record().map_or("", |record| record.name());
        #[cfg(feature = "descriptions")]
        let description = row.description();
        #[cfg(not(feature = "descriptions"))]
        let description = "";
        let ports = row.ports();
        let row = Row {
            name: name.as_ptr().cast(),
            name_length: name.len(),
            description: description.as_ptr().cast(),
            description_length: description.len(),
            first_port: ports.map_or(-1, |ports| ports.first().into()),
            last_port: ports.map_or(-1, |ports| ports.last().into()),
            protocol: row.proto().map_or(0, |proto| proto.ip_number()),
            status: Status::of(row.status()),
        };
        calls += 1;
        // SAFETY: the caller promises it.
        if unsafe { each(&raw const row, context) } != 0 {
            break;
        }
    }
    calls
}

/// Writes the date of the registry, such as `2026-09-12`, as `iana_ports_name` writes a name.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn iana_ports_registry_updated(buffer: *mut c_char, size: usize) -> usize {
    // SAFETY: the caller promises it.
    unsafe { text::display(REGISTRY_UPDATED, buffer, size) }
}

/// Writes the SHA-256 digest of the registry's file, 64 hexadecimal digits, as `iana_ports_name` writes a name.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn iana_ports_registry_sha256(buffer: *mut c_char, size: usize) -> usize {
    // SAFETY: the caller promises it.
    unsafe { text::write(REGISTRY_SHA256, buffer, size) }
}
