//! The status of ports without a record, on each transport.

use crate::generator::check::{Block, Checked, none_last};
use crate::generator::filter::Filter;
use crate::generator::numbers::sorted;
use crate::generator::shared::port_class::PortClass;
use crate::generator::shared::proto::Proto;

/// The status of a port on one transport.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// A record answers, so nothing reads this.
    Record,
    /// A block covers it; in the result, this is an index into [`Coverage::blocks`].
    Block(usize),
    /// Taken on another transport, and so reserved on this one (RFC 6335 section 7.2).
    TakenElsewhere,
    /// No row on any transport takes it.
    Nothing,
    Dynamic,
    /// Not compiled in. It may not be free.
    LeftOut,
}

pub type OnTransports = [Found; Proto::ALL.len()];

/// Every block that is kept, and what each port is on each transport.
pub struct Coverage {
    /// Indexes into [`Checked::blocks`], by ports, then transport (none last), then position.
    pub blocks: Vec<usize>,
    pub ports: Vec<OnTransports>,
}

/// Finds the block that covers each port. The filter applies only afterwards, because a row that it leaves out can be
/// the reason why another port is reserved.
pub fn cover(checked: &Checked, filter: &Filter) -> Coverage {
    let all = || 0..=u16::MAX;
    let class = |port| if is_dynamic(port) { Found::Dynamic } else { Found::Nothing };
    let mut ports: Vec<OnTransports> = all().map(|port| [class(port); Proto::ALL.len()]).collect();
    let precedence = |row: usize| checked.blocks[row].precedence;
    for row in sorted(checked.blocks.len(), &|a, b| precedence(b).cmp(&precedence(a))) {
        let block = &checked.blocks[row];
        for port in &mut ports[block.ports.first().into()..=block.ports.last().into()] {
            for &proto in block.protos() {
                port[proto as usize] = Found::Block(row);
            }
        }
    }
    for record in &checked.records {
        let Some(own) = record.row.ports else { continue };
        for port in &mut ports[own.first().into()..=own.last().into()] {
            for &proto in record.protos() {
                port[proto as usize] = Found::Record;
            }
        }
    }
    let takes = |found: &Found| match *found {
        Found::Block(row) => !checked.blocks[row].is_unassigned,
        found => found == Found::Record,
    };
    for port in ports.iter_mut().filter(|port| port.iter().any(takes)) {
        for found in port.iter_mut().filter(|found| **found == Found::Nothing) {
            *found = Found::TakenElsewhere;
        }
    }

    let blocks = wanted_blocks(checked, filter);
    let mut ids = vec![None; checked.blocks.len()];
    for (id, &row) in blocks.iter().enumerate() {
        ids[row] = Some(id);
    }
    for (port, on_transports) in all().zip(&mut ports) {
        for (proto, found) in Proto::ALL.into_iter().zip(on_transports) {
            let is_wanted = filter.keeps(port, proto);
            *found = match *found {
                Found::Dynamic => Found::Dynamic,
                Found::Block(row) if is_wanted => ids[row].map_or(Found::LeftOut, Found::Block),
                found if is_wanted => found,
                _ if is_dynamic(port) => Found::Dynamic,
                _ => Found::LeftOut,
            };
        }
    }
    Coverage { blocks, ports }
}

fn is_dynamic(port: u16) -> bool {
    PortClass::of(port) == PortClass::Dynamic
}

/// The blocks with a port that the filter keeps, in order.
fn wanted_blocks(checked: &Checked, filter: &Filter) -> Vec<usize> {
    let key = |row: usize| {
        let Block { ports, precedence, row, .. } = &checked.blocks[row];
        (*ports, none_last(row.proto), precedence.position)
    };
    let mut wanted = sorted(checked.blocks.len(), &|a, b| key(a).cmp(&key(b)));
    wanted.retain(|&row| {
        let block = &checked.blocks[row];
        !filter.kept(block.ports, block.protos()).is_empty()
    });
    wanted
}
