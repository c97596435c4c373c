//! A program without std: it calls the interface and exits with 0 if the answers are right.
//! tests/package/no_std.rs builds and runs it.

#![no_std]
#![no_main]

use core::ffi::c_int;
use core::fmt::{self, Write};
use core::panic::PanicInfo;
use iana_ports::{PortRange, PortStatus, Proto, ReferenceTarget, Service};
use serde::de::IntoDeserializer;
use serde::de::value::Error;
use serde::{Deserialize, Serialize};

// The program needs the C library for its start and for memcmp. Otherwise std would link it.
#[link(name = "c")]
unsafe extern "C" {}

#[panic_handler]
fn panic(_: &PanicInfo<'_>) -> ! {
    loop {}
}

/// Compares text while it is written, because the program has no memory to keep it.
struct Expect<'a>(&'a str);

impl Write for Expect<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0 = self.0.strip_prefix(text).ok_or(fmt::Error)?;
        Ok(())
    }
}

fn displays(value: impl fmt::Display, expected: &str) -> bool {
    let mut expect = Expect(expected);
    write!(expect, "{value}").is_ok() && expect.0.is_empty()
}

/// Displays a value through its serialization, because a formatter is a serializer for plain values.
struct Serialized<T>(T);

impl<T: Serialize> fmt::Display for Serialized<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.serialize(f)
    }
}

fn read<'de, T: Deserialize<'de>>(text: &'de str) -> Result<T, Error> {
    T::deserialize(text.into_deserializer())
}

fn columns() -> Option<bool> {
    let https = iana_ports::lookup_port(443, Proto::Tcp)?;
    let discard = iana_ports::lookup_port(9, Proto::Dccp)?;
    Some(
        https.description().starts_with("http")
            && https.references().map(|reference| reference.target()).eq([ReferenceTarget::Rfc(9110)])
            && displays(https.references().next()?.target().url()?, "https://www.rfc-editor.org/rfc/rfc9110")
            && displays(https.modified()?, "2021-10-01")
            && https.assignees().map(|person| person.id()).eq(["IESG"])
            && https.contacts().map(|person| person.id()).eq(["IETF_Chair"])
            && displays(discard.service_code()?, "SC:DISC")
            && iana_ports::lookup_service("www")?.records().next()?.alias_of()?.name() == "http"
            && displays(Serialized(PortRange::new(1, 2)?), "1-2")
            && read::<Service>("HTTPS").is_ok_and(|service| service == https.service())
            && read::<Proto>("quic").is_err(),
    )
}

fn answers() -> Option<bool> {
    let https = iana_ports::lookup_port(443, Proto::Tcp)?;
    let domain = iana_ports::lookup_service("DOMAIN")?;
    let reserved = iana_ports::port_status(993, Proto::Udp);
    Some(
        https.name() == "https"
            && https.same_port_records().count() == 1
            && displays(https, "https 443/tcp")
            && domain.port(Proto::Udp) == Some(53)
            && domain.records().count() == 2
            && Service::from_srv_label("_domain") == Some(domain)
            && matches!(reserved, PortStatus::Reserved(Some(_)))
            && iana_ports::lookup_service("no-such-service").is_none()
            && iana_ports::records().len() == iana_ports::records().count()
            && iana_ports::services().rev().next()?.name().len() > 1
            && iana_ports::blocks().next()?.ports().first() == 0
            && iana_ports::check_service_name("whois++").is_err_and(|error| {
                displays(
                    error,
                    "a service name has only ASCII letters, digits and hyphens, found '+' at byte 5",
                )
            })
            && displays(iana_ports::REGISTRY_UPDATED, core::option_env!("EXPECTED_DATE")?),
    )
}

/// The C runtime calls this function. Rust's own runtime is part of std.
#[unsafe(no_mangle)]
extern "C" fn main(_: c_int, _: *const *const u8) -> c_int {
    if answers() == Some(true) && columns() == Some(true) { 0 } else { 1 }
}
