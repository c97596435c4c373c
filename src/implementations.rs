//! Implementations that several types share: iterators and debug output.

/// Implements the iterator traits for a struct with a field `left`, the number of items still to come. The two
/// expressions give the next item from either end; they are evaluated only while items are left. Or defines an iterator
/// that makes each item from one of its first field, an iterator that knows its length.
macro_rules! iterator {
    ($name:ident yields $item:ty, |$self:ident| next: $next:expr, next_back: $back:expr) => {
        iterator!(@ $name yields $item, |$self|
            { $self.left = $self.left.checked_sub(1)?; $next },
            { $self.left = $self.left.checked_sub(1)?; $back },
            ($self.left, Some($self.left)));
    };
    ($(#[$doc:meta])* $name:ident { $inner:ident: $from:ty $(, $field:ident: $type:ty)* } yields $item:ty,
        |$self:ident, $one:ident| $make:expr) => {
        $(#[$doc])*
        #[derive(Clone, Debug)]
        #[must_use]
        pub struct $name {
            pub(crate) $inner: $from,
            $(pub(crate) $field: $type,)*
        }

        iterator!(@ $name yields $item, |$self|
            $self.$inner.next().map(|$one| $make),
            $self.$inner.next_back().map(|$one| $make),
            $self.$inner.size_hint());
    };
    (@ $name:ident yields $item:ty, |$self:ident| $next:expr, $back:expr, $size:expr) => {
        impl Iterator for $name {
            type Item = $item;

            fn next(&mut $self) -> Option<$item> {
                $next
            }

            fn size_hint(&$self) -> (usize, Option<usize>) {
                $size
            }
        }

        impl DoubleEndedIterator for $name {
            fn next_back(&mut $self) -> Option<$item> {
                $back
            }
        }

        impl ExactSizeIterator for $name {}
        impl core::iter::FusedIterator for $name {}
    };
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
