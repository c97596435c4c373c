//! Files and pipes: texts, lists line by line, and captures, which may be compressed, long or interrupted by the user.

use crate::error::Error;
use flate2::bufread::MultiGzDecoder;
use indicatif::ProgressBar;
use std::fs::{File, Metadata};
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::path::Path;
use std::process;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Mutex, PoisonError};
use std::thread;

static IS_INTERRUPTED: AtomicBool = AtomicBool::new(false);

/// Ends the input from the pipe that is being read.
static PIPE: Mutex<Option<SyncSender<Chunk>>> = Mutex::new(None);

/// Some bytes from a pipe; none at its end.
type Chunk = io::Result<Vec<u8>>;

/// True if an interrupt has ended the input.
pub fn is_interrupted() -> bool {
    IS_INTERRUPTED.load(Ordering::Relaxed)
}

/// A file, or standard input.
fn source(path: &Path) -> io::Result<Box<dyn Read + Send>> {
    Ok(if path.as_os_str() == "-" { Box::new(io::stdin()) } else { Box::new(File::open(path)?) })
}

/// The largest text that is read at once, in bytes, because a device may never end.
const LARGEST: u64 = 32 << 20;

/// Passes each line of a file or of standard input on, without empty lines and comments, and nothing whenever the next
/// line may take a while to come.
pub fn lines_of(path: &Path, add: &mut dyn FnMut(Option<&str>) -> Result<(), Error>) -> Result<(), Error> {
    let unreadable = |error| Error::Unreadable(path.to_owned(), error);
    let is_ignored = |c: char| c.is_whitespace() || c == '\u{feff}';
    let (mut input, mut line) = (BufReader::with_capacity(1 << 16, source(path).map_err(unreadable)?), Vec::new());
    loop {
        if !input.buffer().contains(&b'\n') {
            add(None)?;
        }
        line.clear();
        input.by_ref().take(LARGEST + 1).read_until(b'\n', &mut line).map_err(unreadable)?;
        if line.len() as u64 > LARGEST {
            return Err(Error::TooLarge(path.to_owned(), LARGEST));
        }
        let text = String::from_utf8_lossy(&line);
        let is_comment = |&(at, _): &(usize, &str)| text[..at].chars().next_back().is_none_or(is_ignored);
        let end = text.match_indices('#').find(is_comment).map_or(text.len(), |(at, _)| at);
        match text[..end].trim_matches(is_ignored) {
            _ if line.is_empty() => return Ok(()),
            "" => {}
            list => add(Some(list))?,
        }
    }
}

/// The text of a file.
pub fn read_file(path: &Path) -> Result<Vec<u8>, Error> {
    let mut text = Vec::new();
    let read = source(path).and_then(|file| file.take(LARGEST + 1).read_to_end(&mut text));
    read.map_err(|error| Error::Unreadable(path.to_owned(), error))?;
    if text.len() as u64 > LARGEST { Err(Error::TooLarge(path.to_owned(), LARGEST)) } else { Ok(text) }
}

/// Opens a file, decompressed, and makes a progress bar for it. The bar shows only if the file is long and standard
/// error is a terminal.
pub fn open(path: &Path) -> io::Result<(Box<dyn Read>, ProgressBar)> {
    let file = source(path)?;
    let regular = path.metadata().ok().filter(Metadata::is_file);
    let (input, length): (Box<dyn Read>, u64) = match regular {
        Some(regular) => (file, regular.len()),
        None => (Box::new(until_interrupted(file)), 0),
    };
    let bar = if length < 64 << 20 { ProgressBar::hidden() } else { ProgressBar::new(length) };
    let mut input = BufReader::new(bar.wrap_read(input));
    let is_compressed = input.fill_buf()?.starts_with(&[0x1f, 0x8b]);
    Ok((if is_compressed { Box::new(MultiGzDecoder::new(input)) } else { Box::new(input) }, bar))
}

/// Reads a pipe until it ends or the user interrupts the process (Ctrl-C). Then the command can print the sums of the
/// packets so far. If no pipe is being read, or at the second interrupt, the process ends.
fn until_interrupted(mut pipe: impl Read + Send + 'static) -> impl Read {
    let (send, receiver) = sync_channel(4);
    *PIPE.lock().unwrap_or_else(PoisonError::into_inner) = Some(send.clone());
    // For a second pipe this fails, because the handler of the first one stays in place.
    let _ = ctrlc::set_handler(|| {
        IS_INTERRUPTED.store(true, Ordering::Relaxed);
        let pipe = PIPE.lock().unwrap_or_else(PoisonError::into_inner).take();
        if pipe.is_none_or(|pipe| pipe.send(Ok(Vec::new())).is_err()) {
            process::exit(130); // as shells report an interrupt
        }
    });
    thread::spawn(move || {
        loop {
            let mut chunk = vec![0; 1 << 16];
            let read = pipe.read(&mut chunk);
            chunk.truncate(*read.as_ref().unwrap_or(&0));
            let is_last = matches!(read, Ok(0));
            if send.send(read.map(|_| chunk)).is_err() || is_last {
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
