//! Checks how the command reads frames and capture files. No input may make it crash, or read or count something that
//! is not there.

use iana_ports_cli::capture::frames::{Piece, frames};
use iana_ports_cli::capture::packet::{Dissected, PacketError, dissect};
use iana_ports_cli::capture::tally::Tally;

/// The input is a link type of two bytes, then a frame. The sanitizer reports any read after the end.
pub fn frame(input: &[u8]) {
    let Some((link_type, frame)) = input.split_first_chunk() else { return };
    let link_type = u16::from_le_bytes(*link_type).into();
    let frame = frame.to_vec();
    for outer in [false, true] {
        let contents = dissect(link_type, &frame, outer);
        // The IP header and the ports have at least this many bytes.
        if let Ok(Dissected::Packet(packet)) = contents {
            assert!(frame.len() >= 24, "{packet:?}");
        }
        for length in [frame.len() / 2, frame.len().saturating_sub(1)] {
            let _ = dissect(link_type, &frame[..length], outer);
        }
    }
}

/// The input is a file. Every packet must be counted once, in a flow or in none.
pub fn file(input: &[u8]) {
    let (mut tally, mut pieces) = (Tally::default(), 0);
    let outcome = frames(input, |piece| {
        pieces += 1;
        let forgotten = match piece {
            Piece::Frame(frame) => {
                assert!(frame.bytes.len() <= input.len());
                tally.add(dissect(frame.link_type, frame.bytes, false), frame.length)
            }
            Piece::Unread(kind) => tally.add(Err(PacketError::Block(kind)), 0),
        };
        assert!(forgotten.is_none(), "so small a file has few flows");
        true
    });
    if let Err(error) = outcome {
        assert!(error.offset <= input.len() as u64 && !error.what.is_empty());
    }
    let (flows, not_counted) = tally.finish();
    let counted = flows.iter().flat_map(|(_, counts)| counts.from).chain(not_counted.into_values());
    assert_eq!(counted.map(|traffic| traffic.packets).sum::<u64>(), pieces);
}
