//! `iana-ports capture`: the packets of capture files, summed up by service.

mod blocks;
pub mod frames;
pub mod packet;
mod report;
mod serving;
pub mod tally;

use crate::Outcome;
use crate::arguments::By;
use crate::error::{Error, tell};
use crate::input::{is_interrupted, open};
use crate::local_names::NamesFile;
use crate::output::Output;
use frames::{CaptureError, frames};
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

/// Compressed files: their first bytes, and the programs that read them.
const OTHERS: [(&[u8], &str); 4] =
    [(b"\x28\xb5\x2f\xfd", "zstd"), (b"\xfd7zXZ\0", "xz"), (b"BZh", "bzip2"), (b"\x04\x22\x4d\x18", "lz4")];

/// The error for a file that starts like this and is no capture.
fn no_capture(start: &[u8], path: &Path) -> String {
    let Some((_, program)) = OTHERS.iter().find(|(first, _)| start.starts_with(first)) else {
        return "it is not a capture (pcap or pcapng); `editcap` converts other formats of captures, and docs/joining.md \
                says how to add names to a table"
            .to_owned();
    };
    let from = if path.as_os_str() == "-" { String::new() } else { format!(" <{}", path.display()) };
    format!("it is compressed by {program}; run `{program} -dc{from} | iana-ports capture -`")
}
