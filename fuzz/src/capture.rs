//! Checks how the command reads frames and capture files. No input may make it crash, or read or count something that
//! is not there.

use iana_ports_cli::capture::frames::{CaptureError, frames};
use iana_ports_cli::capture::packet::dissect;
use iana_ports_cli::capture::tally::Tally;

/// The input is a link type of two bytes, then a frame. The sanitizer reports any read after the end.
pub fn frame(input: &[u8]) {
    let Some((link_type, frame)) = input.split_first_chunk() else { return };
    let link_type = Ok(u16::from_le_bytes(*link_type).into());
    let frame = frame.to_vec();
    for outer in [false, true] {
        let found = dissect(link_type, &frame, outer);
        // The IP header and the ports have at least this many bytes.
        if let Ok(packet) = found.contents {
            assert!(frame.len() >= 24, "{packet:?}");
        }
        // Each fragment has an IP header.
        assert!(frame.len() >= 20 * (found.firsts.len() + usize::from(found.later.is_some())), "{found:?}");
        for length in [frame.len() / 2, frame.len().saturating_sub(1)] {
            let _ = dissect(link_type, &frame[..length], outer);
        }
    }
}

/// The input is a file. Every packet must be counted once, in a flow or in none.
pub fn file(input: &[u8]) {
    let (mut tally, mut count) = (Tally::default(), 0);
    let outcome = frames(input, |frame| {
        count += 1;
        assert!(frame.bytes.len() <= input.len());
        let contents = dissect(frame.link_type, frame.bytes, false);
        assert!(tally.add(contents, frame.length).is_empty(), "so small a file has few flows");
        true
    });
    match outcome {
        Err(CaptureError::Damaged(offset, what)) => assert!(offset <= input.len() as u64 && !what.is_empty()),
        Err(CaptureError::Other(start)) => assert!(count == 0 && input.starts_with(&start)),
        Ok(()) => {}
    }
    let (flows, not_counted) = tally.finish();
    let counted = flows.iter().flat_map(|(_, counts)| counts.from).chain(not_counted.into_values());
    assert_eq!(counted.map(|traffic| traffic.packets).sum::<u64>(), count);
}
