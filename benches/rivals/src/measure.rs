//! Times candidates in turn, round by round, so that a disturbance of the machine affects all of them.

use std::cell::RefCell;
use std::hint::black_box;
use std::time::{Duration, Instant};

/// The rounds of a task. The best round of each candidate counts, because noise only adds time.
const ROUNDS: usize = 40;

/// The lookups between two evictions of the cache, in a cold task.
const COLD_BATCH: usize = 16;

/// One way to answer the queries of a task.
pub struct Contender<'a> {
    pub name: &'static str,
    queries: usize,
    /// Answers the queries in this range.
    batch: Box<dyn Fn(std::ops::Range<usize>) + 'a>,
}

/// A candidate that answers each of these queries.
pub fn contender<'a, Q, A>(name: &'static str, queries: &'a [Q], answer: impl Fn(&'a Q) -> A + 'a) -> Contender<'a> {
    let batch = Box::new(move |range| {
        for query in &queries[range] {
            black_box(answer(query));
        }
    });
    Contender { name, queries: queries.len(), batch }
}

/// The same in another shape of loop, which collects the answers. The compiler mixes a lookup with the loop around it.
pub fn collector<'a, Q, A: 'a>(
    name: &'static str,
    queries: &'a [Q],
    answer: impl Fn(&'a Q) -> A + 'a,
) -> Contender<'a> {
    let answers = RefCell::new(Vec::with_capacity(queries.len()));
    let batch = Box::new(move |range: std::ops::Range<usize>| {
        let mut answers = answers.borrow_mut();
        answers.clear();
        answers.extend(queries[range].iter().map(&answer));
        black_box(answers.as_slice());
    });
    Contender { name, queries: queries.len(), batch }
}

impl Contender<'_> {
    fn time(&self, range: std::ops::Range<usize>) -> Duration {
        let start = Instant::now();
        (self.batch)(range);
        start.elapsed()
    }
}

/// Nanoseconds per query, in the order of the candidates.
pub fn warm(contenders: &[Contender<'_>]) -> Vec<f64> {
    let mut best = vec![f64::INFINITY; contenders.len()];
    for _ in 0..ROUNDS {
        for (contender, best) in contenders.iter().zip(&mut best) {
            // The first call is not timed, because the candidate before may have emptied the cache.
            contender.time(0..contender.queries);
            let time = contender.time(0..contender.queries);
            *best = best.min(time.as_secs_f64() * 1e9 / contender.queries as f64);
        }
    }
    best
}

/// Nanoseconds per query with an empty cache: the median of a few lookups after a walk over 64 MiB.
pub fn cold(contenders: &[Contender<'_>]) -> Vec<f64> {
    let mut evict = vec![0_u8; 64 << 20];
    let mut times = vec![Vec::new(); contenders.len()];
    for round in 0..ROUNDS {
        for (contender, times) in contenders.iter().zip(&mut times) {
            evict.iter_mut().step_by(64).for_each(|byte| *byte = byte.wrapping_add(1));
            black_box(&evict);
            let from = round * COLD_BATCH % (contender.queries - COLD_BATCH + 1);
            let time = contender.time(from..from + COLD_BATCH);
            times.push(time.as_secs_f64() * 1e9 / COLD_BATCH as f64);
        }
    }
    let median = |mut times: Vec<f64>| {
        times.sort_by(f64::total_cmp);
        times[times.len() / 2]
    };
    times.into_iter().map(median).collect()
}
