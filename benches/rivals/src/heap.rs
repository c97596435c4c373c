//! Counts the bytes that are in use on the heap.

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

pub struct Counting;

static LIVE: AtomicUsize = AtomicUsize::new(0);

// SAFETY: every method passes its arguments to the system's allocator unchanged.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        LIVE.fetch_add(layout.size(), Ordering::Relaxed);
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, memory: *mut u8, layout: Layout) {
        LIVE.fetch_sub(layout.size(), Ordering::Relaxed);
        unsafe { System.dealloc(memory, layout) }
    }
}

/// The cost before the first lookup.
pub struct Start {
    pub name: &'static str,
    pub time: Duration,
    pub bytes: usize,
}

/// Makes a value, and measures its time and its bytes on the heap.
pub fn start<T>(name: &'static str, starts: &mut Vec<Start>, make: impl FnOnce() -> T) -> T {
    let (before, clock) = (LIVE.load(Ordering::Relaxed), Instant::now());
    let made = make();
    let (time, bytes) = (clock.elapsed(), LIVE.load(Ordering::Relaxed) - before);
    starts.push(Start { name, time, bytes });
    made
}
