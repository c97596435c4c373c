//! The reading of captures by the command, for frames and for whole files: no input makes it crash, read what is not
//! there, or count what is not there.

#[path = "../../cli/src/capture/blocks.rs"]
mod blocks;
#[path = "../../cli/src/capture/fragments.rs"]
mod fragments;
#[path = "../../cli/src/capture/frames.rs"]
mod frames;
#[path = "../../cli/src/capture/packet/mod.rs"]
mod packet;
#[path = "../../cli/src/capture/pcap.rs"]
mod pcap;
#[path = "../../cli/src/capture/tally.rs"]
mod tally;

use frames::Piece;
use packet::{Skipped, Told, dissect};
use pcap_parser::Linktype;
use tally::Tally;

/// A frame, behind two bytes for the link type. Behind it there is nothing to read, and the sanitizer looks.
pub fn frame(input: &[u8]) {
    let Some((link_type, frame)) = input.split_first_chunk() else { return };
    let link_type = Linktype(u16::from_le_bytes(*link_type).into());
    let frame = frame.to_vec();
    for outer in [false, true] {
        let told = dissect(link_type, &frame, outer);
        // There is no packet of IP and ports in less.
        if let Ok(Told::Packet(packet)) = told {
            assert!(frame.len() >= 24, "{packet:?}");
        }
        for length in [frame.len() / 2, frame.len().saturating_sub(1)] {
            let _ = dissect(link_type, &frame[..length], outer);
        }
    }
}

/// A whole file: every packet is counted once, in a flow or not.
pub fn file(input: &[u8]) {
    let (mut tally, mut unread) = (Tally::default(), 0);
    let outcome = frames::frames(input, |piece| match piece {
        Piece::Frame(frame) => {
            assert!(frame.bytes.len() <= input.len());
            tally.add(dissect(frame.link_type, frame.bytes, false), frame.length);
        }
        Piece::Unread(kind) => {
            unread += 1;
            tally.skip(Skipped::Block(kind));
        }
    });
    if let Err(fault) = outcome {
        assert!(fault.offset <= input.len() as u64 && !fault.what.is_empty());
    }
    let in_flows: u64 = tally.flows.values().flat_map(|counts| counts.from).map(|bytes| bytes.packets).sum();
    let not_counted: u64 = tally.not_counted().values().sum();
    assert_eq!(in_flows + not_counted, tally.packets + unread);
}
