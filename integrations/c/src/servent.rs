//! The functions of <netdb.h>, with their signatures and return values in glibc.

use crate::text;
use core::ffi::{c_char, c_int};
use core::ptr;
use iana_ports::{Proto, lookup_port, lookup_service};

/// `struct servent` of <netdb.h> (POSIX.1-2024).
#[repr(C)]
#[allow(clippy::struct_field_names, reason = "POSIX names them")]
pub struct Servent {
    s_name: *mut c_char,
    s_aliases: *mut *mut c_char,
    s_port: c_int,
    s_proto: *mut c_char,
}

/// A pointer is null.
const EINVAL: c_int = 22;

/// The buffer is too small.
const ERANGE: c_int = 34;

/// Like glibc's `getservbyname_r`, but without a file: finds the service with this name. Ports are in network byte
/// order.
///
/// The answers are those of glibc if /etc/services contains the output of `iana-ports export services`. So the case of
/// `name` matters, and the lowest of several ports counts. `protocol` is "tcp", "udp", "dccp" or "sctp", or null for
/// any transport.
///
/// Returns 0 and sets `*result` to `entry`, or to null if there is no such service. Returns ERANGE and sets `*result`
/// to null if `buffer`, which has `size` bytes, is too small; 1024 bytes are enough for every entry of IANA's registry.
/// Returns EINVAL if a pointer other than `protocol` is null. The strings of the entry are in `buffer`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn iana_getservbyname_r(
    name: *const c_char,
    protocol: *const c_char,
    entry: *mut Servent,
    buffer: *mut c_char,
    size: usize,
    result: *mut *mut Servent,
) -> c_int {
    if name.is_null() {
        return EINVAL;
    }
    // SAFETY: the caller promises it.
    let found = match (unsafe { text::read(name) }, unsafe { transports(protocol) }) {
        (Some(name), Some(transports)) => find(name, transports),
        _ => None,
    };
    // SAFETY: the caller promises it.
    unsafe { answer(found, entry, buffer, size, result) }
}

/// Like glibc's `getservbyport_r`, but without a file: finds the service on this port, which is in network byte order.
///
/// Everything else is the same as for `iana_getservbyname_r`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn iana_getservbyport_r(
    port: c_int,
    protocol: *const c_char,
    entry: *mut Servent,
    buffer: *mut c_char,
    size: usize,
    result: *mut *mut Servent,
) -> c_int {
    // The upper half of the int must be 0. The port is in the first two bytes on little-endian machines, and in the
    // last two on others.
    let port = u16::try_from(port).ok().map(u16::from_be);
    // SAFETY: the caller promises it.
    let found = match (port, unsafe { transports(protocol) }) {
        (Some(port), Some(transports)) => {
            transports.iter().map(|&proto| (port, proto)).find(|&(port, proto)| lookup_port(port, proto).is_some())
        }
        _ => None,
    };
    // SAFETY: the caller promises it.
    unsafe { answer(found, entry, buffer, size, result) }
}

/// The transports that the caller asks for, in the order of the lines for a port; `None` if no transport has this name.
///
/// # Safety
///
/// `protocol` is null, or it points to a NUL-terminated string.
unsafe fn transports(protocol: *const c_char) -> Option<&'static [Proto]> {
    if protocol.is_null() {
        return Some(&Proto::ALL);
    }
    // SAFETY: the caller promises it.
    let protocol = unsafe { text::read(protocol) }?;
    let at = Proto::ALL.iter().position(|proto| proto.as_str() == protocol)?;
    Proto::ALL.get(at..=at)
}

/// The first port and transport that have this name, in the order of ports.
fn find(name: &str, transports: &[Proto]) -> Option<(u16, Proto)> {
    let service = lookup_service(name)?;
    let ports = transports.iter().flat_map(|&proto| service.ports(proto).map(move |ports| (ports.first(), proto)));
    // If two transports have the same port, the first one counts.
    let with_name = ports.filter(|&(port, proto)| names(port, proto).any(|other| other.is(name)));
    with_name.reduce(|first, other| if other.0 < first.0 { other } else { first })
}

/// A name in a line of services(5).
#[derive(Clone, Copy)]
struct Name {
    text: &'static str,
    /// True for the alias in lower case of a name with capitals.
    is_folded: bool,
}

