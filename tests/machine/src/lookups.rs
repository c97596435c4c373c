//! Every lookup as a function of its own. ci/machine-code searches the object file for panics.

#![no_std]

use core::panic::PanicInfo;
use iana_ports::{Block, PortRange, PortStatus, Proto, Record, Service};

#[panic_handler]
fn panic(_: &PanicInfo<'_>) -> ! {
    loop {}
}

/// Exports functions, so that the compiler keeps each of them.
macro_rules! export {
    ($($name:ident($($argument:ident: $of:ty),*) -> $answer:ty = $call:expr;)*) => {
        $(#[unsafe(no_mangle)]
        pub fn $name($($argument: $of),*) -> $answer {
            $call
        })*
    };
}

type Name = Option<&'static str>;

export! {
    by_ip_number(number: u8) -> Option<Proto> = Proto::from_ip_number(number);
    port(port: u16, proto: Proto) -> Option<Record> = iana_ports::lookup_port(port, proto);
    name(port: u16, proto: Proto) -> Name = iana_ports::service_name(port, proto);
    flow(from: u16, to: u16, proto: Proto) -> Option<(Record, iana_ports::End)> = iana_ports::lookup_flow(from, to, proto);
    flow_name(from: u16, to: u16, proto: Proto) -> Name = iana_ports::flow_name(from, to, proto);
    status(port: u16, proto: Proto) -> PortStatus = iana_ports::port_status(port, proto);
    service(name: &str) -> Option<Service> = iana_ports::lookup_service(name);
    familiar_name(port: u16, proto: Proto) -> Name = iana_ports::familiar_name(port, proto);
    familiar_port(name: &str, proto: Proto) -> Option<u16> = iana_ports::familiar_port(name, proto);
    is_familiar(port: u16, proto: Proto) -> bool = iana_ports::is_familiar(port, proto);
    record_name(record: Record) -> &'static str = record.name();
    record_ports(record: Record) -> Option<PortRange> = record.ports();
    record_proto(record: Record) -> Option<Proto> = record.proto();
    record_protos(record: Record) -> &'static [Proto] = record.protos();
    record_is_alias(record: Record) -> bool = record.is_alias();
    record_alias_of(record: Record) -> Option<Service> = record.alias_of();
    record_service(record: Record) -> Service = record.service();
    record_description(record: Record) -> &'static str = record.description();
    service_name(service: Service) -> &'static str = service.name();
    service_port(service: Service, proto: Proto) -> Option<u16> = service.port(proto);
    service_description(service: Service) -> &'static str = service.description();
    block_ports(block: Block) -> PortRange = block.ports();
    block_proto(block: Block) -> Option<Proto> = block.proto();
    block_protos(block: Block) -> &'static [Proto] = block.protos();
    block_is_unassigned(block: Block) -> bool = block.is_unassigned();
    block_description(block: Block) -> &'static str = block.description();
}
