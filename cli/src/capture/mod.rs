//! `iana-ports capture`: the packets of capture files, summed up by service.

mod blocks;
mod fragments;
pub mod frames;
mod input;
pub mod packet;
mod pcap;
mod report;
pub mod tally;

use crate::Outcome;
use crate::arguments::By;
use crate::error::{Error, tell};
use crate::local_names::NamesFile;
use crate::output::Output;
use frames::{CaptureError, Piece, frames};
use packet::{PacketError, dissect};
use report::Report;
use std::path::PathBuf;
use tally::Tally;

/// Sums up files as far as they can be read, and reports where a file is damaged.
pub(crate) fn run(files: &[PathBuf], by: By, outer: bool, own: &NamesFile<'_>, out: &Output) -> Result<Outcome, Error> {
    let (mut tally, mut report) = (Tally::default(), Report::new(by, own, out)?);
    let (mut found, mut unreadable) = (Outcome::Everything, 0);
    for path in files {
        let (file, bar) = match input::open(path) {
            Ok(input) => input,
            Err(error) => {
                tell(&Error::Unreadable(path.clone(), error));
                (found, unreadable) = (Outcome::NotAll, unreadable + 1);
                continue;
            }
        };
        let mut printed = Ok(());
        let outcome = frames(file, |piece| {
            let forgotten = match piece {
                Piece::Frame(frame) => tally.add(dissect(frame.link_type, frame.bytes, outer), frame.length),
                Piece::Unread(kind) => tally.add(Err(PacketError::Block(kind)), 0),
            };
            printed = forgotten.map_or(Ok(()), |flows| report.add(flows));
            printed.is_ok()
        });
        bar.finish_and_clear();
        printed?;
        if input::is_interrupted() {
            break;
        }
        if let Err(CaptureError { offset, what }) = outcome {
            let path = path.display();
            tell(&format!("{path}: damaged at offset {offset}: {what}; the sums include only what comes before"));
            found = Outcome::NotAll;
        }
    }
    if unreadable == files.len() {
        return Ok(Outcome::NotUnderstood);
    }
    let (flows, not_counted) = tally.finish();
    report.add(flows)?;
    report.finish(not_counted)?;
    Ok(found)
}