impl Name {
    fn bytes(self) -> impl Iterator<Item = u8> {
        self.text.bytes().map(move |byte| if self.is_folded { byte.to_ascii_lowercase() } else { byte })
    }

    fn is(self, other: &str) -> bool {
        self.text.len() == other.len() && self.bytes().eq(other.bytes())
    }
}

/// The names of a port, primary first, and then the lower-case forms of names with capitals, unless another service has
/// the same name. `iana-ports export services` prints them in this order.
fn names(port: u16, proto: Proto) -> impl Iterator<Item = Name> + Clone {
    let records = lookup_port(port, proto).into_iter().flat_map(|record| record.same_port_records());
    let texts = records.map(|record| record.name());
    let is_new = {
        let texts = texts.clone();
        move |at: usize, text: &str| !texts.clone().take(at).any(|other| other == text)
    };
    let different = texts.enumerate().filter(move |(at, text)| is_new(*at, text)).map(|(_, text)| text);
    let is_needed = {
        let different = different.clone();
        move |folded: &Name| {
            let is_service = |service: iana_ports::Service| folded.is(service.name());
            !different.clone().any(|other| folded.is(other)) && !lookup_service(folded.text).is_some_and(is_service)
        }
    };
    let folded = different.clone().map(|text| Name { text, is_folded: true }).filter(is_needed);
    different.map(|text| Name { text, is_folded: false }).chain(folded)
}

/// Writes the entry of a port, and returns the result of the C functions.
///
/// # Safety
///
/// The pointers are null, or they are as [`iana_getservbyname_r`] says.
unsafe fn answer(
    found: Option<(u16, Proto)>,
    entry: *mut Servent,
    buffer: *mut c_char,
    size: usize,
    result: *mut *mut Servent,
) -> c_int {
    if entry.is_null() || buffer.is_null() || result.is_null() {
        return EINVAL;
    }
    // SAFETY: the pointer is not null, so the caller promises that it is valid.
    unsafe { *result = ptr::null_mut() };
    let Some((port, proto)) = found else { return 0 };
    // SAFETY: the caller promises that `size` bytes may be written.
    match unsafe { fill(port, proto, buffer, size) } {
        None => ERANGE,
        Some(filled) => {
            // SAFETY: the pointers are not null, so the caller promises that they are valid.
            unsafe {
                *entry = filled;
                *result = entry;
            }
            0
        }
    }
}

/// The entry of a port, with its strings in a buffer: first the pointers to the aliases, then the strings. `None` if
/// they do not fit.
///
/// # Safety
///
/// `buffer` points to `size` bytes that may be written.
unsafe fn fill(port: u16, proto: Proto, buffer: *mut c_char, size: usize) -> Option<Servent> {
    let names = names(port, proto);
    let skipped = buffer.align_offset(align_of::<*mut c_char>());
    let aliases = names.clone().count().checked_sub(1)?;
    let pointers = (aliases + 1).checked_mul(size_of::<*mut c_char>())?;
    let strings = names.clone().map(|name| name.text.len() + 1).sum::<usize>() + proto.as_str().len() + 1;
    if skipped.checked_add(pointers)?.checked_add(strings)? > size {
        return None;
    }
    #[allow(clippy::cast_ptr_alignment, reason = "the place was chosen for its alignment")]
    // SAFETY: the code above checks that all places are within `size` bytes, and aligns the pointers.
    unsafe {
        let s_aliases = buffer.add(skipped).cast::<*mut c_char>();
        let mut end = buffer.add(skipped + pointers);
        let mut push = |bytes: &mut dyn Iterator<Item = u8>| {
            let start = end;
            for byte in bytes {
                end.write(c_char::from_ne_bytes([byte]));
                end = end.add(1);
            }
            end.write(0);
            end = end.add(1);
            start
        };
        let mut s_name = ptr::null_mut();
        for (at, name) in names.enumerate() {
            let start = push(&mut name.bytes());
            match at.checked_sub(1) {
                None => s_name = start,
                Some(at) => s_aliases.add(at).write(start),
            }
        }
        s_aliases.add(aliases).write(ptr::null_mut());
        let s_proto = push(&mut proto.as_str().bytes());
        Some(Servent { s_name, s_aliases, s_port: port.to_be().into(), s_proto })
    }
}
