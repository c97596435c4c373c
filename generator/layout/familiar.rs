//! The tables of familiar names, in the order of the list, each with the service that it is about; and the one that is
//! shown for a port. The names are numbered in order, with case ignored, and share the pool and the table of the
//! entries' names.

use super::candidates::Candidates;
use super::names::Numbering;
use super::tables::Tables;
use crate::generator::bounds::at_most;
use crate::generator::check::Checked;
use crate::generator::error_kind::ErrorKind;
use crate::generator::filter::Filter;
use crate::generator::numbers::{Numbers, sorted};
use crate::generator::read::registry::Origin;
use crate::generator::read::services_file::FamiliarLine;
use crate::generator::shared::id::Id;
use crate::generator::shared::packing::{MAX_FAMILIAR, pack_familiar};
use crate::generator::shared::proto::Proto;

/// A familiar name, where a line of the list has it.
struct Use<'l> {
    name: &'l str,
    folded: String,
    port: u16,
    proto: Proto,
    /// The registered service that the line is about, as an index into [`Candidates::services`].
    service: Option<usize>,
}

/// The familiar names that the filter keeps.
pub struct Familiar<'l> {
    /// In the order of the list. The first one for a port and transport is shown.
    uses: Vec<Use<'l>>,
    numbers: Numbers,
}

impl<'l> Familiar<'l> {
    /// Names and aliases of the lines. Rows of an overlay with other names take the place of lines on the same port.
    pub fn of(
        lines: &'l [FamiliarLine],
        checked: &Checked,
        candidates: &Candidates,
        filter: &Filter,
    ) -> Result<Self, ErrorKind> {
        let mut uses: Vec<Use> = Vec::new();
        for &FamiliarLine { ref names, port, proto } in lines {
            let name = names[0].to_ascii_lowercase();
            let primary = candidates.primary(port, proto).map(|entry| &checked.records[entry.record]);
            let is_replaced =
                primary.is_some_and(|record| record.precedence.origin == Origin::Overlay && record.folded != name);
            if is_replaced || !filter.keeps(port, proto) {
                continue;
            }
            let service = candidates.service(&name).filter(|&service| {
                let ports = candidates.ports_of(service, proto, checked);
                ports.iter().any(|&(ports, origin)| origin == Origin::Registry && ports.contains(port))
            });
            // The first name says which service is meant, and the second is what people call it.
            let skipped = usize::from(service.is_some() && names.len() > 1);
            let of_name = |name: &'l String| Use { name, folded: name.to_ascii_lowercase(), port, proto, service };
            uses.extend(names[skipped..].iter().map(of_name));
        }
        let numbers = Numbers::sorted(uses.len(), &|a, b| uses[a].folded.cmp(&uses[b].folded));
        at_most("familiar names", numbers.firsts.len(), MAX_FAMILIAR)?;
        at_most("uses of familiar names", uses.len(), Id::MOST)?;
        Ok(Self { uses, numbers })
    }

    /// The names in order, each as it is spelled first.
    pub fn names(&self) -> Vec<&'l str> {
        self.numbers.firsts.iter().map(|&first| self.uses[first].name).collect()
    }

    /// Lays out all tables but the text.
    pub fn lay_out(&self, tables: &mut Tables, candidates: &Candidates, numbering: &Numbering) {
        tables.constant("FAMILIAR_NAMES", self.numbers.firsts.len());
        let place = |of: usize| (self.uses[of].proto, self.uses[of].port);
        let by_place = sorted(self.uses.len(), &|a, b| place(a).cmp(&place(b)));
        let packed = |&of: &usize| pack_familiar(place(of).1, place(of).0, self.numbers.of[of]);
        tables.column("PORT_TO_FAMILIAR", 4, &mut by_place.iter().map(packed));
        tables.array("FAMILIAR_IN_ORDER", 2, sorted(by_place.len(), &|a, b| by_place[a].cmp(&by_place[b])));
        let id = |service: usize| numbering.entries[candidates.services[service].entries[0]];
        tables.column("FAMILIAR_TO_SERVICE", 2, &mut self.uses.iter().map(|of| Id::pack(of.service.map(id))));
    }
}
