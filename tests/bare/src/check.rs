//! Asks the crate the questions that the build script wrote, and compares the answers.

use core::fmt::{self, Write};
use iana_ports::{Block, PortStatus, Proto, Record, lookup_port, lookup_service, port_status};

/// A question, with the oracle's answer.
enum Question {
    /// Port and IP protocol number; name and description of the primary record, if there is one.
    Port(u16, u8, Option<(&'static str, &'static str)>, Status),
    /// A name; the first port and the IP protocol number of each of its records.
    Service(&'static str, &'static [Row]),
}

type Row = (Option<u16>, Option<u8>);

/// A [`PortStatus`] in which a block is represented by its first and last port.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Status {
    Assigned,
    Reserved(Option<(u16, u16)>),
    Unassigned(Option<(u16, u16)>),
    Dynamic,
}

include!(concat!(env!("OUT_DIR"), "/questions.rs"));

/// Prints the properties of the machine, as the program itself sees them, and the wrong answers. `Ok(true)` if there
/// are none.
pub fn check(out: &mut impl Write) -> Result<bool, fmt::Error> {
    let order = if u16::from_ne_bytes([0, 1]) == 1 { "big" } else { "little" };
    let width = usize::BITS;
    let mut right = 0;
    for question in &QUESTIONS {
        if is_right(question, out)? {
            right += 1;
        }
    }
    writeln!(out, "{order}-endian, {width}-bit pointers: {right} of {} answers are right", QUESTIONS.len())?;
    Ok(right == QUESTIONS.len())
}

fn is_right(question: &Question, out: &mut impl Write) -> Result<bool, fmt::Error> {
    match *question {
        Question::Port(port, proto, name, status) => {
            let proto = Proto::try_from(proto).map_err(|_| fmt::Error)?;
            let record = lookup_port(port, proto);
            let found = (record.map(|record| (record.name(), description(record))), self::status(port, proto));
            if found == (name, status) {
                return Ok(true);
            }
            writeln!(out, "{port}/{proto}: {found:?}, not {:?}", (name, status))?;
        }
        Question::Service(name, rows) => {
            let row = |record: Record| (record.port(), record.proto().map(Proto::ip_number));
            let found = || lookup_service(name).into_iter().flat_map(|service| service.records()).map(row);
            if found().eq(rows.iter().copied()) {
                return Ok(true);
            }
            writeln!(out, "{name}:")?;
            found().try_for_each(|row| writeln!(out, "  {row:?}"))?;
            writeln!(out, "not {rows:?}")?;
        }
    }
    Ok(false)
}

#[cfg(feature = "descriptions")]
fn description(record: Record) -> &'static str {
    record.description()
}

#[cfg(not(feature = "descriptions"))]
fn description(_: Record) -> &'static str {
    ""
}

fn status(port: u16, proto: Proto) -> Status {
    let ends = |block: Block| (block.ports().first(), block.ports().last());
    match port_status(port, proto) {
        PortStatus::Assigned(_) => Status::Assigned,
        PortStatus::Reserved(block) => Status::Reserved(block.map(ends)),
        PortStatus::Unassigned(block) => Status::Unassigned(block.map(ends)),
        PortStatus::Dynamic => Status::Dynamic,
    }
}
