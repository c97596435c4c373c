//! `iana-ports list`: the rows of the registry, in its order, or the ports that are free.

use crate::Outcome;
use crate::arguments::{List, Status};
use crate::changes::Newer;
use crate::error::{Error, MOST, remark};
use crate::local_names::NamesFile;
use crate::lookup::of_ports;
use crate::output::Output;
use crate::rows::{Line, own_first, print};
use crate::selection::{Selection, runs};
use crate::suggest::{all_uses, other_name, other_names};
use clap::ValueEnum;
use iana_ports::{PortClass, PortRange, PortStatus, is_familiar, port_status};

/// Prints the selected rows, local names and familiar ones first.
pub fn run(list: &List, own: &NamesFile<'_>, out: &Output) -> Result<Outcome, Error> {
    let mut selection = list.selection.clone();
    selection.ports.extend(&list.range);
    let lines = if list.free { free(&selection, own) } else { chosen(list, &selection, own) };
    let is_empty = lines.is_empty();
    let used: Vec<String> = lines.iter().flat_map(used).collect();
    print(lines, list.long, out)?;
    if is_empty {
        remark(&if list.free { "no port is free" } else { "no row of the registry is chosen" });
        return Ok(Outcome::NotAll);
    }
    if out.is_table() && !own.is_familiar {
        used.iter().take(MOST).for_each(|told| remark(told));
        if used.len() > MOST {
            remark(&format!("people run services on {} more of these ports", used.len() - MOST));
        }
    }
    Ok(Outcome::Everything)
}

fn chosen(list: &List, selection: &Selection, own: &NamesFile<'_>) -> Vec<Line> {
    let familiar = all_uses().filter(|familiar| {
        let (port, proto) = (familiar.port(), familiar.proto());
        own.is_familiar && selection.has(port, proto) && other_name(port, proto) == Some(familiar.name())
    });
    let own = own.names.iter().filter(|own| selection.has(own.port, own.proto)).map(Line::from);
    let rows = selection
        .rows()
        .flat_map(Line::of)
        .filter(|line| line.transport.is_none_or(|proto| selection.protos().contains(&proto)));
    let dynamic = list.status == Some(Status::Dynamic);
    let status = list.status.and_then(|status| status.to_possible_value());
    let dynamic = selection.parts_of(PortClass::Dynamic.ports()).into_iter().filter(|_| dynamic);
    let dynamic = dynamic.flat_map(|ports| of_ports(ports, &selection.protos(), &NamesFile::default()));
    let newer = Newer::new();
    let is_since = |line: &Line| list.since.is_none_or(|since| line.row.is_some_and(|row| newer.is_since(row, since)));
    let is_wanted =
        |line: &Line| status.as_ref().is_none_or(|status| status.matches(line.status, true)) && is_since(line);
    own_first(own.chain(familiar.map(Line::from)).filter(is_wanted), rows.chain(dynamic).filter(is_wanted))
}

/// The ports that are unassigned and have no name in everyday use, and none of the user's.
fn free(selection: &Selection, own: &NamesFile<'_>) -> Vec<Line> {
    let mut lines = Vec::new();
    for proto in selection.protos() {
        let is_free = |port: &u16| {
            let is_unassigned = matches!(port_status(*port, proto), PortStatus::Unassigned(_));
            is_unassigned && !is_familiar(*port, proto) && own.at(*port, proto).next().is_none()
        };
        let ports: Vec<u16> = selection.ranges().into_iter().flatten().filter(is_free).collect();
        lines.extend(runs(&ports).map(|ports| Line::new(None, Some(ports), Some(proto), "Unassigned")));
    }
    lines.sort_by_key(|line| line.first_port);
    lines
}

/// Remarks on what people run on the ports of an unassigned row.
fn used(line: &Line) -> Vec<String> {
    let ports = line.first_port.zip(line.last_port).and_then(|(first, last)| PortRange::new(first, last));
    let is_unassigned = line.status == "Unassigned";
    let ports = ports.into_iter().flatten().filter(|_| is_unassigned);
    ports.flat_map(|port| other_names(port, line.transport.into_iter())).collect()
}
