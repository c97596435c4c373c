//! `iana-ports capture`: the packets of capture files, summed up by service.

mod blocks;
mod fragments;
pub mod frames;
pub mod packet;
mod pcap;
mod report;
pub mod tally;

use crate::Outcome;
use crate::arguments::By;
use crate::error::{Error, tell};
use crate::local_names::NamesFile;
use crate::output::Output;
use flate2::bufread::MultiGzDecoder;
use frames::{CaptureError, Piece};
use indicatif::ProgressBar;
use packet::{PacketError, dissect};
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::PathBuf;
use tally::Tally;

/// Files of this many bytes take long enough for a progress bar.
const LONG: u64 = 64 << 20;

/// The first bytes of a file that gzip compressed.
const GZIP: [u8; 2] = [0x1f, 0x8b];

/// Sums up files as far as they can be read, and reports where a file is broken.
pub(crate) fn run(files: &[PathBuf], by: By, outer: bool, own: &NamesFile<'_>, out: &Output) -> Result<Outcome, Error> {
    let mut tally = Tally::default();
    let mut found = Outcome::Everything;
    for path in files {
        let unreadable = |error| Error::Unreadable(path.clone(), error);
        let outcome = if path.as_os_str() == "-" {
            read(io::stdin().lock(), 0, outer, &mut tally).map_err(unreadable)?
        } else {
            let file = File::open(path).map_err(unreadable)?;
            let length = file.metadata().map_or(0, |metadata| metadata.len());
            read(BufReader::new(file), length, outer, &mut tally).map_err(unreadable)?
        };
        if let Err(CaptureError { offset, what }) = outcome {
            let path = path.display();
            tell(&format!("{path} is broken at offset {offset}: {what}; the sums are of what comes before"));
            found = Outcome::NotAll;
        }
    }
    match by {
        By::Port => out.rows(&report::by_port(&tally, own))?,
        By::Service => out.rows(&report::by_service(&tally, own))?,
        By::Flow => out.rows(&report::by_flow(&tally, own))?,
    }
    for (reason, count) in tally.not_counted() {
        let line = format!("not counted: {count} {reason}");
        if out.is_table() {
            out.text(&(line + "\n"))?;
        } else {
            tell(&line);
        }
    }
    Ok(found)
}

/// Counts the packets of a file. Shows a progress bar if the file is long and standard error is a terminal.
fn read(mut file: impl BufRead, length: u64, outer: bool, tally: &mut Tally) -> io::Result<Result<(), CaptureError>> {
    let bar = if length < LONG { ProgressBar::hidden() } else { ProgressBar::new(length) };
    let is_compressed = file.fill_buf()?.starts_with(&GZIP);
    let file: Box<dyn Read + '_> = if is_compressed {
        Box::new(MultiGzDecoder::new(BufReader::new(bar.wrap_read(file))))
    } else {
        Box::new(bar.wrap_read(file))
    };
    let outcome = frames::frames(file, |piece| match piece {
        Piece::Frame(frame) => tally.add(dissect(frame.link_type, frame.bytes, outer), frame.length),
        Piece::Unread(kind) => tally.skip(PacketError::Block(kind)),
    });
    bar.finish_and_clear();
    Ok(outcome)
}
