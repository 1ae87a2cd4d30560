//! Ids: random in the product, a fixed sequence in tests.

use aws_lc_rs::digest;
use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};
use uuid::{Builder, Uuid};

/// Where ids and secrets come from.
#[derive(Debug, Clone)]
pub enum Ids {
    /// The operating system's randomness.
    Random,
    /// A repeatable sequence, for tests.
    Seeded(Arc<AtomicU64>),
}

impl Ids {
    /// A repeatable sequence that starts at one.
    pub fn seeded() -> Self {
        Self::Seeded(Arc::new(AtomicU64::new(1)))
    }

    /// Bytes nobody can guess (or, in tests, the next of the sequence).
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        match self {
            Self::Random => {
                // A machine without randomness must not go on; aws-lc ends the process itself in that case.
                if aws_lc_rs::rand::fill(&mut bytes).is_err() {
                    std::process::abort();
                }
            }
            Self::Seeded(next) => {
                let number = next.fetch_add(1, Ordering::SeqCst);
                let hash = digest::digest(&digest::SHA256, &number.to_be_bytes());
                for (to, from) in bytes.iter_mut().zip(hash.as_ref().iter().cycle()) {
                    *to = *from;
                }
            }
        }
        bytes
    }

    /// A random id (RFC 9562, version 4).
    pub fn uuid(&self) -> Uuid {
        Builder::from_random_bytes(self.bytes()).into_uuid()
    }

    /// An id that sorts by time (RFC 9562, version 7); `at` in microseconds since the epoch.
    pub fn sortable(&self, at: i64) -> Uuid {
        let mut random: [u8; 10] = self.bytes();
        let at = u64::try_from(at).unwrap_or(0);
        // Twelve bits below the millisecond keep rows of one millisecond in order.
        let below = u16::try_from((at % 1000) * 4096 / 1000).unwrap_or(0);
        let [high, low] = below.to_be_bytes();
        let [first, second, ..] = &mut random;
        *first = high;
        *second = low;
        Builder::from_unix_timestamp_millis(at / 1000, &random).into_uuid()
    }
}

/// Declares a typed id: a UUID in canonical form that cannot be confused with another kind of id.
#[macro_export]
macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(
            Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash,
            $crate::reexport::serde::Serialize, $crate::reexport::utoipa::ToSchema,
        )]
        #[serde(crate = "kernel::reexport::serde")]
        #[schema(value_type = String, format = Uuid)]
        pub struct $name(String);

        impl $name {
            /// The id as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl $crate::reexport::sqlx::Type<$crate::reexport::sqlx::Any> for $name {
            fn type_info() -> $crate::reexport::sqlx::any::AnyTypeInfo {
                <String as $crate::reexport::sqlx::Type<$crate::reexport::sqlx::Any>>::type_info()
            }
        }

        impl<'q> $crate::reexport::sqlx::Encode<'q, $crate::reexport::sqlx::Any> for $name {
            fn encode_by_ref(
                &self,
                buffer: &mut <$crate::reexport::sqlx::Any as $crate::reexport::sqlx::Database>::ArgumentBuffer,
            ) -> Result<$crate::reexport::sqlx::encode::IsNull, $crate::reexport::sqlx::error::BoxDynError> {
                $crate::reexport::sqlx::Encode::<'q, $crate::reexport::sqlx::Any>::encode_by_ref(&self.0, buffer)
            }
        }

        impl<'r> $crate::reexport::sqlx::Decode<'r, $crate::reexport::sqlx::Any> for $name {
            fn decode(
                value: $crate::reexport::sqlx::any::AnyValueRef<'r>,
            ) -> Result<Self, $crate::reexport::sqlx::error::BoxDynError> {
                <String as $crate::reexport::sqlx::Decode<'r, $crate::reexport::sqlx::Any>>::decode(value).map(Self)
            }
        }

        impl From<$crate::reexport::uuid::Uuid> for $name {
            fn from(it: $crate::reexport::uuid::Uuid) -> Self {
                Self(it.to_string())
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                to.write_str(&self.0)
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::reexport::uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                $crate::reexport::uuid::Uuid::parse_str(text).map(Into::into)
            }
        }

        impl<'de> $crate::reexport::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::reexport::serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let text = <String as $crate::reexport::serde::Deserialize>::deserialize(from)?;
                text.parse().map_err(|_| {
                    <D::Error as $crate::reexport::serde::de::Error>::custom(format!("'{text}' is not a UUID"))
                })
            }
        }
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sortable_ids_follow_time() {
        let ids = Ids::Random;
        let mut made: Vec<Uuid> = (0..100).map(|it| ids.sortable(1_700_000_000_000_000 + it * 10)).collect();
        let sorted = made.clone();
        made.sort();
        assert_eq!(made, sorted);
    }

    #[test]
    fn a_seeded_sequence_repeats() {
        assert_eq!(Ids::seeded().uuid(), Ids::seeded().uuid());
        assert_ne!(Ids::Random.uuid(), Ids::Random.uuid());
    }
}
