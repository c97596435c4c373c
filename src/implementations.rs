//! Implementations that several types share: iterators, errors, debug output.

/// Implements the iterator traits for a struct with a field `left`, the number of items still to come. The two
/// expressions give the next item from either end; they are evaluated only while items are left.
macro_rules! iterator {
    ($name:ident yields $item:ty, |$self:ident| next: $next:expr, next_back: $back:expr) => {
        impl Iterator for $name {
            type Item = $item;

            fn next(&mut $self) -> Option<$item> {
                $self.left = $self.left.checked_sub(1)?;
                $next
            }

            fn size_hint(&self) -> (usize, Option<usize>) {
                (self.left, Some(self.left))
            }
        }

        impl DoubleEndedIterator for $name {
            fn next_back(&mut $self) -> Option<$item> {
                $self.left = $self.left.checked_sub(1)?;
                $back
            }
        }

        impl ExactSizeIterator for $name {}
        impl core::iter::FusedIterator for $name {}
    };
    // Each item is made from one of the field `inner`, an iterator of the same length.
    ($name:ident yields $item:ty, |$self:ident, $from:ident| $make:expr) => {
        iterator!($name yields $item, |$self|
            next: $self.inner.next().map(|$from| $make),
            next_back: $self.inner.next_back().map(|$from| $make));
    };
}

/// Implements `Error` for types that display what was found and what was expected.
macro_rules! errors {
    ($($name:ident),*) => { $(impl core::error::Error for $name {})* };
}

/// Implements `Debug` for handles: `Record(ssh 22/tcp)`.
macro_rules! debug_as_displayed {
    ($name:ident) => {
        impl core::fmt::Debug for $name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self)
            }
        }
    };
}
