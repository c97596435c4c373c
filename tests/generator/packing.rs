//! Packs and unpacks every value of every packed format.

use crate::generator::shared::date::Date;
use crate::generator::shared::flags::{BlockFlags, EntryFlags};
use crate::generator::shared::id::Id;
use crate::generator::shared::packing::{self, Named, Status, Target};
use crate::generator::shared::port_class::PortClass;
use crate::generator::shared::port_range::PortRange;
use crate::generator::shared::port_set::PortSet;
use crate::generator::shared::proto::Proto;
use std::collections::BTreeSet;

fn protos_or_none() -> impl Iterator<Item = Option<Proto>> {
    Proto::ALL.into_iter().map(Some).chain([None])
}

#[test]
fn ids() {
    assert_eq!(Id::unpack(u16::try_from(Id::pack(None)).unwrap()), None);
    for id in (0..u16::MAX).take(Id::MOST) {
        let packed = u16::try_from(Id::pack(Some(id.into()))).unwrap();
        assert_eq!(Id::unpack(packed), Some(Id::new(id)));
        assert_eq!((Id::new(id).get(), Id::new(id).packed()), (id, packed.into()));
    }
    assert_eq!(size_of::<Option<Id>>(), 2);
}

#[test]
fn port_indexes_are_all_different() {
    let indexes =
        Proto::ALL.into_iter().flat_map(|proto| (0..=u16::MAX).map(move |port| packing::port_index(port, proto)));
    assert!(indexes.eq(0..packing::PORT_INDEXES));
    assert_eq!((1 << 16) % packing::PAGE, 0, "no page has ports of two transports");
}

#[test]
fn transports() {
    let packed = Proto::ALL.map(|proto| packing::pack_transport(Some(proto)));
    assert_eq!((packed, packing::pack_transport(None)), ([0, 1, 2, 3], 0));
}

#[test]
fn pairs() {
    for bits in 0..32 {
        let uppers = [0, 1, (u32::MAX >> bits) as usize / 2, (u32::MAX >> bits) as usize];
        let lowers = [0, 1, (1_usize << bits) / 2, (1_usize << bits) - 1];
        for (upper, lower) in uppers.into_iter().flat_map(|upper| lowers.map(|lower| (upper, lower))) {
            if lower >> bits == 0 {
                let packed = u32::try_from(packing::pack_pair(upper, lower, bits)).unwrap();
                assert_eq!(packing::unpack_pair(packed, bits), (upper, lower), "{bits}");
            }
        }
    }
}

#[test]
fn names() {
    for bits in 4..8 {
        let lengths = 0..1_usize << bits;
        for (offset, len) in
            [packing::MARGIN, 47_000, 1 << 20].into_iter().flat_map(|at| lengths.clone().map(move |len| (at, len)))
        {
            let packed = u32::try_from(packing::pack_name(offset, len, bits)).unwrap();
            assert_eq!(packing::unpack_name(packed, bits), (offset, len));
        }
    }
}

#[test]
fn entry_flags() {
    let others = [EntryFlags::ANY_TRANSPORT, EntryFlags::ALIAS, EntryFlags::LISTED, EntryFlags::EVERYDAY];
    let all: Vec<EntryFlags> = Proto::ALL.map(EntryFlags::transport).into_iter().chain(others).collect();
    for set in 0..=u8::MAX {
        let is_set = |at: usize| set >> at & 1 != 0;
        let flags = (0..8).fold(EntryFlags::default(), |flags, at| flags.union(all[at].when(is_set(at))));
        let read = EntryFlags::unpack(flags.pack());
        assert!((0..8).all(|at| read.has(all[at]) == is_set(at)), "{set}");
        assert_eq!(read.has(EntryFlags::SOME_TRANSPORT), (0..4).any(is_set));
        for proto in Proto::ALL {
            // A row that names no transport answers for TCP and UDP.
            let any = is_set(4) && matches!(proto, Proto::Tcp | Proto::Udp);
            assert_eq!(read.has(EntryFlags::answering(proto)), any || is_set(proto as usize), "{set} {proto}");
        }
        assert_eq!(read.rows(), (0..4).filter(|&at| is_set(at)).count().max(1));
        assert_eq!(read.first_transport(), (0..4).find(|&at| is_set(at)).map(|at| Proto::ALL[at]));
    }
}

#[test]
fn ports() {
    assert_eq!(packing::unpack_port(packing::pack_port(None)), None);
    assert_eq!(packing::unpack_port_if(packing::pack_port(None), true), None);
    for port in 0..=u16::MAX {
        let read = packing::unpack_port(packing::pack_port(Some(port)));
        assert_eq!(packing::unpack_port_if(packing::pack_port(Some(port)), true), read);
        assert_eq!(packing::unpack_port_if(packing::pack_port(Some(port)), false), None);
        // Ports that cannot be read back are in the table of ranges.
        assert!(read == Some(port) || (read.is_none() && packing::needs_range(PortRange::from(port))));
        assert_eq!(packing::needs_range(PortRange::from(port)), port == u16::MAX);
        let range = port.checked_sub(1).and_then(|first| PortRange::new(first, port));
        assert!(range.is_none_or(packing::needs_range));
    }
}

