//! The registry behind a C interface. The header iana_ports.h has the same documentation.

#![no_std]
// For callers in C, the documentation of each function says what its pointers may be.
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

/// No lookup panics. If one did, the program would stop here. The handler of std would need 260 KB for backtraces.
#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    loop {}
}

/// The status of a port (RFC 6335 section 6).
#[repr(C)]
#[derive(Clone, Copy)]
pub enum Status {
    /// The protocol number is not one of a transport protocol with ports.
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

/// A row of the registry. The texts are part of the library, so they stay valid. They are not NUL-terminated.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Row {
    /// The service name. Rows without a name reserve ports, or say that ports are unassigned.
    pub name: *const c_char,
    /// The length of the name in bytes, or 0 if there is no name.
    pub name_length: usize,
    /// The description. It is empty if the library was built without the feature `descriptions`.
    pub description: *const c_char,
    /// The length of the description in bytes, or 0 if there is no description.
    pub description_length: usize,
    /// The first port, or -1 if the row has no ports.
    pub first_port: i32,
    /// The last port, which belongs to the row, or -1 if the row has no ports.
    pub last_port: i32,
    /// The IP protocol number of the transport, or 0 if the row names none.
    pub protocol: u8,
    /// The status that the row gives its ports.
    pub status: Status,
}

/// Writes the name of a port into `buffer`, followed by a NUL.
///
/// The name is IANA's primary one. Returns its length without the NUL, or 0 if the port has no name. If the length is
/// not less than `size`, the text is cut to `size - 1` bytes, as `snprintf` does. A name has at most 63 bytes.
///
/// `buffer` has `size` bytes, or it is null; then nothing is written. If the port has no name, an empty string is
/// written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn iana_ports_name(port: u16, protocol: u8, buffer: *mut c_char, size: usize) -> usize {
    let name = Proto::from_ip_number(protocol).and_then(|proto| service_name(port, proto)).unwrap_or_default();
    // SAFETY: the caller promises it.
    unsafe { text::write(name, buffer, size) }
}

/// Returns the port of a service, or -1 if the name has no port on the transport.
///
/// `name` is NUL-terminated, in upper or lower case. If it is null, the result is -1. If the name has several ports,
/// the result is the one in everyday use, or else the lowest.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn iana_ports_port(name: *const c_char, protocol: u8) -> i32 {
    // SAFETY: the caller promises it.
    let name = unsafe { text::read(name) };
    let service = name.and_then(iana_ports::lookup_service);
    let port = service.and_then(|service| service.port(Proto::from_ip_number(protocol)?));
    port.map_or(-1, i32::from)
}

/// Writes the name that people use for a port, such as `dns` for 53/udp, as `iana_ports_name` writes a name.
///
/// If people use none, the name is IANA's. Only libraries with the feature `familiar`, which is on by default, have this
/// function.
#[cfg(feature = "familiar")]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn iana_ports_familiar_name(port: u16, protocol: u8, buffer: *mut c_char, size: usize) -> usize {
    let name = Proto::from_ip_number(protocol).and_then(|proto| iana_ports::familiar_name(port, proto));
    // SAFETY: the caller promises it.
    unsafe { text::write(name.unwrap_or_default(), buffer, size) }
}

/// Returns the port that people mean by a name, such as 3389 for `rdp`, or -1 if there is none on the transport.
///
/// `name` is as for `iana_ports_port`. Only libraries with the feature `familiar`, which is on by default, have this
/// function.
#[cfg(feature = "familiar")]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn iana_ports_familiar_port(name: *const c_char, protocol: u8) -> i32 {
    // SAFETY: the caller promises it.
    let name = unsafe { text::read(name) };
    let port = name.and_then(|name| iana_ports::familiar_port(name, Proto::from_ip_number(protocol)?));
    port.map_or(-1, i32::from)
}

/// Returns the status of a port.
#[unsafe(no_mangle)]
pub extern "C" fn iana_ports_port_status(port: u16, protocol: u8) -> Status {
    Proto::from_ip_number(protocol).map_or(Status::NoTransport, |proto| Status::of(port_status(port, proto)))
}

/// Returns the end of a flow that serves, judged by its ports.
///
/// If one end has a name, it serves. If both do, a System Port comes first, then a User Port in everyday use, then the
/// lower port. If the ports are equal, the destination serves.
#[unsafe(no_mangle)]
pub extern "C" fn iana_ports_serving_end(source: u16, destination: u16, protocol: u8) -> End {
    match Proto::from_ip_number(protocol).and_then(|proto| lookup_flow(source, destination, proto)) {
        None => End::Neither,
        Some((_, iana_ports::End::Source)) => End::Source,
        Some((_, iana_ports::End::Destination)) => End::Destination,
    }
}

/// Calls `each` for every row of the registry that contains a text, in the order of IANA's page, until `each` returns
/// something other than 0. Returns the number of calls.
///
/// The search ignores case, and looks into all columns that the library was built with. Every row contains the empty
/// text; if `text` is null, there are no calls. `context` is passed to each call unchanged, and may be null. The row is
/// valid only during the call, but its texts stay valid.
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
