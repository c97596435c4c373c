//! The files and pipes that contain captures.

use super::blocks::starts_section;
use flate2::bufread::MultiGzDecoder;
use indicatif::ProgressBar;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::path::Path;
use std::process;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Mutex, PoisonError};
use std::thread;

/// The size in bytes from which a file takes long enough for a progress bar.
const LONG: u64 = 64 << 20;

/// The first bytes of a file in the format of gzip.
const GZIP: [u8; 2] = [0x1f, 0x8b];

/// Other formats for packets: their first bytes, their names, and commands that read them.
#[rustfmt::skip]
const OTHERS: [(&[u8], &str, &str); 5] = [
    (b"\x28\xb5\x2f\xfd", "compressed by zstd", "zstd -dc"),
    (b"\xfd7zXZ\0", "compressed by xz", "xz -dc"),
    (b"BZh", "compressed by bzip2", "bzip2 -dc"),
    (b"\x04\x22\x4d\x18", "compressed by lz4", "lz4 -dc"),
    (b"snoop\0\0\0", "a snoop file", EDITCAP),
];
const EDITCAP: &str = "editcap -F pcap - -";

static IS_INTERRUPTED: AtomicBool = AtomicBool::new(false);

/// Ends the input from the pipe that is being read.
static PIPE: Mutex<Option<SyncSender<Chunk>>> = Mutex::new(None);

/// Some bytes from a pipe; none at its end.
type Chunk = io::Result<Vec<u8>>;

/// True if an interrupt has ended the input.
pub fn is_interrupted() -> bool {
    IS_INTERRUPTED.load(Ordering::Relaxed)
}

/// Opens a capture, decompressed, and makes a progress bar for it. The bar shows only if the file is long and standard
/// error is a terminal.
pub fn open(path: &Path) -> io::Result<(Box<dyn Read>, ProgressBar)> {
    let file: Box<dyn Read + Send> =
        if path.as_os_str() == "-" { Box::new(io::stdin()) } else { Box::new(File::open(path)?) };
    let regular = path.metadata().ok().filter(std::fs::Metadata::is_file);
    let (input, length): (Box<dyn Read>, u64) = match regular {
        Some(regular) => (file, regular.len()),
        None => (Box::new(until_interrupted(file)), 0),
    };
    let bar = if length < LONG { ProgressBar::hidden() } else { ProgressBar::new(length) };
    let mut input = BufReader::new(bar.wrap_read(input));
    let start = input.fill_buf()?;
    if let Some((kind, command)) = other(start) {
        let from = if path.as_os_str() == "-" { String::new() } else { format!(" <{}", path.display()) };
        return Err(io::Error::other(format!("it is {kind}; run `{command}{from} | iana-ports capture -`")));
    }
    let input: Box<dyn Read> =
        if start.starts_with(&GZIP) { Box::new(MultiGzDecoder::new(input)) } else { Box::new(input) };
    Ok((input, bar))
}

/// The format of a file that the command does not support, and a command that reads it.
fn other(start: &[u8]) -> Option<(&'static str, &'static str)> {
    // An ERF file has no fixed first bytes. It starts with a time between 1999 and 2055 in units of 2^-32 seconds, a
    // type, flags and the length of the record.
    let is_known = start.starts_with(&GZIP) || starts_section(start);
    let is_erf = !is_known
        && matches!(*start, [_, _, _, _, _, _, _, 0x38..=0xa0, kind, _, a, b, ..]
        if (1..=48).contains(&(kind & 0x7f)) && u16::from_be_bytes([a, b]) > 16);
    if is_erf {
        return Some(("an ERF file", EDITCAP));
    }
    OTHERS.iter().find(|(first, ..)| start.starts_with(first)).map(|&(_, kind, command)| (kind, command))
}

/// Reads a pipe until it ends or the user interrupts the process (Ctrl-C). Then the command can print the sums of the
/// packets so far. If no pipe is being read, or at the second interrupt, the process ends.
fn until_interrupted(mut pipe: impl Read + Send + 'static) -> impl Read {
    let (send, receiver) = sync_channel(4);
    *PIPE.lock().unwrap_or_else(PoisonError::into_inner) = Some(send.clone());
    // For a second pipe this fails, because the handler of the first one stays in place.
    let _ = ctrlc::set_handler(|| {
        let again = IS_INTERRUPTED.swap(true, Ordering::Relaxed);
        let pipe = PIPE.lock().unwrap_or_else(PoisonError::into_inner).take();
        if again || pipe.is_none_or(|pipe| pipe.send(Ok(Vec::new())).is_err()) {
            process::exit(130); // as shells report an interrupt
        }
    });
    thread::spawn(move || {
        loop {
            let mut chunk = vec![0; 1 << 16];
            let read = pipe.read(&mut chunk).map(|length| {
                chunk.truncate(length);
                chunk
            });
            let is_last = read.as_ref().is_ok_and(Vec::is_empty);
            if send.send(read).is_err() || is_last {
                return;
            }
        }
    });
    Chunks { receiver, chunk: Cursor::default(), is_ended: false }
}

struct Chunks {
    receiver: Receiver<Chunk>,
    chunk: Cursor<Vec<u8>>,
    is_ended: bool,
}

impl Read for Chunks {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if !self.is_ended && self.chunk.fill_buf()?.is_empty() {
            self.chunk = Cursor::new(self.receiver.recv().map_or(Ok(Vec::new()), |chunk| chunk)?);
            self.is_ended = self.chunk.get_ref().is_empty();
        }
        self.chunk.read(into)
    }
}