#[test]
fn blocks() {
    for (proto, bits) in protos_or_none().flat_map(|proto| (0..4).map(move |bits| (proto, bits))) {
        let flags = BlockFlags { proto, is_unassigned: bits & 1 != 0, is_range: bits & 2 != 0 };
        assert_eq!(BlockFlags::unpack(flags.pack()), flags);
    }
}

#[test]
fn statuses() {
    let is = |status: Status| (status.is_unassigned(), status.is_dynamic(), Id::unpack(status.block(7)));
    let read = |status: Status| is(Status::unpack(status.pack()));
    assert_eq!(read(Status::RESERVED), (false, false, None));
    assert_eq!(read(Status::UNASSIGNED), (true, false, None));
    assert_eq!(read(Status::DYNAMIC), (false, true, None));
    for behind in 0..usize::from(u16::MAX) - 7 {
        let block = Some(Id::new(u16::try_from(7 + behind).unwrap()));
        for is_unassigned in [false, true] {
            let status = Status::of_block(behind, is_unassigned);
            assert_eq!(read(status), (is_unassigned, false, block), "{behind}");
        }
    }
}

#[test]
fn sets_of_ports() {
    let mut set = vec![0_u32; 1 << 11];
    let ports: Vec<u16> = (0..=u16::MAX).filter(|port| port % 7 == 0 || port % 32 > 29 || *port > 65_500).collect();
    for &port in &ports {
        let (index, bit) = PortSet::pack(port);
        assert_eq!(set[index] & bit, 0, "{port}");
        set[index] |= bit;
    }
    let read = set.iter().enumerate().flat_map(|(index, &packed)| PortSet::unpack(index, packed));
    assert!(read.clone().eq(ports.iter().copied()));
    assert!(read.rev().eq(ports.into_iter().rev()));
    let mut ends = PortSet::unpack(1, 0b1011);
    assert_eq!([ends.next(), ends.next_back(), ends.next(), ends.next_back()], [Some(32), Some(35), Some(33), None]);
}

/// Every day and every month of all years that fit has a different packed value.
#[test]
fn dates() {
    let first_year = packing::FIRST_YEAR;
    assert_eq!(packing::unpack_date(packing::pack_date(None)), None);
    let mut packed = BTreeSet::new();
    for year in first_year..first_year + packing::YEARS {
        let dates = (1..=12).flat_map(|month| (0..=31).map(move |day| (month, Some(day).filter(|&d| d > 0))));
        for date in dates.filter_map(|(month, day)| Date::new(year, month, day)) {
            let number = packing::pack_date(Some(date));
            assert_eq!(packing::unpack_date(number), Some(date));
            assert!(packed.insert(number), "{date}");
        }
    }
    assert_eq!(packed.len(), 46_752 + 12 * 128, "the days of 1950 to 2077, and their months");
}

#[test]
fn targets() {
    for number in [0, 1, 9110, u32::MAX] {
        let text = number as usize;
        for target in [Target::Rfc(number), Target::Draft(text), Target::Uri(text), Target::Text(text)] {
            assert_eq!(
                packing::unpack_target(packing::pack_target(&target).map(|number| u32::try_from(number).unwrap())),
                target
            );
        }
    }
}

#[test]
fn named() {
    for people in [0, 1, 2, 300] {
        let all = (0..people).map(Named::Person).chain((0..20).map(Named::Group)).chain([Named::Nobody]);
        for named in all {
            assert_eq!(packing::unpack_named(packing::pack_named(named, people), people), named);
        }
    }
}

/// The code has the boundaries of RFC 6335 section 6 in one place. These are the numbers in that section.
#[test]
fn port_classes() {
    let ends = [PortClass::System, PortClass::User, PortClass::Dynamic].map(|class| class.ports().to_string());
    assert_eq!(ends, ["0-1023", "1024-49151", "49152-65535"]);
}

/// A run of rows is read back as it was written, together with the rest of the table.
#[test]
fn runs() {
    let [tcp, dccp] = [Proto::Tcp, Proto::Dccp].map(EntryFlags::transport);
    let runs = [(0, None), (65_533, Some(tcp.union(dccp))), (7, Some(tcp))];
    let numbers: Vec<u16> = runs
        .into_iter()
        .flat_map(|(row, some)| packing::pack_run(row, some).into_iter().flatten())
        .map(|number| number.try_into().unwrap())
        .collect();
    let mut rest = numbers.as_slice();
    for (row, some) in runs {
        let (read, transports, behind) = packing::unpack_run(rest).unwrap();
        assert_eq!((usize::from(read), transports), (row, some.unwrap_or(EntryFlags::SOME_TRANSPORT)));
        rest = behind;
    }
    assert!(packing::unpack_run(rest).is_none());
}
