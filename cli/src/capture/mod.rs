//! `iana-ports capture`: the service of every packet in a capture file, summed up by service.

mod blocks;
mod frames;
mod packet;
mod tally;

use crate::Found;
use crate::output::Output;
use crate::own::Own;
use crate::problem::{Problem, tell};
use frames::{Fault, Frame};
use indicatif::ProgressBar;
use packet::Dissector;
use std::fs::File;
use std::path::Path;
use tally::Tally;

/// Files of so many bytes take long enough for a progress bar.
const LONG: u64 = 64 << 20;

/// Sums up a file as far as it can be read, and tells where that ends.
pub fn run(path: &Path, own: &Own<'_>, out: &Output) -> Result<Found, Problem> {
    let file = File::open(path).map_err(|error| Problem::Unreadable(path.to_owned(), error))?;
    let mut tally = Tally::new(own);
    let outcome = read(file, &mut tally);
    out.rows(&tally.sums())?;
    for line in tally.not_counted() {
        if out.is_table() {
            out.text(&format!("{line}\n"))?;
        } else {
            tell(&line);
        }
    }
    match outcome {
        Ok(()) => Ok(Found::Everything),
        Err(Fault { offset, what }) => {
            let path = path.display();
            tell(&format!("{path} is broken at offset {offset}: {what}; the sums are of what comes before"));
            Ok(Found::NotAll)
        }
    }
}

/// Counts the packets of a file, with a bar on standard error if it is long and that is a terminal.
fn read(file: File, tally: &mut Tally<'_>) -> Result<(), Fault> {
    let length = file.metadata().map_or(0, |metadata| metadata.len());
    let bar = if length < LONG { ProgressBar::hidden() } else { ProgressBar::new(length) };
    let mut dissector = Dissector::default();
    let outcome = frames::frames(file, |Frame { offset, link_type, bytes, length }| {
        // Asking for the time at every packet would cost more than the packet.
        if tally.packets % 4096 == 0 {
            bar.set_position(offset);
        }
        tally.add(dissector.flow(link_type, bytes), length);
    });
    bar.finish_and_clear();
    outcome
}
