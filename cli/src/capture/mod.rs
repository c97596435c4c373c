//! `iana-ports capture`: the packets of capture files, summed up by service.

mod blocks;
pub mod frames;
mod input;
pub mod packet;
mod report;
mod serving;
pub mod tally;

use crate::Outcome;
use crate::arguments::By;
use crate::error::{Error, tell};
use crate::local_names::NamesFile;
use crate::output::Output;
use frames::{CaptureError, frames};
use input::{is_interrupted, open};
use packet::dissect;
use report::{Report, Total};
use std::path::{Path, PathBuf};
use tally::Tally;

/// Sums up files as far as they can be read, and reports where a file is damaged.
pub(crate) fn run(files: &[PathBuf], by: By, outer: bool, own: &NamesFile<'_>, out: &Output) -> Result<Outcome, Error> {
    let (mut tally, mut report, mut total) = (Tally::default(), Report::new(by, own, out)?, Total::default());
    let mut found = Outcome::Everything;
    for path in files {
        let mut printed = Ok(());
        let read = open(path).and_then(|(file, bar)| {
            let outcome = frames(file, |frame| {
                total.add(frame.length, frame.time);
                let forgotten = tally.add(dissect(frame.link_type, frame.bytes, outer), frame.length);
                if !forgotten.is_empty() {
                    printed = report.add(forgotten);
                }
                printed.is_ok()
            });
            bar.finish_and_clear();
            outcome.or_else(|error| match error {
                CaptureError::Other(start) => Err(std::io::Error::other(no_capture(&start, path))),
                CaptureError::Damaged(offset, what) => {
                    let (path, rest) = (path.display(), "the sums include only what comes before");
                    tell(&format!("{path}: damaged at offset {offset}: {what}; {rest}"));
                    found = Outcome::NotAll;
                    Ok(())
                }
            })
        });
        printed?;
        if let Err(error) = read {
            tell(&Error::Unreadable(path.clone(), error));
            found = Outcome::NotAll;
        } else {
            total.files += 1;
        }
        if is_interrupted() {
            break;
        }
    }
    if total.files == 0 {
        return Ok(Outcome::NotUnderstood);
    }
    let (flows, not_counted) = tally.finish();
    report.add(flows)?;
    report.finish(not_counted, &total)?;
    Ok(found)
}

/// Other formats for packets: their first bytes, their names, and commands that read them.
#[rustfmt::skip]
const OTHERS: [(&[u8], &str, &str); 5] = [
    (b"\x28\xb5\x2f\xfd", "compressed by zstd", "zstd -dc"),
    (b"\xfd7zXZ\0", "compressed by xz", "xz -dc"),
    (b"BZh", "compressed by bzip2", "bzip2 -dc"),
    (b"\x04\x22\x4d\x18", "compressed by lz4", "lz4 -dc"),
    (b"snoop\0\0\0", "a snoop file", "editcap -F pcap - -"),
];

/// The error for a file that starts like this and is no capture. It names the format, and a command that reads it.
fn no_capture(start: &[u8], path: &Path) -> String {
    // Text has no control characters but white space and the one that begins a color.
    let is_text = start.iter().take(16).all(|byte| matches!(byte, b'\t'..=b'\r' | b'\x1b' | b' '..=b'~' | 0x80..));
    // An ERF file has no fixed first bytes. It starts with a time between 1999 and 2055 in units of 2^-32 seconds, a
    // type, flags and the length of the record.
    let is_erf = matches!(*start, [_, _, _, _, _, _, _, 0x38..=0xa0, kind, _, a, b, ..]
        if (1..=48).contains(&(kind & 0x7f)) && u16::from_be_bytes([a, b]) > 16);
    let other = OTHERS.iter().find(|(first, ..)| start.starts_with(first)).map(|&(_, kind, command)| (kind, command));
    match other.or((is_erf && !is_text).then_some(("an ERF file", "editcap -F pcap - -"))) {
        Some((kind, command)) => {
            let from = if path.as_os_str() == "-" { String::new() } else { format!(" <{}", path.display()) };
            format!("it is {kind}; run `{command}{from} | iana-ports capture -`")
        }
        None if is_text => "it is not a capture; docs/joining.md says how to add names to a table".to_owned(),
        None => "it is not a capture".to_owned(),
    }
}
