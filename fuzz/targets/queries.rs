#![no_main]

use iana_ports::{PortItems, PortQueries, PortQuery, Proto};

// A query displays in a form that means the same, its ports on each transport are all of its ports, and its numbers ascend.
libfuzzer_sys::fuzz_target!(|list: &str| {
    assert!(PortItems::new(list).count() <= list.len().max(1));
    for query in PortQueries::new(list).flatten() {
        assert_eq!(query.to_string().parse(), Ok(query));
        check(query);
    }
    for query in PortQueries::familiar(list).flatten() {
        assert_eq!(PortQuery::from_familiar(&query.to_string()), Ok(query));
        check(query);
    }
});

fn check(query: PortQuery) {
    let on = |proto| query.resolve_on(proto).into_iter().flatten();
    assert!(query.resolve().into_iter().flatten().eq(Proto::ALL.into_iter().flat_map(on)));
    let numbers: Vec<_> = query.numbers().into_iter().flatten().collect();
    assert!(numbers.windows(2).all(|pair| pair[0].last() < pair[1].first()));
    assert_eq!(query.resolve().is_ok(), !numbers.is_empty());
}
